"""A decision says everything that the rules say of a case (``stall_rules``), and how it came about."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import attrs
import pytest

import guiju
from guiju import Decision, DutyStatus, InvalidInput, Verdict
from guiju.decisions.decision import Apart, Window
from guiju.decisions.loading import load_texts
from stall_rules import RULES, stalls

ADULT: dict[str, Any] = {"年龄": 30, "经营": "果蔬"}
BLOCKING = {**ADULT, "占道": True, "违规日": "2024-11-20", "处理日": "2024-11-30"}


def decided(
    stall: dict[str, Any], question: str | None = "出摊", on: str = "2025-01-15", **more: Any
) -> Decision:
    return stalls().decide({"摊主": stall}, question, on=on, **{"at": "市", **more})


def norms(cited: Any) -> list[str]:
    """The rules behind some grounds."""
    return [each.cited.norm for each in cited]


# --- Verdicts


def test_nothing_forbids() -> None:
    """Eligible by silence: no grounds, and what was assumed is named."""
    found = decided(ADULT)
    assert found.verdict is Verdict.ELIGIBLE
    assert found.answer.grounds == ()
    assert found.assumed["摊主.占道"] is False
    assert "摊主.年龄" not in found.assumed


def test_what_eligible_rests_on() -> None:
    """A leave, no ban among the rules that are in force, or no rule at all."""
    assert decided({**ADULT, "已登记": True}, "夜间经营").answer.basis == "permitted"
    assert decided(ADULT).answer.basis == "not_forbidden"
    assert decided(ADULT, on="2019-06-01").answer.basis == "no_rule"
    assert decided(ADULT, at="省").answer.basis == "no_rule"
    assert decided({**ADULT, "年龄": 17}).answer.basis == ""


def test_everything_that_was_assumed_is_named() -> None:
    """Defaults, records without rows, and what tells whether a duty was done."""
    late = {**BLOCKING, "收件日": "2025-01-23"}
    assert decided(late, "报送回执").assumed["摊主.已报回执"] is False
    assert decided(late, "最高档次").assumed["摊主.处罚"] == 0


def test_a_bar_with_its_reason() -> None:
    """The norm, the provision, and the facts that suffice for it."""
    found = decided({**ADULT, "年龄": 17})
    assert found.verdict is Verdict.INELIGIBLE
    (ground,) = found.answer.grounds
    assert (ground.cited.norm, ground.cited.title, ground.cited.citations) == (
        "市办法.未成年",
        "流动摊贩管理办法",
        ("第一条",),
    )
    assert ground.because == {"摊主.年龄": 17}
    assert (ground.position, ground.window, found.answer.until) == ("forbidden", None, None)


def test_a_requirement_that_is_not_met() -> None:
    """Both the base and what is missing are reasons; the default that was taken is named."""
    found = decided({**ADULT, "经营": "熟食"})
    assert found.verdict is Verdict.INELIGIBLE
    assert found.answer.grounds[0].because == {"摊主.经营": "熟食", "摊主.健康证": False}
    assert found.assumed["摊主.健康证"] is False
    assert decided({**ADULT, "经营": "熟食", "健康证": True}).verdict is Verdict.ELIGIBLE


def test_a_bar_that_leaves_room() -> None:
    """What holds in principle is discretionary, and rests on a judgement."""
    found = decided({**ADULT, "情节严重": True})
    assert found.verdict is Verdict.DISCRETIONARY
    assert found.judgements == ("摊主.情节严重",)
    assert found.answer.grounds[0].judgements == ("摊主.情节严重",)


@pytest.mark.parametrize(
    ("on", "verdict"),
    [
        ("2024-11-29", Verdict.ELIGIBLE),
        ("2024-11-30", Verdict.INELIGIBLE),
        ("2025-02-28", Verdict.INELIGIBLE),
        ("2025-03-01", Verdict.ELIGIBLE),
    ],
)
def test_a_window_holds_on_both_its_ends(on: str, verdict: Verdict) -> None:
    """Three months from 30 November end on the last of February."""
    found = decided(BLOCKING, on=on)
    assert found.verdict is verdict
    if verdict is Verdict.INELIGIBLE:
        assert found.answer.until == dt.date(2025, 2, 28)


def test_a_value() -> None:
    """An exact decimal, and nothing beside it."""
    found = decided(ADULT, "费用")
    assert (found.verdict, found.answer.values) == (Verdict.ANSWERED, (Decimal("12.50"),))
    assert json.loads(json.dumps(found.to_dict()))["answers"][0]["values"] == ["12.50"]


def test_the_strictest_of_several_values() -> None:
    """The outcome takes it; both norms stand."""
    rows = [{"日子": "2024-05-01", "档次": "警告"}, {"日子": "2024-06-01", "档次": "警告"}]
    found = decided({**BLOCKING, "处罚": rows}, "最高档次")
    assert found.answer.values == ("停摊",)
    assert norms(found.answer.grounds) == ["市办法.占道处理/2", "市办法.再犯/1"]
    assert found.answer.grounds[1].because["摊主.处罚"] == 2


def test_values_in_conflict() -> None:
    """Two values of a single outcome that no doctrine settles; one only may be given."""
    rows = [{"日子": "2024-05-01", "档次": "警告"}, {"日子": "2024-06-01", "档次": "警告"}]
    found = decided({**BLOCKING, "处罚": rows}, "处理")
    assert found.verdict is Verdict.IN_CONFLICT
    (clash,) = found.answer.conflicts
    assert {clash.one.norm, clash.other.norm} == {"市办法.占道处理/1", "市办法.再犯/2"}
    assert clash.about == "position"


def test_nothing_answers() -> None:
    """A value that nobody gives."""
    assert decided(ADULT, "最高档次").verdict is Verdict.SILENT


# --- Other law


def test_right_under_the_text_and_against_higher_law() -> None:
    """The decision says both: who prevails and why, and what the lower text alone would say."""
    found = decided({**ADULT, "年龄": 61, "已登记": True}, "夜间经营")
    assert found.verdict is Verdict.ELIGIBLE
    assert norms(found.answer.grounds) == ["省条例.登记者可出摊"]
    (defeated,) = found.answer.defeated
    assert (defeated.cited.norm, defeated.by.norm) == ("市办法.夜间", "省条例.登记者可出摊")
    assert (defeated.position, defeated.doctrine) == ("forbidden", "lex_superior")
    assert found.answer.apart == {"市办法": Apart(Verdict.INELIGIBLE)}


def test_the_end_of_a_bar_that_gives_way() -> None:
    """Both norms bar; the longer one's end prevails by rank, and the other's is named with the reason."""
    longer = """
