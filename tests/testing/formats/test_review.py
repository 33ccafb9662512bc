"""A workbook comes back from a drafter: its marks are read strictly and told with the rules to look at."""

from __future__ import annotations

import importlib.util
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from guiju.checker.report.text import join
from guiju.cli.generate_review import command
from guiju.decisions.problems import InvalidInput, Problem
from guiju.dsl.source import Bilingual
from guiju.testing.formats import kept
from guiju.testing.formats.jsonl import to_jsonl
from guiju.testing.formats.marks import Judgement, Mark
from guiju.testing.formats.review import reviewed
from guiju.testing.formats.review import to_jsonl as marks_to_jsonl
from guiju.testing.formats.review_input import Marked, read_review
from guiju.testing.formats.review_words import review_lines
from guiju.testing.formats.words import Words
from guiju.testing.formats.xlsx import to_xlsx
from guiju.testing.suite import Suite
from stall_rules import stalls
from testing.sample_suite import sample, titles

IDS = [test.id for test in sample().tests]
Changes = Callable[[Worksheet], object]


def workbook(change: Changes = lambda sheet: None, suite: Suite | None = None, lang: str = "zh") -> bytes:
    """The workbook of a suite after somebody worked on its first sheet."""
    book = load_workbook(io.BytesIO(to_xlsx(suite or sample(), stalls().declarations, lang)))
    change(book.worksheets[0])
    return saved(book)


def saved(book: Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def filled(**cells: object) -> Changes:
    """What fills some cells in."""

    def change(sheet: Worksheet) -> None:
        for place, value in cells.items():
            sheet[place] = value

    return change


def marks(change: Changes, lang: str = "zh") -> tuple[Mark, ...]:
    return read_review(workbook(change, lang=lang), "m.xlsx").marks


def problems(data: bytes) -> list[Problem]:
    with pytest.raises(InvalidInput) as refused:
        read_review(data, "m.xlsx")
    return list(refused.value.problems)


def wrong(**cells: object) -> list[tuple[str, str]]:
    """The places and codes of what is wrong with a workbook that was filled in like this."""
    return [(each.path, each.code) for each in problems(workbook(filled(**cells)))]


# --- Reading


def test_marks_are_read() -> None:
    """With the remark and the row; rows that are not filled in do not count."""
    assert marks(filled(I2="错", J2="应为\n16 岁 ", I4="存疑", I5="对")) == (
        Mark(IDS[0], Judgement.WRONG, "应为\n16 岁", 2),
        Mark(IDS[2], Judgement.UNSURE, "", 4),
        Mark(IDS[3], Judgement.RIGHT, "", 5),
    )
    assert marks(lambda sheet: None) == ()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("word", "judgement"),
    [
        ("WRONG", Judgement.WRONG),
        ("ｗｒｏｎｇ", Judgement.WRONG),
        (" 错　", Judgement.WRONG),
        ("Right", Judgement.RIGHT),
        ("对", Judgement.RIGHT),
        ("unsure", Judgement.UNSURE),
        ("存疑", Judgement.UNSURE),
    ],
)
def test_a_judgement_may_be_spelt_in_several_ways(lang: str, word: str, judgement: Judgement) -> None:
    """Either language in either workbook, full width, capitals, space around."""
    (mark,) = marks(filled(I3=word), lang)
    assert (mark.test, mark.judgement) == (IDS[1], judgement)


def test_the_drafter_may_rearrange_the_sheet() -> None:
    """Rows removed and moved, columns moved, another name, a note below without id."""

    def rearranged(sheet: Worksheet) -> None:
        sheet["I3"], sheet["J3"] = "错", "不对"
        sheet.delete_rows(2)
        sheet.insert_cols(1)
        sheet.title = "二审"
        sheet["A20"] = "以上已阅"

    assert marks(rearranged) == (Mark(IDS[1], Judgement.WRONG, "不对", 2),)


def test_the_suite_comes_back_with_the_marks() -> None:
    """As it was, also where a line is cut between blanks; with the titles."""
    blank = evolve(sample(), options={"blank": " " * 70_000 + "="})
    found = read_review(workbook(suite=blank), "m.xlsx")
    assert found == Marked(kept.Kept(blank, titles()), ())


# --- Mistakes


