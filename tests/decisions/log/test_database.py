"""A log in a database: what was acknowledged is there, whoever else writes and however the writer ends."""

from __future__ import annotations

import datetime as dt
import os
import signal
import stat
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decision_entries import START, WRITER, entry, python
from guiju.decisions.log import START as EMPTY
from guiju.decisions.log import Entry, Receipt, open_log

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("甲乙ab", max_size=2), inner),
    max_leaves=6,
)
LABELS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20)
ENTRIES = st.builds(
    Entry.of,
    at=st.datetimes(timezones=st.just(dt.UTC)),
    request_id=LABELS,
    caller=LABELS,
    corpus=LABELS,
    engine=LABELS,
    request=VALUES,
    record=VALUES,
)


@settings(max_examples=25)
@given(st.lists(st.lists(ENTRIES, max_size=4), max_size=4))
def test_whatever_is_appended_can_be_read_and_verifies(groups: list[list[Entry]]) -> None:
    """One by one or in groups, and after the log was closed and opened again."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "日志 #1?.db")
        receipts: list[Receipt] = []
        for group in groups:
            with open_log(path) as log:
                receipts += log.append_many(group) if len(group) != 1 else [log.append(group[0])]
                assert (receipts or [EMPTY])[-1] == log.head()
        with open_log(path) as log:
            read = list(log.entries())
            result = log.verify(log.head())
    assert [each for group in groups for each in group] == [each.entry for each in read]
    assert receipts == [each.receipt for each in read]
    assert [*range(1, len(read) + 1)] == [each.sequence for each in read]
    assert (result.intact, result.anchored, result.head) == (True, True, (receipts or [EMPTY])[-1])


def test_more_entries_than_are_read_at_a_time(tmp_path: Path) -> None:
    """All of them, once, in order; and by time and request."""
    with open_log(tmp_path / "log.db") as log:
        log.append_many([entry(n) for n in range(230)])
        assert [*range(1, 231)] == [each.sequence for each in log.entries()]
        hours = log.entries(START + dt.timedelta(hours=60), START + dt.timedelta(hours=180))
        assert [*range(61, 182)] == [each.sequence for each in hours]
        assert [each.sequence for each in log.entries(request_id="请求-7")] == [8]
        assert list(log.entries(request_id="请求-7", since=START + dt.timedelta(hours=8))) == []


def test_a_huge_record(tmp_path: Path) -> None:
    """A megabyte of any characters."""
    record = {"文": "摊位🎪\u0000\x1f" * 100_000}
    with open_log(tmp_path / "log.db") as log:
        log.append_many([entry(1, record=record), entry(2)])
        assert log.verify().intact
        (first, _) = log.entries()
    assert len(first.entry.record.encode()) > 1_000_000
    assert entry(1, record=record) == first.entry


def test_a_commit_waits_for_the_disk(tmp_path: Path) -> None:
    """Write-ahead log, and full synchronisation on each connection."""
    with open_log(tmp_path / "log.db") as log, log.engine.connect() as connection:
        pragmas = ("journal_mode", "synchronous", "fullfsync")
        values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas]
    assert values == ["wal", 2, 1]


@pytest.mark.skipif(os.name == "nt", reason="there are no such permissions there")
def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    """What people asked is nobody else's affair; permissions that were given are kept."""
    path = tmp_path / "log.db"
    with open_log(path) as log:
        log.append(entry())
        modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()}
    assert modes == {"log.db": 0o600, "log.db-wal": 0o600, "log.db-shm": 0o600}
    path.chmod(0o640)
    open_log(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_processes_that_append_at_once(tmp_path: Path) -> None:
    """To a log that none of them finds there: one chain with all entries, each one's in their order."""
    path = tmp_path / "log.db"
    writers = [python(WRITER, str(path), "200", name) for name in "甲乙"]
    outputs = [writer.communicate(timeout=300) for writer in writers]
    assert [(w.returncode, out[1]) for w, out in zip(writers, outputs, strict=True)] == [(0, ""), (0, "")]
    with open_log(path, read_only=True) as log:
        read = list(log.entries())
        assert (log.verify().intact, len(read)) == (True, 400)
    acknowledged = {line for output, _ in outputs for line in output.split()}
    assert acknowledged == {str(each.receipt) for each in read}
    for name in "甲乙":
        mine = [each.entry.request_id for each in read if each.entry.request_id.startswith(name)]
        assert [f"{name}-{n}" for n in range(200)] == mine


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal there")
@pytest.mark.parametrize("after", [1, 7, 40])
def test_a_writer_that_is_killed(tmp_path: Path, after: int) -> None:
    """Every entry that it acknowledged is there, and the next one continues the chain."""
    path = tmp_path / "log.db"
    with python(WRITER, str(path), "100000", "x") as writer:
        assert writer.stdout is not None
        acknowledged = [writer.stdout.readline() for _ in range(after)]
        writer.send_signal(signal.SIGKILL)
        lines = writer.stdout.read().splitlines(keepends=True)
    acknowledged += [line for line in lines if line.endswith("\n")]
    with open_log(path) as log:
        last = Receipt.parse(acknowledged[-1])
        assert last is not None
        result = log.verify(last)
        assert (result.intact, result.anchored) == (True, True)
        kept = {str(each.receipt) for each in log.entries()}
        assert {line.strip() for line in acknowledged} <= kept
        log.append(entry())
        assert log.verify(result.head).intact


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes do not fork there")
def test_a_log_that_is_carried_over_a_fork(tmp_path: Path) -> None:
    """Parent and child write on, each by its own connection."""
    code = """
import os, sys
from decision_entries import entry
from guiju.decisions.log import open_log
log = open_log(sys.argv[1])
log.append(entry(0))
child = os.fork()
for n in range(20):
    log.append(entry(n))
if not child:
    os._exit(0)
sys.exit(os.waitpid(child, 0)[1])
"""
    path = tmp_path / "log.db"
    tests = str(Path(__file__).parents[2])
    forked = python(f"import sys; sys.path.insert(0, {tests!r})\n{code}", str(path))
    assert forked.communicate(timeout=300) == ("", "")
    assert forked.returncode == 0
    with open_log(path, read_only=True) as log:
        result = log.verify()
    assert (result.intact, result.entries) == (True, 41)


def test_reading_while_others_write(tmp_path: Path) -> None:
    """A reader neither waits nor makes anybody wait."""
    path = tmp_path / "log.db"
    with open_log(path) as writer, open_log(path, read_only=True) as reader:
        writer.append_many([entry(n) for n in range(120)])
        reading = reader.entries()
        assert next(reading).sequence == 1
        writer.append(entry(120))
        assert [*range(2, 122)] == [each.sequence for each in reading]
        assert reader.verify(writer.head()).intact


def test_importing_it_loads_neither_the_database_nor_the_language() -> None:
    """SQLAlchemy comes when a log is opened."""
    code = (
        "import sys, guiju.decisions.log;"
        "print(sorted({'sqlalchemy', 'sqlite3', 'lark', 'z3', 'networkx'} & set(sys.modules)))"
    )
    process = python(code)
    assert process.communicate(timeout=60) == ("[]\n", "")
