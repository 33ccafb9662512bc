"""The two tables of a log, its entries and one row that holds the head; how an entry stands in a row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import mysql

from guiju.decisions.log.chain import FORMAT, MAX_LABEL, START, Entry, Recorded

METADATA: Final = sa.MetaData()

_LONG = sa.Text().with_variant(mysql.LONGTEXT(), "mysql", "mariadb")
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # there INTEGER is the row's own number

ENTRIES: Final = sa.Table(
    "guiju_log",
    METADATA,
    sa.Column("sequence", _NUMBER, primary_key=True, autoincrement=False),
    sa.Column("at", sa.String(27), nullable=False, index=True),
    sa.Column("request_id", sa.String(MAX_LABEL), nullable=False, index=True),
    sa.Column("caller", sa.String(MAX_LABEL), nullable=False),
    sa.Column("corpus", sa.String(MAX_LABEL), nullable=False),
    sa.Column("engine", sa.String(MAX_LABEL), nullable=False),
    sa.Column("request", _LONG, nullable=False),
    sa.Column("record", _LONG, nullable=False),
    sa.Column("previous", sa.String(64), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
)

HEAD: Final = sa.Table(
    "guiju_log_head",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("format", sa.Integer, nullable=False),
    sa.Column("sequence", _NUMBER, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
)


def create(connection: sa.Connection) -> None:
    """Make the tables of an empty log where there are none."""
    METADATA.create_all(connection)
    if connection.execute(sa.select(HEAD.c.id)).first() is None:
        connection.execute(
            sa.insert(HEAD).values(id=1, format=FORMAT, sequence=START.sequence, digest=START.digest)
        )


@contextmanager
def transaction(engine: sa.Engine, writes: bool = False) -> Iterator[sa.Connection]:
    """A connection in one transaction: committed at the end, rolled back when something is raised."""
    with engine.connect() as connection:
        chosen = connection.execution_options(guiju_writes=writes)  # see ``sqlite``
        with chosen.begin():
            yield chosen


def row_of(recorded: Recorded) -> dict[str, object]:
    """The row of an entry."""
    entry = recorded.entry
    return {
        "sequence": recorded.sequence,
        "at": entry.at,
        "request_id": entry.request_id,
        "caller": entry.caller,
        "corpus": entry.corpus,
        "engine": entry.engine,
        "request": entry.request,
        "record": entry.record,
        "previous": recorded.previous,
        "digest": recorded.digest,
    }


def recorded_in(row: sa.Row[Any]) -> Recorded:
    """The entry of a row, whatever stands in it."""
    number = row.sequence if isinstance(row.sequence, int) else 0  # a number that no entry has
    entry = Entry(
        at=stored_text(row.at),
        request_id=stored_text(row.request_id),
        caller=stored_text(row.caller),
        corpus=stored_text(row.corpus),
        engine=stored_text(row.engine),
        request=stored_text(row.request),
        record=stored_text(row.record),
    )
    return Recorded(number, stored_text(row.previous), entry, stored_text(row.digest))


def stored_text(value: object) -> str:
    """A stored text. What is of another type was not written by us, and must not look as if it was."""
    return value if isinstance(value, str) else f"{type(value).__name__}: {value!r}"
