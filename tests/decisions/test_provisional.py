"""What rests on working days that are not published is flagged, wherever it is said; and nothing else is.

The calendar of 2033 is nobody's yet, that of 2024 has long been published.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju import Corpus, Decision, DutyStatus, Verdict
from guiju.checker.report.layout import View
from guiju.compiler.kernel import WorkCalendar
from guiju.decisions import summary
from guiju.decisions.decision import plain
from guiju.decisions.loading import load_texts

RULES = """\
法域 湖州
位阶 市级 级 20
机关 市局 级别 市级 辖 湖州
行为类别 处罚 惩戒
实体 摊主
  事实 收件日: 日期
  事实 办理日: 日期
  事实 已办: 是否 默认 否
  事实 歇业: 是否 默认 否
  事实 特急: 是否 默认 否
行为 报送 主体 摊主 已作 摊主.已办 作于 摊主.办理日
行为 补报 主体 摊主 未作 今日 > 摊主.收件日 + 10工作日
行为 拖延 主体 摊主 已作 今日 > 摊主.收件日 + 10工作日
行为 停摊 主体 摊主 已作 摊主.歇业
行为 入市 主体 摊主
行为 复核 主体 摊主
结果 档: 整数 0..5 必答 当 今日 > 摊主.收件日 + 10工作日
结果 到期: 日期
结果 处分: 整数 0..5 类 处罚
读法 起算: 按工作日 | 按自然日 见 "第八条"
时限 2015-01-01 .. 2035-12-31
文件 甲办法
  发布 市局
  地域 湖州
  施行 2020-01-01
规则 报送 见 "第一条" 则 摊主 应 报送 限 10工作日 自 收件日
规则 补报 见 "第二条" 则 摊主 应 补报
规则 拖延 见 "第三条" 则 摊主 不得 拖延
规则 停摊 见 "第四条" 则 摊主 不得 停摊
规则 罚停摊 见 "第五条" 当 摊主.歇业 且 今日 > 收件日 + 10工作日 则 处分 为 1
规则 档一 见 "第六条" 当 摊主.已办 则 档 为 1
规则 到期 见 "第七条" 则 到期 为 收件日 + 2工作日
规则 入市
  见 "第八条"
  当 今日 > 择 起算 {按工作日: 收件日 + 10工作日, 按自然日: 收件日 + 9日}
  则 摊主 不得 入市
