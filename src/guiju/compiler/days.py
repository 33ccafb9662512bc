"""Calendar arithmetic on plain ``datetime.date``, as ``docs/semantics.md`` §4 states it.

Slow and obvious: a working day is found by walking. The encodings have their own arithmetic and are compared
with this one. It trusts ``datetime`` for the Gregorian calendar and nothing else. ``NEVER``, the day of
"no end", stays where it is however it is moved.
"""

from __future__ import annotations

import calendar
import datetime as dt

from guiju.compiler.kernel import FIRST_YEAR, LAST_YEAR, NEVER, Clip, WorkCalendar
from guiju.dsl.diagnostics import InternalError

FIRST_DAY = dt.date(FIRST_YEAR, 1, 1)
LAST_DAY = dt.date(LAST_YEAR, 12, 31)


class OutOfCalendar(InternalError):
    """A day outside 1901..2099 was asked for: the bounds of the corpus let a shift reach too far."""


def shift_months(day: dt.date, months: int, clip: Clip) -> dt.date:
    """``day`` moved by ``months`` months, back where negative.

    Where the month that is reached has no such day: its last day (``Clip.DOWN``, Civil Code art. 202), or
    the first day of the next month (``Clip.UP``).
    """
    if day == NEVER:
        return NEVER
    year, month_from_0 = divmod(12 * day.year + day.month - 1 + months, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _out_of_calendar(f"{day} moved by {months} months")
    month = month_from_0 + 1
    last = calendar.monthrange(year, month)[1]
    if day.day <= last:
        return dt.date(year, month, day.day)
    match clip:
        case Clip.DOWN:
            return dt.date(year, month, last)
        case Clip.UP:
            return dt.date(year, month + 1, 1)  # never December, which has 31 days


def shift_days(day: dt.date, days: int) -> dt.date:
    """``day`` moved by ``days`` calendar days, back where negative."""
    if day == NEVER:
        return NEVER
    reached = day.toordinal() + days
    if not FIRST_DAY.toordinal() <= reached <= LAST_DAY.toordinal():
        raise _out_of_calendar(f"{day} moved by {days} days")
    return dt.date.fromordinal(reached)


def shift_workdays(day: dt.date, count: int, workdays: WorkCalendar) -> dt.date:
    """The ``count``-th working day after ``day``, which does not count itself; ``day`` where it is 0."""
    if count < 0:
        raise InternalError(f"internal error: {day} moved back by {-count} working days")
    if day == NEVER:
        return NEVER
    for _ in range(count):
        day = roll_to_workday(shift_days(day, 1), workdays)
    return day


def roll_to_workday(day: dt.date, workdays: WorkCalendar) -> dt.date:
    """``day`` if it is a working day, else the next one that is (Civil Code art. 203)."""
    while day != NEVER and not workdays.is_workday(day):
        day = shift_days(day, 1)
    return day


def days_between(start: dt.date, end: dt.date) -> int:
    """The number of calendar days from ``start`` to ``end``; negative where ``end`` is earlier."""
    if NEVER in (start, end):
        raise _out_of_calendar("the distance from a day to no end")
    return (end - start).days


def _out_of_calendar(what: str) -> OutOfCalendar:
    return OutOfCalendar(f"internal error: {what} is outside {FIRST_YEAR}..{LAST_YEAR}")
