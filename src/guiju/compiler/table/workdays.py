"""Working days in SQL: the official calendar as two step functions.

Let ``W(d)`` be the number of working days from a fixed Monday up to and including ``d``. Then the ``n``-th
working day after ``d`` is the ``W(d) + n``-th one of all. On the plain week both ways are arithmetic:
``plain(d)`` weekdays up to ``d``, and the ``j``-th weekday. The calendar's days off and made-up days shift
the count by steps:

* ``W(d) = plain(d) + step(d)``, and ``step`` changes on exceptional days only;
* the ``k``-th working day is the ``k - step'(k)``-th weekday, where ``step'`` changes on exceptional days
  only; or, if it is a made-up Saturday or Sunday, one or two days after the Friday that this gives.

The steps are printed as balanced trees of CASE: a row passes through some eight comparisons. Exact for each
day of 1901..2099, as the reference's walk is; beyond, NULL.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from attrs import frozen
from sqlglot import exp

from guiju.compiler.days import LAST_DAY
from guiju.compiler.kernel import WorkCalendar
from guiju.compiler.table.sql import Sql, case, compared, days_from, literal, member, moved, operand, total

_MONDAY = dt.date(1900, 12, 31)  # the first before the calendar: weekdays are counted from here

Steps = tuple[tuple[int, int], ...]  # from this number on, this value; 0 before the first


@frozen
class Workdays:
    """The working days of one calendar, as SQL on days and on counts of working days."""

    _exceptions: tuple[tuple[dt.date, int], ...]  # with the step from that day on
    _steps: Steps  # by the count of working days
    _made_up: tuple[tuple[int, ...], tuple[int, ...]]  # the counts of Saturdays and Sundays that are worked

    def count(self, day: Callable[[], Sql], before: bool = False) -> Sql:
        """The number of working days up to ``day``, or ``before`` it, from a fixed one.

        ``day`` gives a new copy each time.
        """
        since = _MONDAY + dt.timedelta(days=1) if before else _MONDAY

        def number() -> Sql:
            return operand(days_from(literal(since), day()))

        weeks = exp.Mul(this=literal(5), expression=exp.Paren(this=_quotient(number(), 7)))
        within = exp.Add(this=exp.Paren(this=_remainder(number(), 7)), expression=literal(1))
        plain = [weeks, exp.Least(this=within, expressions=[literal(5)])]
        later = dt.timedelta(days=1 if before else 0)
        steps = [(literal(start + later), step) for start, step in self._exceptions]
        return total([*plain, _stepwise(day, steps)])

    def day(self, count: Callable[[], Sql]) -> Sql:
        """The working day of that number; NULL beyond the calendar. ``count`` gives a new copy each time."""

        def before() -> Sql:  # so many weekdays are before it, or before the Monday after it
            steps = [(literal(start), step) for start, step in self._steps]
            return exp.Paren(
                this=exp.Sub(
                    this=exp.Sub(this=count(), expression=_stepwise(count, steps)), expression=literal(1)
                )
            )

        weekends = exp.Mul(this=literal(2), expression=exp.Paren(this=_quotient(before(), 5)))
        on_weekend = [
            (member(count(), counts), literal(days))
            for days, counts in enumerate(self._made_up, start=1)
            if counts
        ]
        extra = [case(*on_weekend, orelse=literal(0))] if on_weekend else []
        found = moved(literal(_MONDAY), total([before(), weekends, *extra]), "DAY")
        return case((compared(exp.LTE, count(), literal(self._last())), found))

    def _last(self) -> int:
        step = self._exceptions[-1][1] if self._exceptions else 0
        return _weekdays(LAST_DAY) + step


def workdays(calendar: WorkCalendar) -> Workdays:
    """The step functions of ``calendar``."""
    off = {day for day in calendar.days_off if day.weekday() < 5 and day not in calendar.made_up}
    worked = {day for day in calendar.made_up if day.weekday() >= 5}
    exceptions: list[tuple[dt.date, int]] = []
    steps: list[tuple[int, int]] = []
    made_up: tuple[list[int], list[int]] = ([], [])
    step = 0
    for day in sorted(off | worked):
        # From the working day after those that are before this one, the new step counts.
        first = _weekdays(day) + step + (0 if day in off else 1)
        step += -1 if day in off else 1
        exceptions.append((day, step))
        if steps and steps[-1][0] == first:
            steps.pop()
        steps.append((first, step))
        if day in worked:
            made_up[day.weekday() - 5].append(first)
    return Workdays(tuple(exceptions), tuple(steps), (tuple(made_up[0]), tuple(made_up[1])))


def _weekdays(day: dt.date) -> int:
    """How many days from Monday to Friday there are up to ``day``."""
    weeks, rest = divmod((day - _MONDAY).days, 7)
    return 5 * weeks + min(rest + 1, 5)


def _stepwise(of: Callable[[], Sql], steps: list[tuple[Sql, int]]) -> Sql:
    """The value of the last step that ``of()`` has reached, 0 before the first."""
    if not steps:
        return literal(0)

    def among(
        low: int, high: int
    ) -> Sql:  # it has reached ``low`` of the steps or more, and at most ``high``
        if low == high:
            return literal(steps[low - 1][1] if low else 0)
        middle = (low + high + 1) // 2
        reached = compared(exp.GTE, of(), steps[middle - 1][0].copy())
        return case((reached, among(middle, high)), orelse=among(low, middle - 1))

    return among(0, len(steps))


def _quotient(part: Sql, by: int) -> Sql:
    return exp.IntDiv(this=part, expression=literal(by))


def _remainder(part: Sql, by: int) -> Sql:
    return exp.Mod(this=part, expression=literal(by))
