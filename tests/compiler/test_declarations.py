"""What a text declares beside its rules reaches the kernel whole: every part of it, and no other value."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import NOTHING, fields

from guiju.compiler import kernel as k
from guiju.compiler.lower import lower
from guiju.compiler.lower.expressions import Lowering
from guiju.dsl import typed as y
from guiju.dsl.parser import Parser
from guiju.dsl.resolve import resolve
from guiju.dsl.source import Source

TEXT = """
时限 2018-01-01 .. 2031-12-31
法域 市
法域 区 属 市
位阶 规章 级 40 法定
位阶 通知 级 10
机关 府 级别 规章 辖 市
机关 局 级别 通知 上级 府 辖 区
部门 科 属 局
阶梯 档次 = {轻 < 中 < 重}
读法 口径 : 宽 | 窄 见 "第三条" 注 "两读"
行为类别 限制 惩戒 注 "不利"
实体 人
  事实 甲 : 是否 默认 否 背景
  事实 乙 : 是否 判断
  事实 额 : 整数 0..9 分轻重 可改
  事实 起 : 日期
  记录 事 字段 时 : 日期 字段 数 : 整数 0..9
行为 做 主体 人 对 局 类 限制 合并 并处 已作 乙 作于 最晚(事.时) 未作 甲 留痕 人.事 其中 数 >= 2 流转 报告
行为 查 主体 局 留痕 人.事
结果 处理 : 档次 类 限制 合并 从重 必答 当 甲
假定 "早" 起 <= 今日
文件 办法 标题 "试行办法" 文号 "一号" 发布 局 级别 规章 地域 区 印发 2019-12-01 主题 市容
  施行 择 口径 {宽: 2020-01-01, 窄: 2020-02-01} 失效 2030-01-01 核实 转述
  依据 "上位法" 已废于 2021-01-01
  优先 府 关于 市容 见 "第八条"
  从上 见 "第九条"
  附件 1 "名录" 文中称 "目录" 缺文
  目录 "第一条" "第二条" "第三条"
  引用 "某规程" 条款 "第四条" 已废于 2022-01-01 改称 "新规程" 见 "第一条"
  异称 "事项" "称呼甲" "称呼乙" 见 "第二条"
