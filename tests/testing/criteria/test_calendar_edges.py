"""Month ends, 29 February, days off and made-up working days, each where a term runs over it."""

from __future__ import annotations

import calendar
import datetime as dt

from attrs import evolve

from guiju.compiler.days import roll_to_workday, shift_months, shift_workdays
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import (
    Case,
    Clip,
    Const,
    Context,
    FactRef,
    Integer,
    Norm,
    RollToWorkday,
    ShiftMonths,
    Span,
    Sum,
    Today,
)
from guiju.compiler.resolve import resolve
from guiju.testing.criteria import calendar_edges
from guiju.testing.criteria.boundaries import obligations
from guiju.testing.rules import Rules
from guiju.testing.scope import Scope
from small_scopes import Solved, about, scope

RULES = """\
实体 摊主
  事实 占道: 是否
  事实 处理日: 日期
  事实 收件日: 日期
  记录 投诉
    字段 日子: 日期
行为 出摊 主体 摊主
行为 叫卖 主体 摊主
行为 报告 主体 摊主
行为 缴款 主体 摊主

文件 市办法 发布 市局 地域 市 施行 2019-01-01
规则 停摊 当 摊主.占道 则 摊主 不得 出摊 期 1月 自 摊主.处理日
规则 投诉 当 任一(摊主.投诉 其中 日子 + 1月 >= 今日 且 日子 <= 今日) 则 摊主 不得 叫卖
规则 报告 当 摊主.占道 则 摊主 应 报告 致 市局 限 5工作日 自 摊主.收件日
规则 缴款 当 摊主.占道 则 摊主 应 缴款 限 30日 自 摊主.收件日
"""


def edges(of: Scope, norm: str, *words: str) -> list[Solved]:
    """The cases on the edges of ``norm`` with ``words`` in their texts; each is one to be found."""
    found = about(of, obligations(of), norm, *words)
    assert found
    assert all(each.context is not None for each in found)
    return found


def day(each: Solved, name: str) -> dt.date:
    found = each.fact(name)
    assert isinstance(found, dt.date)
    return found


def today(each: Solved) -> dt.date:
    assert each.context is not None
    return each.context.today


def month_length(of: dt.date) -> int:
    return calendar.monthrange(of.year, of.month)[1]


def test_a_month_without_the_day() -> None:
    """The last day of the bar is the month's last, and on the day after it the other clipping still bars."""
    of = scope(RULES, "出摊")
    on, after = edges(of, "市办法.停摊/1", "1 个月，该月无此日")
    for each, days in ((on, 0), (after, 1)):
        start = day(each, "摊主.处理日")
        assert shift_months(start, 1, Clip.DOWN) != shift_months(start, 1, Clip.UP)
        assert today(each) == shift_months(start, 1, Clip.DOWN) + dt.timedelta(days=days)
    said = [
        resolve(of.topic.question, of.corpus, of.rules.defeats, e.context) for e in (on, after) if e.context
    ]
    assert ["市办法.停摊/1" in each.applicable for each in said] == [True, False]


def test_from_the_end_of_a_month_into_a_longer_one() -> None:
    """30 April and a month is 30 May: who takes it for 31 May errs on the day after."""
    of = scope(RULES, "出摊")
    for each, days in zip(edges(of, "市办法.停摊/1", "自月末起算"), (0, 1), strict=True):
        start = day(each, "摊主.处理日")
        end = shift_months(start, 1, Clip.DOWN)
        assert start.day == month_length(start) < month_length(end)
        assert today(each) == end + dt.timedelta(days=days)


def test_what_the_edges_of_months_mean() -> None:
    """Around month ends, for terms of up to thirteen months either way: what plain dates say."""
    corpus = scope(RULES, "出摊").corpus
    days = [dt.date(2023, 12, 1) + dt.timedelta(days=n) for n in range(400)]
    handled = FactRef("摊主.处理日")
    for months in range(-13, 14):
        amount = Const(months, Integer(months, months, "months"))
        for given in (amount, Sum((amount,))):  # a literal, and what is not known beforehand
            edges = list(calendar_edges.edges(ShiftMonths(handled, given), corpus))
            for start in days:
                if 2 < start.day < 28:
                    continue
                end = shift_months(start, months, Clip.DOWN)
                context = Context(Case({handled.name: start}), start, "市")
                is_at = {
                    "该月无此日": start.day > month_length(end),
                    "自月末起算，进入更长的月份": start.day == month_length(start) < month_length(end),
                    "自 2 月 29 日起算": (start.month, start.day) == (2, 29),
                    "算至 2 月 29 日": (end.month, end.day) == (2, 29),
                }
                asked = {edge.zh: evaluate(edge.condition, corpus, context) for edge in edges}
                assert {**dict.fromkeys(is_at, False), **asked} == is_at


