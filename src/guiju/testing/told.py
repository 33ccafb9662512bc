"""What some rules say of one case, and would say with a mistake in them: quickly, for many mistakes."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from guiju.compiler import verdicts
from guiju.compiler.combining import combined
from guiju.compiler.evaluate import NonValue
from guiju.compiler.kernel import Context, Norm, Question
from guiju.compiler.resolve import EvaluatedPosition, Resolution, Settled, position, settled
from guiju.compiler.verdicts import Verdict
from guiju.dsl.diagnostics import InternalError
from guiju.testing.expected import expected
from guiju.testing.mutant import Mutant
from guiju.testing.rules import Rules
from guiju.testing.seen import Seen
from guiju.testing.suite import Expected


@frozen
class Outcome:
    """What an answer to one question comes to, whatever norms give it."""

    verdict: Verdict
    values: frozenset[EvaluatedPosition]


@frozen
class Shown:
    """All of an answer to one question: the outcome and what it rests on, what stands, what is defeated."""

    outcome: Outcome
    grounds: tuple[str, ...]
    standing: Mapping[str, EvaluatedPosition]
    defeated: frozenset[str]


@frozen(eq=False)
class Told:
    """One case of a topic, with what ``rules`` say of it."""

    rules: Rules
    context: Context
    seen: Seen = field(init=False)
    _taken: dict[Question, Mapping[str, EvaluatedPosition]] = field(factory=dict, init=False)
    _expected: list[Expected] = field(factory=list, init=False)

    @seen.default
    def _looked_at(self) -> Seen:
        return Seen(self.rules.corpus, self.context)

    def differs(self, mutant: Mutant, mistaken: Rules) -> tuple[bool, bool]:
        """Whether ``mutant`` gives another answer here; and whether it is another verdict or value.

        Args:
            mutant: The mistake.
            mistaken: The rules with it.
        """
        question = mutant.question
        right, wrong = self.taken(question), self._mistaken(mutant, mistaken)
        norm = mutant.norm
        if norm is not None and right.get(norm.id) == wrong.get(norm.id):
            mine = next(each for each in self.rules.asked(question) if each.id == norm.id)
            if mine.strength is norm.strength:
                return False, False
        if question != self.rules.topic.question:
            return self._differs_beside(mistaken)
        one, other = self._answer(question, right, self.rules), self._answer(question, wrong, mistaken)
        return one != other, one.outcome != other.outcome

    def taken(self, question: Question) -> Mapping[str, EvaluatedPosition]:
        """The norms on ``question`` that apply, with their positions."""
        found = self._taken.get(question)
        if found is None:
            found = self._taken[question] = {
                norm.id: taken
                for norm in self.rules.asked(question)
                if (taken := self._position(norm, self.rules)) is not None
            }
        return found

    def expected(self) -> Expected:
        """What a test of this case expects."""
        if not self._expected:
            self._expected.append(_expected(self.rules, self.context))
        return self._expected[0]

    def _mistaken(self, mutant: Mutant, mistaken: Rules) -> Mapping[str, EvaluatedPosition]:
        right = self.taken(mutant.question)
        if mutant.norm is None:
            return right
        taken = self._position(mutant.norm, mistaken)
        found = {id_: each for id_, each in right.items() if id_ != mutant.norm.id}
        return found if taken is None else {**found, mutant.norm.id: taken}

    def _position(self, norm: Norm, rules: Rules) -> EvaluatedPosition | None:
        """What ``norm`` gives; None where it does not apply."""
        if not self.seen.holds(rules.applies(norm)):
            return None
        taken = position(norm, rules.corpus, self.context)
        if isinstance(taken, NonValue):
            raise InternalError(f"internal error: {norm.id} applies without a position")
        return taken

    def _answer(self, question: Question, taken: Mapping[str, EvaluatedPosition], rules: Rules) -> Shown:
        norms = {norm.id: norm for norm in rules.asked(question)}
        ordered = {id_: taken[id_] for id_ in norms if id_ in taken}
        combination = rules.corpus.combination(question)
        found: Settled = settled(norms, ordered, rules.defeats, combination)
        standing = [(norms[id_], each) for id_, each in found.standing.items()]
        verdict = verdicts.of_standing(question, standing, bool(found.conflicts))
        values = combined(found.standing.values(), question, rules.corpus)
        positions, applying = tuple(found.standing.items()), tuple(ordered)
        said = Resolution(question, applying, found.defeated, positions, found.conflicts, False, ())
        return Shown(
            Outcome(verdict, frozenset(values)),
            verdicts.grounds(said, norms, verdict),
            found.standing,
            frozenset(loser for loser, _ in found.defeated),
        )

    def _differs_beside(self, mistaken: Rules) -> tuple[bool, bool]:
        """The same for a question beside the topic's own: only what an answer shows counts."""
        one, other = self.expected(), _expected(mistaken, self.context)
        return one != other, _days(one) != _days(other)


def _expected(rules: Rules, context: Context) -> Expected:
    return expected(rules.topic, rules.corpus.norms, rules.corpus, rules.defeats, context)


def _days(said: Expected) -> tuple[object, ...]:
    given = {(each.window, each.due, each.hours, each.every) for each in said.norms}
    return said.verdict, said.values, said.until, frozenset(given)