权限 限制 自 规章 见 "第二条" 核实 转述 注 "存疑"
权限 限制 不得 见 "第三条"
核对 "合计" 见 "第一条" : 甲 或 非 甲
规则 一 见 "第一条" 当 甲 则 人 不得 做 优先于 二 核实 转述 注 "存疑"
规则 二 见 "第二条" 当 乙 则 人 可 做
文件 试行 发布 府 地域 市 施行 2020-01-01 失效 未定
"""
FILE = Parser().parse(Source("all.gj", TEXT))
RESOLVED = resolve([FILE.file])
PROGRAM = RESOLVED.program
CALENDAR = k.WorkCalendar()
CORPUS = lower(PROGRAM, CALENDAR)
LOWERING = Lowering(PROGRAM.terms)

#: What the kernel calls otherwise than the typed program does.
OTHERWISE = {
    (k.Annex, "mentioned_as"): "called",
    (k.Instrument, "yields_upward"): "yields",
}
#: What the kernel makes of a declaration, rather than takes from it; each has a test of its own.
MADE = {
    (k.Instrument, "readings"),
    (k.Action, "combination"),
    (k.Outcome, "combination"),
    (k.Action, "leaves"),
    (k.Action, "passes"),
}

BEFORE, AFTER = PROGRAM.instruments["办法"], CORPUS.instruments["办法"]
PAIRS: dict[str, tuple[Any, Any]] = {
    "rank": (PROGRAM.ranks["规章"], CORPUS.ranks["规章"]),
    "authority": (PROGRAM.authorities["局"], CORPUS.authorities["局"]),
    "department": (PROGRAM.authorities["科"], CORPUS.authorities["科"]),
    "background": (PROGRAM.facts["人.甲"], CORPUS.facts["人.甲"]),
    "judgement": (PROGRAM.facts["人.乙"], CORPUS.facts["人.乙"]),
    "gravity": (PROGRAM.facts["人.额"], CORPUS.facts["人.额"]),
    "record": (PROGRAM.records["人.事"], CORPUS.records["人.事"]),
    "reading": (PROGRAM.readings["口径"], CORPUS.readings["口径"]),
    "action": (PROGRAM.actions["做"], CORPUS.actions["做"]),
    "outcome": (PROGRAM.outcomes["处理"], CORPUS.outcomes["处理"]),
    "category": (PROGRAM.categories["限制"], CORPUS.categories["限制"]),
    "assumption": (PROGRAM.assumptions[0], CORPUS.assumptions[0]),
    "power": (PROGRAM.powers[0], CORPUS.powers[0]),
    "power of nobody": (PROGRAM.powers[1], CORPUS.powers[1]),
    "claim": (PROGRAM.claims[0], CORPUS.claims[0]),
    "instrument": (BEFORE, AFTER),
    "instrument without an end": (PROGRAM.instruments["试行"], CORPUS.instruments["试行"]),
    "basis": (BEFORE.bases[0], AFTER.bases[0]),
    "precedence": (BEFORE.precedences[0], AFTER.precedences[0]),
    "annex": (BEFORE.annexes[0], AFTER.annexes[0]),
    "reference": (BEFORE.references[0], AFTER.references[0]),
    "variants": (BEFORE.variants[0], AFTER.variants[0]),
}
PARTS = ("bases", "precedences", "annexes", "references", "variants")


def test_the_text_says_what_it_should() -> None:
    """Without mistakes, or nothing below means anything."""
    assert (FILE.diagnostics, RESOLVED.diagnostics) == ((), ())


@pytest.mark.parametrize("kind", PAIRS)
def test_a_declaration_arrives_whole(kind: str) -> None:
    """Each part as it was declared, an expression lowered."""
    declared, lowered = PAIRS[kind]
    for part in fields(type(lowered)):
        if (type(lowered), part.name) in MADE or part.name in PARTS:
            continue
        said = getattr(declared, OTHERWISE.get((type(lowered), part.name), part.name))
        kept = getattr(lowered, part.name)
        assert kept == (LOWERING.lower(said) if isinstance(said, y.Expr) else said), part.name


@pytest.mark.parametrize(
    "class_", [k.Fact, k.Instrument, k.Action, k.Outcome, k.Power, k.Reading, k.Category, k.Annex, k.Basis]
)
def test_nothing_is_left_to_a_default(class_: type) -> None:
    """The text above says something of its own about every part, or the test above would see no loss."""
    shown = [lowered for _, lowered in PAIRS.values() if isinstance(lowered, class_)]
    for part in fields(class_):  # type: ignore[arg-type]  # an attrs class
        if part.default is not NOTHING:
            assert any(getattr(each, part.name) != part.default for each in shown), part.name


def test_an_instrument_depends_on_the_readings_of_its_dates() -> None:
    """And on no other."""
    assert AFTER.readings == ("口径",)
    assert CORPUS.instruments["试行"].readings == ()


def test_every_way_to_combine_has_its_own() -> None:
    """An action combines the ends of its windows, an outcome its values."""
    assert CORPUS.actions["做"].combination is k.Combination.ALL
    assert CORPUS.actions["查"].combination is k.Combination.SINGLE
    assert CORPUS.outcomes["处理"].combination is k.Combination.STRICTEST


def test_what_an_action_leaves_and_passes() -> None:
    """Rows of a record, those of a condition where the text gives one; and a kind of passing on."""
    done, looked = CORPUS.actions["做"], CORPUS.actions["查"]
    enough = k.Compare(k.Order.LE, k.Const(2, k.Integer(2, 2)), k.FieldRef("人.事", "数"))
    assert done.leaves == k.Trace("人.事", enough)
    assert looked.leaves == k.Trace("人.事", k.TRUE)
    assert (done.passes, looked.passes) == (k.Passing.REPORT, None)


def test_the_rules_keep_their_places_and_standing() -> None:
    """So do the priorities among them."""
    first, second = CORPUS.norms
    rule, other = PROGRAM.rules
    assert (first.place, first.standing, first.note) == (rule.place, rule.standing, "存疑")
    assert (second.place, second.standing, second.note) == (other.place, other.standing, "")
    assert CORPUS.overrides == (k.Override(rule.id, other.id, "第一条", rule.place),)


def test_the_frame_of_the_corpus() -> None:
    """Dates, places, entities and working days are those that were given."""
    assert (CORPUS.horizon, CORPUS.territories) == (PROGRAM.horizon, PROGRAM.territories)
    assert CORPUS.entities == ("人",)
    assert CORPUS.calendar is CALENDAR
