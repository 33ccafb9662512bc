"""Cases and the contexts that norms are applied in; examples are contexts with expectations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from attrs import field, frozen

from guiju.compiler.kernel.expressions import Expr
from guiju.compiler.kernel.norms import Position, Question
from guiju.dsl.source import Place
from guiju.dsl.types import Value


@frozen
class Case:
    """Facts by full name and rows by record. A fact or field that is absent is unknown."""

    facts: Mapping[str, Value] = field(factory=dict)
    records: Mapping[str, tuple[Mapping[str, Value], ...]] = field(factory=dict)


@frozen
class Context:
    """A case at a date and a place, under a choice for each reading (absent: the default).

    ``law_date`` overrides each norm's own. ``published_only``: working days of a year whose calendar is not
    published are unknown; otherwise the plain week stands in for it.
    """

    case: Case
    today: dt.date
    place: str
    readings: Mapping[str, str] = field(factory=dict)
    law_date: dt.date | None = None
    published_only: bool = False


@frozen
class Expectation:
    """What an example expects of one question: a position (None: no answer), or a conflict.

    ``end``: of a question that spans answer, the last day; then ``position`` is None, for nothing is expected
    of the first.
    """

    question: Question
    position: Position | None
    conflict: bool = False
    place: Place = Place("", 0)
    end: Expr | None = None


@frozen
class Example:
    label: str
    instrument: str | None
    context: Context
    expectations: tuple[Expectation, ...]
    place: Place = Place("", 0)
