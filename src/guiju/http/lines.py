"""The log of the service: one JSON object a line on the error stream.

Never in it: what a case tells, and keys. So of an exception only the kind and the places in our code are
written, not its message, which could quote a value.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import traceback
from typing import Any, Final

LOGGER: Final = logging.getLogger("guiju.http")

#: What uvicorn is given, in each process.
CONFIG: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "guiju.http.lines.Formatter"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "stream": "ext://sys.stderr", "formatter": "json"}
    },
    "loggers": {
        name: {"handlers": ["stderr"], "level": "INFO", "propagate": False}
        for name in ("guiju.http", "uvicorn")
    },
}


class Formatter(logging.Formatter):
    """A record as a line of JSON: the time, the level, the event, and the fields that were given with it."""

    def format(self, record: logging.LogRecord) -> str:
        time = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {
            "time": time.replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            "process": record.process,
        }
        line.update(getattr(record, "fields", {}))
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = trace(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def write(event: str, level: int = logging.INFO, error: BaseException | None = None, **fields: Any) -> None:
    """Write a line."""
    LOGGER.log(level, event, exc_info=error, extra={"fields": fields})


def trace(error: BaseException) -> list[dict[str, Any]]:
    """An exception and those behind it: their kinds and where they were raised, innermost place last."""
    found: list[dict[str, Any]] = []
    current: BaseException | None = error
    while current is not None and len(found) < 10:
        frames = traceback.extract_tb(current.__traceback__)
        found.append(
            {
                "type": f"{type(current).__module__}.{type(current).__qualname__}",
                "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-20:]],
            }
        )
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return found
