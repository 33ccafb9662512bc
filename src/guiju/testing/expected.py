"""What the rules say of a case, by the reference evaluator alone: what a test expects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from guiju.compiler import verdicts
from guiju.compiler.combining import combined
from guiju.compiler.evaluate import NonValue
from guiju.compiler.kernel import (
    NEVER,
    BarEnd,
    Context,
    Corpus,
    DueBy,
    DueWithin,
    Modality,
    Norm,
    Question,
    Recurs,
    Span,
    Today,
    WhichValue,
)
from guiju.compiler.resolve import (
    Defeats,
    EvaluatedAnswer,
    EvaluatedPosition,
    EvaluatedSpan,
    Resolution,
    position,
    resolve,
)
from guiju.compiler.verdicts import Verdict
from guiju.decisions.decision import Value
from guiju.decisions.topics import Topic
from guiju.decisions.values import shown
from guiju.dsl.diagnostics import InternalError
from guiju.testing.suite import Expected, Stood

Days = tuple[dt.date | None, dt.date | None]


def expected(
    topic: Topic, norms: Sequence[Norm], corpus: Corpus, defeats: Defeats, context: Context
) -> Expected:
    """The answer of ``norms``, which are those of ``topic``, in ``context``, which is complete.

    Raises:
        InternalError: The case leaves something open.
    """
    said = {
        question: resolve(question, evolve(corpus, norms=among), defeats, context)
        for question, among in by_question(norms).items()
    }
    for each in said.values():
        if each.undetermined:
            raise InternalError(f"internal error: a test leaves open {each.undetermined}: {context}")
    main = said.get(topic.question) or resolve(topic.question, evolve(corpus, norms=()), defeats, context)
    return _Answer(topic, {norm.id: norm for norm in norms}, corpus, context, said, main).expected()


def by_question(norms: Sequence[Norm]) -> dict[Question, tuple[Norm, ...]]:
    """``norms`` by the question that they answer, in their order."""
    found: dict[Question, list[Norm]] = {}
    for norm in norms:
        found.setdefault(norm.question, []).append(norm)
    return {question: tuple(each) for question, each in found.items()}


@frozen(eq=False)
class _Answer:
    topic: Topic
    norms: Mapping[str, Norm]
    corpus: Corpus
    context: Context
    said: Mapping[Question, Resolution]
    main: Resolution

    def expected(self) -> Expected:
        verdict = verdicts.verdict(self.main, self.norms)
        resting = verdicts.grounds(self.main, self.norms, verdict)
        stood = tuple(self._stood(id_, taken, id_ in resting) for id_, taken in self.main.standing)
        until: dt.date | None = None
        if verdict is Verdict.INELIGIBLE:
            windows = [each.window for each in stood if each.ground]
            ends = [window[1] for window in windows if window is not None and window[1] is not None]
            until = max(ends) if ends and len(ends) == len(windows) else None
        values: tuple[Value | None, ...] = ()
        if self.topic.outcome is not None:
            standing = [taken for _, taken in self.main.standing]
            values = tuple(self._value(each) for each in combined(standing, self.topic.question, self.corpus))
        return Expected(
            verdict=verdict.value,
            values=values,
            until=until,
            gap=self.main.gap,
            norms=stood,
            defeated=tuple(self._defeated()),
        )

    def _stood(self, id_: str, taken: EvaluatedPosition, ground: bool) -> Stood:
        rule = self.norms[id_].rule
        word = taken.value if isinstance(taken, Modality) else "value"
        found = Stood(id_, word, ground, value=self._value(taken), window=self._window(rule))
        if taken is not Modality.OBLIGED:
            return found
        return evolve(found, due=self._due(rule), hours=self._hours(rule), every=self._every(rule))

    def _window(self, rule: str) -> Days | None:
        """The window of ``rule`` itself."""
        own = [id_ for said in self._of(BarEnd) for id_ in said.applicable if self.norms[id_].rule == rule]
        return self._days(own[-1], own[-1]) if own else None

    def _due(self, rule: str) -> Days | None:
        """The term of ``rule``, or the one that prevails over it; a day that the text names stays."""
        for said in reversed(self._of(DueBy)):
            own = [id_ for id_ in said.applicable if self.norms[id_].rule == rule]
            if own:
                winners = {loser: defeat.winner for loser, defeat in said.defeated}
                prevailing = own[-1] if self._is_fixed(own[-1]) else winners.get(own[-1], own[-1])
                return self._days(own[-1], prevailing)
        return None

    def _days(self, own: str, prevailing: str) -> Days:
        span = position(self.norms[prevailing], self.corpus, self.context)
        if not isinstance(span, EvaluatedSpan):
            raise InternalError(f"internal error: {prevailing} applies without a window")
        first = None if self._is_fixed(own) else span.start
        return first, None if span.end == NEVER else span.end

    def _hours(self, rule: str) -> int | None:
        for said in self._of(DueWithin):
            for value in self._answers(said, rule):
                return int(str(value))
        return None

    def _every(self, rule: str) -> str | None:
        for said in self._of(Recurs):
            assert isinstance(said.question, Recurs)
            for value in self._answers(said, rule):
                return f"{value} {said.question.unit}"
        return None

    def _answers(self, said: Resolution, rule: str) -> list[Value]:
        """What the norms of ``rule`` among those that stand say to that question."""
        return [
            taken.value
            for id_, taken in said.standing
            if self.norms[id_].rule == rule and isinstance(taken, EvaluatedAnswer) and taken.value is not None
        ]

    def _of(self, kind: type[Question]) -> list[Resolution]:
        return [said for question, said in self.said.items() if isinstance(question, kind)]

    def _defeated(self) -> list[str]:
        found = [loser for loser, _ in self.main.defeated]
        for said in (*self._of(BarEnd), *self._of(DueBy)):
            found += [
                loser
                for loser, defeat in said.defeated
                if not (self._is_fixed(loser) and self._is_fixed(defeat.winner))
            ]
        return list(dict.fromkeys(found))

    def _is_fixed(self, id_: str) -> bool:
        """Whether a norm gives a day that the text names, counted from no event."""
        given = self.norms[id_].position
        return isinstance(given, Span) and given.start == Today()

    def _value(self, taken: EvaluatedPosition | NonValue) -> Value | None:
        if not isinstance(taken, EvaluatedAnswer) or taken.value is None:
            return None
        question = self.topic.question
        type_ = self.corpus.outcomes[question.outcome].type if isinstance(question, WhichValue) else None
        return shown(taken.value, type_)
