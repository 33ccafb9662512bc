"""A solver that knows nothing, fails, lacks memory, dies or does not end: never a report that looks whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time

import pytest

from faults.commands import Desk, told

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are others there")

#: Runs guiju with a solver that does something else from its ``AFTER``-th answer on.
BROKEN = """
import os, signal, sys, time
import z3
right, count = z3.Solver.check, 0
def check(self, *assumptions):
    global count
    count += 1
    return right(self, *assumptions) if count <= int(os.environ["AFTER"]) else broken(self)
def broken(self):
    {broken}
z3.Solver.check = check
from guiju.cli import main
main()
"""

KNOWS_NOTHING = "return z3.unknown"
FAILS = 'raise z3.Z3Exception("index out of bounds")'
LACKS_MEMORY = 'raise z3.Z3Exception(b"out of memory")'
DIES = "os.kill(os.getpid(), signal.SIGSEGV)"
HANGS = "open('hangs', 'w').close(); time.sleep(600)"

CHECK = ("check", "rules.gj", "--format", "json", "-o", "report.json")


def run(desk: Desk, broken: str, after: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command with a solver that does this after so many answers."""
    (desk.folder.parent / "broken.py").write_text(BROKEN.format(broken=broken), encoding="utf-8")
    return desk.run(
        *arguments, shell='p="$1"; shift 3; "$p" ../broken.py "$@"', environment={"AFTER": str(after)}
    )


@pytest.mark.parametrize("after", [0, 80])
@pytest.mark.parametrize(
    ("broken", "status", "words"),
    [
        (FAILS, 70, "internal error"),
        (LACKS_MEMORY, 71, "not enough memory"),
        ("raise MemoryError", 71, "not enough memory"),
        (DIES, -signal.SIGSEGV, ""),
    ],
    ids=["fails", "lacks memory", "no memory for Python", "dies"],
)
def test_a_check_whose_solver_breaks(desk: Desk, broken: str, status: int, words: str, after: int) -> None:
    """There is no report, not even of what was found before; or the check's own test fails."""
    found = run(desk, broken, after, *CHECK)
    if found.returncode == 3:
        assert "failed its own test" in found.stderr
        assert "findings" not in json.loads((desk.folder / "report.json").read_text(encoding="utf-8"))
    else:
        assert found.returncode in (status, 128 - status), (found.returncode, found.stderr)
        assert words in found.stderr
        assert desk.names() == []
    assert "Traceback" not in found.stderr


def test_a_check_whose_solver_knows_nothing(desk: Desk) -> None:
    """Status 3: nothing is called clear."""
    found = run(desk, KNOWS_NOTHING, 0, *CHECK)
    told(found, 3)
    report = json.loads((desk.folder / "report.json").read_text(encoding="utf-8"))
    assert report["undecided"]
    assert {each["code"] for each in report["findings"]} <= {"E802"}  # which needs no solver


@pytest.mark.parametrize(
    ("broken", "status"), [(KNOWS_NOTHING, 3), (LACKS_MEMORY, 71), (DIES, -signal.SIGSEGV)]
)
def test_a_decision_whose_solver_breaks(desk: Desk, broken: str, status: int) -> None:
    """An answer that is not known is undetermined, or there is none."""
    desk.run("schema", "rules.gj", "--list")  # compiled beforehand, by a solver that works
    case = desk.folder.parent / "case.json"
    case.write_text('{"摊主": {}}', encoding="utf-8")
    ask = (
        "--case",
        str(case),
        "--question",
        "登记",
        "--on",
        "2026-11-22",
        "--at",
        "东区",
        "--format",
        "json",
    )
    found = run(desk, broken, 0, "decide", "rules.gj", *ask)
    assert found.returncode in (status, 128 - status), found.stderr
    assert "Traceback" not in found.stderr
    if status == 3:
        assert json.loads(found.stdout)["answers"][0]["verdict"] == "undetermined"
    else:
        assert found.stdout == ""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_check_whose_solver_does_not_end(desk: Desk, number: signal.Signals) -> None:
    """It can be ended, and leaves nothing."""
    broken = desk.folder.parent / "broken.py"
    broken.write_text(BROKEN.format(broken=HANGS), encoding="utf-8")
    process = subprocess.Popen(
        [*desk.python, str(broken), *CHECK],
        cwd=desk.folder,
        env={**desk.environment, "AFTER": "2"},
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    while not (desk.folder / "hangs").exists():
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    assert process.returncode in (130, -number, 143)
    assert "Traceback" not in errors
    assert desk.names() == ["hangs"]
