"""Files of SQLite: opened so that what was acknowledged lasts, and nothing is made where we only read."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool

from guiju.decisions.log.failures import translated
from guiju.decisions.log.problems import LogUnavailable
from guiju.decisions.log.tables import ENTRIES

_MAGIC: Final = b"SQLite format 3\0"


def engine(path: Path, *, read_only: bool, wait: float) -> sa.Engine:
    """An engine on the file ``path``, which is made (mode 0600) unless ``read_only``.

    Raises:
        LogUnavailable: There is no such file, or it is something else.
    """
    path = path.absolute()
    if not read_only:
        _make(path)
    _require_ours(path, read_only)
    uri = path.as_uri() + _mode(path, read_only)

    def connect() -> sqlite3.Connection:
        return _connection(uri, read_only, wait)

    made = sa.create_engine("sqlite://", creator=connect, poolclass=QueuePool, hide_parameters=True)
    sa.event.listen(made, "begin", _begin)
    return made


def _begin(connection: sa.Connection) -> None:
    """Take the lock for writing at once: two that read first and then both want to write would block."""
    writes = connection.get_execution_options().get("guiju_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _connection(uri: str, read_only: bool, wait: float) -> sqlite3.Connection:
    made = sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
    try:
        # Bytes that are no UTF-8 were not written by us: they must reach the comparison of digests.
        made.text_factory = _text
        if not read_only:
            _write_ahead(made, wait)
            made.execute("PRAGMA synchronous=FULL")  # each commit waits for the disk
            made.execute("PRAGMA fullfsync=ON")  # where fsync alone does not wait for it (macOS)
    except BaseException:
        made.close()
        raise
    return made


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _write_ahead(connection: sqlite3.Connection, wait: float) -> None:
    """Switch to WAL. While another process is doing the same, SQLite does not wait by itself."""
    pause = 0.02
    deadline = time.monotonic() + wait
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(pause)


def _make(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        raise _failed(path, error) from error


def _require_ours(path: Path, read_only: bool) -> None:
    """Refuse what is no log, without touching it. A file that holds nothing yet may become one."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except OSError as error:
        raise _failed(path, error) from error
    if start in (b"", _MAGIC):
        names = _tables(path) if start else ()
        if ENTRIES.name in names or not (names or read_only):
            return
    raise LogUnavailable(f"{path} 不是决定日志", f"{path} is no decision log")


def _tables(path: Path) -> tuple[str, ...]:
    """The names of the tables of a database, read so that SQLite makes no files of its own beside it."""
    mode = "?mode=ro" if _ahead(path).exists() else "?mode=ro&immutable=1"
    with translated(str(path)), closing(sqlite3.connect(path.as_uri() + mode, uri=True)) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return tuple(str(name) for (name,) in found)


def _mode(path: Path, read_only: bool) -> str:
    if not read_only:
        return "?mode=rw"
    if not os.access(path.parent, os.W_OK) and not _ahead(path).exists():
        return "?mode=ro&immutable=1"  # a copy put where nobody can write, and neither can SQLite's own files
    return "?mode=ro"


def _ahead(path: Path) -> Path:
    """Where SQLite writes before it writes to the file itself."""
    return path.with_name(f"{path.name}-wal")


def _failed(path: Path, error: OSError) -> LogUnavailable:
    reason = error.strerror or str(error)
    return LogUnavailable(f"{path}：{reason}", f"{path}: {reason}")
