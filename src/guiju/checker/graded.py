"""Graded answers: sanctions that have an order, what stands on a question, and which of two is the milder.

Each is there twice: as a condition for the solver, and on one case for the replay.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from guiju.checker.candidates import by_question
from guiju.checker.sanctions import of_a_sanction
from guiju.compiler import formulas
from guiju.compiler.evaluate import NonValue
from guiju.compiler.kernel import (
    FALSE,
    Answer,
    BarEnd,
    Combination,
    Compare,
    Const,
    Context,
    Corpus,
    Enumeration,
    Expr,
    Integer,
    Modality,
    Norm,
    Order,
    Position,
    Question,
    Span,
    WhichValue,
    conjunction,
    may_contradict,
    negation,
)
from guiju.compiler.resolve import EvaluatedAnswer, EvaluatedPosition, EvaluatedSpan
from guiju.compiler.resolve import applicable as applies
from guiju.compiler.resolve import incompatible as incompatible_in
from guiju.compiler.resolve import position as position_in


def questions(corpus: Corpus) -> dict[Question, list[Norm]]:
    """The norms on each question whose answers are sanctions with an order."""
    return {q: norms for q, norms in by_question(corpus.norms).items() if _is_graded(q, corpus)}


def _is_graded(question: Question, corpus: Corpus) -> bool:
    if not of_a_sanction(question, corpus):
        return False
    match question:
        case WhichValue(outcome):
            type_ = corpus.outcomes[outcome].type
            return (isinstance(type_, Enumeration) and type_.ordered) or (
                isinstance(type_, Integer) and type_.scale == 0
            )
        case BarEnd(deed, modality):
            return modality == Modality.FORBIDDEN.value and deed.bearer in corpus.entities
        case _:
            return False


def milder(one: Position, other: Position) -> Expr:
    """The condition that ``one`` is milder than ``other``; of bars, only where they begin on the same day."""
    match one, other:
        case Answer(left), Answer(right) if left is not None and right is not None:
            if isinstance(left, Const) and isinstance(right, Const) and not _less(left, right):
                return FALSE
            return Compare(Order.LT, left, right)
        case Span(start, end), Span(other_start, other_end):
            return conjunction(Compare(Order.EQ, start, other_start), Compare(Order.LT, end, other_end))
        case _:
            return FALSE


def milder_in(one: EvaluatedPosition, other: EvaluatedPosition, question: Question, corpus: Corpus) -> bool:
    """The same of two positions on ``question`` in one case."""
    match one, other:
        case EvaluatedAnswer(str() as left), EvaluatedAnswer(str() as right):
            assert isinstance(question, WhichValue)
            type_ = corpus.outcomes[question.outcome].type
            assert isinstance(type_, Enumeration)
            return type_.members.index(left) < type_.members.index(right)
        case EvaluatedAnswer(int() as left), EvaluatedAnswer(int() as right):
            return left < right
        case EvaluatedSpan(start, end), EvaluatedSpan(other_start, other_end):
            return start == other_start and end < other_end
        case _:
            return False


@frozen
class Standing:
    """What stands on questions where some norms prevail over others: ``winners`` by the id of the loser."""

    corpus: Corpus
    winners: Mapping[str, Sequence[Norm]]

    @classmethod
    def under(cls, defeats: Iterable[tuple[str, str]], corpus: Corpus) -> Standing:
        """By pairs of winner and loser."""
        by_id = {norm.id: norm for norm in corpus.norms}
        found: dict[str, list[Norm]] = {}
        for winner, loser in defeats:
            found.setdefault(loser, []).append(by_id[winner])
        return cls(corpus, found)

    def of(self, norm: Norm) -> Expr:
        """The condition that ``norm`` applies and none that prevails over it does with another answer."""
        prevailing = [
            negation(conjunction(formulas.applicable(winner, self.corpus), self._against(winner, norm)))
            for winner in self.winners.get(norm.id, ())
            if may_contradict(winner, norm)
        ]
        return conjunction(formulas.applicable(norm, self.corpus), *prevailing)

    def among(self, norms: Sequence[Norm], context: Context) -> dict[str, EvaluatedPosition]:
        """Which of ``norms`` stand in ``context``, with their positions, by id."""
        taken: dict[str, EvaluatedPosition] = {}
        for norm in norms:
            found = position_in(norm, self.corpus, context)
            if applies(norm, self.corpus, context) is True and not isinstance(found, NonValue):
                taken[norm.id] = found
        return {
            norm.id: taken[norm.id]
            for norm in norms
            if norm.id in taken
            and not any(
                w.id in taken
                and may_contradict(w, norm)
                and incompatible_in(taken[w.id], taken[norm.id], Combination.SINGLE)
                for w in self.winners.get(norm.id, ())
            )
        }

    def _against(self, winner: Norm, loser: Norm) -> Expr:
        return formulas.incompatible(winner.position, loser.position, Combination.SINGLE, self.corpus)


def _less(left: Const, right: Const) -> bool:
    match left, right:
        case Const(str() as a, Enumeration(members=members)), Const(str() as b, _):
            return members.index(a) < members.index(b)
        case Const(int() as a, _), Const(int() as b, _):
            return a < b
        case Const(dt.date() as a, _), Const(dt.date() as b, _):
            return a < b
        case _:
            return True
