"""Circles (L006): steps of which each leads to the next and the last to the first, where they can turn."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

import networkx as nx

from guiju.checker import wording
from guiju.checker.ask import Asker
from guiju.checker.chains.links import Link, Links, at_once, joint
from guiju.checker.finding import Finding, Severity
from guiju.checker.sanctions import listed
from guiju.compiler.kernel import InTerritory
from guiju.dsl.source import Bilingual

#: Of a knot of steps, so many circles are looked at, the shortest first.
_MOST_CIRCLES = 50
#: Circles of so many steps are looked for first.
_SHORT = 6


def circles(links: Links, asker: Asker) -> Iterator[Finding]:
    """One finding for each knot of steps of several rules in which a circle can turn."""
    graph = _graph(links.feasible(asker))
    provisions = {step.norm.id: (step.norm.instrument, step.norm.citations) for step in links.steps}
    reported: set[frozenset[tuple[str, tuple[str, ...]]]] = set()
    for knot in nx.strongly_connected_components(graph):
        for circle in _shortest(graph.subgraph(knot)):
            among = frozenset(provisions[node] for node in circle)
            if among in reported:
                break
            found = _turning(circle, graph, links, asker)
            if found is not None:
                reported.add(among)
                yield found
                break


def _graph(found: list[Link]) -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    for link in found:
        if link.one.norm.rule != link.other.norm.rule:
            graph.add_edge(link.one.norm.id, link.other.norm.id, link=link)
    return graph


def _shortest(graph: nx.DiGraph[str]) -> Iterator[list[str]]:
    """Some circles of ``graph``, the shortest first; the order is fixed."""
    short = nx.simple_cycles(graph, length_bound=_SHORT)
    long = (circle for circle in nx.simple_cycles(graph) if len(circle) > _SHORT)
    found = islice(chain(short, long), _MOST_CIRCLES)
    yield from sorted((_from_least(circle) for circle in found), key=lambda c: (len(c), c))


def _from_least(circle: list[str]) -> list[str]:
    first = circle.index(min(circle))
    return circle[first:] + circle[:first]


def _turning(circle: list[str], graph: nx.DiGraph[str], links: Links, asker: Asker) -> Finding | None:
    """The finding about a circle that can turn; None for one that cannot."""
    corpus = links.corpus
    steps = [graph.edges[one, other]["link"].one for one, other in _pairs(circle)]
    norms = [step.norm for step in steps]
    covered = [InTerritory(norm.territory) for norm in norms]
    answered = asker.find(" → ".join(circle), [*covered, at_once(norms, corpus), joint(steps, corpus)], norms)
    if answered is None:
        return None
    through = sorted(name for one, other in _pairs(circle) for name in graph.edges[one, other]["link"].by)
    counted = any(name in corpus.records for name in through)
    round_ = " → ".join(wording.deed(step.deed) for step in (*steps, steps[0]))
    where = listed(norms)
    again = Bilingual("", "")
    if counted:
        again = Bilingual(
            "其中的措施又计入次数，链条因此自我推进。", " What is counted is fed by the circle itself."
        )
    return answered.finding(
        "L006",
        Severity.WARNING,
        norms,
        Bilingual(
            f"{round_}：各环节前后相引，首尾相接（{where.zh}），存在使其全部成立的情形。{again.zh}",
            f"{round_}: each leads to the next and the last to the first ({where.en}), and there is a case"
            f" in which all of them are called for.{again.en}",
        ),
        "→".join(circle),
    )


def _pairs(circle: list[str]) -> list[tuple[str, str]]:
    return list(zip(circle, circle[1:] + circle[:1], strict=True))
