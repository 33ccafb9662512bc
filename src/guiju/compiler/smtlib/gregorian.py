"""Months later: how many days that is depends on where in its four years a day lies.

From 1901 to 2099 every fourth year is a leap year, so the calendar repeats after 48 months, which have 1,461
days. A day number is a *cycle* and a *place* in it. By how many days a known number of months moves a day is
a step function of its place: few steps for years, some 50 for months. Outside of those years, where no value
counts, the same rule goes on.

An unknown number of months needs year, month and day. The number of a day is that of Reingold and Dershowitz
(*Calendrical Calculations*, "fixed from Gregorian"): ``365 (y - 1) + (y - 1) div 4 - (y - 1) div 100 +
(y - 1) div 400 + (367 m - 362) div 12 - c + d``, where ``c`` is 0 up to February and afterwards 1 in a leap
year, else 2. From 1901 to 2099 the two terms of the centuries are together -15.

Trusted: ``calendar.monthrange`` for the 48 months of one cycle.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from itertools import accumulate, pairwise

from attrs import frozen

from guiju.compiler.kernel import FIRST_YEAR, LAST_YEAR, Clip
from guiju.compiler.smtlib.terms import Formula, Node, Number, Terms, high, low
from guiju.compiler.smtlib.values import Day

FIRST = dt.date(FIRST_YEAR, 1, 1).toordinal()
LAST = dt.date(LAST_YEAR, 12, 31).toordinal()
CENTURIES = -15

MONTHS = 48
LENGTHS = tuple(monthrange(1904 + n // 12, n % 12 + 1)[1] for n in range(MONTHS))
BEFORE = (0, *accumulate(LENGTHS))
CYCLE = BEFORE[MONTHS]
#: The first day of cycle 0, which the four years from 1904 on are.
ORIGIN = dt.date(1904, 1, 1).toordinal()


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
        self._places: dict[Number, Number] = {}
        self._dates: dict[Number, tuple[_Month, Number]] = {}

    def months_later(self, day: Day, months: Number, clip: Clip) -> Day:
        """``day`` moved by ``months`` months; where that leaves the calendar, some day outside of it."""
        return Day(self._moved(day.number, months, clip), day.never, day.defined)

    def _moved(self, number: Number, months: Number, clip: Clip) -> Number:
        if isinstance(months, int):
            return self._known(number, months, clip)
        if months.op == "ite":
            cond, *amounts = months.args
            assert isinstance(cond, Node)
            return self._terms.choose(cond, *(self._moved(number, amount, clip) for amount in amounts))
        return self._unknown(number, months, clip)

    # --- A known number of months ------------------------------------------------------------------

    def _known(self, number: Number, months: int, clip: Clip) -> Number:
        terms, steps = self._terms, _steps(months, clip)
        if isinstance(number, int):
            known = (number - ORIGIN) % CYCLE
            return number + next(days for first, days in reversed(steps) if first <= known)
        where: dict[int, list[Formula]] = {}
        place = self._place(number)
        for (first, days), (after, _) in pairwise((*steps, (CYCLE, 0))):
            where.setdefault(days, []).append(terms.between(first, place, after - 1))
        span = terms.integer("span", min(where), max(where))
        for days, places in sorted(where.items()):
            terms.state(terms.implies(terms.disj(*places), terms.eq(span, days)))
        return terms.total(number, span)

    def _place(self, number: Node) -> Number:
        """The place of a day in its cycle. Every number has one: the cycles go on without end."""
        if number not in self._places:
            terms = self._terms
            place = terms.integer("place", 0, CYCLE - 1)
            cycles = ((bound - ORIGIN) // CYCLE for bound in (number.low, number.high))
            cycle = terms.times(CYCLE, terms.integer("cycle", *cycles))
            terms.state(terms.eq(number, terms.total(ORIGIN, cycle, place)))
            self._places[number] = place
        return self._places[number]

    # --- An unknown number -------------------------------------------------------------------------

    def _unknown(self, number: Number, months: Node, clip: Clip) -> Number:
        terms = self._terms
        origin, day_of_month = self._split(number)
        reached = self._month_after(origin, months)
        lacking = terms.lt(reached.length, day_of_month)
        clipped = reached.length if clip is Clip.DOWN else terms.total(reached.length, 1)
        return terms.total(reached.before, terms.choose(lacking, clipped, day_of_month))

    def _split(self, number: Number) -> tuple[_Month, Number]:
        """The month and the day of the month of a day number.

        A number outside of the calendar is none of a date: then those of its first day, so that there
        always are some.
        """
        if number in self._dates:
            return self._dates[number]
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
        self._dates[number] = parts
        return parts

    def _month_after(self, origin: _Month, months: Node) -> _Month:
        """The month ``months`` later. Every number of months is some year's, so there always is one."""
        terms = self._terms
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


def _steps(months: int, clip: Clip) -> list[tuple[int, int]]:
    """From which place of a cycle on a day moves by how many days when it moves by ``months`` months."""
    steps: list[tuple[int, int]] = []
    for month, length in enumerate(LENGTHS):
        cycles, reached = divmod(month + months, MONTHS)
        first = CYCLE * cycles + BEFORE[reached] - BEFORE[month]
        for of_month in range(1, length + 1):
            clipped = LENGTHS[reached] + (clip is Clip.UP)
            there = of_month if of_month <= LENGTHS[reached] else clipped
            if not steps or steps[-1][1] != first + there - of_month:
                steps.append((BEFORE[month] + of_month - 1, first + there - of_month))
    return steps
