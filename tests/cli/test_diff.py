"""``guiju diff``: statuses, formats, files that it writes and reads, and what it says of mistakes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guiju.cli import exits
from guiju.cli.app import guiju
from guiju.testing.formats.jsonl import read
from stall_rules import RULES

AGE = ("摊主.年龄 < 18岁", "摊主.年龄 <= 18岁")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The rules as they were."""
    path = tmp_path / "old.gj"
    path.write_text(RULES, encoding="utf-8")
    return path


def edited(old: Path, *edits: tuple[str, str]) -> Path:
    """The rules with each edit made, beside the old ones."""
    text = RULES
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    path = old.with_name("new.gj")
    path.write_text(text, encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(guiju, ["diff", *(str(each) for each in arguments)])


def test_statuses(old: Path) -> None:
    """Nothing, something, something that cannot be compared; the second before the third."""
    assert run(old, old).exit_code == exits.CLEAN
    assert run(old, edited(old, AGE)).exit_code == exits.FINDINGS
    typed = (
        ("整数 0..120 单位 岁", "是否"),
        ("摊主.年龄 < 18岁", "摊主.年龄"),
        ("摊主.年龄 >= 60岁", "摊主.年龄"),
    )
    assert run(old, edited(old, *typed)).exit_code == exits.UNDECIDED
    assert run(old, edited(old, *typed, ("12.50元", "13.50元"))).exit_code == exits.FINDINGS


def test_too_small_a_budget_is_not_equal(old: Path) -> None:
    """What the solver did not finish is undecided, and the status says so."""
    same = edited(old, ("当 摊主.年龄 < 18岁", "当 非 摊主.年龄 > 17岁"))
    assert run(old, same).exit_code == exits.CLEAN
    small = run(old, same, "--budget", "1")
    assert small.exit_code == exits.UNDECIDED
    assert "未决" in small.stdout


def test_a_compiled_corpus(old: Path) -> None:
    """Either version may be one, and a directory too."""
    compiled = old.with_suffix(".gjc")
    assert CliRunner().invoke(guiju, ["compile", str(old), "-o", str(compiled)]).exit_code == 0
    assert run(compiled, old).exit_code == exits.CLEAN
    folder = old.parent / "rules"
    folder.mkdir()
    (folder / "stalls.gj").write_text(RULES, encoding="utf-8")
    assert run(folder, compiled).exit_code == exits.CLEAN


def test_formats(old: Path) -> None:
    """Text in either language, JSON, Markdown; to a file as well."""
    new = edited(old, AGE)
    assert "新增禁止" in run(old, new).stdout
    assert "newly barred" in run(old, new, "--lang", "en").stdout
    assert json.loads(run(old, new, "--format", "json").stdout)["different"] is True
    path = old.with_name("report.md")
    assert run(old, new, "--format", "markdown", "-o", path).stdout == ""
    assert path.read_text(encoding="utf-8").startswith("# 两版的差别\n")
    assert "费用：相同" in run(old, new, "--show", "equal").stdout


def test_one_question(old: Path) -> None:
    """By its name or its act alone."""
    new = edited(old, AGE, ("12.50元", "13.50元"))
    assert "出摊" not in run(old, new, "-q", "费用").stdout
    assert "费用" not in run(old, new, "-q", "出摊").stdout


def test_new_names(old: Path) -> None:
    """As the user says, or by a reading that is fixed."""
    new = edited(old, ("已登记", "登记过"), ("占道", "占路"))
    assert run(old, new).exit_code == exits.FINDINGS
    assert run(old, new, "--renamed", "摊主.占道=摊主.占路").exit_code == exits.CLEAN
    shifted = edited(old, ("自违规日: 摊主.违规日}", "自违规日: 摊主.违规日 + 1月}"))
    assert run(old, shifted).exit_code == exits.FINDINGS
    assert run(old, shifted, "--reading", "停摊起算=自处理日").exit_code == exits.CLEAN


def test_tests_for_the_change_and_of_before(old: Path) -> None:
    """The tests that are written hold for the new version, and say of the old one what is different."""
    new, path = edited(old, AGE), old.with_name("tests.jsonl")
    assert run(old, new, "--tests", path).exit_code == exits.FINDINGS
    suite = read(path.read_bytes(), path.name)
    assert {test.question for test in suite.tests} == {"摊主·出摊"}
    again = run(old, new, "--suite", path)
    assert f"共 {len(suite.tests)} 个，答复不变 {len(suite.tests)}，答复改变 0" in again.stdout
    back = json.loads(run(new, old, "--suite", path, "--format", "json").stdout)["suite"]
    assert back["changed"]
    assert back["holding"]


def test_what_no_test_can_say(old: Path) -> None:
    """A question that is gone is named on the error stream."""
    new = edited(old, ("则 费用 为 12.50元", "则 摊主 可 出摊"), ("则 费用 为 20.00元", "则 摊主 可 出摊"))
    result = run(old, new, "--tests", old.with_name("tests.jsonl"), "-q", "费用")
    assert "没有测试：费用: silent" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-q", "出滩"), "是否想写：出摊"),
        (("--renamed", "摊主.已登记"), "应写作 旧名=新名"),
        (("--renamed", "摊主.登记=摊主.已登记"), "旧版中没有“摊主.登记”"),
        (("--renamed", "费用=处理", "--renamed", "费用=最高档次"), "给出了两次"),
        (("--reading", "停摊"), "应写作 名称=读法"),
        (("--reading", "停摊起=自处理日"), "没有读法“停摊起”"),
        (("--reading", "停摊起算=自今日"), "可以是 自处理日、自违规日"),
    ],
)
def test_mistakes_in_arguments(old: Path, arguments: tuple[str, ...], said: str) -> None:
    """Each says what to write instead, and nothing is compared."""
    result = run(old, old, *arguments)
    assert result.exit_code == exits.BAD_INPUT
    assert said in result.stderr
    assert result.stdout == ""


def test_versions_that_cannot_be_compared(old: Path) -> None:
    """A mistake in the rules, no day in common, no case that both allow, a suite that is none."""
    assert run(old, edited(old, ("则 费用", "则 费月"))).exit_code == exits.BAD_INPUT
    later = edited(old, ("时限 2018-01-01 .. 2040-12-31", "时限 2041-01-01 .. 2045-12-31"))
    assert "没有共同的日子" in run(old, later).stderr
    against = edited(old, ("摊主.违规日 <= 摊主.处理日", "摊主.违规日 > 摊主.处理日"))
    assert "假定相互矛盾" in run(old, against).stderr
    broken = old.with_name("broken.jsonl")
    broken.write_text("{}\n", encoding="utf-8")
    result = run(old, old, "--suite", broken)
    assert result.exit_code == exits.BAD_INPUT
    assert "不是测试集的首行" in result.stderr


def test_help_in_both_languages() -> None:
    """With examples, and without loading anything."""
    assert "比较条文的两个版本" in run("--help").stdout
    assert "Compare two versions of rules" in run("--lang", "en", "--help").stdout