def test_every_mistake_is_told_with_its_cell() -> None:
    """Unknown words and ids, a remark without judgement, formulas."""
    assert wrong(I2="也许", J3="看不懂", M4="c83894f52a3c", I4="错", I5="=1+1", M6=None, I6="对") == [
        ("/测试/I2", "judgement"),
        ("/测试/I3", "judgement"),
        ("/测试/M4", "unknown-test"),
        ("/测试/I5", "formula"),
        ("/测试/M6", "unknown-test"),
    ]
    (found,) = problems(workbook(filled(I2="也许")))
    assert found.message == Bilingual("m.xlsx I2：“也许”不是结论", "m.xlsx, I2: 也许 is no judgement")
    assert found.expected == "对, 错, 存疑, right, wrong, unsure"


def test_a_test_is_marked_once() -> None:
    """A row that was copied is not guessed about; where only one is filled in there is nothing to guess."""
    assert wrong(M3=IDS[0], I2="对", I3="错") == [("/测试/M3", "duplicate")]
    assert marks(filled(M3=IDS[0], I3="错")) == (Mark(IDS[0], Judgement.WRONG, "", 3),)


def test_columns_that_are_missing_or_there_twice() -> None:
    """Nothing is read then."""
    assert wrong(I1="看法", I2="错") == [("/测试/N1", "column")]
    assert wrong(I1="看法", J1="备注") == [("/测试/N1", "column")] * 2
    assert wrong(K1="Remark") == [("/测试/K1", "column")]
    assert [(each.path, each.code) for each in problems(workbook(filled(M1="号")))] == [("", "column")]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"id,judgement\n"], ids=["empty", "zip", "csv"])
def test_what_is_no_workbook(data: bytes) -> None:
    """Refused as a whole."""
    assert [each.code for each in problems(data)] == ["xlsx"]


def test_a_workbook_that_was_damaged() -> None:
    """Cut off anywhere, or with a byte changed: refused, or read as it was."""
    data = workbook(filled(I2="错"))
    whole = read_review(data, "m.xlsx")
    refused = 0
    for place in range(10, len(data), len(data) // 25):
        for broken in (data[:place], data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :]):
            try:
                assert read_review(broken, "m.xlsx") == whole
            except InvalidInput:
                refused += 1
    assert refused > 25


def test_another_workbook() -> None:
    """Without the hidden sheet, or with another one."""
    assert [each.code for each in problems(saved(Workbook()))] == ["sheet"]
    for content, code in (
        ("x", "json"),
        ('{"format": "guiju-review/1"}', "missing"),
        ('{"format": "guiju-review/2", "titles": {}}', "format"),
        ('{"format": "guiju-review/1", "titles": {}}', "empty"),
    ):
        book = Workbook()
        sheet = book.create_sheet(kept.SHEET)
        sheet["A1"] = content
        assert [each.code for each in problems(saved(book))] == [code]


# --- What came of it


def marked(change: Changes) -> Marked:
    return read_review(workbook(change), "m.xlsx")


def told(change: Changes, now: Suite | None = None, lang: str = "zh") -> list[str]:
    """The lines for a terminal."""
    book = marked(change)
    words = Words(lang, book.kept.titles)
    return join(list(review_lines(reviewed(book, now), book.kept.suite, words))).splitlines()


def test_marks_are_sorted_by_judgement() -> None:
    """And what is not marked is known."""
    found = reviewed(marked(filled(I2="错", I3="对", I4="存疑")))
    groups = [[each.test.id for each in group] for group in (found.wrong, found.right, found.unsure)]
    assert groups == [[IDS[0]], [IDS[1]], [IDS[2]]]
    assert [test.id for test in found.unmarked] == IDS[3:]
    assert found.changed == found.gone == ()


def test_a_suite_that_has_changed_since() -> None:
    """What expects something else now is not counted as wrong; what is no more is told."""
    first, second, third, *rest = sample().tests
    now = evolve(
        sample(),
        tests=(evolve(first, expected=second.expected), second, *rest, evolve(third, at="东区")),
    )
    found = reviewed(marked(filled(I2="错", I3="错", I4="错")), now)
    assert [each.test.id for each in found.wrong] == [IDS[1]]
    assert [(each.test.id, each.now) for each in found.changed] == [(IDS[0], second.expected)]
    assert [each.test.id for each in found.gone] == [IDS[2]]
    assert len(found.unmarked) == len(rest) + 1


