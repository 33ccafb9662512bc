"""Vacuity: what is asked of no case is said; every rule has a case, a finding, or an open question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from guiju.checker.ask import Asker
from guiju.checker.check import Options, check
from guiju.checker.finding import Report
from guiju.checker.report.layout import View
from guiju.checker.report.text import to_text
from guiju.checker.vacuity import Census, Reach
from guiju.compiler import smt
from guiju.compiler.kernel import Corpus
from guiju.dsl.diagnostics import InternalError
from with_world import corpus_of

READING = "读法 大摊 : 含二十 | 不含二十\n"
HEAD = "文件 市办法 发布 市局 地域 市 施行 2020-01-01\n"
RULE = HEAD + "规则 一 当 占道 则 摊主 不得 经营\n"

QUALITY = frozenset({"quality"})


def said(corpus: Corpus, as_of: dt.date | None = None, readings: Mapping[str, str] | None = None) -> str:
    """What the diagnostics of a check say, which must be all that it says; empty where there are none."""
    report = check(corpus, Options(frozenset({"reference"}), as_of, readings or {}))
    if not report.diagnostics:
        return ""
    assert (report.findings, dict(report.statistics)) == ((), {})
    assert {diagnostic.code for diagnostic in report.diagnostics} == {"E414"}
    return "\n".join(diagnostic.message.en for diagnostic in report.diagnostics)


# --- Assumptions that leave no case ---------------------------------------------------------------------


def test_a_choice_that_the_assumptions_rule_out() -> None:
    """Under that choice everything would be clear: the assumption is named, and nothing is checked."""
    corpus = corpus_of(READING + "假定 大摊 = 含二十 蕴含 占道\n假定 非 占道\n" + RULE)
    assert said(corpus) == "under the reading 大摊=含二十 the assumptions contradict each other"


def test_a_choice_that_is_fixed_against_the_assumptions() -> None:
    """The other choice is possible, but the user fixed this one."""
    corpus = corpus_of(READING + "假定 大摊 = 含二十 蕴含 占道\n假定 非 占道\n" + RULE)
    wrong = said(corpus, readings={"大摊": "含二十"})
    assert wrong == "with 大摊=含二十 fixed, the assumptions contradict each other"
    assert not said(corpus, readings={"大摊": "不含二十"})


def test_choices_that_go_together_are_no_contradiction() -> None:
    """Each choice has some case, though not beside each choice of the other reading."""
    both = READING + "读法 小摊 : 含十 | 不含十\n"
    assert not said(corpus_of(both + "假定 大摊 = 含二十 蕴含 小摊 = 含十\n" + RULE))


def test_a_date_that_is_fixed_against_the_assumptions() -> None:
    """An assumption about the present excludes an earlier day."""
    corpus = corpus_of("假定 今日 >= 2024-01-01\n" + RULE)
    wrong = said(corpus, as_of=dt.date(2023, 12, 31))
    assert wrong == "with 2023-12-31 fixed, the assumptions contradict each other"
    assert not said(corpus, as_of=dt.date(2024, 1, 1))
    assert not said(corpus)


def test_a_choice_that_is_ruled_out_on_the_date_that_is_fixed() -> None:
    """On that day everything under it would be clear, and rules that only speak under it seem to matter."""
    corpus = corpus_of(READING + "假定 今日 <= 2022-01-01 蕴含 大摊 = 含二十\n" + RULE)
    day = dt.date(2021, 6, 1)
    wrong = said(corpus, as_of=day)
    assert wrong == "under the reading 大摊=不含二十 (2021-06-01) the assumptions contradict each other"
    assert not said(corpus)
    assert not said(corpus, as_of=dt.date(2023, 6, 1))
    assert not said(corpus, as_of=day, readings={"大摊": "含二十"})


def test_assumptions_that_contradict_each_other_whatever_is_fixed() -> None:
    corpus = corpus_of(READING + "假定 占道\n假定 非 占道\n" + RULE)
    for readings in ({}, {"大摊": "含二十"}):
        assert said(corpus, readings=readings) == "the assumptions contradict each other"


# --- The census of rules ----------------------------------------------------------------------------------


def reaches(corpus: Corpus, as_of: dt.date | None = None, budget: int = 0) -> dict[str, Reach]:
    """Of each rule, whether it can apply."""
    census = Census(Asker(corpus, smt.Backend(corpus, budget), as_of=as_of))
    return {norm.rule.split(".")[-1]: census.of(norm) for norm in corpus.norms}


MIXED = (
    "假定 再犯 蕴含 占道\n"
    "文件 旧办法 发布 市局 地域 市 施行 2018-01-01 失效 2019-12-31\n规则 旧 当 占道 则 摊主 应 登记\n"
    + HEAD
    + "规则 一 当 占道 则 摊主 不得 经营\n"
    "规则 假定所无 当 再犯 且 非 占道 则 摊主 不得 经营\n"
    "规则 数所无 当 面积 > 100平米 且 面积 < 50平米 则 摊主 应 停业\n"
)


def test_every_rule_is_reached_or_dead() -> None:
    assert reaches(corpus_of(MIXED)) == {
        "旧": Reach.SHOWN,
        "一": Reach.SHOWN,
        "假定所无": Reach.DEAD,
        "数所无": Reach.DEAD,
    }


def test_a_rule_that_applies_on_other_days_only() -> None:
    """Dead it is not; but on the day that was asked for nothing was found about it, and the count says so."""
    corpus = corpus_of(MIXED)
    assert reaches(corpus, dt.date(2024, 1, 1))["旧"] is Reach.ELSEWHEN
    counted = check(corpus, Options(QUALITY, dt.date(2024, 1, 1))).statistics
    assert (counted["rules"], counted["rules_reachable"], counted["rules_reachable_on_date"]) == (4, 2, 1)


def test_a_rule_without_an_answer_is_undecided() -> None:
    assert set(reaches(corpus_of(MIXED), budget=1).values()) == {Reach.UNDECIDED}


def _accounted(report: Report, corpus: Corpus) -> set[str]:
    """The rules that a report calls dead, or leaves open."""
    dead = {norm.rule for finding in report.findings if finding.code == "Q201" for norm in finding.norms}
    return dead | {norm.rule for question in report.undecided for norm in question.norms}


@pytest.mark.parametrize("budget", [1, 300, 20_000_000])
def test_there_is_no_third_way(budget: int) -> None:
    """Each rule is counted as reachable, or is a finding, or is an open question, whatever the budget."""
    corpus = corpus_of(MIXED)
    report = check(corpus, Options(QUALITY, budget=budget))
    counted = report.statistics
    assert counted["rules"] == 4
    assert counted["rules_reachable"] >= 4 - len(_accounted(report, corpus))


def test_what_has_no_effect_is_counted_apart() -> None:
    """What only encourages may contradict itself; that it was not asked about can be read off."""
    corpus = corpus_of(RULE + "规则 二 当 占道 且 非 占道 则 摊主 应 登记 鼓励\n")
    counted = check(corpus, Options(QUALITY)).statistics
    assert (counted["rules"], counted["rules_reachable"], counted["rules_without_effect"]) == (1, 1, 1)


def test_a_requirement_that_is_always_met_is_counted() -> None:
    """The rule can apply, so it is not dead; one of its norms cannot."""
    corpus = corpus_of(HEAD + "规则 一 当 年龄 >= 20 则 摊主 经营 须 年龄 >= 18 且 面积 <= 20平米\n")
    counted = check(corpus, Options(QUALITY)).statistics
    assert (counted["rules"], counted["rules_reachable"], counted["norms_unreachable"]) == (1, 1, 1)


def test_a_record_that_no_case_has() -> None:
    """Where the assumptions leave no row, the rules that need one are dead, and nothing else is."""
    corpus = corpus_of("假定 非 任一(摊主.违规)\n" + RULE + "规则 二 当 任一(摊主.违规) 则 摊主 应 登记\n")
    assert reaches(corpus) == {"一": Reach.SHOWN, "二": Reach.DEAD}


def test_an_effect_that_is_dead_beside_one_that_is_not() -> None:
    """The rule can apply, and half of what it says cannot: that is a finding about this half."""
    nowhen = "最早(摊主.违规.时间 其中 时间 > 2030-01-01 且 时间 < 2029-01-01)"
    rule = f"规则 一 当 占道 则 摊主 不得 经营 期 1年 自 申请日 则 摊主 不得 经营 期 2年 自 {nowhen}\n"
    report = check(corpus_of(HEAD + rule), Options(QUALITY))
    assert [finding.code for finding in report.findings] == ["Q201", "Q201"]  # the bar, and its end
    assert all("One of the things that" in finding.message.en for finding in report.findings)
    assert len({finding.fingerprint for finding in report.findings}) == 2
    assert (report.statistics["rules_reachable"], report.statistics["norms_unreachable"]) == (1, 2)


def summary(corpus: Corpus, families: frozenset[str] | None = None) -> str:
    """The last line of a report."""
    return to_text(check(corpus, Options(families)), View("en", {}, corpus)).rstrip().split("\n")[-1]


def test_it_is_only_counted_where_it_was_asked() -> None:
    """And that it was not asked is said: no finding does not mean that every rule can apply."""
    counted = check(corpus_of(RULE), Options(frozenset({"conflict"}))).statistics
    assert "rules" not in counted
    assert counted["rules_unasked"] == 1
    said = summary(corpus_of(RULE), frozenset({"conflict"}))
    assert "whether the 1 rules can apply was not asked (family quality)" in said


def test_the_summary_says_what_can_apply() -> None:
    """And how much has no effect; of nothing else there is nothing to be proud of."""
    encouraged = "规则 二 当 占道 且 非 占道 则 摊主 应 登记 鼓励\n"
    assert "1 rules, all reachable;" in summary(corpus_of(RULE))
    assert "1 rules, all reachable, 1 more without effect;" in summary(corpus_of(RULE + encouraged))
    assert "no rule has effect;" in summary(corpus_of(HEAD + encouraged))


def test_a_case_that_does_not_replay_is_no_case(monkeypatch: pytest.MonkeyPatch) -> None:
    """The solver's word is not enough for "reachable"."""
    monkeypatch.setattr("guiju.checker.vacuity.evaluate", lambda *_: False)
    with pytest.raises(InternalError, match="does not replay"):
        reaches(corpus_of(RULE))


def test_an_example_against_the_assumptions_is_said() -> None:
    """Its case is none, whatever it expects."""
    text = (
        "假定 再犯 蕴含 占道\n"
        + RULE
        + '例 "不可能" 于 2021-01-01 地域 市 设 再犯 = 是 设 占道 = 否 应得 摊主 可 经营\n'
    )
    corpus = corpus_of(text)
    failed = [f for f in check(corpus, Options(frozenset({"example"}))).findings if f.code == "E801"]
    assert any("the case contradicts the assumptions" in f.message.en for f in failed)
