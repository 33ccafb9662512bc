"""The formulas that every query is made of: when a norm is in force, when it applies, when two disagree.

They are ordinary kernel expressions, so the reference evaluator and the solver read the same ones.
Nothing here knows a backend. Trusted: the corpus was built by ``lower``, so names resolve and positions
of one question have one type.
"""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from guiju.compiler.kernel import (
    FALSE,
    TRUE,
    Answer,
    Combination,
    Compare,
    Const,
    Corpus,
    Date,
    DaysBetween,
    Expr,
    FactRef,
    FieldRef,
    If,
    Integer,
    InTerritory,
    Modality,
    Norm,
    Order,
    Position,
    Span,
    Sum,
    Times,
    Today,
    binds,
    conjunction,
    negation,
    position_terms,
)


class Incomparable(ValueError):
    """Two answers to one question are integers of different units, so neither equal nor different.

    The type checker reports it to the drafter; a query that meets it must not be asked.
    """


def defined(term: Expr) -> Expr:
    """The condition under which ``term`` has a value: an atom over an undefined term is false."""
    return TRUE if isinstance(term, (Const, Today)) else Compare(Order.EQ, term, term)


def law_date(norm: Norm, fixed: dt.date | None = None) -> Expr:
    """The date whose law ``norm`` is read under: ``fixed`` where the context gives one."""
    return norm.law_date if fixed is None else Const(fixed, Date())


def in_force(norm: Norm, corpus: Corpus, fixed_law_date: dt.date | None = None) -> Expr:
    """The condition under which the instrument of ``norm`` is in force on its law date, which is defined."""
    instrument = corpus.instruments[norm.instrument]
    date = law_date(norm, fixed_law_date)
    return conjunction(
        defined(date),
        TRUE if instrument.start is None else Compare(Order.LE, instrument.start, date),
        TRUE if instrument.end is None else Compare(Order.LE, date, instrument.end),
    )


def applicable(norm: Norm, corpus: Corpus, fixed_law_date: dt.date | None = None) -> Expr:
    """The condition under which ``norm`` applies (design, section 2): what does not bind never does."""
    if not binds(norm):
        return FALSE
    return conjunction(
        in_force(norm, corpus, fixed_law_date),
        InTerritory(norm.territory),
        norm.guard,
        *(defined(term) for term in position_terms(norm.position)),
    )


def incompatible(p: Position, q: Position, combination: Combination, corpus: Corpus | None = None) -> Expr:
    """The condition under which two positions on one question disagree.

    Args:
        p, q: Positions on the same question, so of the same kind.
        combination: How answers to that question combine.
        corpus: Where the units of facts are declared; without it only those of literals are compared.

    Raises:
        Incomparable: Two values that would have to agree are integers of different units.
    """
    match p, q:
        case Modality(), Modality():
            return TRUE if _opposed(p, q) else FALSE
        case Answer(left), Answer(right) if combination is Combination.SINGLE:
            if left is None or right is None:
                return FALSE
            return _differ(*_comparable(left, right, corpus))
        case Span(start, end), Span(other_start, other_end) if combination is Combination.SINGLE:
            return conjunction(Compare(Order.EQ, start, other_start), _differ(end, other_end))
        case _:
            return FALSE


def _opposed(p: Modality, q: Modality) -> bool:
    """Forbidden contradicts obliged and permitted; what is obliged is permitted."""
    return p is not q and Modality.FORBIDDEN in (p, q)


def _differ(left: Expr, right: Expr) -> Expr:
    if left == right:
        return FALSE
    equal = Compare(Order.EQ, left, right)
    return conjunction(defined(left), defined(right), negation(equal))


def _comparable(left: Expr, right: Expr, corpus: Corpus | None) -> tuple[Expr, Expr]:
    """Both sides at the finer of their scales."""
    a, b = _integer(left, corpus), _integer(right, corpus)
    if a is None or b is None:
        return left, right
    if a.unit != b.unit:
        raise Incomparable(f"one answer is in {a.unit or 'no unit'}, the other in {b.unit or 'no unit'}")
    scale = max(a.scale, b.scale)
    return _rescaled(left, scale - a.scale), _rescaled(right, scale - b.scale)


def _rescaled(term: Expr, digits: int) -> Expr:
    return Times(10**digits, term, digits) if digits else term


def _integer(term: Expr, corpus: Corpus | None) -> Integer | None:
    """The integer type of ``term``, as far as it can be told; None for another type or an unknown one."""
    match term:
        case Const(type=Integer() as found):
            return found
        case FactRef(name) if corpus is not None:
            declared = corpus.facts[name].type
            return declared if isinstance(declared, Integer) else None
        case FieldRef(record, name) if corpus is not None:
            declared = corpus.records[record].fields[name]
            return declared if isinstance(declared, Integer) else None
        case If(_, then, orelse):
            return _integer(then, corpus) or _integer(orelse, corpus)
        case Sum(args):
            return next(filter(None, (_integer(arg, corpus) for arg in args)), None)
        case Times(_, arg, digits):
            term_type = _integer(arg, corpus)
            return evolve(term_type, scale=term_type.scale + digits) if term_type is not None else None
        case DaysBetween():
            return Integer(-100_000, 100_000, "days")
        case _:
            return None