规则 省停摊
  见 "第八条"
  当 摊主.占道
  则 摊主 不得 出摊 期 1年 自 摊主.处理日
"""
    rules = RULES.replace("\n文件 市办法\n", f"{longer}\n文件 市办法\n", 1)
    asked = load_texts({"stalls.gj": rules})
    found = asked.decide({"摊主": BLOCKING}, "出摊", on="2025-01-15", at="市").answer
    assert found.until == dt.date(2025, 11, 30)
    ends = {g.cited.norm: g.window.last for g in found.grounds if g.window is not None}
    assert ends == {"省条例.省停摊/1": dt.date(2025, 11, 30), "市办法.占道停摊/1": dt.date(2025, 2, 28)}
    (defeated,) = found.defeated
    assert (defeated.position, defeated.by.norm) == ("window", "省条例.省停摊/2")
    assert defeated.window is not None
    assert defeated.window.last == dt.date(2025, 2, 28)


def test_the_place_decides_which_rules_apply() -> None:
    """In the district its own fee loses to the city's, and the decision says so."""
    found = decided(ADULT, "费用", at="东区")
    assert found.answer.values == (Decimal("12.50"),)
    assert norms(found.answer.defeated) == ["东区细则.东区收费"]
    assert found.answer.apart == {"东区细则": Apart(Verdict.ANSWERED, (Decimal("20.00"),))}
    assert decided(ADULT, "费用").answer.defeated == ()


