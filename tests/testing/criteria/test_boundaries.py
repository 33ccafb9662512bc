"""Numbers, days, members of scales and counts of rows below, at and above each bound, where it decides."""

from __future__ import annotations

import datetime as dt

import small_scopes
from guiju.compiler.resolve import resolve
from guiju.testing.criteria.boundaries import obligations
from guiju.testing.scope import Scope
from small_scopes import Solved, scope
from stall_rules import stalls

RULES = """\
阶梯 档次 = {轻 < 中 < 重}
实体 摊主
  事实 面积: 小数 0..100.00 精度 2 单位 平米
  事实 许可面积: 小数 0..100.00 精度 2 单位 平米
  事实 年龄: 整数 18..120 单位 岁
  事实 情节: 档次
  事实 前次: 档次
  事实 处理日: 日期
  事实 登记日: 日期
  记录 投诉
    字段 日子: 日期
    字段 金额: 整数 0..1000 单位 元
    字段 属实: 是否
行为 出摊 主体 摊主
行为 叫卖 主体 摊主
行为 扩音 主体 摊主
结果 罚款: 整数 0..9999 单位 元 合并 单一
读法 界限: 宽 | 严 见 "第一条"

文件 市办法 发布 市局 地域 市 施行 2020-01-01
规则 面积 当 摊主.面积 > 10.5平米 则 摊主 不得 出摊
规则 超许可 当 摊主.面积 > 摊主.许可面积 则 摊主 不得 叫卖
规则 成年 当 摊主.年龄 < 18岁 则 摊主 不得 叫卖
规则 情节 当 摊主.情节 >= 中 则 摊主 不得 叫卖
规则 加重 当 摊主.情节 > 摊主.前次 则 摊主 不得 叫卖
规则 投诉 当 个数(摊主.投诉 其中 属实 且 日子 >= 摊主.处理日 - 1年 且 金额 > 50元) 至少 2 则 摊主 不得 扩音
规则 登记 当 摊主.登记日 >= 摊主.处理日 则 摊主 不得 扩音
规则 罚款 则 罚款 为 若 摊主.年龄 >= 60岁 则 100元 否则 200元

文件 旧办法 发布 市局 地域 市 施行 2010-01-01
规则 旧 当 摊主.情节 = 轻 则 摊主 不得 出摊
"""


def about(of: Scope, norm: str, *words: str) -> list[Solved]:
    """The cases on the boundaries of ``norm`` with ``words`` in their texts."""
    return small_scopes.about(of, obligations(of), norm, *words)


def applies(of: Scope, norm: str, each: Solved) -> bool:
    assert each.context is not None
    asked = next(each for each in of.corpus.norms if each.id == norm).question
    return norm in resolve(asked, of.corpus, of.rules.defeats, each.context).applicable


def test_a_number() -> None:
    """One unit of the last decimal below the bound, the bound, one above it; and the norm turns on it."""
    of = scope(RULES, "出摊")
    found = about(of, "市办法.面积", "摊主.面积")
    assert [(e.fact("摊主.面积"), applies(of, "市办法.面积", e)) for e in found] == [
        (1049, False),
        (1050, False),
        (1051, True),
    ]
    assert [e.text for e in found] == [
        "摊主.面积为 10.49 平米，刚好少于 10.50 平米",
        "摊主.面积恰为 10.50 平米",
        "摊主.面积为 10.51 平米，刚好超过 10.50 平米",
    ]
    assert found[2].obligation.text.en == "摊主.面积 is 10.51 平米, just over 10.50 平米"


def test_two_numbers() -> None:
    """Neither side is a literal."""
    of = scope(RULES, "叫卖")
    found = about(of, "市办法.超许可", "许可面积")
    apart = [int(str(e.fact("摊主.面积"))) - int(str(e.fact("摊主.许可面积"))) for e in found]
    assert sorted(apart) == [-1, 0, 1]
    assert [applies(of, "市办法.超许可", e) for e in found].count(True) == 1


def test_values_that_a_fact_cannot_have() -> None:
    """Nobody is younger than the fact allows: that is no case, and no obligation."""
    of = scope(RULES, "叫卖")
    found = about(of, "市办法.成年", "年龄")
    assert [each.text for each in found] == ["摊主.年龄恰为 18 岁", "摊主.年龄为 19 岁，刚好超过 18 岁"]
    assert [applies(of, "市办法.成年", each) for each in found] == [False, False]


