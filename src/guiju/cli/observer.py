"""A second process that says so when this one is ended from outside or crashes: nobody else could.

A solver is native code. Where it crashes, or the system takes the process away for want of memory, nothing of
ours runs any more: the exit status is 128 and the number of the signal, and this is what explains it.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

_MESSAGE = """\
guiju 没有做完就结束了：求解器崩溃，或者进程被终止（例如内存不足）。没有给出任何结果。
guiju ended before it was done: the solver crashed, or the process was killed (for want of memory, say). \
There is no result.
"""

_ENDED = b"."


class Observer:
    """The process that waits for this one to end. It is a process at all only where the system can fork."""

    def __init__(self) -> None:
        self._told: int | None = None
        if not hasattr(os, "fork"):
            return
        reading, self._told = os.pipe()
        if os.fork() == 0:
            os.close(self._told)
            _observe(reading)
        os.close(reading)

    def dismiss(self) -> None:
        """This process ends of its own accord, and says itself what is to be said."""
        if self._told is not None:
            with contextlib.suppress(OSError):
                os.write(self._told, _ENDED)
                os.close(self._told)
            self._told = None


@contextmanager
def observed() -> Iterator[Observer]:
    """What is done here is observed; however it ends, short of a crash, the observer is dismissed."""
    observer = Observer()
    try:
        yield observer
    finally:
        observer.dismiss()


def _observe(reading: int) -> None:
    """In the observer: wait until there is nobody left who could write, and then speak, or not. No return."""
    try:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            signal.signal(number, signal.SIG_IGN)
        for stream in (0, 1):  # whoever reads our output is to see its end when we end
            with contextlib.suppress(OSError):
                os.close(stream)
        if os.read(reading, 1) != _ENDED:
            os.write(2, _MESSAGE.encode())
    finally:
        os._exit(0)
