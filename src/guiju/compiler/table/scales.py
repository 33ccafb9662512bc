"""Scales in SQL: members of an ordered enumeration compare by their place in it, not by their names."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from guiju.compiler.kernel import Compare, Const, Order
from guiju.compiler.table import sql
from guiju.compiler.table.sql import Sql, case, compared, literal


def on_scale(expr: Compare, left: Sql, right: Sql, members: Sequence[str]) -> Sql:
    """Members compare by their place in the scale."""
    strictly = expr.order is Order.LT
    match expr.left, expr.right:
        case _, Const(value=str() as bound):
            upto = members.index(bound) + (0 if strictly else 1)
            return _one_of(left, members[:upto])
        case Const(value=str() as bound), _:
            start = members.index(bound) + (1 if strictly else 0)
            return _one_of(right, members[start:])
        case _:
            return compared(
                exp.LT if strictly else exp.LTE, _place_of(left, members), _place_of(right, members)
            )


def _one_of(term: Sql, values: Sequence[str]) -> Sql:
    """``term`` is one of ``values``; of none it is not, if it is known."""
    return sql.member(term, values) if values else compared(exp.NEQ, term, term.copy())


def _place_of(term: Sql, members: Sequence[str]) -> Sql:
    return case(*((compared(exp.EQ, term.copy(), literal(m)), literal(n)) for n, m in enumerate(members)))
