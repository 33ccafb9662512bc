"""The standard streams of the process: what to do with characters they lack, and when nobody reads them."""

from __future__ import annotations

import contextlib
import io
import os
import sys


def write_anything() -> None:
    """Escape characters that the encoding of a terminal lacks, instead of failing half-way."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def discard_output() -> None:
    """Send the rest of the output nowhere: the interpreter must not flush into a closed pipe as it ends."""
    with contextlib.suppress(OSError, ValueError):  # a stream that a test has put there has no descriptor
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
