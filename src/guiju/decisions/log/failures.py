"""What databases raise, as what it means for the log."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from sqlalchemy import exc

from guiju.decisions.log.problems import LogDamaged, LogUnavailable
from guiju.dsl.source import Bilingual

_BY_CODE: Final[Mapping[int, Bilingual]] = {
    sqlite3.SQLITE_FULL: Bilingual("磁盘已满", "the disk is full"),
    sqlite3.SQLITE_READONLY: Bilingual("只能读，不能写", "it can only be read"),
    sqlite3.SQLITE_BUSY: Bilingual("一直被别的进程锁住", "another process keeps it locked"),
    sqlite3.SQLITE_LOCKED: Bilingual("一直被别的进程锁住", "another process keeps it locked"),
    sqlite3.SQLITE_CANTOPEN: Bilingual("打不开", "it cannot be opened"),
    sqlite3.SQLITE_PERM: Bilingual("没有权限", "permission denied"),
    sqlite3.SQLITE_IOERR: Bilingual("读写磁盘出错", "the disk reports an error"),
}
_DAMAGED: Final[Mapping[int, Bilingual]] = {
    sqlite3.SQLITE_CORRUPT: Bilingual("数据库文件已损坏", "the file of the database is damaged"),
    sqlite3.SQLITE_NOTADB: Bilingual("不是数据库文件", "it is no file of a database"),
}


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Raise ``LogUnavailable`` or ``LogDamaged`` in place of what the database raises.

    Args:
        where: The log as it is shown: a path, or a URL without its password.
    """
    try:
        yield
    except exc.IntegrityError as error:
        reason = Bilingual("已有同一序号的记录", "there is an entry of the same number")
        raise LogDamaged(*_shown(where, reason)) from error
    except exc.DBAPIError as error:
        raise _of_driver(where, error.orig or error) from error
    except sqlite3.Error as error:
        raise _of_driver(where, error) from error
    except exc.TimeoutError as error:
        reason = Bilingual("没有空闲的连接", "no connection is free")
        raise _unavailable(where, reason) from error
    except (exc.SQLAlchemyError, OSError, UnicodeError) as error:
        raise _unavailable(where, _first_line(error)) from error


def _of_driver(where: str, error: BaseException) -> LogUnavailable:
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        primary = code & 0xFF  # the rest of an extended code says where in SQLite
        if primary in _DAMAGED:
            return LogDamaged(*_shown(where, _DAMAGED[primary]))
        if primary in _BY_CODE:
            return _unavailable(where, _BY_CODE[primary])
    return _unavailable(where, _first_line(error))


def _first_line(error: BaseException) -> Bilingual:
    text = (str(error) or type(error).__name__).splitlines()[0][:300]
    return Bilingual(text, text)


def _unavailable(where: str, reason: Bilingual) -> LogUnavailable:
    return LogUnavailable(*_shown(where, reason))


def _shown(where: str, reason: Bilingual) -> tuple[str, str]:
    return f"决定日志 {where}：{reason.zh}", f"decision log {where}: {reason.en}"