def test_the_law_of_another_day() -> None:
    """A law date before the rules were in force finds none of them."""
    assert decided({**ADULT, "年龄": 17}, law_date="2019-06-01").verdict is Verdict.ELIGIBLE
    assert decided({**ADULT, "年龄": 17}, law_date="2020-01-01").verdict is Verdict.INELIGIBLE


# --- Readings


def test_readings_that_change_the_answer() -> None:
    """On 25 February the bar is over, or not, as its beginning is read."""
    found = decided(BLOCKING, on="2025-02-25")
    assert found.verdict is Verdict.INELIGIBLE
    assert found.answer.grounds[0].readings == {"停摊起算": "自处理日"}
    (other,) = found.answer.alternatives
    assert (other.readings, other.verdict, other.grounds) == (
        {"停摊起算": "自违规日"},
        Verdict.ELIGIBLE,
        (),
    )
    chosen = decided(BLOCKING, on="2025-02-25", readings={"停摊起算": "自违规日"})
    assert chosen.verdict is Verdict.ELIGIBLE
    assert chosen.answer.alternatives[0].readings == {"停摊起算": "自处理日"}


def test_a_reading_that_only_moves_the_end() -> None:
    """The same verdict with another last day differs too."""
    (other,) = decided(BLOCKING, on="2025-01-15").answer.alternatives
    assert (other.verdict, other.until) == (Verdict.INELIGIBLE, dt.date(2025, 2, 20))


def test_no_reading_matters() -> None:
    """Then none is listed."""
    assert decided({**ADULT, "年龄": 17}).answer.alternatives == ()


# --- Duties, sanctions, violations


@pytest.mark.parametrize(
    ("stall", "on", "status"),
    [
        ({}, "2025-01-24", DutyStatus.DUE),
        ({}, "2025-02-06", DutyStatus.DUE),
        ({}, "2025-02-07", DutyStatus.VIOLATED),
        ({"已报回执": True, "回执日": "2025-02-06"}, "2025-03-01", DutyStatus.COMPLIED),
        ({"已报回执": True, "回执日": "2025-02-07"}, "2025-03-01", DutyStatus.LATE),
        ({"已报回执": True}, "2025-02-06", DutyStatus.COMPLIED),
        ({"已报回执": True}, "2025-02-07", DutyStatus.UNDETERMINED),
        ({"已报回执": None}, "2025-02-07", DutyStatus.UNDETERMINED),
        ({"已报回执": None}, "2025-02-06", DutyStatus.UNDETERMINED),
        ({}, "2025-01-20", DutyStatus.NOT_DUE),
    ],
)
def test_how_a_duty_stands(stall: dict[str, Any], on: str, status: DutyStatus) -> None:
    """Five working days from 23 January 2025: the weekend of 26 January was worked, the festival was not."""
    found = decided({**BLOCKING, "收件日": "2025-01-23", **stall}, "报送回执", on=on)
    (duty,) = found.duties
    assert duty.status is status
    assert duty.due is not None
    assert (duty.due.last, duty.due.provisional) == (dt.date(2025, 2, 6), False)
    broken = status in (DutyStatus.VIOLATED, DutyStatus.LATE)
    assert norms(each.ground for each in found.violations) == (["市办法.回执/1"] if broken else [])


def test_a_term_beyond_the_published_calendar_is_provisional() -> None:
    """Nobody knows the working days of 2035 yet."""
    (duty,) = decided({**BLOCKING, "收件日": "2035-01-23"}, "报送回执", on="2035-01-24").duties
    assert duty.due is not None
    assert duty.due.provisional


