"""What a text declares beside its rules reaches the kernel whole: every part of it, and no other value."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import NOTHING, fields, frozen

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

CALENDAR = k.WorkCalendar()


@frozen
class World:
    """What the text declares, before and after lowering."""

    program: y.Program
    corpus: k.Corpus

    def pair(self, where: str, *path: str | int) -> tuple[Any, Any]:
        """One declaration in both: what ``where`` holds of the program and of the corpus, at ``path``."""
        declared, lowered = getattr(self.program, where), getattr(self.corpus, where)
        for step in path:
            declared, lowered = (
                getattr(each, step[1:]) if isinstance(step, str) and step.startswith(".") else each[step]
                for each in (declared, lowered)
            )
        return declared, lowered


@pytest.fixture(scope="module")
def world() -> World:
    file = Parser().parse(Source("all.gj", TEXT))
    resolved = resolve([file.file])
    assert (file.diagnostics, resolved.diagnostics) == ((), ())
    return World(resolved.program, lower(resolved.program, CALENDAR))


DECLARED: dict[str, tuple[str | int, ...]] = {
    "rank": ("ranks", "规章"),
    "authority": ("authorities", "局"),
    "department": ("authorities", "科"),
    "background": ("facts", "人.甲"),
    "judgement": ("facts", "人.乙"),
    "gravity": ("facts", "人.额"),
    "record": ("records", "人.事"),
    "reading": ("readings", "口径"),
    "action": ("actions", "做"),
    "outcome": ("outcomes", "处理"),
    "category": ("categories", "限制"),
    "assumption": ("assumptions", 0),
    "power": ("powers", 0),
    "power of nobody": ("powers", 1),
    "claim": ("claims", 0),
    "instrument": ("instruments", "办法"),
    "instrument without an end": ("instruments", "试行"),
    "basis": ("instruments", "办法", ".bases", 0),
    "precedence": ("instruments", "办法", ".precedences", 0),
    "annex": ("instruments", "办法", ".annexes", 0),
    "reference": ("instruments", "办法", ".references", 0),
    "variants": ("instruments", "办法", ".variants", 0),
}
PARTS = ("bases", "precedences", "annexes", "references", "variants")


@pytest.mark.parametrize("kind", DECLARED)
def test_a_declaration_arrives_whole(kind: str, world: World) -> None:
    """Each part as it was declared, an expression lowered."""
    declared, lowered = world.pair(*DECLARED[kind])  # type: ignore[arg-type]  # the first is a name
    lowering = Lowering(world.program.terms)
    for part in fields(type(lowered)):
        if (type(lowered), part.name) in MADE or part.name in PARTS:
            continue
        said = getattr(declared, OTHERWISE.get((type(lowered), part.name), part.name))
        kept = getattr(lowered, part.name)
        assert kept == (lowering.lower(said) if isinstance(said, y.Expr) else said), part.name


@pytest.mark.parametrize(
    "class_", [k.Fact, k.Instrument, k.Action, k.Outcome, k.Power, k.Reading, k.Category, k.Annex, k.Basis]
)
def test_nothing_is_left_to_a_default(class_: type, world: World) -> None:
    """The text above says something of its own about every part, or the test above would see no loss."""
    lowered = [world.pair(*path)[1] for path in DECLARED.values()]  # type: ignore[arg-type]  # as above
    shown = [each for each in lowered if isinstance(each, class_)]
    for part in fields(class_):  # type: ignore[arg-type]  # an attrs class
        if part.default is not NOTHING:
            assert any(getattr(each, part.name) != part.default for each in shown), part.name


def test_each_kind_of_declaration_arrives_in_its_number(world: World) -> None:
    """None is lost, and none is made up."""
    for where in {str(path[0]) for path in DECLARED.values()}:
        assert len(getattr(world.corpus, where)) == len(getattr(world.program, where)), where
    for part in PARTS:
        declared, lowered = world.pair("instruments", "办法", f".{part}")
        assert len(lowered) == len(declared) == 1, part


def test_an_instrument_depends_on_the_readings_of_its_dates(world: World) -> None:
    """And on no other."""
    assert world.corpus.instruments["办法"].readings == ("口径",)
    assert world.corpus.instruments["试行"].readings == ()


def test_every_way_to_combine_has_its_own(world: World) -> None:
    """An action combines the ends of its windows, an outcome its values."""
    assert world.corpus.actions["做"].combination is k.Combination.ALL
    assert world.corpus.actions["查"].combination is k.Combination.SINGLE
    assert world.corpus.outcomes["处理"].combination is k.Combination.STRICTEST


def test_what_an_action_leaves_and_passes(world: World) -> None:
    """Rows of a record, those of a condition where the text gives one; and a kind of passing on."""
    done, looked = world.corpus.actions["做"], world.corpus.actions["查"]
    enough = k.Compare(k.Order.LE, k.Const(2, k.Integer(2, 2)), k.FieldRef("人.事", "数"))
    assert done.leaves == k.Trace("人.事", enough)
    assert looked.leaves == k.Trace("人.事", k.TRUE)
    assert (done.passes, looked.passes) == (k.Passing.REPORT, None)


def test_the_rules_keep_their_places_and_standing(world: World) -> None:
    """So do the priorities among them."""
    first, second = world.corpus.norms
    rule, other = world.program.rules
    assert (first.place, first.standing, first.note) == (rule.place, rule.standing, "存疑")
    assert (second.place, second.standing, second.note) == (other.place, other.standing, "")
    assert world.corpus.overrides == (k.Override(rule.id, other.id, "第一条", rule.place),)


def test_the_frame_of_the_corpus(world: World) -> None:
    """Dates, places, entities and working days are those that were given."""
    corpus = world.corpus
    assert (corpus.horizon, corpus.territories) == (world.program.horizon, world.program.territories)
    assert corpus.entities == ("人",)
    assert corpus.calendar is CALENDAR
