"""A suite put to a program: what it is asked, and each way in which it can fail to answer."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from guiju.testing.conform.command import Command
from guiju.testing.conform.unusable import Unusable
from guiju.testing.running import Failed, Results, run
from testing.sample_suite import sample

#: Reads requests; ``answer`` says what to print for one. The first test's verdict is ineligible.
PROGRAM = """\
import json, os, signal, sys, time
for number, line in enumerate(sys.stdin):
    request = json.loads(line)
    first = request["id"] == {first!r}
    {answer}
"""
RIGHT = 'print(json.dumps({"id": request["id"], "verdict": "ineligible"}))'
FIRST = sample().tests[0]


def asked(tmp_path: Path, answer: str, **settings: Any) -> Results:
    """The suite put to a program with this line."""
    path = tmp_path / "program.py"
    path.write_text(PROGRAM.format(first=FIRST.id, answer=answer), encoding="utf-8")
    return run(sample(), Command([sys.executable, "-S", str(path)], **settings))


def failure(results: Results) -> str:
    """What is said of the one test that got no answer."""
    (failed,) = results.failed
    assert failed.test.id == FIRST.id
    assert isinstance(failed.reply, Failed)
    return failed.reply.message.en


@pytest.mark.parametrize("per_case", [False, True])
def test_a_program_that_answers(tmp_path: Path, per_case: bool) -> None:
    """All tests at once, or one to a process; other verdicts than the expected one are seen."""
    results = asked(tmp_path, RIGHT, per_case=per_case)
    wrong = [each.id for each in sample().tests if each.expected.verdict != "ineligible"]
    assert [each.test.id for each in results.disagreeing] == wrong
    assert (results.failed, results.missing) == ((), ())


def test_one_process_is_asked_everything(tmp_path: Path) -> None:
    """Unless it is to be started anew."""
    pids = tmp_path / "pids"
    answer = f"open({str(pids)!r}, 'a').write(f'{{os.getpid()}} '); {RIGHT}"
    asked(tmp_path, answer)
    assert len(set(pids.read_text().split())) == 1
    pids.unlink()
    asked(tmp_path, answer, per_case=True)
    assert len(set(pids.read_text().split())) == len(sample().tests)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            "sys.stderr.write('out of order'); sys.exit(3)",
            "ended with status 3 without an answer. Standard e",
        ),
        ("1 / 0", "ended with status 1 without an answer. Standard error: "),
        ("os.kill(os.getpid(), signal.SIGKILL)", "ended by a signal (Killed) without an answer"),
        ("print('hello')", "no answer: not JSON at line 1, column 1"),
        ("print('{}')", "no answer: verdict: is one of eligible"),
        ("print(json.dumps({'id': 'x', 'verdict': 'eligible'}))", "no answer: this answers x; "),
        ("print(b'\\xff'.decode('latin-1') * 20_000_000)", "a line longer than 16000000 bytes"),
    ],
)
def test_a_program_that_fails_once(tmp_path: Path, answer: str, message: str) -> None:
    """That is an error of that test alone, with what was seen; the next ones are answered."""
    results = asked(tmp_path, _once(answer))
    assert failure(results).startswith(message)
    assert len(results.each) == len(sample().tests)


def _once(answer: str) -> str:
    """``answer`` to the first test, the right one to the others."""
    return f"exec({answer!r} if first else {RIGHT!r})"


def test_what_it_wrote_last_is_quoted(tmp_path: Path) -> None:
    """Of a long story only the end, which names the mistake."""
    message = failure(asked(tmp_path, _once("sys.stderr.write('x ' * 9999); sys.stderr.flush(); 1 / 0")))
    assert message.endswith("ZeroDivisionError: division by zero")
    assert len(message) < 400


def test_a_program_that_is_too_slow(tmp_path: Path) -> None:
    """It is ended, and another one asked the rest."""
    results = asked(tmp_path, _once("time.sleep(600)"), timeout=0.5)
    assert failure(results) == "no answer in 0.5 seconds (an answer is one line, and is flushed)"
    assert len(results.each) == len(sample().tests)


def test_a_program_that_does_not_read(tmp_path: Path) -> None:
    """Its input is closed before it is asked."""
    results = asked(tmp_path, f"{RIGHT}; os.close(0); os._exit(0) if number == 0 else None", timeout=1.5)
    assert len(results.each) == len(sample().tests)


@pytest.mark.parametrize("arguments", [["./no-such-program"], ["/"], ["a\0b"]])
def test_a_program_that_cannot_be_started(arguments: list[str]) -> None:
    """Ends the run."""
    with pytest.raises(Unusable) as error:
        run(sample(), Command(arguments))
    assert error.value.message.en.startswith(f"cannot start {arguments[0]}: ")


@pytest.mark.parametrize("per_case", [False, True])
def test_a_program_that_never_answers(tmp_path: Path, per_case: bool) -> None:
    """Is not asked to the end."""
    with pytest.raises(Unusable) as error:
        asked(tmp_path, "sys.exit(7)", per_case=per_case)
    assert "has answered no test and is not asked any more: ended with status 7" in error.value.message.en
