"""Amounts and days in words: sums, multiples, terms that run from a day; ``say`` says their parts."""

from __future__ import annotations

from collections.abc import Callable

from guiju.checker import wording
from guiju.checker.report.values import decimal
from guiju.compiler.kernel import (
    Clip,
    Const,
    DaysBetween,
    Expr,
    Integer,
    RollToWorkday,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    Sum,
    Times,
)
from guiju.dsl.source import Bilingual

#: An expression in words that can stand among others.
Say = Callable[[Expr], Bilingual]

Term = Sum | Times | ShiftMonths | ShiftDays | ShiftWorkdays | RollToWorkday | DaysBetween


def term(expr: Term, say: Say) -> Bilingual:
    """``expr`` as a noun phrase."""
    match expr:
        case Sum(args):
            return _sum(args, say)
        case Times(factor, arg, digits):
            inner = say(arg)
            if factor == 10**digits:
                return inner
            return Bilingual(
                f"{decimal(factor, digits)} × {inner.zh}", f"{decimal(factor, digits)} × {inner.en}"
            )
        case ShiftMonths(date, amount, clip):
            moved = _moved(date, amount, "months", say)
            if clip is Clip.DOWN:
                return moved
            return Bilingual(f"{moved.zh}（无对应日的顺至次月）", f"{moved.en} (carried into the next month)")
        case ShiftDays(date, amount):
            return _moved(date, amount, "days", say)
        case ShiftWorkdays(date, amount):
            return _moved(date, amount, "workdays", say)
        case RollToWorkday(date):
            a = say(date)
            return Bilingual(f"{a.zh}（遇休息日顺延）", f"{a.en} (or the next working day)")
        case DaysBetween(start, end):
            a, b = say(start), say(end)
            return Bilingual(f"{a.zh}至{b.zh}的日数", f"the days from {a.en} to {b.en}")


def duration(amount: Expr, unit: str, say: Say) -> Bilingual:
    """An amount of time: 3 个月, 10 个工作日; whole years as years."""
    if not (isinstance(amount, Const) and isinstance(amount.value, int)):
        return say(amount)
    return wording.value(amount.value, Integer(-(10**9), 10**9, unit))


def _sum(args: tuple[Expr, ...], say: Say) -> Bilingual:
    zh = en = ""
    for arg in args:
        minus = isinstance(arg, Times) and arg.factor == -1 and not arg.digits
        part = say(arg.arg if minus and isinstance(arg, Times) else arg)
        sign = (" − " if minus else " + ") if zh else ("−" if minus else "")
        zh, en = f"{zh}{sign}{part.zh}", f"{en}{sign}{part.en}"
    return Bilingual(zh, en)


def _moved(date: Expr, amount: Expr, unit: str, say: Say) -> Bilingual:
    start = say(date)
    if isinstance(amount, Const) and isinstance(amount.value, int) and amount.value < 0:
        by = duration(Const(-amount.value, amount.type), unit, say)
        return Bilingual(f"{start.zh}前 {by.zh}", f"{by.en} before {start.en}")
    by = duration(amount, unit, say)
    return Bilingual(f"{start.zh}后 {by.zh}", f"{by.en} after {start.en}")
