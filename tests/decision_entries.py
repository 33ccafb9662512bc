"""Entries for tests of the decision log, and processes that write them."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

from guiju.decisions.log import Entry

SRC = Path(__file__).parents[1] / "src"
START = dt.datetime(2026, 3, 1, 8, 0, tzinfo=dt.UTC)

#: Appends ``sys.argv[2]`` entries to the log ``sys.argv[1]``, and says each receipt once it has it.
WRITER = """
import datetime as dt, sys
from guiju.decisions.log import Entry, open_log
with open_log(sys.argv[1]) as log:
    for n in range(int(sys.argv[2])):
        print(log.append(Entry.of(
            at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC), request_id=f"{sys.argv[3]}-{n}", caller="k",
            corpus="c", engine="e", request={"n": n}, record={"answer": "yes" * 50},
        )), flush=True)
"""


def entry(n: int = 1, request: object = None, record: object = None, caller: str = "摊主-1") -> Entry:
    """An entry of the n-th hour."""
    return Entry.of(
        at=START + dt.timedelta(hours=n),
        request_id=f"请求-{n}",
        caller=caller,
        corpus="ab" * 32,
        engine="0.1.0",
        request={"摊位": n, "夜间": True} if request is None else request,
        record={"答": "可以", "依据": ["第三条"]} if record is None else record,
    )


def python(code: str, *arguments: str) -> subprocess.Popen[str]:
    """A process of its own that runs ``code``."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(SRC), "PYTHONIOENCODING": "utf-8"},
    )
