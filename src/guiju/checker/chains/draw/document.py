"""A drawing as JSON, for programs. The shape is ``chains.schema.json``, which is shipped beside this file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files

from guiju.checker.chains.draw.drawing import Drawing, Edge, Ground, Node
from guiju.dsl.source import Bilingual

#: The version of the document's shape; it grows whenever the shape changes.
VERSION = 1


def write(drawing: Drawing, engine: Mapping[str, str]) -> str:
    """``drawing`` as one JSON document ending with a newline, in both languages."""
    document = {
        "version": VERSION,
        "engine": dict(engine),
        "graph": drawing.graph,
        "nodes": [_node(node) for node in drawing.nodes],
        "edges": [_edge(edge) for edge in drawing.edges],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def schema() -> str:
    """The JSON Schema of the document."""
    return files("guiju.checker.chains.draw").joinpath("chains.schema.json").read_text(encoding="utf-8")


def _node(node: Node) -> dict[str, object]:
    return {
        "id": node.id,
        "kind": node.kind.value,
        "label": _both(node.label),
        "unmade": node.unmade,
        "ground": _ground(node.ground),
    }


def _edge(edge: Edge) -> dict[str, object]:
    return {
        "from": edge.start,
        "to": edge.end,
        "kind": edge.kind.value,
        "label": _both(edge.what),
        "deed": edge.deed or None,
        "unnamed": edge.unnamed,
        "dead_end": edge.dead_end,
        "ground": _ground(edge.ground),
    }


def _ground(ground: Ground | None) -> dict[str, object] | None:
    if ground is None:
        return None
    return {
        "rule": ground.rule,
        "instrument": ground.instrument,
        "title": ground.title,
        "citations": list(ground.citations),
        "obliged": ground.obliged,
        "conditions": [_both(each) for each in ground.conditions],
        "deadline": None if ground.deadline is None else _both(ground.deadline),
        "amount": ground.amount,
        "unit": ground.unit,
        "triggers": list(ground.triggers),
    }


def _both(text: Bilingual) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
