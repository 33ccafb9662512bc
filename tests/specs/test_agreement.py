"""The four backends on random cases of the real corpus; ``benchmarks/agreement.py`` asks many more."""

from __future__ import annotations

from random import Random

import pytest
from agreement import Run

from guiju.compiler.kernel import Norm, Question, binds
from guiju.decisions.corpus import Corpus


def by_question(deciding: Corpus) -> list[tuple[Question, list[Norm]]]:
    """The questions with the most norms first."""
    found: dict[Question, list[Norm]] = {}
    for norm in deciding.kernel.norms:
        if binds(norm):
            found.setdefault(norm.question, []).append(norm)
    return sorted(found.items(), key=lambda pair: -len(pair[1]))


def check(deciding: Corpus, questions: list[tuple[Question, list[Norm]]], cases: int, seed: int) -> Run:
    run = Run(deciding.kernel, deciding.artifact.head.defeats, Random(seed))
    for question, norms in questions:
        run.ask(question, norms, cases)
    assert run.differences == []
    return run


def test_the_questions_with_the_most_norms(deciding: Corpus) -> None:
    """The same norms apply and the same verdict comes out, whoever is asked; several verdicts do come out."""
    run = check(deciding, by_question(deciding)[:8], 12, 4)
    assert len(run.verdicts) >= 4


def test_questions_of_every_kind(deciding: Corpus) -> None:
    """Windows, deadlines, recurrences, values, deeds."""
    kinds: dict[type, tuple[Question, list[Norm]]] = {}
    for question, norms in by_question(deciding):
        kinds.setdefault(type(question), (question, norms))
    check(deciding, list(kinds.values()), 12, 5)


@pytest.mark.slow
def test_every_question(deciding: Corpus) -> None:
    """A few cases of each."""
    check(deciding, by_question(deciding), 25, 6)
