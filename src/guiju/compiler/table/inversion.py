"""A moved day compared with a fixed one is the day itself compared with another fixed one.

``D + 3 months >= 15 June`` says of ``D`` that it is 15 March or later. Each way of moving a day is weakly
monotone (``docs/semantics.md`` §4, laws 3 and 7), so there is always such a bound, also across clipped
months and working days; it is found by bisection with the reference's own calendar. A table then compares a
column with a literal and never moves a day.

Where ``D`` moves out of the calendar the reference has no result. The comparison has one here: beyond the
end is later than each day of the calendar, before its beginning earlier.
"""

from __future__ import annotations

import datetime as dt

from guiju.compiler.days import (
    FIRST_DAY,
    LAST_DAY,
    OutOfCalendar,
    roll_to_workday,
    shift_days,
    shift_months,
    shift_workdays,
)
from guiju.compiler.kernel import (
    NEVER,
    Compare,
    Const,
    Date,
    Expr,
    Order,
    RollToWorkday,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    WorkCalendar,
    conjunction,
)

Move = ShiftMonths | ShiftDays | ShiftWorkdays | RollToWorkday

_FIRST, _BEYOND = FIRST_DAY.toordinal(), LAST_DAY.toordinal() + 1


def without_moves(comparison: Compare, calendar: WorkCalendar) -> Expr:
    """``comparison`` about the day before it is moved, where one side is fixed; otherwise as it is."""
    match comparison:
        case Compare(order, Const(value=dt.date() as day) as fixed, moved) if moves := _moves(moved):
            base = moves[0].date
            if day == NEVER:  # which does not move, and which nothing else is moved to
                return Compare(order, fixed, base)
            match order:
                case Order.LE:
                    return Compare(Order.LE, _first(day, moves, calendar), base)
                case Order.LT:
                    return Compare(Order.LE, _first(_next(day), moves, calendar), base)
                case Order.EQ:
                    return _moved_to(day, base, moves, calendar)
        case Compare(order, moved, Const(value=dt.date() as day) as fixed) if moves := _moves(moved):
            base = moves[0].date
            if day == NEVER:
                return Compare(order, base, fixed)
            match order:
                case Order.LE:
                    return Compare(Order.LT, base, _first(_next(day), moves, calendar))
                case Order.LT:
                    return Compare(Order.LT, base, _first(day, moves, calendar))
                case Order.EQ:
                    return _moved_to(day, base, moves, calendar)
    return comparison


def stays_inside(move: Move, calendar: WorkCalendar) -> tuple[dt.date, dt.date] | None:
    """The first and last day that a move by a fixed amount keeps inside the calendar; None: no day."""
    first = _least(_FIRST, [move], calendar)
    last = _least(_BEYOND, [move], calendar) - 1
    return (dt.date.fromordinal(first), dt.date.fromordinal(last)) if first <= last else None


def _moved_to(day: dt.date, base: Expr, moves: list[Move], calendar: WorkCalendar) -> Expr:
    first, after = _first(day, moves, calendar), _first(_next(day), moves, calendar)
    return conjunction(Compare(Order.LE, first, base), Compare(Order.LT, base, after))


def _moves(moved: Expr) -> list[Move]:
    """The moves by fixed amounts that ``moved`` ends with, the innermost first."""
    found: list[Move] = []
    while isinstance(moved, RollToWorkday) or (
        isinstance(moved, (ShiftMonths, ShiftDays, ShiftWorkdays)) and isinstance(moved.amount, Const)
    ):
        found.append(moved)
        moved = moved.date
    return found[::-1]


def _first(day: dt.date, moves: list[Move], calendar: WorkCalendar) -> Const:
    """The first day that is moved to ``day`` or later."""
    return Const(dt.date.fromordinal(_least(day.toordinal(), moves, calendar)), Date())


def _next(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=1)


def _least(reached: int, moves: list[Move], calendar: WorkCalendar) -> int:
    """The ordinal of the first day of the calendar that ``moves`` take to ``reached`` or later."""
    low, high = _FIRST, _BEYOND
    while low < high:
        middle = (low + high) // 2
        if _moved(middle, moves, calendar) >= reached:
            high = middle
        else:
            low = middle + 1
    return low


def _moved(start: int, moves: list[Move], calendar: WorkCalendar) -> int:
    """Where the day of ordinal ``start`` goes; out of the calendar, a number below or above all of it."""
    day = dt.date.fromordinal(start)
    for move in moves:
        amount = 0 if isinstance(move, RollToWorkday) else _fixed(move)
        try:
            match move:
                case ShiftMonths(clip=clip):
                    day = shift_months(day, amount, clip)
                case ShiftDays():
                    day = shift_days(day, amount)
                case ShiftWorkdays():
                    day = shift_workdays(day, amount, calendar)
                case RollToWorkday():
                    day = roll_to_workday(day, calendar)
        except OutOfCalendar:
            return 0 if amount < 0 else _BEYOND
    return day.toordinal()


def _fixed(move: ShiftMonths | ShiftDays | ShiftWorkdays) -> int:
    value = move.amount.value if isinstance(move.amount, Const) else None
    assert isinstance(value, int)
    return value
