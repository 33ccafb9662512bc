"""What the solver adds to an answer that unknown facts leave open: whether they matter, and which to ask."""

from __future__ import annotations

import threading

from attrs import evolve, field, frozen

from guiju.checker.check import DEFAULT_BUDGET
from guiju.compiler import smt, verdicts
from guiju.compiler.verdicts import Verdict
from guiju.decisions.answers import Answering, cited, until_of
from guiju.decisions.artifact import Artifact
from guiju.decisions.completions import Possible, possible_grounds, possible_verdicts
from guiju.decisions.decision import Ask, TopicAnswer, Value
from guiju.decisions.decisive import decisive
from guiju.decisions.incomplete import backend_for
from guiju.decisions.problems import InvalidInput, Problem
from guiju.decisions.values import shown
from guiju.dsl.source import Bilingual


@frozen(eq=False)
class Solver:
    """The solver on one compiled corpus, asked by one thread at a time."""

    artifact: Artifact
    backend: smt.Backend = field(init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False)

    @backend.default
    def _new_backend(self) -> smt.Backend:
        return backend_for(self.artifact.head.frame, DEFAULT_BUDGET)

    def settled(self, asking: Answering, answer: TopicAnswer) -> TopicAnswer:
        """``answer``, which is undetermined, with what holds in all completions of the case.

        The verdict becomes definite where all completions get the same one, and of an outcome the same
        values; else the answer names those that are possible, and the fewest facts that would settle it.

        Raises:
            InvalidInput: No completion is consistent with the assumptions.
        """
        with self._lock:
            return self._settled(asking, answer)

    def _settled(self, asking: Answering, answer: TopicAnswer) -> TopicAnswer:
        corpus = evolve(self.artifact.head.frame, norms=tuple(asking.compiled.norms.values()))
        context = asking.asked.context(asking.case)
        question, defeats = asking.topic.question, self.artifact.head.defeats
        possible = possible_verdicts(question, corpus, defeats, context, self.backend)
        if not possible.verdicts and not possible.undecided:
            raise InvalidInput([_impossible(possible)])
        verdict = possible.definite()
        if verdict is not None:
            sure = possible_grounds(question, corpus, defeats, context, self.backend).certain
            values = _shown(possible, asking)
            return evolve(_definite(asking, answer, verdict, frozenset(sure)), values=values)
        if possible.undecided:
            return evolve(
                answer,
                possible=possible.verdicts,
                possible_values=_shown(possible, asking),
                undecided=possible.undecided,
            )
        asked = decisive(question, corpus, defeats, context, self.backend)
        norms = asking.compiled.norms
        return evolve(
            answer,
            possible=possible.verdicts,
            possible_values=_shown(possible, asking),
            ask=tuple(
                Ask(fact, tuple(cited(norms[id_], corpus) for id_ in asked.matters[fact]))
                for fact in asked.facts
            ),
            ask_is_smallest=asked.minimum,
            undecided=asked.undecided,
        )


def _shown(possible: Possible, asking: Answering) -> tuple[Value | None, ...]:
    """The values of ``possible`` as a caller sees them."""
    outcome = asking.topic.outcome
    type_ = asking.engine.frame.outcomes[outcome].type if outcome is not None else None
    return tuple(None if each is None else shown(each, type_) for each in possible.values)


def _definite(asking: Answering, answer: TopicAnswer, verdict: Verdict, sure: frozenset[str]) -> TopicAnswer:
    """The answer with a verdict that all completions share, resting on norms that stand in each of them."""
    norms = asking.compiled.norms
    resting = frozenset(verdicts.grounds(asking.said().resolution, norms, verdict)) & sure
    every = (*answer.grounds, *answer.others)
    grounds = tuple(g for g in every if g.cited.norm in resting)
    until, without_end = until_of(grounds) if verdict is Verdict.INELIGIBLE else (None, False)
    return evolve(
        answer,
        verdict=verdict,
        grounds=grounds,
        until=until,
        without_end=without_end,
        others=tuple(g for g in every if g.cited.norm in sure and g.cited.norm not in resting),
    )


def _impossible(possible: Possible) -> Problem:
    labels = "；".join(possible.contradicted) or "-"
    return Problem(
        "/case",
        "impossible-case",
        Bilingual(
            f"所给情形不可能：与假定矛盾（{labels}）",
            f"there is no such case: it contradicts what is assumed ({labels})",
        ),
        labels,
    )
