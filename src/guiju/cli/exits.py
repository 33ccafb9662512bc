"""The exit statuses, by which a script tells what happened. They are documented in ``docs/cli.md``."""

from __future__ import annotations

from typing import Final

CLEAN: Final = 0  # nothing at or above the level asked for, and every question answered
FINDINGS: Final = 1  # findings at or above the level; files to format; articles not covered
BAD_INPUT: Final = 2  # arguments or sources that cannot be understood: nothing was checked
UNDECIDED: Final = 3  # no such findings, but questions without an answer: not clean
INTERNAL: Final = 70  # a defect of guiju itself (EX_SOFTWARE of sysexits.h)
EXHAUSTED: Final = 71  # the machine gave out: no memory, a full or failing disk (EX_OSERR of sysexits.h)
INTERRUPTED: Final = 130  # 128 + SIGINT
BROKEN_PIPE: Final = 141  # 128 + SIGPIPE: the reader of the output went away
