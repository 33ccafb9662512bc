"""The chains of a corpus as networkx graphs: who passes what to whom, and which event sets what going."""

from __future__ import annotations

import enum
from collections.abc import Iterator

import networkx as nx

from guiju.checker import wording
from guiju.checker.chains.links import Links
from guiju.checker.chains.steps import Step
from guiju.compiler.kernel import Corpus, Passing

#: The recipient that a text demands and does not name; in a graph, whoever acts where it does not say.
UNNAMED = ""


class Actor(enum.Enum):
    """What somebody in the actor graph is."""

    AUTHORITY = "authority"
    DEPARTMENT = "department"
    PARTY = "party"
    UNNAMED = "unnamed"


def actor(name: str, corpus: Corpus) -> Actor:
    """What ``name`` is in ``corpus``."""
    if name == UNNAMED:
        return Actor.UNNAMED
    known = corpus.authorities.get(name)
    if known is None:
        return Actor.PARTY
    return Actor.AUTHORITY if known.department_of is None else Actor.DEPARTMENT


def actor_graph(links: Links) -> nx.MultiDiGraph[str]:
    """Who passes something on to whom.

    A node has its ``kind``; an edge its ``step``, what ``passing`` it is, and whether it is a ``copy``. There
    is an edge for each recipient of a step, to ``UNNAMED`` where the text demands one and names none; and
    for a step that is declared as a passing-on and has no recipient, to the party that it is done to.
    """
    corpus = links.corpus
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for step in links.steps:
        for to, passing, copy in _passings(step, corpus):
            for name in (step.bearer, to):
                graph.add_node(name, kind=actor(name, corpus))
            graph.add_edge(step.bearer, to, step=step, passing=passing, copy=copy)
    return graph


def event_graph(links: Links) -> nx.DiGraph[tuple[str, str]]:
    """Which event sets which step going, and which events it brings about.

    Nodes are ``("event", name)`` for a fact or record and ``("step", norm id)``; a step's node has its
    ``step``. Only events that some step brings about, or that a step which something brings about waits for,
    would join two steps; the others are where a chain begins, and are there as well.
    """
    graph: nx.DiGraph[tuple[str, str]] = nx.DiGraph()
    for step in links.steps:
        node = ("step", step.norm.id)
        graph.add_node(node, step=step, name=wording.deed(step.deed))
        for name in sorted(step.needs | step.shuns):
            graph.add_edge(("event", name), node, holding=name in step.needs)
        for name in sorted(step.brings | step.ends):
            graph.add_edge(node, ("event", name), holding=name in step.brings)
    return graph


def _passings(step: Step, corpus: Corpus) -> Iterator[tuple[str, Passing, bool]]:
    action = corpus.actions[step.deed.action]
    for to in step.to:
        yield to, action.passes or Passing.REPORT, False
    for to in step.copy:
        yield to, Passing.COPY, True
    if step.unaddressed:
        yield UNNAMED, action.passes or Passing.REPORT, False
    patient = step.deed.patient or action.patient
    if action.passes is not None and patient and not step.hands_over:
        yield patient, action.passes, False
