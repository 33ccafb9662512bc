"""The pytest plugin, in processes of its own: what it adds, what it shows, and that it costs nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from guiju.decisions.decision import plain
from guiju.testing.formats.jsonl import to_jsonl
from testing.sample_suite import sample

TESTS = sample().tests
CONFTEST = """\
import json, pytest
from pathlib import Path

@pytest.fixture(scope={scope!r})
def guiju_answer():
    answers = json.loads(Path(__file__).with_name("answers.json").read_text())
    def answer(request):
        found = answers[request["id"]]
        {change}
        return found
    return answer
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a test of its own and a suite."""
    (tmp_path / "pytest.ini").write_text("[pytest]\ntestpaths = tests\n")
    tests = tmp_path / "tests"
    tests.mkdir()
    (tests / "test_own.py").write_text("def test_own():\n    pass\n")
    (tests / "suite.jsonl").write_text(to_jsonl(sample()), encoding="utf-8")
    answers = {test.id: plain(test.expected) for test in TESTS}
    (tests / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    answering(tmp_path)
    return tmp_path


def answering(project: Path, change: str = "", scope: str = "session") -> None:
    """Have the project answer as expected, but for one line."""
    text = CONFTEST.format(change=change, scope=scope)
    (project / "tests/conftest.py").write_text(text, encoding="utf-8")


def pytest_in(project: Path, *arguments: str) -> tuple[int, str]:
    """pytest there with the plugin: its status and what it printed."""
    ours = {"GUIJU_LANG": "en", "PYTHONUTF8": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "-p", "guiju.testing.plugin", "-p", "no:cacheprovider"]
    found = subprocess.run(
        [*command, *arguments], cwd=project, env={**kept, **ours}, capture_output=True, encoding="utf-8"
    )
    return found.returncode, found.stdout + found.stderr


@pytest.mark.parametrize("scope", ["function", "module", "session"])
def test_a_suite_beside_a_projects_own_tests(project: Path, scope: str) -> None:
    """Whatever the scope of the fixture."""
    answering(project, scope=scope)
    status, text = pytest_in(project, "--guiju-suite", "tests/suite.jsonl", "-q")
    assert f"{len(TESTS) + 1} passed" in text
    assert status == 0


@pytest.mark.parametrize("arguments", [["tests"], ["tests/suite.jsonl"], ["tests", "tests/suite.jsonl"]])
def test_each_test_once(project: Path, arguments: list[str]) -> None:
    """Though the file lies in a folder that is collected, or is named itself."""
    _, text = pytest_in(project, *arguments, "--guiju-suite", "tests/suite.jsonl", "-q", "--collect-only")
    assert text.count("suite.jsonl::") == len(TESTS)
    assert f"tests/suite.jsonl::{TESTS[0].question}[{TESTS[0].id}]" in text


def test_what_fails_is_explained(project: Path) -> None:
    """The question, the case, what is expected on which grounds, what was said, and why it is tested."""
    answering(project, 'found = {**found, "verdict": "eligible"}')
    status, text = pytest_in(project, "--guiju-suite", "tests/suite.jsonl", "-k", TESTS[0].id)
    assert status == 1
    shown = """\
question 摊主·出摊, 2025-01-15, 市
  摊主.年龄 = 17
  摊主.经营 = 果蔬
  摊主.面积 = 5.00
verdict: expected ineligible, said eligible
rests on 市办法.未成年 第一条
why it is tested: just 17 years
why it is tested: it applies and stands
"""
    assert shown in text
    assert "Traceback" not in text


def test_a_level_demands_more(project: Path) -> None:
    """Than an answer that says the verdict alone."""
    answering(project, 'found = {"verdict": found["verdict"]}')
    assert pytest_in(project, "--guiju-suite", "tests/suite.jsonl")[0] == 0
    status, text = pytest_in(project, "--guiju-suite", "tests/suite.jsonl", "--guiju-level", "grounds")
    assert status == 1
    assert "norms that stand: expected" in text


def test_what_is_no_answer(project: Path) -> None:
    """And what raises: both fail."""
    answering(project, 'found = ["eligible"]')
    assert "no answer: an answer is an object" in pytest_in(project, "--guiju-suite", "tests/suite.jsonl")[1]
    answering(project, "1 / 0")
    assert "ZeroDivisionError" in pytest_in(project, "--guiju-suite", "tests/suite.jsonl")[1]


def test_a_missing_fixture_is_asked_for(project: Path) -> None:
    """By its name."""
    (project / "tests/conftest.py").unlink()
    status, text = pytest_in(project, "--guiju-suite", "tests/suite.jsonl")
    assert status == 1
    assert "fixture 'guiju_answer' not found" in text


def test_a_file_that_is_no_suite(project: Path) -> None:
    """Or none at all: nothing is run as if it had passed."""
    (project / "tests/suite.jsonl").write_text("{}\n")
    status, text = pytest_in(project, "--guiju-suite", "tests/suite.jsonl")
    assert (status, "line 1: is not the first line of a suite" in text) == (2, True)
    status, text = pytest_in(project, "--guiju-suite", "nowhere.jsonl")
    assert (status, "there is no file" in text) == (4, True)


def test_without_the_option_nothing_is_loaded(project: Path) -> None:
    """Not even the modules of this room."""
    (project / "tests/test_own.py").write_text(
        "import sys\n\ndef test_own():\n"
        "    ours = {name for name in sys.modules if name.startswith('guiju')}\n"
        "    assert ours == {'guiju', 'guiju.testing', 'guiju.testing.plugin'}\n"
    )
    status, text = pytest_in(project, "-q")
    assert status == 0, text
    assert "1 passed" in text