def test_sanctions_and_violations() -> None:
    """All that concerns the stall: the ban is broken, and the bar and the measure answer that."""
    found = decided(BLOCKING, None)
    assert found.question is None
    violated = {v.ground.cited.norm: v.sanctions for v in found.violations}
    assert set(violated["市办法.不占道"]) == {"市办法.占道停摊/1", "市办法.占道处理/1"}
    assert {s.ground.cited.norm for s in found.sanctions} == {"市办法.占道停摊/1", "市办法.占道处理/1"}
    with pytest.raises(LookupError):
        found.verdict  # noqa: B018  the access is the test


@pytest.mark.parametrize(
    ("done_on", "on", "broken"),
    [
        ("2019-12-31", "2025-01-15", False),  # it was forbidden the day after
        ("2020-01-01", "2025-01-15", True),
        ("2024-12-31", "2026-01-15", True),  # it no longer is when this is asked
        ("2025-12-31", "2026-01-15", True),
        ("2026-01-01", "2026-01-15", False),
        ("2025-06-01", "2025-05-31", False),  # it has not been done yet
        ("2025-06-01", "2025-06-01", True),
    ],
)
def test_what_was_done_is_judged_by_the_law_of_that_day(done_on: str, on: str, broken: bool) -> None:
    """Not by that of the day on which somebody asks."""
    rules = RULES.replace("已作 摊主.占道", "已作 摊主.占道 作于 摊主.违规日")
    rules = rules.replace("  施行 2020-01-01\n", "  施行 2020-01-01\n  失效 2025-12-31\n")
    asked = load_texts({"stalls.gj": rules})
    stall = {**BLOCKING, "违规日": done_on, "处理日": "2026-01-10"}
    found = asked.decide({"摊主": stall}, "占用道路", on=on, at="市").violations
    assert norms(each.ground for each in found) == (["市办法.不占道"] if broken else [])
    every = asked.decide({"摊主": stall}, on=on, at="市")  # also where nothing stands on it any more
    assert [v for v in every.violations if v.topic == "摊主·占用道路"] == list(found)
    assert not broken or "摊主·占用道路" in {each.topic for each in every.answers}


def test_a_violation_without_a_sanction() -> None:
    """A receipt that is late breaks the duty, and the law answers nothing."""
    late = {**BLOCKING, "收件日": "2025-01-23", "已报回执": True, "回执日": "2025-02-20"}
    found = decided(late, None, on="2025-03-10")
    drawing = {v.ground.cited.norm: v.sanctions for v in found.violations}
    assert drawing["市办法.回执/1"] == ()


def test_the_sanctions_of_one_violation() -> None:
    """Asked about the ban alone, the sanctions on other topics are named all the same."""
    (violation,) = decided(BLOCKING, "占用道路").violations
    assert set(violation.sanctions) == {"市办法.占道停摊/1", "市办法.占道处理/1"}


def test_each_of_two_breaches_has_its_sanction() -> None:
    """Each would be sanctioned without the other; a fact that only both share answers for neither."""
    rules = (
        RULES
        + """
规则 不扰民
  见 "第二条"
  则 摊主 不得 噪声扰民

规则 扰民处罚
  见 "第二条"
  当 摊主.占道 或 摊主.噪声
  则 市局 应 约谈 对 摊主
"""
    )
    rules = rules.replace("  事实 占道: 是否", "  事实 噪声: 是否 默认 否\n  事实 占道: 是否", 1)
    rules = rules.replace("行为 夜间经营", "行为 噪声扰民 主体 摊主 已作 摊主.噪声\n行为 夜间经营", 1)
    asked = load_texts({"stalls.gj": rules})
    both = {"摊主": {**BLOCKING, "噪声": True}}
    found = asked.decide(both, on="2025-01-15", at="东区").violations
    drawing = {v.ground.cited.norm: set(v.sanctions) for v in found}
    talk = "东区细则.扰民处罚"
    assert drawing["东区细则.不扰民"] == {talk}
    assert drawing["市办法.不占道"] == {talk, "市办法.占道停摊/1", "市办法.占道处理/1"}


