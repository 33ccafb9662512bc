"""The order of events: which date comes after which, and within which term.

An *event* is a date of the case, or an act that no date of the case tells. It follows another where a term is
counted from that, where what sets its step going is dated by that, where one step leads to the other, or
where an assumption says so. A term bounds an event; without one it has no bound, however many come before it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

import networkx as nx
from attrs import field, frozen

from guiju.checker import wording
from guiju.checker.chains.links import Links, conjuncts
from guiju.checker.chains.steps import Step, Term, brought_about
from guiju.checker.sanctions import mentioned
from guiju.compiler.kernel import Compare, Corpus, Date, FactRef, Order


@frozen
class Leg:
    """That ``end`` comes after ``start``.

    Attributes:
        start, end: Events.
        step: The step that brings ``end`` about; None where no rule has anybody do that.
        term: The term of the step, where it is counted from ``start``.
        happens: ``end`` is no act: it happens, and is no part of what ``start`` sets going.
    """

    start: str
    end: str
    step: Step | None = None
    term: Term | None = None
    happens: bool = False

    @property
    def bounded(self) -> bool:
        """Whether ``end`` has a last day once ``start`` is known."""
        return self.due is not None or (self.term is not None and self.term.amount is not None)

    @property
    def due(self) -> dt.date | None:
        """The day that the text names for ``end``, where no term is counted from ``start``."""
        return self.step.due if self.step is not None and self.term is None else None


@frozen(eq=False)
class Timeline:
    """The events of a corpus and their order.

    Attributes:
        legs: All that is known of it, each pair of events by each step once.
        makers: For each event, the steps that bring it about.
        graph: Events by what comes after what (``leg`` on each edge: all legs of that pair).
    """

    legs: tuple[Leg, ...]
    makers: dict[str, list[Step]]
    graph: nx.DiGraph[str] = field(init=False)
    _places: dict[str | None, list[tuple[int, Leg]]] = field(init=False)
    _takers: dict[tuple[str, str], list[Step]] = field(init=False)

    @graph.default
    def _as_graph(self) -> nx.DiGraph[str]:
        graph: nx.DiGraph[str] = nx.DiGraph()
        for leg in self.legs:
            if graph.has_edge(leg.start, leg.end):
                graph.edges[leg.start, leg.end]["legs"].append(leg)
            else:
                graph.add_edge(leg.start, leg.end, legs=[leg])
        return graph

    @_places.default
    def _by_place(self) -> dict[str | None, list[tuple[int, Leg]]]:
        """The legs by where their steps are taken, None for those without one, with their numbers."""
        found: dict[str | None, list[tuple[int, Leg]]] = {}
        for number, leg in enumerate(self.legs):
            place = None if leg.step is None else leg.step.norm.territory
            found.setdefault(place, []).append((number, leg))
        return found

    @_takers.default
    def _makers_by_place(self) -> dict[tuple[str, str], list[Step]]:
        """The makers of each event by where they act."""
        found: dict[tuple[str, str], list[Step]] = {}
        for event, steps in self.makers.items():
            for step in steps:
                found.setdefault((event, step.norm.territory), []).append(step)
        return found

    def places(self) -> list[str]:
        """The territories whose rules order events."""
        return [place for place in self._places if place is not None]

    def at(self, place: str, corpus: Corpus) -> Timeline:
        """What of it holds at ``place``: a term of the rules of another place bounds nothing there."""
        covering = [place]
        while (above := corpus.territories.get(covering[-1])) is not None:
            covering.append(above)
        numbered = [each for territory in (None, *covering) for each in self._places.get(territory, ())]
        legs = tuple(leg for _, leg in sorted(numbered, key=lambda each: each[0]))
        makers = {
            event: [step for territory in covering for step in self._takers.get((event, territory), ())]
            for event in dict.fromkeys(event for leg in legs for event in (leg.start, leg.end))
        }
        return Timeline(legs, {event: steps for event, steps in makers.items() if steps})

    @property
    def events(self) -> tuple[str, ...]:
        """All events that come before or after another."""
        return tuple(self.graph)

    def into(self, event: str) -> list[Leg]:
        """The legs by which something sets ``event`` going."""
        edges: Iterable[tuple[str, str, list[Leg]]] = self.graph.in_edges(event, data="legs")
        return [leg for _, _, legs in edges for leg in legs if not leg.happens]

    def after(self, event: str) -> list[str]:
        """The events that ``event`` sets going."""
        edges: Iterable[tuple[str, str, list[Leg]]] = self.graph.out_edges(event, data="legs")
        return [end for _, end, legs in edges if not all(leg.happens for leg in legs)]

    def beginnings(self) -> list[str]:
        """The events that nothing sets going: what a chain begins with."""
        return [each for each in self.graph if not self.into(each) and self.after(each)]

    def precedes(self, one: str, other: str) -> bool:
        """Whether ``one`` is known to come before ``other``."""
        return one in self.graph and other in self.graph and nx.has_path(self.graph, one, other)


def timeline(links: Links) -> Timeline:
    """The timeline of a corpus."""
    makers: dict[str, list[Step]] = {}
    for step in links.steps:
        makers.setdefault(event_of(step, links.corpus), []).append(step)
    legs = dict.fromkeys((*_of_steps(links), *_of_assumptions(links.corpus, makers)))
    kept = tuple(leg for leg in legs if leg.start != leg.end)
    known = {event for leg in kept for event in (leg.start, leg.end)}
    return Timeline(kept, {event: steps for event, steps in makers.items() if event in known})


def event_of(step: Step, corpus: Corpus) -> str:
    """The event that ``step`` is done: the date of that, or the deed itself where no date tells it."""
    match corpus.actions[step.deed.action].done_on:
        case FactRef(name):
            return name
        case _:
            return wording.deed(step.deed)


def dates_before(step: Step, corpus: Corpus) -> list[str]:
    """The dates that what sets ``step`` going asks for."""
    return [name for name in sorted(step.needs - step.brings) if _is_date(name, corpus)]


def _of_steps(links: Links) -> Iterator[Leg]:
    corpus = links.corpus
    for step in links.steps:
        end = event_of(step, corpus)
        counted: set[str] = set()
        for term in step.terms:
            for start in sorted(mentioned([term.start])) if term.start is not None else ():
                if _is_date(start, corpus):
                    counted.add(start)
                    yield Leg(start, end, step, term)
        for start in dates_before(step, corpus):
            if start not in counted:
                yield Leg(start, end, step)
    for link in links.candidates():
        yield Leg(event_of(link.one, corpus), event_of(link.other, corpus), link.other)


def _of_assumptions(corpus: Corpus, makers: Mapping[str, list[Step]]) -> Iterator[Leg]:
    """The orders that assumptions give; what no act brings about happens, and is waited for by nobody."""
    acts = {name for action in corpus.actions.values() for name in brought_about(action).holding}
    for assumption in corpus.assumptions:
        for part in conjuncts(assumption.expr):
            match part:
                case Compare(Order.LE | Order.LT, FactRef(one), FactRef(other)) if _is_date(one, corpus):
                    for step in makers.get(other, (None,)):
                        yield Leg(one, other, step, happens=other not in acts)
                case _:
                    pass


def _is_date(name: str, corpus: Corpus) -> bool:
    return name in corpus.facts and isinstance(corpus.facts[name].type, Date)
