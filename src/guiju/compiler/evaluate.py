"""The reference evaluator of expressions: ``docs/semantics.md`` §3, executable.

It is slow, obvious, and shares nothing with the encodings that are compared with it. It trusts that what
it is given is well typed, and ``days`` for the calendar. ``resolve`` goes on from here: norms and answers.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from guiju.compiler.days import days_between, roll_to_workday, shift_days, shift_months, shift_workdays
from guiju.compiler.kernel import (
    NEVER,
    And,
    AtLeast,
    Compare,
    Const,
    Context,
    Corpus,
    DaysBetween,
    Expr,
    Extreme,
    FactRef,
    FieldRef,
    If,
    InTerritory,
    Not,
    Or,
    Order,
    ReadingRef,
    RollToWorkday,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    Sum,
    Times,
    Today,
    Value,
)
from guiju.compiler.typing import enumeration_of
from guiju.dsl.diagnostics import InternalError


class NonValue(enum.Enum):
    """What can stand in the place of a value.

    UNDEFINED: there is none, in this case and in every completion of it (the earliest of no rows).
    UNKNOWN: the case does not tell; a completion may give any value, or make it undefined.
    """

    UNDEFINED = "undefined"
    UNKNOWN = "unknown"


UNDEFINED: Literal[NonValue.UNDEFINED] = NonValue.UNDEFINED
UNKNOWN: Literal[NonValue.UNKNOWN] = NonValue.UNKNOWN

Result = Value | NonValue
Truth = bool | Literal[NonValue.UNKNOWN]
Row = Mapping[str, Value]


def evaluate(expr: Expr, corpus: Corpus, context: Context, row: Row | None = None) -> Result:
    """The value of ``expr`` in ``context``, or that it has none, or that the case does not tell.

    Args:
        expr: a well-typed expression of the kernel.
        corpus: what declares its names; its working calendar is the one that counts.
        context: the case, date, place and readings.
        row: the row that fields are taken from, inside a quantifier's filter.

    Raises:
        OutOfCalendar: a day outside 1901..2099 was reached.
        InternalError: ``expr`` is not well typed.
    """

    def of(part: Expr) -> Result:
        return evaluate(part, corpus, context, row)

    def rows(record: str, where: Expr) -> list[tuple[Truth, Row]] | None:
        given = context.case.records.get(record)
        if given is None:
            return None
        return [(truth(evaluate(where, corpus, context, each)), each) for each in given]

    def told(first: dt.date, last: dt.date) -> Result:
        """``last``, which was counted from ``first`` on, unless the calendar between them is not known."""
        known = not context.published_only or last == NEVER or corpus.calendar.covers(first, last)
        return last if known else UNKNOWN

    def after(first: dt.date, count: int) -> Result:
        last = shift_workdays(first, count, corpus.calendar)
        return last if count == 0 else told(first, last)

    match expr:
        case Const(value):
            return value
        case FactRef(name):
            return context.case.facts.get(name, UNKNOWN)
        case FieldRef(field=name):
            if row is None:
                raise InternalError(f"internal error: a field outside of a row: {expr}")
            return row.get(name, UNKNOWN)
        case ReadingRef(name):
            return context.readings.get(name, corpus.readings[name].choices[0])
        case Today():
            return context.today
        case InTerritory(territory):
            return corpus.within(context.place, territory)
        case Not(arg):
            return negated(truth(of(arg)))
        case And(args):
            return all_hold([truth(of(arg)) for arg in args])
        case Or(args):
            return any_holds([truth(of(arg)) for arg in args])
        case Compare(order, left, right):
            return _compare(order, of(left), of(right), expr, corpus)
        case If(cond, then, orelse):
            holds = truth(of(cond))
            if holds is UNKNOWN:
                one, other = of(then), of(orelse)
                return one if one == other else UNKNOWN
            return of(then) if holds else of(orelse)
        case Sum(args):
            return _strict(lambda *terms: sum(_number(term) for term in terms), *map(of, args))
        case Times(factor, arg):
            return _strict(lambda term: factor * _number(term), of(arg))
        case ShiftMonths(date, amount, clip):
            return _strict(lambda d, n: shift_months(as_day(d), _number(n), clip), of(date), of(amount))
        case ShiftDays(date, amount):
            return _strict(lambda d, n: shift_days(as_day(d), _number(n)), of(date), of(amount))
        case ShiftWorkdays(date, amount):
            return _strict(lambda d, n: after(as_day(d), _number(n)), of(date), of(amount))
        case RollToWorkday(date):
            return _strict(lambda d: told(as_day(d), roll_to_workday(as_day(d), corpus.calendar)), of(date))
        case DaysBetween(start, end):
            return _strict(lambda d, e: days_between(as_day(d), as_day(e)), of(start), of(end))
        case AtLeast(threshold, record, where):
            return _at_least(threshold, rows(record, where))
        case Extreme(latest, record, name, where):
            return _extreme(max if latest else min, name, rows(record, where))


def truth(result: Result) -> Truth:
    """``result`` as a truth value: a well-typed condition is never undefined."""
    if isinstance(result, bool) or result is UNKNOWN:
        return result
    raise InternalError(f"internal error: {result!r} stands for a condition")


def negated(arg: Truth) -> Truth:
    return UNKNOWN if arg is UNKNOWN else not arg


def all_hold(args: Iterable[Truth]) -> Truth:
    """Kleene's strong conjunction: one falsity decides, whatever is unknown."""
    found = list(args)
    if any(arg is False for arg in found):
        return False
    return UNKNOWN if any(arg is UNKNOWN for arg in found) else True


