"""The chains of the seven instruments: what breaks off, what has no bound, and what is whole.

Each expectation was worked out from the text; the articles are named. LS is Lishui's plan, CA Changji's
measure on services, CC the one on four activities, CZ Changzhou's trace-back, WI and WE Wujin's measures on
agencies and on experts.
"""

from __future__ import annotations

import datetime as dt

import pytest

from guiju.checker.chains.graphs import actor_graph
from guiju.checker.chains.links import Links
from guiju.checker.chains.schedule import path, schedule
from guiju.checker.chains.terms import Span, in_words
from guiju.checker.chains.timeline import Timeline, timeline
from guiju.checker.finding import Finding, Report, Severity
from guiju.checker.load import Loaded

LS, CA, CC = "丽水一件事方案", "昌吉服务办法", "昌吉四项活动办法"
CZ, WI, WE = "常州倒查机制", "武进机构办法", "武进专家办法"


def found(report: Report, code: str, instrument: str, citation: str, says: str = "") -> list[Finding]:
    """The findings of a code about this provision that say this."""
    return [
        f
        for f in report.findings
        if f.code == code
        and says in f.message.zh
        and any(n.instrument == instrument and citation in n.citations for n in f.norms)
    ]


@pytest.fixture(scope="session")
def links(whole: Loaded) -> Links:
    assert whole.corpus is not None
    return Links.of(whole.corpus)


@pytest.fixture(scope="session")
def order(links: Links) -> Timeline:
    return timeline(links)


@pytest.mark.parametrize(
    ("instrument", "citation", "says"),
    [
        (CZ, "第七条(一)3", "业务主管部门"),  # five days to hand over, and no word on what is done then
        (CZ, "第七条(二)3", "业务主管部门"),
        (WI, "第十九条", "常州市应急管理局"),  # the report that asks the city for a ban
        (WI, "第十五条", "报告在武进业务"),
        (WI, "第十五条", "报送工作报表"),
        (WE, "附件3", "申诉专家意见"),  # an objection that nobody has to answer
        (LS, "二(一)2", "告知执业"),
        (LS, "二(一)3第二款", "报告重大隐患"),
        (LS, "二(一)3第二款", "报告久拖隐患"),
        (LS, "二(一)4", "告知执业"),
        (LS, "三(三)", "浙江省应急管理厅"),
        (CA, "第十一条第二款", "机构·报告重大隐患”交给“昌吉州应急管理局"),
        (CA, "第十一条第二款", "机构·报告重大隐患”交给“县市园区应急管理部门"),
        (CA, "第十一条第二款", "专家·专家报告隐患”交给“昌吉州应急管理局"),
        (CA, "第十一条第二款", "专家·专家报告隐患”交给“县市园区应急管理部门"),
        (CA, "第十七条第二款", "失信信息接收单位"),
    ],
)
def test_hand_overs_that_go_nowhere(findings: Report, instrument: str, citation: str, says: str) -> None:
    """Somebody receives it, and nothing follows."""
    assert found(findings, "L001", instrument, citation, says)


@pytest.mark.parametrize(
    ("instrument", "citation"),
    [
        (CZ, "第七条(一)2"),  # asked for a suspension, which the same body then pronounces
        (CZ, "第八条(二)1"),  # disclosed to the team that then finds out
        (WI, "第十四条第一款"),  # a letter that the bureau publishes and renews
        (WI, "第二十二条(一)"),  # transferred to whoever then punishes
        (WI, "第二十三条第一款"),  # asked for an evaluation, which the bureau makes
        (WE, "第十二条(四)"),  # a list that is put before those who decide
        (WE, "附件4"),  # a fee that is proposed and approved
        (WE, "第二十二条第一款"),  # forms that the yearly assessment rests on
        (CA, "第五条第一款"),  # notices whose lateness has a consequence; the others are copies
        (CA, "第十八条"),  # a copy
    ],
)
def test_hand_overs_that_are_answered(findings: Report, instrument: str, citation: str) -> None:
    """Negative controls: the text says what follows."""
    assert found(findings, "L001", instrument, citation) == []


def test_who_must_act_on_what_nobody_tells(findings: Report) -> None:
    """Lishui's bureau spreads what localities summarise; Changji's prefecture states what counties find."""
    assert found(findings, "L002", LS, "三(三)", "推广创新做法")
    assert found(findings, "L003", CA, "第十三条", "监管服务全过程")


def test_interviews_are_counted_by_levels_that_do_not_tell_each_other(findings: Report) -> None:
    """CA 16(6): prefecture and counties both interview; no rule lets either know of the other's interviews.

    Exposures are published (16 para 2): of their count everyone knows.
    """
    counting = found(findings, "L003", CA, "第十六条(六)", "昌吉服务者.约谈记录")
    assert {f.norms[0].rule.partition(".")[2][0] for f in counting} == {"州", "县"}
    assert not any("曝光记录" in f.message.zh for f in findings.findings if f.code == "L003")


