"""The corpus: everything that a check or a decision needs, as one immutable value."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping

import attrs
from attrs import field, frozen

from guiju.compiler.kernel.cases import Example
from guiju.compiler.kernel.declarations import (
    Action,
    Assumption,
    Authority,
    Category,
    Claim,
    Fact,
    Gap,
    HandOver,
    Instrument,
    Outcome,
    Override,
    Power,
    Rank,
    Reading,
    Record,
)
from guiju.compiler.kernel.norms import BarEnd, Combination, Norm, Question, WhichValue
from guiju.dsl.source import Place


@frozen
class WorkCalendar:
    """Working days: Monday to Friday, but for these days off and these made-up working days.

    Exact for the years in ``published``, but for the end of the last one (``covers``); for another year the
    plain week is used and an answer that depends on it is provisional.
    """

    days_off: frozenset[dt.date] = frozenset()
    made_up: frozenset[dt.date] = frozenset()
    published: tuple[int, int] | None = None  # first and last year

    def covers(self, first: dt.date, last: dt.date) -> bool:
        """Whether it is certain, from ``first`` to ``last``, which days are working days.

        That is so of the published years but for the end of the last one: the arrangement of the year after
        may make its last days working days, or days off. So far none has reached back beyond 29 December
        (2001, 2007, 2018); what comes after the 20th is taken as uncertain.
        """
        if self.published is None:
            return False
        return self.published[0] <= first.year and last <= dt.date(self.published[1], 12, 20)

    def is_workday(self, day: dt.date) -> bool:
        return day in self.made_up or (day.weekday() < 5 and day not in self.days_off)


@frozen
class Corpus:
    """Everything that a check or a decision needs, as one immutable value."""

    horizon: tuple[dt.date, dt.date]
    territories: Mapping[str, str | None]  # child -> parent
    ranks: Mapping[str, Rank]
    authorities: Mapping[str, Authority]
    facts: Mapping[str, Fact]
    records: Mapping[str, Record]
    readings: Mapping[str, Reading]
    actions: Mapping[str, Action]
    outcomes: Mapping[str, Outcome]
    instruments: Mapping[str, Instrument]
    norms: tuple[Norm, ...]
    assumptions: tuple[Assumption, ...] = ()
    overrides: tuple[Override, ...] = ()
    claims: tuple[Claim, ...] = ()
    gaps: tuple[Gap, ...] = ()
    hand_overs: tuple[HandOver, ...] = ()
    categories: Mapping[str, Category] = field(factory=dict)
    powers: tuple[Power, ...] = ()
    entities: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    calendar: WorkCalendar = WorkCalendar()

    def within(self, place: str, territory: str) -> bool:
        """Whether ``place`` is ``territory`` or lies inside it."""
        here: str | None = place
        while here is not None:
            if here == territory:
                return True
            here = self.territories.get(here)
        return False

    def combination(self, question: Question) -> Combination:
        """How answers to ``question`` combine; deontic answers must always agree."""
        match question:
            case WhichValue(outcome):
                return self.outcomes[outcome].combination
            case BarEnd(deed):
                return self.actions[deed.action].combination
            case _:
                return Combination.SINGLE

    def default_readings(self) -> dict[str, str]:
        return {name: reading.choices[0] for name, reading in self.readings.items()}


def digest_ready(value: object) -> object:
    """``value`` as plain lists and strings in a fixed order, for digests and JSON.

    Without the places: where in which file something stands changes nothing of what it means.
    """
    kind: type = type(value)
    if kind is Place:
        return None
    if attrs.has(kind):
        return [kind.__name__, [[f.name, digest_ready(getattr(value, f.name))] for f in attrs.fields(kind)]]
    if isinstance(value, Mapping):
        return [[digest_ready(k), digest_ready(v)] for k, v in value.items()]
    if isinstance(value, (tuple, list)):
        return [digest_ready(v) for v in value]
    if isinstance(value, frozenset):
        return sorted(str(v) for v in value)
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    return value
