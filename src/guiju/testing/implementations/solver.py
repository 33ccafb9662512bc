"""What the solver says of tests: pinned to one case, each can be as the rules say in one way only.

Said are the verdict and the norms that stand. That they are the expected ones takes two queries: with them
there must be a case, and without them none.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from guiju.compiler import smt
from guiju.compiler.kernel import FALSE, Expr, Norm, ReadingRef, binds, conjunction, negation, walk
from guiju.compiler.pinning import pins, within
from guiju.compiler.verdicts import Conditions, Verdict, possible
from guiju.decisions.corpus import Corpus
from guiju.dsl.source import Bilingual
from guiju.testing.implementations.understood import Understood, together, understood
from guiju.testing.running import Failed, Member, Reply, Said, Tell
from guiju.testing.said import unordered
from guiju.testing.suite import Expected, Test


@frozen(eq=False)
class Solver:
    """Asks Z3 about the norms of ``rules``. ``budget``: its resource limit for each query; 0: none."""

    rules: Corpus
    budget: int = 0

    def __call__(self, tests: Sequence[Test], tell: Tell) -> None:
        asked = understood(self.rules, tests, tell)
        for group in together(asked, lambda each: (each.topic.name, each.context.law_date)).values():
            topic = _Topic.of(self.rules, group[0], self.budget)
            topic.make_room(group)
            for each in group:
                tell(each.number, topic.reply(each))


class _Unanswered(Exception):
    """The budget ended first."""


@frozen(eq=False)
class _Topic:
    """One topic, under the law of one date.

    Attributes:
        verdicts: When each verdict comes out.
        stands: When each norm on the question stands.
        backend: The solver. Its corpus has the readings only that these depend on.
    """

    verdicts: dict[Verdict, Expr]
    stands: dict[str, Expr]
    backend: smt.Backend

    @staticmethod
    def of(rules: Corpus, asked: Understood, budget: int) -> _Topic:
        topic = asked.topic
        norms: tuple[Norm, ...] = rules.artifact.norms(topic.name)
        corpus = evolve(rules.declarations, norms=norms)
        conditions = Conditions(topic.question, corpus, rules.artifact.head.defeats, asked.context.law_date)
        verdicts = {word: conditions.of(word) for word in possible(topic.question)}
        stands = {
            norm.id: conditions.stands(norm)
            for norm in norms
            if norm.question == topic.question and binds(norm)
        }
        exprs = [*verdicts.values(), *stands.values()]
        used = {e.name for expr in exprs for e in walk(expr) if isinstance(e, ReadingRef)}
        spoken = evolve(corpus, readings={n: each for n, each in corpus.readings.items() if n in used})
        return _Topic(verdicts, stands, smt.Backend(spoken, budget, assumptions=()))

    def make_room(self, group: Sequence[Understood]) -> None:
        """For the rows of all of them at once: a session that grows encodes everything anew."""
        self.backend.reserve([*self._pins(each), *self.verdicts.values()] for each in group)

    def reply(self, asked: Understood) -> Reply:
        """What the solver says of one test."""
        pinned, expected = self._pins(asked), asked.test.expected
        verdict: Verdict | None = Verdict(expected.verdict)
        standing = [each.norm for each in expected.norms]
        try:
            if not self._must_be(pinned, self._answer(expected)):
                verdict, standing = self._verdict(pinned), self._standing(pinned)
        except _Unanswered as error:
            return Failed(Bilingual(f"求解器未能回答：{error}", f"the solver did not answer: {error}"))
        if verdict is None:
            zh, en = "求解器没有给出唯一的结论", "the solver finds no verdict that is the only one"
            return Failed(Bilingual(zh, en))
        return Said({Member.VERDICT: verdict.value, Member.STANDING: unordered(standing)})

    def _pins(self, asked: Understood) -> list[Expr]:
        exprs = [*self.verdicts.values(), *self.stands.values()]
        return pins(within(asked.context, exprs), self.backend.corpus)

    def _answer(self, expected: Expected) -> Expr:
        """That the verdict is the expected one, and what stands as well."""
        standing = {each.norm for each in expected.norms}
        verdict = self.verdicts.get(Verdict(expected.verdict), FALSE)
        if not standing <= self.stands.keys():
            return FALSE
        stands = (each if id_ in standing else negation(each) for id_, each in self.stands.items())
        return conjunction(verdict, *stands)

    def _verdict(self, pinned: list[Expr]) -> Verdict | None:
        """The verdict that comes out, where no other can."""
        return next((word for word, cond in self.verdicts.items() if self._must_be(pinned, cond)), None)

    def _standing(self, pinned: list[Expr]) -> list[str]:
        """The norms that stand."""
        return [id_ for id_, condition in self.stands.items() if self._can_be(pinned, condition)]

    def _must_be(self, pinned: list[Expr], condition: Expr) -> bool:
        """Whether there is a case with ``condition``, and none without."""
        return self._can_be(pinned, condition) and not self._can_be(pinned, negation(condition))

    def _can_be(self, pinned: list[Expr], condition: Expr) -> bool:
        found = self.backend.satisfiable([*pinned, condition])
        if isinstance(found, smt.Undecided):
            raise _Unanswered(found.reason)
        return found
