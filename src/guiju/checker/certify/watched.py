"""The second solver in processes of its own, which may die, hang or grow without harm to the rest.

A budget bounds what it does in its own units; a watchdog ends what exceeds its time all the same, and a
process that dies is replaced. What was asked of it is then unknown, and says why.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import TimeoutError as OutOfTime
from itertools import islice
from typing import Final

from attrs import frozen
from pebble import ProcessExpired, ProcessPool

from guiju.compiler.smtlib.second import Answer, ProofFormat, Reply, solve

#: Scripts that are under way at once: no more of them are kept than this.
_AT_ONCE: Final = 256

#: A process that has answered so many is replaced: what it leaks goes with it.
_TASKS: Final = 500


@frozen
class Limits:
    """What one question may use.

    Attributes:
        budget: Resource units of the solver; 0: no limit.
        seconds: After which its process is ended.
        memory: Bytes of address space of one process, where the system can bound them; 0: no limit.
        jobs: Processes.
        proof: In which format a proof is written; None: none.
    """

    budget: int
    seconds: float = 300.0
    memory: int = 8 << 30
    jobs: int = 1
    proof: ProofFormat | None = None


#: How a script is put to the solver, in whatever process: by its text, the budget and the format of a proof.
Solve = Callable[[str, int, ProofFormat | None], Reply]


def replies(scripts: Iterator[str], limits: Limits, by: Solve = solve) -> Iterator[tuple[str, Reply]]:
    """What the second solver says of each script, in their order.

    Raises:
        Missing: It is not installed.
    """
    pool = ProcessPool(
        max_workers=limits.jobs,
        max_tasks=_TASKS,
        initializer=_prepare,
        initargs=(limits.memory,),
        context=multiprocessing.get_context("spawn"),
    )
    try:
        while some := list(islice(scripts, _AT_ONCE)):
            futures = [
                pool.schedule(by, args=(text, limits.budget, limits.proof), timeout=limits.seconds)
                for text in some
            ]
            for text, future in zip(some, futures, strict=True):
                try:
                    reply = future.result()
                except OutOfTime:
                    reply = Reply(Answer.UNKNOWN, f"ended after {limits.seconds:g} s")
                except ProcessExpired as error:
                    reply = Reply(Answer.UNKNOWN, f"its process died (exit code {error.exitcode})")
                except MemoryError:
                    reply = Reply(Answer.UNKNOWN, "out of memory")
                yield text, reply
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _prepare(memory: int) -> None:
    """In a process of the solver: Ctrl-C is the parent's, and the parent's bound of memory holds here too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        given = (memory or resource.RLIM_INFINITY, *resource.getrlimit(resource.RLIMIT_AS))
        bounds = [each for each in given if each != resource.RLIM_INFINITY]
        if bounds:
            resource.setrlimit(resource.RLIMIT_AS, (min(bounds), min(bounds)))
