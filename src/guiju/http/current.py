"""The corpus that answers now, and how another takes its place without a request being dropped.

The new one is loaded and checked beside the old one: in a process of its own, because compiling rules would
keep this one from answering; what it compiled is then read from where compiled corpora are kept. A request
keeps the corpus that it began with. If the new rules have mistakes the old ones stay.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Final

from attrs import define, field

from guiju.decisions.corpus import Corpus
from guiju.http.lines import write
from guiju.http.metrics import Metrics

#: Seconds between two attempts of a process that is started while the rules have mistakes.
_PATIENCE: Final = 5.0

Load = Callable[[Iterable[Path]], Corpus]
#: Sees whether the rules can be loaded; what is wrong with them, if anything.
Prove = Callable[[tuple[Path, ...]], str | None]


@define(eq=False)
class Current:
    """The corpus of ``paths``.

    Args:
        paths: Where the rules are.
        metrics: Where reloads are counted.
        load: Loads them.
        prove: Loads them elsewhere first.
        corpus: The corpus, where it is loaded already.
    """

    paths: tuple[Path, ...]
    metrics: Metrics
    load: Load
    prove: Prove
    corpus: Corpus | None = None
    _loading: asyncio.Lock = field(factory=asyncio.Lock, init=False)
    _seen: object = field(default=None, init=False)

    async def start(self) -> None:
        """Load the corpus; while the rules have mistakes, wait until they are mended."""
        self._seen = await asyncio.to_thread(_state, self.paths)
        while self.corpus is None:
            try:
                self.corpus = await asyncio.to_thread(self.load, self.paths)
            except (ValueError, OSError) as error:
                write("corpus-not-loaded", logging.ERROR, error, reason=str(error)[:1000])
                await asyncio.sleep(_PATIENCE)

    async def reload(self) -> bool:
        """Load the rules anew and answer by them from now on; False, and nothing changes, when that fails."""
        async with self._loading:
            self._seen = await asyncio.to_thread(_state, self.paths)
            try:
                wrong = await asyncio.to_thread(self.prove, self.paths)
                if wrong is None:
                    self.corpus = await asyncio.to_thread(self.load, self.paths)
                failed = None
            except Exception as error:  # whatever it is, the old corpus is still good
                wrong, failed = type(error).__name__, error
            self.metrics.reloads.labels("failed" if wrong else "done").inc()
            if wrong is not None:
                write("corpus-not-reloaded", logging.ERROR, failed, reason=wrong)
                return False
            assert self.corpus is not None
            write("corpus-reloaded", digest=self.corpus.digest)
            return True

    async def watch(self, interval: float) -> None:
        """Reload whenever the files have changed; never returns."""
        while True:
            await asyncio.sleep(interval)
            if await asyncio.to_thread(_state, self.paths) != self._seen:
                await self.reload()


def prove_in_process(paths: tuple[Path, ...]) -> str | None:
    """Load the rules in a process of its own; what is wrong with them, if anything."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        try:
            return pool.submit(_prove, paths).result()
        except BrokenProcessPool:
            return "the process that loads the rules died"


def _prove(paths: tuple[Path, ...]) -> str | None:
    from guiju.decisions.loading import load

    try:
        load(paths)
    except (ValueError, OSError) as error:
        return str(error)[:1000] or type(error).__name__
    return None


def _state(paths: tuple[Path, ...]) -> tuple[tuple[str, int, int], ...]:
    """What tells that a file of the rules was changed, added or removed."""
    return tuple(sorted(found for path in paths for found in _files(path)))


def _files(path: Path) -> Iterator[tuple[str, int, int]]:
    for file in path.rglob("*.gj") if path.is_dir() else (path,):
        try:
            status = os.stat(file)
        except OSError:  # it vanished just now
            continue
        yield str(file), status.st_size, status.st_mtime_ns
