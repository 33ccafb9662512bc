"""``guiju decide``: arguments, formats, exit statuses, and what is said of wrong input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from guiju.cli import deciding
from guiju.cli.app import guiju
from guiju.decisions.schema import decision_schema

STALLS = Path(__file__).parents[2] / "docs/howto/examples/stalls.gj"
CASE: dict[str, Any] = {"摊主": {"年龄": 30, "已登记": True, "品类": "食品"}}


def run(*arguments: str, case: object = CASE) -> Result:
    """The command on the stalls; the case comes on the standard input."""
    given = case if isinstance(case, str | bytes) else json.dumps(case)
    return CliRunner().invoke(guiju, ["decide", str(STALLS), "--case", "-", *arguments], input=given)


ASKED = ("--question", "设摊", "--on", "2026-01-20", "--at", "北苑区")


def test_an_answer_in_words() -> None:
    """The verdict first; status 0 also where it is that it may not be done."""
    result = run(*ASKED)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("摊主·设摊：可以，没有规定禁止\n")
    result = run(*ASKED, "--lang", "en", case={"摊主": {"年龄": 12, "已登记": True, "品类": "食品"}})
    assert result.exit_code == 0
    assert result.stdout.startswith("摊主·设摊: ineligible\n")


def test_an_answer_as_json() -> None:
    """By the schema; the same bytes in a file."""
    result = run(*ASKED, "--format", "json")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    jsonschema.validate(document, json.loads(decision_schema()))
    assert (document["question"], document["answers"][0]["verdict"]) == ("摊主·设摊", "eligible")


def test_an_answer_in_a_file(tmp_path: Path) -> None:
    """Instead of the standard output; the case from a file, too."""
    case, output = tmp_path / "case.json", tmp_path / "decision.json"
    case.write_text(json.dumps(CASE), encoding="utf-8")
    arguments = ["decide", str(STALLS), "--case", str(case), *ASKED, "--format", "json", "-o", str(output)]
    result = CliRunner().invoke(guiju, arguments)
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads(output.read_text(encoding="utf-8")) == json.loads(
        run(*ASKED, "--format", "json").stdout
    )


def test_an_answer_that_the_unknown_leaves_open_has_its_own_status() -> None:
    """A script that takes 0 for an answer does not take it for one."""
    result = run(*ASKED, case={"摊主": {"品类": "食品"}})
    assert result.exit_code == 3
    assert result.stdout.startswith("摊主·设摊：不能确定\n")


def test_all_that_concerns_the_case() -> None:
    """Without a question: what has something to say."""
    case = {"摊主": {**CASE["摊主"], "年龄": 12, "迁址日": "2026-01-19"}}
    result = run("--on", "2026-01-20", "--at", "北苑区", "--format", "json", case=case)
    assert [each["topic"] for each in json.loads(result.stdout)["answers"]] == ["摊主·设摊", "摊主·报告迁址"]


def test_the_day_is_today_and_is_said() -> None:
    """In China: the law is applied there."""
    result = run("--question", "设摊", "--at", "北苑区")
    assert f"= 所问：{deciding.today()}，北苑区\n" in result.stdout


def test_readings_and_the_law_date_are_taken() -> None:
    """And recorded."""
    case = {"摊主": {**CASE["摊主"], "处罚": [{"日子": "2025-03-01"}, {"日子": "2025-10-01"}]}}
    chosen = ("--reading", "一年起算＝满十二个月", "--law-date", "2025-12-31", "--format", "json")
    document = json.loads(run(*ASKED, *chosen, case=case).stdout)
    assert document["readings"] == {"一年起算": "满十二个月"}
    assert document["law_date"] == "2025-12-31"
    assert document["answers"][0]["verdict"] == "ineligible"
    assert (
        json.loads(run(*ASKED, "--format", "json", case=case).stdout)["answers"][0]["verdict"] == "eligible"
    )


def test_ways() -> None:
    """In words and as data."""
    case = {"摊主": {**CASE["摊主"], "已登记": False}}
    assert "怎样才可以\n  改变事实：摊主.已登记：是\n" in run(*ASKED, "--ways", case=case).stdout
    document = json.loads(run(*ASKED, "--ways", "--format", "json", case=case).stdout)
    jsonschema.validate(document, json.loads(decision_schema()))
    assert document["ways"][0]["facts"] == {"摊主.已登记": True}


def test_every_mistake_is_listed_with_its_place() -> None:
    """In the case and in the arguments, all at once; nothing is answered."""
    case = {"摊主": {"年龄": 300, "品类": "书", "处理日": "2025-02-30", "处罚": [{"日子": 3}]}}
    arguments = ("--question", "设滩", "--on", "2026-13-01", "--at", "北苑", "--reading", "甲=乙")
    result = run(*arguments, case=case)
    assert (result.exit_code, result.stdout) == (2, "")
    places = [line.partition("：")[0] for line in result.stderr.splitlines()]
    assert places == [
        "/case/摊主/年龄",
        "/case/摊主/品类",
        "/case/摊主/处理日",
        "/case/摊主/处罚/0/日子",
        "/question",
        "/on",
        "/at",
        "/readings/甲",
        "错误",
    ]
    assert "/case/摊主/年龄：300 不在 0 至 120 之内。应为 integer 0..120 岁" in result.stderr


def test_mistakes_as_json() -> None:
    """A program that looks for answers finds none."""
    result = run(*ASKED, "--format", "json", case={"摊主": {"年龄": 300}})
    assert result.exit_code == 2
    (problem,) = json.loads(result.stdout)["problems"]
    assert (problem["path"], problem["code"]) == ("/case/摊主/年龄", "range")


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("{", "<stdin>: not JSON at line 1"),
        ('{"摊主": {}, "摊主": {}}', "is given twice"),
        (b"\xff\xfe", "not UTF-8 at byte 0"),
        ("NaN", "NaN is no number in JSON"),
        ("[" * 40, "nested more than 16 deep"),
        ('"x"', "/case: a case is an object"),
    ],
)
def test_what_is_no_case_is_refused(case: str | bytes, said: str) -> None:
    """In a line, with status 2."""
    result = run(*ASKED, "--lang", "en", case=case)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--question", "设摊"), "no place: give --at, one of 临湖市、北苑区"),
        (("--at", "北苑区", "--ways"), "--ways needs --question"),
        (("--at", "北苑区", "--question", "处分", "--ways"), "--ways is about acts"),
        (("--at", "北苑区", "--reading", "甲"), "--reading 甲: write NAME=CHOICE"),
        (("--at", "北苑区", "--reading", "甲=乙", "--reading", "甲=丙"), "--reading 甲 is given twice"),
    ],
)
def test_arguments_that_do_not_go_together(arguments: tuple[str, ...], said: str) -> None:
    """Status 2, and what to write instead."""
    result = run(*arguments, "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_case_is_needed() -> None:
    """There is no default for it."""
    result = CliRunner().invoke(guiju, ["decide", str(STALLS), "--lang", "en"])
    assert (result.exit_code, result.stderr) == (2, "error: there is no case: give --case FILE\n")


def test_mistakes_in_the_rules_are_shown(tmp_path: Path) -> None:
    """With their places; nothing is answered."""
    rules = tmp_path / "rules.gj"
    rules.write_text("法域 市\n法域 区 属 省\n", encoding="utf-8")
    arguments = ["decide", str(rules), "--case", "-", *ASKED, "--lang", "en"]
    result = CliRunner().invoke(guiju, arguments, input="{}")
    assert result.exit_code == 2
    assert f"--> {rules}:2:" in result.stderr
    assert "the rules have 1 mistake(s); nothing was answered." in result.stderr


def test_a_complete_case_needs_neither_parser_nor_solver(tmp_path: Path) -> None:
    """Once the rules are compiled; the command itself brings neither in."""
    compiled, case = tmp_path / "stalls.gjc", tmp_path / "case.json"
    case.write_text(json.dumps(CASE), encoding="utf-8")
    assert CliRunner().invoke(guiju, ["compile", str(STALLS), "-o", str(compiled)]).exit_code == 0
    script = (
        "import sys\nfrom click.testing import CliRunner\nfrom guiju.cli.app import guiju\n"
        "result = CliRunner().invoke(guiju, sys.argv[1:])\n"
        "print(result.exit_code, sorted({'z3', 'lark'} & set(sys.modules)))"
    )
    arguments = ["decide", str(compiled), "--case", str(case), *ASKED]
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True
    )
    assert done.stdout == "0 []\n"
