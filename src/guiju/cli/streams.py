"""The standard streams of the process: characters they lack, nobody who reads them, and none at all."""

from __future__ import annotations

import contextlib
import io
import os
import sys


def write_anything() -> None:
    """Escape characters that the encoding of a terminal lacks, instead of failing half-way.

    A stream that was closed before we began (``>&-``) is one that goes nowhere. Its number is taken, so that
    no file we open gets it: what a library writes there would end up in that file.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            setattr(sys, name, _nowhere(number))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def discard_output() -> None:
    """Send the rest of the output nowhere: the interpreter must not flush into a closed pipe as it ends."""
    with contextlib.suppress(OSError, ValueError):  # a stream that a test has put there has no descriptor
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _nowhere(number: int) -> io.TextIOWrapper:
    """A stream that is empty and takes everything, at that number unless something else is there."""
    opened = os.open(os.devnull, os.O_RDWR)  # the lowest number that is free, which is that one
    return os.fdopen(opened, "r" if number == 0 else "w", encoding="utf-8")
