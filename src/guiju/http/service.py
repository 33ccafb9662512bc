"""What the requests of one process share: the corpus, the threads, the journal, the keys, the counts."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

from attrs import define, field

from guiju.decisions.corpus import Corpus
from guiju.decisions.log import LogError, open_log
from guiju.decisions.problems import Problem
from guiju.dsl.source import Bilingual
from guiju.http.asked import Answer, Asking, answer
from guiju.http.body import parse
from guiju.http.current import Current, Load, Prove, prove_in_process
from guiju.http.journal import Journal, Log
from guiju.http.keys import Keyring
from guiju.http.metrics import Metrics
from guiju.http.problem import Kind, Refused
from guiju.http.settings import Settings
from guiju.http.workroom import Workroom

OpenLog = Callable[[str], Log]


@define(eq=False)
class Service:
    """One process's side of the service; ``running`` is its life.

    Args:
        settings: How it is run.
        current: The corpus that answers.
        open_log: Opens the decision log.
        clock: Tells the time, with its zone.
    """

    settings: Settings
    current: Current
    metrics: Metrics
    open_log: OpenLog
    clock: Callable[[], dt.datetime]
    keyring: Keyring | None = field(init=False)
    workroom: Workroom = field(init=False)
    journal: Journal | None = field(default=None, init=False)
    requests: int = field(default=0, init=False)  # that are being worked on

    @keyring.default
    def _keys(self) -> Keyring | None:
        return None if self.settings.keys is None else Keyring(self.settings.keys)

    @workroom.default
    def _threads(self) -> Workroom:
        return Workroom(self.settings.threads)

    @asynccontextmanager
    async def running(self, signals: bool = False) -> AsyncIterator[None]:
        """Load, open, serve and close.

        Args:
            signals: Reload on SIGHUP; only in the main thread of a process.

        Raises:
            LogError: The log cannot be opened.
        """
        if self.settings.log is not None:
            self.journal = Journal(await asyncio.to_thread(self.open_log, self.settings.log), self.metrics)
        tasks: set[asyncio.Task[object]] = set()
        try:
            await self.current.start()
            if signals:
                self._reload_on_signal(tasks)
            if self.settings.reload_interval:
                tasks.add(asyncio.create_task(self.current.watch(self.settings.reload_interval)))
            yield
        finally:
            for task in tuple(tasks):
                task.cancel()
            self.workroom.close()
            if self.journal is not None:
                await self.journal.close()

    @property
    def corpus(self) -> Corpus:
        """The corpus that answers now.

        Raises:
            Refused: There is none yet.
        """
        if self.current.corpus is None:
            raise Refused(Kind.BUSY, headers={"Retry-After": "1"})
        return self.current.corpus

    async def answered(self, corpus: Corpus, data: bytes, request_id: str, caller: str) -> Answer:
        """The answer to a body, made in a thread; it is not recorded yet.

        Raises:
            Refused: It has mistakes.
        """
        return await self.workroom.run(partial(self.answer, corpus, data, request_id, caller))

    def answer(self, corpus: Corpus, data: bytes, request_id: str, caller: str) -> Answer:
        """The same in this thread."""
        asking = Asking(request_id, caller, self.clock())
        return answer(corpus, parse(data, self.settings.limits, self.settings.max_values), asking)

    def count(self, answer: Answer) -> None:
        """Count the verdicts of an answer that is sent."""
        for verdict in answer.verdicts:
            self.metrics.verdicts.labels(verdict).inc()

    async def wanting(self) -> list[Problem]:
        """What is not in order, so that requests cannot be answered."""
        overdue = self.workroom.overdue
        found: list[Problem] = []
        if self.current.corpus is None:
            message = Bilingual("条文尚未载入", "the corpus is not loaded yet")
            found.append(Problem("", "corpus", message))
        if overdue >= self.settings.threads:
            message = Bilingual("所有线程都被超时的请求占着", "requests that are overdue hold all threads")
            found.append(Problem("", "threads", message))
        if self.journal is not None:
            try:
                async with asyncio.timeout(self.settings.timeout):
                    await self.journal.check()
            except (LogError, TimeoutError):
                message = Bilingual("决定日志不可用", "the decision log cannot be used")
                found.append(Problem("", "log", message))
        return found

    def _reload_on_signal(self, tasks: set[asyncio.Task[object]]) -> None:
        loop = asyncio.get_running_loop()

        def reload() -> None:
            task: asyncio.Task[object] = loop.create_task(self.current.reload())
            tasks.add(task)
            task.add_done_callback(tasks.discard)

        with contextlib.suppress(AttributeError, NotImplementedError):  # there is no SIGHUP on Windows
            loop.add_signal_handler(signal.SIGHUP, reload)


def service(
    settings: Settings,
    corpus: Corpus | None = None,
    *,
    load: Load | None = None,
    prove: Prove = prove_in_process,
    open_log: OpenLog = open_log,
    clock: Callable[[], dt.datetime] | None = None,
) -> Service:
    """A service with these settings, which is not running yet.

    Args:
        corpus: The corpus of ``settings.paths``, where it is loaded already.
        load, prove, open_log, clock: What it does these things with.
    """
    from guiju.decisions import loading

    metrics = Metrics()
    current = Current(settings.paths, metrics, load or loading.load, prove, corpus)
    return Service(settings, current, metrics, open_log, clock or partial(dt.datetime.now, dt.UTC))
