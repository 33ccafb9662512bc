"""No speed: inputs that are almost valid, put to everything that reads them, for a given time.

    python benchmarks/fuzzing.py [TARGET …] [--minutes N] [--seed N] [--keep FOLDER]

Each target of ``tests/fuzz/`` gets N minutes of CPU, by default a few seconds. An input that leads to
something new joins those that others are made of. Printed are the executions, how many different things came
of them, and the findings: what raised something else than the documented refusals, or took longer than 20
seconds of CPU. A finding is told by where it was raised, and the first input that led there is kept. The exit
status is 1 when there is one.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
import traceback
from contextlib import suppress
from pathlib import Path
from random import Random
from types import FrameType
from typing import NoReturn

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from fuzz.target import Target
from fuzz.targets import TARGETS

#: Seconds of CPU after which an input counts as one that hangs.
TOO_LONG = 20

#: The most inputs that others are made of: beyond that they take the places of older ones.
POOL = 3_000


class TooLong(Exception):
    """An input took longer than ``TOO_LONG``."""


def fuzz(name: str, target: Target, seconds: float, seed: int, keep: Path) -> int:
    """Run one target, and print what came of it; the result is the number of findings."""
    random = Random(seed)
    pool = list(target.seeds)
    outcomes: set[str] = set()
    findings: dict[str, Path] = {}
    start, executions = time.process_time(), 0
    with suppress(KeyboardInterrupt):  # or SIGTERM: what was done until now is told
        while time.process_time() - start < seconds:
            fresh = executions < len(target.seeds)
            data = target.seeds[executions] if fresh else target.changed(random, pool)
            executions += 1
            try:
                signal.setitimer(signal.ITIMER_PROF, TOO_LONG)
                outcome = target.run(data)
            except Exception as error:
                outcome = _place(error)
                if outcome not in findings:
                    findings[outcome] = _kept(keep, name, len(findings), data, error)
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
            if outcome not in outcomes:
                outcomes.add(outcome)
                if len(pool) < POOL:
                    pool.append(data)
                else:
                    pool[random.randrange(len(target.seeds), POOL)] = data
    spent = time.process_time() - start
    rate = executions / spent
    sys.stdout.write(
        f"{name:10} {executions:9,d} executions in {spent:6.0f} s of CPU ({rate:,.0f}/s), "
        f"{len(outcomes):6,d} outcomes, {len(findings)} findings (seed {seed})\n"
    )
    for outcome, path in findings.items():
        sys.stdout.write(f"           {outcome}: {path}\n")
    sys.stdout.flush()
    return len(findings)


def _place(error: Exception) -> str:
    """What was raised and where: the innermost line, and the innermost one of ours."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "guiju" in Path(frame.filename).parts] or frames
    places = dict.fromkeys(f"{Path(f.filename).name}:{f.lineno}" for f in (ours[-1], frames[-1]))
    if isinstance(error, TooLong | RecursionError):
        return type(error).__name__
    return f"{type(error).__name__} at {', '.join(places)}"


def _kept(keep: Path, name: str, number: int, data: bytes, error: Exception) -> Path:
    keep.mkdir(parents=True, exist_ok=True)
    path = keep / f"{name}-{number}"
    path.write_bytes(data)
    path.with_suffix(".txt").write_text("".join(traceback.format_exception(error)), errors="backslashreplace")
    return path


def _too_long(number: int, frame: FrameType | None) -> NoReturn:
    raise TooLong


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    arguments.add_argument("--minutes", type=float, default=0.1)
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--keep", type=Path)
    given = arguments.parse_args()
    unknown = [name for name in given.targets if name not in TARGETS]
    if unknown:
        arguments.error(f"there is no target {', '.join(unknown)}; there are {', '.join(TARGETS)}")
    signal.signal(signal.SIGPROF, _too_long)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    keep = given.keep or Path(tempfile.mkdtemp(prefix="guiju-fuzzing-"))
    found = sum(
        fuzz(name, TARGETS[name](), given.minutes * 60, given.seed, keep) for name in given.targets or TARGETS
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
