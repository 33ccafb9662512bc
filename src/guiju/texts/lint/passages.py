"""The running text of a provision, with the place of each character: what most rules read."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from guiju.dsl.source import Place
from guiju.texts.lines import folded
from guiju.texts.provisions import Kind, Part, Provision

#: What surrounds the text, and what repeats other text: no rule reads it.
_SKIPPED = frozenset((Kind.AROUND, Kind.CONTENTS))


@frozen
class Passage:
    """The own text of a provision; a line break is one character of it."""

    provision: Provision
    text: str
    folded: str = field(repr=False)  # as long as the text
    annex: bool  # inside an annex: forms and tables

    def place(self, offset: int, length: int = 1) -> Place:
        """Where a character of the text stands in the file."""
        file = self.provision.place.file
        for line in self.provision.lines:
            if offset <= len(line.text):
                return line.place(file, offset, length)
            offset -= len(line.text) + 1
        return self.provision.place


def passages(part: Part, *, annexes: bool = True, title: bool = False) -> Iterator[Passage]:
    """The passages of ``part`` in order."""
    for top in part.provisions:
        annex = top.kind is Kind.ANNEX
        if top.kind in _SKIPPED or (annex and not annexes) or (top.kind is Kind.TITLE and not title):
            continue
        for provision in top.walk():
            if not provision.empty:
                yield Passage(provision, provision.text, folded(provision.text), annex)
