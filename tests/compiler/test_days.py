"""Calendar arithmetic: examples from the Civil Code, and the laws of ``docs/semantics.md`` §4."""

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import strategies as draw
from guiju.compiler.days import (
    FIRST_DAY,
    LAST_DAY,
    OutOfCalendar,
    days_between,
    roll_to_workday,
    shift_days,
    shift_months,
    shift_workdays,
)
from guiju.compiler.kernel import NEVER, Clip, WorkCalendar
from guiju.dsl.diagnostics import InternalError

DAY = dt.date
ONE_DAY = dt.timedelta(days=1)
PLAIN = WorkCalendar()
NEW_YEAR = WorkCalendar(frozenset({DAY(2025, 1, 1)}), frozenset({DAY(2025, 1, 4)}))  # a Wednesday, a Saturday

days = st.one_of(draw.dates(), st.dates(FIRST_DAY, LAST_DAY))
months = st.integers(-240, 240)
clips = st.sampled_from(Clip)


@pytest.mark.parametrize(
    ("day", "moved", "down", "up"),
    [
        (DAY(2024, 1, 31), 1, DAY(2024, 2, 29), DAY(2024, 3, 1)),
        (DAY(2023, 1, 31), 1, DAY(2023, 2, 28), DAY(2023, 3, 1)),
        (DAY(2024, 2, 29), 12, DAY(2025, 2, 28), DAY(2025, 3, 1)),
        (DAY(2024, 2, 29), 48, DAY(2028, 2, 29), DAY(2028, 2, 29)),
        (DAY(2024, 3, 31), -1, DAY(2024, 2, 29), DAY(2024, 3, 1)),
        (DAY(2024, 1, 15), -1, DAY(2023, 12, 15), DAY(2023, 12, 15)),
        (DAY(2024, 12, 31), 2, DAY(2025, 2, 28), DAY(2025, 3, 1)),
    ],
)
def test_months_are_clipped_down_or_up(day: dt.date, moved: int, down: dt.date, up: dt.date) -> None:
    """A day that the reached month lacks becomes its last one, or the first of the next."""
    assert shift_months(day, moved, Clip.DOWN) == down
    assert shift_months(day, moved, Clip.UP) == up


def inside(day: dt.date, by: int) -> bool:
    """Whether ``day`` moved by ``by`` months surely stays inside the calendar, clipped either way."""
    return FIRST_DAY.year * 12 + 1 <= day.year * 12 + day.month - 1 + by <= LAST_DAY.year * 12 + 10


@given(days, clips)
def test_no_months_is_no_move(day: dt.date, clip: Clip) -> None:
    """Moving by 0 months leaves every day where it is."""
    assert shift_months(day, 0, clip) == day


@given(days, months)
def test_the_clips_differ_by_a_day_and_only_where_the_month_is_short(day: dt.date, by: int) -> None:
    """UP is DOWN where the reached month has the day, and DOWN's next day where it has not."""
    assume(inside(day, by))
    down, up = (shift_months(day, by, clip) for clip in (Clip.DOWN, Clip.UP))
    assert up == (down if down.day == day.day else down + ONE_DAY)


@given(days, days, months, clips)
def test_months_keep_the_order_of_days(one: dt.date, other: dt.date, by: int, clip: Clip) -> None:
    """A later day is never moved to an earlier one by the same number of months."""
    one, other = sorted((one, other))
    assume(inside(one, by) and inside(other, by))
    assert shift_months(one, by, clip) <= shift_months(other, by, clip)


@given(days, months, months, clips)
def test_more_months_reach_a_later_day(day: dt.date, fewer: int, more: int, clip: Clip) -> None:
    """The day reached grows strictly with the number of months."""
    fewer, more = sorted((fewer, more))
    assume(fewer < more and inside(day, fewer) and inside(day, more))
    assert shift_months(day, fewer, clip) < shift_months(day, more, clip)


