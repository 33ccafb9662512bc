"""Guiju (规矩): makes regulations checkable.

>>> import guiju
>>> corpus = guiju.load("specs")
>>> decision = corpus.decide(case, "…", on="2026-03-01", at="…")  # doctest: +SKIP
>>> report = guiju.check(corpus.kernel)  # doctest: +SKIP

The names below are the public interface, and stay as they are between minor versions. They are imported when
first used, so that ``import guiju`` costs nothing to a program that only needs a part; to decide a case of
which everything that matters is known loads neither the parser nor the solver.
"""

from __future__ import annotations

import importlib

TYPE_CHECKING = False  # importing typing for this would cost more than everything else here
if TYPE_CHECKING:
    from guiju.checker.check import Options, check
    from guiju.compiler.verdicts import Verdict
    from guiju.decisions.corpus import Corpus, Prepared
    from guiju.decisions.decision import Decision, DutyStatus
    from guiju.decisions.loading import InvalidSpecs, load, load_texts
    from guiju.decisions.problems import InvalidInput, Problem

    __version__: str

__all__ = [
    "Corpus",
    "Decision",
    "DutyStatus",
    "InvalidInput",
    "InvalidSpecs",
    "Options",
    "Prepared",
    "Problem",
    "Verdict",
    "__version__",
    "check",
    "load",
    "load_texts",
]

_WHERE = {
    "Corpus": "guiju.decisions.corpus",
    "Decision": "guiju.decisions.decision",
    "DutyStatus": "guiju.decisions.decision",
    "InvalidInput": "guiju.decisions.problems",
    "InvalidSpecs": "guiju.decisions.loading",
    "Options": "guiju.checker.check",
    "Prepared": "guiju.decisions.corpus",
    "Problem": "guiju.decisions.problems",
    "Verdict": "guiju.compiler.verdicts",
    "check": "guiju.checker.check",
    "load": "guiju.decisions.loading",
    "load_texts": "guiju.decisions.loading",
}


def __getattr__(name: str) -> object:
    if name == "__version__":
        from guiju._version import version

        return version()
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
