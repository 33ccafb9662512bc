"""Working days: described by how many of them have passed, never by a walk or a table of answers.

Let ``passed(n)`` be the number of working days from some fixed day up to day ``n``. The ``k``-th working
day after ``n``, for ``k >= 1``, is the working day ``e`` with ``passed(e) = passed(n) + k``. There is
exactly one. ``passed`` is what the plain week gives, plus a step at each day that departs from it.

Trusted: ``WorkCalendar.is_workday`` for the days that the calendar names, Monday to Friday for the others.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate

from guiju.compiler.kernel import WorkCalendar
from guiju.compiler.smtlib.terms import Formula, Number, Terms, high, low
from guiju.compiler.smtlib.values import Day


class Workweek:
    """Dates that are so many working days later, over the constants of one query."""

    def __init__(self, terms: Terms, calendar: WorkCalendar) -> None:
        self._terms = terms
        # The days that depart from the plain week, and by how much they change the number of working days.
        self._departures: list[int] = []
        self._steps: list[int] = []
        for day in sorted(calendar.days_off | calendar.made_up):
            step = calendar.is_workday(day) - (day.weekday() < 5)
            if step:
                self._departures.append(day.toordinal())
                self._steps.append(step)
        self._since = [0, *accumulate(self._steps)]
        self._weeks: dict[Number, tuple[Number, Number]] = {}

    def later(self, day: Day, count: Number) -> Day:
        """The ``count``-th working day after ``day``; ``day`` itself where ``count`` is 0."""
        none = self._terms.eq(count, 0)
        if none is True:
            return day
        return Day(self._moved(day.number, count, none), day.never, day.defined)

    def rolled(self, day: Day) -> Day:
        """``day`` if it is a working day, else the first one after it."""
        return Day(self._moved(day.number, 1, self._is_workday(day.number)), day.never, day.defined)

    def _moved(self, start: Number, count: Number, stays: Formula) -> Number:
        """``start`` where it ``stays``, else the ``count``-th working day after it (``count`` >= 0)."""
        terms = self._terms
        if isinstance(start, int) and isinstance(count, int):
            return terms.choose(stays, start, self._walked(start, count))
        last = self._walked(high(start), max(high(count), 1))
        reached = terms.integer("workday", low(start), last)
        passed = terms.eq(self._passed(reached), terms.total(self._passed(start), count))
        described = terms.conj(passed, self._is_workday(reached))
        terms.state(
            terms.implies(stays, terms.eq(reached, start)),
            terms.disj(stays, described),
            terms.le(start, reached),  # follows; it spares much search
        )
        return reached

    def _passed(self, number: Number) -> Number:
        week, weekday = self._week(number)
        in_week = self._terms.choose(self._terms.le(weekday, 4), self._terms.total(weekday, 1), 5)
        since = self._stepped(number, *self._named(number))
        return self._terms.total(self._terms.times(5, week), in_week, since)

    def _stepped(self, number: Number, first: int, last: int) -> Number:
        """The steps up to ``number``, which is after those before ``first`` and before that at ``last``."""
        if first == last:
            return self._since[first]
        middle = (first + last) // 2
        return self._terms.choose(
            self._terms.lt(number, self._departures[middle]),
            self._stepped(number, first, middle),
            self._stepped(number, middle + 1, last),
        )

    def _is_workday(self, number: Number) -> Formula:
        first, last = self._named(number)
        days = list(zip(self._departures[first:last], self._steps[first:last], strict=True))
        off = self._terms.among(number, [day for day, step in days if step < 0])
        made_up = self._terms.among(number, [day for day, step in days if step > 0])
        _, weekday = self._week(number)
        plain = self._terms.le(weekday, 4)
        return self._terms.disj(made_up, self._terms.conj(plain, self._terms.neg(off)))

    def _named(self, number: Number) -> tuple[int, int]:
        """Which departures lie between the bounds of ``number``."""
        return bisect_left(self._departures, low(number)), bisect_right(self._departures, high(number))

    def _week(self, number: Number) -> tuple[Number, Number]:
        """The week of a day number and the weekday, 0 for Monday. Every number has them."""
        if isinstance(number, int):
            return divmod(number - 1, 7)
        if number not in self._weeks:
            terms = self._terms
            week = terms.integer("week", (low(number) - 1) // 7, (high(number) - 1) // 7)
            weekday = terms.integer("weekday", 0, 6)
            terms.state(terms.eq(number, terms.total(terms.times(7, week), weekday, 1)))
            self._weeks[number] = week, weekday
        return self._weeks[number]

    def _walked(self, number: int, count: int) -> int:
        """The ``count``-th working day after ``number``, found by walking, also beyond the calendar."""
        steps = dict(zip(self._departures, self._steps, strict=True))
        for _ in range(count):
            number += 1
            while ((number - 1) % 7 < 5) + steps.get(number, 0) <= 0:
                number += 1
        return number
