"""What the maintainers need to know about a defect: the traceback, the versions, the arguments."""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import guiju

_PACKAGES = ("z3-solver", "attrs", "click", "holidays", "lark", "networkx", "rich")


def write_report(error: BaseException) -> Path | None:
    """Write a report of ``error`` to a new temporary file; None where that is not possible."""
    lines = [
        f"guiju {guiju.__version__}",
        f"Python {platform.python_version()} {platform.python_implementation()}, {platform.platform()}",
        *(f"{name} {_installed(name)}" for name in _PACKAGES),
        f"arguments: {sys.argv[1:]!r}",
        "",
        "".join(traceback.format_exception(error)),
    ]
    try:
        with tempfile.NamedTemporaryFile(
            "w",
            prefix="guiju-error-",
            suffix=".txt",
            delete=False,
            encoding="utf-8",
            errors="backslashreplace",
        ) as file:
            file.write("\n".join(lines))
    except OSError:
        return None
    return Path(file.name)


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"
