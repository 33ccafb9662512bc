"""The lines of a Word document: paragraphs and cells in their order, with the numbers that Word writes.

Tracked insertions are kept and deletions dropped, as if all changes were accepted. Notes keep their place and
are no part of the lines: they are not what was enacted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import define, field, frozen

from guiju.texts.word.elements import Element, attribute, name, path
from guiju.texts.word.numbering import Counters, Numbering, numbering
from guiju.texts.word.package import Package

#: Elements whose content is no text of the document as it stands when all changes are accepted.
_DROPPED = frozenset(("del", "moveFrom"))
_ADDED = frozenset(("ins", "moveTo"))
_PROPERTIES = frozenset(("pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr", "tblGrid", "mc:Fallback", "rt"))


@frozen
class Note:
    """A footnote, an endnote, a comment, a header or a footer; ``line`` (from 1) is where it is attached."""

    kind: str
    line: int | None
    column: int
    text: str


@frozen
class Document:
    lines: tuple[str, ...]
    notes: tuple[Note, ...]
    inserted: int  # tracked changes
    deleted: int
    unnumbered: tuple[int, ...]  # lines whose number could not be told
    tables: int


def document(package: Package) -> Document:
    """Walk ``package``."""
    numbers = numbering(package.numbering, package.styles)
    walk = _Walk(numbers, Counters(numbers))
    walk.blocks(package.body)
    walk.finish()
    kept = [
        Note(kind, line, column, _note_text(package, kind, at)) for kind, at, line, column in walk.references
    ]
    for kind, parts in (("header", package.headers), ("footer", package.footers)):
        kept += [Note(kind, None, 1, text) for text in dict.fromkeys(map(_plain, parts)) if text]
    return Document(
        tuple(walk.lines),
        tuple(note for note in kept if note.text),
        walk.inserted,
        walk.deleted,
        tuple(walk.unnumbered),
        walk.tables,
    )


@define
class _Walk:
    """The state of one walk through a body."""

    numbering: Numbering
    counters: Counters
    lines: list[str] = field(factory=list)
    references: list[tuple[str, str, int, int]] = field(factory=list)
    unnumbered: list[int] = field(factory=list)
    inserted: int = 0
    deleted: int = 0
    tables: int = 0
    pieces: list[str] = field(factory=list)  # of the paragraph at hand
    boxes: list[Element] = field(factory=list)  # text boxes anchored in it
    merged: bool = False  # the mark at the end of the paragraph before was deleted

    def blocks(self, parent: Element) -> None:
        """Paragraphs, tables and whatever may stand around them."""
        for element in parent:
            match name(element):
                case "p":
                    self.paragraph(element)
                case "tbl":
                    self.tables += 1
                    self.blocks(element)
                case "ins" | "moveTo":
                    self.inserted += 1
                    self.blocks(element)
                case "del" | "moveFrom":
                    self.deleted += 1
                case "tr" if element.find(path("trPr", "del")) is not None:
                    self.deleted += 1
                case "tr" | "tc" | "sdt" | "sdtContent" | "customXml" | "mc:AlternateContent" | "mc:Choice":
                    self.blocks(element)
                case _:
                    pass

    def paragraph(self, paragraph: Element) -> None:
        held = len("".join(self.pieces).strip())
        mark = paragraph.find(path("pPr", "rPr", "del"))
        before = len(self.pieces)
        if not self.merged:
            self.pieces.append("")  # the place of its number
        self.runs(paragraph)
        if mark is not None and len("".join(self.pieces).strip()) == held:
            del self.pieces[before:]  # deleted altogether
            return
        if not self.merged:
            self.pieces[before] = self._number(paragraph)
        self.merged = mark is not None
        if not self.merged:
            self.finish()

    def _number(self, paragraph: Element) -> str:
        position = self.numbering.position(paragraph)
        if position is None:
            return ""
        label = self.counters.next(*position)
        if not label.sure:
            self.unnumbered.append(len(self.lines) + 1)
        return label.text

    def finish(self) -> None:
        """End the paragraph at hand: its lines, then those of its text boxes."""
        if self.pieces:
            self.lines += "".join(self.pieces).split("\n")
        self.pieces, self.merged = [], False
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.blocks(box)

    def runs(self, parent: Element) -> None:
        """The text inside a paragraph."""
        for element in parent:
            kind = name(element)
            if kind in _PROPERTIES:
                continue
            if kind in _DROPPED:
                self.deleted += 1
                continue
            self.inserted += kind in _ADDED
            match kind:
                case "t":
                    self.pieces.append((element.text or "").replace("\n", " "))
                case "tab" | "ptab":
                    self.pieces.append("\t")
                case "br" if attribute(element, "type") not in ("page", "column"):
                    self.pieces.append("\n")
                case "cr":
                    self.pieces.append("\n")
                case "noBreakHyphen":
                    self.pieces.append("-")
                case "sym":
                    self.pieces.append("□")  # a sign of a symbol font: mostly a box to tick
                case "footnoteReference" | "endnoteReference" | "commentReference":
                    self._reference(element, kind.removesuffix("Reference"))
                case "txbxContent":
                    self.boxes.append(element)
                case "" | "delText" | "instrText" | "delInstrText":
                    if not isinstance(element.tag, str) or kind:
                        continue
                    self.runs(element)  # drawings and other namespaces, which may hold a text box
                case _:
                    self.runs(element)

    def _reference(self, element: Element, kind: str) -> None:
        earlier = "".join(self.pieces)
        line = len(self.lines) + 1 + earlier.count("\n")
        self.references.append(
            (kind, attribute(element, "id") or "", line, len(earlier) - earlier.rfind("\n"))
        )


def _note_text(package: Package, kind: str, at: str) -> str:
    part = {"footnote": package.footnotes, "endnote": package.endnotes, "comment": package.comments}[kind]
    if part is None:
        return ""
    found: Iterable[Element] = (e for e in part.findall(path(kind)) if attribute(e, "id") == at)
    return " ".join(filter(None, map(_plain, found)))


def _plain(part: Element) -> str:
    """The text of a part on one line."""
    nothing = Numbering({}, {})
    walk = _Walk(nothing, Counters(nothing))
    walk.blocks(part)
    walk.finish()
    return re.sub(r"\s+", " ", " ".join(walk.lines)).strip()
