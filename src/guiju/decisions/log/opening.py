"""The way to a log: a file of SQLite, or any database that SQLAlchemy can reach."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from guiju.decisions.log.problems import LogUnavailable

if TYPE_CHECKING:
    from guiju.decisions.log.database import DecisionLog

#: Seconds to wait for a lock that somebody else holds, before giving up.
WAIT: Final = 20.0


def open_log(where: str | Path, *, read_only: bool = False, wait: float = WAIT) -> DecisionLog:
    """Open a decision log in the process that uses it.

    Args:
        where: A path, which is a file of SQLite, or a URL of SQLAlchemy (it has ``://``).
        read_only: Only read: nothing is made and nothing is changed. Otherwise a log that is not there yet
            is made, its file readable by its owner alone.
        wait: Seconds to wait for somebody else's lock (SQLite).

    Raises:
        LogUnavailable: It cannot be opened; SQLAlchemy or the driver is missing; there is no log there, or
            one of a newer version; ``LogDamaged``: it is to be continued, and does not end where it says.
    """
    try:
        import sqlalchemy  # noqa: F401
    except ImportError:
        raise LogUnavailable(
            "决定日志需要 SQLAlchemy：pip install 'guiju[http]'",
            "the decision log needs SQLAlchemy: pip install 'guiju[http]'",
        ) from None
    from guiju.decisions.log.connecting import opened

    return opened(str(where), read_only=read_only, wait=wait)
