"""What is written of an answer: the verdict, what it rests on, until when, which values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from guiju.decisions.decision import Cited, Value
from guiju.decisions.problems import Problem


@frozen
class Brief:
    """The answer to one row.

    Attributes:
        verdict: A value of ``Verdict``.
        grounds: The ids of the norms that it rests on.
        citations: The same as a reader finds them.
        until: Of a bar, the last day of the one that ends last; ``NEVER`` where one has no end.
        values: Of an outcome, the values that stand.
        undetermined: Why it is undetermined: what to ask, which verdicts are possible.
        by_solver: The case is incomplete, and the solver was asked.
        unsolved: The case is incomplete, and the solver was not asked.
        decision: The whole decision as JSON, where it was asked for.
    """

    verdict: str
    grounds: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    until: dt.date | None = None
    values: tuple[Value | None, ...] = ()
    undetermined: str | None = None
    by_solver: bool = False
    unsolved: bool = False
    decision: Mapping[str, Any] | None = None


@frozen
class Refused:
    """A row that is not answered, with every problem in it."""

    problems: tuple[Problem, ...]


Outcome = Brief | Refused


def in_words(cited: Iterable[Cited]) -> tuple[str, ...]:
    """Each norm as a reader finds it; two with the same citation once."""
    return tuple(dict.fromkeys(f"《{each.title}》{'、'.join(each.citations)}" for each in cited))
