"""A drawing as GraphML, for programs that analyse graphs."""

from __future__ import annotations

import networkx as nx

from guiju.checker.chains.draw import labels
from guiju.checker.chains.draw.drawing import Drawing, Edge, Ground


def write(drawing: Drawing, lang: str) -> str:
    """``drawing`` in one language; every arrow by itself, with all that it carries."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(graph=drawing.graph)
    for node in drawing.nodes:
        about = _about(node.ground, lang) if node.ground is not None else {}
        label = node.label.in_language(lang)
        graph.add_node(node.id, kind=node.kind.value, label=label, unmade=node.unmade, **about)
    for edge in drawing.edges:
        graph.add_edge(edge.start, edge.end, **_edge(edge, lang))
    lines = nx.generate_graphml(graph, named_key_ids=True)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + "".join(f"{line}\n" for line in lines)


def _edge(edge: Edge, lang: str) -> dict[str, str | bool | int]:
    return {
        "kind": edge.kind.value,
        "label": edge.what.in_language(lang),
        "deed": edge.deed,
        "unnamed": edge.unnamed,
        "dead_end": edge.dead_end,
        **(_about(edge.ground, lang) if edge.ground is not None else {}),
    }


def _about(ground: Ground, lang: str) -> dict[str, str | bool | int]:
    """What an element carries of its rule; an attribute that has no value is left out."""
    found: dict[str, str | bool | int] = {
        "rule": ground.rule,
        "instrument": ground.instrument,
        "citation": "、".join(ground.citations),
        "obliged": ground.obliged,
        "condition": labels.condition(ground, lang),
        "trigger": "、".join(ground.triggers),
    }
    if ground.deadline is not None:
        found["deadline"] = ground.deadline.in_language(lang)
    if ground.amount is not None and ground.unit is not None:
        found |= {"amount": ground.amount, "unit": ground.unit}
    return found
