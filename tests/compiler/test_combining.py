"""Several positions that stand as one answer: the strictest, the mildest, or each of them once."""

from __future__ import annotations

import datetime as dt

import pytest
from attrs import evolve

from guiju.compiler.combining import combined
from guiju.compiler.kernel import (
    NEVER,
    BarEnd,
    Combination,
    Corpus,
    Deed,
    MayDo,
    Modality,
    Outcome,
    Question,
    Value,
    WhichValue,
)
from guiju.compiler.resolve import EvaluatedAnswer, EvaluatedPosition, EvaluatedSpan
from strategies import AMOUNT, DATE, KIND, SCALE, VOCABULARY

EARLY, LATE = dt.date(2024, 2, 29), dt.date(2024, 3, 1)
BID = BarEnd(Deed("party", "bid"))  # of several windows the one that ends last


def answers(*given: Value | None) -> list[EvaluatedPosition]:
    return [EvaluatedAnswer(value) for value in given]


def a_corpus(combination: Combination) -> Corpus:
    """Outcomes of each kind that combine in one way."""
    types = {"sum": AMOUNT, "day": DATE, "scale": SCALE, "kind": KIND}
    return evolve(VOCABULARY, outcomes={n: Outcome(n, type_, combination) for n, type_ in types.items()})


@pytest.mark.parametrize(
    ("outcome", "low", "high"),
    [("sum", 9, 10), ("day", EARLY, LATE), ("scale", "grave", "gravest"), ("kind", "red", "green")],
)
def test_of_several_values_one_end_is_taken(outcome: str, low: Value, high: Value) -> None:
    """Numbers and days by size, members of a scale in its order, which is not that of the alphabet."""
    for given in (answers(low, high), answers(high, low), answers(high, low, high)):
        strict, mild = a_corpus(Combination.STRICTEST), a_corpus(Combination.MILDEST)
        assert combined(given, WhichValue(outcome), strict) == answers(high)
        assert combined(given, WhichValue(outcome), mild) == answers(low)


@pytest.mark.parametrize("combination", [Combination.SINGLE, Combination.ALL, Combination.UNSTATED])
def test_otherwise_each_value_is_kept_once(combination: Combination) -> None:
    """In the order in which they stand."""
    found = combined(answers(3, 1, 3, 2), WhichValue("sum"), a_corpus(combination))
    assert found == answers(3, 1, 2)


def test_an_open_value_is_compared_with_nothing() -> None:
    """Whoever decides may make it the strictest."""
    for combination in (Combination.STRICTEST, Combination.MILDEST):
        found = combined(answers(3, None, 1), WhichValue("sum"), a_corpus(combination))
        assert found == answers(3, None, 1)


def test_of_several_windows_the_last_end_is_taken() -> None:
    """Whichever began first; no end is the latest of all."""
    long, short = EvaluatedSpan(EARLY, LATE), EvaluatedSpan(LATE, EARLY)
    assert combined([short, long], BID, VOCABULARY) == [long]
    assert combined([EvaluatedSpan(LATE, NEVER), long], BID, VOCABULARY) == [EvaluatedSpan(LATE, NEVER)]


@pytest.mark.parametrize("question", [BID, MayDo(Deed("party", "bid")), WhichValue("grade")])
def test_of_nothing_nothing_is_taken(question: Question) -> None:
    """No position stands, and none is made up."""
    assert combined([], question, VOCABULARY) == []


def test_modalities_have_no_order() -> None:
    """What is forbidden is not stricter than what is obliged: both stay."""
    both = [Modality.FORBIDDEN, Modality.OBLIGED]
    assert combined(both, MayDo(Deed("party", "bid")), VOCABULARY) == both
