"""Rows whose answer is left open: the solver is asked once for all that are alike where it matters."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

from attrs import define, evolve, field

from guiju.checker.sanctions import mentioned
from guiju.compiler.kernel import NEVER
from guiju.compiler.kernel import Corpus as Frame
from guiju.compiler.verdicts import Verdict
from guiju.decisions.batch.brief import Brief, Outcome, Refused, in_words
from guiju.decisions.batch.rows import Row
from guiju.decisions.cases import Given
from guiju.decisions.corpus import Corpus
from guiju.decisions.decision import TopicAnswer
from guiju.decisions.problems import InvalidInput


@define(eq=False)
class Solving:
    """Asks about incomplete cases, at most ``limit`` different ones.

    Attributes:
        corpus: What is asked.
        question: The topic.
        readings: Choices that differ from the defaults.
        matters: The facts and records that can bear on the answer.
        limit: How many different cases the solver is asked about.
        full: Give each whole decision; then cases are not compared, for no two decisions are alike.
        asked: How many it was.
    """

    corpus: Corpus
    question: str
    readings: Mapping[str, str]
    matters: frozenset[str]
    limit: int
    full: bool = False
    asked: int = 0
    _known: dict[Hashable, Outcome] = field(factory=dict, init=False)

    @property
    def left(self) -> bool:
        """Whether the solver may be asked once more."""
        return self.asked < self.limit

    def outcome(self, row: Row, left_open: Brief) -> Outcome:
        """The answer to ``row``, which is ``left_open`` without the solver."""
        key = None if self.full else (row.on, row.at, _telling(row.given, self.matters))
        found = self._known.get(key)
        if found is not None:
            return found
        if not self.left:
            return evolve(
                left_open, undetermined=f"{left_open.undetermined}; solver not asked", unsolved=True
            )
        self.asked += 1
        try:
            decision = self.corpus.decide(
                row.data, self.question, on=row.on, at=row.at, readings=self.readings
            )
            found = _brief(decision.answer, left_open)
            if self.full:
                return evolve(found, decision=decision.to_dict())
        except InvalidInput as error:
            found = Refused(error.problems)
        if key is not None:
            self._known[key] = found
        return found


def bearing(mentions: Iterable[str], frame: Frame) -> frozenset[str]:
    """``mentions`` and what the assumptions of ``frame`` link with them, however far."""
    found = set(mentions)
    rest = [mentioned([each.expr]) for each in frame.assumptions]
    while linked := [each for each in rest if each & found]:
        found.update(*linked)
        rest = [each for each in rest if each not in linked]
    return frozenset(found)


def _telling(given: Given, matters: frozenset[str]) -> Hashable:
    """What ``given`` says of what matters."""
    case = given.case
    return (
        tuple(sorted((name, value) for name, value in case.facts.items() if name in matters)),
        tuple(
            (name, tuple(tuple(sorted(row.items())) for row in case.records[name]))
            for name in sorted(matters & case.records.keys())
        ),
        given.facts & matters,
    )


def _brief(answer: TopicAnswer, left_open: Brief) -> Brief:
    if answer.verdict is Verdict.UNDETERMINED:
        return evolve(left_open, undetermined=_why(answer) or left_open.undetermined, by_solver=True)
    return Brief(
        verdict=answer.verdict.value,
        grounds=tuple(ground.cited.norm for ground in answer.grounds),
        citations=in_words(ground.cited for ground in answer.grounds),
        until=NEVER if answer.without_end else answer.until,
        values=answer.values,
        by_solver=True,
    )


def _why(answer: TopicAnswer) -> str:
    """What would settle the answer, as far as that is known."""
    parts = {
        "ask": [each.fact for each in answer.ask],
        "possible": [each.value for each in answer.possible],
        "undecided": list(answer.undecided),
    }
    return "; ".join(f"{name}: {', '.join(each)}" for name, each in parts.items() if each)
