"""Verdicts: the answer to one question in one word, from what stands and as a condition on the case.

``verdict`` reads a resolution; ``Conditions`` says in the kernel when a verdict comes out, so that the solver
can be asked whether it can. Both are ``docs/semantics.md`` §7.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from attrs import frozen

from guiju.compiler import formulas
from guiju.compiler.kernel import (
    FALSE,
    Answer,
    Corpus,
    Expr,
    MayDo,
    Modality,
    Norm,
    Question,
    Strength,
    binds,
    conjunction,
    disjunction,
    may_contradict,
    negation,
)
from guiju.compiler.resolve import Defeats, EvaluatedAnswer, EvaluatedPosition, Resolution


class Verdict(enum.Enum):
    """The answer to a question in one word.

    Whether a deed may be done: ELIGIBLE (nothing that stands forbids it), INELIGIBLE (something does),
    DISCRETIONARY (what forbids it leaves room: in principle, or an authority may). Which value: ANSWERED,
    DISCRETIONARY (the value is left open, or may be given), SILENT (nothing answers). Either: IN_CONFLICT
    (incompatible positions stand) and UNDETERMINED (the case does not tell).
    """

    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    DISCRETIONARY = "discretionary"
    ANSWERED = "answered"
    SILENT = "silent"
    IN_CONFLICT = "in_conflict"
    UNDETERMINED = "undetermined"


def possible(question: Question) -> tuple[Verdict, ...]:
    """The verdicts that a complete case can get on ``question``."""
    if isinstance(question, MayDo):
        return (Verdict.ELIGIBLE, Verdict.INELIGIBLE, Verdict.DISCRETIONARY, Verdict.IN_CONFLICT)
    return (Verdict.ANSWERED, Verdict.DISCRETIONARY, Verdict.SILENT, Verdict.IN_CONFLICT)


def verdict(resolution: Resolution, norms: Mapping[str, Norm]) -> Verdict:
    """The verdict of ``resolution``; UNDETERMINED where the case leaves open whether some norm applies.

    Args:
        resolution: What the norms say to one question.
        norms: The norms of that question by id.
    """
    if resolution.undetermined:
        return Verdict.UNDETERMINED
    standing = [(norms[id_], taken) for id_, taken in resolution.standing]
    return of_standing(resolution.question, standing, bool(resolution.conflicts))


def of_standing(
    question: Question, standing: Iterable[tuple[Norm, EvaluatedPosition]], conflict: bool
) -> Verdict:
    """The verdict where these norms stand; ``conflict``: two of them are incompatible."""
    if conflict:
        return Verdict.IN_CONFLICT
    strict, lenient = False, False
    for norm, taken in standing:
        if not _speaks(question, taken):
            continue
        left_open = isinstance(taken, EvaluatedAnswer) and taken.value is None
        if norm.strength is Strength.STRICT and not left_open:
            strict = True
        else:
            lenient = True
    firm, soft, none = _words(question)
    return firm if strict else soft if lenient else none


@frozen
class Conditions:
    """When each verdict on one question comes out, as kernel expressions.

    Args:
        question: What is asked.
        corpus: Its norms are those that count.
        defeats: Which of them prevail over which.
        law_date: Overrides each norm's own law date.
    """

    question: Question
    corpus: Corpus
    defeats: Defeats
    law_date: dt.date | None = None

    def of(self, verdict: Verdict) -> Expr:
        """The condition under which ``verdict`` comes out of a complete case."""
        if verdict not in possible(self.question):
            return FALSE
        conflict = disjunction(*self._conflicts())
        if verdict is Verdict.IN_CONFLICT:
            return conflict
        strict = disjunction(*(self.stands(n) for n in self._norms() if self._is_strict(n)))
        lenient = disjunction(*(self.stands(n) for n in self._norms() if self._is_lenient(n)))
        firm, soft, _ = _words(self.question)
        peace = negation(conflict)
        if verdict is firm:
            return conjunction(peace, strict)
        if verdict is soft:
            return conjunction(peace, negation(strict), lenient)
        return conjunction(peace, negation(strict), negation(lenient))

    def stands(self, norm: Norm) -> Expr:
        """The condition under which ``norm`` applies and nothing that applies defeats it."""
        beaten = [
            conjunction(self.applies(other), self._incompatible(other, norm))
            for other in self._norms()
            if (other.id, norm.id) in self.defeats and may_contradict(other, norm)
        ]
        return conjunction(self.applies(norm), negation(disjunction(*beaten)))

    def applies(self, norm: Norm) -> Expr:
        """The condition under which ``norm`` applies."""
        return formulas.applicable(norm, self.corpus, self.law_date)

    def _norms(self) -> list[Norm]:
        return [norm for norm in self.corpus.norms if norm.question == self.question and binds(norm)]

    def _conflicts(self) -> Iterator[Expr]:
        for one, other in combinations(self._norms(), 2):
            if may_contradict(one, other):
                clash = self._incompatible(one, other)
                if clash != FALSE:
                    yield conjunction(self.stands(one), self.stands(other), clash)

    def _incompatible(self, one: Norm, other: Norm) -> Expr:
        combination = self.corpus.combination(self.question)
        return formulas.incompatible(one.position, other.position, combination, self.corpus)

    def _is_strict(self, norm: Norm) -> bool:
        return self._counts(norm) and norm.strength is Strength.STRICT and norm.position != Answer(None)

    def _is_lenient(self, norm: Norm) -> bool:
        return self._counts(norm) and not self._is_strict(norm)

    def _counts(self, norm: Norm) -> bool:
        return not isinstance(self.question, MayDo) or norm.position is Modality.FORBIDDEN


def _speaks(question: Question, taken: EvaluatedPosition) -> bool:
    """Whether a position bears on the verdict: on a deed only what forbids it does, on a value each."""
    return not isinstance(question, MayDo) or taken is Modality.FORBIDDEN


def _words(question: Question) -> tuple[Verdict, Verdict, Verdict]:
    """The verdict where something firm stands, where only something lenient does, and where nothing does."""
    if isinstance(question, MayDo):
        return Verdict.INELIGIBLE, Verdict.DISCRETIONARY, Verdict.ELIGIBLE
    return Verdict.ANSWERED, Verdict.DISCRETIONARY, Verdict.SILENT


def grounds(resolution: Resolution, norms: Mapping[str, Norm], verdict: Verdict) -> tuple[str, ...]:
    """The norms among those that stand which ``verdict`` rests on.

    Of a bar those that forbid as firmly as the verdict says; where nothing bars, those that permit or demand;
    of a conflict both sides; of a value, and while the case leaves something open, all.
    """
    standing = [(norms[id_], taken) for id_, taken in resolution.standing]
    if verdict is Verdict.IN_CONFLICT:
        clashing = {id_ for pair in resolution.conflicts for id_ in pair}
        return tuple(norm.id for norm, _ in standing if norm.id in clashing)
    if verdict is Verdict.INELIGIBLE:
        return tuple(n.id for n, p in standing if p is Modality.FORBIDDEN and n.strength is Strength.STRICT)
    if verdict is Verdict.DISCRETIONARY and isinstance(resolution.question, MayDo):
        return tuple(norm.id for norm, taken in standing if taken is Modality.FORBIDDEN)
    return tuple(norm.id for norm, _ in standing)
