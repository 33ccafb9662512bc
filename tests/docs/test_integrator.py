"""docs/howto/integrator.md is true: its sessions of Python run, against a service where they ask one."""

from __future__ import annotations

import doctest
import os
import re
from pathlib import Path

import pytest

from guiju.compiler.verdicts import Verdict
from guiju.decisions.decision import Decision, DutyStatus, TopicAnswer
from served import Server

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/howto/integrator.md").read_text(encoding="utf-8")
EXAMPLES = ROOT / "docs/howto/examples"
SESSIONS = re.findall(r"^```pycon\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the service is stopped by a signal")


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The service of the page, with a key, where its client looks for it."""
    from guiju.http import keys

    rules = tmp_path / "stalls.gj"
    rules.write_bytes((EXAMPLES / "stalls.gj").read_bytes())
    monkeypatch.setenv("GUIJU_KEY", keys.add(tmp_path / "keys.json", "integrator"))
    with Server(rules, "--keys", str(tmp_path / "keys.json"), "--log", str(tmp_path / "log.db")) as server:
        monkeypatch.setenv("GUIJU_URL", server.url)
        yield


@pytest.mark.usefixtures("service")
def test_what_is_typed_gives_what_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every session of the page, one after the other, in the folder of its files."""
    monkeypatch.chdir(EXAMPLES)
    monkeypatch.syspath_prepend(str(EXAMPLES))
    session = doctest.DocTestParser().get_doctest("\n".join(SESSIONS), {}, "integrator.md", None, 0)
    said: list[str] = []
    results = doctest.DocTestRunner(verbose=False).run(session, out=said.append, clear_globs=False)
    assert "".join(said) == ""
    assert results.attempted > 20


def test_every_verdict_and_status_is_explained() -> None:
    """And no other."""
    table = PAGE.partition("## Read the decision")[2].partition("\n```")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == [each.value for each in Verdict]
    statuses = re.search(r"`duties` with `status` \((.*?)\)", PAGE, re.DOTALL)
    assert statuses is not None
    assert re.findall(r"`(\w+)`", statuses[1]) == [each.value for each in DutyStatus]


@pytest.mark.parametrize("name", ["assumed", "duties", "sanctions", "violations", "answers"])
def test_a_member_that_is_named_exists(name: str) -> None:
    """Of a decision."""
    assert f"`{name}`" in PAGE or f"decision.{name}" in PAGE
    assert name in Decision.__annotations__


@pytest.mark.parametrize(
    "name",
    ["grounds", "defeated", "apart", "alternatives", "conflicts", "ask", "until", "without_end", "values"],
)
def test_a_member_of_an_answer_that_is_named_exists(name: str) -> None:
    """Of the answer to one question."""
    assert f"`{name}`" in PAGE
    assert name in TopicAnswer.__annotations__
