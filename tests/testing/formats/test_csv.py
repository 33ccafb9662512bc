"""A suite as CSV: a drafter reads it, and a spreadsheet runs nothing in it."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from attrs import evolve

from guiju.compiler.kernel import Integer
from guiju.testing.formats.csv_output import to_csv
from guiju.testing.formats.table import Column
from guiju.testing.formats.words import Words, facts
from guiju.testing.suite import Expected, Stood, Suite, Test
from stall_rules import stalls
from testing.sample_suite import case_of, sample


def table(suite: Suite, lang: str = "zh") -> list[dict[str, str]]:
    """The rows, by the heads."""
    text = to_csv(suite, stalls().declarations, lang).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def row(case: dict[str, Any] | None = None, said: Expected | None = None, **changed: Any) -> dict[str, str]:
    """The row of a test with this case and answer."""
    (first, *_) = sample().tests
    test: Test = evolve(first, case=case or first.case, expected=said or first.expected, **changed)
    (found,) = table(evolve(sample(), tests=(test,)))
    return found


def test_a_row_says_all_that_a_drafter_has_to_know() -> None:
    """Question, case with units, answer, provision with its title, why it is here."""
    assert table(sample())[2] == {
        "序号": "3",
        "编号": "90ad42ee4d13",
        "问题": "摊主·出摊",
        "日期": "2025-01-15",
        "地域": "市",
        "读法": "",
        "案情": "摊主.年龄：30 岁；摊主.面积：5.00 平米；摊主.经营：果蔬；摊主.占道：是；"
        "摊主.处理日：2024-11-30；摊主.违规日：2024-11-20；摊主.收件日：2025-01-23",
        "预期答案": "不得；至 2025-02-28 止",
        "依据": "《流动摊贩管理办法》第四条（规则 市办法.占道停摊/1）：不得，2024-11-30 至 2025-02-28",
        "选入的理由": "规则适用与不适用：停摊期内",
        "看得出的错误数": "4",
    }


def test_the_same_in_english() -> None:
    """Heads and words; names stay."""
    found = table(sample(), "en")[5]
    assert found["expected answer"] == "eligible"
    assert found["grounds"] == (
        "《流动摊贩条例》第八条 (rule 省条例.登记者可出摊): may;"
        " gives way: 《流动摊贩管理办法》第九条 (rule 市办法.夜间);"
        " gives way: 《东区流动摊贩细则》第二条 (rule 东区细则.东区夜间)"
    )
    assert found["why it is here"] == "one rule gives way to another: clash"


def test_readings_and_the_law_of_another_day() -> None:
    """They are part of the question."""
    rows = table(sample())
    assert rows[3]["读法"] == "停摊起算=自违规日"
    assert rows[4]["日期"] == "2025-01-15；适用 2019-06-01 的规定"


def test_what_is_unusual_about_a_case_comes_first() -> None:
    """And what is false as usual in one line at the end; what is not, stands by itself."""
    usual: dict[str, Any] = {"摊主.年龄": 30, "摊主.已登记": True, **dict.fromkeys("甲乙丙丁", False)}
    cases = [usual, {**usual, "摊主.已登记": False}, {**usual, "摊主.年龄": 17, "甲": True}]
    (first, *_) = sample().tests
    rows = table(evolve(sample(), tests=tuple(evolve(first, case=case) for case in cases)))
    assert [each["案情"] for each in rows] == [
        "摊主.年龄：30 岁；摊主.已登记：是；均为否：甲、乙、丙、丁",
        "摊主.已登记：否；摊主.年龄：30 岁；均为否：甲、乙、丙、丁",
        "摊主.年龄：17 岁；甲：是；摊主.已登记：是；乙：否；丙：否；丁：否",
    ]


def test_rows_of_a_record_are_legible() -> None:
    """How many, then each."""
    assert table(sample())[7]["案情"].endswith(
        "摊主.处罚：2 条，1) 日子：2024-06-01、档次：警告，2) 日子：2024-11-29、档次：停摊"
    )
    assert row({"摊主.处罚": []})["案情"] == "摊主.处罚：0 条"


def test_values_and_duties() -> None:
    """With their units and days."""
    rows = table(sample())
    assert rows[6]["预期答案"] == "可以；应，2025-01-23 至 2025-02-06"
    assert rows[7]["预期答案"] == "规定相互冲突；取值：停摊、清退"
    assert rows[9]["预期答案"] == "有规定；取值：12.50 元"


@pytest.mark.parametrize(
    ("stood", "words"),
    [
        (Stood("市办法.未成年", "obliged", True, hours=48, every="3 months"), "应，48 小时内，每 3 个月"),
        (Stood("市办法.未成年", "value", True), "未定"),
        (Stood("市办法.未成年", "forbidden", True, window=(None, None)), "不得"),
    ],
)
def test_what_a_norm_gives(stood: Stood, words: str) -> None:
    """A term in hours, a duty that recurs, a value that is left open, a bar without days."""
    assert row(said=Expected("eligible", norms=(stood,)))["依据"].endswith(f"：{words}")


def test_what_stands_beside_the_grounds_comes_after_them() -> None:
    """And is marked."""
    norms = (Stood("市办法.夜间", "permitted", False), Stood("市办法.未成年", "forbidden", True))
    first, second = row(said=Expected("ineligible", norms=norms))["依据"].split("；")
    assert first.startswith("《流动摊贩管理办法》第一条")
    assert second == "另有：《流动摊贩管理办法》（规则 市办法.夜间）：可"


def test_the_most_telling_reasons_are_told() -> None:
    """And how many more there are: a case may be there for dozens."""
    (first, *_) = sample().tests[0].reasons
    six = "；".join(["边界：年龄恰为 17 岁"] * 6)
    assert row(reasons=(first,) * 6)["选入的理由"] == six
    assert row(reasons=(first,) * 9)["选入的理由"] == f"{six}；另有 3 条"


def test_a_gap_is_said() -> None:
    """The answer is none, and should be one."""
    assert row(said=Expected("silent", gap=True))["预期答案"] == "没有规定；应有规定而没有"


def test_a_suite_of_other_rules_is_told_as_it_is() -> None:
    """Facts, instruments and values that these rules do not know: in plain words, without units."""
    found = row(
        {
            "谁.什么": 3,
            "摊主.年龄": "十七",
            "摊主.面积": "宽",
            "摊主.占道": {"value": 1, "unit": "米"},
            "空": None,
        },
        Expected("ineligible", norms=(Stood("别的.规则", "forbidden", True),), values=(1,)),
        citations={"别的.规则": ("第三条",)},
    )
    assert found["案情"] == "摊主.年龄：十七；摊主.面积：宽；摊主.占道：1 米；谁.什么：3；空：未定"
    assert found["依据"] == "别的 第三条（规则 别的.规则）：不得"


@pytest.mark.parametrize("begins", "=+-@\t")
def test_a_spreadsheet_runs_nothing(begins: str) -> None:
    """A cell that it would run is made one that it shows."""
    found = row({"摊主.经营": "果蔬"}, question=f"{begins}HYPERLINK(1)", at=f"{begins}1+1")
    assert found["问题"] == f"'{begins}HYPERLINK(1)"
    assert found["地域"] == f"'{begins}1+1"


def test_a_spreadsheet_knows_the_encoding() -> None:
    """By the mark at the beginning; and the same suite gives the same bytes."""
    data = to_csv(sample(), stalls().declarations, "zh")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data == to_csv(sample(), stalls().declarations, "zh")


def test_years_are_told_as_years() -> None:
    """Also what is no whole number of them."""
    frame = stalls().declarations
    age = evolve(frame.facts["摊主.年龄"], type=Integer(0, 720, "months", declared="years"))
    words = Words.of(sample(), evolve(frame, facts={**frame.facts, "摊主.年龄": age}), "zh")
    told = [list(facts(evolve(sample().tests[0], case={"摊主.年龄": n}), words)) for n in (18, "18 月")]
    assert told == [["摊主.年龄：18 年"], ["摊主.年龄：18 个月"]]


def test_there_is_a_row_for_each_test_and_none_for_none() -> None:
    """Heads alone for an empty suite."""
    assert len(table(sample())) == len(sample().tests)
    assert table(evolve(sample(), tests=())) == []
    text = to_csv(evolve(sample(), tests=()), stalls().declarations, "en").decode("utf-8-sig")
    assert text.strip().split(",") == [column.head("en") for column in Column]


def test_a_test_without_norms_has_no_grounds() -> None:
    """Nothing forbids."""
    (found,) = table(evolve(sample(), tests=(case_of("出摊", {"年龄": 30, "经营": "果蔬"}),)))
    assert (found["预期答案"], found["依据"], found["选入的理由"]) == ("可以", "", "")
