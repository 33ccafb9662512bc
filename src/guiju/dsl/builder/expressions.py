"""Expressions: one function for each rule of this part of the grammar."""

from __future__ import annotations

from guiju.dsl import tree as t
from guiju.dsl.builder.at import At, Children, unit

_COMPARATORS = {
    "EQ": t.Comparator.EQ,
    "NE": t.Comparator.NE,
    "LT": t.Comparator.LT,
    "BELOW": t.Comparator.LT,
    "LE": t.Comparator.LE,
    "AT_MOST": t.Comparator.LE,
    "GT": t.Comparator.GT,
    "EXCEEDS": t.Comparator.GT,
    "GE": t.Comparator.GE,
    "AT_LEAST": t.Comparator.GE,
}


def names(at: At, c: Children) -> tuple[t.Name, ...]:
    return tuple(c)


def implies(at: At, c: Children) -> t.Logic:
    return t.Logic(t.Connective.IMPLIES, (c[0], c[1]), at.place)


def or_(at: At, c: Children) -> t.Logic:
    return t.Logic(t.Connective.OR, tuple(c), at.place)


def and_(at: At, c: Children) -> t.Logic:
    return t.Logic(t.Connective.AND, tuple(c), at.place)


def not_(at: At, c: Children) -> t.Negation:
    return t.Negation(c[0], at.place)


def comparator(at: At, c: Children) -> t.Comparator:
    return _COMPARATORS[c[0].type]


def compare(at: At, c: Children) -> t.Comparison:
    return t.Comparison(c[1], c[0], c[2], at.place)


def in_(at: At, c: Children) -> t.Membership:
    return t.Membership(c[0], c[1], at.place)


def add(at: At, c: Children) -> t.Calculation:
    return t.Calculation(t.Arithmetic.ADD, c[0], c[1], at.place)


def subtract(at: At, c: Children) -> t.Calculation:
    return t.Calculation(t.Arithmetic.SUBTRACT, c[0], c[2], at.place)


def times(at: At, c: Children) -> t.Multiple:
    return t.Multiple(str(c[0]), c[1], at.place)


def ref(at: At, c: Children) -> t.Ref:
    return t.Ref(tuple(c), at.place)


def today(at: At, c: Children) -> t.TodayIs:
    return t.TodayIs(at.place)


def at(at: At, c: Children) -> t.Located:
    return t.Located(c[0], at.place)


def if_(at: At, c: Children) -> t.Conditional:
    return t.Conditional(c[0], c[1], c[2], at.place)


def choose(at: At, c: Children) -> t.Choice:
    return t.Choice(c[0], tuple(c[1:]), at.place)


def arm(at: At, c: Children) -> t.Arm:
    return t.Arm(c[0], c[1])


def count(at: At, c: Children) -> t.Aggregation:
    return t.Aggregation(t.Aggregate.COUNT, c[0], c[1], at.place)


def any_(at: At, c: Children) -> t.Aggregation:
    return t.Aggregation(t.Aggregate.ANY, c[0], c[1], at.place)


def every(at: At, c: Children) -> t.Aggregation:
    return t.Aggregation(t.Aggregate.EVERY, c[0], c[1], at.place)


def earliest(at: At, c: Children) -> t.Aggregation:
    return t.Aggregation(t.Aggregate.EARLIEST, c[0], c[1], at.place)


def latest(at: At, c: Children) -> t.Aggregation:
    return t.Aggregation(t.Aggregate.LATEST, c[0], c[1], at.place)


def days_between(at: At, c: Children) -> t.DaysFromTo:
    return t.DaysFromTo(c[0], c[1], at.place)


def members(at: At, c: Children) -> t.MemberCount:
    return t.MemberCount(c[0], at.place)


def quantity(at: At, c: Children) -> t.Quantity:
    return t.Quantity(str(c[0]), unit(c[1]), at.place)


def negative(at: At, c: Children) -> t.Quantity:
    return t.Quantity(f"-{c[1]}", unit(c[2]), at.place)


def date(at: At, c: Children) -> t.DateLiteral:
    literal: t.DateLiteral = c[0]
    return literal


def true(at: At, c: Children) -> t.Truth:
    return t.Truth(True, at.place)


def false(at: At, c: Children) -> t.Truth:
    return t.Truth(False, at.place)


def forever(at: At, c: Children) -> t.Forever:
    return t.Forever(at.place)
