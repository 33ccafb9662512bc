"""Whoever alters a log is found out, and where."""

from __future__ import annotations

import itertools
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from decision_entries import entry
from guiju.decisions.log import (
    Entry,
    FaultKind,
    LogUnavailable,
    Receipt,
    Recorded,
    Verification,
    open_log,
)
from guiju.decisions.log.chain import chained
from guiju.decisions.log.verification import verify

COLUMNS = ("at", "request_id", "caller", "corpus", "engine", "request", "record", "previous", "digest")
COUNT = 6


@pytest.fixture(scope="module")
def original() -> Iterator[Path]:
    """A log of ``COUNT`` entries, closed."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "log.db")
        with open_log(path) as log:
            log.append_many([entry(n) for n in range(COUNT)])
        yield path


def altered(original: Path, alter: Callable[[sqlite3.Connection], object]) -> Verification:
    """What a copy gives after somebody had it under his hands."""
    return expecting(original, alter, None)


def expecting(
    original: Path, alter: Callable[[sqlite3.Connection], object], head: Receipt | None
) -> Verification:
    """The same, held against a head that was kept elsewhere."""
    with tempfile.TemporaryDirectory() as directory:
        copy = Path(shutil.copy(original, directory))
        with closing(sqlite3.connect(copy)) as connection:
            alter(connection)
            connection.commit()
        with open_log(copy, read_only=True) as log:
            return log.verify(head)


def found(result: Verification) -> tuple[str, int]:
    """The fault and its place; what is before it is intact."""
    assert result.fault is not None
    assert result.entries <= max(result.fault.sequence, 0)
    return result.fault.kind.value, result.fault.sequence


def test_as_it_was_written(original: Path) -> None:
    """Nothing to complain of."""
    result = altered(original, lambda connection: None)
    assert (result.intact, result.entries, result.anchored) == (True, COUNT, False)


@given(st.data())
def test_any_byte_of_any_column_of_any_row(original: Path, data: st.DataObject) -> None:
    """Is found at its entry, also where the bytes are no text any more."""
    column = data.draw(st.sampled_from(COLUMNS))
    row = data.draw(st.integers(1, COUNT))

    def alter(connection: sqlite3.Connection) -> None:
        select = f"SELECT CAST({column} AS BLOB) FROM guiju_log WHERE sequence = ?"
        old = bytes(connection.execute(select, (row,)).fetchone()[0])
        at = data.draw(st.integers(0, len(old) - 1))
        new = bytearray(old)
        new[at] ^= data.draw(st.integers(1, 255))
        connection.execute(
            f"UPDATE guiju_log SET {column} = CAST(? AS TEXT) WHERE sequence = ?", (bytes(new), row)
        )

    expected = "link" if column == "previous" else "digest"
    assert found(altered(original, alter)) == (expected, row)


@given(st.sampled_from(COLUMNS), st.integers(1, COUNT), st.sampled_from([b"", b"x", None, 7]), st.booleans())
def test_any_other_value(
    original: Path, column: str, row: int, value: bytes | int | None, as_blob: bool
) -> None:
    """Other texts, other types, and the same bytes as another type."""

    def alter(connection: sqlite3.Connection) -> None:
        _without_constraints(connection)
        if as_blob:
            connection.execute(
                f"UPDATE guiju_log SET {column} = CAST({column} AS BLOB) WHERE sequence = ?", (row,)
            )
        else:
            connection.execute(f"UPDATE guiju_log SET {column} = ? WHERE sequence = ?", (value, row))

    assert found(altered(original, alter)) == ("link" if column == "previous" else "digest", row)


@given(st.integers(1, COUNT), st.integers(-3, 3 * COUNT))
def test_another_number(original: Path, row: int, number: int) -> None:
    """It is missing where it was."""
    assume(not 1 <= number <= COUNT)
    result = altered(original, _sql("UPDATE guiju_log SET sequence = ? WHERE sequence = ?", number, row))
    assert found(result) == ("gap", row if number > 0 else number)


@given(st.integers(1, COUNT - 1), st.integers(1, 3))
def test_deleted_rows(original: Path, first: int, count: int) -> None:
    """A gap, or a cut-off tail that the log's own mark of its end shows."""
    last = min(first + count - 1, COUNT)
    result = altered(original, _sql("DELETE FROM guiju_log WHERE sequence BETWEEN ? AND ?", first, last))
    assert found(result) == ("gap" if last < COUNT else "head", first)


