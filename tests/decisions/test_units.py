"""A number is given and seen in the unit in which its fact is declared, whatever unit holds it."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from functools import cache
from pathlib import Path

import jsonschema
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.checker.report.layout import View
from guiju.compiler.kernel import Integer
from guiju.decisions import summary, units
from guiju.decisions.batch import conversion
from guiju.decisions.cases import Given, read
from guiju.decisions.corpus import Corpus
from guiju.decisions.decision import Decision
from guiju.decisions.interview import Question
from guiju.decisions.interview import read as typed
from guiju.decisions.loading import load_texts
from guiju.decisions.problems import InvalidInput
from guiju.decisions.values import expected
from guiju.dsl.store import Store

RULES = """
时限 2020-01-01 .. 2035-12-31
法域 市
位阶 市文件 级 10
机关 市局 级别 市文件 辖 市
行为类别 限制
实体 匠人
  事实 学艺: 整数 0..60 单位 年 可改
  事实 歇业: 整数 0..8 单位 年 默认 2年
  事实 试用: 整数 0..24 单位 月
  事实 工钱: 小数 0..99.99 精度 2 单位 两
  记录 师承
    字段 时长: 整数 1..30 单位 年
行为 开铺 主体 匠人 类 限制
结果 停业期: 整数 0..10 单位 年 合并 单一

文件 市办法
  标题 "匠人管理办法"
  发布 市局
  级别 市文件
  地域 市
  施行 2020-01-01
  目录 "第一条" "第二条" "第三条"

规则 学艺不足
  见 "第一条"
  当 匠人.学艺 < 10年
  则 匠人 不得 开铺

规则 长歇业
  见 "第二条"
  当 匠人.歇业 > 4年
  则 停业期 为 18月

规则 短歇业
  见 "第三条"
  当 匠人.歇业 <= 4年
  则 停业期 为 2年
