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

from collections.abc import Iterable

from guiju.compiler.kernel import AtLeast, Expr, Extreme, distinct


def row_bound(exprs: Iterable[Expr]) -> dict[str, int]:
    """The number of rows that suffice for each record that ``exprs`` mention."""
    atoms = dict.fromkeys(found for found in distinct(exprs) if isinstance(found, (AtLeast, Extreme)))
    bound: dict[str, int] = {}
    for atom in atoms:
        needed = max(atom.threshold, 0) if isinstance(atom, AtLeast) else 1
        bound[atom.record] = bound.get(atom.record, 0) + needed
    return bound
