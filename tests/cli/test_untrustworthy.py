"""What a run says and how it ends when a canary comes out wrong: status 3, which canary, and no findings."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from guiju.checker.report.json_report import schema
from guiju.cli.app import guiju
from guiju.compiler.smt import case, session

SPEC = """\
法域 省
法域 东市 属 省
法域 西市 属 省
机关 东局 辖 东市
机关 西局 辖 西市
实体 人
  事实 甲: 是否
行为 做 主体 人
文件 东办法 发布 东局 地域 东市 施行 2020-01-01
规则 一 见 "第一条" 当 人.甲 则 人 不得 做
规则 二 见 "第二条" 当 人.甲 则 人 应 做
文件 西办法 发布 西局 地域 西市 施行 2020-01-01
规则 三 见 "第一条" 当 人.甲 则 人 应 做
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "a.gj"
    file.write_text(SPEC, encoding="utf-8")
    return file


@pytest.fixture
def placeless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver for which all places are one."""
    monkeypatch.setattr(case.CaseVariables, "inside", lambda self, territory: True)


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that never finds anything."""
    monkeypatch.setattr(session.Session, "check", lambda self, solver: session.Outcome(False))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(guiju, [str(argument) for argument in arguments])


def test_a_check_that_can_be_believed_says_so_in_a_line(source: Path) -> None:
    """The last line of the summary tells of rules and canaries."""
    last = run("check", source).stdout.splitlines()[-1]
    assert last.startswith("规则 3 条，均可适用；答案已知的 ")
    assert last.endswith(" 问全部答对。")
    english = run("check", source, "--lang", "en", "--family", "conflict").stdout.splitlines()[-1]
    assert english.endswith(" canaries, all right.")
    assert english.startswith("whether the 3 rules can apply was not asked")


@pytest.mark.usefixtures("placeless")
@pytest.mark.parametrize("level", ["error", "never"])
def test_the_canary_is_named_and_no_finding_is_shown(source: Path, level: str) -> None:
    """The corpus has a conflict, and it is not reported."""
    result = run("check", source, "--fail-on", level)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "自检未通过" in result.stderr
    assert "不同地域：发现了并不存在的问题" in result.stderr
    assert "z3" in result.stderr
    assert "C101" not in result.stderr


@pytest.mark.usefixtures("placeless")
def test_in_english(source: Path) -> None:
    stderr = run("check", source, "--lang", "en").stderr
    assert "canary 'territories apart': something was found that is not there" in stderr


@pytest.mark.usefixtures("placeless")
def test_a_program_gets_a_document_without_findings(source: Path, tmp_path: Path) -> None:
    """Also in the place of a report from an earlier day."""
    output = tmp_path / "report.json"
    output.write_text('{"findings": []}', encoding="utf-8")
    assert run("check", source, "--format", "json", "--output", output).exit_code == 3
    document = json.loads(output.read_text(encoding="utf-8"))
    jsonschema.validate(document, json.loads(schema()))
    assert "findings" not in document
    assert [failed["canary"]["en"] for failed in document["failed_canaries"]] == ["territories apart"]


@pytest.mark.usefixtures("placeless")
def test_an_editor_gets_a_run_that_did_not_succeed(source: Path) -> None:
    result = run("check", source, "--format", "sarif")
    assert result.exit_code == 3
    [of] = json.loads(result.stdout)["runs"]
    [invocation] = of["invocations"]
    assert invocation["executionSuccessful"] is False
    assert "不同地域" in invocation["toolExecutionNotifications"][0]["message"]["text"]
    assert "results" not in of


@pytest.mark.usefixtures("blind")
@pytest.mark.parametrize("arguments", [("check",), ("chain", "show"), ("chain", "check"), ("compare", "做")])
def test_whatever_rests_on_the_same_solver_ends_so(source: Path, arguments: tuple[str, ...]) -> None:
    """A solver that finds nothing would make everything clear."""
    result = run(*arguments, source)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "自检未通过" in result.stderr
    assert "另有 " in result.stderr  # where so many fail, some are enough
