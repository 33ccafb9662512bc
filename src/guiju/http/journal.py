"""What is answered is recorded first, many answers in one transaction.

A commit waits for the disk, whether it holds one entry or a hundred. While one transaction is being written
the entries of others gather, and the next transaction takes them all.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, Protocol

from attrs import define, field

from guiju.decisions.log import Entry, LogError, LogUnavailable, Receipt
from guiju.http.metrics import Metrics

#: The most entries of one transaction.
MOST: Final = 256


class Log(Protocol):
    """``guiju.decisions.log.DecisionLog``, as far as it is needed."""

    def append_many(self, entries: Sequence[Entry]) -> tuple[Receipt, ...]: ...

    def head(self) -> Receipt: ...

    def close(self) -> None: ...


@define(eq=False)
class _Waiting:
    entries: Sequence[Entry]
    future: asyncio.Future[tuple[Receipt, ...]]


@define(eq=False)
class Journal:
    """Writes to ``log`` from one thread, in the order in which entries come."""

    log: Log
    metrics: Metrics
    _queue: deque[_Waiting] = field(factory=deque, init=False)
    _thread: ThreadPoolExecutor = field(init=False)
    _writing: asyncio.Task[None] | None = field(default=None, init=False)

    @_thread.default
    def _one_thread(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(1, thread_name_prefix="guiju-journal")

    async def append(self, entries: Sequence[Entry]) -> tuple[Receipt, ...]:
        """Record ``entries``; when this returns, they last.

        Raises:
            LogError: They could not be recorded: nothing may be answered.
        """
        waiting = _Waiting(entries, asyncio.get_running_loop().create_future())
        self._queue.append(waiting)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        return await waiting.future

    async def check(self) -> None:
        """See whether the log can be reached.

        Raises:
            LogError: It cannot.
        """
        await asyncio.get_running_loop().run_in_executor(self._thread, self.log.head)

    async def close(self) -> None:
        """Write what waits and close the log."""
        if self._writing is not None:
            await self._writing
        self._thread.shutdown()
        self.log.close()

    async def _write(self) -> None:
        loop = asyncio.get_running_loop()
        while group := self._next_group():
            entries = [entry for each in group for entry in each.entries]
            try:
                receipts = await loop.run_in_executor(self._thread, self.log.append_many, entries)
            except Exception as error:
                failure = error if isinstance(error, LogError) else _failed(error)
                self.metrics.log_failures.inc()
                for each in group:
                    if not each.future.done():
                        each.future.set_exception(failure)
                continue
            self.metrics.log_groups.observe(len(entries))
            rest = iter(receipts)
            for each in group:
                own = tuple(next(rest) for _ in each.entries)
                if not each.future.done():  # else nobody waits any more: it is recorded and not answered
                    each.future.set_result(own)

    def _next_group(self) -> list[_Waiting]:
        group: list[_Waiting] = []
        size = 0
        while self._queue and (not group or size + len(self._queue[0].entries) <= MOST):
            waiting = self._queue.popleft()
            if not waiting.future.done():
                group.append(waiting)
                size += len(waiting.entries)
        return group


def _failed(error: Exception) -> LogUnavailable:
    """What no log should raise; nothing may be answered all the same."""
    name = type(error).__name__
    failure = LogUnavailable(f"写入失败（{name}）", f"writing failed ({name})")
    failure.__cause__ = error
    return failure
