"""A text cut into its provisions, each with the label by which it is cited.

Never fails: whatever the lines say, each one goes to exactly one provision, and the labels are unique.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import define, evolve, field

from guiju.dsl.source import Place, Source
from guiju.texts import lines as cleaning
from guiju.texts.lines import Line
from guiju.texts.nesting import Block, Manner, Node, nested
from guiju.texts.numbering import joined, paragraph
from guiju.texts.outline import Entry, annex_head, entries, wrapped
from guiju.texts.parts import Annex, AnnexList, Instrument, sections
from guiju.texts.provisions import Kind, Part, Provision, Split

#: Grows whenever labels or the limits of provisions change: locks of another version cannot be compared.
VERSION = 1


def split(source: Source) -> Split:
    """The provisions of ``source``."""
    text = entries(cleaning.lines(source))
    found = sections(text)
    broken = wrapped(text)
    notice = found.notice
    return Split(
        _part(notice, source.name, broken, notice=True) if notice is not None else None,
        tuple(_part(each, source.name, broken) for each in found.instruments),
    )


def _part(instrument: Instrument, file: str, broken: bool, notice: bool = False) -> Part:
    labels = _Labels(file)
    found: list[Provision] = []
    covering = any(e.ended for e in instrument.before)
    if covering:
        found += labels.section("通知", Kind.NOTICE, instrument.before, Manner.ANNEX, broken)
    else:
        found += labels.plain("文首", Kind.AROUND, instrument.before)
    heading = instrument.heading
    above = (heading.heading,) if heading is not None else ()
    found += labels.plain("标题", Kind.TITLE, (*above, *instrument.title))
    found += labels.plain("目录", Kind.CONTENTS, instrument.contents)
    if notice:
        body = (*instrument.front, *instrument.body)
        found += labels.section("通知", Kind.NOTICE, body, Manner.ANNEX, broken)
    else:
        if any(_prose(e) for e in instrument.front):
            found += labels.section("引言", Kind.PREAMBLE, instrument.front, Manner.ANNEX, broken)
        else:  # when and by whom it was passed
            found += labels.plain("题注", Kind.AROUND, instrument.front)
        articles = any(e.article for e in instrument.body)
        manner = Manner.ARTICLES if articles else Manner.PLAN
        found += labels.section("正文", Kind.PARAGRAPH, instrument.body, manner, broken)
    found += labels.plain("尾部", Kind.AROUND, instrument.after)
    if instrument.listed is not None:
        found.append(labels.listed(instrument.listed))
    found += labels.plain("尾部", Kind.AROUND, instrument.behind)
    for annex in instrument.annexes:
        found.append(labels.annex(annex, broken))
    title = "".join("".join(e.line.text.split()) for e in instrument.title)
    if not title and heading is not None:
        title = "".join(heading.head.title.split())
    return Part(title, heading.head.label if heading is not None else "", tuple(found))


def _prose(entry: Entry) -> bool:
    """Whether a line is a sentence, and no remark in brackets."""
    return entry.mark is not None or (entry.ended and not (entry.bare[0] == "(" and entry.bare[-1] == ")"))


@define
class _Labels:
    """Turns nodes into provisions, and gives out each label once."""

    file: str
    given: set[str] = field(factory=set)
    headings: int = 0
    division: dict[str, str] = field(factory=dict)

    def unique(self, wanted: str) -> str:
        label, n = wanted, 1
        while label in self.given:
            n += 1
            label = f"{wanted}[{n}]"
        self.given.add(label)
        return label

    def plain(self, label: str, kind: Kind, part: Sequence[Entry]) -> list[Provision]:
        """Lines that are one provision without further structure; none when they are blank."""
        kept = [e.line for e in part if not e.blank]
        if not kept:
            return []
        return [Provision(self.unique(label), kind, None, "", tuple(kept), self.place(kept[0]))]

    def section(
        self, label: str, kind: Kind, part: Sequence[Entry], manner: Manner, broken: bool
    ) -> list[Provision]:
        """The provisions of ``part``; what stands before its first number is ``label``."""
        root = Node(kind, None)
        found = nested(part, root, manner, broken)
        if kind is Kind.PARAGRAPH and not root.last.lines and len(root.blocks) == 1:
            return [self.node(n, "") for n in (*root.last.items, *found[1:])]  # items of a plan
        filled = any(block.lines or block.items for block in root.blocks)
        kept = found if filled else found[1:]
        return [self.node(n, label if n is root else "") for n in kept]

    def node(self, node: Node, prefix: str) -> Provision:
        """``node`` with everything below it."""
        entry = node.entry
        if entry is None:
            label = prefix
        elif node.kind is Kind.DIVISION:
            label = prefix + self._of_division(entry)
        else:
            label = joined(prefix, entry.mark.piece if entry.mark is not None else "")
        label = self.unique(label)
        place = self._place(node)
        first, *more = node.blocks
        carrying = sum(bool(block.items) for block in node.blocks)
        if not more:
            made = Provision(label, node.kind, None, "", tuple(first.lines), place, self._items(first, label))
        else:
            paragraphs = tuple(
                Provision(
                    own := self.unique(label + paragraph(n)),
                    Kind.PARAGRAPH if node.kind is not Kind.ANNEX_LIST else node.kind,
                    None,
                    "",
                    tuple(block.lines),
                    self.place(block.lines[0]) if block.lines else place,
                    self._items(block, own if carrying > 1 else label),
                )
                for n, block in enumerate(node.blocks, start=1)
            )
            made = Provision(label, node.kind, None, "", (), place, paragraphs)
        return made if entry is None else evolve(made, mark=entry.mark, written=entry.written)

    def _items(self, block: Block, prefix: str) -> tuple[Provision, ...]:
        return tuple(self.node(item, prefix) for item in block.items)

    def _of_division(self, entry: Entry) -> str:
        """第一章, 第一章第一节; a heading without a number is counted: its words are no label."""
        if entry.mark is None:
            self.headings += 1
            return f"标题{self.headings}"
        rank = entry.mark.piece[-1]
        above = {"编": "", "章": "", "节": self.division.get("章", "")}[rank]
        self.division[rank] = entry.mark.piece
        return above + entry.mark.piece

    def listed(self, part: AnnexList) -> Provision:
        """The list of annexes."""
        items = []
        for entry in (*((part.first,) if part.first is not None else ()), *part.entries):
            if entry.blank:
                continue
            head = annex_head(entry)
            number = (
                entry.mark.number if entry.mark is not None else head.number if head is not None else None
            )
            label = self.unique(f"附件目录({number})" if number is not None else "附件目录(1)")
            line = entry.rest if head is None else entry.line.after(head.offset)
            written = entry.line.text[: len(entry.line.text) - len(line.text)].strip()
            items.append(
                Provision(label, Kind.ANNEX_LIST, entry.mark, written, (line,), self.place(entry.line))
            )
        line = part.heading.line
        place = self.place(line) if not line.blank or not items else items[0].place
        return Provision(self.unique("附件目录"), Kind.ANNEX_LIST, None, "", (line,), place, tuple(items))

    def annex(self, annex: Annex, broken: bool) -> Provision:
        """An annex with what is in it; its title is the first line of its text."""
        root = Node(Kind.ANNEX, None)
        title = annex.heading.line.after(annex.head.offset)
        if not title.blank:
            root.last.lines.append(title)
        (node,) = [n for n in nested(annex.body, root, Manner.ANNEX, broken) if n is root]
        made = self.node(node, annex.head.label)
        written = annex.heading.line.text[: annex.head.offset].strip()
        return evolve(made, written=written, place=self.place(annex.heading.line))

    def place(self, line: Line) -> Place:
        return line.place(self.file, line.indent, len(line.text.strip()))

    def _place(self, node: Node) -> Place:
        if node.entry is not None:
            return self.place(node.entry.line)
        for block in node.blocks:
            for line in (*block.lines, *(i.entry.line for i in block.items if i.entry is not None)):
                return self.place(line)
        return Place(self.file, 0)


def text_of(provisions: Iterable[Provision]) -> str:
    """The text of ``provisions`` put together again: their marks, their own text, what is in them."""
    return "\n".join(p.written + p.text for top in provisions for p in top.walk())
