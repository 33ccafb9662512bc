"""Months later: the only place where a day number is taken apart into year, month and day.

The number of a day is that of Reingold and Dershowitz (*Calendrical Calculations*, "fixed from Gregorian"):
``365 (y - 1) + (y - 1) div 4 - (y - 1) div 100 + (y - 1) div 400 + (367 m - 362) div 12 - c + d``, where
``c`` is 0 up to February and afterwards 1 in a leap year, else 2. From 1901 to 2099 the two terms of the
centuries are together -15. Quotients are constants between two linear bounds.
"""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from guiju.compiler.kernel import FIRST_YEAR, LAST_YEAR, Clip
from guiju.compiler.smtlib.terms import Number, Terms, high, low
from guiju.compiler.smtlib.values import Day

FIRST = dt.date(FIRST_YEAR, 1, 1).toordinal()
LAST = dt.date(LAST_YEAR, 12, 31).toordinal()
CENTURIES = -15


@frozen(eq=False)
class _Month:
    """A month of a year. ``before``: the number of the day before its first."""

    year: Number
    month: Number
    before: Number
    length: Number


class Gregorian:
    """Dates that are so many months later, over the constants of one query."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._parts: dict[Number, tuple[_Month, Number]] = {}

    def months_later(self, day: Day, months: Number, clip: Clip) -> Day:
        """``day`` moved by ``months`` months; where that leaves the calendar, some day outside of it."""
        terms = self._terms
        origin, day_of_month = self._split(day.number)
        reached = self._month_after(origin, months)
        lacking = terms.lt(reached.length, day_of_month)
        clipped = reached.length if clip is Clip.DOWN else terms.total(reached.length, 1)
        moved = terms.total(reached.before, terms.choose(lacking, clipped, day_of_month))
        return Day(moved, day.never, day.defined)

    def _split(self, number: Number) -> tuple[_Month, Number]:
        """The month and the day of the month of a day number.

        A number outside of the calendar is none of a date: then those of its first day, so that there
        always are some.
        """
        if number in self._parts:
            return self._parts[number]
        terms = self._terms
        parts: tuple[_Month, Number]
        if isinstance(number, int):
            date = dt.date.fromordinal(min(max(number, FIRST), LAST))
            parts = self._month(date.year, date.month), date.day
        else:
            first, last = (dt.date.fromordinal(min(max(n, FIRST), LAST)) for n in (low(number), high(number)))
            month = self._month(terms.integer("year", first.year, last.year), terms.integer("month", 1, 12))
            day = terms.integer("day", 1, 31)
            dated = terms.eq(number, terms.total(month.before, day))
            inside = terms.between(FIRST, number, LAST)
            terms.state(terms.le(day, month.length), terms.implies(inside, dated))
            parts = month, day
        self._parts[number] = parts
        return parts

    def _month_after(self, origin: _Month, months: Number) -> _Month:
        """The month ``months`` later. Every number of months is some year's, so there always is one."""
        terms = self._terms
        if isinstance(months, int) and months % 12 == 0:
            return self._month(terms.total(origin.year, months // 12), origin.month)
        counted = terms.total(terms.times(12, origin.year), origin.month, months)
        year = terms.integer("year", (low(counted) - 1) // 12, (high(counted) - 1) // 12)
        month = terms.integer("month", 1, 12)
        terms.state(terms.eq(counted, terms.total(terms.times(12, year), month)))
        return self._month(year, month)

    def _month(self, year: Number, month: Number) -> _Month:
        terms = self._terms
        past = terms.total(year, -1)
        fours = self._quotient(past, 4)
        leap = terms.eq(past, terms.total(terms.times(4, fours), 3))
        months = self._quotient(terms.total(terms.times(367, month), -362), 12)
        short = terms.choose(leap, -1, -2)
        before = terms.total(
            CENTURIES,
            terms.times(365, past),
            fours,
            months,
            terms.choose(terms.le(month, 2), 0, short),
        )
        thirty = terms.choose(terms.among(month, (4, 6, 9, 11)), 30, 31)
        length = terms.choose(terms.eq(month, 2), terms.choose(leap, 29, 28), thirty)
        return _Month(year, month, before, length)

    def _quotient(self, number: Number, divisor: int) -> Number:
        """``number`` divided by a positive literal, rounded down. Every number has one."""
        if isinstance(number, int):
            return number // divisor
        terms = self._terms
        quotient = terms.integer("quotient", low(number) // divisor, high(number) // divisor)
        rest = terms.total(number, terms.times(-divisor, quotient))
        terms.state(terms.le(0, rest), terms.le(rest, divisor - 1))
        return quotient
