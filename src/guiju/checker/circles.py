"""Circles in the order of defeat: each norm prevails over the next, so that none does (C105).

A circle that is written down but that no case ever closes harms nobody. It is reported only with a case in
which all of its norms apply and each disagrees with the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import networkx as nx

from guiju.checker import wording
from guiju.checker.ask import Asker
from guiju.checker.finding import Finding, Severity
from guiju.compiler import formulas
from guiju.compiler.kernel import Combination, Context, Expr, Norm
from guiju.compiler.resolve import Defeats, resolve
from guiju.dsl.source import Bilingual

#: So many circles among norms that all hang together are tried before the first closed one is found.
_MOST = 200


def findings(asker: Asker, defeats: Defeats) -> Iterator[Finding]:
    """For norms that hang together by circles: the shortest circle that a case closes."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(sorted(defeats))
    by_id = {n.id: n for n in asker.corpus.norms}
    for component in nx.strongly_connected_components(graph):
        if len(component) < 2:
            continue
        circles = islice(nx.simple_cycles(graph.subgraph(sorted(component))), _MOST)
        for circle in sorted((_from_the_least(c) for c in circles), key=lambda c: (len(c), c)):
            finding = _closed([by_id[id_] for id_ in circle], asker, defeats)
            if finding is not None:
                yield finding
                break


def _from_the_least(circle: list[str]) -> list[str]:
    start = circle.index(min(circle))
    return [*circle[start:], *circle[:start]]


def _closed(norms: Sequence[Norm], asker: Asker, defeats: Defeats) -> Finding | None:
    """The finding about a circle, if there is a case in which all of ``norms`` are defeated round it."""
    corpus = asker.corpus
    conditions: list[Expr] = [formulas.applicable(n, corpus) for n in norms]
    for one, next_ in zip(norms, [*norms[1:], norms[0]], strict=True):
        disagree = formulas.incompatible(one.position, next_.position, Combination.SINGLE, corpus)
        conditions.append(disagree)

    def shows(context: Context) -> bool:
        losers = {loser for loser, _ in resolve(norms[0].question, corpus, defeats, context).defeated}
        return losers >= {n.id for n in norms}

    answered = asker.find(f"circle: {' × '.join(n.id for n in norms)}", conditions, norms, replay=shows)
    if answered is None:
        return None
    named = [wording.norm(n, corpus) for n in norms]
    return answered.finding(
        "C105",
        Severity.ERROR,
        norms,
        Bilingual(
            f"优先关系成环，无法确定以谁为准：{'、'.join(n.zh for n in named)}。",
            f"Priorities go in a circle, so none prevails: {', '.join(n.en for n in named)}.",
        ),
        wording.subject(norms[0].question),
    )
