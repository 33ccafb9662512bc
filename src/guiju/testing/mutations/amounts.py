"""Mistakes in amounts: a bound that is off by one, a period that is too short, a unit that is another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from attrs import evolve

from guiju.compiler.kernel import (
    AtLeast,
    Clip,
    Compare,
    Const,
    Enumeration,
    Expr,
    Extreme,
    If,
    Integer,
    Order,
    RollToWorkday,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
)
from guiju.testing.mutations.change import Change
from guiju.testing.mutations.literals import Variant, neighbours, shifted, variants
from guiju.testing.mutations.parts import Parts
from guiju.testing.mutations.words import Words
from guiju.testing.stepped import is_looked_up


def changes(parts: Parts, words: Words) -> Iterator[Change]:
    """Every mistake in the bounds, periods and counts of a norm."""
    for part in parts.all:
        for operator, whole, variant in _off(part):
            yield Change(operator, part, whole, words.changed(part, whole, variant))
        for operator, other in _otherwise(part):
            yield Change(operator, part, other, words.written(part, other))


def _off(part: Expr) -> Iterator[tuple[str, Expr, Variant]]:
    """``part`` with one of its own literals off by the least that can be."""
    match part:
        case Compare(order, left, right) if left != right and not _is_of_two(part):
            for each in variants(left, neighbours):
                yield "threshold", Compare(order, each.term, right), each
            for each in variants(right, neighbours):
                yield "threshold", Compare(order, left, each.term), each
        case ShiftMonths(amount=amount):
            for each in variants(amount, _months):
                yield "duration", evolve(part, amount=each.term), each
        case ShiftDays(amount=amount):
            for each in variants(amount, neighbours):
                yield "duration", evolve(part, amount=each.term), each
        case ShiftWorkdays(amount=amount):
            for each in variants(amount, _workdays):
                yield "duration", evolve(part, amount=each.term), each
        case _:
            return


def _otherwise(part: Expr) -> Iterator[tuple[str, Expr]]:
    match part:
        case AtLeast(threshold):
            for count in (threshold - 1, threshold + 1):
                if count >= 1:
                    yield "threshold", evolve(part, threshold=count)
        case Extreme(latest=latest):
            yield "extreme", evolve(part, latest=not latest)
        case ShiftMonths(date, amount, clip):
            yield "clipping", evolve(part, clip=Clip.UP if clip is Clip.DOWN else Clip.DOWN)
            days, years = _converted(amount, "days", _same), _converted(amount, "months", _years)
            if days is not None:
                yield "unit", ShiftDays(date, days)
            if years is not None:
                yield "unit", evolve(part, amount=years)
        case ShiftDays(date, amount):
            counted = _converted(amount, "workdays", _forward)
            if counted is not None:
                yield "unit", ShiftWorkdays(date, counted)
        case ShiftWorkdays(date, amount):
            counted = _converted(amount, "days", _same)
            if counted is not None:
                yield "unit", ShiftDays(date, counted)
        case RollToWorkday(date):
            yield "workday", date
        case If(then=Const(value=dt.date())) if is_looked_up(part):
            for by in (-1, 1):
                yield "threshold", ShiftDays(part, Const(by, Integer(by, by, "days")))
        case _:
            return


def _is_of_two(part: Compare) -> bool:
    """Whether it names one of only two members: the other one is named by the contrary."""
    sides = (part.left, part.right)
    return part.order is Order.EQ and any(
        isinstance(side, Const) and isinstance(side.type, Enumeration) and len(side.type.members) == 2
        for side in sides
    )


def _months(amount: Const) -> Iterator[Const]:
    """A month less or more; of a year or more, also a year."""
    yield from neighbours(amount)
    if abs(int(str(amount.value))) >= 12:
        yield from (shifted(amount, by) for by in (-12, 12))


def _workdays(amount: Const) -> Iterator[Const]:
    return (each for each in neighbours(amount) if int(str(each.value)) >= 0)


def _converted(amount: Expr, unit: str, number: Callable[[int], int | None]) -> Expr | None:
    """A literal amount, or a choice between such, in another unit; None where that makes no mistake."""
    match amount:
        case Const(value=int() as count):
            converted = number(count)
            if converted is None:
                return None
            return Const(converted, Integer(converted, converted, unit))
        case If(cond, then, orelse):
            one, other = _converted(then, unit, number), _converted(orelse, unit, number)
            return None if one is None or other is None else If(cond, one, other)
        case _:
            return None


def _same(count: int) -> int | None:
    """None of one unit is none of another."""
    return count or None


def _forward(count: int) -> int | None:
    """Working days are not counted back."""
    return count if count > 0 else None


def _years(months: int) -> int | None:
    """So many months as these are years."""
    return months // 12 if months and months % 12 == 0 else None
