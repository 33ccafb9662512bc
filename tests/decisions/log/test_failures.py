"""What cannot be recorded or read is said, in two languages, and never silently lost."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from decision_entries import entry
from guiju.decisions.log import DecisionLog, LogDamaged, LogUnavailable, NotCanonical, open_log


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A log of two entries, closed."""
    path = tmp_path / "log.db"
    with open_log(path) as log:
        log.append_many([entry(1), entry(2)])
    return path


@pytest.fixture
def log(path: Path) -> Iterator[DecisionLog]:
    """The same, open."""
    with open_log(path, wait=0.1) as log:
        yield log


def failing(log: DecisionLog, size: int = 1) -> LogUnavailable:
    """Why nothing can be appended; the log is as it was."""
    before = list(log.entries())
    with pytest.raises(LogUnavailable) as caught:
        log.append_many([entry(3), entry(4, record="x" * size)])
    assert before == list(log.entries())
    assert log.verify().intact
    return caught.value


def test_a_full_disk(log: DecisionLog) -> None:
    """Both entries of the transaction are refused; when there is room again, writing goes on."""
    with log.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    assert "磁盘已满" in failing(log, 1_000_000).reason.zh
    with log.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert log.append(entry(3)).sequence == 3


def test_a_lock_that_somebody_keeps(log: DecisionLog) -> None:
    """It is waited for, but not for ever."""
    with closing(sqlite3.connect(log.where, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "another process keeps it locked" in failing(log).reason.en
        other.execute("ROLLBACK")
    assert log.append(entry(3)).sequence == 3


def test_a_log_that_can_only_be_read(log: DecisionLog, path: Path) -> None:
    """Told by the database, or because it was opened so."""
    with log.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    assert "it can only be read" in failing(log).reason.en
    with open_log(path, read_only=True) as reader:
        assert "只能读，不能写" in failing(reader).reason.zh


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not stop this user"
)
def test_a_file_without_permission(path: Path) -> None:
    """Neither read nor written."""
    path.chmod(0)
    with pytest.raises(LogUnavailable, match="Permission denied"):
        open_log(path)
    path.chmod(stat.S_IRUSR)
    with pytest.raises(LogUnavailable, match="it can only be read"), open_log(path) as log:
        log.append(entry(3))


@pytest.mark.parametrize("content", [b"", b"once upon a time", b"SQLite format 3\0", b"\0" * 5000])
def test_a_file_that_is_no_log(tmp_path: Path, content: bytes) -> None:
    """Is not read as an empty one, and not touched."""
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(LogUnavailable):
        open_log(path, read_only=True)
    assert ([path], content) == ([*tmp_path.iterdir()], path.read_bytes())
    if content:
        with pytest.raises(LogUnavailable):
            open_log(path)
        assert ([path], content) == ([*tmp_path.iterdir()], path.read_bytes())


def test_somebody_elses_database(tmp_path: Path) -> None:
    """We do not put our tables beside theirs."""
    path = tmp_path / "shop.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE goods (name TEXT)")
    content = path.read_bytes()
    for read_only in (True, False):
        with pytest.raises(LogUnavailable, match="is no decision log"):
            open_log(path, read_only=read_only)
    assert ([path], content) == ([*tmp_path.iterdir()], path.read_bytes())


def test_an_empty_file_becomes_a_log(tmp_path: Path) -> None:
    """Somebody may have made it to set its permissions."""
    (tmp_path / "log.db").touch(0o640)
    with open_log(tmp_path / "log.db") as log:
        assert log.append(entry()).sequence == 1


@pytest.mark.parametrize("name", ["missing.db", "missing/log.db", "."])
def test_nothing_is_made_where_we_only_read(tmp_path: Path, name: str) -> None:
    """The reason names the path."""
    with pytest.raises(LogUnavailable) as caught:
        open_log(tmp_path / name, read_only=True)
    assert str(tmp_path / name) in caught.value.reason.en
    assert [*tmp_path.iterdir()] == []


