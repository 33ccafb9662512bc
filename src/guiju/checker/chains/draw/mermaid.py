"""A drawing as Mermaid text: a flowchart for web pages and documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guiju.checker.chains.draw import labels
from guiju.checker.chains.draw.drawing import Drawing, Edge, Kind, Node, Tie
from guiju.compiler.kernel import Passing

_SHAPES = {
    Kind.AUTHORITY: ("[", "]"),
    Kind.DEPARTMENT: ("(", ")"),
    Kind.PARTY: ("([", "])"),
    Kind.UNNAMED: ("{{", "}}"),
    Kind.EVENT: ("([", "])"),
    Kind.RECORD: ("[(", ")]"),
    Kind.STEP: ("[", "]"),
}
_STYLES = {
    Kind.AUTHORITY: "fill:#dbe9f9,stroke:#1f4e79,color:#111",
    Kind.DEPARTMENT: "fill:#eef5fc,stroke:#1f4e79,color:#111",
    Kind.PARTY: "fill:#fff,stroke:#444,color:#111",
    Kind.UNNAMED: "fill:#fff3bf,stroke:#8a5a00,stroke-width:2px,stroke-dasharray:6 3,color:#111",
    Kind.EVENT: "fill:#fff,stroke:#444,color:#111",
    Kind.RECORD: "fill:#eee,stroke:#444,color:#111",
    Kind.STEP: "fill:#dbe9f9,stroke:#1f4e79,color:#111",
}
_DEAD = "stroke:#b00020,stroke-width:3px"


def write(drawing: Drawing, lang: str) -> str:
    """``drawing`` in one language."""
    return "".join(f"{line}\n" for line in _lines(drawing, lang))


def _lines(drawing: Drawing, lang: str) -> Iterator[str]:
    names = {node.id: f"n{number}" for number, node in enumerate(drawing.nodes)}
    yield "flowchart LR"
    for node in drawing.nodes:
        left, right = _SHAPES[node.kind]
        yield f"  {names[node.id]}{left}{_quoted(labels.of_node(node, lang))}{right}:::{_class(node)}"
    dead = []
    for number, edges in enumerate(drawing.bundles()):
        first = edges[0]
        if first.dead_end:
            dead.append(str(number))
        label = _quoted(labels.of_bundle(edges, lang))
        yield f"  {names[first.start]} {_arrow(first)}|{label}| {names[first.end]}"
    styles = {_class(node): _STYLES[Kind.UNNAMED if node.unmade else node.kind] for node in drawing.nodes}
    yield from (f"  classDef {name} {style}" for name, style in styles.items())
    if dead:
        yield f"  linkStyle {','.join(dead)} {_DEAD}"


def _class(node: Node) -> str:
    return "unmade" if node.unmade else node.kind.value


def _arrow(edge: Edge) -> str:
    if edge.dead_end:
        return "--x"
    faint = edge.unnamed or edge.kind in (Passing.COPY, Tie.SETS_OFF_BY_ABSENCE, Tie.ENDS)
    return "-.->" if faint else "-->"


def _quoted(lines: Iterable[str]) -> str:
    """Lines as one label: what Mermaid or HTML would read as more than text is written as its number."""
    escaped = ("".join(f"#{ord(c)};" if c in _SPECIAL else c for c in line) for line in lines)
    return f'"{"<br/>".join(escaped)}"'


_SPECIAL = frozenset('"#<>&`|\\*_')