@pytest.mark.parametrize(
    ("instrument", "citation", "act"),
    [
        (CZ, "第二条", "启动倒查"),
        (CZ, "第八条", "确定倒查结果"),
        (WI, "第十六条", "组织机构培训"),
        (WI, "第二十三条第二款", "各级打分"),
        (WE, "第十二条(四)", "组织综合测试"),
        (WE, "第十三条(六)", "约谈年考不合格专家"),
        (LS, "二(三)10", "下发统一题库"),
        (LS, "二(三)10", "测评机构"),
        (CA, "第十五条(三)", "组织专家评审"),
        (CA, "第八条", "整改验收问题"),
        (CC, "第五条第二款", "认定重要节点"),
    ],
)
def test_what_is_waited_for_and_nobody_does(
    findings: Report, instrument: str, citation: str, act: str
) -> None:
    """An article hangs on an act that no article orders."""
    assert found(findings, "L004", instrument, citation, f"“{act}”")


def test_bars_without_a_way_back(findings: Report) -> None:
    """CZ 7(1)2 and 8(1)4, WI 19; not those that have a length."""
    assert found(findings, "L005", CZ, "第七条(一)2")
    assert len(found(findings, "L005", CZ, "第八条(一)4")) == 2
    assert found(findings, "L005", WI, "第十九条")
    assert found(findings, "L005", CZ, "第八条(一)1") == found(findings, "L005", WE, "第二十一条") == []


def test_exposure_and_interview_feed_each_other(findings: Report) -> None:
    """CA 16, 17: each comes with the other, and each is counted; it is said once, not for each level."""
    (circle,) = [f for f in findings.findings if f.code == "L006"]
    assert {c for n in circle.norms for c in n.citations} >= {"第十六条(六)", "第十七条(六)"}
    assert "计入次数" in circle.message.zh


def test_from_a_hazard_to_its_handling(findings: Report, order: Timeline, links: Links) -> None:
    """10 + 5 + 10 working days, and two steps without a bound; confirmed on 2026-03-02 it ends on 2026-04-07.

    If those two took no time. The festival of 4 to 6 April is in between.
    """
    (chain,) = found(findings, "L007", CZ, "第八条", "从“企业.隐患查实日”")
    assert "10+5+10 个工作日，但有 2 个环节没有期限" in chain.message.zh
    assert "收集资料并调查" in chain.message.zh
    assert "“倒查.材料移送日”至“倒查.结果确定日”（无人作出）" in chain.message.zh
    dated = schedule(order, "企业.隐患查实日", dt.date(2026, 3, 2), links.corpus.calendar)
    legs = path(dated, "倒查.处理作出日")
    assert [dated[leg.end].late for leg in legs] == [
        dt.date(2026, 3, 16),
        dt.date(2026, 3, 16),
        dt.date(2026, 3, 23),
        dt.date(2026, 3, 23),
        dt.date(2026, 4, 7),
    ]
    assert in_words(Span(legs)).zh == "10+5+10 个工作日"
    last = dated["倒查.处理作出日"]
    assert (last.firm, last.provisional) == (False, False)


def test_from_an_accident_to_its_handling(findings: Report, order: Timeline, links: Links) -> None:
    """The inquiry has a term only in other law, and who fixes the result is not said: 5 + 10 working days.

    Before the inquiry ends the team learns of the services, judges them and writes its special report.
    """
    (chain,) = found(findings, "L007", CZ, "第八条", "从“倒查.事故日”")
    assert "合计 5+10 个工作日，但有 5 个环节没有期限" in chain.message.zh
    dated = schedule(order, "倒查.事故日", dt.date(2026, 3, 2), links.corpus.calendar)
    assert dated["倒查.处理作出日"].late == dt.date(2026, 3, 23)


def test_the_look_back_that_a_late_start_outlasts(findings: Report) -> None:
    """CZ 2 and 8: one year or three before the start, and nothing says when the start has to be."""
    assert found(findings, "L011", CZ, "第八条(一)1", "专家.行为日")
    assert found(findings, "L011", CZ, "第八条(二)3", "机构.行为日")


def test_there_are_enough_chain_findings_in_each_city(findings: Report) -> None:
    """Warnings alone; for information are bottlenecks, and recipients that the issuer cannot bind."""
    chain = [f for f in findings.findings if f.family == "chain" and f.severity is not Severity.INFO]
    assert len({f.fingerprint for f in chain}) == len(chain) >= 25
    assert {n.instrument for f in chain for n in f.norms} >= {CZ, WI, WE, LS, CA, CC}


def test_the_city_hears_of_the_district_only_through_its_bureau(findings: Report, links: Links) -> None:
    """What towns, offices, agencies and enterprises hand over goes no other way."""
    graph = actor_graph(links)
    assert set(graph.predecessors("常州市应急管理局")) == {"武进区应急管理局"}
    assert [f for f in findings.findings if f.code == "L009" and f.subject == "武进区应急管理局"]
