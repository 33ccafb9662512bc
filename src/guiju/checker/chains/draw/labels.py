"""What is written on the boxes and arrows of a picture, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiju.checker.chains.draw import words
from guiju.checker.chains.draw.drawing import Edge, Ground, Node
from guiju.checker.chains.draw.lines import shortened, wrapped
from guiju.compiler.kernel import Passing
from guiju.dsl.diagnostics import display_width
from guiju.dsl.source import Bilingual

_BOX = 24
_ARROW = 32
_CONDITION = 48
_MORE = Bilingual("，等", ", …")


def of_node(node: Node, lang: str) -> list[str]:
    """The lines of a box; what is not named says so."""
    lines = list(wrapped(node.label.in_language(lang), _BOX))
    if node.unmade:
        lines.append(f"【{words.UNMADE.in_language(lang)}】")
    if node.ground is not None:
        lines += _of_ground(node.ground, lang, alone=True)
    return lines


def of_bundle(edges: Sequence[Edge], lang: str) -> list[str]:
    """The lines of an arrow for ``edges``, all of one kind: what, and each provision with its term."""
    first = edges[0]
    if not isinstance(first.kind, Passing):
        return [first.what.in_language(lang)]
    head = first.what.in_language(lang)
    if first.dead_end:
        head = f"{head}【{words.DEAD_END.in_language(lang)}】"
    grounds = dict.fromkeys(edge.ground for edge in edges if edge.ground is not None)
    alone = len(grounds) == 1
    said = dict.fromkeys(tuple(_of_ground(ground, lang, alone)) for ground in grounds)
    return [head, *(line for lines in said for line in lines)]


def in_full(edges: Sequence[Edge], lang: str) -> str:
    """All that there is to say of ``edges``: what a reader of the picture sees who rests on the arrow."""
    return "\n".join(_full(edge, lang) for edge in edges)


def _full(edge: Edge, lang: str) -> str:
    if edge.ground is None:
        return edge.what.in_language(lang)
    ground = edge.ground
    parts = [
        edge.deed,
        f"{ground.cited} ({ground.rule})",
        _deadline(ground).in_language(lang),
        condition(ground, lang),
    ]
    return " | ".join(part for part in parts if part)


def _of_ground(ground: Ground, lang: str, alone: bool) -> Iterator[str]:
    """A provision, by when, and where it stands ``alone``, its condition; in full it is on the tooltip."""
    yield from wrapped(ground.cited, _ARROW)
    yield from wrapped(shortened(_deadline(ground).in_language(lang), _CONDITION), _ARROW)
    if ground.conditions and alone:
        yield from wrapped(in_short(ground, _CONDITION, lang), _ARROW)


def _deadline(ground: Ground) -> Bilingual:
    return words.NO_DEADLINE if ground.deadline is None else ground.deadline


def condition(ground: Ground, lang: str) -> str:
    """When a step is called for, as one clause."""
    return _clause([each.in_language(lang) for each in ground.conditions], lang)


def in_short(ground: Ground, columns: int, lang: str) -> str:
    """The same in about ``columns``: the shortest of its conditions, and a mark where others are left out."""
    said = [each.in_language(lang) for each in ground.conditions]
    kept: list[str] = []
    for each in sorted(said, key=display_width):
        if kept and display_width(_clause([*kept, each], lang)) > columns:
            break
        kept.append(each)
    left_out = len(kept) < len(said)
    clause = shortened(_clause([each for each in said if each in kept], lang), columns)
    return clause + (_MORE.in_language(lang) if left_out else "")


def _clause(conditions: Sequence[str], lang: str) -> str:
    if not conditions:
        return words.ALWAYS.in_language(lang)
    return f"当{'，且'.join(conditions)}" if lang == "zh" else f"when {' and '.join(conditions)}"
