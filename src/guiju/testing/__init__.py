"""Test suites from the rules, and cases for property tests: for who runs the rules elsewhere.

>>> import guiju
>>> from guiju.testing import cases, generate_suite, read_suite, run
>>> corpus = guiju.load("specs")  # doctest: +SKIP
>>> suite = generate_suite(corpus).suite  # doctest: +SKIP
>>> strategy = cases(corpus, "…")  # doctest: +SKIP

The names below are public, and are imported when first used: only ``cases`` and ``requests`` need Hypothesis.
"""

from __future__ import annotations

import importlib

TYPE_CHECKING = False  # importing typing for this would cost more than everything else here
if TYPE_CHECKING:
    from guiju.testing.formats.jsonl import read as read_suite
    from guiju.testing.formats.jsonl import to_jsonl
    from guiju.testing.generate import Generated, UnknownName
    from guiju.testing.generate import generate as generate_suite
    from guiju.testing.replies import BadAnswer, parse_answer, request
    from guiju.testing.running import Failed, Implementation, Result, Results, run
    from guiju.testing.said import Disagreement, Level, Member, Said, compare
    from guiju.testing.strategies import cases, requests
    from guiju.testing.suite import Criterion, Expected, Suite, Test

__all__ = [
    "BadAnswer",
    "Criterion",
    "Disagreement",
    "Expected",
    "Failed",
    "Generated",
    "Implementation",
    "Level",
    "Member",
    "Result",
    "Results",
    "Said",
    "Suite",
    "Test",
    "UnknownName",
    "cases",
    "compare",
    "generate_suite",
    "parse_answer",
    "read_suite",
    "request",
    "requests",
    "run",
    "to_jsonl",
]

#: The module of each name, and what it is called there.
_WHERE = {
    "BadAnswer": ("replies", "BadAnswer"),
    "Criterion": ("suite", "Criterion"),
    "Disagreement": ("said", "Disagreement"),
    "Expected": ("suite", "Expected"),
    "Failed": ("running", "Failed"),
    "Generated": ("generate", "Generated"),
    "Implementation": ("running", "Implementation"),
    "Level": ("said", "Level"),
    "Member": ("said", "Member"),
    "Result": ("running", "Result"),
    "Results": ("running", "Results"),
    "Said": ("said", "Said"),
    "Suite": ("suite", "Suite"),
    "Test": ("suite", "Test"),
    "UnknownName": ("generate", "UnknownName"),
    "cases": ("strategies", "cases"),
    "compare": ("said", "compare"),
    "generate_suite": ("generate", "generate"),
    "parse_answer": ("replies", "parse_answer"),
    "read_suite": ("formats.jsonl", "read"),
    "request": ("replies", "request"),
    "requests": ("strategies", "requests"),
    "run": ("running", "run"),
    "to_jsonl": ("formats.jsonl", "to_jsonl"),
}


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, called = _WHERE[name]
    return getattr(importlib.import_module(f"{__name__}.{module}"), called)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
