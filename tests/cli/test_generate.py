"""``guiju generate``: every format, what it says of the suite, every exit status, and its ``review``."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from guiju.cli.generate import command
from guiju.testing.formats.jsonl import read
from guiju.testing.suite import Criterion
from stall_rules import RULES

QUICK = ("--for", "占用道路", "--jobs", "1")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "stalls.gj"
    path.write_text(RULES, encoding="utf-8")
    return path


def generate(*arguments: str | Path, **settings: Any) -> Result:
    return CliRunner().invoke(command, list(map(str, arguments)), **settings)


def test_json_lines_by_default(rules: Path) -> None:
    result = generate(rules, *QUICK)
    assert result.exit_code == 0, result.output
    suite = read(result.stdout.encode(), "stdout")
    assert {test.question for test in suite.tests} == {"摊主·占用道路"}
    assert set(suite.counts) > {Criterion.RULE, Criterion.MUTANTS}
    assert f"测试 {len(suite.tests)} 个" in result.stderr
    assert "规则适用与不适用：1/1" in result.stderr


def test_the_format_is_what_the_file_ends_with(rules: Path, tmp_path: Path) -> None:
    for name in ("a.jsonl", "a.csv", "a.xlsx", "test_a.py"):
        result = generate(rules, *QUICK, "--criteria", "rule", "-o", tmp_path / name)
        assert result.exit_code == 0, result.output
    suite = read((tmp_path / "a.jsonl").read_bytes(), "a.jsonl")
    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) == 1 + len(suite.tests)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert sheet.max_row == 1 + len(suite.tests)
    module = (tmp_path / "test_a.py").read_text(encoding="utf-8")
    assert all(test.id in module for test in suite.tests)
    assert "流动摊贩管理办法" in module


def test_criteria_by_name_and_several_at_once(rules: Path) -> None:
    result = generate(rules, *QUICK, "--criteria", "mcdc，Boundary")
    suite = read(result.stdout.encode(), "stdout")
    assert set(suite.options["criteria"]) == {"masking-mcdc", "unique-cause-mcdc", "boundary"}


def test_what_is_impossible_is_listed_with_its_reason(rules: Path) -> None:
    quiet = generate(rules, "--for", "费用", "--criteria", "rule", "--jobs", "1")
    assert "证明不可能 1" in quiet.stderr
    assert "东区收费" not in quiet.stderr
    shown = generate(rules, "--for", "费用", "--criteria", "rule", "--show-infeasible", "--lang", "en")
    assert "impossible: 东区细则.东区收费" in shown.stderr
    assert "these cannot hold together" in shown.stderr


def test_too_small_a_budget_ends_with_3_and_says_of_what(rules: Path) -> None:
    result = generate(rules, "--for", "出摊", "--criteria", "boundary", "--budget", "1", "--jobs", "1")
    assert result.exit_code == 3
    assert "未决" in result.stderr
    assert read(result.stdout.encode(), "stdout").undecided


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--for", "出滩"), "出摊"),
        (("--criteria", "boundry"), "boundary"),
        (("--criteria", ""), "rule"),
        (("--format", "xlsx"), "--output"),
        (("-o", "a.doc"), ".jsonl"),
        (("--jobs", "0"), "--jobs"),
    ],
)
def test_a_mistake_says_what_to_do(rules: Path, arguments: tuple[str, ...], said: str) -> None:
    result = generate(rules, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not result.stdout


def test_review_is_a_command_of_its_own(rules: Path, tmp_path: Path) -> None:
    generate(rules, *QUICK, "--criteria", "rule", "-o", tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    (judgement,) = [n for n, head in enumerate(heads, 1) if head is not None and "结论" in str(head)]
    sheet.cell(2, judgement).value = "错"
    book.save(tmp_path / "a.xlsx")
    result = generate("review", tmp_path / "a.xlsx")
    assert result.exit_code == 1, result.output
    assert "不占道" in result.stdout
    assert "generate review" in generate("review", "--help").stdout


def test_the_help_names_every_criterion() -> None:
    for lang in ("zh", "en"):
        shown = generate("--help", "--lang", lang).stdout
        assert all(each.value in shown for each in Criterion)
