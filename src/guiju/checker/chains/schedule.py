"""When each event of a chain comes: early, if everyone acts at once; late, by the terms, if there are any."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import networkx as nx
from attrs import evolve, frozen

from guiju.checker.chains.steps import Term, Unit
from guiju.checker.chains.timeline import Leg, Timeline
from guiju.compiler import days
from guiju.compiler.kernel import Clip, WorkCalendar


@frozen
class Due:
    """When an event of a chain comes.

    Attributes:
        event: Which.
        early: The first day on which it can come.
        late: The last day, if what has no bound took no time.
        by: The leg that makes it come last; None for the event that the chain begins with.
        bounded: Whether a term gives it a last day once what comes before it is known.
        firm: Whether ``late`` is a last day by the text: nothing before it is without a bound.
        provisional: The working days of a year that has no published calendar were counted.
        legs: How many events come before it on the way that it is dated by.
    """

    event: str
    early: dt.date
    late: dt.date
    by: Leg | None = None
    bounded: bool = True
    firm: bool = True
    provisional: bool = False
    legs: int = 0


def schedule(timeline: Timeline, start: str, on: dt.date, calendar: WorkCalendar) -> Mapping[str, Due]:
    """What follows from ``start``, if it comes on ``on``: each event that comes after it, in order.

    A term counts from the last day of what it is counted from. Of several terms the one that ends first
    counts, and one that hangs on what has no bound only where there is no other; of several ways that come to
    one day the longest. Where events come in a circle each is dated by what came before it was entered.

    Raises:
        KeyError: There is no such event.
        OutOfCalendar: A day lies beyond what dates can express.
    """
    if start not in timeline.graph:
        raise KeyError(start)
    found = {start: Due(start, on, on)}
    for event in _in_order(timeline, start):
        legs = [leg for leg in timeline.into(event) if leg.start in found]
        if legs and event != start:
            found[event] = _due(event, legs, found, calendar)
    return found


def path(found: Mapping[str, Due], event: str) -> tuple[Leg, ...]:
    """The legs that ``event`` is dated by, from where the chain begins."""
    legs: list[Leg] = []
    here = found[event]
    while here.by is not None:
        legs.append(here.by)
        here = found[here.by.start]
    return tuple(reversed(legs))


def last_day(term: Term, start: dt.date, calendar: WorkCalendar) -> dt.date:
    """The last day of a term of a fixed length whose event is on ``start``; hours are rounded up to days.

    Raises:
        OutOfCalendar: It lies beyond what dates can express.
    """
    assert term.amount is not None
    for amount, unit in term.lengths:
        start = _after(start, amount, unit, calendar)
    return start


def _after(day: dt.date, amount: int, unit: Unit, calendar: WorkCalendar) -> dt.date:
    match unit:
        case Unit.WORKDAYS:
            return days.shift_workdays(day, amount, calendar)
        case Unit.MONTHS:
            return days.shift_months(day, amount, Clip.DOWN)
        case Unit.DAYS:
            return days.shift_days(day, amount)
        case Unit.HOURS:
            return days.shift_days(day, -(-amount // 24))


def _in_order(timeline: Timeline, start: str) -> list[str]:
    """What can come after ``start``, each after what comes before it; of a circle in any fixed order."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_node(start)
    pending = [start]
    while pending:
        event = pending.pop()
        for after in timeline.after(event):
            if after not in graph:
                pending.append(after)
            graph.add_edge(event, after)
    circles = nx.condensation(graph)
    order: list[str] = []
    for circle in nx.lexicographical_topological_sort(circles):
        order += sorted(circles.nodes[circle]["members"])
    return order


def _due(event: str, legs: list[Leg], found: Mapping[str, Due], calendar: WorkCalendar) -> Due:
    early = max(found[leg.start].early for leg in legs)
    timed = [_by_term(event, leg, found[leg.start], calendar) for leg in legs if leg.bounded]
    if timed:
        return evolve(min(timed, key=lambda due: (not due.firm, due.late, -due.legs)), early=early)
    last = max(legs, key=lambda leg: (found[leg.start].late, found[leg.start].legs, leg.step is not None))
    before = found[last.start]
    return evolve(before, event=event, early=early, by=last, bounded=False, firm=False, legs=before.legs + 1)


def _by_term(event: str, leg: Leg, before: Due, calendar: WorkCalendar) -> Due:
    if leg.due is not None:
        return Due(event, before.early, leg.due, leg, legs=before.legs + 1)
    assert leg.term is not None
    late = last_day(leg.term, before.late, calendar)
    counts = any(unit is Unit.WORKDAYS for _, unit in leg.term.lengths)
    provisional = before.provisional or (counts and not calendar.covers(before.late, late))
    return Due(event, before.early, late, leg, True, before.firm, provisional, before.legs + 1)
