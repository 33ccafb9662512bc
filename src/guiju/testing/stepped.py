"""Values that are looked up: the first day of this year, say, which is lowered to a row for each year.

Nobody writes such a table by hand, so nobody gets one row of it wrong: it is looked at as one thing.
"""

from __future__ import annotations

from guiju.compiler.kernel import Compare, Const, Expr, If

#: Fewer rows than this may be a choice that a text makes.
_LEAST = 5


def is_looked_up(expr: Expr) -> bool:
    """Whether ``expr`` is a table: constants chosen by comparing one term with one constant after another."""
    rows, term, rest = 0, None, expr
    while isinstance(rest, If) and isinstance(rest.then, Const):
        match rest.cond:
            case Compare(left=key, right=Const()) if term is None or key == term:
                term = key
            case _:
                return False
        rows, rest = rows + 1, rest.orelse
    return rows >= _LEAST and isinstance(rest, Const)
