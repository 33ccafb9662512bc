"""``guiju schema``: schemas, the list of questions, an example to start from; and ``guiju compile``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import guiju as api
from guiju.cli.app import guiju
from guiju.decisions.schema import decision_schema

STALLS = Path(__file__).parents[2] / "docs/howto/examples/stalls.gj"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(guiju, ["schema", str(STALLS), *arguments])


def test_the_schema_of_a_case() -> None:
    """Of everything, or of what bears on a question; the same as in the library."""
    corpus = api.load(STALLS)
    assert json.loads(run().stdout) == json.loads(json.dumps(corpus.schema()))
    assert json.loads(run("--question", "设摊").stdout) == json.loads(json.dumps(corpus.schema("设摊")))


def test_the_schema_of_a_decision() -> None:
    """As it is shipped."""
    assert run("--decision").stdout == decision_schema()


def test_the_questions_are_listed() -> None:
    """Acts by party, outcomes with their values, a line to each."""
    assert run("--list").stdout == (
        "摊主\n"
        "  摊主·设摊                         规则 5，须给 4 项\n"
        "  摊主·报告迁址                     规则 1，须给 2 项\n"
        "结果\n"
        "  处分                              规则 1，须给 0 项；取值 警告, 停业, 注销登记\n"
    )
    assert "\noutcomes\n  处分   " in run("--list", "--lang", "en").stdout


def test_an_example_can_be_decided(tmp_path: Path) -> None:
    """As it is written."""
    case = tmp_path / "case.json"
    assert run("--question", "设摊", "--example", "-o", str(case)).exit_code == 0
    written = json.loads(case.read_text(encoding="utf-8"))
    assert written["摊主"].keys() == {"年龄", "已登记", "品类", "处理日", "处罚"}
    arguments = ["decide", str(STALLS), "--case", str(case), "--question", "设摊", "--at", "北苑区"]
    assert CliRunner().invoke(guiju, arguments).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--question", "设滩"), "/question: there is no question 设滩; did you mean"),
        (("--example",), "--example needs --question"),
        (("--list", "--decision"), "give one of"),
        (("--list", "--question", "设摊"), "goes with neither"),
    ],
)
def test_wrong_arguments(arguments: tuple[str, ...], said: str) -> None:
    """Status 2, and what to write instead."""
    result = run(*arguments, "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_compiled_rules_are_taken_for_a_path(tmp_path: Path) -> None:
    """By every command that decides, with the digest of the rules."""
    compiled = tmp_path / "stalls.gjc"
    result = CliRunner().invoke(guiju, ["compile", str(STALLS), "--output", str(compiled), "--lang", "en"])
    assert (result.exit_code, result.stdout) == (0, "")
    digest = api.load(STALLS).digest
    assert result.stderr == f"wrote {compiled}: 3 questions, corpus {digest[:16]}…\n"
    assert api.load(compiled).digest == digest
    assert CliRunner().invoke(guiju, ["schema", str(compiled), "--list"]).stdout == run("--list").stdout


def test_progress_of_compiling_is_told_when_asked_for(tmp_path: Path) -> None:
    """On the error stream, for rules that were never compiled."""
    rules = tmp_path / "rules.gj"
    rules.write_text(f"# {tmp_path}\n{STALLS.read_text(encoding='utf-8')}", encoding="utf-8")
    arguments = ["compile", str(rules), "--output", str(tmp_path / "a.gjc"), "--progress"]
    assert CliRunner().invoke(guiju, arguments).stderr.startswith("compile (")


def test_what_compile_does_not_take(tmp_path: Path) -> None:
    """Another ending, rules with mistakes, a file that is no compiled corpus: nothing is written."""
    for arguments, said in (
        ([str(STALLS), "--output", str(tmp_path / "rules.json")], "must end with .gjc"),
        ([str(tmp_path), "--output", str(tmp_path / "a.gjc")], "nothing was answered"),
        ([str(_junk(tmp_path)), "--output", str(tmp_path / "a.gjc")], "these rules cannot answer"),
    ):
        result = CliRunner().invoke(guiju, ["compile", *arguments, "--lang", "en"])
        assert result.exit_code == 2
        assert said in result.stderr
    assert not (tmp_path / "a.gjc").exists()


def _junk(folder: Path) -> Path:
    path = folder / "junk.gjc"
    path.write_bytes(b"no compiled corpus")
    return path
