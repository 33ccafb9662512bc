"""Chains from one event or actor on: each leg with its rule and its term, where all of it can be.

A chain counts only where all its steps can be called for in one case.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

import networkx as nx
from attrs import field, frozen

from guiju.checker.ask import Asker
from guiju.checker.chains import graphs
from guiju.checker.chains.links import Links, joint
from guiju.checker.chains.steps import Step
from guiju.checker.chains.timeline import Leg, Timeline
from guiju.compiler.kernel import InTerritory


@frozen
class Passed:
    """That ``step`` passes something on from ``start`` to ``end``."""

    start: str
    end: str
    step: Step


class _Onward(Protocol):
    """Something that leads to ``end``."""

    @property
    def end(self) -> str: ...


_Leg = TypeVar("_Leg", bound=_Onward)


@frozen
class Feasible:
    """Whether steps can all be called for in one case; asked once for each set of them."""

    asker: Asker
    _known: dict[frozenset[str], bool] = field(factory=dict)

    def __call__(self, steps: Iterable[Step]) -> bool:
        """False only where it is proved that they cannot: what is undecided is noted by the asker."""
        chosen = {step.norm.id: step for step in steps}
        key = frozenset(chosen)
        if key not in self._known:
            norms = [step.norm for step in chosen.values()]
            conditions = [
                *(InTerritory(norm.territory) for norm in norms),
                joint(chosen.values(), self.asker.corpus),
            ]
            self._known[key] = self.asker.possible(" → ".join(chosen), conditions, norms) is not False
        return self._known[key]


def of_events(
    timeline: Timeline, start: str, ends: Collection[str], feasible: Feasible
) -> Iterator[tuple[Leg, ...]]:
    """The chains from ``start`` to each of ``ends``, or as far as they go where there are none of these.

    What comes after another event by a longer way is not also shown as coming after it directly.
    """
    legs: dict[str, list[Leg]] = {}
    on_the_way = _before(ends, timeline.graph)
    for leg in direct(timeline):
        if not ends or leg.end in on_the_way:
            legs.setdefault(leg.start, []).append(leg)

    def onward(chain: Sequence[Leg]) -> Iterable[Leg]:
        here, passed = (chain[-1].end, {leg.start for leg in chain}) if chain else (start, set())
        return (leg for leg in legs.get(here, ()) if leg.end not in passed)

    def possible(chain: Sequence[Leg]) -> bool:
        return feasible(leg.step for leg in chain if leg.step is not None)

    yield from _chains(onward, possible, ends)


def of_actors(
    links: Links, start: str, ends: Collection[str], feasible: Feasible
) -> Iterator[tuple[Passed, ...]]:
    """The chains of hand-overs from ``start`` on: each recipient goes on with what follows from it."""
    found: dict[str, list[Passed]] = {}
    graph = graphs.actor_graph(links)
    on_the_way = _before(ends, graph)
    for one, other, data in graph.edges(data=True):
        if not ends or other in on_the_way:
            found.setdefault(one, []).append(Passed(one, other, data["step"]))
    answers: dict[tuple[str, str], frozenset[str]] = {}

    def follows(passed: Passed) -> frozenset[str]:
        key = (passed.step.norm.id, passed.end)
        if key not in answers:
            answers[key] = frozenset(
                norm.id for norm in links.responses(passed.step, passed.end, feasible.asker)
            )
        return answers[key]

    def onward(chain: Sequence[Passed]) -> Iterable[Passed]:
        if not chain:
            return found.get(start, ())
        last, before = chain[-1], {passed.start for passed in chain} | {chain[-1].end}
        here = found.get(last.end, ())
        return [each for each in here if each.end not in before and each.step.norm.id in follows(last)]

    def possible(chain: Sequence[Passed]) -> bool:
        return feasible(passed.step for passed in chain)

    yield from _chains(onward, possible, ends)


def direct(timeline: Timeline) -> tuple[Leg, ...]:
    """The legs by which one event sets another going, without those that a term or a longer way repeats."""
    legs = [leg for leg in timeline.legs if not leg.happens]
    kept = dict.fromkeys(leg for leg in legs if leg.bounded)
    bounded = {(leg.start, leg.end) for leg in kept}
    made = {(leg.start, leg.end) for leg in legs if leg.step is not None}
    graph: nx.DiGraph[str] = nx.DiGraph((leg.start, leg.end) for leg in legs)
    for leg in legs:
        pair = (leg.start, leg.end)
        if pair in bounded or (leg.step is None and pair in made):
            continue
        if not _by_another_way(graph, *pair):
            kept[leg] = None
    return tuple(kept)


def _by_another_way(graph: nx.DiGraph[str], start: str, end: str) -> bool:
    """Whether ``end`` comes after ``start`` by way of others; then the edge between them is taken out."""
    if not graph.has_edge(start, end):
        return True
    graph.remove_edge(start, end)
    if nx.has_path(graph, start, end):
        return True
    graph.add_edge(start, end)
    return False


def _before(ends: Iterable[str], graph: nx.DiGraph[str]) -> set[str]:
    """``ends`` and what comes before any of them."""
    found: set[str] = set()
    for end in ends:
        found |= {end} | nx.ancestors(graph, end)
    return found


def _chains(
    onward: Callable[[Sequence[_Leg]], Iterable[_Leg]],
    possible: Callable[[Sequence[_Leg]], bool],
    ends: Collection[str],
) -> Iterator[tuple[_Leg, ...]]:
    """Every chain, depth first; one that cannot be is not followed."""
    waiting: list[tuple[_Leg, ...]] = [()]
    while waiting:
        chain: tuple[_Leg, ...] = waiting.pop()
        if chain and chain[-1].end in ends:
            yield chain
        onwards = [(*chain, leg) for leg in onward(chain)]
        longer = [each for each in onwards if possible(each)]
        if not longer and chain and not ends:
            yield chain
        waiting += reversed(longer)
