"""Schedules against plain dates: every term walked day by day, and every order of events tried out."""

from __future__ import annotations

import calendar as months
import datetime as dt
from collections.abc import Mapping

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from guiju.checker.chains.schedule import last_day, path, schedule
from guiju.checker.chains.steps import Step, Term, Unit
from guiju.checker.chains.timeline import Leg, Timeline
from guiju.compiler.kernel import TRUE, Deed, FactRef, MayDo, Modality, Norm, WorkCalendar
from guiju.compiler.workdays import chinese_calendar

OFFICIAL = chinese_calendar(2024, 2026)
START = dt.date(2026, 3, 2)
EVENTS = ("a", "b", "c", "d", "e")


@frozen
class Drawn:
    """A leg in the plainest words: no amount, no bound."""

    start: str
    end: str
    amount: int | None = None
    unit: Unit = Unit.WORKDAYS
    happens: bool = False


def timeline_of(*drawn: Drawn) -> Timeline:
    return Timeline(tuple(leg(each) for each in drawn), {})


def leg(drawn: Drawn) -> Leg:
    deed = Deed("x", drawn.end)
    norm = Norm("law.r", "law.r", "law", (), TRUE, MayDo(deed), Modality.OBLIGED, "all")
    if drawn.amount is None:
        return Leg(drawn.start, drawn.end, Step(norm), happens=drawn.happens)
    term = Term(FactRef(drawn.start), drawn.amount, drawn.unit)
    return Leg(drawn.start, drawn.end, Step(norm, term=term), term, drawn.happens)


def walked(drawn: Drawn, day: dt.date, calendar: WorkCalendar) -> dt.date:
    """The last day of a term, by walking."""
    assert drawn.amount is not None
    match drawn.unit:
        case Unit.DAYS:
            return day + dt.timedelta(days=drawn.amount)
        case Unit.HOURS:
            whole, rest = divmod(drawn.amount, 24)
            return day + dt.timedelta(days=whole + (1 if rest else 0))
        case Unit.MONTHS:
            year, month = day.year, day.month
            for _ in range(drawn.amount):
                year, month = (year + 1, 1) if month == 12 else (year, month + 1)
            return dt.date(year, month, min(day.day, months.monthrange(year, month)[1]))
        case Unit.WORKDAYS:
            left = drawn.amount
            while left:
                day += dt.timedelta(days=1)
                weekend = day.weekday() >= 5
                if day in calendar.made_up or not (weekend or day in calendar.days_off):
                    left -= 1
            return day


@frozen
class Dated:
    early: dt.date
    late: dt.date
    bounded: bool
    firm: bool


def slow(drawn: tuple[Drawn, ...], start: str, on: dt.date, calendar: WorkCalendar) -> Mapping[str, Dated]:
    """The schedule of legs without a circle: over and over, whatever has all its predecessors dated."""
    real = [each for each in drawn if not each.happens]
    reached = {start}
    while more := {each.end for each in real if each.start in reached} - reached:
        reached |= more
    found = {start: Dated(on, on, bounded=True, firm=True)}
    while len(found) < len(reached):
        for event in sorted(reached - set(found)):
            into = [each for each in real if each.end == event and each.start in reached]
            if all(each.start in found for each in into):
                found[event] = _dated(into, found, calendar)
    return found


def _dated(into: list[Drawn], found: Mapping[str, Dated], calendar: WorkCalendar) -> Dated:
    early = max(found[each.start].early for each in into)
    ends = [
        (walked(each, found[each.start].late, calendar), found[each.start].firm)
        for each in into
        if each.amount is not None
    ]
    if not ends:
        return Dated(early, max(found[each.start].late for each in into), bounded=False, firm=False)
    sure = [end for end, firm in ends if firm]
    return Dated(early, min(sure or [end for end, _ in ends]), bounded=True, firm=bool(sure))


