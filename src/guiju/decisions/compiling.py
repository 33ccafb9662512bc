"""From a corpus to what decides: who prevails over whom, and what the check has against a norm.

This is where the solver is needed, once for each version of the corpus.
"""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from guiju.checker import competence, floors, wording
from guiju.checker.ask import Asker
from guiju.checker.check import DEFAULT_BUDGET, digest
from guiju.checker.finding import Finding, Undecided
from guiju.checker.overlaps import overlaps
from guiju.compiler import smt
from guiju.compiler.kernel import Corpus
from guiju.decisions.artifact import Head, to_bytes
from guiju.decisions.decision import Doubt
from guiju.decisions.topics import topics

Progress = Callable[[int, int], None]


class Unsettled(ValueError):
    """The solver's budget did not suffice to tell who prevails: no decision could rest on that."""

    def __init__(self, undecided: tuple[Undecided, ...]) -> None:
        super().__init__("; ".join(each.question for each in undecided))
        self.undecided = undecided


class Vacuous(ValueError):
    """The assumptions contradict each other: there is no case to decide."""


def compile_corpus(corpus: Corpus, budget: int = DEFAULT_BUDGET, progress: Progress | None = None) -> bytes:
    """The artifact of ``corpus`` (``artifact.from_bytes`` reads it).

    Args:
        corpus: Lowered without mistakes.
        budget: The solver's resource limit for each query.
        progress: Told how many of the pairs of norms were compared.

    Raises:
        Unsettled: A query ran out of its budget.
        Vacuous: The assumptions contradict each other.
    """
    asker = Asker(corpus, smt.Backend(corpus, budget))
    if asker.backend.satisfiable([each.expr for each in corpus.assumptions]) is False:
        raise Vacuous("the assumptions contradict each other")
    found = overlaps(asker, progress=progress)
    doubts: dict[str, list[Doubt]] = {}
    for finding in (*competence.findings(asker), *floors.findings(asker)):
        for norm in _of(finding, corpus):
            doubts.setdefault(norm, []).append(Doubt(finding.code, finding.message))
    if asker.undecided:
        raise Unsettled(tuple(asker.undecided))
    by_topic = topics(corpus)
    head = Head(
        digest=digest(corpus),
        engine={"solver": "z3", "solver_version": smt.engine()["version"]},
        frame=evolve(corpus, norms=(), examples=()),
        topics={name: topic for name, (topic, _) in by_topic.items()},
        defeats=found.defeats,
        doubts={norm: tuple(each) for norm, each in doubts.items()},
    )
    return to_bytes(head, {name: norms for name, (_, norms) in by_topic.items()}, corpus)


def _of(finding: Finding, corpus: Corpus) -> list[str]:
    """The norms that a finding is against: those of the first instrument that it names, on its question."""
    against = finding.norms[0].instrument
    rules = {ref.rule for ref in finding.norms if ref.instrument == against}
    return [
        norm.id
        for norm in corpus.norms
        if norm.rule in rules and finding.subject.endswith(wording.subject(norm.question))
    ]
