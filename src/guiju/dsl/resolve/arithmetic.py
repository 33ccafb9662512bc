"""Sums, shifts of dates and choices, with the ranges of their results."""

from __future__ import annotations

from attrs import evolve

from guiju.dsl import typed as y
from guiju.dsl.diagnostics import Bag
from guiju.dsl.resolve.quantities import rescaled
from guiju.dsl.source import Place
from guiju.dsl.types import Date, Integer

#: Which shift of a date an amount of a unit is; hours shift no date.
SHIFTS = {"months": y.Op.SHIFT_MONTHS, "days": y.Op.SHIFT_DAYS, "workdays": y.Op.SHIFT_WORKDAYS}


def shifted(date: y.Expr, by: y.Expr, unit: str, adds: bool, place: Place, bag: Bag) -> y.Expr | None:
    """A date moved by an amount, or None after reporting that it cannot be."""
    assert isinstance(by.type, Integer)
    low = by.type.low if adds else -by.type.high
    if unit == "workdays" and low < 0:
        bag.error(
            "E303",
            place,
            "工作日只能往后数",
            "working days can only be counted forward",
        )
        return None
    amount = by if adds else negated(by)
    return y.Apply(SHIFTS[unit], (date, amount), Date(), place)


def choice(test: y.Expr, first: y.Expr, second: y.Expr, place: Place) -> y.Expr:
    type_ = first.type
    if isinstance(type_, Integer) and isinstance(second.type, Integer):
        scale = max(type_.scale, second.type.scale)
        first, second = rescaled(first, scale), rescaled(second, scale)
        assert isinstance(first.type, Integer)
        assert isinstance(second.type, Integer)
        low, high = min(first.type.low, second.type.low), max(first.type.high, second.type.high)
        type_ = Integer(low, high, first.type.unit or second.type.unit, scale)
    return y.Apply(y.Op.IF, (test, first, second), type_, place)


def negated(expr: y.Expr) -> y.Expr:
    assert isinstance(expr.type, Integer)
    type_ = evolve(expr.type, low=-expr.type.high, high=-expr.type.low)
    if isinstance(expr, y.Literal):
        return y.Literal(-int(expr.value), type_, expr.place)  # type: ignore[arg-type]  # an integer's literal
    minus = y.Literal(-1, Integer(-1, -1), expr.place)
    return y.Apply(y.Op.TIMES, (minus, expr), type_, expr.place)


def total(left: y.Expr, right: y.Expr, adds: bool, place: Place) -> y.Expr:
    assert isinstance(left.type, Integer)
    assert isinstance(right.type, Integer)
    scale, unit = max(left.type.scale, right.type.scale), left.type.unit or right.type.unit
    left, right = rescaled(left, scale), rescaled(right if adds else negated(right), scale)
    left, right = _of_unit(left, unit), _of_unit(right, unit)
    assert isinstance(left.type, Integer)
    assert isinstance(right.type, Integer)
    type_ = Integer(left.type.low + right.type.low, left.type.high + right.type.high, unit, scale)
    return y.Apply(y.Op.ADD, (left, right), type_, place)


def _of_unit(expr: y.Expr, unit: str | None) -> y.Expr:
    """``expr``, which is of that unit where it is a literal without one."""
    if not isinstance(expr, y.Literal) or not isinstance(expr.type, Integer):
        return expr
    return y.Literal(expr.value, evolve(expr.type, unit=expr.type.unit or unit), expr.place)
