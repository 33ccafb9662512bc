"""The two numbers of a day: an order key for comparisons and months, a day number where days are counted.

Plain arithmetic on whole numbers; ``dates`` says what it is for and does the same on solver terms. Every
key has a day number and the other way round: outside 1901 to 2099, where no value counts, every fourth year
goes on being a leap year.
"""

from __future__ import annotations

import datetime as dt

from guiju.compiler.kernel import FIRST_YEAR, LAST_YEAR

# In years that begin in March a leap day is the last day of the last of four, so no day before it moves.
MARCH = 2 * 31  # the key of 1 March of year 0
CYCLE_DAYS = 1461
CYCLE_KEYS = 48 * 31
FEBRUARY = 11
LEAP = 3  # the phase whose February has 29 days
SHORT = (1, 3, 6, 8)  # April, June, September, November
BEFORE_MONTH = tuple((153 * month + 2) // 5 for month in range(12))
ORDINAL_BASE = dt.date(1904, 3, 1).toordinal() - CYCLE_DAYS * (1904 // 4)


def key_of(date: dt.date) -> int:
    """The order key of ``date``."""
    return (12 * date.year + date.month - 1) * 31 + date.day - 1


def date_of(key: int) -> dt.date:
    """The day whose order key is ``key``."""
    months, day = divmod(key, 31)
    return dt.date(months // 12, months % 12 + 1, day + 1)


def number_of_key(key: int) -> int:
    """The day number of ``key`` under the four-year rule; a day that the month lacks counts as its last."""
    cycle, phase, month, day = digits(key)
    last = 27 + (phase == LEAP) if month == FEBRUARY else 29 if month in SHORT else 30
    return ORDINAL_BASE + CYCLE_DAYS * cycle + 365 * phase + BEFORE_MONTH[month] + min(day, last)


def digits(key: int) -> tuple[int, int, int, int]:
    """The parts of a key: cycle of four years, year in it, month from March, day; all from 0."""
    months, day = divmod(key - MARCH, 31)
    cycle, within = divmod(months, 48)
    return cycle, *divmod(within, 12), day


def key_of_number(number: int) -> int:
    """The order key of a day number under the four-year rule."""
    cycle = (number - ORDINAL_BASE) // CYCLE_DAYS
    firsts = [cycle * CYCLE_KEYS + MARCH + 31 * month for month in range(48)]
    first = max(first for first in firsts if number_of_key(first) <= number)
    return first + number - number_of_key(first)


FIRST_KEY = key_of(dt.date(FIRST_YEAR, 1, 1))
LAST_KEY = key_of(dt.date(LAST_YEAR, 12, 31))
FIRST_NUMBER = dt.date(FIRST_YEAR, 1, 1).toordinal()
LAST_NUMBER = dt.date(LAST_YEAR, 12, 31).toordinal()