"""


@cache
def rules() -> Corpus:
    return load_texts({"rules.gj": RULES})


def reading(name: str, value: object) -> Given:
    return read({"匠人": {name: value}}, rules().declarations)


def held(name: str, value: object) -> object:
    """What the kernel holds of a fact that is given so."""
    return reading(name, value).case.facts[f"匠人.{name}"]


def problem(name: str, value: object) -> tuple[str, str | None]:
    with pytest.raises(InvalidInput) as raised:
        reading(name, value)
    (found,) = raised.value.problems
    return found.code, found.expected


@pytest.mark.parametrize(
    "value",
    [
        12,
        Decimal("12.0"),
        {"value": 12, "unit": "年"},
        {"value": 12, "unit": "years"},
        {"value": 144, "unit": "月"},
        {"value": 144, "unit": "months"},
        "12 年",
        "144 months",
    ],
)
def test_years_are_years(value: object) -> None:
    """A bare number is in the declared unit; with the unit it may be in that of the kernel."""
    assert held("学艺", value) == 144
    row = read({"匠人": {"师承": [{"时长": value}]}}, rules().declarations)
    assert row.case.records["匠人.师承"] == ({"时长": 144},)


def test_other_units() -> None:
    """A default is held as declared; a unit that is held as itself has both its names."""
    assert reading("学艺", 1).case.facts["匠人.歇业"] == 24
    assert held("试用", 12) == held("试用", {"value": 12, "unit": "月"}) == 12
    assert held("试用", {"value": 12, "unit": "months"}) == 12
    assert held("工钱", {"value": "1.50", "unit": "两"}) == 150


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("学艺", 61, "range"),
        ("学艺", {"value": 721, "unit": "月"}, "range"),
        ("学艺", {"value": 61, "unit": "年"}, "range"),
        ("学艺", -1, "range"),
        ("学艺", 1.5, "precision"),
        ("学艺", {"value": 12, "unit": "日"}, "unit"),
        ("学艺", {"value": 12, "unit": None}, "unit"),
        ("学艺", {"value": 12, "unit": []}, "unit"),
        ("学艺", "12", "type"),
        ("学艺", "12年", "type"),
        ("学艺", "12 日", "type"),
        ("学艺", "1e1 年", "type"),
        ("学艺", "0" * 50 + " 年", "type"),
        ("试用", "12 月", "type"),
        ("试用", {"value": 1, "unit": "年"}, "unit"),
        ("工钱", "1.50 两", "type"),
    ],
)
def test_what_is_refused(name: str, value: object, code: str) -> None:
    """Units that are not those of the fact, and what is out of its range in the unit that is given."""
    assert problem(name, value)[0] == code


def test_mistakes_speak_in_the_declared_unit() -> None:
    """The range, and which units there are."""
    with pytest.raises(InvalidInput) as raised:
        reading("学艺", 61)
    assert raised.value.problems[0].message.en == "61 is not in 0..60"
    assert problem("学艺", 61)[1] == "integer 0..60 年/years, 0..720 月/months"
    with pytest.raises(InvalidInput) as raised:
        reading("歇业", {"value": 1, "unit": "周"})
    assert raised.value.problems[0].message.zh == "单位应是 年/years、月/months"
    horizon = rules().horizon
    assert expected(rules().declarations.facts["匠人.试用"].type, horizon) == "integer 0..24 月/months"


@pytest.mark.parametrize(
    ("years", "verdict"), [(9, "ineligible"), ("119 月", "ineligible"), (10, "eligible"), (12, "eligible")]
)
def test_a_decision_counts_in_years(years: object, verdict: str) -> None:
    """Who has learnt for as many years as the rule asks for is not refused."""
    decision = rules().decide({"匠人": {"学艺": years}}, "开铺", on="2025-01-01", at="市")
    assert decision.verdict.value == verdict
    assert decision.case == {"匠人.学艺": years}
    for ground in decision.answer.grounds:
        assert ground.because == {"匠人.学艺": years}


def test_an_outcome_is_told_in_its_unit() -> None:
    """Whole years as a number, other lengths exactly."""

    def said(years: object) -> tuple[object, ...]:
        return rules().decide({"匠人": {"歇业": years}}, "停业期", on="2025-01-01", at="市").answer.values

    assert (said(4), said(5), said("49 月")) == ((2,), ("18 月",), ("18 月",))


def words(decision: Decision, lang: str) -> str:
    return summary.to_text(decision, View(lang, corpus=rules().declarations))


def test_the_summary_has_the_unit() -> None:
    """In both languages."""
    decision = rules().decide({"匠人": {"学艺": 9}}, "开铺", on="2025-01-01", at="市")
    assert "匠人.学艺：9 年" in words(decision, "zh")
    assert "9 years" in words(decision, "en")
    decision = rules().decide({"匠人": {"歇业": 5}}, "停业期", on="2025-01-01", at="市")
    assert "匠人.歇业：5 年" in words(decision, "zh")
    assert "18 个月" in words(decision, "zh")


def test_a_compiled_corpus_keeps_the_unit(tmp_path: Path) -> None:
    """It is read back with the declared unit, though that makes no other type."""
    kept = [load_texts({"rules.gj": RULES}, store=Store(tmp_path)) for _ in range(2)]
    type_ = kept[1].declarations.facts["匠人.学艺"].type
    assert isinstance(type_, Integer)
    assert (type_.declared, type_.per) == ("years", 12)
    assert type_ == Integer(0, 720, "months")


@given(st.integers(0, 720))
def test_what_is_told_can_be_given(months: int) -> None:
    """The record of a case is the case."""
    type_ = rules().declarations.facts["匠人.学艺"].type
    assert isinstance(type_, Integer)
    told = units.told(months, type_)
    assert held("学艺", told) == units.held(told, type_) == months


# --- The schema


def test_the_schema_describes_the_declared_unit() -> None:
    """Its bounds, its names, and the default."""
    described = rules().schema()["properties"]["匠人"]["properties"]
    years = described["学艺"]
    assert years["anyOf"][0] == {"type": "integer", "minimum": 0, "maximum": 60}
    assert (years["x-unit"], years["description"]) == ("years", "单位 unit: 年/years")
    assert (described["歇业"]["default"], described["歇业"]["x-unit"]) == (2, "years")
    assert described["试用"]["x-unit"] == "months"
    assert described["师承"]["items"]["properties"]["时长"]["anyOf"][0]["maximum"] == 30


_NUMBERS = st.integers(-2, 800)
_WORDS = st.sampled_from(["年", "years", "周", "weeks", "月", "months", "日", "days", "两", "?"])
_VALUES = st.one_of(
    _NUMBERS,
    st.builds("{} {}".format, _NUMBERS | st.sampled_from(["007", "+5", "-0", "1.0", "1.5", ""]), _WORDS),
    st.builds(lambda number, word: {"value": number, "unit": word}, _NUMBERS, _WORDS),
    st.sampled_from(["12", "12年", "12  年", "12 年 ", "0" * 47 + " 年", "0" * 48 + " 年"]),
)


@given(name=st.sampled_from(["学艺", "歇业", "试用", "工钱"]), value=_VALUES)
def test_the_schema_accepts_what_is_read(name: str, value: object) -> None:
    """And nothing else."""
    schema = rules().schema()["properties"]["匠人"]["properties"][name]
    try:
        reading(name, value)
        accepted = True
    except InvalidInput:
        accepted = False
    assert jsonschema.Draft202012Validator(json.loads(json.dumps(schema))).is_valid(value) == accepted


# --- Files and conversations


@pytest.mark.parametrize("cell", ["12", "61", "12 年", "7.0"])
def test_a_column_is_in_the_declared_unit(cell: str) -> None:
    """What the engine for tables is sure of is what a single case says."""
    duckdb = pytest.importorskip("duckdb")
    type_ = rules().declarations.facts["匠人.学艺"].type
    horizon = (dt.date(2020, 1, 1), dt.date(2035, 12, 31))
    found = conversion.fact("c", type_, pa.string(), True, horizon)
    ((value,),) = duckdb.sql(f"SELECT {found.value} FROM (SELECT '{cell}' AS c)").fetchall()
    assert value == {"12": 144}.get(cell)


@pytest.mark.parametrize(
    ("text", "told"), [("12", 12), ("12年", 12), ("12 years", 12), ("24 个月", 2), ("18月", "18 月")]
)
def test_an_answer_in_an_interview(text: str, told: object) -> None:
    """With or without the unit."""
    type_ = rules().declarations.facts["匠人.学艺"].type
    assert typed(text, Question("匠人.学艺", type_, ()), rules()) == told


def test_an_interview_refuses_other_units() -> None:
    """A number of weeks is none of years."""
    type_ = rules().declarations.facts["匠人.学艺"].type
    with pytest.raises(InvalidInput):
        typed("12周", Question("匠人.学艺", type_, ()), rules())
