"""Opening the database of a log: the engine, the tables of a new log, the version of one that is there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc

from guiju.decisions.log import sqlite
from guiju.decisions.log.chain import FORMAT
from guiju.decisions.log.database import DecisionLog
from guiju.decisions.log.failures import translated
from guiju.decisions.log.problems import LogUnavailable
from guiju.decisions.log.tables import ENTRIES, HEAD, create, transaction


def opened(where: str, *, read_only: bool, wait: float) -> DecisionLog:
    """Open a log; see ``opening.open_log``."""
    shown, engine = _engine(where, read_only, wait)
    _own_process(engine)
    log = DecisionLog(shown, engine)
    try:
        with translated(shown):
            _prepare(log, read_only)
    except BaseException:
        log.close()
        raise
    return log


def _engine(where: str, read_only: bool, wait: float) -> tuple[str, sa.Engine]:
    if "://" not in where:
        return where, sqlite.engine(Path(where), read_only=read_only, wait=wait)
    try:
        url = sa.make_url(where)
        shown = url.render_as_string(hide_password=True)
        if url.get_backend_name() != "sqlite":
            return shown, sa.create_engine(url, hide_parameters=True, pool_pre_ping=True)
    except exc.NoSuchModuleError as error:
        name = where.partition("://")[0]
        zh, en = f"不认识的数据库种类 {name}", f"there is no such kind of database: {name}"
        raise LogUnavailable(zh, en) from error
    except (exc.ArgumentError, ValueError):  # not said as SQLAlchemy does: it shows the password
        raise LogUnavailable("不是数据库的 URL", "that is no URL of a database") from None
    except ImportError as error:
        zh, en = f"没有安装这种数据库的驱动：{error}", f"the driver of that database is missing: {error}"
        raise LogUnavailable(zh, en) from error
    driver = url.drivername.removeprefix("sqlite")
    if driver not in ("", "+pysqlite") or url.query or not url.database or url.database == ":memory:":
        raise LogUnavailable(
            f"{shown}：SQLite 的 URL 只能写文件，例如 sqlite:///决定.db",
            f"{shown}: a URL of SQLite names a file and nothing else, such as sqlite:///decisions.db",
        )
    return url.database, sqlite.engine(Path(url.database), read_only=read_only, wait=wait)


def _prepare(log: DecisionLog, read_only: bool) -> None:
    """Make the tables of a new log, or see that this is a log that we understand."""
    names = _names(log.engine)
    if ENTRIES.name not in names:
        if read_only:
            raise LogUnavailable(f"{log.where} 中没有决定日志", f"there is no decision log in {log.where}")
        _create(log.engine)
    elif HEAD.name in names:
        _require_known(log)
        if not read_only:
            log.require_continuable()
    elif not read_only:
        raise log.lost_head()


def _create(engine: sa.Engine) -> None:
    try:
        with transaction(engine, writes=True) as connection:
            create(connection)
    except exc.DBAPIError:
        if HEAD.name not in _names(engine):  # else another process was quicker
            raise


def _require_known(log: DecisionLog) -> None:
    with transaction(log.engine) as connection:
        version = connection.execute(sa.select(HEAD.c.format)).scalar()
    if isinstance(version, int) and version > FORMAT:
        raise LogUnavailable(
            f"决定日志 {log.where} 的格式是第 {version} 版，这个 guiju 只认识到第 {FORMAT} 版：请升级 guiju",
            f"decision log {log.where} has format {version}; this guiju knows formats up to {FORMAT}: "
            "upgrade guiju",
        )


def _names(engine: sa.Engine) -> list[str]:
    with transaction(engine) as connection:
        return sa.inspect(connection).get_table_names()


def _own_process(engine: sa.Engine) -> None:
    """Never use a connection that was opened before a fork: two processes would talk over one another."""

    def made(connection: object, record: Any) -> None:
        record.info["process"] = os.getpid()

    def taken(connection: object, record: Any, proxy: Any) -> None:
        if record.info["process"] != os.getpid():
            record.dbapi_connection = proxy.dbapi_connection = None
            raise exc.DisconnectionError("the connection belongs to the process before the fork")

    sa.event.listen(engine, "connect", made)
    sa.event.listen(engine, "checkout", taken)