@st.composite
def legs(draw: st.DrawFn) -> tuple[Drawn, ...]:
    """Legs from earlier letters to later ones: no circle."""
    pairs = [(one, other) for one in EVENTS for other in EVENTS if one < other]
    chosen = draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=7))
    return tuple(
        Drawn(
            one,
            other,
            draw(st.one_of(st.none(), st.integers(0, 40))),
            draw(st.sampled_from(Unit)),
            draw(st.sampled_from((False, False, False, True))),
        )
        for one, other in chosen
    )


@given(legs(), st.dates(dt.date(2024, 1, 1), dt.date(2026, 6, 30)))
def test_a_schedule_is_what_walking_the_days_gives(drawn: tuple[Drawn, ...], on: dt.date) -> None:
    """Early days, last days, what has a bound and what the text makes sure of."""
    order = timeline_of(*drawn)
    start = drawn[0].start
    found = schedule(order, start, on, OFFICIAL)
    expected = slow(drawn, start, on, OFFICIAL)
    assert {e: Dated(d.early, d.late, d.bounded, d.firm) for e, d in found.items()} == expected


@given(legs(), st.dates(dt.date(2024, 1, 1), dt.date(2026, 6, 30)))
def test_the_path_to_an_event_adds_up_to_its_last_day(drawn: tuple[Drawn, ...], on: dt.date) -> None:
    """Leg by leg from the beginning; what has no bound took no time."""
    start = drawn[0].start
    found = schedule(timeline_of(*drawn), start, on, OFFICIAL)
    for event, due in found.items():
        day, here = on, start
        for each in path(found, event):
            assert each.start == here
            here = each.end
            if each.term is not None:
                assert each.term.amount is not None
                told = Drawn(each.start, each.end, each.term.amount, each.term.unit)
                day = walked(told, day, OFFICIAL)
        assert (here, day) == (event, due.late)
        assert due.firm == all(each.bounded for each in path(found, event))


def test_ten_five_and_ten_working_days_end_on_the_seventh_of_april() -> None:
    """Counted on the arrangement of 2026, with the days of Qingming off; nothing lies in between."""
    order = timeline_of(Drawn("a", "b", 10), Drawn("b", "c", 5), Drawn("c", "d", 10))
    found = schedule(order, "a", START, OFFICIAL)
    assert [found[event].late for event in "abcd"] == [
        START,
        dt.date(2026, 3, 16),
        dt.date(2026, 3, 23),
        dt.date(2026, 4, 7),
    ]
    assert all(due.firm and due.bounded and not due.provisional for due in found.values())
    assert all(due.early == START for due in found.values())


def test_steps_without_a_term_take_no_time_and_make_the_rest_uncertain() -> None:
    """The same day as if they were not there, and no longer a last day by the text."""
    order = timeline_of(Drawn("a", "b", 10), Drawn("b", "c"), Drawn("c", "d", 5))
    found = schedule(order, "a", START, OFFICIAL)
    due = found["c"]
    assert (due.early, due.late, due.by) == (START, dt.date(2026, 3, 16), order.legs[1])
    assert (due.bounded, due.firm) == (False, False)
    assert found["d"].late == dt.date(2026, 3, 23)
    assert (found["d"].bounded, found["d"].firm) == (True, False)


def test_of_several_terms_the_one_that_ends_first_counts() -> None:
    """Whatever else comes before: that has no bound of its own."""
    order = timeline_of(Drawn("a", "d", 3), Drawn("a", "b", 30), Drawn("b", "d", 1), Drawn("b", "d"))
    assert schedule(order, "a", START, OFFICIAL)["d"].late == dt.date(2026, 3, 5)


def test_a_term_that_hangs_on_nothing_open_gives_the_last_day() -> None:
    """Even where another would end first if what is open took no time: the text bounds the whole."""
    order = timeline_of(Drawn("a", "b"), Drawn("b", "c", 1), Drawn("a", "c", 30), Drawn("c", "d", 5))
    found = schedule(order, "a", START, OFFICIAL)
    assert (found["c"].by, found["c"].firm, found["d"].firm) == (order.legs[2], True, True)