@given(st.integers(1, COUNT - 1))
def test_deleted_and_closed_up(original: Path, row: int) -> None:
    """Renumbering hides the gap and breaks the link."""

    def alter(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM guiju_log WHERE sequence = ?", (row,))
        connection.execute("UPDATE guiju_log SET sequence = -(sequence - 1) WHERE sequence > ?", (row,))
        connection.execute("UPDATE guiju_log SET sequence = -sequence WHERE sequence < 0")

    assert found(altered(original, alter)) == ("link", row)


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(range(1, COUNT + 1), 2)))
def test_reordered_rows(original: Path, one: int, other: int) -> None:
    """The first of two that changed places does not continue what is before it."""

    def alter(connection: sqlite3.Connection) -> None:
        for number, new in ((one, 0), (other, one), (0, other)):
            connection.execute("UPDATE guiju_log SET sequence = ? WHERE sequence = ?", (new, number))

    assert found(altered(original, alter)) == ("link", one)


@given(st.integers(1, COUNT), st.integers(1, COUNT), st.booleans())
def test_inserted_and_duplicated_rows(original: Path, copied: int, before: int, linked: bool) -> None:
    """A copy of an entry at another place; also one whose link and digest somebody made right."""

    def alter(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE guiju_log SET sequence = -(sequence + 1) WHERE sequence >= ?", (before,))
        connection.execute("UPDATE guiju_log SET sequence = -sequence WHERE sequence < 0")
        connection.execute(
            f"INSERT INTO guiju_log SELECT ?, {', '.join(COLUMNS)} FROM guiju_log WHERE sequence = ?",
            (before, copied + (copied >= before)),
        )
        if linked:
            _forge(connection, before)

    kind, place = found(altered(original, alter))
    if linked or copied == before:  # the entry that was there before does not continue the forged one
        assert (kind, place) == (("link", before + 1))
    else:
        assert (kind, place) == ("link", before)


@given(st.integers(0, COUNT - 1))
def test_a_cut_off_tail(original: Path, left: int) -> None:
    """Whoever also sets the log's own mark back is seen only with a head kept elsewhere."""
    with open_log(original, read_only=True) as log:
        kept = log.head()

    def alter(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM guiju_log WHERE sequence > ?", (left,))

    def alter_well(connection: sqlite3.Connection) -> None:
        alter(connection)
        select = "SELECT coalesce((SELECT digest FROM guiju_log WHERE sequence = ?), ?)"
        (digest,) = connection.execute(select, (left, "0" * 64)).fetchone()
        connection.execute("UPDATE guiju_log_head SET sequence = ?, digest = ?", (left, digest))

    assert found(altered(original, alter)) == ("head", left + 1)
    unseen = altered(original, alter_well)
    assert (unseen.intact, unseen.entries, unseen.anchored) == (True, left, False)
    seen = expecting(original, alter_well, kept)
    assert (found(seen), seen.anchored) == (("head", left + 1), True)


@given(st.integers(1, COUNT))
def test_a_log_rewritten_from_some_entry_on(original: Path, row: int) -> None:
    """With right digests it is intact in itself; an earlier head gives it away at its own number."""
    with open_log(original, read_only=True) as log:
        heads = [each.receipt for each in log.entries()]

    def alter(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE guiju_log SET record = '\"其他\"' WHERE sequence = ?", (row,))
        for number in range(row, COUNT + 1):
            _forge(connection, number)
        connection.execute(
            "UPDATE guiju_log_head SET digest = (SELECT digest FROM guiju_log WHERE sequence = ?)", (COUNT,)
        )

    assert altered(original, alter).intact
    for head in heads:
        result = expecting(original, alter, head)
        assert result.intact == (head.sequence < row)
        if not result.intact:
            assert found(result) == ("head", head.sequence)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM guiju_log_head",
        "DROP TABLE guiju_log_head",
        "UPDATE guiju_log_head SET id = 2",
        "UPDATE guiju_log_head SET sequence = sequence - 1",
        "UPDATE guiju_log_head SET sequence = sequence + 1",
        "UPDATE guiju_log_head SET sequence = -1",
        "UPDATE guiju_log_head SET sequence = 'x'",
        "UPDATE guiju_log_head SET digest = ''",
        "UPDATE guiju_log_head SET digest = 7",
        "UPDATE guiju_log_head SET sequence = 5, digest = (SELECT digest FROM guiju_log WHERE sequence = 5)",
    ],
)
def test_the_logs_own_mark_of_its_end(original: Path, sql: str) -> None:
    """Lost or altered: a fault at the end of the chain."""
    result = altered(original, _sql(sql))
    assert result.fault is not None
    assert (result.fault.kind, result.entries) == (FaultKind.HEAD, COUNT)


def test_bytes_moved_from_one_column_to_the_next(original: Path) -> None:
    """The digest's bytes are the same, so that they are JSON is verified, too."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "log.db")
        with open_log(path) as log:
            log.append(entry(1, record={"a": 1, "request": 2}, request=3))

        def alter(connection: sqlite3.Connection) -> None:
            connection.execute("UPDATE guiju_log SET record = ?, request = ?", ('{"a":1', '2},"request":3'))

        assert found(altered(path, alter)) == ("digest", 1)


@given(st.data())
def test_any_byte_of_the_file(original: Path, data: st.DataObject) -> None:
    """What is still called intact is what was written; all else is a fault or no log, and never a crash."""
    with open_log(original, read_only=True) as log:
        written = list(log.entries())
    with tempfile.TemporaryDirectory() as directory:
        copy = Path(shutil.copy(original, directory))
        content = bytearray(copy.read_bytes())
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] ^= data.draw(st.integers(1, 255))
        copy.write_bytes(content)
        seen: list[Recorded] = []
        try:
            with open_log(copy, read_only=True) as log:
                result = log.verify(visit=seen.append)
        except LogUnavailable:
            return
        assert seen == written[: len(seen)]
        assert not result.intact or seen == written


def test_a_head_that_no_log_has(original: Path) -> None:
    """The one before the first entry has one digest only."""
    nothing = Receipt(0, "0" * 64)
    assert expecting(original, lambda connection: None, nothing).intact
    result = expecting(original, lambda connection: None, Receipt(0, "1" * 64))
    assert result.fault is not None
    assert (result.fault.kind, result.fault.sequence) == (FaultKind.HEAD, 0)


def test_entries_that_others_append_meanwhile() -> None:
    """A chain that grows while it is walked is intact."""
    first = chained(Receipt(0, "0" * 64), entry(1))
    second = chained(first.receipt, entry(2))
    heads = iter([first.receipt, second.receipt])
    assert verify([first, second], lambda: next(heads)).intact
    heads = iter([first.receipt, second.receipt])
    assert verify([first], lambda: next(heads)).intact
    heads = iter([first.receipt, first.receipt])
    unmarked = verify([first, second], lambda: next(heads))
    assert unmarked.fault is not None
    assert (unmarked.fault.kind, unmarked.fault.sequence) == (FaultKind.HEAD, 2)


def _sql(statement: str, *values: object) -> Callable[[sqlite3.Connection], object]:
    return lambda connection: connection.execute(statement, values)


def _without_constraints(connection: sqlite3.Connection) -> None:
    """Make the columns take anything, as whoever owns the file can."""
    connection.execute("CREATE TABLE copied AS SELECT * FROM guiju_log")
    connection.execute("DROP TABLE guiju_log")
    columns = ", ".join(COLUMNS)
    connection.execute(f"CREATE TABLE guiju_log (sequence INTEGER PRIMARY KEY, {columns})")
    connection.execute("INSERT INTO guiju_log SELECT * FROM copied")
    connection.execute("DROP TABLE copied")


def _forge(connection: sqlite3.Connection, number: int) -> None:
    """Give an entry the link and the digest that it would have had at its place."""

    chosen = (
        "SELECT at, request_id, caller, corpus, engine, request, record FROM guiju_log WHERE sequence = ?"
    )
    content = Entry(*connection.execute(chosen, (number,)).fetchone())
    previous = connection.execute("SELECT digest FROM guiju_log WHERE sequence = ?", (number - 1,)).fetchone()
    forged = chained(Receipt(number - 1, previous[0] if previous else "0" * 64), content)
    connection.execute(
        "UPDATE guiju_log SET previous = ?, digest = ? WHERE sequence = ?",
        (forged.previous, forged.digest, number),
    )
