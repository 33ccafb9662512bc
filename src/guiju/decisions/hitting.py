"""Minimum hitting sets: the fewest members that leave none of some sets without one of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import count


def minimum_hitting_set(
    sets: Collection[frozenset[str]], order: Sequence[str], steps: int = 100_000
) -> tuple[str, ...] | None:
    """A smallest set that meets each of ``sets``, in ``order``; None where more than ``steps`` are needed.

    Args:
        sets: Non-empty sets of members of ``order``.
        order: Earlier members are preferred where there is a choice.

    A set is met by one of its members, so all ways to meet the first set that is not met yet are tried, for
    0, 1, 2 … members: what is found first is a smallest one.
    """
    place = {name: number for number, name in enumerate(order)}
    ranked = [sorted(each, key=place.__getitem__) for each in sorted(sets, key=lambda s: (len(s), sorted(s)))]
    left = count(steps, -1)
    try:
        for size in range(len(order) + 1):
            for found in _extended(frozenset(), ranked, size, left):
                return tuple(sorted(found, key=place.__getitem__))
    except _TooLong:
        return None
    raise ValueError("a set that nothing meets")


class _TooLong(Exception):
    pass


def _extended(
    chosen: frozenset[str], sets: Sequence[Sequence[str]], more: int, left: Iterator[int]
) -> Iterator[frozenset[str]]:
    """``chosen`` with at most ``more`` others, so that each of ``sets`` is met."""
    if next(left) <= 0:
        raise _TooLong
    open_ = next((each for each in sets if chosen.isdisjoint(each)), None)
    if open_ is None:
        yield chosen
    elif more > 0:
        for name in open_:
            yield from _extended(chosen | {name}, sets, more - 1, left)