规则 复核 见 "第九条" 则 摊主 应 复核 限 14日 自 收件日
规则 急件 见 "第十条" 当 摊主.特急 则 摊主 应 复核 限 10工作日 自 收件日 优先于 复核
"""


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_texts({"a.gj": RULES})


def asked(corpus: Corpus, question: str | None, on: str, **facts: Any) -> Decision:
    """What is decided of somebody whose paper came on 6 June of that year, a Monday in 2033."""
    case = {"摊主": {"收件日": f"{on[:4]}-06-06", **facts}}
    return corpus.decide(case, question, on=on, at="湖州")


def flags(found: Decision) -> dict[str, bool]:
    """What is flagged: the answer, and what is listed beside it."""
    return {
        "answer": found.answer.provisional,
        **{f"duty {each.ground.cited.norm}": each.provisional for each in found.duties},
        **{f"sanction {each.ground.cited.norm}": each.provisional for each in found.sanctions},
        **{f"violation {each.ground.cited.norm}": each.provisional for each in found.violations},
    }


@pytest.mark.parametrize(("on", "gap"), [("2033-06-30", True), ("2033-06-10", False)])
def test_a_gap(corpus: Corpus, on: str, gap: bool) -> None:
    """Or none: whether the law must answer here may change."""
    found = asked(corpus, "档", on).answer
    assert (found.gap, found.provisional) == (gap, True)


def test_no_gap_where_something_answers(corpus: Corpus) -> None:
    """Whatever the days are."""
    found = asked(corpus, "档", "2033-06-30", 已办=True).answer
    assert (found.gap, found.provisional) == (False, False)


@pytest.mark.parametrize(
    ("on", "status"), [("2033-06-30", DutyStatus.VIOLATED), ("2033-06-10", DutyStatus.DUE)]
)
def test_a_duty_that_was_left_undone_by_working_days(corpus: Corpus, on: str, status: DutyStatus) -> None:
    """The duty and its violation may change; that it is one, and the leave to do the act, may not."""
    found = asked(corpus, "补报", on)
    assert found.duties[0].status is status
    broken = {"violation 甲办法.补报": True} if status is DutyStatus.VIOLATED else {}
    assert flags(found) == {"answer": False, "duty 甲办法.补报": True, **broken}


@pytest.mark.parametrize(
    ("done_on", "status"),
    [("2033-06-20", DutyStatus.COMPLIED), ("2033-06-21", DutyStatus.LATE), (None, DutyStatus.UNDETERMINED)],
)
def test_a_duty_by_a_term(corpus: Corpus, done_on: str | None, status: DutyStatus) -> None:
    """Kept or broken by a day: so is its violation."""
    found = asked(corpus, "报送", "2033-07-10", 已办=True, 办理日=done_on)
    (duty,) = found.duties
    assert (duty.status, duty.provisional) == (status, True)
    assert [each.provisional for each in found.violations] == [True] * (status is DutyStatus.LATE)


@pytest.mark.parametrize(("on", "broken"), [("2033-06-30", True), ("2033-06-10", False)])
def test_a_ban(corpus: Corpus, on: str, broken: bool) -> None:
    """That is broken by working days, or is not: then only the answer can be flagged."""
    found = asked(corpus, "拖延", on)
    assert [each.provisional for each in found.violations] == [True] * broken
    assert found.answer.provisional


def test_a_sanction(corpus: Corpus) -> None:
    """That is drawn by working days: it, and what it answers, may change; that the ban is broken may not."""
    found = asked(corpus, "处分", "2033-06-30", 歇业=True)
    assert flags(found) == {"answer": True, "sanction 甲办法.罚停摊": True}
    found = asked(corpus, "停摊", "2033-06-30", 歇业=True)
    assert flags(found) == {"answer": False, "violation 甲办法.停摊": True}
    assert found.violations[0].sanctions == ("甲办法.罚停摊",)


def test_a_value(corpus: Corpus) -> None:
    """That is a day counted in working days."""
    assert asked(corpus, "到期", "2033-06-30").answer.provisional


def test_another_reading(corpus: Corpus) -> None:
    """Is flagged by itself."""
    found = corpus.decide(
        {"摊主": {"收件日": "2033-06-06"}},
        "入市",
        on="2033-06-20",
        at="湖州",
        readings={"起算": "按自然日"},
    ).answer
    (other,) = found.alternatives
    assert (found.verdict, found.provisional) == (Verdict.INELIGIBLE, False)
    assert (other.verdict, other.provisional) == (Verdict.ELIGIBLE, True)


def test_a_term_that_another_may_yet_replace(corpus: Corpus) -> None:
    """By the plain week both end on one day: so they agree, and by another calendar they would not."""
    found = asked(corpus, "复核", "2033-07-01", 特急=True)
    assert {duty.ground.cited.norm: duty.due and duty.due.provisional for duty in found.duties} == {
        "甲办法.复核/1": True,
        "甲办法.急件/1": True,
    }
    assert all(duty.provisional for duty in found.duties)
    assert found.answer.provisional
    slow = asked(corpus, "复核", "2033-07-01")
    assert flags(slow) == {"answer": False, "duty 甲办法.复核/1": False}
    assert slow.duties[0].due is not None
    assert not slow.duties[0].due.provisional


@pytest.mark.parametrize("question", ["报送", "补报", "拖延", "停摊", "入市", "复核", "档", "到期", "处分"])
def test_nothing_is_flagged_in_a_published_year(corpus: Corpus, question: str) -> None:
    """The same questions."""
    for on in ("2024-06-10", "2024-07-30"):
        found = asked(corpus, question, on, 歇业=True, 特急=True, 已办=True, 办理日="2024-07-01")
        assert not any(flags(found).values())
        assert not any(each.provisional for each in found.answer.alternatives)


def test_it_is_said_in_words(corpus: Corpus) -> None:
    """Beside the duty and the violation, in both languages."""
    found = asked(corpus, "补报", "2033-06-30")
    for lang, word in (("zh", "  = 暂定："), ("en", "  = provisional: ")):
        shown = summary.to_text(found, View(lang, corpus=corpus.declarations))
        assert shown.count(word) == 2


# --- What no flag is on stays as it is, whatever is published


def days(year: int) -> st.SearchStrategy[frozenset[dt.date]]:
    """Some days of a year."""
    first = dt.date(year, 5, 25)
    return st.frozensets(st.integers(0, 60).map(lambda i: first + dt.timedelta(days=i)), max_size=25)


def with_calendar(corpus: Corpus, days_off: frozenset[dt.date], made_up: frozenset[dt.date]) -> Corpus:
    """The same rules by what may be published for 2033."""
    frame = corpus.artifact.head.frame
    known = frame.calendar
    calendar = WorkCalendar(known.days_off | days_off, known.made_up | made_up, known.published)
    head = evolve(corpus.artifact.head, frame=evolve(frame, calendar=calendar))
    return Corpus(evolve(corpus.artifact, head=head))


def unflagged(found: Decision) -> Iterator[tuple[str, object]]:
    """What is said and not flagged."""
    listed = {"duties": found.duties, "sanctions": found.sanctions, "violations": found.violations}
    for answer in found.answers:
        if answer.provisional:
            continue
        firm = tuple(each for each in answer.alternatives if not each.provisional)
        yield f"answer {answer.topic}", plain(evolve(answer, alternatives=firm))
    for name, those in listed.items():
        for each in those:
            if not each.provisional:
                yield f"{name} {each.ground.cited.norm}", plain(each)


@settings(max_examples=60)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "收件日": st.dates(dt.date(2033, 6, 1), dt.date(2033, 6, 20)).map(str),
            "办理日": st.dates(dt.date(2033, 6, 1), dt.date(2033, 7, 15)).map(str),
            "已办": st.sampled_from([True, False, None]),
            "歇业": st.sampled_from([True, False, None]),
            "特急": st.sampled_from([True, False, None]),
        },
    ),
    st.dates(dt.date(2033, 6, 1), dt.date(2033, 7, 15)),
    days(2033),
    days(2033),
)
def test_what_is_not_flagged_does_not_change(
    corpus: Corpus,
    facts: dict[str, Any],
    on: dt.date,
    days_off: frozenset[dt.date],
    made_up: frozenset[dt.date],
) -> None:
    """Whatever calendar is published later, what is said without a flag now is said then."""
    now = corpus.decide({"摊主": facts}, None, on=on, at="湖州")
    later = with_calendar(corpus, days_off, made_up).decide({"摊主": facts}, None, on=on, at="湖州")
    then = {**dict(unflagged(later)), **{f"answer {each.topic}": plain(each) for each in later.answers}}
    for name, said in unflagged(now):
        assert then.get(name) == said, name
    flagged = {each.topic for each in now.answers if each.provisional}
    topics = {each.topic for each in later.answers} - flagged
    assert topics <= {each.topic for each in now.answers}
