"""What one check of a corpus costs: wall time, CPU time and peak memory of ``guiju check``, with its counts.

Run: ``python benchmarks/check_specs.py [PATH] [ROUNDS]``; by default ``specs/``, three times. Each round is
a process of its own. The least of the rounds is the figure to compare: what is above it is other work of the
machine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import frozen

ROOT = Path(__file__).parents[1]

#: ``ru_maxrss`` is in kilobytes on Linux and in bytes on macOS.
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@frozen
class Cost:
    wall: float  # seconds
    cpu: float  # seconds, user and system
    peak: float  # MB of memory

    def __str__(self) -> str:
        return f"{self.wall:7.2f} s wall   {self.cpu:7.2f} s CPU   {self.peak:6.0f} MB"


def check(path: Path, report: Path) -> Cost:
    """Check ``path`` in a process of its own; its report as JSON goes to ``report``."""
    command = [sys.executable, "-m", "guiju", "check", str(path), "--format", "json", "-o", str(report)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    begun = time.perf_counter()
    process = subprocess.Popen([*command, "--fail-on", "never"], env=environment)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 3):  # 3: something is undecided, which the counts show
        sys.exit(f"guiju check ended with status {process.returncode}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * _RSS_UNIT / 1e6)


def main(path: str = str(ROOT / "specs"), rounds: str = "3") -> None:
    costs = []
    with TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        for number in range(1, int(rounds) + 1):
            costs.append(check(Path(path), report))
            print(f"round {number}  {costs[-1]}")
        document = json.loads(report.read_text(encoding="utf-8"))
    best = Cost(min(c.wall for c in costs), min(c.cpu for c in costs), min(c.peak for c in costs))
    print(f"least    {best}")
    counts = {**document["statistics"], **{k: len(document[k]) for k in ("findings", "undecided")}}
    print(", ".join(f"{name} {count}" for name, count in counts.items()))
    queries = counts.get("queries", 0)
    if queries:
        print(f"{1000 * best.cpu / queries:.1f} ms CPU for each query, everything included")


if __name__ == "__main__":
    main(*sys.argv[1:])
