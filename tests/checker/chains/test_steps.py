"""Steps as they are read from rules: to whom, by when, what sets them going and what they bring about."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus_files import WORLD
from guiju.checker.chains.schedule import last_day
from guiju.checker.chains.steps import Signs, Step, Unit, brought_about, same_body, signs, steps
from guiju.checker.load import load_texts
from guiju.compiler.kernel import (
    TRUE,
    And,
    AtLeast,
    Compare,
    Corpus,
    FactRef,
    FieldRef,
    If,
    Not,
    Or,
    Order,
    Today,
)
from guiju.compiler.workdays import chinese_calendar

A, B, C, DAY = (FactRef(f"案件.{name}") for name in ("甲", "乙", "丙", "日子"))

VOCABULARY = """
实体 案件
  事实 甲: 是否 默认 否
  事实 乙: 是否 默认 否
  事实 丙: 是否 默认 否
  事实 日子: 日期
  事实 办结日: 日期
  事实 期限: 整数 0..60 单位 工作日
  记录 约谈
    字段 日子: 日期
行为 处理 主体 市局 已作 甲 且 非 乙 作于 案件.办结日 留痕 案件.约谈
文件 市办法 发布 市局 地域 市 施行 2020-01-01
"""


def corpus_of(rules: str) -> Corpus:
    texts = {str(WORLD): WORLD.read_text(encoding="utf-8"), "rules.gj": VOCABULARY + rules}
    loaded = load_texts(texts)
    assert loaded.corpus is not None, loaded.diagnostics
    return loaded.corpus


def step_of(rest: str, guard: str = "案件.甲") -> Step:
    """The step of a rule that ends so."""
    (step,) = steps(corpus_of(f"规则 一 当 {guard} 则 市局 应 处理 {rest}\n"))
    return step


@pytest.mark.parametrize(
    ("condition", "holding", "failing"),
    [
        (A, {A}, set()),
        (Not(A), set(), {A}),
        (Not(And((A, Not(B)))), {B}, {A}),
        (Or((A, Not(B), C)), {A, C}, {B}),
        (Compare(Order.LE, DAY, Today()), {DAY}, {DAY}),
        (If(A, B, Not(C)), {A, B, C}, {A, B, C}),
        (TRUE, set(), set()),
    ],
)
def test_a_condition_asks_for_facts_with_the_signs_that_they_have_in_it(
    condition: FactRef, holding: set[FactRef], failing: set[FactRef]
) -> None:
    """Under a negation the other way round; what is compared or decides between two can do either."""
    expected = Signs(frozenset(f.name for f in holding), frozenset(f.name for f in failing))
    assert signs(condition) == expected
    assert signs(Not(condition)) == expected.denied


def test_a_count_is_reached_by_rows_and_never_lost_by_them() -> None:
    """But what its condition speaks of can let a row count or not."""
    counted = AtLeast(2, "案件.约谈", And((FieldRef("案件.约谈", "日子"), A)))
    assert signs(counted) == Signs(frozenset({"案件.约谈", "案件.甲"}), frozenset({"案件.甲"}))


def test_an_act_brings_about_its_facts_its_date_and_its_rows() -> None:
    """And ends what it is shown not to hold by."""
    corpus = corpus_of("规则 一 则 市局 应 处理\n")
    assert brought_about(corpus.actions["处理"]) == Signs(
        frozenset({"案件.甲", "案件.办结日", "案件.约谈"}), frozenset({"案件.乙"})
    )
    (step,) = steps(corpus)
    assert step.brings == {"案件.甲", "案件.办结日", "案件.约谈"}
    assert step.ends == {"案件.乙"}


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("限 10工作日 自 案件.日子", 10, Unit.WORKDAYS),
        ("限 15日 自 案件.日子", 15, Unit.DAYS),
        ("限 2月 自 案件.日子", 2, Unit.MONTHS),
        ("限 1年 自 案件.日子", 12, Unit.MONTHS),
        ("限 48小时 自 案件.日子", 48, Unit.HOURS),
        ("限 案件.期限 自 案件.日子", None, Unit.WORKDAYS),
    ],
)
def test_a_term_counts_from_its_event(text: str, amount: int | None, unit: Unit) -> None:
    """How long it is may be left to the case; then nothing bounds the step."""
    step = step_of(text)
    assert step.term is not None
    assert (step.term.start, step.term.amount, step.term.unit) == (DAY, amount, unit)
    assert step.needs == {"案件.甲", "案件.日子"}


def test_a_term_may_begin_some_time_after_its_event() -> None:
    """What lies between counts too; the event is still what the step waits for."""
    step = step_of("限 5工作日 自 案件.日子 + 3月")
    assert step.term is not None
    assert step.term.lengths == ((3, Unit.MONTHS), (5, Unit.WORKDAYS))
    last = last_day(step.term, dt.date(2026, 1, 30), chinese_calendar(2026, 2026))
    assert last == dt.date(2026, 5, 11)
    assert step.needs == {"案件.甲", "案件.日子"}


def test_a_rule_may_give_one_act_several_terms() -> None:
    """To one recipient within ten days, to another within five."""
    term = "限 {} 自 案件.日子"
    step, other = steps(
        corpus_of(
            f"规则 一 当 案件.甲 则 市局 应 处理 致 省府 {term.format('10日')}"
            f" 则 市局 应 处理 致 东区局 {term.format('5日')}\n"
        )
    )
    assert [each.amount for each in step.terms] == [each.amount for each in other.terms] == [10, 5]


def test_a_step_without_a_term_waits_for_its_guard_alone() -> None:
    """Also where the text leaves the term open."""
    for rest in ("", "限 未定"):
        step = step_of(rest)
        assert (step.term, step.needs) == (None, {"案件.甲"})


def test_a_day_that_is_named_and_a_recurring_duty_count_from_no_event() -> None:
    """There is no term; the day is told."""
    by_day, recurring = step_of("截至 2026-06-30"), step_of("每 1年")
    assert (by_day.term, by_day.by_day, by_day.recurring) == (None, True, False)
    assert by_day.due == dt.date(2026, 6, 30)
    assert (recurring.term, recurring.by_day, recurring.due, recurring.recurring) == (None, False, None, True)


def test_a_step_has_the_recipients_of_its_rule() -> None:
    """In their order; one that is demanded and not named is told."""
    step = step_of("致 省府, 东区局 抄送 西区局")
    assert (step.to, step.copy, step.unaddressed) == (("省府", "东区局"), ("西区局",), False)
    unnamed = step_of("致 未定")
    assert (unnamed.to, unnamed.unaddressed, unnamed.hands_over) == ((), True, True)
    assert not step_of("").hands_over


def test_what_is_forbidden_or_only_encouraged_is_no_step() -> None:
    """Nor is a value; what is allowed is one."""
    positions = ("则 市局 不得 处理", "鼓励 则 市局 应 处理", "则 措施 为 警告", "则 市局 可 处理")
    rules = (f"规则 规{number} {position}\n" for number, position in enumerate(positions))
    found = steps(corpus_of("".join(rules)))
    assert [(step.norm.rule, step.obliged) for step in found] == [("市办法.规3", False)]


def test_a_department_is_one_body_with_its_authority_and_with_nobody_else() -> None:
    """Districts under one city are not one."""
    corpus = corpus_of("")
    assert same_body("市场科", "市局", corpus)
    assert same_body("市局", "市场科", corpus)
    assert not same_body("东区局", "市局", corpus)
    assert not same_body("摊主", "市局", corpus)
