"""Which version of guiju this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as of_package


def version() -> str:
    """The installed version; ``0+unknown`` in a checkout that is not installed."""
    try:
        return of_package("guiju")
    except PackageNotFoundError:
        return "0+unknown"
