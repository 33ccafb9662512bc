"""What is said of a run: disagreements by rule, each with its smallest case; JSON; JUnit XML."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any
from xml.etree import ElementTree

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from guiju.dsl.source import Bilingual
from guiju.testing.conform.groups import Usual, groups
from guiju.testing.conform.junit import to_junit
from guiju.testing.conform.report import to_json, to_text
from guiju.testing.conform.words import Words
from guiju.testing.running import (
    BadAnswer,
    Failed,
    Level,
    Member,
    Reply,
    Results,
    Said,
    Tell,
    parse_answer,
    run,
)
from guiju.testing.said import said
from guiju.testing.suite import Suite, Test
from testing.sample_suite import ADULT, BLOCKING, case_of, sample

AGE, BAR = "市办法.未成年", "市办法.占道停摊"
EN = Words("en")

#: The same question of some ages; the others are as usual.
AGES = Suite(
    "digest",
    {},
    {},
    tuple(
        case_of("出摊", {**ADULT, "年龄": age, "经营": goods})
        for age, goods in [(16, "熟食"), (17, "果蔬"), (15, "百货"), (18, "果蔬"), (19, "果蔬"), (30, "果蔬")]
    ),
)


def replied(suite: Suite, reply: Callable[[Test], Reply]) -> Results:
    """What comes of ``suite`` where each test gets that reply."""

    def implementation(tests: Sequence[Test], tell: Tell) -> None:
        for number, test in enumerate(tests):
            tell(number, reply(test))

    return run(suite, implementation)


def right_but(*members: tuple[Member, object]) -> Callable[[Test], Reply]:
    """The right answer, with these members in it."""
    return lambda test: Said({**said(test.expected).members, **dict(members)})


def everyone_may(test: Test) -> Reply:
    """An implementation that knows no bar, and says the verdict alone."""
    return Said({Member.VERDICT: "eligible"})


def test_a_wrong_verdict_is_about_the_norms_it_should_rest_on() -> None:
    """All tests of one rule are one group, with the case that differs least from the others."""
    results = replied(AGES, everyone_may)
    (group,) = groups(results.each, AGES.tests)
    assert (group.norm, group.question, len(group.results)) == (AGE, "摊主·出摊", 3)
    assert group.smallest.test.case["摊主.年龄"] == 17
    assert Usual.of(AGES.tests).unusual(group.smallest.test) == ("摊主.年龄",)


def test_groups_are_few() -> None:
    """A test that names two rules goes to the one that more tests name; the others to what is left."""
    tests = sample().tests
    wrong = {tests[0].id: [AGE], tests[1].id: [AGE, BAR], tests[2].id: [BAR, "a.b"], tests[3].id: [AGE]}

    def reply(test: Test) -> Reply:
        grounds = set(test.expected.grounds) ^ set(wrong.get(test.id, ()))
        return Said({Member.VERDICT: test.expected.verdict, Member.GROUNDS: sorted(grounds)})

    found = groups(replied(sample(), reply).each, tests)
    assert [(each.norm, [result.test.id for result in each.results]) for each in found] == [
        (AGE, [tests[0].id, tests[1].id, tests[3].id]),
        ("a.b", [tests[2].id]),
    ]


def test_where_no_norm_is_expected_it_is_about_the_question() -> None:
    """Of which nothing says anything."""
    suite = evolve(AGES, tests=AGES.tests[3:])
    (group,) = groups(replied(suite, right_but((Member.VERDICT, "ineligible"))).each, suite.tests)
    assert (group.norm, group.question, len(group.results)) == (None, "摊主·出摊", 3)


def test_rows_count() -> None:
    """Of two cases that differ in one place the one with fewer rows is smaller."""
    row = {"日子": "2024-06-01", "档次": "警告"}
    few, many = (case_of("处理", {**BLOCKING, "处罚": [row] * count}) for count in (1, 3))
    usual = Usual.of([case_of("处理", BLOCKING)] * 3)
    assert usual.size(few)[0] < usual.size(many)[0]


def test_the_text() -> None:
    """What was asked, what is expected and why, what was said, and the sum."""
    tests = sample().tests[:3]
    suite = evolve(sample(), tests=tests)
    results = replied(suite, lambda test: everyone_may(test) if test == tests[0] else said(test.expected))
    assert to_text(results, EN, 20) == [
        f"1. {AGE} 第一条: 1 test disagrees",
        f"   the smallest case, {tests[0].id}:",
        "     question 摊主·出摊, 2025-01-15, 市",
        "     * 摊主.年龄 = 17",
        "       摊主.经营 = 果蔬",
        "       摊主.面积 = 5.00",
        "     (* not as in most tests of the question)",
        "   verdict: expected ineligible, said eligible",
        f"   rests on {AGE} 第一条",
        "   why it is tested: just 17 years",
        "   why it is tested: it applies and stands",
        "",
        "3 tests: 2 agree, 1 disagree (1 group).",
    ]
    chinese = to_text(results, Words("zh"), 20)
    assert chinese[0] == f"1. {AGE} 第一条：1 个测试不符"
    assert chinese[-1] == "3 个测试：相符 2，不符 1（1 组）。"
    assert to_text(results, EN, 0)[0] == "1 more group is not shown."


def test_all_agree() -> None:
    """In a line."""
    assert to_text(replied(sample(), lambda test: said(test.expected)), EN, 20) == ["11 tests: 11 agree."]


def test_errors_are_told_apart() -> None:
    """Those with the same message together."""
    results = replied(
        AGES,
        lambda test: (
            Failed(Bilingual("没有", "nothing")) if test.case["摊主.年龄"] < 18 else said(test.expected)
        ),
    )
    assert to_text(results, EN, 20) == [
        "Tests that got no answer:",
        f"  {AGES.tests[0].id} and 2 more (摊主·出摊): nothing",
        "",
        "6 tests: 3 agree, 3 got no answer.",
    ]


def test_members_in_words() -> None:
    """Lists, windows and terms, not as JSON."""
    wrong = right_but(
        (Member.UNTIL, None),
        (Member.STANDING, []),
        (Member.WINDOWS, {f"{BAR}/1": ["2024-11-30", None]}),
        (Member.DUTIES, [{"due": "2025-02-07", "every": None}, {"due": None, "every": None}]),
        (Member.TERMS, {"市办法.回执/1": {"due": None, "hours": 24, "every": None}}),
    )
    lines = to_text(replied(sample(), wrong), EN, 20)
    for line in (
        "until: expected 2025-02-28, said none",
        f"norms that stand: expected {BAR}/1, said none",
        f"windows of norms: expected {BAR}/1 2024-11-30..2025-02-28, said {BAR}/1 2024-11-30..",
        "duties: expected none, said due 2025-02-07, -",
        "terms of duties: expected 市办法.回执/1 due 2025-01-23..2025-02-06, said 市办法.回执/1 hours 24",
    ):
        assert f"   {line}" in lines


def test_what_a_level_demands_and_nobody_said() -> None:
    """Is called so."""
    results = replied(AGES, lambda test: Said({}))
    assert "verdict: expected ineligible, said nothing" in "\n".join(to_text(results, EN, 20))


def test_json() -> None:
    """Everything that is needed to look into it."""
    document = to_json(replied(AGES, everyone_may))
    assert (document["tests"], document["agree"], document["disagree"], document["errors"]) == (6, 3, 3, 0)
    (group,) = document["groups"]
    smallest = group["smallest"]
    assert (group["norm"], group["count"], len(group["tests"])) == (AGE, 3, 3)
    assert smallest["request"]["case"]["摊主.年龄"] == 17
    assert smallest["said"] == {"verdict": "eligible"}
    assert smallest["citations"] == {AGE: ["第一条"]}
    assert smallest["members"] == [
        {"member": "verdict", "expected": "ineligible", "said": "eligible", "absent": False, "norms": []}
    ]
    assert [each["test"] for each in document["disagreements"]] == group["tests"]


# --- JUnit


def mixed(test: Test) -> Reply:
    """One disagrees, one fails, and the others agree."""
    if test == sample().tests[0]:
        return everyone_may(test)
    if test == sample().tests[1]:
        return Failed(Bilingual("坏\x00了 <&>", "broken\x00 <&>\ud800"))
    return said(test.expected)


def test_junit_counts() -> None:
    """A suite for each question, a case for each test; what is written reads back."""
    results = evolve(replied(sample(), mixed), each=replied(sample(), mixed).each[:-1])
    root = ElementTree.fromstring(to_junit(results, EN))
    counts = {name: root.get(name) for name in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "11", "failures": "1", "errors": "1", "skipped": "1"}
    suites = root.findall("testsuite")
    assert [each.get("name") for each in suites] == list(dict.fromkeys(t.question for t in sample().tests))
    for each in (root, *suites):
        inside = each.findall(".//testcase")
        assert each.get("tests") == str(len(inside))
        for name, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert each.get(name) == str(len(each.findall(f".//testcase/{element}")))
    assert len({case.get("name") for case in root.iter("testcase")}) == 11


def test_junit_tells_what_differs() -> None:
    """With the grounds and the reasons; what XML cannot hold is replaced."""
    root = ElementTree.fromstring(to_junit(replied(sample(), mixed), EN))
    (failure,) = root.iter("failure")
    assert failure.get("message") == "verdict: expected ineligible, said eligible"
    assert failure.text is not None
    for part in ("摊主.年龄 = 17", f"rests on {AGE} 第一条", "why it is tested: just 17 years"):
        assert part in failure.text
    (error,) = root.iter("error")
    assert error.get("message") == "broken� <&>�"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_junit_without_tests(lang: str) -> None:
    """Is a document all the same."""
    root = ElementTree.fromstring(to_junit(Results(Suite("", {}, {}, ()), ()), Words(lang)))
    assert root.get("tests") == "0"


# --- Whatever is answered

_NAMES = [
    "verdict",
    "values",
    "until",
    "gap",
    "grounds",
    "standing",
    "defeated",
    "duties",
    "norms",
    "norm",
    "position",
    "value",
    "window",
    "due",
    "hours",
    "every",
    "ground",
    "id",
    "decision",
    "answers",
    "cited",
    "others",
    "first",
    "last",
]
_LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.decimals(),
    st.text(max_size=3),
    st.sampled_from(["eligible", "2026-01-01", "obliged", AGE]),
)
_DOCUMENTS = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_NAMES), inner, max_size=5),
    max_leaves=20,
)


@given(
    st.dictionaries(st.sampled_from(_NAMES), _DOCUMENTS, max_size=6),
    st.sampled_from(sample().tests),
    st.sampled_from([None, *Level]),
)
def test_whatever_is_answered_can_be_shown(said_: dict[str, Any], test: Test, level: Level | None) -> None:
    """It is an answer, which can be compared and shown in every form, or it is said to be none."""
    try:
        answer = parse_answer({"verdict": "eligible", **said_}, test)
    except BadAnswer:
        return
    results = run(Suite("", {}, {}, (test,)), lambda tests, tell: tell(0, answer), level)
    assert json.loads(json.dumps(to_json(results)))["tests"] == 1
    assert to_text(results, EN, 1)
    assert ElementTree.fromstring(to_junit(results, EN)).get("tests") == "1"