def test_what_is_wrong_is_told_by_rule() -> None:
    """The rule with most of them first; case, answer, grounds, remark once; then only the row."""
    assert told(filled(I2="错", J2="应为 16 岁\n见条例", I3="错", I7="错")) == [
        "《流动摊贩管理办法》第一条（规则 市办法.未成年）：标为错的 2 个",
        f"  第 2 行 {IDS[0]} 摊主·出摊，2025-01-15，市",
        "    案情：摊主.年龄：17",
        "      摊主.经营：果蔬",
        "      摊主.面积：5.00",
        "    预期：不得",
        "    依据：《流动摊贩管理办法》第一条（规则 市办法.未成年）：不得",
        "    理由：边界：年龄恰为 17 岁",
        "      规则适用与不适用：适用并成立",
        "    意见：应为 16 岁",
        "      见条例",
        f"  第 3 行 {IDS[1]} 摊主·出摊，2025-01-15，市",
        "    案情：摊主.年龄：18",
        "      摊主.经营：果蔬",
        "      摊主.面积：5.00",
        "    预期：可以",
        "    理由：边界：满 18 岁",
        "",
        "《流动摊贩条例》第八条（规则 省条例.登记者可出摊）：标为错的 1 个",
        f"  第 7 行 {IDS[5]} 摊主·夜间经营，2025-01-15，东区",
        "    案情：摊主.已登记：是",
        "      摊主.年龄：61",
        "      摊主.经营：果蔬",
        "      摊主.面积：5.00",
        "    预期：可以",
        "    依据：《流动摊贩条例》第八条（规则 省条例.登记者可出摊）：可",
        "      让位：《流动摊贩管理办法》第九条（规则 市办法.夜间）",
        "      让位：《东区流动摊贩细则》第二条（规则 东区细则.东区夜间）",
        "    理由：优先与让位：冲突",
        "",
        "《流动摊贩管理办法》第九条（规则 市办法.夜间）：标为错的 1 个",
        f"  第 7 行 {IDS[5]} 摊主·夜间经营，2025-01-15，东区（见上）",
        "",
        "《东区流动摊贩细则》第二条（规则 东区细则.东区夜间）：标为错的 1 个",
        f"  第 7 行 {IDS[5]} 摊主·夜间经营，2025-01-15，东区（见上）",
        "",
        "错 3，存疑 0，对 0，预期已变 0，已没有 0，未填 8。",
    ]


def test_a_wrong_answer_on_which_no_rule_speaks() -> None:
    """Perhaps one is missing."""
    assert told(filled(I6="错"), lang="en")[:2] == [
        "no rule answers: 1 marked as wrong",
        f"  row 6, {IDS[4]}: 摊主·出摊, 2025-01-15, by the law of 2019-06-01, 市",
    ]


def test_what_is_unsure_changed_or_gone_is_told_after_it() -> None:
    """With what was expected then and is now; where only the grounds are others, that."""
    first, second, third, fourth, *rest = sample().tests
    cited = evolve(third.expected, norms=())
    now = evolve(
        sample(),
        tests=(evolve(first, expected=second.expected), second, evolve(third, expected=cited), *rest),
    )
    assert told(filled(I2="错", J2="?", I3="存疑", I4="对", I5="对"), now, "en") == [
        "unsure",
        f"  row 3, {IDS[1]}: 摊主·出摊, 2025-01-15, 市",
        "    case: 摊主.年龄: 18",
        "      摊主.经营: 果蔬",
        "      摊主.面积: 5.00",
        "    expected: eligible",
        "    why it is here: boundaries: of age",
        "",
        "something else is expected since: to be reviewed again",
        f"  row 2, {IDS[0]}: 摊主·出摊, 2025-01-15, 市: marked as wrong",
        "    expected then: ineligible",
        "    expected now: eligible",
        "    remark: ?",
        f"  row 4, {IDS[2]}: 摊主·出摊, 2025-01-15, 市: marked as right",
        "    expected then: ineligible",
        "      until 2025-02-28",
        "    expected now: ineligible",
        "      until 2025-02-28",
        "    what changed: only the grounds",
        "",
        "no more in the suite",
        f"  row 5, {fourth.id}: 摊主·出摊, 2025-01-15, 市: marked as right",
        "",
        "0 wrong, 1 unsure, 0 right, 2 expected otherwise since, 1 no more in the suite, 7 not marked.",
    ]


