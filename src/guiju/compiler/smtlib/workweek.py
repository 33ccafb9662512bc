"""Working days: a known number of them by how many days that is, an unknown one by how many have passed.

By how many days a known number of working days moves a day depends on its weekday, but for the weeks near a
day that departs from the plain week: there it is a step function of the day, tabulated by counting.

For an unknown number let ``passed(n)`` be the number of working days from some fixed day up to day ``n``. The
``k``-th working day after ``n``, for ``k >= 1``, is the working day ``e`` with ``passed(e) = passed(n) + k``.
There is exactly one. ``passed`` is what the plain week gives, plus a step at each day that departs from it.

Trusted: ``WorkCalendar.is_workday`` for the days that the calendar names, Monday to Friday for the others.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate

from guiju.compiler.kernel import WorkCalendar
from guiju.compiler.smtlib.terms import Formula, Node, Number, Terms, high, low
from guiju.compiler.smtlib.values import Day


class Workweek:
    """Dates that are so many working days later, over the constants of one query."""

    def __init__(self, terms: Terms, calendar: WorkCalendar) -> None:
        self._terms = terms
        # The days that depart from the plain week, and by how much they change the number of working days.
        self._steps: dict[int, int] = {}
        for day in sorted(calendar.days_off | calendar.made_up):
            step = calendar.is_workday(day) - (day.weekday() < 5)
            if step:
                self._steps[day.toordinal()] = step
        self._departures = list(self._steps)
        self._since = [0, *accumulate(self._steps.values())]
        self._weeks: dict[Number, tuple[Number, Number]] = {}

    def later(self, day: Day, count: Number) -> Day:
        """The ``count``-th working day after ``day``; ``day`` itself where ``count`` is 0."""
        return Day(self._moved(day.number, count), day.never, day.defined)

    def rolled(self, day: Day) -> Day:
        """``day`` if it is a working day, else the first one after it: the first after the day before."""
        return Day(self._known(day.number, 1, origin=-1), day.never, day.defined)

    def _moved(self, number: Number, count: Number) -> Number:
        if count == 0:
            return number
        if isinstance(count, int):
            return self._known(number, count)
        if count.op == "ite":
            cond, *counts = count.args
            assert isinstance(cond, Node)
            return self._terms.choose(cond, *(self._moved(number, each) for each in counts))
        return self._unknown(number, count)

    # --- A known number ----------------------------------------------------------------------------

    def _known(self, number: Number, count: int, origin: int = 0) -> Number:
        """The ``count``-th working day after ``number + origin``."""
        # From a Monday to a Sunday, so that whole weeks can be compared.
        first, last = low(number) - (low(number) - 1) % 7, high(number) + -high(number) % 7
        days = self._workdays(first + origin, last + origin, count)
        spans = [days[bisect_right(days, day + origin) + count - 1] - day for day in range(first, last + 1)]
        if isinstance(number, int):
            return number + spans[number - first]
        terms = self._terms
        plain = [_plain(weekday + origin, count) - weekday for weekday in range(7)]
        unlike: dict[int, list[int]] = {}  # the days of the weeks that are not plain, by how far they move
        for week in range(0, len(spans), 7):
            if spans[week : week + 7] != plain:
                for at in range(week, week + 7):
                    unlike.setdefault(spans[at], []).append(first + at)
        places = {days: terms.among(number, where) for days, where in unlike.items()}
        as_usual = terms.neg(terms.among(number, [day for where in unlike.values() for day in where]))
        values = sorted({*places, *plain})
        span = terms.integer("span", values[0], values[-1])
        _, weekday = self._week(number)
        for moved in values:
            weekdays = terms.among(weekday, [at for at in range(7) if plain[at] == moved])
            here = terms.disj(places.get(moved, False), terms.conj(as_usual, weekdays))
            terms.state(terms.implies(here, terms.eq(span, moved)))
        return terms.total(number, span)

    def _workdays(self, first: int, last: int, more: int) -> list[int]:
        """The working days from ``first`` to ``last``, and ``more`` after them."""
        found: list[int] = []
        day = first
        while day <= last or more > 0:
            if ((day - 1) % 7 < 5) + self._steps.get(day, 0) > 0:
                found.append(day)
                more -= day > last
            day += 1
        return found

    # --- An unknown number -------------------------------------------------------------------------

    def _unknown(self, start: Number, count: Node) -> Number:
        terms = self._terms
        last = self._workdays(high(start), high(start), max(count.high, 1))[-1]
        reached = terms.integer("workday", low(start), last)
        passed = terms.eq(self._passed(reached), terms.total(self._passed(start), count))
        stays = terms.eq(count, 0)
        terms.state(
            terms.implies(stays, terms.eq(reached, start)),
            terms.disj(stays, terms.conj(passed, self._is_workday(reached))),
            terms.le(terms.total(start, count), reached),  # follows; it spares much search
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
        named = self._departures[first:last]
        off = self._terms.among(number, [day for day in named if self._steps[day] < 0])
        made_up = self._terms.among(number, [day for day in named if self._steps[day] > 0])
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


def _plain(weekday: int, count: int) -> int:
    """The ``count``-th working day of a plain week after ``weekday``, counted on from Monday of that week."""
    while count:
        weekday += 1
        count -= weekday % 7 < 5
    return weekday
