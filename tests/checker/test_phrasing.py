"""Expressions in words: what each construct is called, and that nothing is left unsaid."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.checker import phrasing
from guiju.compiler.kernel import (
    FALSE,
    TRUE,
    AtLeast,
    Const,
    Expr,
    FactRef,
    FieldRef,
    Integer,
    InTerritory,
    ReadingRef,
    RollToWorkday,
    ShiftDays,
    ShiftMonths,
    conjunction,
    walk,
)
from strategies import BOOLEAN, DATE, VOCABULARY, expressions
from with_world import corpus_of

_HEADER = '文件 市办法 标题 "市办法" 发布 市局 地域 市 施行 2020-01-01\n读法 大摊: 含二十 | 不含二十 | 另定\n'


def guard_of(text: str) -> tuple[str, str]:
    """The guard of a rule with the condition ``text``, in both languages."""
    rule = f'{_HEADER}规则 甲 见 "第一条" 当 {text} 则 摊主 不得 经营\n'
    corpus = corpus_of(rule)
    words = phrasing.phrase(corpus.norms[0].guard, corpus)
    return words.zh, words.en


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("摊主.占道", "摊主.占道", "摊主.占道"),
        ("非 摊主.占道", "非 摊主.占道", "not 摊主.占道"),
        ("摊主.占道 且 摊主.再犯", "摊主.占道，且 摊主.再犯", "摊主.占道 and 摊主.再犯"),
        (
            "摊主.占道 且 (摊主.再犯 或 摊主.噪声大)",
            "摊主.占道，且 （摊主.再犯 或 摊主.噪声大）",
            "摊主.占道 and (摊主.再犯 or 摊主.噪声大)",
        ),
        ("非 (摊主.占道 或 摊主.再犯)", "并非（摊主.占道 或 摊主.再犯）", "not (摊主.占道 or 摊主.再犯)"),
        ("摊主.年龄 >= 18", "摊主.年龄不少于 18", "摊主.年龄 is at least 18"),
        ("摊主.年龄 < 18", "摊主.年龄少于 18", "摊主.年龄 is less than 18"),
        ("非 摊主.年龄 < 18", "摊主.年龄不少于 18", "摊主.年龄 is at least 18"),
        ("摊主.面积 > 20平米", "摊主.面积超过 20 平米", "摊主.面积 is more than 20 平米"),
        ("摊主.应缴 <= 12.50元", "摊主.应缴不超过 12.50 元", "摊主.应缴 is at most 12.50 元"),
        ("摊主.证件 = 临时", "摊主.证件为“临时”", "摊主.证件 is 临时"),
        ("非 摊主.证件 = 临时", "摊主.证件不为“临时”", "摊主.证件 is not 临时"),
        (
            "摊主.证件 属于 {临时, 流动}",
            "摊主.证件为“临时”、“流动”之一",
            "摊主.证件 is one of 临时, 流动",
        ),
        (
            "非 摊主.证件 属于 {临时, 流动}",
            "摊主.证件不为“临时”、“流动”中的任何一个",
            "摊主.证件 is none of 临时, 流动",
        ),
        ("摊主.前次 >= 暂停", "摊主.前次不低于 暂停", "摊主.前次 is at least 暂停"),
        ("摊主.处理日 < 2024-01-01", "摊主.处理日早于 2024-01-01", "摊主.处理日 is before 2024-01-01"),
        (
            "今日 <= 摊主.处理日 + 24月",
            "今日不晚于 摊主.处理日后 2 年",
            "today is no later than 2 years after 摊主.处理日",
        ),
        (
            "今日 > 摊主.处理日 + 10工作日",
            "摊主.处理日后 10 个工作日早于 今日",
            "10 working days after 摊主.处理日 is before today",
        ),
        ("大摊 = 含二十", "读法“大摊”取“含二十”", "the reading 大摊 is taken as 含二十"),
        ("任一(摊主.违规)", "有摊主.违规", "there is a row of 摊主.违规"),
        (
            "个数(摊主.违规 其中 类别 = 噪声) >= 3",
            "摊主.违规（类别为“噪声”）不少于 3 条",
            "at least 3 rows of 摊主.违规 (类别 is 噪声)",
        ),
        (
            "个数(摊主.违规) < 2",
            "摊主.违规少于 2 条",
            "fewer than 2 rows of 摊主.违规",
        ),
        (
            "每一(摊主.违规 其中 类别 = 噪声)",
            "每条摊主.违规都类别为“噪声”",
            "every row of 摊主.违规: 类别 is 噪声",
        ),
        (
            "最晚(摊主.违规.时间) < 2024-01-01",
            "摊主.违规中最晚的时间早于 2024-01-01",
            "the latest 时间 of 摊主.违规 is before 2024-01-01",
        ),
        (
            "非 最晚(摊主.违规.时间) < 2024-01-01",  # also true where there is no such day: not "no earlier"
            "并非（摊主.违规中最晚的时间早于 2024-01-01）",
            "not (the latest 时间 of 摊主.违规 is before 2024-01-01)",
        ),
        (
            "择 大摊 {含二十: 摊主.面积 >= 20平米, 不含二十: 摊主.面积 > 20平米, 另定: 摊主.占道}",
            "读法“大摊”取“含二十”则摊主.面积不少于 20 平米，取“不含二十”则摊主.面积超过 20 平米，"
            "取“另定”则摊主.占道",
            "under the reading 大摊: 摊主.面积 is at least 20 平米 if 含二十,"
            " 摊主.面积 is more than 20 平米 if 不含二十, 摊主.占道 if 另定",
        ),
        ("位于 东区", "在东区", "in 东区"),
    ],
)
def test_what_a_condition_is_called(text: str, zh: str, en: str) -> None:
    """One condition of each kind, in both languages."""
    assert (zh, en) == guard_of(text)


@pytest.mark.parametrize(
    ("months", "zh", "en"), [(12, "1 年", "1 year"), (36, "3 年", "3 years"), (18, "18 个月", "18 months")]
)
def test_whole_years_are_called_years(months: int, zh: str, en: str) -> None:
    """Twelve months are a year; anything else stays in months."""
    words = phrasing.duration(Const(months, Integer(0, 600, "months")), "months", VOCABULARY)
    assert (zh, en) == (words.zh, words.en)


def test_back_and_on_to_a_working_day() -> None:
    """Moves back in time, moves by days, and days off."""
    day = Const(-10, Integer(-400, 400, "days"))
    moved = phrasing.phrase(RollToWorkday(ShiftDays(FactRef("处理日"), day)), VOCABULARY)
    assert moved.zh == "处理日前 10 日（遇休息日顺延）"


def test_conditions_are_the_conjuncts() -> None:
    """One line each; a lone one needs no brackets, and what always holds is not said."""
    assert phrasing.conditions(TRUE, VOCABULARY) == ()
    assert [c.en for c in phrasing.conditions(FALSE, VOCABULARY)] == ["never"]
    both = conjunction(InTerritory("north"), InTerritory("town"))
    assert [c.en for c in phrasing.conditions(both, VOCABULARY)] == ["in north", "in town"]


@given(st.sampled_from([BOOLEAN, DATE]).flatmap(lambda type_: expressions(VOCABULARY, type_)))
def test_everything_can_be_said_and_no_name_is_left_out(expr: Expr) -> None:
    """Whatever an expression speaks of is in its words, in both languages."""
    words = phrasing.phrase(expr, VOCABULARY)
    for part in walk(expr):
        match part:
            case FactRef(name) | FieldRef(field=name) | ReadingRef(name) | InTerritory(name):
                assert name in words.zh
                assert name in words.en
            case AtLeast(record=name):
                assert name in words.zh
            case ShiftMonths():
                assert "后" in words.zh or "前" in words.zh
            case _:
                pass
