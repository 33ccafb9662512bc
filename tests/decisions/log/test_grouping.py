"""Group commit: what waits together is written together, and each learns how its own entry fared."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from attrs import define, field

from decision_entries import entry
from guiju.decisions.log import Entry, GroupCommit, LogUnavailable, Receipt, open_log
from guiju.decisions.log.grouping import MOST


@define(eq=False)
class Slow:
    """A log whose first write waits until it is let go, and which can refuse a group by its size."""

    refused: int = 0
    groups: list[list[str]] = field(factory=list)
    started: threading.Event = field(factory=threading.Event)
    let_go: threading.Event = field(factory=threading.Event)

    def append_many(self, entries: Sequence[Entry]) -> tuple[Receipt, ...]:
        self.groups.append([each.request_id for each in entries])
        self.started.set()
        assert self.let_go.wait(60)
        if len(entries) == self.refused:
            raise LogUnavailable("满", "full")
        return tuple(Receipt(int(each.request_id.removeprefix("请求-")), "") for each in entries)


def waiting(slow: Slow, count: int) -> list[Receipt | LogUnavailable]:
    """What became of entry 0, which is being written, and of ``count`` others that wait meanwhile."""
    grouping = GroupCommit(slow)

    def append(n: int) -> Receipt | LogUnavailable:
        try:
            return grouping.append(entry(n))
        except LogUnavailable as error:
            return error

    with ThreadPoolExecutor(count + 1) as threads:
        first = threads.submit(append, 0)
        assert slow.started.wait(60)
        others = [threads.submit(append, n) for n in range(1, count + 1)]
        while len(grouping._queue) < count:
            threading.Event().wait(0.001)
        slow.let_go.set()
        return [each.result(60) for each in (first, *others)]


def test_what_waits_is_written_at_once() -> None:
    """Each gets the receipt of its own entry."""
    slow = Slow()
    assert [Receipt(n, "") for n in range(9)] == waiting(slow, 8)
    assert [len(group) for group in slow.groups] == [1, 8]


def test_a_failure_is_everybodys_of_the_group() -> None:
    """Of nobody else; and each has an exception of its own."""
    first, *others = waiting(Slow(refused=5), 5)
    assert Receipt(0, "") == first
    assert [str(each) for each in others if isinstance(each, LogUnavailable)] == ["full"] * 5
    assert len({id(each) for each in others}) == 5


def test_a_group_has_a_limit() -> None:
    """The rest goes into the next."""
    slow = Slow()
    assert len(waiting(slow, MOST + 3)) == MOST + 4
    assert [len(group) for group in slow.groups] == [1, MOST, 3]


def test_an_error_of_ours_leaves_nobody_waiting() -> None:
    """The writer sees it; nobody is told that an entry was recorded."""

    class Broken:
        def append_many(self, entries: Sequence[Entry]) -> tuple[Receipt, ...]:
            raise ZeroDivisionError

    grouping = GroupCommit(Broken())
    with pytest.raises(ZeroDivisionError):
        grouping.append(entry())
    with pytest.raises(ZeroDivisionError):
        grouping.append(entry())


def test_threads_on_one_log(tmp_path: Path) -> None:
    """Every receipt names its own entry, and the chain is one."""
    with open_log(tmp_path / "log.db") as log, ThreadPoolExecutor(16) as threads:
        grouping = GroupCommit(log)
        receipts = list(threads.map(lambda n: grouping.append(entry(n)), range(300)))
        by_number = {each.sequence: each.entry.request_id for each in log.entries()}
        assert [f"请求-{n}" for n in range(300)] == [by_number[each.sequence] for each in receipts]
        assert log.verify().intact
