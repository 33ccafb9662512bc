"""What the check must show, and must not show, on the three real instruments.

Each test names the articles; the expectations were worked out from the texts by hand. CZ is the city's
look-back mechanism, WI and WE are the district's measures on agencies and on experts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import evolve

from guiju.checker.check import Options, check
from guiju.checker.coverage import coverage
from guiju.checker.finding import Finding, Report, Severity
from guiju.checker.load import Loaded, load
from guiju.compiler.doctrine import Doctrine, Grade

SPECS = Path(__file__).parents[2] / "specs"
#: The three instruments and what they share: what else is encoded does not change what is counted.
THREE = [SPECS / "vocabulary", SPECS / "changzhou" / "traceback.gj", SPECS / "wujin"]
CZ, WI, WE = "常州倒查机制", "武进机构办法", "武进专家办法"


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    found = load(THREE)
    assert found.diagnostics == ()
    return found


@pytest.fixture(scope="module")
def report(findings: Report) -> Report:
    """What the check of the whole corpus says of these three alone."""
    own = [f for f in findings.findings if {n.instrument for n in f.norms} <= {CZ, WI, WE}]
    return evolve(findings, findings=tuple(own))


@pytest.fixture(scope="module")
def on_20261121(loaded: Loaded) -> Report:
    assert loaded.corpus is not None
    return check(
        loaded.corpus, Options(as_of=dt.date(2026, 11, 21), families=frozenset({"conflict", "time"}))
    )


def between(report: Report, code: str, one: tuple[str, str], other: tuple[str, str]) -> list[Finding]:
    """The findings of a code between two provisions, each an instrument and an article."""

    def cites(finding: Finding) -> Iterator[tuple[str, str]]:
        return ((n.instrument, c) for n in finding.norms for c in n.citations)

    return [f for f in report.findings if f.code == code and {one, other} <= set(cites(f))]


def test_nothing_was_left_undecided(report: Report) -> None:
    """An undecided question is a failure, not silence."""
    assert report.undecided == ()


def test_every_provision_is_encoded_or_marked(loaded: Loaded) -> None:
    """Coverage is complete for the three instruments."""
    rows = coverage(loaded)
    assert {CZ, WI, WE} == {row.instrument for row in rows}
    assert [row.uncovered for row in rows] == [(), (), ()]


def test_all_examples_hold(report: Report) -> None:
    """Each example beside the rules comes out as it was worked out from the text."""
    assert [f.message.zh for f in report.findings if f.code == "E801"] == []


def test_three_years_against_ten_for_concealment(report: Report) -> None:
    """WE 21 bars a blacklisted expert for 3 years, CZ 8(1)3 for 10: they part in the years between."""
    (finding,) = between(report, "C103", (CZ, "第八条(一)3"), (WE, "第二十一条"))
    witness = finding.witness
    assert witness is not None
    start = witness.case.facts["专家.处理日"]
    assert isinstance(start, dt.date)
    assert start.replace(year=start.year + 3) < witness.date <= start.replace(year=start.year + 10)
    assert witness.case.facts["专家.故意隐瞒重大隐患"] is True
    assert "起初效果相同" in finding.message.zh
    assert finding.settled_by is not None
    assert (finding.settled_by.doctrine, finding.settled_by.grade) == (Doctrine.SUPERIOR, Grade.ARGUED)
    assert finding.settled_by.winner.startswith(f"{CZ}.")
    assert "2025-08-01 至 2026-07-31" in finding.message.zh


def test_first_violation_warning_against_removal(report: Report) -> None:
    """On the first violation WE 21 warns where CZ 8(1)3 removes and CZ 8(1)1 suspends."""
    removal = [
        f
        for f in between(report, "C102", (CZ, "第八条(一)3"), (WE, "第二十一条"))
        if "“警告”" in f.message.zh and "“移出专家库”" in f.message.zh
    ]
    suspension = [
        f
        for f in between(report, "C102", (CZ, "第八条(一)1"), (WE, "第二十一条"))
        if "“警告”" in f.message.zh and "“约谈并暂停”" in f.message.zh
    ]
    assert len(removal) == 1
    assert len(suspension) == 1


def test_three_months_against_half_a_year(report: Report) -> None:
    """WE 21 suspends for three months, CZ 8(1)1 stops dispatch for half a year."""
    (finding,) = between(report, "C103", (CZ, "第八条(一)1"), (WE, "第二十一条"))
    assert finding.details["relation"] == "dominated"


def test_article_11_does_not_reach_the_district(report: Report) -> None:
    """CZ 11 prevails over the municipal bureau's documents only: it settles nothing with the district's."""
    across = [
        f
        for f in report.findings
        if f.family == "conflict" and {n.instrument for n in f.norms} in ({CZ, WE}, {CZ, WI})
    ]
    assert across
    assert not [f for f in across if f.settled_by is not None and f.settled_by.basis == "第十一条"]
    experts = [f for f in across if {n.instrument for n in f.norms} == {CZ, WE}]
    assert {f.settled_by.doctrine for f in experts if f.settled_by} == {Doctrine.SUPERIOR}
    agencies = [f for f in across if {n.instrument for n in f.norms} == {CZ, WI} and f.settled_by]
    assert {(f.settled_by.doctrine, f.settled_by.basis) for f in agencies if f.settled_by} == {
        (Doctrine.TEXT, "第二十八条")
    }


def test_the_trial_year_has_ended_by_default(on_20261121: Report) -> None:
    """On 2026-11-21 CZ is out of force except under one reading; findings about it say so."""
    (finding,) = [f for f in on_20261121.findings if f.code == "T401" and f.norms[0].instrument == CZ]
    assert finding.by_default
    assert {r["试行期"] for r in finding.readings} == {"自施行日起", "自印发日起"}
    assert "未废止续用" in finding.message.zh
    needing = [
        f for f in on_20261121.findings if f.family == "conflict" and CZ in {n.instrument for n in f.norms}
    ]
    assert needing
    assert all("out_of_force" in f.details for f in needing)


def test_the_reading_of_the_trial_year_is_reported(report: Report) -> None:
    """Without a date, the check says how the end of force depends on the reading."""
    (finding,) = [f for f in report.findings if f.code == "T403"]
    assert "2026-07-31" in finding.message.zh
    assert "2026-06-30" in finding.message.zh


def test_twelve_months_against_an_open_ended_ban(report: Report) -> None:
    """CZ manages the blacklist for 12 months; WI 19(11) bans city-wide without end."""
    (finding,) = between(report, "C103", (CZ, "第八条(二)3"), (WI, "第十九条(十一)"))
    assert "无期限" in finding.message.zh


def test_points_against_a_ban_for_the_same_simplified_procedure(report: Report) -> None:
    """CZ 8(2)3 deducts points for what WI 19(6) bans; neither says how they combine."""
    findings = between(report, "C104", (CZ, "第八条(二)3"), (WI, "第十九条(六)"))
    assert [f for f in findings if "“扣分”" in f.message.zh and "“行业禁入”" in f.message.zh]
    for finding in findings:
        assert finding.witness is not None
        assert finding.witness.case.facts["机构.擅自更改简化程序"] is True


def test_within_the_city_mechanism(report: Report) -> None:
    """CZ 8(1)1 and 8(1)2 can both hold: talk and half a year, or removal. Nothing settles it."""
    (finding,) = between(report, "C102", (CZ, "第八条(一)1"), (CZ, "第八条(一)2"))
    assert finding.settled_by is None
    assert finding.severity is Severity.ERROR


def test_within_the_experts_measures(report: Report) -> None:
    """WE 13(7) lets the district dismiss for any breach; WE 21 has it warn first."""
    findings = between(report, "C102", (WE, "第十三条(七)"), (WE, "第二十一条"))
    assert [f for f in findings if "“警告”" in f.message.zh]


def test_at_least_twenty_five_distinct_findings(report: Report) -> None:
    """Counting neither hints on examples nor rounding of months, and each article pair and question once."""
    counted = {f.fingerprint for f in report.findings if f.code not in ("E802", "T405")}
    assert len(counted) >= 25


# --- Controls: what must not be reported --------------------------------------------------------------


def test_the_evaluation_form_adds_up(report: Report, loaded: Loaded) -> None:
    """The form of WE annex 5 is 50 points and one of two fifties: claims that are checked and hold."""
    assert loaded.corpus is not None
    claimed = {c.citations for c in loaded.corpus.claims if c.instrument == WE}
    assert ("附件5",) in claimed
    assert ("第三条",) in claimed  # the twelve groups
    assert [f for f in report.findings if f.code == "Q204"] == []


def test_no_rule_is_dead(report: Report) -> None:
    """Every rule of the three instruments can apply."""
    assert [f.message.zh for f in report.findings if f.code == "Q201"] == []


def test_a_leak_and_a_missed_hazard_do_not_collide(report: Report) -> None:
    """Two sanctions for two kinds of conduct are no overlap: WI 19(1) on leaks against CZ 8(2)3 on points."""
    assert between(report, "C104", (CZ, "第八条(二)3"), (WI, "第十九条(一)")) == []


def test_priority_clauses_with_separate_reach_do_not_clash(report: Report) -> None:
    """CZ 11 and WE 23 each reach their own bureau's documents: no clash, no cycle."""
    assert [f for f in report.findings if f.code in ("C105", "C106")] == []
