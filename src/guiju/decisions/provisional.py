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
    Context,
    Corpus,
    Expr,
    Extreme,
    Norm,
    RollToWorkday,
    ShiftWorkdays,
    children,
    position_terms,
    walk,
)


def counts_workdays(norm: Norm, frame: Corpus) -> bool:
    """Whether ``norm`` counts working days: in its guard, its dates or its position."""
    parts = (part for term in _terms(norm, frame) for part in walk(term))
    return any(isinstance(part, ShiftWorkdays | RollToWorkday) for part in parts)


def may_change(norm: Norm, frame: Corpus, context: Context, *, known: bool) -> bool:
    """Whether it may still change that ``norm`` applies, or does not, with the position that it has.

    Args:
        norm: One that counts working days.
        frame: What declares its names.
        context: The case, and when, where and how it is looked at.
        known: The case tells whether the norm applies. Where it does not, some term of the norm that the
            case does tell has to rest on such working days.
    """
    blind = evolve(context, published_only=True)
    try:
        if known:
            return reference.applicable(norm, frame, blind) is UNKNOWN
        return any(
            evaluate(part, frame, context) is not UNKNOWN and evaluate(part, frame, blind) is UNKNOWN
            for term in _terms(norm, frame)
            for part in _outside_of_rows(term)
        )
    except OutOfCalendar:
        return True  # no calendar is published for the days beyond ours


def term_may_change(norm: Norm, frame: Corpus, context: Context) -> bool:
    """Whether the position of ``norm``, which applies, may still change."""
    return reference.position(norm, frame, evolve(context, published_only=True)) is UNKNOWN


def _terms(norm: Norm, frame: Corpus) -> tuple[Expr, ...]:
    """What says whether ``norm`` applies, and with what position."""
    instrument = frame.instruments[norm.instrument]
    force = (each for each in (instrument.start, instrument.end) if each is not None)
    return (norm.guard, norm.law_date, *force, *position_terms(norm.position))


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
