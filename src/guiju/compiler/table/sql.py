"""The few SQL constructs that rules are printed with, as SQLGlot trees.

A portable subset: what each dialect prints differently (moving a date, filtering a list) is a node of its
own in SQLGlot, and nothing here is text. A tree has one parent, so whatever is used twice is copied.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from itertools import count

from attrs import field, frozen
from sqlglot import exp

from guiju.compiler.kernel import Boolean, Date, Enumeration, Integer, Type, Value

Sql = exp.Expr


def literal(value: Value) -> Sql:
    """A literal: a day as DATE, an integer, a truth value, or text."""
    match value:
        case bool():
            return exp.true() if value else exp.false()
        case int():
            return exp.Literal.number(value)
        case dt.date():
            return exp.cast(exp.Literal.string(value.isoformat()), "date")
        case str():
            return exp.Literal.string(value)


def type_name(type_: Type) -> str:
    """The name of the SQL type that values of ``type_`` have."""
    match type_:
        case Boolean():
            return "boolean"
        case Integer():
            return "bigint"
        case Enumeration():
            return "varchar"
        case Date():
            return "date"


def operand(part: Sql) -> Sql:
    """``part`` in brackets, where it would not bind as tightly as an operator that it stands under."""
    loose = isinstance(part, (exp.Binary, exp.Unary, exp.In, exp.Between)) and not isinstance(
        part, (exp.Paren, exp.Dot)
    )
    return exp.Paren(this=part) if loose else part


def both(left: Sql, right: Sql) -> Sql:
    return exp.And(this=operand(left), expression=operand(right))


def all_of(parts: Sequence[Sql]) -> Sql:
    return exp.and_(*parts, copy=False)


def any_of(parts: Sequence[Sql]) -> Sql:
    return exp.or_(*parts, copy=False)


def negated(part: Sql) -> Sql:
    return exp.Not(this=operand(part))


def compared(order: type[exp.Binary], left: Sql, right: Sql) -> Sql:
    return order(this=operand(left), expression=operand(right))


def between(day: Sql, first: dt.date, last: dt.date) -> Sql:
    return exp.Between(this=operand(day), low=literal(first), high=literal(last))


def member(part: Sql, values: Sequence[Value]) -> Sql:
    """``part`` is one of ``values``, of which there is at least one."""
    if len(values) == 1:
        return compared(exp.EQ, part, literal(values[0]))
    return exp.In(this=operand(part), expressions=[literal(value) for value in values])


def is_null(part: Sql) -> Sql:
    return exp.Is(this=operand(part), expression=exp.null())


def given(part: Sql) -> Sql:
    return negated(is_null(part))


def nothing(type_: str) -> Sql:
    """A NULL of an SQL type."""
    return exp.cast(exp.null(), type_)


def case(*branches: tuple[Sql, Sql], orelse: Sql | None = None) -> Sql:
    """The first result whose condition is true; without any, ``orelse`` or NULL."""
    if not branches:
        return exp.null() if orelse is None else orelse
    found = exp.Case(ifs=[exp.If(this=when, true=then) for when, then in branches])
    if orelse is not None:
        found.set("default", orelse)
    return found


def otherwise(part: Sql, default: Sql) -> Sql:
    return exp.Coalesce(this=part, expressions=[default])


def total(parts: Sequence[Sql]) -> Sql:
    """The sum of ``parts``; 0 of none."""
    if not parts:
        return exp.Literal.number(0)
    found = operand(parts[0])
    for part in parts[1:]:
        found = exp.Add(this=found, expression=operand(part))
    return found


def moved(day: Sql, amount: Sql, unit: str) -> Sql:
    """``day`` moved by ``amount`` of ``unit`` (MONTH, DAY); a month without that day gives its last one."""
    if not isinstance(amount, (exp.Literal, exp.Neg)):
        amount = exp.cast(amount, "int")
    return exp.cast(exp.DateAdd(this=operand(day), expression=amount, unit=exp.var(unit)), "date")


def days_from(start: Sql, end: Sql) -> Sql:
    """The number of days from ``start`` to ``end``."""
    return exp.DateDiff(this=operand(end), expression=operand(start), unit=exp.var("DAY"))


def array(parts: Sequence[Sql]) -> Sql:
    return exp.Array(expressions=list(parts))


def size(array_: Sql) -> Sql:
    return exp.ArraySize(this=array_)


def row_field(variable: str, name: str) -> Sql:
    return exp.Dot(this=exp.to_identifier(variable), expression=exp.to_identifier(name, quoted=True))


@frozen
class Variables:
    """Names for the variables of functions, each used once in an expression."""

    _numbers: count[int] = field(factory=count)

    def filtered(self, array_: Sql, where: Callable[[str], Sql]) -> Sql:
        """The elements of ``array_`` for which ``where`` is true, neither false nor NULL."""
        name = self._name()
        return exp.ArrayFilter(this=array_, expression=_function(name, where(name)))

    def each(self, array_: Sql, of: Callable[[str], Sql]) -> Sql:
        """``of`` each element of ``array_``."""
        name = self._name()
        return exp.Transform(this=array_, expression=_function(name, of(name)))

    def let(self, value: Sql, within: Callable[[str], Sql]) -> Sql:
        """``within`` where a variable stands for ``value``, which is computed once."""
        return exp.ArrayMin(this=self.each(array([value]), within))

    def _name(self) -> str:
        return f"v{next(self._numbers)}"


def _function(variable: str, body: Sql) -> Sql:
    return exp.Lambda(this=body, expressions=[exp.to_identifier(variable)])
