"""Dates as solver terms: an order key for comparisons and months, a day number only where days are
counted.

The *order key* of a day is ``(12 * year + month - 1) * 31 + day - 1``. It orders days as the calendar
does, and adding ``n`` months adds ``31 * n``, but for the clipping of a day that the month does not have.
The *day number* is Python's ordinal. The two are tied together by four *parts* of a date, which are
introduced only where something needs them: a year ``4 * cycle + phase`` that begins in March, a month and
a day of the month from 0. In 1901 to 2099 every fourth year is a leap year, and its leap day is then the
last day of ``phase`` 3: so the day number is a linear function of the parts but for one quotient, and the
solver needs no case distinction. Outside, where no value counts, the same rule goes on without end. So
every number has parts, and every definition here has a solution.

"No end" is not a number: a date carries the condition under which it is ``NEVER``. A shift that leaves
1901 to 2099 is undefined.

Trusted: ``logic``; the equivalence of key, parts and day number is tested against ``datetime``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from attrs import Factory, define, evolve, frozen

from guiju.compiler.kernel import NEVER, Clip, Order
from guiju.compiler.smt import logic
from guiju.compiler.smt.definitions import Definitions, Needs
from guiju.compiler.smt.keys import (
    BEFORE_MONTH,
    CYCLE_DAYS,
    CYCLE_KEYS,
    FEBRUARY,
    FIRST_KEY,
    FIRST_NUMBER,
    LAST_KEY,
    LAST_NUMBER,
    LEAP,
    MARCH,
    ORDINAL_BASE,
    SHORT,
    date_of,
    digits,
    key_of,
    key_of_number,
    number_of_key,
)
from guiju.compiler.smt.logic import Formula, Number


@frozen(eq=False)
class Whole:
    """An integer term, between ``low`` and ``high`` whether it is defined or not."""

    value: Number
    low: int
    high: int
    defined: Formula = True

    @property
    def literal(self) -> int | None:
        """Its value where that is fixed."""
        return self.value if isinstance(self.value, int) else None


@frozen(eq=False)
class Parts:
    """A year ``4 * cycle + phase`` that begins in March; the month from March and the day, both from 0."""

    cycle: Number
    phase: Number
    month: Number
    day: Number

    @property
    def key(self) -> Number:
        return logic.total(
            (
                MARCH,
                logic.times(CYCLE_KEYS, self.cycle),
                logic.times(12 * 31, self.phase),
                logic.times(31, self.month),
                self.day,
            )
        )


@define(eq=False)
class Day:
    """A date term: bounds of its order key, when it is defined or ``NEVER``, and how to get its numbers.

    Ask ``Calendar.key`` and ``Calendar.number``, which make each at most once. ``counted``: the day number
    comes first.
    """

    low: int
    high: int
    make_key: Callable[[], Number]
    make_number: Callable[[], Number]
    defined: Formula = True
    never: Formula = False
    counted: bool = False
    memo: dict[Hashable, tuple[Any, Needs]] = Factory(dict)


class Calendar:
    """Builds date terms over the variables of one solver."""

    def __init__(self, definitions: Definitions) -> None:
        self._in = definitions

    # --- The numbers of a date ---------------------------------------------------------------------

    def key(self, day: Day) -> Number:
        """The order key of ``day``; without meaning where it is undefined or ``NEVER``."""
        return self._in.remember(day.memo, "key", day.make_key)

    def number(self, day: Day) -> Number:
        """The day number of ``day``; without meaning where it is undefined or ``NEVER``."""
        return self._in.remember(day.memo, "number", day.make_number)

    def parts(self, day: Day) -> Parts:
        """The parts of ``day``."""
        parts: Parts = self._in.remember(day.memo, "parts", lambda: self._split(day))
        return parts

    def _split(self, day: Day) -> Parts:
        """Every key has parts, for they are its digits."""
        key = self.key(day)
        if isinstance(key, int):
            return Parts(*digits(key))
        parts = self._fresh("date", day.low, day.high)
        self._in.define(logic.eq(key, parts.key))
        return parts

    def _fresh(self, name: str, low: int, high: int) -> Parts:
        low_cycle, high_cycle = digits(low)[0], digits(high)[0]
        return Parts(
            self._in.number(f"{name}.cycle", low_cycle, high_cycle),
            self._in.number(f"{name}.phase", 0, 3),
            self._in.number(f"{name}.month", 0, 11),
            self._in.number(f"{name}.day", 0, 30),
        )

    def _number_from_parts(self, day: Day) -> Number:
        """The sum of the days before, linear in the parts: ``(153 * month + 2) // 5`` before the month.

        Every month has such a quotient, so its definition has a solution.
        """
        key = self.key(day)
        if isinstance(key, int):
            return number_of_key(key)
        parts = self.parts(day)
        before = self._in.number("before", 0, BEFORE_MONTH[-1])
        scaled = logic.total((2, logic.times(153, parts.month)))
        fives = logic.times(5, before)
        self._in.define(logic.le(fives, scaled), logic.le(scaled, logic.total((fives, 4))))
        return logic.total(
            (
                ORDINAL_BASE,
                logic.times(CYCLE_DAYS, parts.cycle),
                logic.times(365, parts.phase),
                before,
                parts.day,
            )
        )

    # --- Making dates ------------------------------------------------------------------------------

    def literal(self, date: dt.date) -> Day:
        """A date that is known."""
        if date == NEVER:
            return Day(FIRST_KEY, FIRST_KEY, lambda: FIRST_KEY, lambda: FIRST_NUMBER, never=True)
        return _from_key(self, key_of(date), key_of(date), key_of(date))

    def variable(self, name: str, low: dt.date, high: dt.date) -> Day:
        """Any real date between ``low`` and ``high``. There is one, so its definition has a solution."""
        first, last = key_of(low), key_of(high)
        if first == last:
            return self.literal(low)
        key = self._in.number(name, first, last)
        parts = self._fresh(name, first, last)
        self._in.define(logic.eq(key, parts.key), _real(parts))
        day = _from_key(self, key, first, last)
        return self._with_parts(day, parts)

    def from_number(self, number: Number, low: int, high: int, defined: Formula, never: Formula) -> Day:
        """The date with that day number, between ``low`` and ``high``; undefined outside the calendar."""
        inside = _inside(number, low, high, FIRST_NUMBER, LAST_NUMBER)
        day = Day(
            key_of_number(low),
            key_of_number(high),
            make_key=lambda: self.parts(day).key,
            make_number=lambda: number,
            defined=logic.conj((defined, logic.disj((never, inside)))),
            never=never,
            counted=True,
        )
        self._in.remember(day.memo, "number", lambda: number)

        def parts() -> Parts:
            """Every number has parts that make a real date, for the four-year rule has no end."""
            if isinstance(number, int):
                return self._split(_from_key(self, key_of_number(number), day.low, day.high))
            fresh = self._fresh("counted", day.low, day.high)
            real = self._with_parts(_from_key(self, fresh.key, day.low, day.high), fresh)
            self._in.define(_real(fresh), logic.eq(number, self._number_from_parts(real)))
            return fresh

        day.make_key = lambda: self._in.remember(day.memo, "parts", parts).key
        return day

    def _with_parts(self, day: Day, parts: Parts) -> Day:
        self._in.remember(day.memo, "parts", lambda: parts)
        return day

    def choose(self, cond: Formula, then: Day, orelse: Day) -> Day:
        """``then`` where ``cond`` holds, else ``orelse``."""
        if isinstance(cond, bool):
            return then if cond else orelse
        # Where a branch is NEVER any number will do, so take the other's.
        one = orelse if then.never is True else then
        other = then if orelse.never is True else orelse
        return Day(
            min(one.low, other.low),
            max(one.high, other.high),
            make_key=lambda: logic.choose(cond, self.key(one), self.key(other)),
            make_number=lambda: logic.choose(cond, self.number(one), self.number(other)),
            defined=logic.choose_truth(cond, then.defined, orelse.defined),
            never=logic.choose_truth(cond, then.never, orelse.never),
            counted=one.counted or other.counted,
        )

    def undefined(self) -> Day:
        """A date that is never defined."""
        return Day(FIRST_KEY, FIRST_KEY, lambda: FIRST_KEY, lambda: FIRST_NUMBER, defined=False)

    def defined_where(self, day: Day, condition: Formula) -> Day:
        """``day``, undefined where ``condition`` fails as well."""
        return evolve(day, defined=logic.conj((day.defined, condition)))

    def extreme(self, days: Sequence[Day], selected: Sequence[Formula], latest: bool) -> Day:
        """The latest (earliest) of the selected among ``days``, which are defined; any day where none is.

        Its definition has a solution: a day of the selection, or any where there is none.
        """
        first, last = min(day.low for day in days), max(day.high for day in days)
        found = self.variable("latest" if latest else "earliest", date_of(first), date_of(last))
        key, bounds, attained = self.key(found), [], []
        for day, chosen in zip(days, selected, strict=True):
            here = self.key(day)
            bounds.append(logic.implies(chosen, logic.le(here, key) if latest else logic.le(key, here)))
            attained.append(logic.conj((chosen, logic.eq(here, key))))
        self._in.define(*bounds, logic.disj((*attained, logic.neg(logic.disj(selected)))))
        return found

    # --- Arithmetic --------------------------------------------------------------------------------

    def shift_months(self, day: Day, amount: Whole, clip: Clip) -> Day:
        """``day`` moved by ``amount`` months."""
        key, parts = self.key(day), self.parts(day)
        target = self._target(parts, amount)
        if clip is Clip.DOWN:
            correction, slack = logic.times(-1, target.beyond(parts.day)), (-3, 0)
        else:
            correction, slack = logic.total((31, logic.times(-1, parts.day))), (0, 3)
        correction = logic.choose(target.lacks(parts.day), correction, 0)
        shifted = logic.total((key, logic.times(31, amount.value), correction))
        low, high = day.low + 31 * amount.low + slack[0], day.high + 31 * amount.high + slack[1]
        inside = _inside(shifted, low, high, FIRST_KEY, LAST_KEY)
        defined = logic.conj((day.defined, amount.defined, logic.disj((day.never, inside))))
        return _from_key(self, shifted, low, high, defined, day.never)

    def _target(self, parts: Parts, amount: Whole) -> _Target:
        """What is to be known of the month that is ``amount`` months after ``parts``."""
        months = amount.literal
        if months is not None:
            leap = (12 * LEAP + FEBRUARY - months) % 48
            return _Target(
                february=logic.eq(parts.month, (FEBRUARY - months) % 12),
                leap=logic.conj((logic.eq(parts.phase, leap // 12), logic.eq(parts.month, leap % 12))),
                short=logic.among(parts.month, [(month - months) % 12 for month in SHORT]),
                years=months % 12 == 0,
                same_phase=months % 48 == 0,
            )
        # Any sum of months has a cycle, a phase and a month, for they are its digits.
        span = (amount.low // 48 - 1, amount.high // 48 + 1)
        carry = self._in.number("carry", *span)
        phase = self._in.number("carry.phase", 0, 3)
        month = self._in.number("carry.month", 0, 11)
        self._in.define(
            logic.eq(
                logic.total((logic.times(12, parts.phase), parts.month, amount.value)),
                logic.total((logic.times(48, carry), logic.times(12, phase), month)),
            )
        )
        return _Target(
            february=logic.eq(month, FEBRUARY),
            leap=logic.conj((logic.eq(phase, LEAP), logic.eq(month, FEBRUARY))),
            short=logic.among(month, SHORT),
        )

    def shift_days(self, day: Day, amount: Whole) -> Day:
        """``day`` moved by ``amount`` calendar days."""
        number = logic.total((self.number(day), amount.value))
        low, high = number_of_key(day.low) + amount.low, number_of_key(day.high) + amount.high
        defined = logic.conj((day.defined, amount.defined))
        return self.from_number(number, low, high, defined, day.never)

    def days_between(self, start: Day, end: Day) -> Whole:
        """The number of calendar days from ``start`` to ``end``; undefined where either is ``NEVER``."""
        return Whole(
            logic.total((self.number(end), logic.times(-1, self.number(start)))),
            number_of_key(end.low) - number_of_key(start.high),
            number_of_key(end.high) - number_of_key(start.low),
            logic.conj((start.defined, end.defined, logic.neg(start.never), logic.neg(end.never))),
        )

    def compare(self, order: Order, left: Day, right: Day) -> Formula:
        """The comparison of two defined dates; ``NEVER`` is later than any other and equal to itself."""
        both, neither = logic.conj((left.never, right.never)), _neither(left.never, right.never)
        match order:
            case Order.EQ:
                return logic.disj((both, logic.conj((neither, self._numbers(order, left, right)))))
            case Order.LT:
                finite = logic.disj((right.never, self._numbers(order, left, right)))
                return logic.conj((logic.neg(left.never), finite))
            case Order.LE:
                finite = logic.conj((logic.neg(left.never), self._numbers(order, left, right)))
                return logic.disj((right.never, finite))

    def _numbers(self, order: Order, left: Day, right: Day) -> Formula:
        if left.never is True or right.never is True:
            return False
        if left.counted or right.counted:
            a, b = self.number(left), self.number(right)
            low, high = number_of_key(left.low), number_of_key(left.high)
            other_low, other_high = number_of_key(right.low), number_of_key(right.high)
        else:
            a, b = self.key(left), self.key(right)
            low, high, other_low, other_high = left.low, left.high, right.low, right.high
        return compare_numbers(order, Whole(a, low, high), Whole(b, other_low, other_high))


@frozen(eq=False)
class _Target:
    """Formulas over the month that a shift leads to. ``years``: it is the month of origin again."""

    february: Formula
    leap: Formula
    short: Formula
    years: bool = False
    same_phase: bool = False

    def beyond(self, day: Number) -> Number:
        """By how many days ``day`` lies beyond the end of that month, where it does."""
        if self.years:
            return 1
        in_february = logic.total((day, logic.choose(self.leap, -28, -27)))
        return logic.choose(self.february, in_february, 1)

    def lacks(self, day: Number) -> Formula:
        """Whether that month has no such day."""
        if self.years:  # then only 29 February can be lacking
            return False if self.same_phase else logic.conj((logic.eq(day, 28), self.february))
        common = logic.conj((self.february, logic.neg(self.leap)))
        return logic.disj(
            (
                logic.conj((logic.eq(day, 28), common)),
                logic.conj((logic.eq(day, 29), self.february)),
                logic.conj((logic.eq(day, 30), logic.disj((self.february, self.short)))),
            )
        )


def compare_numbers(order: Order, left: Whole, right: Whole) -> Formula:
    """The comparison of two defined integers, decided by their bounds where these suffice."""
    match order:
        case Order.EQ:
            apart = left.high < right.low or right.high < left.low
            return False if apart else logic.eq(left.value, right.value)
        case Order.LT:
            if left.high < right.low or left.low >= right.high:
                return left.high < right.low
            return logic.lt(left.value, right.value)
        case Order.LE:
            if left.high <= right.low or left.low > right.high:
                return left.high <= right.low
            return logic.le(left.value, right.value)


def _real(parts: Parts) -> Formula:
    """The month has that day."""
    february = logic.eq(parts.month, FEBRUARY)
    return logic.conj(
        (
            logic.implies(
                logic.lt(27, parts.day), logic.disj((logic.neg(february), logic.eq(parts.phase, LEAP)))
            ),
            logic.implies(logic.lt(28, parts.day), logic.neg(february)),
            logic.implies(logic.lt(29, parts.day), logic.neg(logic.among(parts.month, (FEBRUARY, *SHORT)))),
        )
    )


def _from_key(
    calendar: Calendar, key: Number, low: int, high: int, defined: Formula = True, never: Formula = False
) -> Day:
    day = Day(low, high, lambda: key, lambda: calendar._number_from_parts(day), defined, never)
    return day


def _inside(number: Number, low: int, high: int, first: int, last: int) -> Formula:
    """``first <= number <= last``, where the bounds of ``number`` do not already say so."""
    return logic.conj(
        (
            True if low >= first else logic.le(first, number),
            True if high <= last else logic.le(number, last),
        )
    )


def _neither(left: Formula, right: Formula) -> Formula:
    return logic.conj((logic.neg(left), logic.neg(right)))
