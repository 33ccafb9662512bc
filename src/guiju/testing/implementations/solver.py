"""What the solver says of tests: pinned to one case, each can be as the rules say in one way only.

Said are the verdict and the norms that stand. That the verdict is the expected one takes two queries: with
it there must be a case, and without it none.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from guiju.compiler import smt
from guiju.compiler.kernel import Expr, Norm, ReadingRef, binds, conjunction, negation, walk
from guiju.compiler.pinning import pins, within
from guiju.compiler.verdicts import Conditions, Verdict, possible
from guiju.decisions.corpus import Corpus
from guiju.dsl.source import Bilingual
from guiju.testing.implementations.understood import Understood, together, understood
from guiju.testing.running import Failed, Member, Reply, Said, Tell
from guiju.testing.said import unordered
from guiju.testing.suite import Test


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
        pinned = self._pins(asked)
        try:
            verdict = self._verdict(pinned, Verdict(asked.test.expected.verdict))
            if verdict is None:
                zh, en = "求解器没有给出唯一的结论", "the solver finds no verdict that is the only one"
                return Failed(Bilingual(zh, en))
            standing = self._standing(pinned, {each.norm for each in asked.test.expected.norms})
        except _Unanswered as error:
            return Failed(Bilingual(f"求解器未能回答：{error}", f"the solver did not answer: {error}"))
        return Said({Member.VERDICT: verdict.value, Member.STANDING: unordered(standing)})

    def _pins(self, asked: Understood) -> list[Expr]:
        exprs = [*self.verdicts.values(), *self.stands.values()]
        return pins(within(asked.context, exprs), self.backend.corpus)

    def _verdict(self, pinned: list[Expr], expected: Verdict) -> Verdict | None:
        """The verdict that comes out, and no other: the expected one is tried first."""
        for verdict in sorted(self.verdicts, key=lambda word: word is not expected):
            if self._can_be(pinned, self.verdicts[verdict]):
                only = not self._can_be(pinned, negation(self.verdicts[verdict]))
                return verdict if only else None
        return None

    def _standing(self, pinned: list[Expr], expected: set[str]) -> list[str]:
        """The norms that stand: the expected ones, all in one query, else each is asked about."""
        as_expected = [cond if id_ in expected else negation(cond) for id_, cond in self.stands.items()]
        if expected <= self.stands.keys() and self._can_be(pinned, conjunction(*as_expected)):
            return sorted(expected)
        return [id_ for id_, cond in self.stands.items() if self._can_be(pinned, cond)]

    def _can_be(self, pinned: list[Expr], condition: Expr) -> bool:
        found = self.backend.satisfiable([*pinned, condition])
        if isinstance(found, smt.Undecided):
            raise _Unanswered(found.reason)
        return found
