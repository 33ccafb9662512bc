"""On random rules: whatever the solver is asked, it says what trying every context of a slice says."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import strategies as draw
from guiju.checker.ask import Asker
from guiju.checker.overlaps import overlaps
from guiju.compiler import smt
from guiju.compiler.doctrine import Doctrine
from trust.comparing import Comparer, Counts
from trust.queries import conflicts, every, special

BUDGET = 50_000_000
FEW = settings(max_examples=max(10, settings.default.max_examples // 5))


def agree(data: st.DataObject, seed: int, depth: int, limit: int) -> None:
    corpus = data.draw(draw.corpora(max_norms=4, depth=depth))
    assume(smt.Backend(corpus, BUDGET).satisfiable([]) is True)  # else nothing that is asked means anything
    defeats = data.draw(draw.defeats(corpus))
    random, counts = Random(seed), Counts()
    Comparer.of(corpus, defeats, limit).compare(every(corpus, defeats, random, 3), random, counts)
    assert counts.disagreements == []
    assert counts.undecided == 0


@FEW
@given(st.data(), st.integers(0, 1_000))
def test_the_solver_says_what_trying_says(data: st.DataObject, seed: int) -> None:
    agree(data, seed, depth=2, limit=500)


@pytest.mark.slow
@settings(max_examples=300)
@given(st.data(), st.integers(0, 1_000))
def test_the_solver_says_what_trying_says_of_deeper_conditions(data: st.DataObject, seed: int) -> None:
    agree(data, seed, depth=4, limit=5_000)


@FEW
@given(st.data(), st.integers(0, 1_000))
def test_cleared_pairs_never_disagree_and_special_norms_are_special(data: st.DataObject, seed: int) -> None:
    """With the filter of pairs, and with the settlements that the doctrine asks the solver for."""
    question = data.draw(draw.questions(draw.VOCABULARY))
    corpus = data.draw(draw.corpora(max_norms=5, depth=2, question=question))
    assume(smt.Backend(corpus, BUDGET).satisfiable([]) is True)
    found = overlaps(Asker(corpus, smt.Backend(corpus, BUDGET)))
    random, counts = Random(seed), Counts()
    comparer = Comparer.of(corpus, found.defeats, 500)
    comparer.compare([*conflicts(corpus), *special(corpus)], random, counts)
    assert counts.disagreements == []
    met = {f"{o.one.id} × {o.other.id}" for o in found.overlaps}
    assert {about for kind, about in counts.satisfied if kind == "conflict"} <= met
    for defeat in found.defeats.values():
        if defeat.doctrine is Doctrine.SPECIAL:
            assert ("special", f"{defeat.winner} ⊃ {defeat.loser}") not in counts.satisfied
