"""From kernel expressions to solver terms: the one place where the meaning of each construct is encoded.

A condition becomes a formula, a term a value together with the formula that says when it is defined, as
in ``docs/semantics.md``: an atom with an undefined side is false, ``If`` is undefined where the branch it
takes is, and arithmetic and shifts are undefined where an operand is. Quantifiers over the rows of a
record become one copy for each slot. Equal sub-expressions share one term.

Trusted: the expression type-checks; the slots suffice (``small_model``). What cannot be encoded raises
``Unsupported`` and is never skipped. ``decoder`` is the way back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
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
    children,
)
from guiju.compiler.smt import logic
from guiju.compiler.smt.case import CaseVariables, Member, Term, Truth
from guiju.compiler.smt.dates import Calendar, Day, Whole, compare_numbers
from guiju.compiler.smt.definitions import Definitions, Needs
from guiju.compiler.smt.logic import Formula
from guiju.compiler.smt.workdays import Workdays


class Unsupported(Exception):
    """An expression that the kernel's typing rules exclude: an internal error of whoever built it."""


class Encoder:
    """Encodes expressions of ``corpus`` over the variables of one solver."""

    def __init__(
        self, corpus: Corpus, definitions: Definitions, dates: Calendar, variables: CaseVariables
    ) -> None:
        self._in = definitions
        self._dates = dates
        self._case = variables
        self._workdays = Workdays(definitions, dates, corpus.calendar)
        self._memo: dict[Hashable, tuple[Term, Needs]] = {}
        self._truths: dict[Hashable, tuple[Formula, Needs]] = {}
        self._open: dict[int, tuple[Expr, frozenset[str]]] = {}  # by identity, kept alive
        self._slot: dict[str, int] = {}  # the row that each enclosing quantifier is at

    def condition(self, expr: Expr) -> tuple[Formula, Needs]:
        """The formula of a closed condition, and what it needs."""
        self._in.remember(self._truths, expr, lambda: self._truth(expr))
        return self._truths[expr]

    def _truth(self, expr: Expr) -> Formula:
        term = self._term(expr)
        if not isinstance(term, Truth):
            raise Unsupported(f"not a condition: {expr}")
        return term.value

    def _whole(self, expr: Expr) -> Whole:
        term = self._term(expr)
        if not isinstance(term, Whole):
            raise Unsupported(f"not an integer: {expr}")
        return term

    def _day(self, expr: Expr) -> Day:
        term = self._term(expr)
        if not isinstance(term, Day):
            raise Unsupported(f"not a date: {expr}")
        return term

    def _term(self, expr: Expr) -> Term:
        free = sorted(self._records_of(expr))
        rows = tuple((record, self._slot[record]) for record in free if record in self._slot)
        return self._in.remember(self._memo, (expr, rows), lambda: self._encode(expr))

    def _encode(self, expr: Expr) -> Term:
        match expr:
            case Const():
                return self._literal(expr)
            case FactRef(name):
                return self._case.fact(name)
            case FieldRef(record, field):
                if record not in self._slot:
                    raise Unsupported(f"a field outside its record: {expr}")
                return self._case.field(record, field, self._slot[record])
            case ReadingRef(name):
                return self._case.reading(name)
            case Today():
                return self._case.today()
            case InTerritory(territory):
                return Truth(self._case.inside(territory))
            case Not(arg):
                return Truth(logic.neg(self._truth(arg)))
            case And(args):
                return Truth(logic.conj([self._truth(arg) for arg in args]))
            case Or(args):
                return Truth(logic.disj([self._truth(arg) for arg in args]))
            case Compare(order, left, right):
                return Truth(self._compare(order, self._term(left), self._term(right)))
            case If(cond, then, orelse):
                return self._choose(self._truth(cond), self._term(then), self._term(orelse))
            case Sum(args):
                return _sum([self._whole(arg) for arg in args])
            case Times(factor, arg):
                return _times(factor, self._whole(arg))
            case ShiftMonths() | ShiftDays() | ShiftWorkdays():
                return self._shift(expr)
            case RollToWorkday(date):
                return self._workdays.roll(self._day(date))
            case DaysBetween(start, end):
                return self._dates.days_between(self._day(start), self._day(end))
            case AtLeast(threshold, record, where):
                return Truth(logic.at_least(threshold, self._selected(record, where)))
            case Extreme():
                return self._extreme(expr)
            case _:
                assert_never(expr)

    def _literal(self, const: Const) -> Term:
        match const:
            case Const(bool() as value, Boolean()):
                return Truth(value)
            case Const(int() as value, Integer()) if not isinstance(value, bool):
                return Whole(value, value, value)
            case Const(str() as value, Enumeration(members=members)) if value in members:
                return Member(members.index(value), members)
            case Const(dt.date() as value, Date()):
                return self._dates.literal(value)
            case _:
                raise Unsupported(f"a literal that is not of its type: {const}")

    def _compare(self, order: Order, left: Term, right: Term) -> Formula:
        match left, right:
            case Truth(a), Truth(b) if order is Order.EQ:
                return logic.same(a, b)
            case Whole(), Whole():
                atom = (
                    True if left is right and order is not Order.LT else compare_numbers(order, left, right)
                )
            case Member(), Member():
                atom = compare_numbers(order, *_aligned(left, right))
            case Day(), Day():
                same = left is right and order is not Order.LT
                atom = True if same else self._dates.compare(order, left, right)
            case _:
                raise Unsupported(f"cannot compare {left} with {right}")
        return logic.conj((left.defined, right.defined, atom))

    def _choose(self, cond: Formula, then: Term, orelse: Term) -> Term:
        match then, orelse:
            case Truth(a), Truth(b):
                return Truth(logic.choose_truth(cond, a, b))
            case Whole(), Whole():
                return Whole(
                    logic.choose(cond, then.value, orelse.value),
                    min(then.low, orelse.low),
                    max(then.high, orelse.high),
                    logic.choose_truth(cond, then.defined, orelse.defined),
                )
            case Member(), Member() if then.members == orelse.members:
                return Member(
                    logic.choose(cond, then.value, orelse.value),
                    then.members,
                    logic.choose_truth(cond, then.defined, orelse.defined),
                )
            case Day(), Day():
                return self._dates.choose(cond, then, orelse)
            case _:
                raise Unsupported(f"branches of different types: {then}, {orelse}")

    def _shift(self, expr: ShiftMonths | ShiftDays | ShiftWorkdays) -> Day:
        if isinstance(expr.amount, If):  # a shift by either amount: known amounts are much cheaper
            cond, then, orelse = expr.amount.cond, expr.amount.then, expr.amount.orelse
            return self._day(If(cond, _by(expr, then), _by(expr, orelse)))
        day, amount = self._day(expr.date), self._whole(expr.amount)
        match expr:
            case ShiftMonths(clip=clip):
                return self._dates.shift_months(day, amount, clip)
            case ShiftDays():
                return self._dates.shift_days(day, amount)
            case ShiftWorkdays():
                return self._workdays.shift(day, amount)
            case _:
                assert_never(expr)

    # --- Records -----------------------------------------------------------------------------------

    def _selected(self, record: str, where: Expr) -> list[Formula]:
        """For each slot, whether it is a row that satisfies ``where``."""
        self._case.rows(record)
        # One slot is encoded even where there is none, so that what a term mentions depends on it alone.
        return [
            logic.conj((self._case.present(record, slot), self._truth_at(record, slot, where)))
            for slot in range(max(self._case.slots.get(record, 0), 1))
        ]

    def _truth_at(self, record: str, slot: int, where: Expr) -> Formula:
        outer = self._slot.get(record)
        self._slot[record] = slot
        try:
            return self._truth(where)
        finally:
            if outer is None:
                del self._slot[record]
            else:
                self._slot[record] = outer

    def _extreme(self, expr: Extreme) -> Day:
        """The latest (earliest) selected day: one of them, and none is later (earlier).

        There is such a day wherever a row is selected; elsewhere it is any day, and undefined.
        """
        selected = self._selected(expr.record, expr.where)
        days: list[Day] = []
        for slot in range(len(selected)):
            day = self._case.field(expr.record, expr.field, slot)
            if not isinstance(day, Day):
                raise Unsupported(f"not a date field: {expr}")
            days.append(day)
        exists = logic.disj(selected)
        if exists is False:
            return self._dates.undefined()
        if len(days) == 1:
            return self._dates.defined_where(days[0], exists)
        found = self._dates.extreme(days, selected, expr.latest)
        return self._dates.defined_where(found, exists)

    def _records_of(self, expr: Expr) -> frozenset[str]:
        """The records whose fields stand free in ``expr``."""
        known = self._open.get(id(expr))
        if known is not None:
            return known[1]
        match expr:
            case FieldRef(record):
                found = frozenset((record,))
            case AtLeast(record=record, where=where) | Extreme(record=record, where=where):
                found = self._records_of(where) - {record}
            case _:
                found = frozenset().union(*(self._records_of(child) for child in children(expr)))
        self._open[id(expr)] = (expr, found)
        return found


def _by(expr: ShiftMonths | ShiftDays | ShiftWorkdays, amount: Expr) -> Expr:
    match expr:
        case ShiftMonths(date, _, clip):
            return ShiftMonths(date, amount, clip)
        case ShiftDays(date):
            return ShiftDays(date, amount)
        case ShiftWorkdays(date):
            return ShiftWorkdays(date, amount)
        case _:
            assert_never(expr)


def _sum(args: list[Whole]) -> Whole:
    return Whole(
        logic.total(arg.value for arg in args),
        sum(arg.low for arg in args),
        sum(arg.high for arg in args),
        logic.conj(arg.defined for arg in args),
    )


def _times(factor: int, arg: Whole) -> Whole:
    low, high = sorted((factor * arg.low, factor * arg.high))
    return Whole(logic.times(factor, arg.value), low, high, arg.defined)


def _aligned(left: Member, right: Member) -> tuple[Whole, Whole]:
    if left.members != right.members:
        raise Unsupported(f"members of different enumerations: {left.members}, {right.members}")
    return _index(left), _index(right)


def _index(member: Member) -> Whole:
    at = member.value
    low, high = (at, at) if isinstance(at, int) else (0, len(member.members) - 1)
    return Whole(at, low, high)
