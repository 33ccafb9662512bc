"""One way of writing a norm wrong: a passage of it, or as a whole."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from guiju.compiler.kernel import Expr, Instrument, Norm
from guiju.dsl.source import Bilingual


@frozen(eq=False)
class Change:
    """``new`` written wherever ``old`` stands; ``operator``: what kind of mistake; ``text``: in words."""

    operator: str
    old: Expr
    new: Expr
    text: Bilingual


@frozen(eq=False)
class Wrong:
    """``norm`` as it is written wrong; ``instruments``: those that it speaks of and the corpus lacks."""

    operator: str
    norm: Norm
    text: Bilingual
    instruments: Mapping[str, Instrument] = field(factory=dict)
