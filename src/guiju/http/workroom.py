"""Threads that decide, so that the event loop stays free: a fixed number, and nothing begun too late.

A thread in Python cannot be stopped. So a work that outlives its deadline goes on, its place stays taken
until it ends, and its result is thrown away; what still waits when its deadline passes is never begun. How
long one work can take is bounded by the limits of the input and the budget of the solver.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

from attrs import define, field

T = TypeVar("T")


@define(eq=False)
class _Work:
    do: Callable[[], Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]


@define(eq=False)
class Workroom:
    """``count`` threads and the works that wait for one. They end with the process: nobody waits for them."""

    count: int
    _waiting: SimpleQueue[_Work | None] = field(factory=SimpleQueue, init=False)
    _running: set[asyncio.Future[Any]] = field(factory=set, init=False)

    def __attrs_post_init__(self) -> None:
        for number in range(self.count):
            threading.Thread(target=self._work, name=f"guiju-{number}", daemon=True).start()

    async def run(self, do: Callable[[], T]) -> T:
        """The result of ``do``, called in a thread. Cancelled before its turn, it is never begun."""
        loop = asyncio.get_running_loop()
        work = _Work(do, loop, loop.create_future())
        self._waiting.put(work)
        result: T = await work.future
        return result

    @property
    def overdue(self) -> int:
        """Threads at works whose results nobody waits for any more."""
        return sum(future.cancelled() for future in tuple(self._running))

    def close(self) -> None:
        """Let the threads end after what they are at."""
        for _ in range(self.count):
            self._waiting.put(None)

    def _work(self) -> None:
        while (work := self._waiting.get()) is not None:
            if work.future.cancelled():
                continue
            self._running.add(work.future)
            try:
                outcome: object = work.do()
                failed = None
            except Exception as error:
                outcome, failed = None, error
            self._running.discard(work.future)
            try:
                work.loop.call_soon_threadsafe(_settle, work.future, outcome, failed)
            except RuntimeError:  # the loop is closed: the process ends
                return


def _settle(future: asyncio.Future[Any], outcome: object, failed: Exception | None) -> None:
    if future.done():
        return
    if failed is not None:
        future.set_exception(failed)
    else:
        future.set_result(outcome)
