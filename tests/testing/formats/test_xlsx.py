"""A suite as a workbook for review: legible, to be marked, harmless, and the same each time."""

from __future__ import annotations

import io
import zipfile

import pytest
from attrs import evolve
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from guiju.decisions.batch.request import Unusable
from guiju.testing.formats import kept
from guiju.testing.formats.xlsx import to_xlsx
from guiju.testing.suite import Suite
from stall_rules import stalls
from testing.sample_suite import sample, titles


def book(suite: Suite | None = None, lang: str = "zh") -> Workbook:
    data = to_xlsx(suite or sample(), stalls().declarations, lang)
    return load_workbook(io.BytesIO(data))


def content(sheet: Worksheet) -> list[list[object]]:
    """The rows, without empty cells at the end."""
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    return rows


def test_the_sheet_of_tests() -> None:
    """A head, a row to a test; parts of a cell under each other; numbers that can be sorted."""
    heads, *rows = content(book()["测试"])
    assert heads == [
        *["序号", "问题", "日期", "地域", "读法", "案情", "预期答案", "依据", "结论", "意见"],
        *["选入的理由", "看得出的错误数", "编号"],
    ]
    assert len(rows) == len(sample().tests)
    first = dict(zip(heads, rows[0], strict=True))
    assert first["案情"] == "摊主.年龄：17 岁\n摊主.面积：5.00 平米\n摊主.经营：果蔬"
    assert (first["序号"], first["看得出的错误数"], first["编号"]) == (1, 7, sample().tests[0].id)
    assert (first["结论"], first["意见"]) == (None, None)


def test_it_is_made_for_reading() -> None:
    """The head stays, text is wrapped, rows can be filtered, a print repeats the head."""
    sheet = book()["测试"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == f"A1:M{len(sample().tests) + 1}"
    assert all(sheet.column_dimensions[letter].width >= 6 for letter in "ABCDEFGHIJKLM")
    cell = sheet["F2"]
    assert (cell.alignment.wrap_text, cell.alignment.vertical) == (True, "top")
    assert sheet.print_title_rows == "$1:$1"
    assert sheet["A1"].font.bold


@pytest.mark.parametrize(("lang", "words"), [("zh", '"对,错,存疑"'), ("en", '"right,wrong,unsure"')])
def test_a_judgement_is_chosen_from_a_list(lang: str, words: str) -> None:
    """For every test, and nowhere else."""
    sheet = book(lang=lang).worksheets[0]
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == words
    assert str(choice.sqref) == f"I2:I{len(sample().tests) + 1}"
    assert choice.showErrorMessage


def test_the_sheet_of_what_is_covered() -> None:
    """Counts, what is proved impossible and why, what is not known."""
    assert content(book()["覆盖"]) == [
        ["要求", "应覆盖", "已覆盖", "证明不可能", "未决"],
        ["规则适用与不适用", 20, 18, 1, 1],
        ["写错了看得出", 40, 38, 2, 0],
        [],
        ["证明不可能的", "规则", "情形", "因为"],
        ["规则适用与不适用", "市办法.收费", "不适用", "一律适用"],
        [],
        ["未决的"],
        ["预算用尽：市办法.夜间"],
    ]


def test_in_english() -> None:
    """Names of sheets, heads and words."""
    found = book(lang="en")
    assert found.sheetnames == ["tests", "coverage", "guiju"]
    assert content(found["coverage"])[1][0] == "each rule applies, and does not"


def test_the_suite_is_kept_in_a_hidden_sheet() -> None:
    """Whole, with the titles."""
    sheet = book()[kept.SHEET]
    assert sheet.sheet_state == "veryHidden"
    assert kept.read(sheet.iter_rows(values_only=True)) == kept.Kept(sample(), titles())


def test_a_line_longer_than_a_cell_is_kept_too() -> None:
    """It goes on in the next cell."""
    undecided = tuple(sample().undecided * 5000)
    long = evolve(sample(), undecided=undecided, tests=sample().tests[:1])
    rows = list(kept.rows(kept.Kept(long, {})))
    assert [len(row) > 1 for row in rows] == [False, True, False]
    assert max(len(cell) for row in rows for cell in row) <= 32_767
    assert kept.read(rows).suite == long


def test_the_same_suite_gives_the_same_bytes() -> None:
    """Nothing of the moment is in it."""
    one, other = (to_xlsx(sample(), stalls().declarations, "zh") for _ in range(2))
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        properties = archive.read("docProps/core.xml")
    assert b"dcterms:modified" not in properties
    assert sample().corpus.encode() in properties


def test_no_cell_is_a_formula() -> None:
    """Even where a text looks like one, and no character in it that the format does not know."""
    test = evolve(sample().tests[0], question="=1+1\x01", at="@x", case={"=2": "+3"})
    sheet = book(evolve(sample(), tests=(test,)))["测试"]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")
    assert (sheet["D2"].value, sheet["D2"].data_type) == ("@x", "s")
    assert sheet["F2"].data_type == "s"


def test_a_suite_without_tests() -> None:
    """A head, and no list to choose from."""
    sheet = book(evolve(sample(), tests=()))["测试"]
    assert len(content(sheet)) == 1
    assert not sheet.data_validations.dataValidation


def test_a_text_that_no_cell_can_hold() -> None:
    """Said, instead of cut off."""
    test = evolve(sample().tests[0], at="市" * 40_000)
    with pytest.raises(Unusable) as refused:
        to_xlsx(evolve(sample(), tests=(test,)), stalls().declarations, "zh")
    assert "JSON Lines" in refused.value.message.zh
