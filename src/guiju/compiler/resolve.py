"""The reference answer to a question: ``docs/semantics.md`` §§5-7, executable.

Which norms are in force and apply, which positions they take, which of them are defeated, what stands, and
what of that conflicts. Like ``evaluate`` it is slow and obvious: it asks every norm of the corpus. It trusts
the ``defeats`` that it is given; ``doctrine`` says where they come from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import combinations

from attrs import frozen

from guiju.compiler.doctrine import Defeat
from guiju.compiler.evaluate import (
    UNDEFINED,
    UNKNOWN,
    NonValue,
    Result,
    Truth,
    all_hold,
    as_day,
    evaluate,
    truth,
)
from guiju.compiler.kernel import (
    Answer,
    Combination,
    Compare,
    Const,
    Context,
    Corpus,
    Date,
    Expr,
    Modality,
    Norm,
    Order,
    Question,
    Span,
    Value,
    WhichValue,
    binds,
    may_contradict,
)

Defeats = Mapping[tuple[str, str], Defeat]  # by the ids of winner and loser


@frozen
class EvaluatedAnswer:
    """A value that was given; None where the text leaves it open."""

    value: Value | None


@frozen
class EvaluatedSpan:
    """A window or a term by its first and last day; ``NEVER`` is the end of an open one."""

    start: dt.date
    end: dt.date


EvaluatedPosition = Modality | EvaluatedAnswer | EvaluatedSpan


@frozen
class Resolution:
    """What the norms say to one question in one context; norms by id, in the order of the corpus.

    Attributes:
        question: what was asked.
        applicable: the norms that apply.
        defeated: those of them that are defeated: one entry for each prevailing norm.
        standing: the others, each with its position: they are the answer.
        conflicts: the pairs among ``standing`` that are incompatible.
        gap: the case is in the domain where the question needs an answer, and nothing answers it.
        undetermined: the norms of which the case does not tell whether they apply, or with what position.
            While there are any, the rest says what is known: more may apply, and more be defeated.
    """

    question: Question
    applicable: tuple[str, ...]
    defeated: tuple[tuple[str, Defeat], ...]
    standing: tuple[tuple[str, EvaluatedPosition], ...]
    conflicts: tuple[tuple[str, str], ...]
    gap: bool
    undetermined: tuple[str, ...]


def in_force(norm: Norm, corpus: Corpus, context: Context) -> Truth:
    """Whether the instrument of ``norm`` is in force on its law date, both ends included.

    A missing first day means in force from ever, a missing last day for ever; never on an undefined date.
    """
    law_date: Expr = norm.law_date if context.law_date is None else Const(context.law_date, Date())
    day = evaluate(law_date, corpus, context)
    if day is UNDEFINED:
        return False
    given: Truth = UNKNOWN if day is UNKNOWN else True  # an unknown day may turn out undefined
    instrument = corpus.instruments[norm.instrument]
    bounds = [
        *([] if instrument.start is None else [Compare(Order.LE, instrument.start, law_date)]),
        *([] if instrument.end is None else [Compare(Order.LE, law_date, instrument.end)]),
    ]
    return all_hold([given, *(truth(evaluate(bound, corpus, context)) for bound in bounds)])


def position(norm: Norm, corpus: Corpus, context: Context) -> EvaluatedPosition | NonValue:
    """The position of ``norm``, evaluated; undefined or unknown where a term of it is."""

    def of(term: Expr) -> Result:
        return evaluate(term, corpus, context)

    match norm.position:
        case Modality():
            return norm.position
        case Answer(value):
            if value is None:
                return EvaluatedAnswer(None)
            found = of(value)
            return found if isinstance(found, NonValue) else EvaluatedAnswer(found)
        case Span(start, end):
            first, last = of(start), of(end)
            if first is UNDEFINED or last is UNDEFINED:
                return UNDEFINED
            if isinstance(first, NonValue) or isinstance(last, NonValue):
                return UNKNOWN
            return EvaluatedSpan(as_day(first), as_day(last))


def applicable(norm: Norm, corpus: Corpus, context: Context) -> Truth:
    """Whether ``norm`` applies: territory, force, guard, and the terms of its position are defined.

    They are looked at in this order, and what comes after a falsity is not evaluated. ``UNKNOWN`` also
    where only a term of the position is unknown. What does not bind never does.
    """
    if not binds(norm) or not corpus.within(context.place, norm.territory):
        return False
    force = in_force(norm, corpus, context)
    if force is False:
        return False
    guard = truth(evaluate(norm.guard, corpus, context))
    if guard is False:
        return False
    taken = position(norm, corpus, context)
    defined: Truth = UNKNOWN if taken is UNKNOWN else taken is not UNDEFINED
    return all_hold((force, guard, defined))


def incompatible(one: EvaluatedPosition, other: EvaluatedPosition, combination: Combination) -> bool:
    """Whether two positions on one question cannot both stand.

    Modalities: forbidden against obliged or permitted. Where answers must agree: different values, and
    spans from the same day to different ones. A value that is left open disagrees with nothing.
    """
    single = combination is Combination.SINGLE
    match one, other:
        case Modality(), Modality():
            return one is not other and Modality.FORBIDDEN in (one, other)
        case EvaluatedAnswer(value), EvaluatedAnswer(another):
            return single and value is not None and another is not None and value != another
        case EvaluatedSpan(start, end), EvaluatedSpan(another_start, another_end):
            return single and start == another_start and end != another_end
        case _:
            return False


def resolve(question: Question, corpus: Corpus, defeats: Defeats, context: Context) -> Resolution:
    """Answer ``question`` in ``context`` by the norms of ``corpus``, of which some defeat others.

    A norm is defeated by an applicable, incompatible norm that prevails over it, whether that one is
    itself defeated or not.
    """
    combination = corpus.combination(question)
    asked = [norm for norm in corpus.norms if norm.question == question]
    applies = {norm.id: applicable(norm, corpus, context) for norm in asked}
    taken: dict[str, EvaluatedPosition] = {}
    for norm in asked:
        found = position(norm, corpus, context) if applies[norm.id] is True else UNKNOWN
        if not isinstance(found, NonValue):
            taken[norm.id] = found
    among = settled({norm.id: norm for norm in asked}, taken, defeats, combination)
    undetermined = tuple(id_ for id_, truth_ in applies.items() if truth_ is UNKNOWN)
    return Resolution(
        question=question,
        applicable=tuple(taken),
        defeated=among.defeated,
        standing=tuple(among.standing.items()),
        conflicts=among.conflicts,
        gap=not among.standing and not undetermined and needs_answer(question, corpus, context) is True,
        undetermined=undetermined,
    )


@frozen
class Settled:
    """Of norms that apply: which are defeated and by what, which stand, and which of these conflict."""

    defeated: tuple[tuple[str, Defeat], ...]
    standing: Mapping[str, EvaluatedPosition]
    conflicts: tuple[tuple[str, str], ...]


def settled(
    norms: Mapping[str, Norm],
    taken: Mapping[str, EvaluatedPosition],
    defeats: Defeats,
    combination: Combination,
) -> Settled:
    """What becomes of norms on one question that apply with the positions ``taken``, if no others did."""

    def contradict(one: str, other: str) -> bool:
        return may_contradict(norms[one], norms[other]) and incompatible(
            taken[one], taken[other], combination
        )

    defeated = tuple(
        (loser, defeats[winner, loser])
        for loser in taken
        for winner in taken
        if (winner, loser) in defeats and contradict(winner, loser)
    )
    losers = {loser for loser, _ in defeated}
    standing = {id_: found for id_, found in taken.items() if id_ not in losers}
    conflicts = ((one, other) for one, other in combinations(standing, 2) if contradict(one, other))
    return Settled(defeated, standing, tuple(conflicts))


def needs_answer(question: Question, corpus: Corpus, context: Context) -> Truth:
    """Whether the case is in the domain where ``question`` is declared to have an answer."""
    if not isinstance(question, WhichValue):
        return False
    domain = corpus.outcomes[question.outcome].domain
    return False if domain is None else truth(evaluate(domain, corpus, context))