def any_holds(args: Iterable[Truth]) -> Truth:
    """Kleene's strong disjunction: one truth decides, whatever is unknown."""
    return negated(all_hold(negated(arg) for arg in args))


def _compare(order: Order, left: Result, right: Result, expr: Compare, corpus: Corpus) -> Truth:
    if left is UNDEFINED or right is UNDEFINED:
        return False  # also where the other side is unknown: undefined stays so in every completion
    if left is UNKNOWN or right is UNKNOWN:
        return UNKNOWN
    if order is Order.EQ:
        return left == right
    if isinstance(left, str) and isinstance(right, str):
        members = enumeration_of(expr.left, corpus).members
        one, other = members.index(left), members.index(right)
    elif isinstance(left, dt.date) and isinstance(right, dt.date):
        one, other = left.toordinal(), right.toordinal()
    else:
        one, other = _number(left), _number(right)
    return one < other if order is Order.LT else one <= other


def _at_least(threshold: int, rows: list[tuple[Truth, Row]] | None) -> Truth:
    certain = sum(holds is True for holds, _ in rows or ())
    if certain >= threshold:
        return True
    if rows is None:
        return UNKNOWN
    possible = sum(holds is not False for holds, _ in rows)
    return UNKNOWN if possible >= threshold else False


def _extreme(
    pick: Callable[[list[dt.date]], dt.date], field: str, rows: list[tuple[Truth, Row]] | None
) -> Result:
    if rows is None:
        return UNKNOWN
    possible = [row.get(field, UNKNOWN) for holds, row in rows if holds is not False]
    certain = [row.get(field, UNKNOWN) for holds, row in rows if holds is True]
    if not possible:
        return UNDEFINED
    if not certain or UNKNOWN in possible:
        return UNKNOWN
    # A row that may or may not count does not matter where a row that does count goes as far.
    found = pick([as_day(day) for day in certain])
    return found if found == pick([as_day(day) for day in possible]) else UNKNOWN


def _strict(operation: Callable[..., Result], *args: Result) -> Result:
    """``operation`` on values; undefined where an argument is, else unknown where an argument is."""
    if UNDEFINED in args:
        return UNDEFINED
    return UNKNOWN if UNKNOWN in args else operation(*args)


def _number(value: Result) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise InternalError(f"internal error: {value!r} stands for a number")


def as_day(value: Result) -> dt.date:
    if isinstance(value, dt.date):
        return value
    raise InternalError(f"internal error: {value!r} stands for a date")
