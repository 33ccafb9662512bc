"""The event graph as a drawing: which event sets which step going, and what that brings about."""

from __future__ import annotations

from collections.abc import Set

from guiju.checker import wording
from guiju.checker.chains import graphs
from guiju.checker.chains.draw import words
from guiju.checker.chains.draw.drawing import Drawing, Edge, Kind, Node, Tie
from guiju.checker.chains.draw.timing import Timing
from guiju.checker.chains.draw.wanted import Wanted
from guiju.checker.chains.links import Links
from guiju.checker.chains.steps import Step, brought_about
from guiju.compiler.kernel import Corpus, Passing
from guiju.dsl.source import Bilingual


def draw(links: Links, wanted: Wanted) -> Drawing:
    """The drawing of the steps that are wanted, with the events before and after each."""
    corpus = links.corpus
    timing = Timing.of(corpus)
    graph = graphs.event_graph(links)
    unmade = _unmade(links)
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    for at, data in graph.nodes(data=True):
        if at[0] != "step" or not _takes(wanted, data["step"], corpus):
            continue
        step = _step(data["step"], corpus, timing)
        nodes[step.id] = step
        for (_, name), _, tie in graph.in_edges(at, data=True):
            event = _event(name, corpus, unmade)
            kind = Tie.SETS_OFF if tie["holding"] else Tie.SETS_OFF_BY_ABSENCE
            nodes[event.id] = event
            edges.append(Edge(event.id, step.id, kind, words.TIE[kind]))
        for _, (_, name), tie in graph.out_edges(at, data=True):
            event = _event(name, corpus, unmade)
            kind = Tie.BRINGS_ABOUT if tie["holding"] else Tie.ENDS
            nodes[event.id] = event
            edges.append(Edge(step.id, event.id, kind, words.TIE[kind]))
    return Drawing("events", tuple(nodes.values()), tuple(edges))


def _takes(wanted: Wanted, step: Step, corpus: Corpus) -> bool:
    action = corpus.actions[step.deed.action]
    patient = step.deed.patient or action.patient
    kinds = [] if action.passes is None and not step.hands_over else [action.passes or Passing.REPORT]
    if step.copy:
        kinds.append(Passing.COPY)
    actors = [step.bearer, *step.to, *step.copy, *([patient] if patient else [])]
    return wanted.takes(step, actors, kinds, corpus)


def _step(step: Step, corpus: Corpus, timing: Timing) -> Node:
    who = step.bearer or words.NO_BEARER.zh
    who_en = step.bearer or words.NO_BEARER.en
    deed = wording.deed(step.deed).removeprefix(f"{step.bearer}·")
    label = Bilingual(f"{who}：{deed}", f"{who_en}: {deed}")
    return Node(f"step:{step.norm.id}", Kind.STEP, label, words.ground(step, corpus, timing.on(step)))


def _event(name: str, corpus: Corpus, unmade: Set[str]) -> Node:
    kind = Kind.RECORD if name in corpus.records else Kind.EVENT
    return Node(f"event:{name}", kind, Bilingual(name, name), unmade=name in unmade)


def _unmade(links: Links) -> Set[str]:
    """The events that only acts bring about which no rule has anybody do."""
    of_acts = {name for act in links.corpus.actions.values() for name in brought_about(act).holding}
    return of_acts - {name for step in links.steps for name in step.brings | step.ends}
