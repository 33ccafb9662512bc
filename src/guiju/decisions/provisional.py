"""Answers that rest on working days of a year for which no calendar is published yet.

The plain week stands in for such a year. What depends on it is found by asking once more, with its working
days unknown: where the answer is then open, it is provisional.
"""

from __future__ import annotations

from attrs import evolve

from guiju.compiler import resolve as reference
from guiju.compiler.days import OutOfCalendar
from guiju.compiler.evaluate import UNKNOWN, evaluate
from guiju.compiler.kernel import (
    AtLeast,
    Combination,
    Context,
    Corpus,
    Expr,
    Extreme,
    Modality,
    Norm,
    RollToWorkday,
    ShiftWorkdays,
    Span,
    children,
    may_contradict,
    position_terms,
)


def norm_may_change(norm: Norm, frame: Corpus, context: Context, *, known: bool) -> bool:
    """Whether it may still change that ``norm`` applies, or does not, with the position that it has.

    Args:
        norm: One that counts working days.
        frame: What declares its names.
        context: The case, and when, where and how it is looked at.
        known: The case tells whether the norm applies. Where it does not, some term of the norm that the
            case does tell has to rest on such working days.
    """
    try:
        if known:
            return reference.applicable(norm, frame, _blind(context)) is UNKNOWN
        return any(_some_part_may_change(term, frame, context) for term in terms_of(norm, frame))
    except OutOfCalendar:
        return True  # no calendar is published for the days beyond ours


def position_may_change(norm: Norm, frame: Corpus, context: Context) -> bool:
    """Whether the position of ``norm``, which applies, may still change."""
    return reference.position(norm, frame, _blind(context)) is UNKNOWN


def value_may_change(term: Expr, frame: Corpus, context: Context) -> bool:
    """Whether the value of ``term``, or what the case leaves open of it, may still change."""
    try:
        if evaluate(term, frame, _blind(context)) is not UNKNOWN:
            return False
        return evaluate(term, frame, context) is not UNKNOWN or _some_part_may_change(term, frame, context)
    except OutOfCalendar:
        return True


def force_may_change(norm: Norm, frame: Corpus, context: Context) -> bool:
    """Whether it may still change that the instrument of ``norm`` is in force for it."""
    blind = reference.in_force(norm, frame, _blind(context))
    return blind is UNKNOWN and reference.in_force(norm, frame, context) is not UNKNOWN


def may_disagree(one: Norm, other: Norm, frame: Corpus, context: Context) -> bool:
    """Whether two norms on one question may turn out to contradict each other, if both apply."""
    if not may_contradict(one, other):
        return False
    match one.position, other.position:
        case Modality(), Modality():
            return one.position is not other.position and Modality.FORBIDDEN in (one.position, other.position)
        case Span(start), Span(another):
            first, second = (evaluate(each, frame, _blind(context)) for each in (start, another))
            same = first == second or UNKNOWN in (first, second)
            return same and frame.combination(one.question) is Combination.SINGLE
        case _:
            differ = one.position != other.position
            return differ and frame.combination(one.question) is Combination.SINGLE


def terms_of(norm: Norm, frame: Corpus) -> tuple[Expr, ...]:
    """What says whether ``norm`` applies, and with what position."""
    instrument = frame.instruments[norm.instrument]
    force = (each for each in (instrument.start, instrument.end) if each is not None)
    return (norm.guard, norm.law_date, *force, *position_terms(norm.position))


def _blind(context: Context) -> Context:
    return evolve(context, published_only=True)


def _some_part_may_change(term: Expr, frame: Corpus, context: Context) -> bool:
    return any(
        evaluate(part, frame, context) is not UNKNOWN and evaluate(part, frame, _blind(context)) is UNKNOWN
        for part in _outside_of_rows(term)
    )


def _outside_of_rows(term: Expr) -> list[Expr]:
    """The parts of ``term`` that count working days, but for those in the condition of a row."""
    found: list[Expr] = []
    pending = [term]
    while pending:
        here = pending.pop()
        if isinstance(here, ShiftWorkdays | RollToWorkday):
            found.append(here)
        if not isinstance(here, AtLeast | Extreme):
            pending.extend(children(here))
    return found
