"""The calendar of the encoding is the real one: keys, day numbers, months, on every kind of date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import product

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from guiju.compiler import days
from guiju.compiler.kernel import (
    NEVER,
    Clip,
    Compare,
    Const,
    DaysBetween,
    Expr,
    FactRef,
    If,
    Integer,
    Not,
    Or,
    Order,
    ShiftDays,
    ShiftMonths,
    Today,
)
from guiju.compiler.smt import Backend
from guiju.compiler.smt.keys import date_of, key_of, key_of_number, number_of_key
from strategies import DATE, DAYS, MONTHS, VOCABULARY

FIRST, LAST = days.FIRST_DAY, days.LAST_DAY
LISTED, LICENSED = FactRef("party.listed"), FactRef("party.licensed")
FOUR_YEARS = (dt.date(2023, 1, 1), dt.date(2026, 12, 31))  # what the calendar of months repeats after
ALWAYS = evolve(VOCABULARY, horizon=(FIRST, LAST))


def on(day: dt.date) -> Expr:
    return Const(day, DATE)


def edges(first: dt.date, last: dt.date) -> list[dt.date]:
    """The first day and the last four days of each month."""
    found = []
    for year, month in product(range(first.year, last.year + 1), range(1, 13)):
        start = dt.date(year, month, 1)
        following = dt.date(year + month // 12, month % 12 + 1, 1)
        found += [start, *(following - dt.timedelta(days=n) for n in (4, 3, 2, 1))]
    return found


# --- Keys and numbers ------------------------------------------------------------------------------------


@given(st.dates(FIRST, LAST))
def test_key_and_number_lead_to_the_date_and_back(day: dt.date) -> None:
    assert date_of(key_of(day)) == day
    assert number_of_key(key_of(day)) == day.toordinal()
    assert key_of_number(day.toordinal()) == key_of(day)


@pytest.mark.slow
def test_key_and_number_agree_on_every_day_of_the_calendar() -> None:
    for number in range(FIRST.toordinal(), LAST.toordinal() + 1):
        day = dt.date.fromordinal(number)
        assert (number_of_key(key_of(day)), key_of_number(number)) == (number, key_of(day))


def ordered_alike(order: Order) -> None:
    """Keys and numbers order all pairs of days of 1901 to 2099 in the same way."""
    by_key = Compare(order, LISTED, LICENSED)
    by_number = Compare(order, Const(0, DAYS), DaysBetween(LISTED, LICENSED))
    backend = Backend(ALWAYS, 0)
    assert backend.satisfiable([by_key, Not(by_number)]) is False
    assert backend.satisfiable([Not(by_key), by_number]) is False


def test_day_numbers_order_two_dates_as_their_keys_do() -> None:
    ordered_alike(Order.LT)


@pytest.mark.slow
@pytest.mark.parametrize("order", [Order.LE, Order.EQ])
def test_the_other_comparisons_agree_too(order: Order) -> None:
    ordered_alike(order)


def test_the_distance_to_a_day_that_is_so_many_days_away_is_that_number() -> None:
    amount = FactRef("party.days")
    moved = ShiftDays(LISTED, amount)
    there = Compare(Order.EQ, DaysBetween(LISTED, moved), amount)
    assert Backend(VOCABULARY, 0).satisfiable([Not(there)]) is False


def test_every_day_exists_once() -> None:
    """From one end of February to the other there are exactly the days that the year has."""
    backend = Backend(ALWAYS, 0)
    ends = {dt.date(2023, 2, 28): dt.date(2023, 3, 1), dt.date(2024, 2, 29): dt.date(2024, 3, 1)}
    for day, following in ends.items():
        between = [Compare(Order.LT, on(day), LISTED), Compare(Order.LT, LISTED, on(following))]
        assert backend.satisfiable(between) is False
        assert backend.satisfiable([Compare(Order.EQ, LISTED, on(day))]) is True


# --- Months ----------------------------------------------------------------------------------------------


def months_agree(amounts: Iterable[int], clip: Clip, variable: bool) -> None:
    backend = Backend(evolve(VOCABULARY, horizon=FOUR_YEARS), 0)
    for amount, day in product(amounts, edges(*FOUR_YEARS)):
        months = FactRef("party.months") if variable else Const(amount, MONTHS)
        expected = on(days.shift_months(day, amount, clip))
        conditions = [
            Compare(Order.EQ, LISTED, on(day)),
            Compare(Order.EQ, months, Const(amount, MONTHS)),
            Not(Compare(Order.EQ, ShiftMonths(LISTED, months, clip), expected)),
        ]
        assert backend.satisfiable(conditions) is False, (day, amount)


@pytest.mark.parametrize("clip", Clip)
def test_months_are_added_as_in_plain_python(clip: Clip) -> None:
    months_agree([-13, -1, 1, 6, 12, 36, 48], clip, variable=False)


@pytest.mark.parametrize("clip", Clip)
def test_a_variable_number_of_months_is_added_as_in_plain_python(clip: Clip) -> None:
    months_agree([-25, 1, 12], clip, variable=True)


@pytest.mark.slow
@pytest.mark.parametrize("variable", [False, True])
@pytest.mark.parametrize("clip", Clip)
def test_any_number_of_months_is_added_as_in_plain_python(clip: Clip, variable: bool) -> None:
    months_agree(range(-50, 51), clip, variable)


def test_three_years_are_not_1095_days() -> None:
    """They are where no leap day lies between, and 1096 days where one does."""
    backend = Backend(VOCABULARY, 0)
    years = ShiftMonths(LISTED, Const(36, MONTHS))
    unit = Integer(0, 2000, "days")
    sizes = [
        backend.satisfiable([Compare(Order.EQ, years, ShiftDays(LISTED, Const(amount, unit)))])
        for amount in (1094, 1095, 1096, 1097)
    ]
    assert sizes == [False, True, True, False]


def test_the_two_clippings_of_years_differ_for_leap_days_only() -> None:
    differ = Not(
        Compare(
            Order.EQ,
            ShiftMonths(LISTED, Const(36, MONTHS)),
            ShiftMonths(LISTED, Const(36, MONTHS), Clip.UP),
        )
    )
    leap_day = Or(
        tuple(Compare(Order.EQ, LISTED, on(dt.date(year, 2, 29))) for year in (2020, 2024, 2028, 2032))
    )
    backend = Backend(VOCABULARY, 0)
    assert backend.satisfiable([differ]) is True
    assert backend.satisfiable([differ, Not(leap_day)]) is False


def test_a_long_shift_from_the_horizon_stays_exact() -> None:
    end = ShiftMonths(Today(), Const(66 * 12, Integer(0, 1200, "months")))
    backend = Backend(VOCABULARY, 0)
    assert backend.satisfiable([Compare(Order.EQ, end, on(dt.date(2098, 12, 31)))]) is True
    assert backend.satisfiable([Compare(Order.LT, on(dt.date(2098, 12, 31)), end)]) is False


# --- NEVER -----------------------------------------------------------------------------------------------


def test_never_is_later_than_every_day_and_stays_where_it_is() -> None:
    never = on(NEVER)
    backend = Backend(VOCABULARY, 0)
    shifted = ShiftMonths(ShiftDays(never, Const(-5, DAYS)), Const(12, MONTHS))
    for holds in (
        Compare(Order.EQ, never, shifted),
        Compare(Order.LE, never, shifted),
        Compare(Order.LT, LISTED, never),
    ):
        assert backend.satisfiable([Not(holds)]) is False
    for fails in (Compare(Order.LT, never, shifted), Compare(Order.LE, never, LISTED)):
        assert backend.satisfiable([fails]) is False


def test_a_date_may_be_never_in_one_branch_only() -> None:
    end = If(FactRef("party.fit"), on(NEVER), ShiftMonths(LISTED, Const(12, MONTHS)))
    backend = Backend(VOCABULARY, 0)
    late = Compare(Order.LT, on(dt.date(2040, 1, 1)), ShiftDays(end, Const(10, DAYS)))
    assert backend.satisfiable([late, FactRef("party.fit")]) is True
    assert backend.satisfiable([late, Not(FactRef("party.fit"))]) is False