@given(days, months, months)
def test_months_add_up_but_for_what_was_clipped_on_the_way(day: dt.date, one: int, other: int) -> None:
    """Two moves reach the day of their sum where neither was clipped, and under DOWN never a later one."""
    assume(inside(day, one) and inside(day, one + other))
    half_way = shift_months(day, one, Clip.DOWN)
    twice, at_once = shift_months(half_way, other, Clip.DOWN), shift_months(day, one + other, Clip.DOWN)
    assert twice <= at_once
    if half_way.day == day.day:
        assert twice == at_once


@given(days, st.integers(-400, 400))
def test_days_are_counted_by_the_calendar(day: dt.date, by: int) -> None:
    """Moving by days and the distance in days are each other's inverse."""
    assume(FIRST_DAY <= day + dt.timedelta(days=by) <= LAST_DAY)
    assert days_between(day, shift_days(day, by)) == by


@given(draw.dates(), st.integers(0, 30), draw.calendars())
def test_working_days_are_single_steps_repeated(day: dt.date, count: int, workdays: WorkCalendar) -> None:
    """The n-th working day is one working day after the one before it."""
    stepped = day
    for _ in range(count):
        stepped = shift_workdays(stepped, 1, workdays)
    assert shift_workdays(day, count, workdays) == stepped


@given(draw.dates(), st.integers(1, 30), draw.calendars())
def test_working_days_count_what_they_pass(day: dt.date, count: int, workdays: WorkCalendar) -> None:
    """The n-th working day after a day is one, and n of them lie after that day and up to it."""
    reached = shift_workdays(day, count, workdays)
    passed = [day + i * ONE_DAY for i in range(1, days_between(day, reached) + 1)]
    assert workdays.is_workday(reached)
    assert sum(map(workdays.is_workday, passed)) == count


@given(draw.dates(), draw.calendars())
def test_rolling_reaches_the_first_working_day(day: dt.date, workdays: WorkCalendar) -> None:
    """Rolling stops at a working day, passes none, and rolling again stays there."""
    rolled = roll_to_workday(day, workdays)
    assert workdays.is_workday(rolled)
    assert not any(workdays.is_workday(day + i * ONE_DAY) for i in range(days_between(day, rolled)))
    assert roll_to_workday(rolled, workdays) == rolled


def test_working_days_pass_holidays_and_stop_on_made_up_days() -> None:
    """A day off is passed over, and a weekend day that is worked counts."""
    eve = DAY(2024, 12, 31)
    assert shift_workdays(eve, 1, NEW_YEAR) == DAY(2025, 1, 2)
    assert shift_workdays(eve, 3, NEW_YEAR) == DAY(2025, 1, 4)
    assert shift_workdays(eve, 3, PLAIN) == DAY(2025, 1, 3)
    assert roll_to_workday(DAY(2025, 1, 5), NEW_YEAR) == DAY(2025, 1, 6)


def test_no_end_stays_no_end() -> None:
    """However far it is moved, "no end" is later than every day."""
    assert shift_months(NEVER, -12, Clip.UP) == NEVER
    assert shift_days(NEVER, -400) == NEVER
    assert shift_workdays(NEVER, 3, PLAIN) == NEVER
    assert roll_to_workday(NEVER, WorkCalendar(frozenset({NEVER}))) == NEVER


def test_leaving_the_calendar_is_an_error() -> None:
    """A day before 1901 or after 2099 is refused, never wrapped or cut off."""
    for leave in (
        lambda: shift_months(FIRST_DAY, -1, Clip.DOWN),
        lambda: shift_months(LAST_DAY, 2, Clip.UP),
        lambda: shift_days(LAST_DAY, 1),
        lambda: shift_days(FIRST_DAY, -1),
        lambda: shift_workdays(LAST_DAY, 1, PLAIN),
        lambda: roll_to_workday(LAST_DAY, WorkCalendar(frozenset({LAST_DAY}))),
        lambda: days_between(FIRST_DAY, NEVER),
    ):
        with pytest.raises(OutOfCalendar, match=r"outside 1901\.\.2099"):
            leave()


def test_working_days_are_not_counted_back() -> None:
    """A negative number of working days has no meaning and is refused."""
    with pytest.raises(InternalError):
        shift_workdays(LAST_DAY, -1, PLAIN)
