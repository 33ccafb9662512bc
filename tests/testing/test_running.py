"""What is compared with what: levels, the forms of an answer, what is no answer, and breaking off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from guiju.decisions.decision import plain
from guiju.testing.running import (
    BadAnswer,
    Disagreement,
    Level,
    Member,
    Said,
    Tell,
    compare,
    parse_answer,
    request,
    run,
)
from guiju.testing.said import said
from guiju.testing.suite import Expected, Stood, Test
from testing.sample_suite import sample

LAST = dt.date(2026, 3, 1)
EXPECTED = Expected(
    verdict="ineligible",
    until=LAST,
    norms=(
        Stood("a.bar", "forbidden", True, window=(dt.date(2026, 1, 1), LAST)),
        Stood("a.duty", "obliged", False, due=(dt.date(2026, 1, 1), LAST), every="3 months"),
    ),
    defeated=("b.leave",),
)
VALUES = Expected(verdict="answered", values=(Decimal("12.50"),), norms=(Stood("a.fee", "value", True),))


def wrong(answer: dict[str, Any], level: Level | None = None, expected: Expected = EXPECTED) -> list[str]:
    """The members of ``answer`` that are not as expected."""
    return [each.member.word for each in compare(expected, parse_answer(answer), level)]


@pytest.mark.parametrize("test", sample().tests, ids=lambda test: test.id)
def test_what_is_expected_agrees_with_itself(test: Test) -> None:
    """At every level, and when it is written down in the form of a suite and read again."""
    written = parse_answer({**plain(test.expected), "id": test.id}, test)
    assert written == said(test.expected)
    for level in (None, *Level):
        assert compare(test.expected, written, level) == ()


def test_the_verdict_alone_is_enough_unless_more_is_demanded() -> None:
    """What an answer does not say is compared only where a level demands it."""
    assert wrong({"verdict": "ineligible"}) == []
    assert wrong({"verdict": "ineligible"}, Level.VERDICT) == []
    assert wrong({"verdict": "ineligible"}, Level.VALUES) == ["until", "duties"]
    assert wrong({"verdict": "ineligible"}, Level.GROUNDS) == [
        "until",
        "duties",
        "standing",
        "grounds",
        "defeated",
        "positions",
        "windows",
        "terms",
    ]
    assert wrong({"verdict": "eligible", "until": "2026-03-02"}) == ["verdict", "until"]
    assert wrong({"verdict": "eligible", "until": "2026-03-02"}, Level.VERDICT) == ["verdict"]


def test_saying_nothing_is_right_where_there_is_nothing_to_say() -> None:
    """At a level that demands values, days and duties of which there are none."""
    bare = Expected(verdict="eligible")
    assert wrong({"verdict": "eligible"}, Level.GROUNDS, bare) == []
    assert wrong({"verdict": "eligible", "gap": True}, None, bare) == ["gap"]


@pytest.mark.parametrize("value", [12.5, "12.5", "12.50", Decimal("12.5"), "12.500"])
def test_a_number_is_what_it_is_worth(value: object) -> None:
    """However it is written."""
    assert wrong({"verdict": "answered", "values": [value]}, None, VALUES) == []


@pytest.mark.parametrize(
    "values", [[], [12], [None], ["12.51"], [12.5, 13], [True], ["1e9"], [Decimal("1e9999")]]
)
def test_another_value(values: list[object]) -> None:
    """Another one, one too many, none, or one left open."""
    assert wrong({"verdict": "answered", "values": values}, None, VALUES) == ["values"]


def test_true_is_not_one() -> None:
    """As it would be in Python."""
    expected = Expected(verdict="answered", values=(True,))
    assert wrong({"verdict": "answered", "values": [1]}, None, expected) == ["values"]
    assert wrong({"verdict": "answered", "values": [True]}, None, expected) == []


@pytest.mark.parametrize(
    ("duties", "agrees"),
    [
        ([{"due": "2026-03-01"}], True),
        ([{"due": ["2026-01-01", "2026-03-01"], "every": "3 months"}], True),
        ([{"due": {"first": None, "last": "2026-03-01"}, "every": "3 months", "hours": None}], True),
        ([{}], True),
        ([{"due": "2026-03-02"}], False),
        ([{"due": None}], False),
        ([{"every": "1 months"}], False),
        ([], False),
        ([{}, {}], False),
    ],
)
def test_duties_are_compared_by_what_they_tell(duties: list[object], agrees: bool) -> None:
    """Without the norms that they rest on; a term may be left out."""
    assert wrong({"verdict": "ineligible", "duties": duties}) == ([] if agrees else ["duties"])


def test_which_norms_are_wrong() -> None:
    """Those that are too many or missing, and those that give something else."""
    answer = {
        "verdict": "ineligible",
        "grounds": ["a.bar", "c.more"],
        "norms": [
            {"norm": "a.bar", "window": ["2026-01-01", "2026-03-02"]},
            {"norm": "a.duty", "every": None},
        ],
        "duties": [{"norm": "a.duty", "due": "2026-03-01", "every": "2 months"}],
    }
    found = {each.member: each for each in compare(EXPECTED, parse_answer(answer))}
    assert {member.word: each.norms for member, each in found.items()} == {
        "duties": (),
        "grounds": ("c.more",),
        "windows": ("a.bar",),
        "terms": ("a.duty",),
    }
    assert found[Member.WINDOWS] == Disagreement(
        Member.WINDOWS, {"a.bar": ["2026-01-01", "2026-03-01"]}, {"a.bar": ["2026-01-01", "2026-03-02"]}
    )


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ([], "an answer is an object"),
        ({}, "verdict: is one of"),
        ({"verdict": "yes"}, "verdict: is one of"),
        ({"verdict": ["eligible"]}, "verdict: is one of"),
        ({"verdict": "eligible", "until": "soon"}, "until: a day is written as YYYY-MM-DD"),
        ({"verdict": "eligible", "until": "2026-02-30"}, "until: a day is written as YYYY-MM-DD"),
        ({"verdict": "eligible", "values": "5"}, "values: is a list"),
        ({"verdict": "eligible", "gap": 1}, "gap: is true or false"),
        ({"verdict": "eligible", "grounds": [1]}, "grounds: is a list of the ids of norms"),
        ({"verdict": "eligible", "norms": [{}]}, "norms: each has a norm"),
        ({"verdict": "eligible", "norms": {}}, "norms: is a list"),
        ({"verdict": "eligible", "duties": ["x"]}, "duties: each is an object"),
        ({"verdict": "eligible", "duties": [{"due": ["2026-01-01"]}]}, "due: a window is its first and"),
        ({"decision": {"answers": []}}, "one question has one answer"),
        ({"answers": [{"verdict": "eligible", "grounds": ["a"]}]}, "grounds: each is an object"),
        ({"answers": [{"verdict": "eligible", "grounds": [{}]}]}, "grounds: each has cited.norm"),
        ({"id": "other", "verdict": "eligible"}, "this answers other; "),
    ],
)
def test_what_is_no_answer(answer: object, message: str) -> None:
    """Said in a sentence."""
    with pytest.raises(BadAnswer) as error:
        parse_answer(answer, sample().tests[0])
    assert error.value.message.en.startswith(message)


def test_a_request_asks_what_the_test_does() -> None:
    """Nothing more: not even readings or a law date that are not given."""
    first, law = sample().tests[0], sample().tests[4]
    assert request(first) == {
        "id": first.id,
        "question": "摊主·出摊",
        "on": "2025-01-15",
        "at": "市",
        "case": {"摊主.年龄": 17, "摊主.经营": "果蔬", "摊主.面积": "5.00"},
    }
    assert request(law)["law_date"] == "2019-06-01"
    assert request(sample().tests[3])["readings"] == {"停摊起算": "自违规日"}


def test_what_was_found_before_it_was_broken_off() -> None:
    """Is there, and the rest is missing; progress was told."""
    told: list[tuple[int, int]] = []

    def first_two(tests: Sequence[Test], tell: Tell) -> None:
        tell(1, said(tests[1].expected))
        tell(0, Said({Member.VERDICT: "silent"}))
        raise KeyboardInterrupt

    results = run(sample(), first_two, progress=lambda done, total: told.append((done, total)))
    assert results.interrupted
    assert [each.test for each in results.each] == list(sample().tests[:2])
    assert results.missing == sample().tests[2:]
    assert (len(results.disagreeing), results.agreeing) == (1, 1)
    assert told == [(1, 11), (2, 11)]


def test_a_run_to_the_end() -> None:
    """Nothing is missing."""

    def right(tests: Sequence[Test], tell: Tell) -> None:
        for number, test in enumerate(tests):
            tell(number, said(evolve(test.expected)))

    results = run(sample(), right, Level.GROUNDS)
    assert (results.interrupted, results.missing, results.agreeing) == (False, (), 11)
