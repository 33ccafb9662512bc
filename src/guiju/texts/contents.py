"""The provisions that a spec lists (目录) against those that the text has.

A list may be coarser than the text (``附件2`` for all eight items of an annex) or finer (items without the
words that introduce them). An entry with nothing listed below it stands for everything in it; one with
something listed below it stands for its own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from guiju.texts import numbering
from guiju.texts.provisions import Kind, Provision


@frozen
class Listing:
    """``unlisted``: provisions for which no entry stands. ``absent``: entries without a provision.

    ``found`` has the labels of the provisions that an entry names.
    """

    unlisted: tuple[Provision, ...]
    absent: tuple[str, ...]
    found: Mapping[str, tuple[str, ...]]


def compared(tops: Sequence[Provision], optional: Iterable[str], entries: Iterable[str]) -> Listing:
    """``entries`` against the trees ``tops``; labels in ``optional`` need no entry."""
    every = [p for top in tops for p in top.walk()]
    index = _Index.of(every)
    found = {entry: index.named(entry) for entry in dict.fromkeys(entries)}
    listed = {label for labels in found.values() for label in labels}
    free = set(optional)
    unlisted = [
        p
        for top in tops
        for p in _unlisted(top, listed, above=False)
        if p.label not in free and not p.label.startswith(tuple(free))
    ]
    return Listing(tuple(unlisted), tuple(e for e, labels in found.items() if not labels), found)


def _unlisted(provision: Provision, listed: set[str], above: bool) -> Iterator[Provision]:
    """What in ``provision`` needs an entry and has none; ``above``: an entry above stands for it."""
    named = provision.label in listed
    below = any(p.label in listed for child in provision.children for p in child.walk())
    if above or (named and not below):
        return
    missing = [p for child in provision.children for p in _unlisted(child, listed, above=False)]
    if named and missing and provision.children[0].kind is Kind.PARAGRAPH:
        missing = [p for p in missing if p is not provision.children[0]]  # the entry stands for its own words
    own = provision.kind.binding and not provision.empty and not named
    introduces = any(c.kind is Kind.ITEM for c in provision.children) and below and not missing
    if own and not introduces:
        yield provision
    yield from missing


@frozen
class _Index:
    """Labels by their keys."""

    exact: Mapping[str, str]
    by_key: Mapping[numbering.Key, tuple[str, ...]]
    by_items: Mapping[numbering.Key, tuple[str, ...]]  # without paragraphs
    annexes: tuple[str, ...]

    @classmethod
    def of(cls, every: Iterable[Provision]) -> _Index:
        exact: dict[str, str] = {}
        by_key: dict[numbering.Key, tuple[str, ...]] = {}
        by_items: dict[numbering.Key, tuple[str, ...]] = {}
        annexes = []
        for p in every:
            exact.setdefault(numbering.plain(p.label), p.label)
            if p.kind is Kind.ANNEX:
                annexes.append(p.label)
            taken = numbering.key(p.label)
            if taken is None:
                continue
            by_key[taken] = (*by_key.get(taken, ()), p.label)
            short = numbering.without_paragraphs(taken)
            if p.kind is Kind.ITEM and short != taken:
                by_items[short] = (*by_items.get(short, ()), p.label)
            elif not any(c.kind is Kind.PARAGRAPH for c in p.children) and ("款", 1, 0) not in taken:
                by_items.setdefault((*taken, ("款", 1, 0)), (p.label,))  # its only paragraph
        return cls(exact, by_key, by_items, tuple(annexes))

    def named(self, entry: str) -> tuple[str, ...]:
        """The labels of what ``entry`` names; empty when the text has no such thing."""
        label = self.exact.get(numbering.plain(entry))
        if label is not None:
            return (label,)
        taken = numbering.key(entry)
        if taken is None:
            return ()
        for candidates in (self.by_key.get(taken), self.by_items.get(taken)):
            if candidates:
                return candidates
        first = tuple(piece for piece in taken if piece != ("款", 1, 0))
        if first != taken and first in self.by_key and (*first, ("款", 1, 0)) in self.by_items:
            return self.by_key[first]
        return self._annex(taken)

    def _annex(self, taken: numbering.Key) -> tuple[str, ...]:
        """An annex that is only listed, or the only one, which needs no number."""
        if len(taken) != 1 or taken[0][0] != "附件":
            return ()
        number = taken[0][1]
        listed = self.exact.get(f"附件目录({number})")
        if listed is not None:
            return (listed,)
        if number in (0, 1) and len(self.annexes) == 1 and self.annexes[0] in ("附件", "附件1"):
            return self.annexes
        return ()
