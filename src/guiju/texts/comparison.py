"""A text against the lock of an instrument: the same, or which provisions changed, went, came or moved."""

from __future__ import annotations

import enum
import re
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
_ARTICLE = re.compile("第[^条款]+条(?:之[一二三四五六七八九十]+)?|附件[0-9]+")


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
    count = sum(p.kind.binding for p in provisions)
    now = lock(split, part)
    title = own.title if own is not None else digest(encoding.title)
    if title != now.title and (own is None or likeness(own, now) < ALIKE):
        fitting = best(now, {name: each for name, each in others.items() if name != encoding.instrument})
        if own is not None or fitting is not None:
            return Comparison(encoding, part.title, own is not None, count, (), fitting or "")
    differences = [*_from_lock(own, now, provisions, part)] if own is not None else []
    tops = (*(split.notice.provisions if split.notice is not None else ()), *part.provisions)
    optional = ("通知",) if split.notice is not None and len(split.parts) > 1 else ()
    listing = against_contents(tops, optional, encoding.contents)
    if encoding.contents:
        differences += [Entry(Difference.UNCOVERED, p.label, place=p.place) for p in listing.unlisted]
    differences += [Entry(Difference.UNMARKED, label) for label in encoding.unmarked]
    differences += [Entry(Difference.ABSENT, label) for label in listing.absent]
    return Comparison(encoding, part.title, own is not None, count, tuple(differences))


def likeness(one: Lock, other: Lock) -> float:
    """The share of provisions that two locks have in common, whatever their labels; the notice apart."""
    first, second = (
        {each for label, each in held.provisions.items() if not label.startswith("通知")}
        for held in (one, other)
    )
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
    heads = {_cut(old)[0]: _cut(new)[0] for old, new in moved.items() if _cut(old)[1] == _cut(new)[1]}
    changed: dict[str, str] = {}
    for label in before:  # what changed stands under its old number, or where the rest of its article is now
        head, rest = _cut(label)
        for now_at in (heads.get(head, head) + rest, label):
            if now_at in after and now_at not in changed.values():
                changed[label] = now_at
                break
    yield from (
        Entry(Difference.CHANGED, old, new if new != old else None, places[new])
        for old, new in changed.items()
    )
    yield from (Entry(Difference.MISSING, label) for label in before if label not in changed)
    yield from (
        Entry(Difference.NEW, label, place=places[label]) for label in after if label not in changed.values()
    )
    told = dict.fromkeys((_whole(old, new) for old, new in moved.items()))
    first = {_whole(old, new): places[new] for old, new in reversed(moved.items())}
    for old, new in told:
        if not _implied(old, new, moved):
            yield Entry(Difference.MOVED, old, new, first[old, new])


def _cut(label: str) -> tuple[str, str]:
    """``label`` as its article (or annex) and what is inside that."""
    match = _ARTICLE.match(label)
    return (match[0], label[match.end() :]) if match is not None else ("", label)


def _whole(old: str, new: str) -> tuple[str, str]:
    """What moved: the whole article, where a part of it stands at the same place of another one."""
    (head, rest), (to, now_rest) = _cut(old), _cut(new)
    return (head, to) if head and to and head != to and rest == now_rest else (old, new)


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
