"""Guiju (规矩): makes regulations checkable.

>>> import guiju
>>> from pathlib import Path
>>> loaded = guiju.load([Path("specs")])
>>> report = guiju.check(loaded.corpus)  # doctest: +SKIP

The names below are the public interface. They are imported when first used, so that ``import guiju`` costs
nothing to a program that only needs a part.
"""

from __future__ import annotations

TYPE_CHECKING = False  # importing typing for this would cost more than everything else here
if TYPE_CHECKING:
    from guiju.checker.check import Options, check
    from guiju.checker.load import load

    __version__: str

__all__ = ["Options", "__version__", "check", "load"]


def __getattr__(name: str) -> object:
    match name:
        case "Options" | "check":
            from guiju.checker import check as module

            return getattr(module, name)
        case "load":
            from guiju.checker.load import load

            return load
        case "__version__":
            from guiju._version import version

            return version()
        case _:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
