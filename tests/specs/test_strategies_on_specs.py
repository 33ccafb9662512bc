"""Cases drawn for property tests on the whole corpus: possible, complete, and quick enough to draw."""

from __future__ import annotations

from typing import Any

from hypothesis import Phase, given, settings

from guiju.compiler.verdicts import Verdict
from guiju.decisions.corpus import Corpus
from guiju.testing import cases, requests

#: Nothing is suppressed: drawing must not be filtered, too large or too slow.
STRICT = settings(
    max_examples=60, suppress_health_check=(), phases=[Phase.generate], database=None, derandomize=True
)


def test_every_request_is_answered(deciding: Corpus) -> None:
    """Any question, on any day, at any place."""

    @STRICT
    @given(requests(deciding))
    def ask(request: dict[str, Any]) -> None:
        decision = deciding.decide(**request)
        assert decision.answers[0].verdict is not Verdict.UNDETERMINED

    ask()


def test_the_largest_questions_come_out_in_several_ways(deciding: Corpus) -> None:
    """The assumptions order many dates there, and what is drawn still bars some and not others."""
    largest = sorted(deciding.questions, key=lambda name: -len(deciding.artifact.norms(name)))
    for question in largest[:4]:
        seen = _verdicts(deciding, question)
        assert len(seen) > 1, question
        assert Verdict.UNDETERMINED not in seen


def _verdicts(corpus: Corpus, question: str) -> set[Verdict]:
    seen: set[Verdict] = set()

    @STRICT
    @given(requests(corpus, question))
    def ask(request: dict[str, Any]) -> None:
        seen.add(corpus.decide(**request).answers[0].verdict)

    ask()
    return seen


def test_a_case_about_everything_is_possible(deciding: Corpus) -> None:
    """Several hundred facts at once."""

    @settings(STRICT, max_examples=5)
    @given(cases(deciding))
    def ask(case: dict[str, Any]) -> None:
        for question in list(deciding.questions)[::40]:
            deciding.decide(case, question, on="2026-03-02", at="常州市")

    ask()
