"""What the check must show, and must not show, on all seven instruments and the law above them.

Each test names the articles; the expectations were worked out from the texts by hand. LS is Lishui's plan, CA
Changji's measure on services, CB and CC its measures on enterprises; the three of Jiangsu have a file of
their own.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from guiju.checker.coverage import coverage
from guiju.checker.finding import Finding, Report, Severity
from guiju.checker.load import Loaded

LS, CA, CB, CC = "丽水一件事方案", "昌吉服务办法", "昌吉反三违办法", "昌吉四项活动办法"
CZ, WI, WE = "常州倒查机制", "武进机构办法", "武进专家办法"
SEVEN = {LS, CA, CB, CC, CZ, WI, WE}


def of(report: Report, code: str, *provisions: tuple[str, str]) -> list[Finding]:
    """The findings of a code that name all these provisions, each an instrument and an article."""
    return [
        f
        for f in report.findings
        if f.code == code and set(provisions) <= {(n.instrument, c) for n in f.norms for c in n.citations}
    ]


def instruments(findings: Iterable[Finding]) -> set[str]:
    return {n.instrument for f in findings for n in f.norms}


# --- The whole ---------------------------------------------------------------------------------------


def test_nothing_was_left_undecided(findings: Report) -> None:
    """An undecided question is a failure, not silence."""
    assert findings.undecided == ()


def test_every_provision_is_encoded_or_marked(whole: Loaded) -> None:
    """Coverage is complete, of the law above as far as it is quoted too."""
    rows = coverage(whole)
    assert {row.instrument for row in rows} >= SEVEN
    assert [(row.instrument, row.uncovered) for row in rows if row.uncovered] == []


def test_all_examples_hold(findings: Report) -> None:
    """Each example beside the rules comes out as it was worked out from the text."""
    assert [f.message.zh for f in findings.findings if f.code == "E801"] == []


def test_there_are_enough_distinct_findings(findings: Report) -> None:
    """Without readings, calendar hints, names: what a drafter has to look at, each only once."""
    real = [f for f in findings.findings if f.code not in ("A701", "T405", "R606", "E802")]
    assert len({f.fingerprint for f in real}) == len(real) >= 80
    assert instruments(real) >= SEVEN


def test_each_finding_can_be_traced_and_believed(findings: Report) -> None:
    """Provisions with articles, in both languages, and a witness unless it is read off or proved."""
    for finding in findings.findings:
        assert finding.norms
        assert finding.message.zh
        assert finding.message.en
        assert (finding.witness is not None) or finding.proved_by.value != "replayed"
    cited = [n for f in findings.findings if f.family in ("conflict", "divergence") for n in f.norms]
    assert all(n.citations for n in cited)


# --- Between jurisdictions ---------------------------------------------------------------------------


def test_what_does_not_overlap_never_conflicts(findings: Report) -> None:
    """Jiangsu, Lishui and Changji have no place in common."""
    apart = [{CZ, WI, WE}, {LS}, {CA, CB, CC}]
    for finding in findings.findings:
        if finding.family == "conflict":
            assert sum(bool(instruments([finding]) & each) for each in apart) <= 1


def test_what_does_not_overlap_diverges(findings: Report) -> None:
    """Entry is open in Wujin and conditional in Lishui; that is information."""
    found = [f for f in findings.findings if f.family == "divergence"]
    assert {LS, WI} in [instruments([f]) for f in found if f.code == "D901"]
    assert all(f.severity is Severity.INFO for f in found)
    assert all(len(instruments([f])) == 2 for f in found)


# --- The law above ------------------------------------------------------------------------------------


def test_conditions_of_entry_raise_questions_of_authority(findings: Report) -> None:
    """Lishui's space, staff (二(一)2) and local office (4), Changji's personnel (4), with anchors."""
    lishui = of(findings, "H502", (LS, "二(一)2"), ("营商环境条例", "第六十四条"))
    changji = of(findings, "H502", (CA, "第四条第二款"), ("营商环境条例", "第六十四条"))
    office = of(findings, "H502", (LS, "二(一)4"))
    assert lishui
    assert changji
    assert "公平竞争审查条例" in instruments(office)


def test_a_bar_from_business_needs_a_rule(findings: Report) -> None:
    """WI 19 bars from the city; the Penalty Law reserves restrictions of practice to rules and above."""
    found = of(findings, "H502", (WI, "第十九条"))
    assert "行政处罚法@2021" in instruments(found)


def test_second_hand_law_is_never_an_error(findings: Report) -> None:
    """What was not read in its own text may raise a warning, and says so."""
    doubtful = [f for f in findings.findings if "standing" in f.details]
    assert doubtful
    assert all(f.severity < Severity.ERROR for f in doubtful)
    assert all("转述" in f.message.zh or "核实" in f.message.zh for f in doubtful)


def test_hazard_assessments_beside_the_rule_above(findings: Report) -> None:
    """Art. 4 wants a qualified body for every assessment; order 40 art. 8 lets experts do it."""
    (finding,) = of(findings, "C101", (CA, "第四条第一款"), ("重大危险源规定", "第八条"))
    assert finding.settled_by is not None
    assert [dict(way) for way in finding.readings] == [{"资质要求范围": "凡准入类皆须"}]
    assert of(findings, "Q203", (CA, "第九条"))


# --- Changji -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("第十五条(三)", "第十六条(四)"),  # a report twice refused, for gross omissions
        ("第十六条(二)", "第十七条(三)"),  # a hazard kept silent and left out of the report
        ("第十六条(四)", "第十七条(三)"),  # an omission that is a hazard left out
    ],
)
def test_the_three_tiers_meet_on_the_same_facts(findings: Report, one: str, other: str) -> None:
    """Nothing says which tier absorbs which."""
    (finding,) = of(findings, "C104", (CA, one), (CA, other))
    assert finding.by_default
    assert finding.settled_by is None


def test_the_graver_state_of_mind_draws_the_milder_tier(findings: Report) -> None:
    """16(2) found and kept silent: exposure; 17(3) not in the report, found or not: the list."""
    (finding,) = of(findings, "Q205", (CA, "第十六条(二)"), (CA, "第十七条(三)"))
    assert finding.severity is Severity.WARNING


def test_interviews_and_exposures_count_under_each_reading(findings: Report) -> None:
    """16(6) and 17(6): whether the year rolls, which interviews count, whether one counts twice."""
    asked = {f.subject for f in findings.findings if f.code == "A701" and CA in instruments([f])}
    assert {"年度口径", "随附计入", "已用计入"} <= asked
    assert of(findings, "Q206", (CA, "第十六条(六)"))
    assert of(findings, "Q208", (CA, "第十六条(六)"))
    assert of(findings, "T407", (CA, "第十六条(六)"), (CA, "第十七条(六)"))


def test_one_person_is_never_two(findings: Report) -> None:
    """11: at least two on each visit, also for an expert who serves alone."""
    assert of(findings, "Q209", (CA, "第十一条第一款"))


def test_a_list_that_names_one_industry_twice(findings: Report) -> None:
    """11: four names, three industries."""
    (finding,) = of(findings, "Q204", (CA, "第十一条第一款"))
    assert finding.severity is Severity.ERROR


def test_provisional_measures_without_an_end(findings: Report) -> None:
    """The four-activities measure calls itself provisional; its standard was renamed since."""
    assert CC in instruments(of(findings, "T408"))
    assert CC in instruments(of(findings, "R605"))


# --- Lishui ------------------------------------------------------------------------------------------


def test_tasks_whose_date_has_passed(findings: Report) -> None:
    """September to December 2024, each only once, in a plan that is read as going on."""
    tasks = {c for f in of(findings, "T404") for n in f.norms if n.instrument == LS for c in n.citations}
    assert {"二(一)1", "二(一)5", "二(二)7", "二(三)10", "三(一)", "三(三)"} <= tasks


def test_graded_supervision_against_every_quarter(findings: Report) -> None:
    """6 grades supervision by credit, 12 inspects every agency each quarter."""
    (finding,) = of(findings, "C102", (LS, "二(二)6"), (LS, "二(四)12"))
    assert not finding.by_default


def test_duties_that_nothing_follows_from(findings: Report) -> None:
    """A contract with all its terms, a report within thirty days: no consequence."""
    cited = {c for f in of(findings, "G307") for n in f.norms if n.instrument == LS for c in n.citations}
    assert {"二(一)3第一款", "二(二)8"} <= cited


def test_recipients_that_are_not_named(findings: Report) -> None:
    """The report on the check of November goes to nobody."""
    assert of(findings, "G302", (LS, "二(一)5"))
