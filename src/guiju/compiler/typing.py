"""Types of kernel expressions: the rules of ``docs/semantics.md`` §2, executable.

The surface language reports a drafter's mistakes; what reaches the kernel is well typed. This module checks
that it is, for the tests and for the compiler's check of its own output: what it raises is our mistake.
"""

from __future__ import annotations

import datetime as dt
from typing import NoReturn

from guiju.compiler.days import FIRST_DAY, LAST_DAY
from guiju.compiler.kernel import (
    NEVER,
    And,
    Answer,
    AtLeast,
    BarEnd,
    Boolean,
    Compare,
    Const,
    Corpus,
    Date,
    DaysBetween,
    DueBy,
    DueWithin,
    Enumeration,
    Expr,
    Extreme,
    FactRef,
    FieldRef,
    If,
    Integer,
    InTerritory,
    MayDo,
    Modality,
    Norm,
    Not,
    Or,
    Order,
    ReadingRef,
    Recurs,
    RollToWorkday,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    Span,
    Sum,
    Times,
    Today,
    Type,
    Value,
    WhichValue,
)
from guiju.dsl.diagnostics import InternalError

CALENDAR_DAYS = (LAST_DAY - FIRST_DAY).days


class IllTyped(InternalError):
    """A kernel expression breaks a typing rule."""


def check_type(expr: Expr, corpus: Corpus, record: str | None = None) -> Type:
    """The type of ``expr``, with the tightest bounds that its parts show where it is an integer.

    Args:
        expr: an expression of the kernel.
        corpus: what declares its facts, records, readings and territories.
        record: the record that an enclosing quantifier ranges over; None outside of one.

    Raises:
        IllTyped: ``expr`` has no type.
    """

    def of(part: Expr) -> Type:
        return check_type(part, corpus, record)

    def need(part: Expr, wanted: Type) -> Type:
        found = of(part)
        return found if comparable(found, wanted) else _fail(part, f"{found} where {wanted} is needed")

    match expr:
        case Const(type=type_):
            return _check_const(expr, type_)
        case FactRef(name):
            return corpus.facts[name].type if name in corpus.facts else _fail(expr, "no such fact")
        case FieldRef(of_record, name):
            if of_record != record:
                return _fail(expr, f"a field of a row, inside {record}")
            fields = corpus.records[of_record].fields
            return fields[name] if name in fields else _fail(expr, "no such field")
        case ReadingRef(name):
            if name not in corpus.readings:
                return _fail(expr, "no such reading")
            return Enumeration(name, corpus.readings[name].choices)
        case Today():
            return Date()
        case InTerritory(territory):
            return Boolean() if territory in corpus.territories else _fail(expr, "no such territory")
        case Not(arg):
            return need(arg, Boolean())
        case And(args) | Or(args):
            for arg in args:
                need(arg, Boolean())
            return Boolean()
        case Compare(order, left, right):
            compared = need(right, of(left))
            if order is not Order.EQ and not _is_ordered(compared):
                return _fail(expr, f"{compared} has no order")
            return Boolean()
        case If(cond, then, orelse):
            need(cond, Boolean())
            return _join(expr, of(then), of(orelse))
        case Sum(args):
            terms = [_integer(arg, of(arg)) for arg in args]
            if not terms or any(not comparable(terms[0], term) for term in terms):
                return _fail(expr, "terms of different units, or none")
            low, high = sum(term.low for term in terms), sum(term.high for term in terms)
            return Integer(low, high, terms[0].unit, terms[0].scale)
        case Times(factor, arg, digits):
            term = _integer(arg, of(arg))
            low, high = sorted((factor * term.low, factor * term.high))
            return Integer(low, high, term.unit, term.scale + digits)
        case ShiftMonths(date, amount):
            need(amount, Integer(0, 0, "months"))
            return need(date, Date())
        case ShiftDays(date, amount):
            need(amount, Integer(0, 0, "days"))
            return need(date, Date())
        case ShiftWorkdays(date, amount):
            if _integer(amount, need(amount, Integer(0, 0, "workdays"))).low < 0:
                return _fail(expr, "working days are not counted back")
            return need(date, Date())
        case RollToWorkday(date):
            return need(date, Date())
        case DaysBetween(start, end):
            need(start, Date())
            need(end, Date())
            return Integer(-CALENDAR_DAYS, CALENDAR_DAYS, "days")
        case AtLeast(threshold, over, where):
            if threshold < 0:
                return _fail(expr, "a negative threshold")
            _check_filter(expr, over, where, corpus, record)
            return Boolean()
        case Extreme(record=over, field=name, where=where):
            _check_filter(expr, over, where, corpus, record)
            if corpus.records[over].fields.get(name) != Date():
                return _fail(expr, "not a field of dates")
            return Date()


