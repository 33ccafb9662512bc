"""What the rows of a record say, as SQL on a list of structs: ``docs/semantics.md`` §3, Records.

Of some rows it is unknown whether they count. A filter keeps a row where its condition is true; with NULL
taken for true it keeps those that may count.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from guiju.compiler.table import sql
from guiju.compiler.table.sql import Sql, Variables, case, compared, literal

Filter = Callable[[str], Sql]  # a condition on the row that the variable of this name stands for


def at_least(threshold: int, rows: Sql, where: Filter, variables: Variables) -> Sql:
    """At least ``threshold`` of ``rows`` satisfy ``where``."""
    if threshold == 0:
        return exp.true()
    certain = variables.filtered(rows.copy(), where)
    possible = variables.filtered(rows.copy(), _may(where))
    return case(
        (sql.is_null(rows), exp.null()),
        (compared(exp.GTE, sql.size(certain), literal(threshold)), exp.true()),
        (compared(exp.LT, sql.size(possible), literal(threshold)), exp.false()),
    )


def extreme(latest: bool, field: str, rows: Sql, where: Filter, variables: Variables) -> tuple[Sql, Sql]:
    """The earliest or latest ``field`` of those of ``rows`` that satisfy ``where``, and when there is none.

    NULL unless each row that may count gives the field, and the sure ones reach as far as all of them.
    """
    pick = exp.ArrayMax if latest else exp.ArrayMin
    may_count = _may(where)

    def value(row: str) -> Sql:
        return sql.row_field(row, field)

    def furthest(counts: Filter) -> Sql:
        return pick(this=variables.each(variables.filtered(rows.copy(), counts), value))

    lacking = variables.filtered(rows.copy(), lambda row: sql.both(may_count(row), sql.is_null(value(row))))
    known = sql.both(
        compared(exp.EQ, sql.size(lacking), literal(0)),
        compared(exp.EQ, furthest(where), furthest(may_count)),
    )
    possible = sql.size(variables.filtered(rows.copy(), may_count))
    nothing = sql.both(sql.given(rows.copy()), compared(exp.EQ, possible, literal(0)))
    return case((known, furthest(where))), nothing


def _may(where: Filter) -> Filter:
    return lambda row: sql.otherwise(where(row), exp.true())
