"""Group commit: what several threads want to record at the same time goes into one transaction.

A commit costs what the disk takes to make it last, whether it holds one entry or a hundred. Whoever finds
nobody writing writes for all who wait; there is no thread behind it and no delay.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from typing import Final, Protocol

from attrs import define, field

from guiju.decisions.log.chain import Entry, Receipt
from guiju.decisions.log.problems import LogError, LogUnavailable

#: The most entries of one transaction.
MOST: Final = 256


class Appends(Protocol):
    """What records several entries in one transaction: all of them or none."""

    def append_many(self, entries: Sequence[Entry]) -> tuple[Receipt, ...]: ...


@define(eq=False)
class _Waiting:
    entry: Entry
    outcome: Receipt | LogError | None = None


@define(eq=False)
class GroupCommit:
    """Gathers the appends of threads. Used in place of the log's own ``append``, with the same promise."""

    log: Appends
    _queue: deque[_Waiting] = field(factory=deque, init=False)  # its appends and pops are atomic
    _writing: threading.Lock = field(factory=threading.Lock, init=False)

    def append(self, entry: Entry) -> Receipt:
        """Record an entry; when this returns, it lasts.

        Raises:
            LogUnavailable: It could not be recorded, and nothing that stood in the same transaction.
        """
        mine = _Waiting(entry)
        self._queue.append(mine)
        with self._writing:
            while mine.outcome is None:  # else somebody wrote it while we waited
                self._write()
        if isinstance(mine.outcome, LogError):
            raise type(mine.outcome)(mine.outcome.reason.zh, mine.outcome.reason.en) from mine.outcome
        return mine.outcome

    def _write(self) -> None:
        group = [self._queue.popleft() for _ in range(min(len(self._queue), MOST))]
        outcomes: Sequence[Receipt | LogError] = [_interrupted()] * len(group)
        try:
            outcomes = self.log.append_many([each.entry for each in group])
        except LogError as error:
            outcomes = [error] * len(group)
        finally:
            for each, outcome in zip(group, outcomes, strict=True):
                each.outcome = outcome


def _interrupted() -> LogUnavailable:
    return LogUnavailable("写入被中断", "the writing was interrupted")
