"""Changing a case until a condition holds: at the edge of an atom, and possible after it is repaired."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from guiju.compiler.evaluate import evaluate
from guiju.compiler.formulas import applicable
from guiju.compiler.kernel import Corpus
from guiju.decisions.problems import InvalidInput
from guiju.testing.draft import Draft
from guiju.testing.plain_case import Subject, plain_case, subject
from small_scopes import asked
from strategies import corpora

_T = TypeVar("_T")

TEXT = """\
实体 摊主
  事实 年龄: 整数 0..120 单位 岁
  事实 申请日: 日期
  事实 受理日: 日期
  事实 决定日: 日期
  事实 送达日: 日期
  事实 已受理: 是否
  事实 已决定: 是否
  记录 处罚
    字段 日子: 日期
假定 摊主.申请日 <= 摊主.受理日
假定 摊主.受理日 <= 摊主.决定日 且 摊主.决定日 <= 摊主.送达日
假定 非 摊主.已决定 或 摊主.已受理
行为 出摊 主体 摊主
文件 甲
  标题 "甲办法"
  发布 市局
  地域 市
  施行 2020-01-01
规则 未成年
  见 "第一条"
  当 摊主.年龄 < 18岁
  则 摊主 不得 出摊
规则 停摊
  见 "第二条"
  当 摊主.已决定
  则 摊主 不得 出摊 期 6月 自 摊主.送达日
规则 先申请
  见 "第三条"
  当 摊主.申请日 > 今日 - 10日 且 摊主.已受理
  则 摊主 不得 出摊
规则 屡罚
  见 "第四条"
  当 个数(摊主.处罚 其中 日子 >= 今日 - 1年) 至少 2
  则 摊主 不得 出摊
"""


def _first(options: Sequence[_T]) -> _T:
    return options[0]


def _small() -> Subject:
    corpus = asked(TEXT)
    return subject(corpus.declarations, corpus.artifact.norms("摊主·出摊"))


def test_the_plain_case_is_barred_by_nothing() -> None:
    """It is the least of those: just of age, nothing decided, no rows, on a day on which the rules hold."""
    about = _small()
    base = plain_case(about)
    assert base.today == dt.date(2020, 1, 1)
    assert base.place == "市"
    assert base.case.facts["摊主.年龄"] == 18
    assert base.case.facts["摊主.已决定"] is False
    assert base.case.records == {"摊主.处罚": ()}
    assert not any(
        evaluate(applicable(norm, about.corpus), about.corpus, base) for norm in about.corpus.norms
    )


@pytest.mark.parametrize("number", range(4))
def test_every_norm_can_be_met(number: int) -> None:
    """By the first choices, from the plain case, on another day; and the case is then still possible."""
    about = _small()
    base = plain_case(about, dt.date(2025, 3, 3))
    draft = Draft(about, base, base)
    condition = applicable(about.corpus.norms[number], about.corpus)
    assert not draft.holds(condition)
    draft.meet(condition, True, _first, _first)
    draft.repair()
    assert draft.holds(condition)
    assert all(draft.holds(each) for each in about.assumptions)


def test_a_chain_follows_the_day_that_was_set() -> None:
    """What was set on purpose stays, and the other days move."""
    about = _small()
    base = plain_case(about, dt.date(2025, 3, 3))
    draft = Draft(about, base, base)
    draft.facts["摊主.申请日"] = dt.date(2024, 5, 6)
    draft.settled.add(("fact", "摊主.申请日"))
    draft.repair()
    written = draft.written().case.facts
    days = [written[f"摊主.{name}"] for name in ("申请日", "受理日", "决定日", "送达日")]
    assert days == [dt.date(2024, 5, 6)] * 4


def test_contrary_wishes_end_in_a_possible_case() -> None:
    """Where two days that were set contradict an assumption, one of them gives way."""
    about = _small()
    base = plain_case(about, dt.date(2025, 3, 3))
    draft = Draft(about, base, base)
    draft.facts |= {"摊主.申请日": dt.date(2024, 5, 6), "摊主.送达日": dt.date(2023, 1, 1)}
    draft.settled |= {("fact", "摊主.申请日"), ("fact", "摊主.送达日")}
    draft.repair()
    assert all(draft.holds(each) for each in about.assumptions)


@settings(phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(corpora(), st.data())
def test_a_repaired_case_is_possible_whatever_was_done_to_it(corpus: Corpus, data: st.DataObject) -> None:
    """For any assumption and any conditions, met or not."""
    about = subject(corpus, corpus.norms)
    try:
        base = plain_case(about)
    except InvalidInput:
        assume(False)
        raise
    draft = Draft(about, base, base)
    pick = lambda options: data.draw(st.sampled_from(options))  # noqa: E731  typed by its use
    for condition in [applicable(norm, corpus) for norm in corpus.norms]:
        draft.meet(condition, data.draw(st.booleans()), pick, pick)
    draft.repair()
    written = draft.written()
    assert all(evaluate(each, corpus, written) is True for each in about.assumptions)
    assert set(written.case.facts) == set(about.facts)
