"""Working days as solver terms: the plain week, and step functions for the days that depart from it.

For a fixed number of working days the answer is a function of the day number: what the plain week gives,
plus a correction that is not 0 only near a public holiday or a made-up working day. The correction is
tabulated once in Python over the days that the date can take. For a variable number the answer is
described instead: the working day up to which as many working days have passed.

Trusted: ``WorkCalendar.is_workday``, and that every date lies within its stated bounds.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable
from itertools import pairwise

from guiju.compiler.kernel import WorkCalendar
from guiju.compiler.smt import logic
from guiju.compiler.smt.dates import Calendar, Day, Whole
from guiju.compiler.smt.definitions import Definitions
from guiju.compiler.smt.keys import FIRST_NUMBER, LAST_NUMBER, number_of_key
from guiju.compiler.smt.logic import Formula, Number


class Workdays:
    """Builds dates that are so many working days away, over the variables of one solver."""

    def __init__(self, definitions: Definitions, dates: Calendar, calendar: WorkCalendar) -> None:
        self._in = definitions
        self._dates = dates
        self._calendar = calendar
        # The days that depart from the plain week, and by how much they change the count of working days.
        departures = {day: -1 for day in calendar.days_off if day.weekday() < 5}
        departures |= {day: 1 for day in calendar.made_up if day.weekday() >= 5}
        for day in calendar.made_up:
            if day.weekday() < 5:
                departures.pop(day, None)
        self._departures = [(day.toordinal(), by) for day, by in sorted(departures.items())]
        self._days: list[int] | None = None
        self._tables: dict[Hashable, tuple[tuple[int, int], ...]] = {}

    def roll(self, day: Day) -> Day:
        """``day`` if it is a working day, else the next one that is."""
        return self._functional(day, "roll", _plain_roll, self._next_workday)

    def shift(self, day: Day, amount: Whole) -> Day:
        """The ``amount``-th working day after ``day``; ``day`` itself where that is 0; undefined below."""
        defined = logic.conj((amount.defined, True if amount.low >= 0 else logic.le(0, amount.value)))
        steps = amount.literal
        if steps is None:
            return self._relational(day, amount, defined)
        if steps <= 0:
            return day if defined is True else self._undefined(day)
        return self._functional(
            day,
            steps,
            lambda weekday: _plain_shift(weekday, steps),
            lambda number: self._nth_after(number, steps),
        )

    def _undefined(self, day: Day) -> Day:
        return Day(day.low, day.high, day.make_key, day.make_number, defined=False)

    # --- A fixed number: a function of the day number --------------------------------------------------

    def _functional(
        self, day: Day, key: Hashable, plain: Callable[[int], int], exact: Callable[[int], int]
    ) -> Day:
        low, high = number_of_key(day.low), number_of_key(day.high)
        table = self._table((key, low, high), plain, exact)
        number = self._dates.number(day)
        by_week = self._by_weekday(day, [plain(weekday) for weekday in range(7)])
        moved = logic.total((number, by_week, self._excess(number, table, high)))
        return self._dates.from_number(moved, exact(low), exact(high), day.defined, day.never)

    def _excess(self, number: Number, table: tuple[tuple[int, int], ...], high: int) -> Number:
        """The value of ``table`` at ``number``; ``high`` ends the last piece. It has one everywhere.

        A clause for each value, for there are few: measured, a third of the time of a tree of comparisons.
        """
        if isinstance(number, int) or len(table) == 1:
            return logic.piecewise(number, table)
        where: dict[int, list[Formula]] = {}
        for (first, value), (after, _) in pairwise((*table, (high + 1, 0))):
            if value:
                where.setdefault(value, []).append(logic.within(number, first, after - 1))
        excess = self._in.number("excess", min(0, *where), max(0, *where))
        constraints, departs = [], []
        for value, places in sorted(where.items()):
            here = self._in.truth("departs")
            departs.append(here)
            constraints.append(logic.same(here, logic.disj(places)))
            constraints.append(logic.implies(here, logic.eq(excess, value)))
        self._in.define(*constraints, logic.disj((*departs, logic.eq(excess, 0))))
        return excess

    def _table(
        self, key: tuple[Hashable, int, int], plain: Callable[[int], int], exact: Callable[[int], int]
    ) -> tuple[tuple[int, int], ...]:
        """By how much the exact answer exceeds the plain week's, as pieces that begin at a day number."""
        if key not in self._tables:
            _, low, high = key
            pieces = [(low, 0)]
            if self._within(low, exact(high)):
                for number in range(low, high + 1):
                    excess = exact(number) - number - plain(_weekday(number))
                    if excess != pieces[-1][1]:
                        pieces.append((number, excess))
            self._tables[key] = tuple(pieces)
        return self._tables[key]

    def _by_weekday(self, day: Day, values: list[int]) -> Number:
        pieces = [
            (weekday, value)
            for weekday, value in enumerate(values)
            if weekday == 0 or value != values[weekday - 1]
        ]
        return logic.piecewise(self._weekday(day), pieces)

    def _weekday(self, day: Day) -> Number:
        return self._week(day)[1]

    def _week(self, day: Day) -> tuple[Number, Number]:
        """The week of ``day`` and its weekday from Monday: every number has them, being its digits."""

        def make() -> tuple[Number, Number]:
            number = self._dates.number(day)
            if isinstance(number, int):
                return divmod(number - 1, 7)
            low, high = number_of_key(day.low), number_of_key(day.high)
            week = self._in.number("week", (low - 1) // 7, (high - 1) // 7)
            weekday = self._in.number("weekday", 0, 6)
            self._in.define(logic.eq(number, logic.total((logic.times(7, week), weekday, 1))))
            return week, weekday

        week: tuple[Number, Number] = self._in.remember(day.memo, "week", make)
        return week

    # --- A variable number: the day is described -------------------------------------------------------

    def _relational(self, day: Day, amount: Whole, amount_defined: Formula) -> Day:
        """The working day up to which ``amount`` more working days have passed than up to ``day``.

        There is one for every day and every amount from 1; for others the day itself is taken.
        """
        low, high = number_of_key(day.low), number_of_key(day.high)
        last = self._nth_after(high, max(amount.high, 1))
        defined = logic.conj((day.defined, amount_defined))
        moved = self._in.number("workday", low, last)
        result = self._dates.from_number(moved, low, last, defined, day.never)
        number = self._dates.number(day)
        counted = logic.eq(
            self._passed(result, low, last), logic.total((self._passed(day, low, last), amount.value))
        )
        described = logic.conj((counted, self._is_workday(result, low, last)))
        positive = logic.lt(0, amount.value)
        self._in.define(
            logic.implies(positive, described),
            logic.implies(logic.neg(positive), logic.eq(moved, number)),
            logic.le(logic.total((number, amount.value)), moved),  # follows, and spares much search
        )
        return result

    def _passed(self, day: Day, low: int, high: int) -> Number:
        """The working days from some fixed day up to ``day``, where ``low`` and ``high`` bound it."""
        week, weekday = self._week(day)
        pieces, excess = [(low - 1, 0)], 0
        for number, by in self._within(low, high):
            excess += by
            pieces.append((number, excess))
        in_week = logic.choose(logic.lt(weekday, 4), weekday, 4)
        departed = logic.piecewise(self._dates.number(day), pieces)
        return logic.total((logic.times(5, week), in_week, departed))

    def _is_workday(self, day: Day, low: int, high: int) -> Formula:
        number = self._dates.number(day)
        off = logic.among(number, [at for at, by in self._within(low, high) if by < 0])
        made_up = logic.among(number, [at for at, by in self._within(low, high) if by > 0])
        in_week = logic.lt(self._weekday(day), 5)
        return logic.disj((made_up, logic.conj((in_week, logic.neg(off)))))

    def _within(self, low: int, high: int) -> list[tuple[int, int]]:
        first = bisect_left(self._departures, (low, -1))
        last = bisect_right(self._departures, (high, 1))
        return self._departures[first:last]

    # --- In plain Python -------------------------------------------------------------------------------

    def _next_workday(self, number: int) -> int:
        return self._nth_after(number - 1, 1)

    def _nth_after(self, number: int, steps: int) -> int:
        """The number of the ``steps``-th working day after ``number``; the plain week beyond the calendar."""
        days = self._workdays()
        if number < days[0]:
            return number + _plain_shift(_weekday(number), steps)
        at = bisect_right(days, number) + steps - 1
        if at < len(days):
            return days[at]
        beyond = at - len(days) + 1
        last = max(days[-1], number) if beyond == steps else days[-1]
        return last + _plain_shift(_weekday(last), beyond)

    def _workdays(self) -> list[int]:
        if self._days is None:
            departures = dict(self._departures)
            self._days = [
                number
                for number in range(_MARGIN[0], _MARGIN[1] + 1)
                if (_weekday(number) < 5) + departures.get(number, 0) > 0
            ]
        return self._days


_MARGIN = (FIRST_NUMBER - 400, LAST_NUMBER + 400)


def _weekday(number: int) -> int:
    return (number - 1) % 7


def _plain_shift(weekday: int, steps: int) -> int:
    """The calendar days to the ``steps``-th working day of a plain week, from a day of ``weekday``."""
    from_day = min(weekday, 4)
    return from_day - weekday + 7 * ((from_day + steps) // 5) + (from_day + steps) % 5 - from_day


def _plain_roll(weekday: int) -> int:
    return 7 - weekday if weekday >= 5 else 0
