"""Set cover: everything is covered, nothing chosen is needless, and "smallest" is true."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from guiju.testing.cover import cover

NUMBERS = range(9)
SETS = st.lists(st.frozensets(st.sampled_from(NUMBERS), min_size=1, max_size=5), max_size=14)


@given(SETS)
def test_everything_is_covered_and_no_chosen_case_can_be_left_out(sets: list[frozenset[int]]) -> None:
    chosen = set(cover(sets).chosen)
    assert all(each & chosen for each in sets)
    for number in chosen:
        assert not all(each & (chosen - {number}) for each in sets)


@given(SETS)
def test_what_is_called_smallest_is(sets: list[frozenset[int]]) -> None:
    found = cover(sets)
    assert found.smallest  # so few are always decided
    for size in range(len(found.chosen)):
        for fewer in combinations(NUMBERS, size):
            assert not all(each & set(fewer) for each in sets)


@given(SETS, st.randoms())
def test_the_order_in_which_it_is_asked_makes_no_difference(sets, random) -> None:
    shuffled = list(sets)
    random.shuffle(shuffled)
    assert cover(shuffled) == cover(sets)


def test_where_it_is_too_much_to_search_it_is_not_called_smallest() -> None:
    """The triples of a projective plane of order 7: 57 points, each line of 8 to be hit."""
    lines = _plane(7)
    found = cover(lines)
    assert not found.smallest
    assert all(set(line) & set(found.chosen) for line in lines)
    for number in found.chosen:
        assert not all(set(line) & (set(found.chosen) - {number}) for line in lines)


def _plane(order: int) -> list[frozenset[int]]:
    """The lines of the projective plane over a prime field, as sets of numbered points."""
    field = range(order)
    points = [(1, a, b) for a in field for b in field] + [(0, 1, a) for a in field] + [(0, 0, 1)]
    return [
        frozenset(
            number
            for number, point in enumerate(points)
            if sum(x * y for x, y in zip(point, line, strict=True)) % order == 0
        )
        for line in points
    ]
