"""A drawing as DOT, the language of Graphviz, which lays it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from guiju.checker.chains.draw import labels
from guiju.checker.chains.draw.drawing import Drawing, Edge, Kind, Tie
from guiju.compiler.kernel import Passing
from guiju.dsl.source import Bilingual

#: Families with Chinese characters on Linux, Windows and macOS; whoever shows an SVG takes the first it has.
FONTS = (
    "Noto Sans CJK SC,Source Han Sans SC,Microsoft YaHei,PingFang SC,"
    "WenQuanYi Micro Hei,WenQuanYi Zen Hei,SimSun,sans-serif"
)
_NODES: Mapping[Kind, Mapping[str, str]] = {
    Kind.AUTHORITY: {"shape": "box", "fillcolor": "#dbe9f9", "color": "#1f4e79"},
    Kind.DEPARTMENT: {"shape": "box", "style": "rounded,filled", "fillcolor": "#eef5fc", "color": "#1f4e79"},
    Kind.PARTY: {"shape": "ellipse", "fillcolor": "#ffffff"},
    Kind.UNNAMED: {
        "shape": "hexagon",
        "style": "dashed,filled",
        "fillcolor": "#fff3bf",
        "color": "#8a5a00",
        "penwidth": "2",
    },
    Kind.EVENT: {"shape": "box", "style": "rounded,filled", "fillcolor": "#ffffff"},
    Kind.RECORD: {"shape": "cylinder", "fillcolor": "#eeeeee"},
    Kind.STEP: {"shape": "box", "fillcolor": "#dbe9f9", "color": "#1f4e79"},
}
_UNMADE = {"style": "dashed,filled", "fillcolor": "#fff3bf", "color": "#8a5a00", "penwidth": "2"}
_LEGENDS = {
    "actors": Bilingual(
        "谁把什么交给谁。虚线：未写明交给谁或者由谁做，或者只是抄送。粗线止于横杠并写有“断头”：此后没有规定。",
        "Who passes what to whom. Dashed: the recipient or bearer is not named, or it is only a copy. "
        "A thick line that ends in a bar, with the words 'dead end': no rule after this.",
    ),
    "events": Bilingual(
        "什么引起什么。方框是环节，圆角框是事件，圆筒是记录；虚线是因没有而引起，或者消除；"
        "虚线框是没有规定由谁作出的事件。",
        "What sets off what. Boxes are steps, rounded ones events, cylinders records; "
        "dashed: sets off by its absence, or ends; a dashed box: an event that no rule has anybody bring "
        "about.",
    ),
}


def write(drawing: Drawing, lang: str) -> str:
    """``drawing`` in one language."""
    return "".join(f"{line}\n" for line in _lines(drawing, lang))


def _lines(drawing: Drawing, lang: str) -> Iterator[str]:
    names = {node.id: f"n{number}" for number, node in enumerate(drawing.nodes)}
    legend = f" \n{_LEGENDS[drawing.graph].in_language(lang)}"
    yield "digraph chains {"
    yield f"  graph {_attributes({'rankdir': 'LR', 'fontname': FONTS, 'label': legend, 'ranksep': '0.8'})};"
    yield f"  node {_attributes({'fontname': FONTS, 'fontsize': '12', 'style': 'filled'})};"
    yield f"  edge {_attributes({'fontname': FONTS, 'fontsize': '10'})};"
    for node in drawing.nodes:
        label = {"label": _text(labels.of_node(node, lang)), "tooltip": node.id}
        style = {**_NODES[node.kind], **(_UNMADE if node.unmade else {})}
        yield f"  {names[node.id]} {_attributes({**label, **style})};"
    for edges in drawing.bundles():
        first = edges[0]
        said = [*labels.of_bundle(edges, lang), " "]  # a line apart from the arrow
        label = {"label": _text(said), "tooltip": labels.in_full(edges, lang)}
        ends = f"{names[first.start]} -> {names[first.end]}"
        yield f"  {ends} {_attributes({**label, **_style(first)})};"
    yield "}"


def _style(edge: Edge) -> Mapping[str, str]:
    faint = edge.unnamed or edge.kind in (Passing.COPY, Tie.SETS_OFF_BY_ABSENCE, Tie.ENDS)
    style = {"style": "dashed"} if faint else {}
    if edge.dead_end:
        style |= {"color": "#b00020", "fontcolor": "#b00020", "penwidth": "2.5", "arrowhead": "tee"}
    return style


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _attributes(values: Mapping[str, str]) -> str:
    return f"[{', '.join(f'{name}={_quoted(value)}' for name, value in values.items())}]"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
