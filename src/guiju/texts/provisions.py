"""A text cut into provisions: the values that ``split`` makes and everything else here reads."""

from __future__ import annotations

import enum
from collections.abc import Iterator

from attrs import frozen

from guiju.dsl.source import Place
from guiju.texts.lines import Line
from guiju.texts.normal import digest
from guiju.texts.numbering import Mark


class Kind(enum.Enum):
    """What a provision is. The value is its name in JSON."""

    TITLE = "title"
    CONTENTS = "contents"  # a table of contents
    NOTICE = "notice"  # the covering notice: 通知
    PREAMBLE = "preamble"  # what stands between the title and the first number: 引言
    DIVISION = "division"  # 编, 章, 节 or a heading without a number
    ARTICLE = "article"
    PARAGRAPH = "paragraph"  # 款
    ITEM = "item"
    ANNEX_LIST = "annex-list"
    ANNEX = "annex"
    AROUND = "around"  # before the title and after the last provision: signatures, remarks of a website

    @property
    def binding(self) -> bool:
        """Whether rules may cite it, so that a spec has to say what became of it."""
        return self in _BINDING


_BINDING = frozenset((Kind.NOTICE, Kind.PREAMBLE, Kind.ARTICLE, Kind.PARAGRAPH, Kind.ITEM, Kind.ANNEX))


@frozen
class Provision:
    """A node of the tree.

    ``label`` is its citation, unique in its part. ``written`` is the number before it as it stands in the
    text, ``lines`` its own text, without that and without what is in ``children``.
    """

    label: str
    kind: Kind
    mark: Mark | None
    written: str  # the mark as it stands in the text
    lines: tuple[Line, ...]
    place: Place
    children: tuple[Provision, ...] = ()

    @property
    def text(self) -> str:
        """Its own text, a line for each line."""
        return "\n".join(line.text for line in self.lines)

    @property
    def empty(self) -> bool:
        """Whether it has no text of its own."""
        return all(line.blank for line in self.lines)

    @property
    def digest(self) -> str:
        """The digest of its own text, without its number: so it stays the same when it is renumbered."""
        return digest(self.text)

    def walk(self) -> Iterator[Provision]:
        """Itself and everything in it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


@frozen
class Part:
    """One instrument of a text: its title and its provisions, in order.

    ``annex`` is the number of the annex that it is of a notice, when it is one.
    """

    title: str
    annex: str
    provisions: tuple[Provision, ...]

    def walk(self) -> Iterator[Provision]:
        for provision in self.provisions:
            yield from provision.walk()

    @property
    def articles(self) -> bool:
        """Whether it has articles; a plan has only items."""
        return any(p.kind is Kind.ARTICLE for p in self.walk())


@frozen
class Split:
    """A text in parts. ``notice`` stands before several parts and belongs to none of them."""

    notice: Part | None
    parts: tuple[Part, ...]

    @property
    def all(self) -> tuple[Part, ...]:
        return (self.notice, *self.parts) if self.notice is not None else self.parts
