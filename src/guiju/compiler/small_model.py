"""The small-model bound: how many rows of each record a query needs to be decided exactly.

Theorem (``docs/semantics.md``): take a case in which some conditions hold. For each distinct ``AtLeast``
that is true keep as many rows as its threshold, for each distinct ``Extreme`` that is defined keep one
row that attains it, and drop the rest. Every ``Extreme`` keeps its value, hence every filter keeps its
value on the rows that remain; a true ``AtLeast`` keeps its witnesses, a false one only lost rows. So the
conditions still hold, and no case with more rows than the bound needs to be looked at.

Trusted: filters speak of the row they range over and of closed terms only, which the type checker
ensures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from guiju.compiler.kernel import AtLeast, Expr, Extreme, children

#: So many expressions are remembered: more than the parts of a corpus, and no more than a service may keep.
_KEPT = 50_000

Atom = AtLeast | Extreme

#: What ``expr`` counts or picks from the rows of records, each once.
Atoms = Callable[[Expr], tuple[Atom, ...]]


def remembering() -> Atoms:
    """The atoms of expressions, for many that share parts: the latest parts are looked at once."""

    @lru_cache(_KEPT)
    def of(expr: Expr) -> tuple[Atom, ...]:
        own = (expr,) if isinstance(expr, Atom) else ()
        return tuple(dict.fromkeys((*own, *(atom for part in children(expr) for atom in of(part)))))

    return of


def row_bound(exprs: Iterable[Expr], atoms: Atoms | None = None) -> dict[str, int]:
    """The number of rows that suffice for each record that ``exprs`` mention."""
    of = atoms or remembering()
    bound: dict[str, int] = {}
    for atom in dict.fromkeys(found for expr in exprs for found in of(expr)):
        needed = max(atom.threshold, 0) if isinstance(atom, AtLeast) else 1
        bound[atom.record] = bound.get(atom.record, 0) + needed
    return bound
