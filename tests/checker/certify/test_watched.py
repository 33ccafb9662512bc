"""A solver that dies, hangs or grows leaves its question unknown, and the others answered."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve

from guiju.checker.certify.watched import Limits, replies
from guiju.compiler.smtlib.second import Answer
from obedient_solver import obedient

LIMITS = Limits(0, seconds=30)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [("die", "its process died"), ("hang", "ended after 2 s"), ("grow", "out of memory")],
)
def test_what_goes_wrong_with_one_script(fault: str, reason: str) -> None:
    """That one is unknown, with the reason; those before and after it are answered."""
    limits = evolve(LIMITS, seconds=2) if fault == "hang" else LIMITS
    found = list(replies(iter(["one", fault, "two"]), limits, obedient))
    assert [text for text, _ in found] == ["one", fault, "two"]
    assert [reply.proof for _, reply in found] == ["one", None, "two"]
    assert found[1][1].answer is Answer.UNKNOWN
    assert reason in found[1][1].reason


def test_a_script_that_cannot_be_read_is_a_defect_of_ours() -> None:
    """It is not swallowed."""
    with pytest.raises(ValueError, match="cannot be read"):
        list(replies(iter(["one", "refuse"]), LIMITS, obedient))


def test_more_scripts_than_are_kept_at_once() -> None:
    """In their order, by several processes."""
    texts = [str(number) for number in range(600)]
    found = replies(iter(texts), evolve(LIMITS, jobs=2), obedient)
    assert [(text, reply.proof) for text, reply in found] == [(text, text) for text in texts]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system does not bound memory")
@pytest.mark.parametrize(("parent", "limit", "expected"), [(4, 8, 4), (8, 4, 4), (4, 0, 4)])
def test_no_process_gets_more_memory_than_its_parent(parent: int, limit: int, expected: int) -> None:
    """In GiB; the parent's is what --memory-limit says."""
    code = (
        "import resource\n"
        "from bounded import bounded\n"
        "from guiju.checker.certify.watched import Limits, replies\n"
        "_, most = resource.getrlimit(resource.RLIMIT_AS)\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({parent << 30}, most))\n"
        f"for _, reply in replies(iter(['one']), Limits(0, memory={limit << 30}), bounded):\n"
        "    print(reply.proof)\n"
    )
    path = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    ended = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout.split() == [str(expected << 30)] * 2
