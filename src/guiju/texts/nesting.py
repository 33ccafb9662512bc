"""From the lines of one section to a tree: articles, their paragraphs, the items below them.

Which mark is below which is told by the order in which their styles appear, not by the styles: a plan counts
一、 above （一） above 1., another text the other way round. A style that is open is gone back to, a new one
goes one deeper.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence

from attrs import define, field

from guiju.texts.lines import Line
from guiju.texts.numbering import Style
from guiju.texts.outline import Entry
from guiju.texts.provisions import Kind


class Manner(enum.Enum):
    """Where a line without a number belongs that comes after items."""

    ARTICLES = "articles"  # to the article: it is its next paragraph
    PLAN = "plan"  # to the item
    ANNEX = "annex"  # to the annex, unless items are nested; lines of a form are one paragraph


@define
class Block:
    """One paragraph: its lines, and the items under it."""

    lines: list[Line] = field(factory=list)
    items: list[Node] = field(factory=list)


@define
class Node:
    """A provision that is being built: its first line, and its paragraphs."""

    kind: Kind
    entry: Entry | None
    blocks: list[Block] = field(factory=lambda: [Block()])

    @property
    def style(self) -> Style | None:
        return self.entry.mark.style if self.entry is not None and self.entry.mark is not None else None

    @property
    def last(self) -> Block:
        return self.blocks[-1]


def nested(body: Sequence[Entry], root: Node, manner: Manner, wrapped: bool) -> list[Node]:
    """The provisions of ``body`` beside each other, first ``root``: what has no number to stand under."""
    found: list[Node] = [root]
    path: list[Node] = [root]  # from the article (or root) to the item at hand
    before: Entry | None = None
    gap = False
    for at, entry in enumerate(body):
        if entry.blank:
            gap = True
            continue
        if entry.division and manner is Manner.ANNEX:
            del path[1:]
            root.last.items.append(_begun(Kind.DIVISION, entry))
        elif entry.division or (manner is Manner.ARTICLES and _heading(body, at, before, wrapped)):
            found.append(_begun(Kind.DIVISION, entry))
            path = [found[-1]]
        elif entry.article and manner is not Manner.ANNEX:
            found.append(_begun(Kind.ARTICLE, entry))
            path = [found[-1]]
        elif entry.mark is not None:
            _item(path, _begun(Kind.ITEM, entry))
        elif (
            before is not None
            and path[-1].last.lines
            and (
                (not gap and _continues(before, wrapped))
                or (
                    manner is Manner.PLAN and before.mark is not None and not before.ended
                )  # 一、 and its heading
            )
        ):
            path[-1].last.lines.append(entry.line)
        else:
            _plain(path, entry, manner)
        before, gap = entry, False
    return found


def _begun(kind: Kind, entry: Entry) -> Node:
    return Node(kind, entry, [Block([entry.rest])])


def _item(path: list[Node], item: Node) -> None:
    """Put ``item`` beside the open one of its style, or else below the one at hand."""
    styles = [node.style for node in path]
    if item.style in styles[1:]:
        del path[styles.index(item.style, 1) :]
    path[-1].last.items.append(item)
    path.append(item)


def _plain(path: list[Node], entry: Entry, manner: Manner) -> None:
    """A line without a number: a new paragraph of what it belongs to."""
    if manner is Manner.ARTICLES or (manner is Manner.ANNEX and len(path) <= 2):
        del path[1:]
    block = path[-1].last
    joined = manner is Manner.ANNEX or path[-1].kind is Kind.DIVISION
    if not block.items and (joined or not block.lines):
        block.lines.append(entry.line)
    else:
        path[-1].blocks.append(Block([entry.line]))


def _continues(before: Entry, wrapped: bool) -> bool:
    """Whether the next line goes on with the sentence of this one."""
    return before.unfinished or (wrapped and not before.ended)


def _heading(body: Sequence[Entry], at: int, before: Entry | None, wrapped: bool) -> bool:
    """Whether a line is a heading without a number: short, after a finished sentence, before an article."""
    entry = body[at]
    if entry.mark is not None or not entry.short or len(entry.bare) > 20 or re.search("[0-9(]", entry.bare):
        return False
    if before is not None and not (before.ended or before.division):
        return False
    following = next((e for e in body[at + 1 :] if not e.blank), None)
    return following is not None and (following.article or following.division)
