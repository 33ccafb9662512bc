"""The constructs of the kernel as terms: ``docs/semantics.md`` §3 for complete contexts, line by line.

Written from that document and not from the encoding of ``guiju.compiler.smt``, with which it shares
nothing but the kernel: what one gets wrong the other need not. Anything that the typing rules exclude is
refused.

Trusted: ``rows`` for the number of slots.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import assert_never

from guiju.compiler.kernel import (
    And,
    AtLeast,
    Boolean,
    Compare,
    Const,
    Corpus,
    Date,
    DaysBetween,
    Enumeration,
    Expr,
    Extreme,
    FactRef,
    FieldRef,
    If,
    Integer,
    InTerritory,
    Not,
    Or,
    Order,
    ReadingRef,
    RollToWorkday,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    Sum,
    Times,
    Today,
)
from guiju.compiler.smtlib.case import Case
from guiju.compiler.smtlib.gregorian import FIRST, LAST, Gregorian
from guiju.compiler.smtlib.printing import printed
from guiju.compiler.smtlib.rows import enough
from guiju.compiler.smtlib.terms import Formula, Number, Terms, low
from guiju.compiler.smtlib.values import NO_END, Amount, Choice, Day, Truth, Unsupported, Value, comparable
from guiju.compiler.smtlib.workweek import Workweek


def script(corpus: Corpus, conditions: Sequence[Expr], *, rows: Mapping[str, int] | None = None) -> str:
    """SMT-LIB 2.6 text that is satisfiable iff some complete context satisfies all of ``conditions``.

    Args:
        corpus: What declares the names. Its horizon bounds the dates of a context.
        conditions: Closed conditions; assumptions are conditions like any other.
        rows: The least number of rows to make room for in a record, where more than the bound are wanted.

    Raises:
        Unsupported: A condition does not type-check.
    """
    needed = enough(conditions)
    slots = {record: max(needed.get(record, 0), (rows or {}).get(record, 0)) for record in corpus.records}
    terms = Terms()
    encoder = _Encoder(corpus, terms, slots)
    return printed(terms, [encoder.condition(condition) for condition in conditions])


class _Encoder:
    """Encodes the expressions of one query. A term of a row is made once for each slot."""

    def __init__(self, corpus: Corpus, terms: Terms, slots: Mapping[str, int]) -> None:
        self._terms = terms
        self._case = Case(terms, corpus, slots)
        self._gregorian = Gregorian(terms)
        self._workweek = Workweek(terms, corpus.calendar)
        self._row: tuple[str, int] | None = None  # the record and slot that an enclosing filter is at
        self._at_row = False  # whether what is being encoded has spoken of that row
        self._closed: dict[Expr, Value] = {}
        self._of_row: dict[tuple[Expr, tuple[str, int]], Value] = {}

    def condition(self, expr: Expr) -> Formula:
        """The formula of a condition."""
        value = self._value(expr)
        if not isinstance(value, Truth):
            raise Unsupported(f"not a condition: {expr}")
        return value.holds

    def _amount(self, expr: Expr) -> Amount:
        value = self._value(expr)
        if not isinstance(value, Amount):
            raise Unsupported(f"not an integer: {expr}")
        return value

    def _day(self, expr: Expr) -> Day:
        value = self._value(expr)
        if not isinstance(value, Day):
            raise Unsupported(f"not a date: {expr}")
        return value

    def _value(self, expr: Expr) -> Value:
        """The value of ``expr``: once for the query, or once for each row where it speaks of one."""
        known = self._closed.get(expr)
        if known is None and self._row is not None:
            known = self._of_row.get((expr, self._row))
            self._at_row |= known is not None
        if known is not None:
            return known
        outside, self._at_row = self._at_row, False
        value = self._encoded(expr)
        if self._at_row and self._row is not None:
            self._of_row[expr, self._row] = value
        else:
            self._closed[expr] = value
        self._at_row |= outside
        return value

    def _encoded(self, expr: Expr) -> Value:
        terms = self._terms
        match expr:
            case Const():
                return _literal(expr)
            case FactRef(name):
                return self._case.fact(name)
            case FieldRef(record, name):
                if self._row is None or self._row[0] != record:
                    raise Unsupported(f"a field outside of its record: {expr}")
                self._at_row = True
                return self._case.field(record, name, self._row[1])
            case ReadingRef(name):
                return self._case.reading(name)
            case Today():
                return self._case.today()
            case InTerritory(territory):
                return Truth(self._case.inside(territory))
            case Not(arg):
                return Truth(terms.neg(self.condition(arg)))
            case And(args):
                return Truth(terms.conj(*map(self.condition, args)))
            case Or(args):
                return Truth(terms.disj(*map(self.condition, args)))
            case Compare():
                return Truth(self._compared(expr))
            case If():
                return self._chosen(expr)
            case Sum(args):
                return self._summed(expr, [self._amount(arg) for arg in args])
            case Times(factor, arg, digits):
                of = self._amount(arg)
                return Amount(terms.times(factor, of.number), of.unit, of.scale + digits, of.defined)
            case ShiftMonths() | ShiftDays() | ShiftWorkdays():
                return self._shifted(expr)
            case RollToWorkday(date):
                return self._within_calendar(self._workweek.rolled(self._day(date)))
            case DaysBetween(start, end):
                return self._distance(self._day(start), self._day(end))
            case AtLeast(threshold, record, where):
                return Truth(self._counted(threshold, self._selected(record, where)))
            case Extreme():
                return self._extreme(expr)
            case _:
                assert_never(expr)

    def _compared(self, expr: Compare) -> Formula:
        """An atom: false where a side is undefined."""
        match self._value(expr.left), self._value(expr.right):
            case Truth(one), Truth(other) if expr.order is Order.EQ:
                return self._terms.same(one, other)
            case Amount() as left, Amount() as right if (left.unit, left.scale) == (right.unit, right.scale):
                atom = self._ordered(expr.order, left.number, right.number)
            case Choice() as left, Choice() as right if left.type == right.type and (
                expr.order is Order.EQ or left.type.ordered
            ):
                atom = self._ordered(expr.order, left.index, right.index)
            case Day() as left, Day() as right:
                atom = self._ordered(
                    expr.order, comparable(left, self._terms), comparable(right, self._terms)
                )
            case _:
                raise Unsupported(f"a comparison of different types, or of one without an order: {expr}")
        return self._terms.conj(left.defined, right.defined, atom)

    def _ordered(self, order: Order, one: Number, other: Number) -> Formula:
        match order:
            case Order.EQ:
                return self._terms.eq(one, other)
            case Order.LT:
                return self._terms.lt(one, other)
            case Order.LE:
                return self._terms.le(one, other)

    def _chosen(self, expr: If) -> Value:
        """One of two values: undefined where that one is."""
        terms, cond = self._terms, self.condition(expr.cond)
        match self._value(expr.then), self._value(expr.orelse):
            case Truth(one), Truth(other):
                return Truth(terms.either(cond, one, other))
            case Amount() as then, Amount() as orelse if (then.unit, then.scale) == (
                orelse.unit,
                orelse.scale,
            ):
                defined = terms.either(cond, then.defined, orelse.defined)
                return Amount(terms.choose(cond, then.number, orelse.number), then.unit, then.scale, defined)
            case Choice() as then, Choice() as orelse if then.type == orelse.type:
                defined = terms.either(cond, then.defined, orelse.defined)
                return Choice(terms.choose(cond, then.index, orelse.index), then.type, defined)
            case Day() as then, Day() as orelse:
                # The number of a branch that is always "no end" has no meaning: take the other's.
                number = terms.choose(
                    cond,
                    orelse.number if then.never is True else then.number,
                    then.number if orelse.never is True else orelse.number,
                )
                never = terms.either(cond, then.never, orelse.never)
                return Day(number, never, terms.either(cond, then.defined, orelse.defined))
            case _:
                raise Unsupported(f"branches of different types: {expr}")

    def _summed(self, expr: Sum, args: list[Amount]) -> Amount:
        if not args or any((arg.unit, arg.scale) != (args[0].unit, args[0].scale) for arg in args):
            raise Unsupported(f"a sum of different units, or of nothing: {expr}")
        number = self._terms.total(*(arg.number for arg in args))
        defined = self._terms.conj(*(arg.defined for arg in args))
        return Amount(number, args[0].unit, args[0].scale, defined)

    # --- Dates -------------------------------------------------------------------------------------

    def _shifted(self, expr: ShiftMonths | ShiftDays | ShiftWorkdays) -> Day:
        day, amount = self._day(expr.date), self._amount(expr.amount)
        unit = {ShiftMonths: "months", ShiftDays: "days", ShiftWorkdays: "workdays"}[type(expr)]
        if (amount.unit, amount.scale) != (unit, 0):
            raise Unsupported(f"a shift by what is not a number of {unit}: {expr}")
        day = Day(day.number, day.never, self._terms.conj(day.defined, amount.defined))
        match expr:
            case ShiftMonths(clip=clip):
                return self._within_calendar(self._gregorian.months_later(day, amount.number, clip))
            case ShiftDays():
                moved = self._terms.total(day.number, amount.number)
                return self._within_calendar(Day(moved, day.never, day.defined))
            case ShiftWorkdays():
                if low(amount.number) < 0:
                    raise Unsupported(f"working days are not counted back: {expr}")
                return self._within_calendar(self._workweek.later(day, amount.number))
            case _:
                assert_never(expr)

    def _within_calendar(self, day: Day) -> Day:
        """``day``, undefined where a shift has left the calendar, of which the semantics says nothing."""
        inside = self._terms.disj(day.never, self._terms.between(FIRST, day.number, LAST))
        return Day(day.number, day.never, self._terms.conj(day.defined, inside))

    def _distance(self, start: Day, end: Day) -> Amount:
        """Calendar days; undefined where a date is "no end", of which the semantics says nothing."""
        terms = self._terms
        number = terms.total(end.number, terms.times(-1, start.number))
        ends = terms.neg(terms.disj(start.never, end.never))
        return Amount(number, "days", 0, terms.conj(start.defined, end.defined, ends))

    # --- Rows --------------------------------------------------------------------------------------

    def _selected(self, record: str, where: Expr) -> list[Formula]:
        """For each slot, whether it is a row that satisfies ``where``."""
        if self._row is not None:
            raise Unsupported(f"rows of {record} are asked for inside of a filter")
        selected = []
        for slot, present in enumerate(self._case.present(record)):
            self._row = (record, slot)
            try:
                selected.append(self._terms.conj(present, self.condition(where)))
            finally:
                self._row = None
        return selected

    def _counted(self, threshold: int, selected: list[Formula]) -> Formula:
        if threshold == 1:
            return self._terms.disj(*selected)
        return self._terms.le(threshold, self._terms.total(*(self._terms.choose(s, 1, 0) for s in selected)))

    def _extreme(self, expr: Extreme) -> Day:
        """The best day among the selected rows so far, row by row; undefined before the first."""
        terms = self._terms
        found = Day(FIRST, defined=False)
        for slot, selected in enumerate(self._selected(expr.record, expr.where)):
            here = self._case.field(expr.record, expr.field, slot)
            if not isinstance(here, Day):
                raise Unsupported(f"not a field of dates: {expr}")
            one, other = (found, here) if expr.latest else (here, found)
            beyond = terms.lt(one.number, other.number)
            better = terms.conj(selected, terms.disj(terms.neg(found.defined), beyond))
            first = found.defined is False
            number = here.number if first else terms.choose(better, here.number, found.number)
            found = Day(number, defined=terms.disj(found.defined, selected))
        return found


def _literal(const: Const) -> Value:
    match const:
        case Const(bool() as value, Boolean()):
            return Truth(value)
        case Const(int() as value, Integer(unit=unit, scale=scale)) if not isinstance(value, bool):
            return Amount(value, unit, scale)
        case Const(str() as value, Enumeration(members=members) as type_) if value in members:
            return Choice(members.index(value), type_)
        case Const(dt.date() as value, Date()) if value.toordinal() == NO_END:
            return Day(FIRST, never=True)
        case Const(dt.date() as value, Date()) if FIRST <= value.toordinal() <= LAST:
            return Day(value.toordinal())
        case _:
            raise Unsupported(f"a literal that is not of its type: {const}")
