"""Each reading that changes an answer has a case that shows it, under the default and the other choice."""

from __future__ import annotations

import pytest
from attrs import evolve

from guiju.compiler.kernel import Context
from guiju.testing.criteria.readings import obligations
from guiju.testing.expected import expected
from guiju.testing.scope import Scope
from guiju.testing.suite import Expected
from small_scopes import scope, solved
from stall_rules import stalls

RULES = """\
实体 摊主
  事实 面积: 整数 0..100 单位 平米
  事实 收件日: 日期
  事实 已报: 是否
行为 出摊 主体 摊主
行为 夜市 主体 摊主
行为 报告 主体 摊主 已作 摊主.已报
结果 费用: 整数 0..1000 单位 元 合并 单一
读法 界限: 不含 | 含 | 同不含 见 "第一条"
读法 起算: 当日 | 次日 见 "第二条"
读法 溯及: 从旧 | 从新 见 "第三条"
文件 市办法 发布 市局 地域 市 施行 2020-01-01
规则 大摊 当 摊主.面积 > 择 界限 {不含: 10平米, 含: 9平米, 同不含: 10平米} 则 摊主 不得 出摊
规则 报告 当 摊主.面积 > 20平米
  则 摊主 应 报告 致 市局 限 5日 自 择 起算 {当日: 摊主.收件日, 次日: 摊主.收件日 + 1日}
规则 小额 当 摊主.面积 > 择 溯及 {从旧: 30平米, 从新: 20平米} 则 摊主 应 出摊
规则 夜市 当 摊主.面积 > 择 溯及 {从旧: 30平米, 从新: 20平米} 则 摊主 可 夜市
规则 收费 则 费用 为 择 起算 {当日: 10元, 次日: 20元}
"""


def answer(of: Scope, context: Context, **readings: str) -> Expected:
    read = evolve(context, readings={**context.readings, **readings})
    return expected(of.topic, of.corpus.norms, of.corpus, of.rules.defeats, read)


def test_a_bar_that_hangs_on_a_reading() -> None:
    """Exactly 10: barred under one choice; the third choice comes to the same as the default."""
    of = scope(RULES, "出摊")
    found = [each for each in solved(of, obligations(of)) if "界限" in each.text]
    shown = [each for each in found if each.context is not None]
    assert [dict(e.context.readings)["界限"] for e in shown if e.context is not None] == ["不含", "含"]
    assert len(found) == 4
    for each in shown:
        assert each.fact("摊主.面积") == 10
        assert each.context is not None
        assert answer(of, each.context, 界限="不含").verdict == "eligible"
        assert answer(of, each.context, 界限="含").verdict == "ineligible"
        assert each.context.readings["溯及"] == "从旧"


@pytest.mark.parametrize(("question", "norm"), [("出摊", "市办法.小额"), ("夜市", "市办法.夜市")])
def test_a_duty_or_a_leave_that_hangs_on_a_reading(question: str, norm: str) -> None:
    """That there is one is an answer too, though what is demanded is as free as what is not."""
    of = scope(RULES, question)
    found = [each for each in solved(of, obligations(of)) if "溯及" in each.text]
    assert len(found) == 2
    for each in found:
        assert each.context is not None
        one, other = (answer(of, each.context, 溯及=choice) for choice in ("从旧", "从新"))
        assert norm not in [stood.norm for stood in one.norms]
        assert norm in [stood.norm for stood in other.norms]


def test_days_and_values_that_hang_on_a_reading() -> None:
    """The term of a duty that is shown, which may fall before the rules were in force; and a value."""
    duty, fee = scope(RULES, "报告"), scope(RULES, "费用")
    for of in (duty, fee):
        found = solved(of, obligations(of))
        assert [each.context is not None and each.context.readings["起算"] for each in found] == [
            "当日",
            "次日",
        ]
        for each in found:
            assert each.context is not None
            one, other = (answer(of, each.context, 起算=c) for c in ("当日", "次日"))
            if of is fee:
                assert (one.values, other.values) == ((10,), (20,))
            else:
                assert [stood.due for stood in one.norms] != [stood.due for stood in other.norms]


def test_the_end_of_a_bar() -> None:
    """From which day it runs: the verdict differs, or the window does."""
    of = scope(stalls(), "出摊")
    found = solved(of, obligations(of))
    assert [each.text.split("，")[0] for each in found] == [
        "读法“停摊起算”取“自处理日”",
        "读法“停摊起算”取“自违规日”",
    ]
    for each in found:
        assert each.context is not None
        one, other = (answer(of, each.context, 停摊起算=c) for c in ("自处理日", "自违规日"))
        assert one != other


def test_what_depends_on_no_reading() -> None:
    """Nothing is asked."""
    assert list(obligations(scope(stalls(), "费用"))) == []
