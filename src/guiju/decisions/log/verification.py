"""Whether a chain is as it was written: the first entry that is not, and in what.

Whoever can write to the database can rewrite all of it from some entry on, with right digests. Only a head
that was kept elsewhere shows that, and it shows a tail that was cut off.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from attrs import frozen

from guiju.decisions.log.canonical import is_json
from guiju.decisions.log.chain import START, Receipt, Recorded, digest
from guiju.decisions.log.problems import LogDamaged
from guiju.dsl.source import Bilingual


class FaultKind(enum.Enum):
    """In what a chain is broken.

    DIGEST: an entry's content is not that of its digest. LINK: an entry does not continue the one before.
    GAP: a sequence number is missing or out of order. HEAD: the chain does not end where it should, or not
    with the entry that was there. UNREADABLE: the database cannot read on.
    """

    DIGEST = "digest"
    LINK = "link"
    GAP = "gap"
    HEAD = "head"
    UNREADABLE = "unreadable"


@frozen
class Fault:
    """The first thing that is wrong with a chain, and the sequence number at which it is."""

    kind: FaultKind
    sequence: int
    reason: Bilingual


@frozen
class Verification:
    """The result of walking a chain.

    Attributes:
        entries: How many entries from the first on form an unbroken chain.
        head: The last of these; ``START`` when there is none.
        fault: What is wrong after them, if anything.
        anchored: Whether the chain was held against a head kept elsewhere. Without one, a cut-off tail or
            a chain rewritten to its end cannot be seen.
    """

    entries: int
    head: Receipt
    fault: Fault | None
    anchored: bool

    @property
    def intact(self) -> bool:
        return self.fault is None


def verify(
    entries: Iterable[Recorded],
    stored_head: Callable[[], Receipt | None],
    expected: Receipt | None = None,
    visit: Callable[[Recorded], object] | None = None,
) -> Verification:
    """Walk a chain.

    Args:
        entries: All of them, by sequence number.
        stored_head: Reads the head that the log itself keeps; None when it is lost. It is read before and
            after the walk, between which others may append.
        expected: A head that was kept elsewhere.
        visit: Called with each entry that is intact, as it is reached.
    """
    last = marked = START  # marked: the entry that the log's own head names
    try:
        before = stored_head()
        fault: Fault | None = None
        for each in checked(entries):
            if isinstance(each, Fault):
                fault = each
                break
            if expected is not None and each.sequence == expected.sequence and each.receipt != expected:
                fault = _replaced(expected.sequence, *_GIVEN)
                break
            if visit is not None:
                visit(each)
            last = each.receipt
            if before is not None and last.sequence == before.sequence:
                marked = last
        fault = fault or _end(last, marked, before, stored_head(), expected)
    except LogDamaged as error:
        fault = Fault(FaultKind.UNREADABLE, last.sequence + 1, error.reason)
    return Verification(last.sequence, last, fault, expected is not None)


def checked(entries: Iterable[Recorded]) -> Iterator[Recorded | Fault]:
    """The entries as far as the chain is intact; then the first fault, if there is one, and nothing more."""
    last = START
    for each in entries:
        fault = _broken(last, each)
        if fault is not None:
            yield fault
            return
        yield each
        last = each.receipt


def is_whole(recorded: Recorded) -> bool:
    """Whether the content of an entry, taken by itself, is that of its digest.

    That request and record are each JSON is part of it: only so do the bytes under the digest have one
    reading.
    """
    entry = recorded.entry
    return (
        digest(recorded.sequence, recorded.previous, entry) == recorded.digest
        and is_json(entry.request)
        and is_json(entry.record)
    )


def _broken(last: Receipt, each: Recorded) -> Fault | None:
    due = last.sequence + 1
    if each.sequence > due:
        missing = f"{due}" if each.sequence == due + 1 else f"{due} – {each.sequence - 1}"
        return Fault(
            FaultKind.GAP, due, Bilingual(f"缺少第 {missing} 条", f"missing: the entries numbered {missing}")
        )
    if each.sequence < due:
        return Fault(
            FaultKind.GAP,
            each.sequence,
            Bilingual(
                f"此处应为第 {due} 条，却是序号 {each.sequence}",
                f"entry {due} should be here, not one numbered {each.sequence}",
            ),
        )
    if each.previous != last.digest:
        return Fault(
            FaultKind.LINK,
            due,
            Bilingual(
                f"第 {due} 条不接在第 {last.sequence} 条之后：其中一条被换过，或者顺序被改过",
                f"entry {due} does not continue entry {last.sequence}: one was replaced or moved",
            ),
        )
    if not is_whole(each):
        return Fault(
            FaultKind.DIGEST,
            due,
            Bilingual(
                f"第 {due} 条的内容与其摘要不符", f"the content of entry {due} is not that of its digest"
            ),
        )
    return None


def _end(
    last: Receipt,
    marked: Receipt,
    before: Receipt | None,
    after: Receipt | None,
    expected: Receipt | None,
) -> Fault | None:
    """Whether an unbroken chain ends where the log and the caller say that it does."""
    if expected is not None and expected.sequence > last.sequence:
        return _cut_off(last, expected, *_GIVEN)
    if expected is not None and expected.sequence < 1 and expected != START:
        return _replaced(expected.sequence, *_GIVEN)
    if before is None or after is None:
        reason = Bilingual("日志自己记下的末条不见了", "the head that the log itself keeps is lost")
        return Fault(FaultKind.HEAD, last.sequence, reason)
    if before.sequence > last.sequence:
        return _cut_off(last, before, *_KEPT)
    if marked != before:
        return _replaced(before.sequence, *_KEPT)
    if last.sequence > after.sequence or (last.sequence == after.sequence and last != after):
        return _replaced(last.sequence, *_KEPT)
    return None


_GIVEN: Final = ("给出的末条", "the head that was given")
_KEPT: Final = ("日志自己记下的末条", "the head that the log itself keeps")


def _cut_off(last: Receipt, head: Receipt, zh: str, en: str) -> Fault:
    reason = Bilingual(
        f"日志到第 {last.sequence} 条为止，而{zh}是第 {head.sequence} 条：末尾被截断",
        f"the log ends with entry {last.sequence}, but {en} is entry {head.sequence}: its tail was cut off",
    )
    return Fault(FaultKind.HEAD, last.sequence + 1, reason)


def _replaced(sequence: int, zh: str, en: str) -> Fault:
    reason = Bilingual(
        f"第 {sequence} 条不是{zh}：从这一条或者更早的一条起被改写过",
        f"entry {sequence} is not {en}: from it or an earlier one on, something was written anew",
    )
    return Fault(FaultKind.HEAD, sequence, reason)