def check_norm(norm: Norm, corpus: Corpus) -> None:
    """Raise ``IllTyped`` unless the parts of ``norm`` have the types that its question asks for."""
    _need(norm.guard, Boolean(), corpus)
    _need(norm.law_date, Date(), corpus)
    match norm.question, norm.position:
        case MayDo(), Modality():
            return
        case BarEnd() | DueBy(), Span(start, end, end_up):
            for day in (start, end) if end_up is None else (start, end, end_up):
                _need(day, Date(), corpus)
        case DueWithin(), Answer(value):
            _check_answer(value, Integer(0, 0, "hours"), corpus)
        case Recurs(unit=unit), Answer(value):
            _check_answer(value, Integer(0, 0, unit), corpus)
        case WhichValue(outcome), Answer(value):
            _check_answer(value, corpus.outcomes[outcome].type, corpus)
        case _:
            raise IllTyped(f"internal error: {norm.id} answers {norm.question} with {norm.position}")


def check_corpus(corpus: Corpus) -> None:
    """Raise ``IllTyped`` unless every expression in ``corpus`` has the type that its place asks for."""
    for instrument in corpus.instruments.values():
        for day in (instrument.start, instrument.end):
            if day is not None:
                _need(day, Date(), corpus)
    for norm in corpus.norms:
        check_norm(norm, corpus)
    statements = [assumption.expr for assumption in corpus.assumptions]
    statements += [claim.expr for claim in corpus.claims]
    statements += [outcome.domain for outcome in corpus.outcomes.values() if outcome.domain is not None]
    for statement in statements:
        _need(statement, Boolean(), corpus)


def comparable(one: Type, other: Type) -> bool:
    """Whether a value of one type may be compared with a value of the other: bounds do not matter."""
    if isinstance(one, Integer) and isinstance(other, Integer):
        return (one.unit, one.scale) == (other.unit, other.scale)
    return one == other


def enumeration_of(expr: Expr, corpus: Corpus) -> Enumeration:
    """The enumeration that a well-typed ``expr`` has its value in, without checking anything."""
    match expr:
        case Const(type=Enumeration() as found):
            return found
        case FactRef(name):
            held = corpus.facts[name].type
        case FieldRef(record, name):
            held = corpus.records[record].fields[name]
        case ReadingRef(name):
            return Enumeration(name, corpus.readings[name].choices)
        case If(then=then):
            return enumeration_of(then, corpus)
        case _:
            return _fail(expr, "not of an enumeration")
    return held if isinstance(held, Enumeration) else _fail(expr, "not of an enumeration")


def _need(expr: Expr, wanted: Type, corpus: Corpus) -> None:
    found = check_type(expr, corpus)
    if not comparable(found, wanted):
        _fail(expr, f"{found} where {wanted} is needed")


def _check_answer(value: Expr | None, wanted: Type, corpus: Corpus) -> None:
    if value is not None:
        _need(value, wanted, corpus)


def _check_const(expr: Const, type_: Type) -> Type:
    return type_ if _is_value(expr.value, type_) else _fail(expr, "a literal that is not of its type")


def _is_value(value: Value, type_: Type) -> bool:
    match type_:
        case Boolean():
            return isinstance(value, bool)
        case Integer(low, high):
            return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
        case Enumeration(members=members):
            return value in members
        case Date():
            return isinstance(value, dt.date) and (value == NEVER or FIRST_DAY <= value <= LAST_DAY)


def _check_filter(expr: Expr, over: str, where: Expr, corpus: Corpus, record: str | None) -> None:
    """Rows are counted and compared outside of filters only: the small-model theorem rests on it."""
    if record is not None:
        _fail(expr, "a quantifier inside another's filter")
    if over not in corpus.records:
        _fail(expr, "no such record")
    if check_type(where, corpus, over) != Boolean():
        _fail(expr, "a filter that is not a condition")


def _is_ordered(type_: Type) -> bool:
    return isinstance(type_, (Integer, Date)) or (isinstance(type_, Enumeration) and type_.ordered)


def _integer(expr: Expr, found: Type) -> Integer:
    return found if isinstance(found, Integer) else _fail(expr, f"{found} where an integer is needed")


def _join(expr: Expr, one: Type, other: Type) -> Type:
    if not comparable(one, other):
        _fail(expr, f"branches of {one} and of {other}")
    if isinstance(one, Integer) and isinstance(other, Integer):
        return Integer(min(one.low, other.low), max(one.high, other.high), one.unit, one.scale)
    return one


def _fail(expr: Expr, why: str) -> NoReturn:
    raise IllTyped(f"internal error: {why}: {expr}")
