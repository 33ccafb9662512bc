"""Whether a date that is counted from others can leave the calendar, whatever the case says."""

from __future__ import annotations

import datetime as dt

from guiju.compiler.days import FIRST_DAY, LAST_DAY
from guiju.compiler.kernel import (
    NEVER,
    Const,
    Corpus,
    Expr,
    If,
    Integer,
    RollToWorkday,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
)
from guiju.compiler.typing import check_type
from guiju.testing.mutations.rows import record_of

#: More days than lie between any day and the next working day.
_BREAK = 31

Days = tuple[int, int]  # the first and the last, as ordinals


def stays_in_calendar(term: Expr, corpus: Corpus) -> bool:
    """Whether every value of ``term``, a date, surely lies in the calendar."""
    first, last = _reach(term, corpus)
    return first >= FIRST_DAY.toordinal() and last <= LAST_DAY.toordinal()


def _reach(term: Expr, corpus: Corpus) -> Days:
    """Bounds of a date; not of ``NEVER``, which stays where it is."""
    match term:
        case Const(value=dt.date() as day) if day != NEVER:
            return day.toordinal(), day.toordinal()
        case If(_, then, orelse):
            return _either(_reach(then, corpus), _reach(orelse, corpus))
        case ShiftMonths(date, amount):
            low, high = _amount(amount, corpus)
            return _moved(_reach(date, corpus), 31 * min(low, 0), 31 * max(high, 0) + 1)
        case ShiftDays(date, amount):
            return _moved(_reach(date, corpus), *_amount(amount, corpus))
        case ShiftWorkdays(date, amount):
            # Of two successive weeks at least one has five working days, but for long breaks.
            return _moved(_reach(date, corpus), 0, 3 * _amount(amount, corpus)[1] + _BREAK)
        case RollToWorkday(date):
            return _moved(_reach(date, corpus), 0, _BREAK)
        case _:
            return corpus.horizon[0].toordinal(), corpus.horizon[1].toordinal()


def _amount(amount: Expr, corpus: Corpus) -> Days:
    type_ = check_type(amount, corpus, record_of(amount))
    assert isinstance(type_, Integer)
    return type_.low, type_.high


def _moved(days: Days, back: int, forth: int) -> Days:
    return days[0] + back, days[1] + forth


def _either(one: Days, other: Days) -> Days:
    return min(one[0], other[0]), max(one[1], other[1])