def test_a_sanction_that_may_be_imposed() -> None:
    """What an authority may do is told from what it must, and from what is contested."""
    rows = [{"日子": "2024-05-01", "档次": "警告"}, {"日子": "2024-06-01", "档次": "警告"}]
    contested = decided({**BLOCKING, "处罚": rows}, "处理").sanctions
    assert {s.ground.cited.norm: s.mode for s in contested} == {
        "市办法.占道处理/1": "contested",
        "市办法.再犯/2": "contested",
    }
    old = [{"日子": "2024-05-01"}, {"日子": "2024-06-01"}]
    may = decided({**ADULT, "处理日": "2024-11-30", "处罚": old}, "处理").sanctions
    assert [s.mode for s in may] == ["may"]
    assert [s.mode for s in decided(BLOCKING, "处理").sanctions] == ["must"]


def test_two_fixed_days_for_one_act_both_bind() -> None:
    """They are no conflict and neither gives way: each duty stands by its own day."""
    dated = """
规则 市登记
  见 "第六条"
  则 摊主 应 登记 截至 2025-06-30
"""
    upper = dated.replace("市登记", "省登记").replace("第六条", "第八条").replace("06-30", "12-31")
    rules = RULES.replace("\n文件 市办法\n", f"{upper}\n文件 市办法\n", 1)
    rules = rules.replace("\n文件 东区细则\n", f"{dated}\n文件 东区细则\n", 1)
    rules = rules.replace("行为 夜间经营", "行为 登记 主体 摊主 已作 摊主.已登记\n行为 夜间经营", 1)
    found = load_texts({"stalls.gj": rules}).decide({"摊主": ADULT}, "登记", on="2025-09-01", at="市")
    status = {d.ground.cited.instrument: (d.status, d.due) for d in found.duties}
    assert status["市办法"] == (DutyStatus.VIOLATED, Window(None, dt.date(2025, 6, 30)))
    assert status["省条例"] == (DutyStatus.DUE, Window(None, dt.date(2025, 12, 31)))
    assert (found.answer.conflicts, found.answer.defeated) == ((), ())


def test_a_duty_that_may_be_there() -> None:
    """The day that makes it due is unknown: it is listed as open, although nothing forbids the act."""
    (duty,) = decided(BLOCKING, "报送回执").duties
    assert (duty.status, duty.due) == (DutyStatus.UNDETERMINED, None)
    assert duty.ground.because["摊主.占道"] is True


# --- The unknown


def test_what_is_unknown_may_not_matter() -> None:
    """A minor is barred whatever else is the case."""
    found = decided({"年龄": 17})
    assert found.verdict is Verdict.INELIGIBLE
    assert norms(found.answer.grounds) == ["市办法.未成年"]


def test_the_solver_sees_that_all_completions_agree() -> None:
    """Whatever is sold, the certificate is there: Kleene's tables do not need the solver for that."""
    assert decided({"年龄": 30, "健康证": True}).verdict is Verdict.ELIGIBLE


def test_the_fewest_facts_to_ask() -> None:
    """What is sold decides; the answer says why it matters."""
    found = decided({"年龄": 30})
    assert found.verdict is Verdict.UNDETERMINED
    assert found.answer.possible == (Verdict.ELIGIBLE, Verdict.INELIGIBLE)
    (ask,) = found.answer.ask
    assert (ask.fact, [each.citations for each in ask.matters]) == ("摊主.经营", [("第二条",)])
    assert [each.norm for each in found.answer.undetermined] == ["市办法.熟食"]


def test_the_values_that_are_possible() -> None:
    """An outcome is answered only when its value is settled; until then no value is given."""
    found = decided({**BLOCKING, "处罚": None}, "处理")
    assert found.verdict is Verdict.UNDETERMINED
    assert found.answer.values == ()
    assert {"警告", "停摊"} <= set(found.answer.possible_values)
    assert [ask.fact for ask in found.answer.ask] == ["摊主.处罚"]


def test_without_the_solver() -> None:
    """The caller may not want to wait for it."""
    found = decided({"年龄": 30}, solve=False)
    assert (found.verdict, found.answer.ask) == (Verdict.UNDETERMINED, ())