def test_a_day_that_the_text_names_is_the_last_one_whenever_the_chain_begins() -> None:
    """And what is counted from it has a last day as well."""
    named = leg(Drawn("a", "b"))
    assert named.step is not None
    named = evolve(named, step=evolve(named.step, by_day=True, due=dt.date(2026, 3, 31)))
    after = leg(Drawn("b", "c", 5, Unit.DAYS))
    for on in (START, dt.date(2026, 4, 10)):
        found = schedule(Timeline((named, after), {}), "a", on, OFFICIAL)
        assert [found[event].late for event in "bc"] == [dt.date(2026, 3, 31), dt.date(2026, 4, 5)]
        assert all(found[event].firm and found[event].bounded for event in "bc")


def test_without_a_term_the_last_of_several_predecessors_counts() -> None:
    """It cannot come before any of them."""
    order = timeline_of(Drawn("a", "b", 3), Drawn("a", "c", 9), Drawn("b", "d"), Drawn("c", "d"))
    found = schedule(order, "a", START, OFFICIAL)
    assert found["d"].late == found["c"].late == dt.date(2026, 3, 13)
    assert path(found, "d") == (order.legs[1], order.legs[3])


def test_a_circle_is_dated_by_what_came_before_it() -> None:
    """Each event of it once, and what comes after it as well."""
    order = timeline_of(
        Drawn("a", "b", 5), Drawn("b", "c", 5), Drawn("c", "b", 5), Drawn("c", "d", 5), Drawn("e", "a")
    )
    found = schedule(order, "a", START, OFFICIAL)
    assert [found[event].late.isoformat() for event in "abcd"] == [
        "2026-03-02",
        "2026-03-09",
        "2026-03-16",
        "2026-03-23",
    ]
    assert "e" not in found


def test_a_schedule_may_begin_inside_a_circle() -> None:
    """The event that it begins with keeps its day."""
    order = timeline_of(Drawn("a", "b", 5), Drawn("b", "a", 5))
    found = schedule(order, "a", START, OFFICIAL)
    assert (found["a"].late, found["b"].late) == (START, dt.date(2026, 3, 9))


def test_working_days_of_a_year_without_an_arrangement_are_provisional() -> None:
    """So is what is counted from them; calendar days alone are not."""
    calendar = WorkCalendar(OFFICIAL.days_off, OFFICIAL.made_up, (2026, 2026))
    order = timeline_of(Drawn("a", "b", 10), Drawn("b", "c", 3, Unit.DAYS), Drawn("a", "d", 30, Unit.DAYS))
    late = schedule(order, "a", dt.date(2026, 12, 25), calendar)
    assert [late[event].provisional for event in "abcd"] == [False, True, True, False]
    december = schedule(order, "a", dt.date(2026, 12, 9), calendar)
    assert december["b"].late == dt.date(2026, 12, 23)  # the arrangement of 2027 may reach so far back
    assert december["b"].provisional
    assert not schedule(order, "a", dt.date(2026, 12, 4), calendar)["b"].provisional
    early = schedule(order, "a", START, calendar)
    assert not any(due.provisional for due in early.values())
    assert schedule(order, "a", START, WorkCalendar())["b"].provisional


def test_what_only_happens_is_not_set_going() -> None:
    """It is ordered, and waited for by nobody."""
    order = timeline_of(Drawn("a", "b", 5), Drawn("b", "c", happens=True), Drawn("c", "d", 5))
    assert set(schedule(order, "a", START, OFFICIAL)) == {"a", "b"}


def test_there_is_no_schedule_from_what_is_no_event() -> None:
    """A name that nothing orders."""
    with pytest.raises(KeyError):
        schedule(timeline_of(Drawn("a", "b")), "z", START, OFFICIAL)


@given(
    st.builds(Drawn, st.just("a"), st.just("b"), st.integers(0, 60), st.sampled_from(Unit)),
    st.dates(dt.date(2024, 1, 1), dt.date(2026, 6, 30)),
)
def test_the_last_day_of_a_term_is_found_by_walking(drawn: Drawn, day: dt.date) -> None:
    """Hours that do not fill a day count as one."""
    assert drawn.amount is not None
    term = Term(FactRef("a"), drawn.amount, drawn.unit)
    assert last_day(term, day, OFFICIAL) == walked(drawn, day, OFFICIAL)
