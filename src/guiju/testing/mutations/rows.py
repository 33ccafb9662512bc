"""Whose rows an expression is about, where it stands in a filter on them."""

from __future__ import annotations

from guiju.compiler.kernel import AtLeast, Expr, Extreme, FieldRef, walk


def record_of(expr: Expr) -> str | None:
    """The record whose fields ``expr`` takes from the row of a filter around it; None: it takes none.

    Filters are not nested, so what has one inside stands in none.
    """
    parts = walk(expr)
    if any(isinstance(part, AtLeast | Extreme) for part in parts):
        return None
    return next((part.record for part in parts if isinstance(part, FieldRef)), None)
