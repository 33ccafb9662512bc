"""Working days of the encoding are those of the official calendar, on every day of some years."""

from __future__ import annotations

import datetime as dt

import pytest
from attrs import evolve

from guiju.compiler import days
from guiju.compiler.kernel import (
    Compare,
    Const,
    FactRef,
    Not,
    Order,
    RollToWorkday,
    ShiftWorkdays,
    WorkCalendar,
)
from guiju.compiler.smt import Backend
from guiju.compiler.workdays import chinese_calendar
from strategies import DATE, VOCABULARY, WORKDAYS

YEARS = (dt.date(2024, 1, 1), dt.date(2027, 12, 31))  # published, then the plain week
LISTED = FactRef("party.listed")

# Departures that contradict each other or the week: a made-up day that is also off, or is no weekend.
ODD = WorkCalendar(
    days_off=frozenset({dt.date(2024, 2, 29), dt.date(2024, 3, 2), dt.date(2024, 3, 4), dt.date(2024, 3, 5)}),
    made_up=frozenset({dt.date(2024, 3, 2), dt.date(2024, 3, 5), dt.date(2024, 3, 6)}),
)


def every_day(first: dt.date, last: dt.date) -> list[dt.date]:
    return [dt.date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]


def agree(calendar: WorkCalendar, first: dt.date, last: dt.date, amount: int, variable: bool = False) -> None:
    """``amount`` working days after each day of a period, by the solver and by walking."""
    backend = Backend(evolve(VOCABULARY, horizon=YEARS, calendar=calendar), 0)
    steps = FactRef("party.workdays") if variable else Const(amount, WORKDAYS)
    for day in every_day(first, last):
        expected = Const(days.shift_workdays(day, amount, calendar), DATE)
        conditions = [
            Compare(Order.EQ, LISTED, Const(day, DATE)),
            Compare(Order.EQ, steps, Const(amount, WORKDAYS)),
            Not(Compare(Order.EQ, ShiftWorkdays(LISTED, steps), expected)),
        ]
        assert backend.satisfiable(conditions) is False, day


@pytest.fixture(scope="module")
def official() -> WorkCalendar:
    return chinese_calendar(2024, 2027)


@pytest.mark.parametrize("amount", [0, 1, 10])
def test_working_days_are_counted_as_by_walking(official: WorkCalendar, amount: int) -> None:
    """Around the holidays of a winter and an autumn, with their made-up working days."""
    agree(official, dt.date(2025, 1, 10), dt.date(2025, 2, 20), amount)
    agree(official, dt.date(2025, 9, 10), dt.date(2025, 10, 20), amount)


@pytest.mark.slow
def test_a_day_off_rolls_as_by_walking(official: WorkCalendar) -> None:
    rolls(official, *YEARS)


def test_a_day_off_in_autumn_rolls_as_by_walking(official: WorkCalendar) -> None:
    rolls(official, dt.date(2025, 9, 20), dt.date(2025, 10, 20))


def rolls(calendar: WorkCalendar, first: dt.date, last: dt.date) -> None:
    backend = Backend(evolve(VOCABULARY, horizon=YEARS, calendar=calendar), 0)
    for day in every_day(first, last):
        expected = Const(days.roll_to_workday(day, calendar), DATE)
        conditions = [
            Compare(Order.EQ, LISTED, Const(day, DATE)),
            Not(Compare(Order.EQ, RollToWorkday(LISTED), expected)),
        ]
        assert backend.satisfiable(conditions) is False, day


@pytest.mark.parametrize("amount", [0, 1, 7])
def test_a_variable_number_is_counted_as_by_walking(official: WorkCalendar, amount: int) -> None:
    agree(official, dt.date(2025, 9, 24), dt.date(2025, 10, 14), amount, variable=True)


@pytest.mark.parametrize("variable", [False, True])
@pytest.mark.parametrize("amount", [0, 1, 7])
def test_every_day_has_an_answer(official: WorkCalendar, amount: int, variable: bool) -> None:
    """What says which day is meant leaves that day: otherwise any claim about it would hold."""
    backend = Backend(evolve(VOCABULARY, horizon=YEARS, calendar=official), 0)
    steps = FactRef("party.workdays") if variable else Const(amount, WORKDAYS)
    for day in (YEARS[0], dt.date(2025, 9, 27), dt.date(2025, 10, 1), dt.date(2026, 1, 4), YEARS[1]):
        conditions = [
            Compare(Order.EQ, LISTED, Const(day, DATE)),
            Compare(Order.EQ, steps, Const(amount, WORKDAYS)),
            Compare(
                Order.EQ,
                ShiftWorkdays(LISTED, steps),
                Const(days.shift_workdays(day, amount, official), DATE),
            ),
        ]
        assert backend.satisfiable(conditions) is True, day


@pytest.mark.parametrize("variable", [False, True])
@pytest.mark.parametrize("amount", [1, 2, 3])
def test_contradictory_departures_are_read_as_the_kernel_does(amount: int, variable: bool) -> None:
    agree(ODD, dt.date(2024, 2, 25), dt.date(2024, 3, 10), amount, variable)


@pytest.mark.slow
@pytest.mark.parametrize("amount", [1, 2, 3, 5, 7, 10, 15, 20, 30])
def test_any_number_of_working_days_is_counted_as_by_walking(official: WorkCalendar, amount: int) -> None:
    agree(official, *YEARS, amount)
    agree(official, dt.date(2025, 9, 20), dt.date(2025, 10, 14), amount, variable=True)
