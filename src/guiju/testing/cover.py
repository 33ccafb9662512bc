"""Set cover: the fewest cases that cover everything that some case covers."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from attrs import frozen

from guiju.decisions.hitting import minimum_hitting_set

#: An exact answer is looked for so long; then a good one is taken.
_STEPS = 20_000


@frozen
class Cover:
    """Chosen cases by number, in order. ``smallest``: it is proved that no fewer would do."""

    chosen: tuple[int, ...]
    smallest: bool


def cover(covering: Iterable[Collection[int]]) -> Cover:
    """Few cases such that each of ``covering`` holds one of them.

    Args:
        covering: For each thing to be covered the numbers of the cases that do; none of them empty.

    First what must be chosen, and what another makes needless, is taken away; what is left is searched
    through where it is small, else the case that covers most is taken again and again. No chosen case can be
    left out. Earlier cases are preferred.
    """
    sets = _needed({frozenset(each) for each in covering})
    chosen: set[int] = set()
    while sets:
        single = {number for each in sets if len(each) == 1 for number in each}
        if single:
            chosen |= single
            sets = {each for each in sets if not each & single}
            continue
        fewer = _needed(_without_weaker(sets))
        if fewer == sets:
            break
        sets = fewer
    if not sets:
        return Cover(tuple(sorted(chosen)), smallest=True)
    rest, smallest = _rest(sets)
    return Cover(tuple(sorted(_irredundant(chosen | rest, sets, chosen))), smallest)


def _needed(sets: set[frozenset[int]]) -> set[frozenset[int]]:
    """Without those that are covered whenever another is."""
    ordered = sorted(sets, key=lambda each: (len(each), sorted(each)))
    kept: list[frozenset[int]] = []
    for each in ordered:
        if not any(smaller <= each for smaller in kept):
            kept.append(each)
    return set(kept)


def _without_weaker(sets: set[frozenset[int]]) -> set[frozenset[int]]:
    """Without the cases that cover no more than an earlier or a better one."""
    covers: dict[int, set[frozenset[int]]] = {}
    for each in sets:
        for number in each:
            covers.setdefault(number, set()).add(each)
    kept: list[int] = []
    for number in sorted(covers, key=lambda n: (-len(covers[n]), n)):
        if not any(covers[number] <= covers[better] for better in kept):
            kept.append(number)
    return {each & frozenset(kept) for each in sets}


def _rest(sets: set[frozenset[int]]) -> tuple[set[int], bool]:
    numbers = sorted({number for each in sets for number in each})
    named = {str(number): number for number in numbers}
    exact = minimum_hitting_set(
        {frozenset(str(number) for number in each) for each in sets}, list(named), _STEPS
    )
    if exact is not None:
        return {named[name] for name in exact}, True
    left, taken = set(sets), set[int]()
    while left:
        best = min(numbers, key=lambda n: (-sum(n in each for each in left), n))
        taken.add(best)
        left = {each for each in left if best not in each}
    return taken, False


def _irredundant(chosen: set[int], sets: Collection[frozenset[int]], fixed: set[int]) -> set[int]:
    """``chosen`` without those that the others make needless; the later ones go first."""
    kept = set(chosen)
    for number in sorted(chosen - fixed, reverse=True):
        if all(each & (kept - {number}) for each in sets):
            kept.discard(number)
    return kept
