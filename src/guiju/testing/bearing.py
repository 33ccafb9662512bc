"""What bears on the answers of some norms, and the plainest that it can be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from attrs import frozen

from guiju.compiler.cone import Cone, symbols
from guiju.compiler.kernel import (
    Boolean,
    Const,
    Corpus,
    Date,
    Enumeration,
    Expr,
    Integer,
    Norm,
    Type,
    Value,
    WhichValue,
    position_terms,
)


@frozen
class Bearing:
    """What some expressions, and the assumptions that they are linked to, speak of; and these assumptions."""

    facts: tuple[str, ...]
    records: tuple[str, ...]
    readings: tuple[str, ...]
    assumptions: tuple[Expr, ...]


def bearing_on(exprs: Sequence[Expr], corpus: Corpus, cone: Cone | None = None) -> Bearing:
    """What bears on ``exprs``; ``cone``: the assumptions of ``corpus``, where that was made before."""
    linked = (cone or Cone.of([each.expr for each in corpus.assumptions])).above(exprs)
    mentioned = symbols([*exprs, *linked])
    return Bearing(
        tuple(name for name in corpus.facts if ("fact", name) in mentioned),
        tuple(name for name in corpus.records if ("record", name) in mentioned),
        tuple(name for name in corpus.readings if ("reading", name) in mentioned),
        tuple(linked),
    )


def spoken(corpus: Corpus) -> list[Expr]:
    """Everything that the answers of the norms of ``corpus`` depend on, and where there must be one."""
    outcomes = {norm.question.outcome for norm in corpus.norms if isinstance(norm.question, WhichValue)}
    domains = (corpus.outcomes[name].domain for name in sorted(outcomes))
    needed = [domain for domain in domains if domain is not None]
    return [*(e for norm in corpus.norms for e in terms(norm, corpus)), *needed]


def terms(norm: Norm, corpus: Corpus) -> list[Expr]:
    """Everything that the answer of ``norm`` depends on."""
    instrument = corpus.instruments[norm.instrument]
    bounds = [bound for bound in (instrument.start, instrument.end) if bound is not None]
    return [norm.guard, norm.law_date, *position_terms(norm.position), *bounds]


def plain_value(type_: Type, today: dt.date) -> Value:
    """The plainest value of ``type_``; a date: ``today``."""
    match type_:
        case Boolean():
            return False
        case Integer(low, high):
            return min(max(0, low), high)
        case Enumeration(members=members):
            return members[0]
        case Date():
            return today


def all_in_force(corpus: Corpus) -> dt.date:
    """The first day of the horizon by which every instrument with a fixed day has come into force."""
    first, last = corpus.horizon
    starts = (each.start.value for each in corpus.instruments.values() if isinstance(each.start, Const))
    return min(last, max([first, *(day for day in starts if isinstance(day, dt.date))]))
