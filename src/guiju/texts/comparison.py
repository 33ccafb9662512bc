"""A text against the lock of an instrument: the same, or which provisions changed, went, came or moved."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Mapping

from attrs import frozen

from guiju.dsl.source import Place
from guiju.texts.contents import compared as against_contents
from guiju.texts.locks import Lock, lock, locked
from guiju.texts.normal import digest
from guiju.texts.provisions import Part, Provision, Split

#: From this share of common provisions on, a text is taken for another version of an instrument.
ALIKE = 0.3


class Difference(enum.Enum):
    """How text and spec differ, in the order of a report. The value is its name in JSON."""

    TITLE = "title"
    CHANGED = "changed"
    MISSING = "missing"  # in the lock, not in the text
    NEW = "new"  # in the text, not in the lock
    MOVED = "moved"  # the same words under another label
    UNCOVERED = "uncovered"  # in the text, not in the 目录 of the spec
    UNMARKED = "unmarked"  # in the 目录, neither encoded nor marked as left out
    ABSENT = "absent"  # in the 目录, not in the text


@frozen
class Entry:
    """One difference: its label, the new label of what moved, the place in the text."""

    difference: Difference
    label: str
    to: str | None = None
    place: Place | None = None


@frozen
class Encoding:
    """What a spec says of its text: title, list of provisions, and which of them it leaves without a word."""

    instrument: str
    title: str
    contents: tuple[str, ...]
    unmarked: tuple[str, ...]


@frozen
class Comparison:
    """A text compared with a spec. ``locked`` is False where there is no lock to compare with.

    ``other`` is set when this is not the text of the instrument at all: the id of the one whose lock it fits,
    or empty when it fits none.
    """

    encoding: Encoding
    title: str  # of the text
    locked: bool
    provisions: int
    differences: tuple[Entry, ...]
    other: str | None = None

    @property
    def same(self) -> bool:
        return self.locked and self.other is None and not self.differences


def compare(
    split: Split, part: Part, encoding: Encoding, own: Lock | None, others: Mapping[str, Lock]
) -> Comparison:
    """``part`` against the spec and its lock; where the lock does not fit, against the others."""
    provisions = list(locked(split, part))
    now = lock(split, part)
    title = own.title if own is not None else digest(encoding.title)
    if title != now.title and (own is None or likeness(own, now) < ALIKE):
        fitting = best(now, {name: each for name, each in others.items() if name != encoding.instrument})
        if own is not None or fitting is not None:
            return Comparison(encoding, part.title, own is not None, len(provisions), (), fitting or "")
    differences = [*_from_lock(own, now, provisions, part)] if own is not None else []
    tops = (*(split.notice.provisions if split.notice is not None else ()), *part.provisions)
    optional = ("通知",) if split.notice is not None and len(split.parts) > 1 else ()
    listing = against_contents(tops, optional, encoding.contents)
    if encoding.contents:
        differences += [Entry(Difference.UNCOVERED, p.label, place=p.place) for p in listing.unlisted]
    differences += [Entry(Difference.UNMARKED, label) for label in encoding.unmarked]
    differences += [Entry(Difference.ABSENT, label) for label in listing.absent]
    return Comparison(encoding, part.title, own is not None, len(provisions), tuple(differences))


def likeness(one: Lock, other: Lock) -> float:
    """The share of provisions that two locks have in common, whatever their labels."""
    first, second = set(one.provisions.values()), set(other.provisions.values())
    return len(first & second) / max(len(first), len(second), 1)


def best(now: Lock, locks: Mapping[str, Lock]) -> str | None:
    """The instrument whose title or most of whose provisions ``now`` has; None when there is none."""
    by_title = sorted(name for name, each in locks.items() if each.title == now.title)
    if by_title:
        return max(by_title, key=lambda name: likeness(locks[name], now))
    found = max(sorted(locks), key=lambda name: likeness(locks[name], now), default=None)
    return found if found is not None and likeness(locks[found], now) >= ALIKE else None


def _from_lock(own: Lock, now: Lock, provisions: list[Provision], part: Part) -> Iterable[Entry]:
    places = {p.label: p.place for p in provisions}
    if own.title != now.title:
        title = next((p.place for p in part.walk() if p.label == "标题"), None)
        yield Entry(Difference.TITLE, "标题", place=title)
    if own.whole == now.whole:
        return
    before = {label: d for label, d in own.provisions.items() if now.provisions.get(label) != d}
    after = {label: d for label, d in now.provisions.items() if own.provisions.get(label) != d}
    moved = _moved(before, after)
    for old in moved:
        del before[old]
    for new in moved.values():
        del after[new]
    changed = [label for label in after if label in before]
    yield from (Entry(Difference.CHANGED, label, place=places[label]) for label in changed)
    yield from (Entry(Difference.MISSING, label) for label in before if label not in changed)
    yield from (Entry(Difference.NEW, label, place=places[label]) for label in after if label not in changed)
    for old, new in moved.items():
        if not _implied(old, new, moved):
            yield Entry(Difference.MOVED, old, new, places[new])


def _moved(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """The labels of the lock whose words stand under another label now, in their order."""
    free: defaultdict[str, list[str]] = defaultdict(list)
    for label, each in after.items():
        free[each].append(label)
    return {old: free[each].pop(0) for old, each in before.items() if free[each]}


def _implied(old: str, new: str, moved: Mapping[str, str]) -> bool:
    """Whether something above ``old`` moved in the same way, so that this goes without saying."""
    return any(
        old != above and old.startswith(above) and new.startswith(to) and old[len(above) :] == new[len(to) :]
        for above, to in moved.items()
    )
