"""``guiju compare``: arguments, formats, languages, and what happens to a wrong question."""

from __future__ import annotations

import importlib.util
import json
import zipfile
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from click.testing import CliRunner, Result

from corpus_files import WORLD
from guiju.checker.report import matrix_json
from guiju.cli import grid
from guiju.cli.app import guiju
from guiju.cli.bilingual import width

RULES = """\
文件 市办法 标题 "市|办法" 发布 市局 地域 市 施行 2020-01-01
规则 照 见 "第一条" 则 摊主 经营 须 摊主.占道

文件 东办法 标题 "东<b>办法" 发布 东区局 地域 东区 施行 2021-01-01 失效 2022-12-31
规则 禁 见 "第二条" 当 摊主.年龄 < 18 或 摊主.再犯 则 摊主 不得 经营 期 6月 自 摊主.处理日
规则 登 见 "第三条" 则 摊主 应 登记 致 东区局 限 10日 自 摊主.申请日

文件 西办法 标题 "西办法" 发布 西区局 地域 西区 施行 2021-06-01
规则 准 见 "第二条" 则 摊主 可 经营
规则 登 见 "第三条" 则 摊主 应 登记 限 5工作日 自 摊主.申请日
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A file with a city and two districts in it."""
    path = tmp_path / "rules.gj"
    path.write_text(RULES, encoding="utf-8")
    return path


def run(rules: Path, *arguments: str) -> Result:
    """The command on the world and these rules."""
    return CliRunner().invoke(guiju, ["compare", *arguments, str(WORLD), str(rules)])


def test_a_table_for_a_terminal(rules: Path) -> None:
    """Each instrument with its provisions side by side, then how they stand, then who is silent."""
    result = run(rules, "登记")
    assert result.exit_code == 0
    assert (
        result.stdout
        == """\
登记

东区  《东<b>办法》
  2021-01-01 至 2022-12-31
  条款      规定                            条件
  第三条    摊主应                          一律
            自摊主.申请日起 10 日内         （施行与否以摊主.申请日为准）
            致东区局

西区  《西办法》
  2021-06-01 起
  条款      规定                            条件
  第三条    摊主应                          一律
            自摊主.申请日起 5 个工作日内    （施行与否以摊主.申请日为准）

《东<b>办法》 × 《西办法》
  各地不同：D902 关于“摊主·登记的时限”，同一情形在东区，《东<b>办法》第三条：至 2021-06-11 止；在
  西区，《西办法》第三条：至 2021-06-08 止。两地互不隶属，各依其规定，不是冲突。

没有规定此事的文件：《市|办法》（市）。
"""
    )


def test_wide_characters_fit(rules: Path) -> None:
    """No line is wider than the page, and the columns stand under each other."""
    lines = run(rules, "--all").stdout.splitlines()
    assert max(width(line) for line in lines) <= grid.PIPE
    header = next(line for line in lines if "条款" in line)
    row = next(line for line in lines if "第一条" in line)
    assert width(header[: header.index("规定")]) == width(row[: row.index("摊主须")])


def test_conflicts_and_differences_are_told_apart(rules: Path) -> None:
    """One place inside the other conflicts; the districts only differ."""
    document = json.loads(run(rules, "经营", "--format", "json").stdout)
    (topic,) = document["topics"]
    kinds = {(r["one"], r["other"]): r["kind"] for r in topic["relations"]}
    assert kinds[("市办法", "西办法")] == "settled"
    assert kinds[("东办法", "西办法")] == "diverges"
    assert [i["id"] for i in topic["instruments"]] == ["市办法", "东办法", "西办法"]