def test_a_scale() -> None:
    """The neighbours of a member, and of another fact on the scale."""
    of = scope(RULES, "叫卖")
    found = about(of, "市办法.情节", "情节")
    assert [(e.fact("摊主.情节"), applies(of, "市办法.情节", e)) for e in found] == [
        ("轻", False),
        ("中", True),
        ("重", True),
    ]
    assert found[0].text == "摊主.情节比“中”低一档"
    found = about(of, "市办法.加重", "前次")
    ranks = {"轻": 0, "中": 1, "重": 2}
    apart = [ranks[str(e.fact("摊主.情节"))] - ranks[str(e.fact("摊主.前次"))] for e in found]
    assert sorted(apart) == [-1, 0, 1]


def test_rows() -> None:
    """One fewer than are asked for, so many, one more."""
    of = scope(RULES, "扩音")
    found = about(of, "市办法.投诉", "恰有")

    def counted(each: Solved) -> int:
        assert each.context is not None
        handled = each.fact("摊主.处理日")
        assert isinstance(handled, dt.date)
        try:
            since = handled.replace(year=handled.year - 1)
        except ValueError:
            since = dt.date(handled.year - 1, 2, 28)
        rows = each.rows("摊主.投诉")
        return sum(r["属实"] is True and r["日子"] >= since and r["金额"] > 50 for r in rows)  # type: ignore[operator]  # by type

    assert [(counted(e), applies(of, "市办法.投诉", e)) for e in found] == [(1, False), (2, True), (3, True)]


def test_what_rows_are_filtered_by() -> None:
    """A row on each side of the bound and on it, which satisfies the rest of the filter."""
    of = scope(RULES, "扩音")
    for step, amount in zip(("刚好少于", "恰为", "刚好超过"), (50, 51, 52), strict=True):
        (each,) = about(of, "市办法.投诉", "有一条", "金额", step)
        amount -= 1
        assert any(row["金额"] == amount and row["属实"] is True for row in each.rows("摊主.投诉"))
    days = about(of, "市办法.投诉", "有一条", "日子", "1 年")
    assert [each.text for each in days[:3]] == [
        "有一条：摊主.投诉.日子为摊主.处理日前 1 年的前一日",
        "有一条：摊主.投诉.日子与摊主.处理日前 1 年同日",
        "有一条：摊主.投诉.日子为摊主.处理日前 1 年的次日",
    ]
    assert all(each.context is not None for each in days)


def test_days() -> None:
    """The day before another, that day, the day after it."""
    of = scope(RULES, "扩音")
    found = about(of, "市办法.登记", "登记日")
    apart = [e.fact("摊主.登记日") - e.fact("摊主.处理日") for e in found]  # type: ignore[operator]  # days
    assert sorted(each.days for each in apart) == [-1, 0, 1]  # type: ignore[union-attr]  # by type


def test_the_days_of_a_bar() -> None:
    """Its first and last day, and the days beside them, are called so."""
    of = scope(stalls(), "出摊")
    norm = "市办法.占道停摊/1"
    last = about(of, norm, "今日为禁止期限", "最后一日") + about(of, norm, "今日为禁止期限届满的次日")
    first = about(of, norm, "今日为禁止期限开始的前一日") + about(of, norm, "今日为禁止期限的第一日")
    assert [applies(of, norm, each) for each in (*last, *first)] == [True, True, False, False, True]
    assert last[1].text.startswith("今日为禁止期限的最后一日（")
    assert "today is the day after the bar ends (" in last[2].obligation.text.en
    (ends,) = [each for each in last if "的最后一日（" in each.text]
    assert ends.context is not None
    main = resolve(of.topic.question, of.corpus, of.rules.defeats, ends.context)
    assert norm in dict(main.standing)


def test_dates_in_force() -> None:
    """The day before an instrument takes effect, that day, the next; not where cases cannot reach so far."""
    of = scope(RULES, "出摊")
    found = about(of, "市办法.面积", "今日")
    days = [each.context.today for each in found if each.context is not None]
    assert days == [dt.date(2019, 12, 31), dt.date(2020, 1, 1), dt.date(2020, 1, 2)]
    assert [applies(of, "市办法.面积", each) for each in found] == [False, True, True]
    assert found[1].text == "今日为《市办法》有效期的第一日（2020-01-01）"
    assert about(of, "旧办法.旧", "今日") == []


def test_what_a_value_is_chosen_by() -> None:
    """A bound inside a value, where it decides which."""
    of = scope(RULES, "罚款")
    found = about(of, "市办法.罚款", "年龄")
    assert [each.fact("摊主.年龄") for each in found] == [59, 60, 61]
