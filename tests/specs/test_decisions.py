"""Decisions under the real rules on the days where a mistake of one day would show.

The expected dates are worked out by hand from the texts and the official arrangements of working days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from guiju.compiler.verdicts import Verdict
from guiju.decisions.corpus import Corpus
from guiju.decisions.decision import Decision, DutyStatus

DAY = dt.timedelta(days=1)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def around(*edges: str) -> Iterator[dt.date]:
    """The days before, of and after each edge."""
    for edge in edges:
        yield from (day(edge) - DAY, day(edge), day(edge) + DAY)


# --- The ends of bars


def traced(handled: str, **conduct: Any) -> dict[str, Any]:
    """An expert whose conduct a tracing in Changzhou established, some days before it was handled."""
    when = day(handled)
    expert = {
        "行为日": (when - 40 * DAY).isoformat(),
        "查实日": (when - 7 * DAY).isoformat(),
        "处理日": handled,
        "已查实": True,
        "重大隐患辨识准确": False,
        **conduct,
    }
    tracing = {"活动": "隐患排查", "启动日": (when - 10 * DAY).isoformat(), "结果已确定": True}
    return {"专家": expert, "倒查": tracing}


MISSED = {"未按要求检查": True, "对意见不负责": True, "漏查重大隐患": True}
CONCEALED = {"故意隐瞒重大隐患": True, "不公正客观": True}


def warned_before(handled: str, *measures: tuple[str, str]) -> dict[str, Any]:
    """An expert who broke a duty in Wujin, after these measures."""
    when = day(handled)
    return {
        "专家": {
            "要求接送": True,
            "已查实": True,
            "行为日": (when - 30 * DAY).isoformat(),
            "查实日": (when - 6 * DAY).isoformat(),
            "处理日": handled,
            "区级处理": [{"措施": measure, "决定日": decided} for measure, decided in measures],
        }
    }


ENDS = [
    # three months, Wujin art. 21
    ("武进区", "接受派单", "2026-05-12", "2026-08-12"),
    ("武进区", "接受派单", "2025-11-30", "2026-02-28"),
    ("武进区", "接受派单", "2027-11-30", "2028-02-29"),
    ("武进区", "接受派单", "2028-02-29", "2028-05-29"),
    # half a year, Changzhou art. 8(1)1
    ("常州市", "接受派单", "2025-11-03", "2026-05-03"),
    ("常州市", "接受派单", "2026-03-31", "2026-09-30"),
    ("常州市", "接受派单", "2025-12-31", "2026-06-30"),
    # ten years, Changzhou art. 8(1)3
    ("常州市", "受聘用为应急部门专家", "2025-11-03", "2035-11-03"),
    ("常州市", "受聘用为应急部门专家", "2026-02-28", "2036-02-28"),
    # three years, Wujin art. 21
    ("武进区", "受聘用为应急部门专家", "2026-05-12", "2029-05-12"),
    ("武进区", "受聘用为应急部门专家", "2028-02-29", "2031-02-28"),
    ("武进区", "受聘用为应急部门专家", "2026-12-31", "2029-12-31"),
]


@pytest.mark.parametrize(("at", "question", "handled", "last"), ENDS)
def test_the_last_day_of_a_bar(at: str, question: str, handled: str, last: str, deciding: Corpus) -> None:
    """Barred on the first and the last day, not before and not after; the decision names the last day."""
    if at == "武进区":
        before = [("书面警告", "2024-03-03")]
        if question == "受聘用为应急部门专家":
            before.append(("约谈停用", "2024-06-03"))
        case = warned_before(handled, *before)
    else:
        case = traced(handled, **(MISSED if question == "接受派单" else CONCEALED))
    for on in around(handled, last):
        found = deciding.decide(case, question, on=on, at=at)
        inside = day(handled) <= on <= day(last)
        assert found.verdict is (Verdict.INELIGIBLE if inside else Verdict.ELIGIBLE), on
        if inside:
            assert found.answer.until == day(last)
            assert found.answer.grounds[0].window is not None
            assert found.answer.grounds[0].window.first == day(handled)


# --- Deadlines in working days


def confirmed(on: str) -> dict[str, Any]:
    return {"企业": {"查实重大事故隐患": True, "隐患查实日": on}}


def inquired(ended: str) -> dict[str, Any]:
    return {"企业": {"发生责任事故": True}, "倒查": {"对事故有作用": True, "事故调查结束日": ended}}


def changed(on: str) -> dict[str, Any]:
    return {"机构": {"信息有变更": True, "信息变更日": on}}


def settled(on: str) -> dict[str, Any]:
    return {"倒查": {"结果已确定": True, "结果确定日": on}}


ANALYSE, HAND_OVER, UPDATE, ACT = "简析重大隐患", "移送事故调查资料", "更新系统信息", "作出处理"

TERMS = [
    # ten working days, Changzhou art. 4: 28 September and 11 October 2025 were worked, 1-8 October were not
    (ANALYSE, "现场检查人员", "常州市", confirmed("2025-09-24"), "2025-10-14"),
    (ANALYSE, "现场检查人员", "常州市", confirmed("2025-09-30"), "2025-10-21"),
    # 4 January 2026, a Sunday, was worked; 1-3 January were not
    (ANALYSE, "现场检查人员", "常州市", confirmed("2025-12-25"), "2026-01-09"),
    # five working days, Changzhou art. 5: 9 May 2026, a Saturday, is worked; 1-5 May are not
    (HAND_OVER, "事故调查组", "常州市", inquired("2026-04-29"), "2026-05-09"),
    (HAND_OVER, "事故调查组", "常州市", inquired("2026-02-12"), "2026-02-26"),
    # ten working days, Wujin: across the Spring Festivals of 2025 and 2026, and National Day
    (UPDATE, "机构", "武进区", changed("2025-01-20"), "2025-02-08"),
    (UPDATE, "机构", "武进区", changed("2026-02-13"), "2026-03-05"),
    (UPDATE, "机构", "武进区", changed("2026-09-18"), "2026-10-09"),
    # ten working days, Changzhou art. 7: 14 and 28 February 2026 are worked
    (ACT, "", "常州市", settled("2026-02-10"), "2026-03-02"),
]


@pytest.mark.parametrize(("deed", "who", "at", "case", "last"), TERMS)
def test_the_last_day_of_a_term(
    deed: str, who: str, at: str, case: dict[str, Any], last: str, deciding: Corpus
) -> None:
    """Due on the last day, violated on the next where it is known not to be done."""
    for on in around(last):
        found = deciding.decide(case, f"{who}·{deed}".strip("·"), on=on, at=at)
        (duty,) = [each for each in found.duties if each.due is not None]
        assert duty.due is not None
        assert (duty.due.last, duty.due.provisional) == (day(last), False)
        assert duty.status is (DutyStatus.VIOLATED if on > day(last) else DutyStatus.DUE)


@pytest.mark.parametrize(
    ("done", "status"), [("2026-01-09", DutyStatus.COMPLIED), ("2026-01-10", DutyStatus.LATE)]
)
def test_in_time_or_late(done: str, status: DutyStatus, deciding: Corpus) -> None:
    """The day on which it was done decides, not the day on which is asked; being late is no compliance."""
    case = {**confirmed("2025-12-25"), "倒查": {"已简析": True, "简析日": done}}
    found = deciding.decide(case, f"现场检查人员·{ANALYSE}", on="2026-03-01", at="常州市")
    assert [each.status for each in found.duties] == [status]


def test_a_year_without_a_calendar_is_provisional(deciding: Corpus) -> None:
    """No arrangement for 2028 has been published."""
    found = deciding.decide(changed("2028-01-20"), f"机构·{UPDATE}", on="2028-01-21", at="武进区")
    (duty,) = found.duties
    assert duty.due is not None
    assert duty.due.provisional


# --- Ladders


def handled_in_wujin(conduct: dt.date, deciding: Corpus, *measures: tuple[str, str]) -> str:
    """Which measure conduct of that day draws."""
    case = warned_before((conduct + 30 * DAY).isoformat(), *measures)
    found = deciding.decide(case, "专家处理结果", on=conduct + 31 * DAY, at="武进区")
    assert found.verdict is Verdict.ANSWERED
    (value,) = found.answer.values
    return str(value)


def test_warned_again_suspended_restored_again(deciding: Corpus) -> None:
    """Wujin art. 21, asked on each day around each edge of the ladder."""
    warning, suspension = ("书面警告", "2025-03-03"), ("约谈停用", "2025-11-03")
    # Established on the day of the warning itself it was not warned before; a day later it was.
    established = {day("2025-03-02"): "警告", day("2025-03-03"): "警告", day("2025-03-04"): "约谈并暂停"}
    for found_on, measure in established.items():
        assert handled_in_wujin(found_on - 24 * DAY, deciding, warning) == measure
    # Suspended until 3 February 2026: what is done until then is no conduct after restoration.
    for conduct in around("2026-02-03"):
        measure = "移出专家库" if conduct > day("2026-02-03") else "约谈并暂停"
        assert handled_in_wujin(conduct, deciding, warning, suspension) == measure


def test_each_day_of_a_career(deciding: Corpus) -> None:
    """Suspended for three months, restored on the day after, barred for three years later on."""
    suspended = warned_before("2025-11-03", ("书面警告", "2025-03-03"))
    barred = warned_before("2026-05-12", ("书面警告", "2025-03-03"), ("约谈停用", "2025-11-03"))
    on = day("2025-11-01")
    while on <= day("2026-02-06"):
        found = deciding.decide(suspended, "接受派单", on=on, at="武进区").verdict
        assert (found is Verdict.INELIGIBLE) == (day("2025-11-03") <= on <= day("2026-02-03")), on
        on += DAY
    for on in around("2026-05-12", "2029-05-12"):
        found = deciding.decide(barred, "开展中介活动", on=on, at="武进区").verdict
        assert (found is Verdict.INELIGIBLE) == (day("2026-05-12") <= on <= day("2029-05-12")), on


# --- Counts in a year


def interviewed(*days: str) -> dict[str, Any]:
    rows = [{"约谈日": each, "约谈来源": "单独作出", "约谈层级": "州级", "约谈已用": False} for each in days]
    return {
        "昌吉服务": {"类别": "隐患排查治理", "行业": "非高危行业"},
        "机构": {"行为日": "2022-03-01"},
        "昌吉服务者": {"约谈记录": rows},
    }


def tiers(found: Decision) -> list[Any]:
    return list(found.answer.values)


@pytest.mark.parametrize(
    ("first", "second", "rolling", "calendar"),
    [
        ("2021-03-14", "2022-03-15", False, False),
        ("2021-03-15", "2022-03-15", True, False),
        ("2021-12-31", "2022-03-15", True, False),
        ("2022-01-01", "2022-03-15", True, True),
        ("2022-01-01", "2022-12-31", True, True),
        ("2021-12-31", "2022-12-31", True, False),
        ("2021-12-30", "2022-12-31", False, False),
    ],
)
def test_two_interviews_within_a_year(
    first: str, second: str, rolling: bool, calendar: bool, deciding: Corpus
) -> None:
    """Changji art. 16(6) at the edges of a year: of twelve months, or of the calendar, as it is read."""
    case = interviewed(first, second)

    def exposed(**readings: str) -> Decision:
        return deciding.decide(case, "昌吉处理档次", on=second, at="昌吉州", readings=readings)

    assert tiers(exposed(年度口径="滚动一年")) == (["曝光"] if rolling else [])
    assert tiers(exposed(年度口径="日历年")) == (["曝光"] if calendar else [])
    others = [each.readings for each in exposed().answer.alternatives]
    assert ({"年度口径": "日历年"} in others) == (rolling != calendar)


# --- Higher law


def test_what_the_district_says_and_what_the_city_says(deciding: Corpus) -> None:
    """For a first concealment the district says a warning, the city removal: the decision says both."""
    found = deciding.decide(traced("2025-11-03", **CONCEALED), "专家处理结果", on="2025-11-10", at="武进区")
    assert tiers(found) == ["移出专家库"]
    (defeated,) = found.answer.defeated
    assert (defeated.cited.instrument, defeated.value, defeated.by.instrument) == (
        "武进专家办法",
        "警告",
        "常州倒查机制",
    )
    assert (defeated.doctrine, defeated.grade) == ("lex_superior", "argued")
    assert found.answer.apart["武进专家办法"].values == ("警告",)


def test_a_requirement_that_its_issuer_may_not_set_is_marked(deciding: Corpus) -> None:
    """Under Lishui's text 99.99 square metres are too few; that a notice may set such a bar is in doubt."""
    case = {"机构": {"属社会化服务机构": True, "工作场所面积": "99.99", "专职合格人员数": 5}}
    found = deciding.decide(case, "在当地开展技术服务", on="2024-08-01", at="丽水市")
    assert found.verdict is Verdict.INELIGIBLE
    (ground,) = found.answer.grounds
    assert [doubt.code for doubt in ground.doubts] == ["H502"]
    enough = {"机构": {"属社会化服务机构": True, "工作场所面积": "100.00", "专职合格人员数": 5}}
    assert (
        deciding.decide(enough, "在当地开展技术服务", on="2024-08-01", at="丽水市").verdict
        is Verdict.ELIGIBLE
    )
