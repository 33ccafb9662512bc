"""The calendar of the second encoding: day by day against the reference, its two ways against each other."""

from __future__ import annotations

import datetime as dt

import pytest
from attrs import evolve

from guiju.compiler.days import roll_to_workday, shift_months, shift_workdays
from guiju.compiler.kernel import (
    Clip,
    Compare,
    Const,
    Expr,
    FactRef,
    Not,
    Order,
    ShiftMonths,
    ShiftWorkdays,
    Today,
    WorkCalendar,
)
from guiju.compiler.smtlib import script
from guiju.compiler.smtlib.gregorian import CYCLE, DEVIATION, ORIGIN, Gregorian, steps
from guiju.compiler.smtlib.second import Answer, solve
from guiju.compiler.smtlib.terms import Terms
from guiju.compiler.smtlib.values import Day
from guiju.compiler.smtlib.workweek import Workweek
from guiju.compiler.workdays import chinese_calendar
from strategies import DATE, MONTHS, VOCABULARY, WORKDAYS

#: Arrangements with long breaks, and days worked for them on both sides.
OFFICIAL = chinese_calendar(2024, 2026)
#: Nothing but days off for two months, and Sundays worked.
ODD = WorkCalendar(
    frozenset(dt.date(2025, 1, 20) + dt.timedelta(days=n) for n in range(60)),
    frozenset({dt.date(2025, 2, 2), dt.date(2025, 2, 9), dt.date(2025, 2, 12)}),
)


def days(first: dt.date, count: int) -> list[dt.date]:
    return [first + dt.timedelta(days=n) for n in range(count)]


@pytest.mark.parametrize("clip", Clip)
@pytest.mark.parametrize("months", [-241, -48, -13, -12, -1, 0, 1, 2, 3, 6, 11, 12, 24, 36, 48, 60, 241])
def test_a_known_number_of_months_moves_every_day_of_a_cycle_as_the_reference_does(
    months: int, clip: Clip
) -> None:
    gregorian = Gregorian(Terms())
    for day in days(dt.date(2023, 7, 1), CYCLE):
        moved = gregorian.months_later(Day(day.toordinal()), months, clip)
        assert moved.number == shift_months(day, months, clip).toordinal()


def test_so_many_months_are_about_so_many_days() -> None:
    """The bounds that are stated of an unknown number of months, over a cycle of numbers."""
    found = [
        16 * moved - 487 * months
        for months in range(-48, 49)
        for clip in Clip
        for _, moved in steps(months, clip)
    ]
    assert (min(found), max(found)) == (-DEVIATION, DEVIATION)


def test_cycles_begin_on_the_first_day_of_a_leap_year() -> None:
    for cycle in range(25):
        assert dt.date.fromordinal(ORIGIN + cycle * CYCLE) == dt.date(1904 + 4 * cycle, 1, 1)


@pytest.mark.parametrize("calendar", [OFFICIAL, ODD], ids=["official", "odd"])
@pytest.mark.parametrize("count", [0, 1, 2, 5, 30])
def test_a_known_number_of_working_days_moves_every_day_as_the_reference_does(
    count: int, calendar: WorkCalendar
) -> None:
    workweek = Workweek(Terms(), calendar)
    for day in days(dt.date(2024, 12, 1), 150):
        later = workweek.later(Day(day.toordinal()), count)
        assert later.number == shift_workdays(day, count, calendar).toordinal()
        assert workweek.rolled(Day(day.toordinal())).number == roll_to_workday(day, calendar).toordinal()


def never_differ(known: Expr, unknown: Expr, *given: Expr) -> None:
    pytest.importorskip("cvc5", reason="cvc5 is not installed: pip install guiju[certify]")
    corpus = evolve(VOCABULARY, calendar=OFFICIAL)
    differ = Not(Compare(Order.EQ, known, unknown))
    assert solve(script(corpus, [*given, differ]), 0).answer is Answer.UNSATISFIABLE
    assert solve(script(corpus, [*given, Not(differ)]), 0).answer is Answer.SATISFIABLE


@pytest.mark.parametrize(("months", "clip"), [(-7, Clip.UP), (12, Clip.DOWN)])
def test_an_unknown_number_of_months_is_the_known_one_on_every_day(months: int, clip: Clip) -> None:
    """By two encodings, a table and digits: a proof for all days of the horizon."""
    number = Const(months, MONTHS)
    known, unknown = (ShiftMonths(Today(), n, clip) for n in (number, FactRef("party.months")))
    never_differ(known, unknown, Compare(Order.EQ, FactRef("party.months"), number))


@pytest.mark.parametrize("count", [0, 3])
def test_an_unknown_number_of_working_days_is_the_known_one_on_every_day_of_a_season(count: int) -> None:
    number = Const(count, WORKDAYS)
    known, unknown = (ShiftWorkdays(Today(), n) for n in (number, FactRef("party.workdays")))
    season = (Const(dt.date(2025, 1, 1), DATE), Const(dt.date(2025, 3, 31), DATE))
    never_differ(
        known,
        unknown,
        Compare(Order.EQ, FactRef("party.workdays"), number),
        Compare(Order.LE, season[0], Today()),
        Compare(Order.LE, Today(), season[1]),
    )
