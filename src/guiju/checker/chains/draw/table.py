"""A drawing as a table of text: who passes what to whom, or what sets which step going, and by when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from guiju.checker.chains.draw import columned, labels, words
from guiju.checker.chains.draw.drawing import Drawing, Edge, Ground, Node, Tie
from guiju.checker.report.layout import Line, Piece
from guiju.dsl.source import Bilingual

#: How wide a page is that no terminal shows.
PIPE = 110

_CONDITION = 96
_SHARES = {"actors": (5, 4, 5, 8), "events": (5, 5, 5, 7)}

Row = tuple[Ground, Sequence[str], str]


def lines(drawing: Drawing, columns: int, lang: str) -> Iterator[Line]:
    """Every line for a terminal of ``columns`` columns, the rows under the instrument that they rest on."""
    rows = _passings(drawing, lang) if drawing.graph == "actors" else _steps(drawing, lang)
    shares = _SHARES[drawing.graph]
    widths = columned.widths(shares, columns)
    for (instrument, title), own in groupby(rows, lambda row: (row[0].instrument, row[0].title)):
        yield (Piece(_title(instrument, title, lang), "provision"),)
        yield from columned.row(_header(drawing.graph, lang), widths, "dim")
        for _, cells, role in own:
            yield from columned.row(cells, widths, role)
        yield ()


def _title(instrument: str, title: str, lang: str) -> str:
    return f"《{title}》" if lang == "zh" else f"{instrument} 《{title}》"


def _header(graph: str, lang: str) -> tuple[str, ...]:
    if graph == "actors":
        said = (
            Bilingual("谁", "who"),
            Bilingual("传递什么", "passes what"),
            Bilingual("交给谁", "to whom"),
            Bilingual("依据、期限、条件", "provision, term, condition"),
        )
    else:
        said = (
            Bilingual("由什么引起", "set off by"),
            Bilingual("环节", "step"),
            Bilingual("产生什么", "brings about"),
            Bilingual("依据、期限", "provision, term"),
        )
    return tuple(each.in_language(lang) for each in said)


def _passings(drawing: Drawing, lang: str) -> list[Row]:
    names = {node.id: node.label.in_language(lang) for node in drawing.nodes}
    found = [_passing(edge, names, lang) for edge in drawing.edges if edge.ground is not None]
    return sorted(found, key=lambda row: row[0].instrument)


def _passing(edge: Edge, names: dict[str, str], lang: str) -> Row:
    assert edge.ground is not None
    to = names[edge.end]
    if edge.dead_end:
        to = f"{to}\n【{words.DEAD_END.in_language(lang)}】"
    kind = edge.what.in_language(lang)
    what = f"{kind}（{edge.deed}）" if lang == "zh" else f"{kind} ({edge.deed})"
    role = "warning" if edge.dead_end or edge.unnamed else ""
    when = [*_rests_on(edge.ground, lang), labels.in_short(edge.ground, _CONDITION, lang)]
    return edge.ground, (names[edge.start], what, to, "\n".join(when)), role


def _steps(drawing: Drawing, lang: str) -> list[Row]:
    found = [_step(node, node.ground, drawing, lang) for node in drawing.nodes if node.ground is not None]
    return sorted(found, key=lambda row: row[0].instrument)


def _step(node: Node, ground: Ground, drawing: Drawing, lang: str) -> Row:
    before = [edge for edge in drawing.edges if edge.end == node.id]
    after = [edge for edge in drawing.edges if edge.start == node.id]
    open_ = {each.id for each in drawing.nodes if each.unmade}
    said = [(_tied(edge, edge.start, lang), edge.start in open_) for edge in before]
    cells = (
        "\n".join(f"{name}\n【{words.UNMADE.in_language(lang)}】" if mark else name for name, mark in said),
        node.label.in_language(lang),
        "\n".join(_tied(edge, edge.end, lang) for edge in after),
        "\n".join(_rests_on(ground, lang)),
    )
    return ground, cells, "warning" if open_ & {edge.start for edge in before} else ""


def _tied(edge: Edge, event: str, lang: str) -> str:
    name = event.partition(":")[2]
    if edge.kind in (Tie.SETS_OFF_BY_ABSENCE, Tie.ENDS):
        return f"非 {name}" if lang == "zh" else f"not {name}"
    return name


def _rests_on(ground: Ground, lang: str) -> list[str]:
    cited = "、".join(ground.citations) or ground.rule
    return [cited, (ground.deadline or words.NO_DEADLINE).in_language(lang)]