def test_a_directory_that_is_not_there(tmp_path: Path) -> None:
    """No log is made in a place that was mistyped."""
    with pytest.raises(LogUnavailable, match="No such file"):
        open_log(tmp_path / "missing" / "log.db")
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("oracel://host/db", "there is no such kind of database: oracel"),
        ("mysql+pymysql2://host/db", "there is no such kind of database: mysql+pymysql2"),
        ("oracle+cx_oracle://u:hush@host/db", "the driver of that database is missing"),
        ("postgresql://u:hush@host:port/db", "that is no URL of a database"),
        ("://hush", "that is no URL of a database"),
        ("sqlite://", "names a file and nothing else"),
        ("sqlite:///:memory:", "names a file and nothing else"),
        ("sqlite:///log.db?mode=memory", "names a file and nothing else"),
        ("sqlite+aiosqlite:///log.db", "names a file and nothing else"),
    ],
)
def test_urls_that_lead_nowhere(url: str, reason: str) -> None:
    """Each with its own reason, none with the password."""
    with pytest.raises(LogUnavailable) as caught:
        open_log(url)
    assert reason in caught.value.reason.en
    chain: BaseException | None = caught.value
    while chain is not None:
        assert "hush" not in str(chain)
        chain = None if chain.__suppress_context__ else chain.__cause__ or chain.__context__


def test_a_url_of_a_file(path: Path) -> None:
    """The same log as by its path."""
    with open_log(f"sqlite:///{path}") as log:
        assert (log.head().sequence, log.where) == (2, str(path))


def test_without_sqlalchemy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """How to install it."""
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    with pytest.raises(LogUnavailable, match=r"pip install 'guiju\[http\]'"):
        open_log(path)


@pytest.mark.parametrize("read_only", [True, False])
def test_a_newer_format(path: Path, read_only: bool) -> None:
    """Is neither continued nor called broken."""
    _alter(path, "UPDATE guiju_log_head SET format = 2")
    with pytest.raises(LogUnavailable, match="has format 2; this guiju knows formats up to 1"):
        open_log(path, read_only=read_only)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM guiju_log_head",
        "UPDATE guiju_log_head SET digest = 7.5",
        "UPDATE guiju_log_head SET digest = upper(digest)",
        "UPDATE guiju_log_head SET sequence = -5",
        "UPDATE guiju_log_head SET sequence = 1.5",
    ],
)
def test_a_lost_head_is_not_continued(path: Path, sql: str) -> None:
    """Nobody could tell what the next entry continues: neither when it is lost under us, nor on opening."""
    with open_log(path) as log:
        _alter(path, sql)
        with pytest.raises(LogDamaged, match="cannot be continued"):
            log.append(entry(3))
    with pytest.raises(LogDamaged, match="the head that it keeps is lost"):
        open_log(path)
    with open_log(path, read_only=True) as log:
        assert log.verify().fault is not None


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE guiju_log_head SET sequence = 1",
        "UPDATE guiju_log_head SET sequence = 3",
        "DELETE FROM guiju_log WHERE sequence = 2",
        "DELETE FROM guiju_log",
        "UPDATE guiju_log SET digest = previous WHERE sequence = 2",
        "INSERT INTO guiju_log SELECT 3, at, request_id, caller, corpus, engine, request, record, previous, "
        "digest FROM guiju_log WHERE sequence = 2",
    ],
)
def test_a_log_that_does_not_end_where_it_says_is_not_continued(path: Path, sql: str) -> None:
    """A tail that was cut off, set back, replaced or added to is seen before anybody asks."""
    _alter(path, sql)
    with pytest.raises(LogDamaged, match="its last entry is not the head that it keeps"):
        open_log(path)
    with open_log(path, read_only=True) as log:
        assert log.verify().fault is not None


def test_a_log_without_its_head_table(path: Path) -> None:
    """It can be read, and is not continued."""
    _alter(path, "DROP TABLE guiju_log_head")
    with pytest.raises(LogDamaged, match="cannot be continued"):
        open_log(path)
    with open_log(path, read_only=True) as log:
        with pytest.raises(LogDamaged):
            log.head()
        assert log.verify().fault is not None


def test_a_number_that_is_there_already(path: Path) -> None:
    """A head that was set back: the entry that stands there is not replaced."""
    with open_log(path) as log:
        _alter(path, "UPDATE guiju_log_head SET sequence = 1")
        with pytest.raises(LogDamaged, match="an entry of the same number"):
            log.append(entry(9))
        assert [each.entry.request_id for each in log.entries()] == ["请求-1", "请求-2"]


def test_nothing_is_written_of_what_has_no_canonical_form(log: DecisionLog) -> None:
    """It never becomes an entry."""
    with pytest.raises(NotCanonical):
        log.append(entry(3, record={"x": float("nan")}))
    assert log.head().sequence == 2


def test_a_request_that_no_log_can_have(log: DecisionLog) -> None:
    """Bytes of a shell that are no text."""
    with pytest.raises(LogUnavailable):
        list(log.entries(request_id="\udcff"))


def _alter(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(sql)
        connection.commit()
