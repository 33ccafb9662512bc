"""Which body the chains hang on: one through which all have to go (L009), two that do the same (L010)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import networkx as nx

from guiju.checker import wording
from guiju.checker.ask import Asker
from guiju.checker.candidates import on_one_branch
from guiju.checker.chains.graphs import UNNAMED, actor_graph
from guiju.checker.chains.links import Links, at_once, joint
from guiju.checker.chains.reach import territory_of
from guiju.checker.chains.steps import Step, body, same_body
from guiju.checker.finding import Finding, NormRef, ProvedBy, Severity
from guiju.checker.sanctions import citing, listed
from guiju.compiler.kernel import Corpus, InTerritory, Norm, Passing
from guiju.dsl.source import Bilingual

#: So many bodies have to send to one for it to be a bottleneck.
_SENDERS = 2


def bottlenecks(links: Links) -> Iterator[Finding]:
    """Authorities through which everything goes that several others hand over to somebody beyond.

    An authority and its departments are one.
    """
    corpus = links.corpus
    graph = actor_graph(links)
    flow: nx.DiGraph[str] = nx.DiGraph()
    for one, other, data in graph.edges(data=True):
        ends = (body(one, corpus), body(other, corpus))
        if data["passing"] not in (Passing.COPY, Passing.PUBLICATION) and UNNAMED not in ends:
            flow.add_edge(*ends)
    for name in flow:
        if name not in corpus.authorities:
            continue
        senders = [each for each in flow.predecessors(name) if each != name]
        onward = [each for each in flow.successors(name) if each != name and each not in senders]
        if len(senders) < _SENDERS or not onward:
            continue
        beyond = _only_through(name, senders, onward, flow)
        if beyond:
            yield _bottleneck(name, senders, beyond, graph, corpus)


def _only_through(name: str, senders: list[str], onward: list[str], flow: nx.DiGraph[str]) -> list[str]:
    """Those of ``onward`` that none of ``senders`` reaches without ``name``."""
    rest = nx.restricted_view(flow, [name], [])
    reached = {end for sender in senders for end in nx.descendants(rest, sender)}
    return [each for each in onward if each not in reached]


def _bottleneck(
    name: str, senders: list[str], beyond: list[str], graph: nx.MultiDiGraph[str], corpus: Corpus
) -> Finding:
    passed = [(body(one, corpus), body(to, corpus), data["step"]) for one, to, data in graph.edges(data=True)]
    through = [step for one, to, step in passed if one == name and to in beyond]
    into = [step for one, to, step in passed if to == name and one in senders]
    norms: list[Norm] = citing([step.norm for step in (*through, *into)])
    there = listed(norms)
    return Finding(
        code="L009",
        severity=Severity.INFO,
        norms=tuple(NormRef.of(norm) for norm in norms),
        message=Bilingual(
            f"“{'、'.join(senders)}”交出的，都只能经“{name}”才能到“{'、'.join(beyond)}”（{there.zh}）："
            f"该处不办，没有别的途径。",
            f"What {', '.join(senders)} hand over reaches {', '.join(beyond)} only through '{name}'"
            f" ({there.en}): if it does not act there is no other way.",
        ),
        proved_by=ProvedBy.STRUCTURE,
        subject=name,
    )


def doubled(links: Links, asker: Asker) -> Iterator[Finding]:
    """Acts that are done once, and that two bodies must do in the same case."""
    corpus = links.corpus
    by_action: dict[tuple[str, str], list[Step]] = {}
    for step in links.steps:
        once = corpus.actions[step.deed.action].done_on is not None
        if once and step.obliged and step.bearer in corpus.authorities:
            by_action.setdefault((step.deed.action, step.deed.patient), []).append(step)
    reported: set[tuple[str, frozenset[str]]] = set()
    for found in by_action.values():
        for one, other in combinations(found, 2):
            key = (one.deed.action, frozenset({one.bearer, other.bearer}))
            if (
                key in reported
                or same_body(one.bearer, other.bearer, corpus)
                or not on_one_branch(one.norm, other.norm, corpus)
                or not _meet(one.bearer, other.bearer, corpus)
            ):
                continue
            norms = (one.norm, other.norm)
            covered = [InTerritory(norm.territory) for norm in norms]
            conditions = [*covered, at_once(norms, corpus), joint((one, other), corpus)]
            answered = asker.find(f"{one.norm.id} beside {other.norm.id}", conditions, norms)
            if answered is None:
                continue
            reported.add(key)
            first, second = (wording.norm(norm, corpus) for norm in norms)
            yield answered.finding(
                "L010",
                Severity.INFO,
                norms,
                Bilingual(
                    f"“{one.deed.action}”只有一次，而同一情形下“{one.bearer}”（{first.zh}）和“{other.bearer}”"
                    f"（{second.zh}）都应当作出：由谁作出、谁先谁后没有写。",
                    f"'{one.deed.action}' is done once, but in one case both '{one.bearer}' ({first.en}) and"
                    f" '{other.bearer}' ({second.en}) must do it: who does, and who first, is not said.",
                ),
                f"{one.deed.action}:{one.bearer}:{other.bearer}",
            )


def _meet(one: str, other: str, corpus: Corpus) -> bool:
    """Whether two authorities are competent in one place, as far as is known."""
    places = [place for name in (one, other) if (place := territory_of(name, corpus)) is not None]
    return len(places) < len((one, other)) or any(corpus.within(*each) for each in (places, reversed(places)))
