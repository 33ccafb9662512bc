"""Entries recorded per second: one by one, in groups, from several processes; and verified per second.

Run: ``python benchmarks/decision_log.py [DIRECTORY] [SECONDS]``. Each commit waits for the disk that
DIRECTORY is on (by default that of temporary files), so this is wall time and depends on the disk; beside it
stands the CPU time of an entry. ``fsync`` alone is measured first: a commit can hardly be quicker.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SRC = Path(__file__).parents[1] / "src"
sys.path.insert(0, str(SRC))

from guiju.decisions.log import DecisionLog, Entry, open_log  # noqa: E402 - the path comes first

RECORD = {
    "answer": "ineligible",
    "grounds": [
        {"norm": f"rule.{n}", "citations": ["第三条", "第七条"], "facts": {"a": n}} for n in range(12)
    ],
}


def entry(n: int) -> Entry:
    """An entry of about 1.5 KB."""
    return Entry.of(
        at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=n),
        request_id=f"{n:032x}",
        caller="key-1",
        corpus="ab" * 32,
        engine="0.1.0",
        request={"case": {f"fact {k}": n for k in range(20)}, "on": "2026-01-01"},
        record=RECORD,
    )


def measured(name: str, seconds: float, act: Callable[[int], int]) -> None:
    """Call ``act`` for so long; it takes the count so far and gives how many more there are."""
    count, start, cpu = 0, time.perf_counter(), time.process_time()
    while (took := time.perf_counter() - start) < seconds:
        count += act(count)
    cpu = time.process_time() - cpu
    print(f"{name:<34} {count / took:>9,.0f} /s   {cpu / count * 1e6:>7.0f} µs CPU each")


def synced(path: Path) -> Callable[[int], int]:
    """A write of 2 KB that waits for the disk."""
    file = path.open("wb", buffering=0)

    def write(count: int) -> int:
        file.write(b"x" * 2048)
        os.fsync(file.fileno())
        return 1

    return write


def appended(log: DecisionLog, group: int) -> Callable[[int], int]:
    """Entries made and recorded, ``group`` in each transaction."""

    def append(count: int) -> int:
        return len(log.append_many([entry(n) for n in range(count, count + group)]))

    return append


def from_processes(path: Path, processes: int, seconds: float) -> None:
    """Several writers of one log, each recording one entry at a time."""
    open_log(path).close()
    arguments = [sys.executable, __file__, "--write", str(path), str(seconds)]
    writers = [subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) for _ in range(processes)]
    count = sum(int(writer.communicate()[0]) for writer in writers)
    print(f"{f'one by one, {processes} processes':<34} {count / seconds:>9,.0f} /s")


def write(path: str, seconds: float) -> None:
    """What one of several processes does."""
    count, start = 0, time.perf_counter()
    with open_log(path) as log:
        while time.perf_counter() - start < seconds:
            log.append(entry(count))
            count += 1
    print(count)


def main() -> None:
    if sys.argv[1:2] == ["--write"]:
        write(sys.argv[2], float(sys.argv[3]))
        return
    where = sys.argv[1] if len(sys.argv) > 1 else None
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 3.0
    with tempfile.TemporaryDirectory(dir=where) as directory:
        measured("fsync of 2 KB", seconds, synced(Path(directory, "plain")))
        measured("an entry made, not recorded", seconds, lambda n: len([entry(n)]))
        for group in (1, 8, 64, 256):
            with open_log(Path(directory, f"{group}.db")) as log:
                measured(f"recorded, {group} in a transaction", seconds, appended(log, group))
        from_processes(Path(directory, "many.db"), 4, seconds)
        with open_log(Path(directory, "256.db"), read_only=True) as log:
            measured("verified", 0.001, lambda n: log.verify().entries)


if __name__ == "__main__":
    main()