def test_json_has_the_shape_of_the_schema(rules: Path) -> None:
    """On any date and on one."""
    schema = json.loads(matrix_json.schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    for extra in ((), ("--on", "2023-01-01")):
        document = json.loads(run(rules, "--all", "--format", "json", *extra).stdout)
        validator.validate(document)
    statuses = {i["id"]: i["in_force"][0]["status"] for t in document["topics"] for i in t["instruments"]}
    assert statuses == {"市办法": "in_force", "东办法": "ended", "西办法": "in_force"}


def test_markdown_is_not_broken_by_what_it_shows(rules: Path) -> None:
    """A bar, a tag: they are text."""
    text = run(rules, "经营", "--format", "markdown").stdout
    assert "《市\\|办法》" in text
    assert "《东&lt;b&gt;办法》" in text
    tables = [line for line in text.splitlines() if line.startswith("|")]
    columns = {line.replace("\\|", "").count("|") for line in tables}
    assert columns == {7, 5}


def test_html_is_one_escaped_page(rules: Path, tmp_path: Path) -> None:
    """Nothing is fetched from elsewhere, and a title is no markup."""
    page = tmp_path / "page.html"
    assert run(rules, "--all", "--format", "html", "-o", str(page), "--lang", "en").exit_code == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "《东&lt;b&gt;办法》" in text
    assert "<b>" not in text
    assert "://" not in text
    assert "src=" not in text


def test_a_spreadsheet_holds_text_and_no_time(rules: Path, tmp_path: Path) -> None:
    """The same bytes twice; what looks like a formula is none."""
    rules.write_text(RULES.replace('西办法" 发布', '=1+1" 发布'), encoding="utf-8")
    one, other = tmp_path / "one.xlsx", tmp_path / "other.xlsx"
    for path in (one, other):
        assert run(rules, "登记", "--format", "xlsx", "-o", str(path)).exit_code == 0
    assert one.read_bytes() == other.read_bytes()
    book = openpyxl.load_workbook(one)
    assert book.sheetnames == ["规定", "关系", "说明"]
    rows = [[cell.value for cell in row] for row in book["规定"].iter_rows()]
    assert rows[0] == ["问题", "地域", "文件", "施行", "条款", "规定", "条件"]
    assert [row[:2] for row in rows[1:]] == [["登记", "东区"], ["登记", "西区"]]
    assert {cell.data_type for row in book["关系"].iter_rows() for cell in row} == {"s"}
    with zipfile.ZipFile(one) as archive:
        assert b"dcterms:modified" not in archive.read("docProps/core.xml")


def test_a_spreadsheet_needs_a_file_and_the_extra(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Said before anything is computed."""
    assert run(rules, "登记", "--format", "xlsx").exit_code == 2
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    result = run(rules, "登记", "--format", "xlsx", "-o", "x.xlsx")
    assert result.exit_code == 2
    assert "guiju[xlsx]" in result.stderr


def test_the_list_names_what_two_places_answer(rules: Path) -> None:
    """With the places."""
    assert run(rules, "--list").stdout == "经营\t市、东区、西区\n登记\t东区、西区\n"


@pytest.mark.parametrize(("lang", "hint"), [("zh", "是否想写：登记"), ("en", "did you mean 登记")])
def test_an_unknown_question_is_bad_input(rules: Path, lang: str, hint: str) -> None:
    """With a suggestion, where one is near."""
    result = run(rules, "登计", "--lang", lang)
    assert result.exit_code == 2
    assert hint in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    "arguments", [(), ("--all", "登记"), ("登记", "--on", "1999-01-01"), ("不存在的事",)]
)
def test_arguments_that_ask_for_nothing_are_bad_input(rules: Path, arguments: tuple[str, ...]) -> None:
    """No question, or two ways of asking, a day outside the horizon, a name that nothing resembles."""
    result = run(rules, *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("错误：")


def test_a_path_that_is_missing_is_not_taken_for_a_question(rules: Path) -> None:
    """What is written as a path is a path."""
    result = run(rules, "登记", "drafts/none.gj")
    assert result.exit_code == 2
    assert "drafts/none.gj" in result.stderr


def test_sources_with_mistakes(rules: Path) -> None:
    """Nothing is compared, and JSON has diagnostics and no topics."""
    rules.write_text("规则", encoding="utf-8")
    result = run(rules, "登记", "--format", "json")
    assert result.exit_code == 2
    assert {"version", "engine", "diagnostics"} == json.loads(result.stdout).keys()


def test_assumptions_that_contradict_each_other(rules: Path) -> None:
    """Every pair would seem to agree: refused."""
    rules.write_text(RULES + '\n假定 "一" 摊主.占道\n假定 "二" 非 摊主.占道\n', encoding="utf-8")
    result = run(rules, "登记")
    assert result.exit_code == 2
    assert "E414" in result.stderr


def test_a_day_and_english(rules: Path) -> None:
    """The status on that day, and no relation but between those in force."""
    text = run(rules, "登记", "--on", "2021-03-01", "--lang", "en").stdout
    assert "not yet in force" in text
    assert "never meet: no case is governed by both" in text
