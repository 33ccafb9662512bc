"""Comparing a moved day with a fixed one is comparing the day itself with another."""

from __future__ import annotations

import datetime as dt

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import strategies as draw
from guiju.compiler.days import FIRST_DAY, LAST_DAY, OutOfCalendar
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import (
    NEVER,
    Case,
    Clip,
    Compare,
    Const,
    Context,
    Date,
    Expr,
    FactRef,
    Integer,
    Order,
    RollToWorkday,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    WorkCalendar,
    walk,
)
from guiju.compiler.table.inversion import stays_inside, without_moves

LISTED = FactRef("party.listed")


def day(value: dt.date) -> Const:
    return Const(value, Date())


@st.composite
def moves(data: st.DrawFn) -> Expr:
    """One to three moves of a day by fixed amounts."""
    found: Expr = LISTED
    for _ in range(data(st.integers(1, 3))):
        amount = data(st.integers(-40, 40))
        kind = data(st.sampled_from(("months", "months", "days", "workdays", "roll")))
        found = {
            "months": ShiftMonths(
                found, Const(amount, Integer(-40, 40, "months")), data(st.sampled_from(Clip))
            ),
            "days": ShiftDays(found, Const(amount, Integer(-40, 40, "days"))),
            "workdays": ShiftWorkdays(found, Const(abs(amount), Integer(0, 40, "workdays"))),
            "roll": RollToWorkday(found),
        }[kind]
    return found


@given(moves(), draw.calendars(), draw.dates(), st.sampled_from(Order), st.booleans(), st.data())
def test_a_comparison_without_moves_says_the_same(
    moved: Expr, calendar: WorkCalendar, fixed: dt.date, order: Order, first: bool, data: st.DataObject
) -> None:
    """On days around the edge, for both sides and each order, under any calendar."""
    corpus = evolve(draw.VOCABULARY, calendar=calendar)
    bound = data.draw(st.sampled_from((fixed, fixed, NEVER)))
    whole = Compare(order, day(bound), moved) if first else Compare(order, moved, day(bound))
    left = without_moves(whole, calendar)
    assert not any(isinstance(part, (ShiftMonths, ShiftDays, ShiftWorkdays)) for part in walk(left))
    near = fixed + dt.timedelta(data.draw(st.integers(-4000, 4000)))
    edges = [
        value + dt.timedelta(step)
        for part in walk(left)
        if isinstance(part, Const) and isinstance(value := part.value, dt.date) and value != NEVER
        for step in (-1, 0, 1)
    ]
    for here in (near, *edges, NEVER):
        context = Context(Case({"party.listed": here}), fixed, "town")
        assert evaluate(left, corpus, context) is evaluate(whole, corpus, context)


def test_the_bounds_of_a_move_are_the_last_days_that_stay_in_the_calendar() -> None:
    """Beyond them the reference has no result."""
    later = ShiftMonths(LISTED, Const(13, Integer(13, 13, "months")))
    calendar = WorkCalendar()
    assert stays_inside(later, calendar) == (FIRST_DAY, dt.date(2098, 11, 30))
    beyond = Context(Case({"party.listed": dt.date(2098, 12, 1)}), LAST_DAY, "town")
    with pytest.raises(OutOfCalendar):
        evaluate(later, draw.VOCABULARY, beyond)
    back = ShiftDays(LISTED, Const(-1, Integer(-1, -1, "days")))
    assert stays_inside(back, calendar) == (dt.date(1901, 1, 2), LAST_DAY)


def test_out_of_the_calendar_is_before_or_after_all_of_it() -> None:
    """Where the reference stops, the comparison is that of the real calendar."""
    ten_years = Const(120, Integer(120, 120, "months"))
    whole = Compare(Order.LE, day(dt.date(2026, 1, 1)), ShiftMonths(LISTED, ten_years))
    left = without_moves(whole, WorkCalendar())
    late = Context(Case({"party.listed": LAST_DAY}), LAST_DAY, "town")
    assert evaluate(left, draw.VOCABULARY, late) is True
