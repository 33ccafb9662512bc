"""Months later: how many days that is depends on where in its four years a day lies.

From 1901 to 2099 every fourth year is a leap year, so the calendar repeats after 48 months, which have 1,461
days. A day number is a *cycle* and a *place* in it. By how many days a known number of months moves a day is
a step function of its place: few steps for years, some 50 for months. Outside of those years, where no value
counts, the same rule goes on.

An unknown number of months needs the month and the day of the month: a cycle, a year and a month in it, each
counted from 0, and a day. They are digits, so that adding months is a sum and a carry.

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

MONTHS = 48
LENGTHS = tuple(monthrange(1904 + n // 12, n % 12 + 1)[1] for n in range(MONTHS))
BEFORE = (0, *accumulate(LENGTHS))
CYCLE = BEFORE[MONTHS]
#: By how many days the months of a common year before each exceed 30 days each.
BEYOND = tuple(BEFORE[12 + month] - BEFORE[12] - 30 * month for month in range(12))
#: By how many sixteenths of a day a number of months departs at most from as many average ones.
DEVIATION = 47
#: The first day of cycle 0, which the four years from 1904 on are.
ORIGIN = dt.date(1904, 1, 1).toordinal()


@frozen(eq=False)
class _Month:
    """A month (from 0) of a year (from 0) of a cycle."""

    cycle: Number
    phase: Number
    month: Number


class Gregorian:
    """Dates that are so many months later, over the constants of one query."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._moves: dict[tuple[int, Clip], list[tuple[int, int]]] = {}
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
        terms = self._terms
        moves = self._moves[months, clip] = self._moves.get((months, clip)) or steps(months, clip)
        if isinstance(number, int):
            known = (number - ORIGIN) % CYCLE
            return number + next(days for first, days in reversed(moves) if first <= known)
        where: dict[int, list[Formula]] = {}
        place = self._place(number)
        for (first, days), (after, _) in pairwise((*moves, (CYCLE, 0))):
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
        origin, day = self._split(number)
        reached = self._month_after(origin, months)
        length = self._length(reached)
        clipped = length if clip is Clip.DOWN else terms.total(length, 1)
        of_month = terms.choose(terms.lt(length, day), clipped, day)
        moved = terms.total(self._before(reached), of_month)
        # What follows, said first: so many months are about so many days (487 / 16 is CYCLE / MONTHS).
        span = terms.total(terms.times(16, moved), terms.times(-16, number), terms.times(-487, months))
        terms.state(terms.between(-DEVIATION, span, DEVIATION))
        return moved

    def _split(self, number: Number) -> tuple[_Month, Number]:
        """The month and the day of the month of a day number. Every number has them: the cycles go on."""
        if number not in self._dates:
            self._dates[number] = self._fresh_date(number)
        return self._dates[number]

    def _fresh_date(self, number: Number) -> tuple[_Month, Number]:
        terms = self._terms
        month = _Month(
            terms.integer("cycle", (low(number) - ORIGIN) // CYCLE, (high(number) - ORIGIN) // CYCLE),
            terms.integer("phase", 0, 3),
            terms.integer("month", 0, 11),
        )
        day = terms.integer("day", 1, 31)
        dated = terms.eq(number, terms.total(self._before(month), day))
        terms.state(terms.le(day, self._length(month)), dated)
        return month, day

    def _month_after(self, origin: _Month, months: Node) -> _Month:
        """The month ``months`` later. Every number of months has these digits, so there always is one."""
        terms = self._terms
        counted = terms.total(terms.times(12, origin.phase), origin.month, months)
        carry = terms.integer("carry", low(counted) // MONTHS, high(counted) // MONTHS)
        phase, month = terms.integer("phase", 0, 3), terms.integer("month", 0, 11)
        digits = terms.total(terms.times(MONTHS, carry), terms.times(12, phase), month)
        terms.state(terms.eq(counted, digits))
        return _Month(terms.total(origin.cycle, carry), phase, month)

    def _before(self, at: _Month) -> Number:
        """The number of the day before the first of a month."""
        terms = self._terms
        leap_day = terms.choose(terms.le(at.phase, 0), terms.choose(terms.le(at.month, 1), 0, 1), 1)
        return terms.total(
            ORIGIN - 1,
            terms.times(CYCLE, at.cycle),
            terms.times(365, at.phase),
            leap_day,
            terms.times(30, at.month),
            terms.stepped(at.month, BEYOND),
        )

    def _length(self, at: _Month) -> Number:
        terms = self._terms
        february = terms.choose(terms.le(at.phase, 0), 29, 28)
        thirty = terms.choose(terms.among(at.month, (3, 5, 8, 10)), 30, 31)
        return terms.choose(terms.eq(at.month, 1), february, thirty)


def steps(months: int, clip: Clip) -> list[tuple[int, int]]:
    """From which place of a cycle on a day moves by how many days when it moves by ``months`` months."""
    found: list[tuple[int, int]] = []
    for month, length in enumerate(LENGTHS):
        cycles, reached = divmod(month + months, MONTHS)
        first = CYCLE * cycles + BEFORE[reached] - BEFORE[month]
        for of_month in range(1, length + 1):
            clipped = LENGTHS[reached] + (clip is Clip.UP)
            there = of_month if of_month <= LENGTHS[reached] else clipped
            if not found or found[-1][1] != first + there - of_month:
                found.append((BEFORE[month] + of_month - 1, first + there - of_month))
    return found
