"""A minimum hitting set meets every set, and nothing smaller does."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.decisions.hitting import minimum_hitting_set

NAMES = ("a", "b", "c", "d", "e", "f")
SETS = st.lists(st.frozensets(st.sampled_from(NAMES), min_size=1, max_size=4), max_size=8)


@given(SETS)
def test_it_meets_each_set_and_is_smallest(sets: list[frozenset[str]]) -> None:
    """Found by trying all sets of each size."""
    found = minimum_hitting_set(sets, NAMES)
    assert found is not None
    assert all(set(found) & each for each in sets)
    smallest = next(
        size
        for size in range(len(NAMES) + 1)
        if any(all(set(some) & each for each in sets) for some in combinations(NAMES, size))
    )
    assert len(found) == smallest


def test_earlier_members_are_preferred() -> None:
    """Where there is a choice."""
    assert minimum_hitting_set([frozenset("bc")], NAMES) == ("b",)
    assert minimum_hitting_set([frozenset("bc")], ("c", "b")) == ("c",)


def test_a_bound_that_is_met_gives_no_answer() -> None:
    """And never a set that is not known to be smallest."""
    pairs = [frozenset(pair) for pair in combinations(NAMES, 2)]
    assert minimum_hitting_set(pairs, NAMES, steps=5) is None
    assert len(minimum_hitting_set(pairs, NAMES) or ()) == 5


def test_an_empty_set_cannot_be_met() -> None:
    """It would be a mistake of whoever asks."""
    with pytest.raises(ValueError, match="nothing meets"):
        minimum_hitting_set([frozenset()], NAMES)
