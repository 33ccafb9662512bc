"""A suite as JSON Lines: what is read is what was written, and a line that was changed is found."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from attrs import evolve

from guiju.compiler.verdicts import Verdict
from guiju.decisions.problems import InvalidInput, Problem
from guiju.testing.formats.jsonl import FORMAT, read, suite_schema, to_jsonl
from guiju.testing.suite import Criterion, Expected, Stood, Suite
from testing.sample_suite import sample


def lines() -> list[dict[str, Any]]:
    return [json.loads(line) for line in to_jsonl(sample()).splitlines()]


def problems(*changed: dict[str, Any] | str) -> list[Problem]:
    """What is wrong with a file of these lines."""
    written = [each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in changed]
    with pytest.raises(InvalidInput) as refused:
        read("\n".join(written), "s.jsonl")
    return list(refused.value.problems)


def wrong(*changed: dict[str, Any] | str) -> list[tuple[str, str]]:
    """The places and codes of what is wrong."""
    return [(each.path, each.code) for each in problems(*changed)]


def with_answer(said: Expected) -> Suite:
    (first, *_) = sample().tests
    return evolve(sample(), tests=(evolve(first, expected=said),))


# --- There and back


def test_what_is_read_is_what_was_written() -> None:
    """As text, as bytes, with a mark of the encoding, with empty lines."""
    text = to_jsonl(sample())
    assert read(text, "s") == sample()
    assert read(b"\xef\xbb\xbf" + text.encode(), "s") == sample()
    assert read(text.replace("\n", "\r\n\r\n"), "s") == sample()
    assert to_jsonl(read(text, "s")) == text


def test_values_keep_their_types() -> None:
    """A decimal, even a nought or one with an exponent, a number, a day, a word, a unit, nothing."""
    values = (
        Decimal("12.50"),
        Decimal(0).scaleb(-7),
        Decimal("-0.5"),
        12,
        dt.date(2025, 2, 28),
        True,
        "警告",
        "18 月",
        "2025-02-30",
        None,
    )
    suite = with_answer(Expected("answered", values=values))
    assert read(to_jsonl(suite), "s") == suite
    found = read(to_jsonl(suite), "s").tests[0].expected.values
    assert [type(each) for each in found] == [type(each) for each in values]


def test_what_stands_keeps_its_days() -> None:
    """A term without a beginning, one without an end, in hours, and one that recurs."""
    day = dt.date(2025, 1, 1)
    norms = (
        Stood("a.b", "obliged", True, due=(None, day), hours=48),
        Stood("a.c", "obliged", True, due=(day, None), every="3 months"),
        Stood("a.d", "forbidden", False, window=(day, day)),
    )
    suite = with_answer(Expected("eligible", norms=norms, gap=True, defeated=("x.y",), until=day))
    assert read(to_jsonl(suite), "s") == suite


def test_a_suite_without_tests() -> None:
    """It is one."""
    empty = Suite("0" * 64, {}, {}, ())
    assert read(to_jsonl(empty), "s") == empty


def test_the_order_of_members_is_fixed() -> None:
    """The same suite, the same bytes; and what a reader looks for first comes first."""
    head, first, *_ = lines()
    assert list(head["suite"])[:2] == ["format", "corpus"]
    assert list(first) == [
        "id",
        "question",
        "on",
        "at",
        "law_date",
        "readings",
        "case",
        "expected",
        "reasons",
        "kills",
        "citations",
    ]
    assert list(first["expected"]) == ["verdict", "values", "until", "gap", "norms", "defeated"]


# --- The schema


def test_each_line_has_the_shape_of_the_schema() -> None:
    """Of the sample, and of a suite with everything in it."""
    schema = json.loads(suite_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    for line in lines():
        validator.validate(line)


def test_the_schema_and_the_classes_know_the_same_words() -> None:
    """A criterion or a verdict that is new must be in both."""
    known = json.loads(suite_schema())["$defs"]
    assert known["criterion"]["enum"] == [each.value for each in Criterion]
    verdicts = {each.value for each in Verdict if each is not Verdict.UNDETERMINED}
    assert set(known["expected"]["properties"]["verdict"]["enum"]) == verdicts
    assert known["first"]["properties"]["suite"]["properties"]["format"]["const"] == FORMAT


@pytest.mark.parametrize(
    "member", ["id", "question", "law_date", "readings", "case", "expected", "reasons", "kills", "citations"]
)
def test_the_schema_and_the_reader_refuse_the_same(member: str) -> None:
    """A member that is missing, or of another type."""
    validator = jsonschema.Draft202012Validator(json.loads(suite_schema()))
    head, first, *rest = lines()
    without = {name: each for name, each in first.items() if name != member}
    for changed in (without, {**first, member: 1.5}, {**first, member: True}):
        assert not validator.is_valid(changed)
        assert wrong(head, changed, *rest) != []


# --- Mistakes


def test_a_line_that_was_changed_is_found() -> None:
    """The id is the digest of what is asked."""
    head, first, second, *rest = lines()
    second["case"]["摊主.年龄"] = 19
    (found,) = problems(head, first, second, *rest)
    assert (found.path, found.code) == ("/3/id", "id")
    assert found.message.zh == "s.jsonl 第 3 行：编号 cd3e4512ee1c 与所问的不符：这一行被改过"
    assert "line 3" in found.message.en


def test_every_mistake_is_told() -> None:
    """In several lines, and several in one; what follows from a mistake is not told again."""
    head, first, second, third, *rest = lines()
    del first["expected"]
    second["expected"]["verdict"] = "eligble"
    second["on"] = "2025-02-30"
    second["expected"]["norms"] = [{"norm": 1}]
    third["whatever"] = 1
    found = wrong(head, first, second, third, "{", *rest[1:])
    assert found == [
        ("/5", "json"),
        ("/2/expected", "missing"),
        ("/3/on", "date"),
        ("/3/expected/verdict", "enumeration"),
        *[(f"/3/expected/norms/0/{name}", "missing") for name in ("position", "ground", "value", "window")],
        *[(f"/3/expected/norms/0/{name}", "missing") for name in ("due", "hours", "every")],
        ("/3/expected/norms/0/norm", "type"),
        ("/4/whatever", "unknown-member"),
    ]


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("expected", "values"), [1.5], "type"),
        (("expected", "until"), "soon", "date"),
        (("expected", "gap"), 0, "type"),
        (("expected", "norms"), {}, "type"),
        (("expected", "defeated"), [1], "type"),
        (("case",), {"摊主.面积": 5.0}, "number"),
        (("case",), [], "type"),
        (("reasons",), [{"criterion": "whim", "norms": [], "zh": "", "en": ""}], "enumeration"),
        (("readings",), {"停摊起算": 1}, "type"),
        (("kills",), -1, "number"),
        (("kills",), True, "number"),
        (("citations",), {"市办法.未成年": "第一条"}, "type"),
    ],
)
def test_a_member_of_another_type(path: tuple[str, ...], value: object, code: str) -> None:
    """Each is told with its place."""
    head, first, *rest = lines()
    inner = first
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    (found,) = wrong(head, first, *rest)
    assert found[0].startswith("/".join(("", "2", *path)))
    assert found[1] == code


def test_days_are_two() -> None:
    """The first and the last."""
    head, first, *rest = lines()
    first["expected"]["norms"][0]["window"] = ["2025-01-01"]
    assert wrong(head, first, *rest) == [("/2/expected/norms/0/window", "type")]


def test_a_test_stands_once() -> None:
    """The same question twice is a mistake of whoever joined two files."""
    head, first, second, *rest = lines()
    head["suite"]["tests"] += 1
    assert wrong(head, first, second, first, *rest) == [("/4", "duplicate")]


def test_an_end_that_was_cut_off_is_found() -> None:
    """The first line says how many there are."""
    assert wrong(*lines()[:-1]) == [("/1/suite/tests", "count")]


def test_what_is_no_suite() -> None:
    """Nothing, other lines, another version: one mistake, not one for each line."""
    head, first, *_ = lines()
    assert wrong("") == [("", "empty")]
    assert wrong(first, first) == [("/1/suite/format", "format")]
    head["suite"]["format"] = "guiju-suite/2"
    assert wrong(head, first) == [("/1/suite/format", "format")]
    assert wrong("[]") == [("/1/suite/format", "format")]


def test_bytes_that_are_no_text() -> None:
    """Said with the line."""
    data = to_jsonl(sample()).encode().replace("夜间经营".encode(), b"\xff", 1)
    with pytest.raises(InvalidInput) as refused:
        read(data, "s")
    assert [(each.path, each.code) for each in refused.value.problems] == [("/7", "encoding")]


def test_the_head_is_read_strictly_too() -> None:
    """Criteria, counts, words."""
    head, *rest = lines()
    head["suite"]["counts"] = {"rule": {"total": 1, "met": "1", "infeasible": 0, "undecided": 0}, "whim": {}}
    head["suite"]["undecided"] = ["?"]
    head["suite"]["options"] = {"budget": 1.5}
    found = wrong(head, *rest)
    assert ("/1/suite/counts/rule/met", "number") in found
    assert ("/1/suite/counts/whim", "enumeration") in found
    assert ("/1/suite/undecided/0", "type") in found
    assert ("/1/suite/options/budget", "number") in found