def test_29_february() -> None:
    """A term runs from it, and to it."""
    of = scope(RULES, "出摊")
    (each,) = edges(of, "市办法.停摊/1", "自 2 月 29 日起算")
    assert (day(each, "摊主.处理日").month, day(each, "摊主.处理日").day) == (2, 29)
    (each,) = edges(of, "市办法.停摊/1", "算至 2 月 29 日")
    assert (today(each).month, today(each).day) == (2, 29)


def test_what_no_day_leads_to() -> None:
    """A year before or after no day is a 29 February, and four years lead from one to another."""
    corpus = scope(RULES, "出摊").corpus
    asked = {
        months: [
            edge.zh
            for edge in calendar_edges.edges(
                ShiftMonths(Today(), Const(months, Integer(months, months, "months"))), corpus
            )
        ]
        for months in (12, 48)
    }
    assert asked == {
        12: ["该月无此日", "自月末起算，进入更长的月份", "自 2 月 29 日起算"],
        48: ["自 2 月 29 日起算", "算至 2 月 29 日"],
    }


def test_what_a_norm_gives() -> None:
    """The end of the bar as a value, where the answer shows it."""
    of = scope(RULES, "出摊")
    (each,) = edges(of, "市办法.停摊/2", "该月无此日")
    start = day(each, "摊主.处理日")
    assert shift_months(start, 1, Clip.DOWN) != shift_months(start, 1, Clip.UP)
    assert start <= today(each) <= shift_months(start, 1, Clip.DOWN)


def test_in_a_filter() -> None:
    """A row from which the term runs."""
    of = scope(RULES, "叫卖")
    for each in edges(of, "市办法.投诉", "该月无此日", "当日"):
        days = [row["日子"] for row in each.rows("摊主.投诉")]
        ends = [shift_months(d, 1, Clip.DOWN) for d in days if isinstance(d, dt.date) and d.day > 28]
        assert today(each) in ends


def test_working_days() -> None:
    """From a day off; to the day after one; over a made-up working day."""
    of = scope(RULES, "报告")
    workdays = of.corpus.calendar
    norm = "市办法.报告/2"
    (off,) = edges(of, norm, "自休息日起算")
    assert not workdays.is_workday(day(off, "摊主.收件日"))
    (right_after,) = edges(of, norm, "前一日为休息日")
    end = shift_workdays(day(right_after, "摊主.收件日"), 5, workdays)
    assert not workdays.is_workday(end - dt.timedelta(days=1))
    (over,) = edges(of, norm, "调休上班日")
    start = day(over, "摊主.收件日")
    assert any(start < made_up <= shift_workdays(start, 5, workdays) for made_up in workdays.made_up)


def test_a_term_that_is_put_off() -> None:
    """Where it would end on a day off, and where that day is worked for another."""
    of = scope(RULES, "缴款")
    norm = "市办法.缴款/2"
    put_off = tuple(rolled(each) if each.id == norm else each for each in of.corpus.norms)
    rules = Rules(of.topic, evolve(of.corpus, norms=put_off), of.rules.defeats)
    of = evolve(of, rules=rules)
    workdays = of.corpus.calendar
    (off,) = edges(of, norm, "原定之日为休息日")
    end = day(off, "摊主.收件日") + dt.timedelta(days=30)
    assert roll_to_workday(end, workdays) != end
    (made_up,) = edges(of, norm, "原定之日为调休上班日")
    assert day(made_up, "摊主.收件日") + dt.timedelta(days=30) in workdays.made_up


def rolled(norm: Norm) -> Norm:
    """``norm``, whose term ends on a working day."""
    assert isinstance(norm.position, Span)
    return evolve(norm, position=evolve(norm.position, end=RollToWorkday(norm.position.end)))
