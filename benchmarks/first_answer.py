"""Load a corpus that was compiled before and answer one case, in a process of its own: what that costs.

    python benchmarks/first_answer.py [ROUNDS]

CPU seconds of each process, the median of the rounds; the first process of all compiles and is not counted.
Modules are compiled as in any installation, whatever PYTHONDONTWRITEBYTECODE says here.
Then, in one process, what a decision takes when everything is warm: reading the case apart from deciding it.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
CASE = {"专家": {"行为日": "2025-09-10", "查实日": "2025-10-27", "处理日": "2025-11-03", "已查实": True}}
ASK = f"""
import guiju
corpus = guiju.load({str(ROOT / "specs")!r})
decision = corpus.decide({CASE!r}, "受聘用为应急部门专家", on="2026-05-03", at="常州市")
assert decision.verdict is guiju.Verdict.ELIGIBLE
"""
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
QUIET = 'import sys\nassert not {"z3", "lark"} & sys.modules.keys()\n'


def seconds(code: str) -> float:
    """The CPU time of a process that runs ``code``."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, env=ENVIRONMENT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def warm() -> None:
    """What reading and deciding take in a process that has answered before."""
    import guiju

    corpus = guiju.load(ROOT / "specs")
    rounds = 300
    given = corpus.read_case(CASE)
    asked = {"on": "2026-05-03", "at": "常州市"}
    corpus.decide(given, "受聘用为应急部门专家", **asked)
    prepared = corpus.prepare("受聘用为应急部门专家", at="常州市")
    day = corpus.decide(given, "受聘用为应急部门专家", **asked).on
    for what, run in (
        ("read the case", lambda: corpus.read_case(CASE)),
        ("decide, with everything it says", lambda: corpus.decide(given, "受聘用为应急部门专家", **asked)),
        ("verdict and grounds", lambda: prepared.verdict(given, day)),
    ):
        started = time.process_time()
        for _ in range(rounds):
            run()
        print(f"{what:>33}: {1e6 * (time.process_time() - started) / rounds:8.1f} µs")


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    seconds(ASK)
    bare = statistics.median(seconds("pass") for _ in range(rounds))
    whole = statistics.median(seconds(ASK + QUIET) for _ in range(rounds))
    print(f"a bare interpreter: {bare:.3f} s; load and first answer: {whole:.3f} s, {whole / bare:.1f} times")
    warm()


if __name__ == "__main__":
    main()
