"""Boxes: what a guard says outright of single facts, to tell disjoint guards without a solver.

Most guards are conjunctions of intervals, enumerations and booleans. Where two of them leave no value for a
fact, no case satisfies both: the pair needs no query. Whatever is not of that form is ignored, so a box is
always at least as wide as its guard.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from attrs import field, frozen

from guiju.compiler.kernel import (
    And,
    Compare,
    Const,
    Expr,
    FactRef,
    Not,
    Or,
    Order,
    ReadingRef,
    Today,
    Value,
)

Key = str  # a fact's name, "@today", or "@reading name"


@frozen
class Range:
    """The values that a fact may take: within bounds (inclusive when not strict) and among ``members``."""

    low: int | None = None
    high: int | None = None
    members: frozenset[Value] | None = None
    excluded: frozenset[Value] = frozenset()

    def meet(self, other: Range) -> Range:
        low = max((x for x in (self.low, other.low) if x is not None), default=None)
        high = min((x for x in (self.high, other.high) if x is not None), default=None)
        if self.members is None or other.members is None:
            members = other.members if self.members is None else self.members
        else:
            members = self.members & other.members
        return Range(low, high, members, self.excluded | other.excluded)

    @property
    def empty(self) -> bool:
        if self.low is not None and self.high is not None and self.low > self.high:
            return True
        return self.members is not None and not self.members - self.excluded


@frozen
class Box:
    """For each fact that a guard restricts outright, the values that it leaves."""

    ranges: Mapping[Key, Range] = field(factory=dict)

    def disjoint(self, other: Box) -> bool:
        """Whether surely no case lies in both boxes."""
        return any(key in other.ranges and r.meet(other.ranges[key]).empty for key, r in self.ranges.items())


def box(guard: Expr) -> Box:
    """The box around ``guard``."""
    ranges: dict[Key, Range] = {}
    for conjunct in _conjuncts(guard):
        found = _restriction(conjunct)
        if found is not None:
            key, restricted = found
            ranges[key] = ranges[key].meet(restricted) if key in ranges else restricted
    return Box(ranges)


def _conjuncts(guard: Expr) -> Iterator[Expr]:
    match guard:
        case And(args):
            for arg in args:
                yield from _conjuncts(arg)
        case _:
            yield guard


def _restriction(expr: Expr) -> tuple[Key, Range] | None:
    match expr:
        case FactRef(name):
            return name, Range(members=frozenset({True}))
        case Not(FactRef(name)):
            return name, Range(members=frozenset({False}))
        case Compare(order, left, Const(value)) if (key := _key(left)) is not None:
            return _bounded(key, order, value, on_left=True)
        case Compare(order, Const(value), right) if (key := _key(right)) is not None:
            return _bounded(key, order, value, on_left=False)
        case Not(Compare(Order.EQ, left, Const(value))) if (key := _key(left)) is not None:
            return key, Range(excluded=frozenset({value}))
        case Or(args):
            return _alternatives(args)
        case _:
            return None


def _alternatives(args: tuple[Expr, ...]) -> tuple[Key, Range] | None:
    """The members that a disjunction of equalities on one fact allows (属于)."""
    found = [_restriction(arg) for arg in args]
    keys = {f[0] for f in found if f is not None}
    members: set[Value] = set()
    for each in found:
        if each is None or each[1].members is None or len(keys) != 1:
            return None
        members |= each[1].members
    return (keys.pop(), Range(members=frozenset(members))) if keys else None


def _key(expr: Expr) -> Key | None:
    match expr:
        case FactRef(name):
            return name
        case Today():
            return "@today"
        case ReadingRef(name):
            return f"@reading {name}"
        case _:
            return None


def _bounded(key: Key, order: Order, value: Value, on_left: bool) -> tuple[Key, Range] | None:
    if isinstance(value, dt.date):
        number = value.toordinal()
    elif isinstance(value, int) and not isinstance(value, bool):
        number = value
    else:
        return (key, Range(members=frozenset({value}))) if order is Order.EQ else None
    match order:
        case Order.EQ:
            return key, Range(number, number)
        case Order.LT:
            return key, Range(high=number - 1) if on_left else Range(low=number + 1)
        case Order.LE:
            return key, Range(high=number) if on_left else Range(low=number)
