"""CPU time of ``guiju --help``, and of the commands' help, against that of a bare interpreter.

Run: ``python benchmarks/cold_start.py [ROUNDS]``. The least of the rounds is taken: what is above it is other
work of the machine.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

SRC = Path(__file__).parents[1] / "src"
RUNS = {
    "python -c pass": ["-c", "pass"],
    "guiju --help": ["-m", "guiju", "--help"],
    "guiju --version": ["-m", "guiju", "--version"],
    "guiju check --help": ["-m", "guiju", "check", "--help"],
    "guiju explain C101": ["-m", "guiju", "explain", "C101"],
}


def cpu_seconds(arguments: list[str]) -> float:
    """User and system time of one run of the interpreter."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPATH": str(SRC)}
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, env=environment, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    least = dict.fromkeys(RUNS, float("inf"))
    for _ in range(rounds):
        for name, arguments in RUNS.items():
            least[name] = min(least[name], cpu_seconds(arguments))
    bare = least["python -c pass"]
    for name, seconds in least.items():
        print(f"{name:<20} {seconds * 1000:7.1f} ms CPU   {seconds / bare:5.1f} x")


if __name__ == "__main__":
    main()
