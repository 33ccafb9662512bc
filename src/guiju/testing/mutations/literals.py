"""The literals of a term, each written otherwise by the least that can be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from attrs import evolve, frozen

from guiju.compiler.days import FIRST_DAY, LAST_DAY
from guiju.compiler.kernel import (
    NEVER,
    Boolean,
    Const,
    Date,
    DaysBetween,
    Enumeration,
    Expr,
    If,
    Integer,
    RollToWorkday,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    Sum,
    Times,
)

Change = Callable[[Const], Iterable[Const]]


@frozen(eq=False)
class Variant:
    """A term in which the literal ``old`` is written as ``new``."""

    term: Expr
    old: Const
    new: Const


def variants(term: Expr, change: Change) -> Iterator[Variant]:
    """``term`` with one literal changed, for each literal and each change of it.

    Amounts that dates are moved by are left alone, and so are conditions: they have changes of their own.
    """

    def inside(part: Expr, around: Callable[[Expr], Expr]) -> Iterator[Variant]:
        return (evolve(each, term=around(each.term)) for each in variants(part, change))

    match term:
        case Const():
            yield from (Variant(new, term, new) for new in change(term))
        case If(cond, then, orelse):
            yield from inside(then, lambda new: If(cond, new, orelse))
            yield from inside(orelse, lambda new: If(cond, then, new))
        case Sum(args):
            for number, arg in enumerate(args):
                yield from inside(arg, partial(_with_term, args, number))
        case Times(arg=arg):
            yield from inside(arg, lambda new: evolve(term, arg=new))
        case ShiftMonths() | ShiftDays() | ShiftWorkdays() | RollToWorkday():
            yield from inside(term.date, lambda new: evolve(term, date=new))
        case DaysBetween(start, end):
            yield from inside(start, lambda new: DaysBetween(new, end))
            yield from inside(end, lambda new: DaysBetween(start, new))
        case _:
            return


def _with_term(args: tuple[Expr, ...], number: int, new: Expr) -> Expr:
    return Sum((*args[:number], new, *args[number + 1 :]))


def neighbours(literal: Const) -> Iterator[Const]:
    """The next number or day below and above; the neighbours on a scale; another member of a kind.

    A number's unit is one of its last decimal. A truth value has no neighbour, and "no end" none either.
    """
    value = literal.value
    match literal.type:
        case Integer():
            yield from (shifted(literal, by) for by in (-1, 1))
        case Date():
            assert isinstance(value, dt.date)
            if value != NEVER:
                days = (value + dt.timedelta(by) for by in (-1, 1))
                yield from (Const(day, literal.type) for day in days if FIRST_DAY <= day <= LAST_DAY)
        case Enumeration(members=members, ordered=ordered):
            here = members.index(str(value))
            beside = (here - 1, here + 1) if ordered else ((here + 1) % len(members),)
            yield from (
                Const(members[at], literal.type) for at in beside if 0 <= at < len(members) and at != here
            )
        case Boolean():
            return


def shifted(literal: Const, by: int) -> Const:
    """An integer literal and ``by``; the bounds that its type shows move along."""
    assert isinstance(literal.type, Integer)
    assert isinstance(literal.value, int)
    value, held = literal.value + by, literal.type
    if held.low == held.high:
        return Const(value, evolve(held, low=value, high=value))
    return Const(value, evolve(held, low=min(held.low, value), high=max(held.high, value)))
