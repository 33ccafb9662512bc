"""The actor graph as a drawing: who passes what to whom."""

from __future__ import annotations

from collections.abc import Set

from guiju.checker import wording
from guiju.checker.chains import graphs
from guiju.checker.chains.draw import words
from guiju.checker.chains.draw.drawing import Drawing, Edge, Kind, Node
from guiju.checker.chains.draw.timing import Timing
from guiju.checker.chains.draw.wanted import Wanted
from guiju.checker.chains.links import Links
from guiju.compiler.kernel import Corpus
from guiju.dsl.source import Bilingual

#: What the findings on hand-overs that end nowhere are known by: the rule, and what they are about.
DeadEnds = Set[tuple[str, str]]


def draw(links: Links, wanted: Wanted, dead_ends: DeadEnds = frozenset()) -> Drawing:
    """The drawing of who passes what to whom.

    Whoever is not named is a node for each instrument and each who hands over or receives: what two texts
    leave open need not be the same body.
    """
    corpus = links.corpus
    timing = Timing.of(corpus)
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    order = {step.norm.id: number for number, step in enumerate(links.steps)}
    passings = graphs.actor_graph(links).edges(data=True)
    for start, end, data in sorted(passings, key=lambda each: order[each[2]["step"].norm.id]):
        step, passing = data["step"], data["passing"]
        if not wanted.takes(step, (start, end), (passing,), corpus):
            continue
        ends = (
            _node(start, f"→{end}·{step.norm.instrument}", words.NO_BEARER, corpus),
            _node(end, f"←{start}·{step.norm.instrument}", words.NO_RECIPIENT, corpus),
        )
        nodes |= {node.id: node for node in ends}
        deed = wording.deed(step.deed)
        edges.append(
            Edge(
                start=ends[0].id,
                end=ends[1].id,
                kind=passing,
                what=words.PASSING[passing],
                deed=step.deed.action,
                ground=words.ground(step, corpus, timing.on(step)),
                unnamed=graphs.UNNAMED in (start, end),
                dead_end=(step.norm.rule, f"{deed}→{end}") in dead_ends,
            )
        )
    return Drawing("actors", tuple(nodes.values()), tuple(dict.fromkeys(edges)))


def _node(name: str, beside: str, open_: Bilingual, corpus: Corpus) -> Node:
    kind = Kind(graphs.actor(name, corpus).value)
    if kind is Kind.UNNAMED:
        return Node(f"?{beside}", kind, open_)
    return Node(name, kind, Bilingual(name, name))
