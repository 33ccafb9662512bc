"""The command line. ``main`` is the entry point; ``overview`` says what there is, ``app`` runs it.

Entry points hold no logic: they read arguments, call ``guiju.checker`` and write. A module of a command
imports at its top only what parsing its arguments needs; the rest is imported when the command runs.
"""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command that the process's arguments name, and exit with its status."""
    try:
        from guiju.cli import overview, streams

        streams.write_anything()
        lang = overview.language(sys.argv[1:])
        if lang is not None:  # nothing but help is asked for: the parser is not needed
            sys.stdout.write(overview.text(lang))
            sys.stdout.flush()
            return
        from guiju.cli.observer import observed

        with observed() as observer:
            from guiju.cli.app import guiju

            guiju(prog_name="guiju", obj=observer)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        from guiju.cli.failures import broken_pipe

        broken_pipe()
    except (OSError, MemoryError) as error:  # before the command began, or in saying how it ended
        _exhausted(error)


def _exhausted(error: OSError | MemoryError) -> None:
    """End where there may be no memory to import anything, and no room to write what is still pending."""
    reason = str(error) or "内存不足 / out of memory"
    try:
        os.write(2, f"guiju: {reason}\n".encode(errors="backslashreplace"))
    except OSError:
        pass
    finally:
        os._exit(71)  # ``exits.EXHAUSTED``
