"""How a table holds cases: which column gives what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from attrs import field, frozen


@frozen
class PlaceColumn:
    """The place differs from row to row: a column of names of territories."""

    name: str


@frozen
class OnePlace:
    """Every row is asked about at one place."""

    name: str


@frozen
class Columns:
    """The columns of a table of cases, one row for each case. NULL is *unknown*, everywhere.

    What is the same for all rows is better given here than as a column: it is worked out before the query.
    The rows are trusted like the cases of the reference: members are members of their enumeration, days lie
    in 1901..2099. Whoever reads a file checks that first.

    Attributes:
        on: The date of evaluation: a column (DATE), or one day for all rows.
        at: The place: a column (VARCHAR), or one place for all rows.
        facts: The column of a fact, where it is not the fact's full name; None: the table does not have it,
            and it is unknown in every row. BOOLEAN, BIGINT (a decimal as its scaled integer), VARCHAR (the
            member of an enumeration) or DATE, by the type of the fact.
        records: The same for the rows of a record: a list of structs with the record's fields. A list that is
            NULL is unknown, an empty one says that there are no rows; no struct in it is NULL.
        law_date: Overrides each norm's own law date, by one day or by a column, where NULL is unknown too.
        key: A column that is passed through, so that answers find their rows again.
    """

    on: str | dt.date
    at: PlaceColumn | OnePlace
    facts: Mapping[str, str | None] = field(factory=dict)
    records: Mapping[str, str] = field(factory=dict)
    law_date: str | dt.date | None = None
    key: str | None = None

    def of_fact(self, name: str) -> str | None:
        return self.facts.get(name, name)

    def of_record(self, name: str) -> str:
        return self.records.get(name, name)