# --- What cannot be answered


def test_every_mistake_is_told() -> None:
    """Arguments and case at once, each with its place."""
    with pytest.raises(InvalidInput) as raised:
        stalls().decide(
            {"摊主": {"年龄": "17", "经营": "鱼", "处理日": "2025-02-30", "面积": 3.001, "名": 1}, "店": {}},
            "出滩",
            on="2025-13-01",
            at="北区",
            readings={"停摊起算": "自明日", "别": "x"},
        )
    assert {(p.path, p.code) for p in raised.value.problems} == {
        ("/case/摊主/年龄", "type"),
        ("/case/摊主/经营", "enumeration"),
        ("/case/摊主/处理日", "date"),
        ("/case/摊主/面积", "precision"),
        ("/case/摊主/名", "unknown-fact"),
        ("/case/店", "unknown-entity"),
        ("/question", "unknown-question"),
        ("/on", "date"),
        ("/at", "unknown-place"),
        ("/readings/停摊起算", "unknown-choice"),
        ("/readings/别", "unknown-reading"),
    }
    assert all(p.message.zh and p.message.en for p in raised.value.problems)


def test_a_case_that_cannot_be() -> None:
    """What contradicts an assumption that bears on the question is refused."""
    with pytest.raises(InvalidInput) as raised:
        decided({**BLOCKING, "处理日": "2024-11-01"})
    assert [(p.path, p.code, p.expected) for p in raised.value.problems] == [
        ("/case", "impossible-case", "先违规，后处理")
    ]


def test_nothing_that_it_gives_can_be_changed_from_outside() -> None:
    """Not the corpus through what a decision or a property hands out."""
    found = decided(ADULT)
    assert isinstance(found.engine, dict)
    found.engine["guiju"] = "x"
    assert stalls().engine["guiju"] == guiju.__version__
    with pytest.raises(TypeError):
        stalls().questions["x"] = stalls().questions["摊主·出摊"]  # type: ignore[index]


def test_a_decision_is_immutable_and_plain() -> None:
    """Its dictionary is JSON; it names what answered."""
    found = decided(BLOCKING, None)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        found.digest = ""  # type: ignore[misc]
    told = json.loads(json.dumps(found.to_dict(), ensure_ascii=False))
    assert told["digest"] == stalls().digest
    assert told["engine"]["guiju"] == guiju.__version__
    assert told["case"]["摊主.处理日"] == "2024-11-30"


def test_the_record_asks_the_same_question() -> None:
    """The case of a record can be read again, and gives the same decision."""
    first = decided({**BLOCKING, "面积": Decimal("7.25"), "经营": None, "处罚": [{"日子": "2024-05-01"}]})
    again = stalls().decide(json.loads(json.dumps(first.to_dict()))["case"], "出摊", on="2025-01-15", at="市")
    assert again == first


def test_prepared_gives_the_same_verdict() -> None:
    """The quick way and the long way agree, where facts are unknown too."""
    prepared = stalls().prepare("出摊", at="市")
    for stall in (ADULT, BLOCKING, {"年龄": 17}, {"年龄": 30}):
        given = stalls().read_case({"摊主": stall})
        verdict, grounds = prepared.verdict(given, dt.date(2025, 1, 15))
        slow = decided(stall, solve=False)
        assert (verdict, list(grounds)) == (slow.verdict, norms(slow.answer.grounds))


def test_prepared_names_both_sides_of_a_conflict_and_no_more() -> None:
    """As the decision does, of values too."""
    rows = [{"日子": "2024-05-01", "档次": "警告"}, {"日子": "2024-06-01", "档次": "警告"}]
    stall = {**BLOCKING, "处罚": rows}
    given = stalls().read_case({"摊主": stall})
    verdict, grounds = stalls().prepare("处理", at="市").verdict(given, dt.date(2025, 1, 15))
    assert verdict is Verdict.IN_CONFLICT
    assert list(grounds) == norms(decided(stall, "处理").answer.grounds)