def test_readings_are_a_part_of_the_case() -> None:
    """An answer may be wrong only under one of them."""
    assert "    读法：停摊起算=自违规日" in told(filled(I5="错"))


def test_a_line_of_json_for_each_mark() -> None:
    """In the order of the rows, with the rules and what is expected."""
    first, second, *rest = sample().tests
    now = evolve(sample(), tests=(evolve(first, expected=second.expected), *rest))
    text = marks_to_jsonl(reviewed(marked(filled(I4="错", J4="为何", I3="对", I2="错")), now))
    lines: list[dict[str, Any]] = [json.loads(line) for line in text.splitlines()]
    assert [(line["row"], line["judgement"], line["state"]) for line in lines] == [
        (2, "wrong", "changed"),
        (3, "right", "gone"),
        (4, "wrong", "current"),
    ]
    assert [line["now"] and line["now"]["verdict"] for line in lines] == ["eligible", None, None]
    assert lines[2]["remark"] == "为何"
    assert lines[2]["rules"] == ["市办法.占道停摊/1"]
    assert lines[2]["expected"]["until"] == "2025-02-28"


# --- The command


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Result]:
    """The command on a workbook that was filled in; ``arguments`` may name the suite of now."""

    def call(change: Changes, *arguments: str, lang: str = "zh") -> Result:
        path = tmp_path / "已审.xlsx"
        path.write_bytes(workbook(change))
        return CliRunner().invoke(command, [str(path), *arguments, "--lang", lang])

    return call


@pytest.mark.parametrize(("word", "status"), [("错", 1), ("存疑", 0), ("对", 0), ("也许", 2), ("", 0)])
def test_the_status_says_whether_something_is_wrong(
    run: Callable[..., Result], word: str, status: int
) -> None:
    """0 nothing, 1 something, 2 it cannot be read."""
    result = run(filled(I2=word))
    assert result.exit_code == status
    assert (result.stdout == "") == (status == 2)


def test_mistakes_go_to_the_error_stream(run: Callable[..., Result]) -> None:
    """Each with its cell, in the language asked for."""
    assert run(filled(I2="也许", J3="?"), lang="en").stderr.splitlines() == [
        "已审.xlsx, I2: 也许 is no judgement; expected: 对, 错, 存疑, right, wrong, unsure",
        "已审.xlsx, I3: there is a remark and no judgement; expected: 对, 错, 存疑, right, wrong, unsure",
        "error: 2 mistake(s); no mark was taken.",
    ]


def test_the_suite_of_now(run: Callable[..., Result], tmp_path: Path) -> None:
    """What was wrong and expects something else since is not wrong any more."""
    first, second, *rest = sample().tests
    path = tmp_path / "now.jsonl"
    path.write_text(
        to_jsonl(evolve(sample(), tests=(evolve(first, expected=second.expected), *rest))), encoding="utf-8"
    )
    result = run(filled(I2="错"), "--suite", str(path))
    assert result.exit_code == 0
    assert "预期已变，须重新审阅" in result.stdout
    path.write_text("{}", encoding="utf-8")
    result = run(filled(I2="错"), "--suite", str(path))
    assert result.exit_code == 2
    assert result.stderr.startswith("now.jsonl 第 1 行：不是测试集的首行")


def test_json_and_a_file(run: Callable[..., Result], tmp_path: Path) -> None:
    """A line for each mark, to a file where one is named."""
    output = tmp_path / "marks.jsonl"
    result = run(filled(I2="错", I3="对"), "--format", "json", "--output", str(output))
    assert (result.exit_code, result.stdout) == (1, "")
    judgements = [json.loads(line)["judgement"] for line in output.read_text(encoding="utf-8").splitlines()]
    assert judgements == ["wrong", "right"]


def test_what_is_needed_to_read_workbooks(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Said before anything is read."""

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    result = run(filled())
    assert result.exit_code == 2
    assert "guiju[xlsx]" in result.stderr
