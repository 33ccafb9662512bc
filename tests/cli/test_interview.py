"""``guiju interview``: the dialogue, as a person has it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guiju.cli.app import guiju

STALLS = Path(__file__).parents[2] / "docs/howto/examples/stalls.gj"
ASKED = ("--question", "设摊", "--on", "2026-01-20", "--at", "北苑区")


def talk(answers: str, *arguments: str) -> Result:
    """The command with these answers, a line to each."""
    return CliRunner().invoke(guiju, ["interview", str(STALLS), *ASKED, *arguments], input=answers)


def test_a_dialogue_to_the_end(tmp_path: Path) -> None:
    """Each question with what can be answered and the article; then the decision; the case is kept."""
    case = tmp_path / "case.json"
    result = talk("30\n是\n0\n\n\n", "--save", str(case))
    assert result.exit_code == 0
    assert "\n1. 摊主.年龄：0 至 120 岁\n   有关 《临湖市夜市管理办法》第四条\n回答> 30\n" in result.output
    assert "\n2. 摊主.已登记：是 / 否\n" in result.output
    assert "摊主.摊位面积：0.00 至 99.99 平方米（回车：4.00 平方米）\n" in result.output
    assert "摊主.扰民：是 / 否（回车：否）\n" in result.output
    assert "   须由有权机关认定\n" in result.output
    assert "\n\n摊主·设摊：可以，没有规定禁止\n" in result.output
    kept = json.loads(case.read_text(encoding="utf-8"))["摊主"]
    assert (kept["年龄"], kept["摊位面积"], kept["扰民"], kept["品类"]) == (30, "4.00", False, None)


def test_the_case_that_was_kept_is_decided_alike(tmp_path: Path) -> None:
    """By ``guiju decide``."""
    case = tmp_path / "case.json"
    shown = talk("12\n", "--save", str(case)).output
    assert "摊主·设摊：不得\n" in shown
    decided = CliRunner().invoke(guiju, ["decide", str(STALLS), "--case", str(case), *ASKED])
    assert decided.exit_code == 0
    assert shown.endswith(f"\n\n{decided.output}")


def test_a_wrong_answer_is_asked_for_again() -> None:
    """With what is wrong with it."""
    result = talk("三十\n121\n12\n")
    assert result.exit_code == 0
    assert "回答> 三十\n  “三十” 不是数\n" in result.output
    assert "  121 不在 0 至 120 之内\n" in result.output
    assert result.output.count("1. 摊主.年龄") == 1


def test_back_asks_again() -> None:
    """For what was answered last."""
    result = talk("30\n回退\n12\n")
    assert result.exit_code == 0
    assert result.output.count("\n1. 摊主.年龄：") == 2
    assert "摊主·设摊：不得\n" in result.output


@pytest.mark.parametrize("word", ["退出", "quit"])
def test_quitting_shows_what_is_known_so_far(word: str, tmp_path: Path) -> None:
    """It is not definite, and the status says so; the case is kept."""
    case = tmp_path / "case.json"
    result = talk(f"30\n{word}\n", "--save", str(case))
    assert result.exit_code == 3
    assert "摊主·设摊：不能确定\n" in result.output
    assert json.loads(case.read_text(encoding="utf-8"))["摊主"]["年龄"] == 30


def test_not_knowing_leads_to_other_questions() -> None:
    """And to no answer where they do not settle it."""
    result = talk("不知道\n是\n否\n0\n")
    assert result.exit_code == 3
    assert "摊主·设摊：不能确定\n  = 可能：可以、不得" in result.output
    assert "\n  = 还要问：摊主.年龄（" in result.output
    assert talk("unknown\nno\n", "--lang", "en").exit_code == 0


def test_a_case_to_start_from(tmp_path: Path) -> None:
    """Is not asked for; where it says enough, nothing is."""
    case = tmp_path / "case.json"
    case.write_text(json.dumps({"摊主": {"年龄": 12}}), encoding="utf-8")
    result = talk("", "--case", str(case), "--lang", "en")
    assert result.exit_code == 0
    assert result.output.startswith("\n摊主·设摊: ineligible\n")


def test_wrong_arguments_are_listed() -> None:
    """Before anything is asked."""
    arguments = ["interview", str(STALLS), "--question", "设滩", "--at", "北苑", "--lang", "en"]
    result = CliRunner().invoke(guiju, arguments)
    assert result.exit_code == 2
    assert "/question: there is no question 设滩" in result.stderr
    assert "/at: there is no place 北苑" in result.stderr


def test_the_end_of_the_input_is_no_answer() -> None:
    """As if interrupted."""
    assert talk("30\n").exit_code == 130
