"""On the real corpus: what the solver says of slices is what trying every context of them says."""

from __future__ import annotations

from random import Random

import pytest

from guiju.checker.ask import Asker
from guiju.checker.overlaps import overlaps
from guiju.compiler import smt
from guiju.compiler.doctrine import Doctrine
from guiju.compiler.kernel import Corpus
from trust.comparing import Comparer, Counts
from trust.queries import every

BUDGET = 50_000_000


def test_a_sample_of_slices_agrees(whole: Corpus) -> None:
    """Some of all queries but those about who prevails, which takes long to find out."""
    random, counts = Random(7), Counts()
    sample = random.sample(every(whole, {}, random, 200), 100)
    Comparer.of(whole, {}, 20_000, most_lines=2).compare(sample, random, counts)
    assert counts.disagreements == []
    assert counts.undecided == 0
    assert counts.slices == 100
    assert {"conflict", "dead", "special", "condition"} <= counts.kinds.keys()
    assert counts.whole > 20
    assert 20 < len(counts.satisfied) < 100


@pytest.mark.slow
def test_every_slice_agrees(whole: Corpus) -> None:
    """Every query, also about what stands; and what a check says of pairs is what trying says."""
    found = overlaps(Asker(whole, smt.Backend(whole, BUDGET)))
    random, counts = Random(1), Counts()
    queries = every(whole, found.defeats, random, 500)
    Comparer.of(whole, found.defeats, 1_000_000).compare(queries, random, counts)
    assert counts.disagreements == []
    assert counts.undecided == 0
    assert counts.slices == len(queries)
    met = {f"{o.one.id} × {o.other.id}" for o in found.overlaps}
    assert {about for kind, about in counts.satisfied if kind == "conflict"} <= met
    for defeat in found.defeats.values():
        if defeat.doctrine is Doctrine.SPECIAL:
            assert ("special", f"{defeat.winner} ⊃ {defeat.loser}") not in counts.satisfied
