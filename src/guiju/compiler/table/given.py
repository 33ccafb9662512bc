"""The columns of a table of cases that a question needs, under short names of our own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from attrs import frozen
from sqlglot import exp

from guiju.compiler.kernel import AtLeast, Corpus, Expr, Extreme, FactRef, InTerritory, Today, walk
from guiju.compiler.table import sql
from guiju.compiler.table.columns import Columns
from guiju.compiler.table.question import LAW_DATE
from guiju.compiler.table.sql import Sql, literal

Source = FactRef | Today | InTerritory | AtLeast | Extreme  # what reads a column of the table
Added = list[tuple[str, Sql]]  # columns that a stage adds, by name


@frozen
class Given:
    """The short names, by the columns of the table; what the table does not have is NULL."""

    corpus: Corpus
    columns: Columns
    _names: dict[str, str]
    _absent: dict[str, str]  # a fact that the table does not have, and the SQL type it would have

    def column(self, source: Source) -> Sql:
        """The column that ``source`` is read from, or NULL."""
        if isinstance(source, FactRef) and source.name in self._absent:
            return sql.nothing(self._absent[source.name])
        return exp.column(self._names[_read(source, self.columns)])

    def added(self) -> Added:
        """The columns, taken from the table ``given``; a row has at least one."""
        found: Added = [
            (short, exp.column(name, table="given", quoted=True)) for name, short in self._names.items()
        ]
        return found or [("c0", literal(0))]


def given(corpus: Corpus, columns: Columns, roots: Iterable[Expr]) -> Given:
    """What ``roots`` need."""
    names: dict[str, str] = {}
    absent: dict[str, str] = {}
    for part in (part for root in roots for part in walk(root)):
        if not isinstance(part, Source):
            continue
        if isinstance(part, FactRef) and part != LAW_DATE and columns.of_fact(part.name) is None:
            absent[part.name] = sql.type_name(corpus.facts[part.name].type)
        else:
            names.setdefault(_read(part, columns), f"c{len(names)}")
    return Given(corpus, columns, names, absent)


def _read(source: Source, columns: Columns) -> str:
    """The table's column for ``source``, which is not absent."""
    found = _column(source, columns)
    assert isinstance(found, str)  # what is the same for all rows has been settled
    return found


def _column(source: Source, columns: Columns) -> str | dt.date | None:
    match source:
        case FactRef(name):
            return columns.law_date if source == LAW_DATE else columns.of_fact(name)
        case Today():
            return columns.on
        case InTerritory():
            return columns.at.name
        case AtLeast() | Extreme():
            return columns.of_record(source.record)
