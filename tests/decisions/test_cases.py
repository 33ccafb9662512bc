"""A case is read strictly: what is wrong is told with its place, all of it, and nothing is guessed."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.decisions.cases import Given, read
from guiju.decisions.json_input import Limits, parse
from guiju.decisions.problems import InvalidInput
from guiju.decisions.values import day
from stall_rules import stalls


def reading(data: object) -> Given:
    return read(data, stalls().declarations)


def refused(data: object) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as raised:
        reading(data)
    return [(problem.path, problem.code) for problem in raised.value.problems]


# --- What is right


def test_by_party_and_by_full_name() -> None:
    """Both say the same."""
    assert reading({"摊主": {"年龄": 18, "处罚": []}}) == reading({"摊主.年龄": 18, "摊主.处罚": []})


def test_what_is_not_given() -> None:
    """A default is taken, another fact is unknown, a record has no rows; null is unknown in any case."""
    found = reading({"摊主": {"健康证": None, "处罚": None}})
    assert found.case.facts["摊主.占道"] is False
    assert "摊主.健康证" not in found.case.facts
    assert "摊主.年龄" not in found.case.facts
    assert found.case.records == {}
    assert reading({}).case.records == {"摊主.处罚": ()}
    assert (found.facts, found.unknown) == (frozenset(), {"摊主.健康证", "摊主.处罚"})


@pytest.mark.parametrize(
    "value",
    [
        "7.25",
        "7.2500000000000000000000000000000000",
        Decimal("7.25"),
        7.25,
        {"value": "7.25", "unit": "平米"},
    ],
)
def test_an_exact_decimal(value: object) -> None:
    """As a number or a text, with its unit or without."""
    assert reading({"摊主.面积": value}).case.facts["摊主.面积"] == 725


def test_a_row_may_lack_a_field() -> None:
    """It is unknown, as is one given as null."""
    rows = [{"日子": "2024-05-01"}, {"日子": "2024-06-01", "档次": None}]
    found = reading({"摊主.处罚": rows}).case.records["摊主.处罚"]
    assert found == ({"日子": dt.date(2024, 5, 1)}, {"日子": dt.date(2024, 6, 1)})


# --- What is wrong

WRONG: list[tuple[str, object, str]] = [
    ("年龄", "18", "type"),
    ("年龄", True, "type"),
    ("年龄", [18], "type"),
    ("年龄", 18.5, "precision"),
    ("年龄", 121, "range"),
    ("年龄", -1, "range"),
    ("年龄", 10**30, "range"),
    ("年龄", Decimal("1e999999"), "range"),
    ("年龄", Decimal("1e-999999"), "precision"),
    ("年龄", float("nan"), "number"),
    ("年龄", float("inf"), "number"),
    ("年龄", {"value": 18, "unit": "月"}, "unit"),
    ("年龄", {"value": 18}, "type"),
    ("面积", "7.255", "precision"),
    ("面积", "4.0000000000000000000000000000001", "precision"),
    ("面积", Decimal("1e-1000000000"), "precision"),
    ("面积", "七", "type"),
    ("面积", "=1+1", "type"),
    ("经营", "鱼", "enumeration"),
    ("经营", 1, "enumeration"),
    ("占道", "是", "type"),
    ("占道", 1, "type"),
    ("处理日", "2025-02-30", "date"),
    ("处理日", "2025-2-3", "date"),
    ("处理日", "20250203", "date"),
    ("处理日", "2025-02-03T00:00:00", "date"),
    ("处理日", "２０２５-02-03", "date"),
    ("处理日", 45000, "date"),
    ("处理日", "1999-01-01", "range"),
    ("处罚", {}, "type"),
    ("处罚", "[]", "type"),
]


@pytest.mark.parametrize(("fact", "value", "code"), WRONG)
def test_a_wrong_value(fact: str, value: object, code: str) -> None:
    """Its place is that of the value, and what was expected is said."""
    assert refused({"摊主": {fact: value}}) == [(f"/摊主/{fact}", code)]


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        ([], [("", "type")]),
        ("x", [("", "type")]),
        ({"摊": {}}, [("/摊", "unknown-entity")]),
        ({"摊主": []}, [("/摊主", "type")]),
        ({"摊主.年岁": 1}, [("/摊主.年岁", "unknown-fact")]),
        ({"摊主": {"a/b~c": 1}}, [("/摊主/a~1b~0c", "unknown-fact")]),
        ({"摊主": {"年龄": 1}, "摊主.年龄": 1}, [("/摊主.年龄", "duplicate-key")]),
        ({"摊主.处罚": [{"日期": "2024-05-01"}]}, [("/摊主.处罚/0/日期", "unknown-field")]),
        ({"摊主.处罚": [{}, {"日子": "x"}]}, [("/摊主.处罚/1/日子", "date")]),
        ({"摊主.处罚": [1]}, [("/摊主.处罚/0", "type")]),
        ({1: 2}, [("", "type")]),
    ],
)
def test_a_wrong_shape(data: object, problems: list[tuple[str, str]]) -> None:
    """Names, parties, rows."""
    assert refused(data) == problems


def test_numbers_too_long_to_be_written() -> None:
    """As a value, and in the place of a name."""
    huge = 10**5000
    assert refused({"摊主.年龄": huge}) == [("/摊主.年龄", "range")]
    assert refused({huge: 2}) == [("", "type")]
    assert refused({"摊主": {huge: 2}}) == [("/摊主", "type")]
    assert refused({"摊主.处罚": [{huge: 2}]}) == [("/摊主.处罚/0", "type")]


def test_near_words_are_named() -> None:
    """The hint is in both languages."""
    with pytest.raises(InvalidInput) as raised:
        reading({"摊主.健康证明": True})
    (problem,) = raised.value.problems
    assert "摊主.健康证" in problem.message.zh
    assert "摊主.健康证" in problem.message.en


def test_an_input_made_of_mistakes() -> None:
    """Only the first of them are told, and reading ends there."""
    found = refused({"摊主": {f"第{n}个没有的事实": 1 for n in range(5_000)}})
    assert len(found) == 101
    assert found[-1] == ("", "too-many")


NAMES = st.text() | st.sampled_from(["摊主", "摊主.年龄", "年龄", "处罚"])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()


@given(st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner)))
def test_anything_is_a_case_or_refused(data: Any) -> None:
    """No input ends in another error."""
    with contextlib.suppress(InvalidInput):
        assert isinstance(reading(data), Given)


# --- Bytes


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"a": 1, "a": 2}', "duplicate-key"),
        (b'{"a": NaN}', "number"),
        (b'{"a": -Infinity}', "number"),
        (b'{"a": ' + b"9" * 5000 + b"}", "number"),
        (b"[" * 100 + b"]" * 100, "too-deep"),
        (b'{"a": ' * 30 + b"1" + b"}" * 30, "too-deep"),
        (b"\xff\xfe", "encoding"),
        (b'{"a": "\xd6\xd0"}', "encoding"),
        (b'{"a": "\\ud800"}', "encoding"),
        (b'[["\\ud800"]]', "encoding"),
        (b'{"\\udc00": 1}', "encoding"),
        (b"{", "json"),
        (b"", "json"),
        (b"x" * 2_000_000, "too-large"),
    ],
)
def test_bytes_that_are_refused(data: bytes, code: str) -> None:
    """What other readers silently repair is a mistake here."""
    with pytest.raises(InvalidInput) as raised:
        parse(data)
    assert [problem.code for problem in raised.value.problems] == [code]


def test_bytes_that_are_read() -> None:
    """Numbers with a point are exact; a mark at the beginning is allowed; brackets in texts are no depth."""
    assert parse("\ufeff".encode() + b'{"a": 0.10, "b": [1]}') == {"a": Decimal("0.10"), "b": [1]}
    assert parse(json.dumps({"a": "[" * 100}).encode()) == {"a": "[" * 100}
    assert parse(b'{"a": [[1]]}', Limits(depth=3)) == {"a": [[1]]}


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """As before."""
    with contextlib.suppress(InvalidInput):
        parse(data)


def test_a_day_by_itself() -> None:
    """With a horizon or without."""
    assert day("2025-02-28", "/on") == dt.date(2025, 2, 28)
    with pytest.raises(InvalidInput, match="/on"):
        day("2025-02-29", "/on")
