"""Expressions: what guards, dates and values are made of, and how they are put together."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterable
from typing import Any

from attrs import evolve, fields, frozen

from guiju.dsl.types import Boolean, Type, Value

#: The date that stands for "no end": later than every date that a case can hold.
NEVER = dt.date.max

# Expressions are looked up by value all the time: they compute their hash once.


@frozen(cache_hash=True)
class Const:
    """A literal. ``type`` tells a member of an enumeration from another's, and an integer's unit."""

    value: Value
    type: Type


@frozen
class FactRef:
    """The value of a declared fact, by its full name (``申请人.年龄``)."""

    name: str


@frozen
class FieldRef:
    """A field of the row that the enclosing ``AtLeast`` or ``Extreme`` ranges over."""

    record: str
    field: str


@frozen
class ReadingRef:
    """The choice that the context makes for a declared reading."""

    name: str


@frozen
class Today:
    """The evaluation date ``t``."""


@frozen
class InTerritory:
    """The place ``p`` is the named territory or lies inside it."""

    territory: str


@frozen(cache_hash=True)
class Not:
    arg: Expr


@frozen(cache_hash=True)
class And:
    args: tuple[Expr, ...]


@frozen(cache_hash=True)
class Or:
    args: tuple[Expr, ...]


class Order(enum.Enum):
    """The comparisons of the kernel; the others are these with the sides exchanged or under ``Not``."""

    EQ = "="
    LT = "<"
    LE = "<="


@frozen(cache_hash=True)
class Compare:
    """An atom. False when either side is undefined. ``LT`` and ``LE`` need numbers, dates or a scale."""

    order: Order
    left: Expr
    right: Expr


@frozen(cache_hash=True)
class If:
    """``then`` where ``cond`` holds, else ``orelse``; both of one type. An atom or a term."""

    cond: Expr
    then: Expr
    orelse: Expr


@frozen(cache_hash=True)
class Sum:
    """The sum of integers of one unit and scale."""

    args: tuple[Expr, ...]


@frozen(cache_hash=True)
class Times:
    """An integer times a literal factor; the result is held with ``digits`` more decimals than ``arg``.

    ``Times(100, e, 2)`` is the amount ``e`` itself, two decimals finer.
    """

    factor: int
    arg: Expr
    digits: int = 0


class Clip(enum.Enum):
    """What a date shifted by months becomes when that month has no such day.

    ``DOWN``: the month's last day (Civil Code art. 202); ``UP``: the first of the next month.
    """

    DOWN = "down"
    UP = "up"


@frozen(cache_hash=True)
class ShiftMonths:
    """``date`` moved by ``amount`` months (negative: back)."""

    date: Expr
    amount: Expr
    clip: Clip = Clip.DOWN


@frozen(cache_hash=True)
class ShiftDays:
    """``date`` moved by ``amount`` calendar days."""

    date: Expr
    amount: Expr


@frozen(cache_hash=True)
class ShiftWorkdays:
    """The ``amount``-th working day after ``date`` (``amount`` >= 0; 0 is ``date`` itself)."""

    date: Expr
    amount: Expr


@frozen(cache_hash=True)
class RollToWorkday:
    """``date`` if it is a working day, else the next one that is (Civil Code art. 203)."""

    date: Expr


@frozen(cache_hash=True)
class DaysBetween:
    """The number of calendar days from ``start`` to ``end`` (an integer with unit ``days``)."""

    start: Expr
    end: Expr


@frozen(cache_hash=True)
class AtLeast:
    """At least ``threshold`` rows of ``record`` satisfy ``where``. Any, every and count become this."""

    threshold: int
    record: str
    where: Expr


@frozen(cache_hash=True)
class Extreme:
    """The earliest (or latest) value of date field ``field`` among the rows that satisfy ``where``.

    Undefined when no row does.
    """

    latest: bool
    record: str
    field: str
    where: Expr


Expr = (
    Const
    | FactRef
    | FieldRef
    | ReadingRef
    | Today
    | InTerritory
    | Not
    | And
    | Or
    | Compare
    | If
    | Sum
    | Times
    | ShiftMonths
    | ShiftDays
    | ShiftWorkdays
    | RollToWorkday
    | DaysBetween
    | AtLeast
    | Extreme
)

TRUE = Const(True, Boolean())
FALSE = Const(False, Boolean())
TODAY = Today()


def children(expr: Expr) -> tuple[Expr, ...]:
    """The immediate sub-expressions of ``expr``, in order."""
    match expr:
        case Const() | FactRef() | FieldRef() | ReadingRef() | Today() | InTerritory():
            return ()
        case Not(arg) | Times(arg=arg):
            return (arg,)
        case And(args) | Or(args) | Sum(args):
            return args
        case Compare(left=left, right=right):
            return (left, right)
        case If(cond, then, orelse):
            return (cond, then, orelse)
        case ShiftMonths(date=date, amount=amount) | ShiftDays(date, amount) | ShiftWorkdays(date, amount):
            return (date, amount)
        case RollToWorkday(date):
            return (date,)
        case DaysBetween(start, end):
            return (start, end)
        case AtLeast(where=where) | Extreme(where=where):
            return (where,)


def walk(expr: Expr) -> list[Expr]:
    """``expr`` and all its sub-expressions, parents first."""
    found: list[Expr] = []
    pending = [expr]
    while pending:
        here = pending.pop()
        found.append(here)
        pending.extend(reversed(children(here)))
    return found


def distinct(exprs: Iterable[Expr]) -> list[Expr]:
    """``exprs`` and all their sub-expressions, each object once: large conditions share most of it."""
    found: dict[int, Expr] = {}
    pending = list(exprs)
    while pending:
        here = pending.pop()
        if id(here) not in found:
            found[id(here)] = here
            pending.extend(children(here))
    return list(found.values())


def rewritten(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """``expr`` with ``change`` applied to each of its parts and then to itself, the innermost first."""
    if not children(expr):
        return change(expr)
    parts: dict[str, Any] = {}
    for each in fields(type(expr)):
        value = getattr(expr, each.name)
        if isinstance(value, Expr):
            parts[each.name] = rewritten(value, change)
        elif isinstance(value, tuple):
            parts[each.name] = tuple(rewritten(part, change) for part in value)
    copy: Expr = evolve(expr, **parts)
    return change(copy)


def conjunction(*args: Expr) -> Expr:
    """The conjunction of ``args``: nested ones flattened, truths dropped, a falsity decides."""
    flat: list[Expr] = []
    for arg in args:
        flat.extend(arg.args if isinstance(arg, And) else (arg,))
    kept = [arg for arg in dict.fromkeys(flat) if arg != TRUE]
    if FALSE in kept:
        return FALSE
    return kept[0] if len(kept) == 1 else And(tuple(kept)) if kept else TRUE


def disjunction(*args: Expr) -> Expr:
    """The disjunction of ``args``: nested ones flattened, falsities dropped, a truth decides."""
    flat: list[Expr] = []
    for arg in args:
        flat.extend(arg.args if isinstance(arg, Or) else (arg,))
    kept = [arg for arg in dict.fromkeys(flat) if arg != FALSE]
    if TRUE in kept:
        return TRUE
    return kept[0] if len(kept) == 1 else Or(tuple(kept)) if kept else FALSE


def negation(arg: Expr) -> Expr:
    """The negation of ``arg``; a double one cancels."""
    match arg:
        case Not(inner):
            return inner
        case Const(value=value) if arg in (TRUE, FALSE):
            return FALSE if value else TRUE
        case _:
            return Not(arg)
