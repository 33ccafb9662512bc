"""Dates moved by months, fast: the same arithmetic as ``days.shift_months``, which it is tested against.

A day up to the 28th is in every month, so only the others ask how long the month is: they are left to
``days``, and so are ``NEVER`` (a 31st) and what leaves the calendar, so that both raise the same error.
"""

from __future__ import annotations

import datetime as dt

from guiju.compiler.days import shift_months
from guiju.compiler.kernel import FIRST_YEAR, LAST_YEAR, Clip


def months_down(day: dt.date, months: int) -> dt.date:
    """``day`` moved by ``months`` months; the month's last day where it has no such day."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    if day.day <= 28 and FIRST_YEAR <= year <= LAST_YEAR:
        return dt.date(year, month + 1, day.day)
    return shift_months(day, months, Clip.DOWN)


def months_up(day: dt.date, months: int) -> dt.date:
    """``day`` moved by ``months`` months; the first of the next month where it has no such day."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    if day.day <= 28 and FIRST_YEAR <= year <= LAST_YEAR:
        return dt.date(year, month + 1, day.day)
    return shift_months(day, months, Clip.UP)
