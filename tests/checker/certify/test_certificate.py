"""Certificates: written and read again the same; what was altered, cut or made up is not read."""

from __future__ import annotations

import datetime as dt
import json
from importlib.resources import files

import jsonschema
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from guiju.checker.certify.certificate import (
    Certificate,
    Entry,
    Options,
    Result,
    Unreadable,
    from_json,
    to_json,
)
from guiju.checker.certify.comparing import differences
from guiju.dsl.source import visible

ENGINES = {"guiju": "0", "first": "z3 5", "second": "cvc5 1", "second_budget": "7"}


def hexadecimal(length: int) -> st.SearchStrategy[str]:
    return st.text("0123456789abcdef", min_size=length, max_size=length)


#: Lines that can be shown, as all is that we write.
LINES = st.text().map(lambda text: visible(text).replace("\n", " "))


def certificates() -> st.SearchStrategy[Certificate]:
    entries = st.builds(Entry, hexadecimal(64), LINES, st.sampled_from(Result), LINES, st.booleans())
    options = st.builds(
        Options,
        st.none() | st.lists(LINES, min_size=1, max_size=2).map(tuple),
        st.none() | st.dates(),
        st.dictionaries(LINES, LINES, max_size=2),
        st.integers(1, 10**9),
    )
    return st.builds(
        Certificate,
        corpus=hexadecimal(64),
        options=options,
        engines=st.just(ENGINES),
        findings=st.lists(hexadecimal(16), max_size=3).map(tuple),
        undecided=st.lists(LINES, max_size=3).map(lambda some: tuple(sorted(some))),
        entries=st.lists(entries, max_size=4, unique_by=lambda each: each.query).map(
            lambda some: tuple(sorted(some))
        ),
    )


@given(certificates())
def test_what_is_written_is_read(certificate: Certificate) -> None:
    """In the shape that the schema says."""
    text = to_json(certificate)
    assert from_json(text) == certificate
    schema = json.loads(files("guiju.checker.certify").joinpath("certificate.schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads(text), schema)


SMALL = Certificate(
    corpus="a" * 64,
    options=Options(None, dt.date(2026, 1, 1), {}, 5),
    engines=ENGINES,
    findings=("b" * 16,),
    undecided=("甲 × 乙", "甲: dead", "甲: dead"),
    entries=(
        Entry("1" * 64, "one", Result.PROVED),
        Entry("2" * 64, "two", Result.UNKNOWN, "budget", canary=True),
    ),
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"proved": 1', '"proved": 2'),
        ('"result": "unknown"', '"result": "proved"'),
        ("1" * 64, "3" * 64),
        ("1" * 64, "1" * 63),
        ('"canary": true', '"canary": false'),
        ('"canary": true', '"canary": 1'),
        ('"rules": {', '"canaries": {}, "more": {'),
        ('"version": 1', '"version": 2'),
        ('"claims"', '"Claims"'),
        ('"2026-01-01"', '"2026-13-01"'),
        ('"about": "one"', '"about": 1'),
        ('"budget": 5', '"budget": "five"'),
        ('"budget": 5', '"budget": Infinity'),
        ('"budget": 5', '"budget": true'),
        ('"budget": 5', '"budget": 0'),
        ('"budget": 5', '"budget": -1'),
        ('"budget": 5', '"budget": 1e30'),
        ('"families": null', '"families": []'),
        ('"readings": {}', '"readings": []'),
        ('"families": null', '"families": "conflict"'),
        ('"counts"', '"Counts"'),
        ('"undecided"', '"Undecided"'),
        ('"甲 × 乙"', "1"),
        ('"甲 × 乙"', '"甲乙"'),
        ('"engines": {', '"engines": [], "more": {'),
        ("{", "", ),
        ("}", "]"),
    ],
)  # fmt: skip
def test_what_is_no_certificate(old: str, new: str) -> None:
    text = to_json(SMALL)
    assert old in text
    with pytest.raises(Unreadable) as refused:
        from_json(text.replace(old, new))
    assert refused.value.reason.zh != refused.value.reason.en


def test_what_it_says_is_one_line_that_can_be_shown() -> None:
    """Else a certificate could write over the screen what it does not prove."""
    loud = evolve(SMALL, engines={**ENGINES, "first": "z3\x1b[2J"})
    loud = evolve(loud, entries=(evolve(SMALL.entries[0], about="one\nIt is what the certificate says."),))
    found = from_json(to_json(loud))
    assert found.engines["first"] == "z3\ufffd[2J"
    assert found.entries[0].about == "one It is what the certificate says."


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        from_json(text)


def test_what_is_known_beforehand_is_counted_apart() -> None:
    """And a claim that was one of the rules and is none is another."""
    assert SMALL.counts == {Result.PROVED: 1, Result.DISAGREES: 0, Result.UNKNOWN: 1}
    assert SMALL.counts_of_rules == {Result.PROVED: 1, Result.DISAGREES: 0, Result.UNKNOWN: 0}
    assert SMALL.counts_of_canaries == {Result.PROVED: 0, Result.DISAGREES: 0, Result.UNKNOWN: 1}
    swapped = evolve(SMALL, entries=tuple(evolve(each, canary=not each.canary) for each in SMALL.entries))
    assert [(each.text.en, each.matters) for each in differences(SMALL, swapped)] == [
        ("111111111111 one: of the rules then, a canary now", True),
        ("222222222222 two: a canary then, of the rules now", True),
    ]


def test_what_differs() -> None:
    """Versions are only mentioned."""
    assert not list(differences(SMALL, SMALL))
    other = evolve(
        SMALL,
        corpus="c" * 64,
        engines={**ENGINES, "second": "cvc5 2"},
        findings=("d" * 16,),
        undecided=("丙", "甲: dead"),
        entries=(evolve(SMALL.entries[0], result=Result.DISAGREES), Entry("4" * 64, "four", Result.PROVED)),
    )
    assert [(each.text.en, each.matters) for each in differences(SMALL, other)] == [
        ("the corpus is another one: aaaaaaaaaaaa then, cccccccccccc now", True),
        ("the second solver: cvc5 1 then, cvc5 2 now", False),
        ("finding bbbbbbbbbbbbbbbb is gone", True),
        ("finding dddddddddddddddd is new", True),
        ("no longer undecided: 甲 × 乙", True),
        ("no longer undecided: 甲: dead", True),
        ("undecided now: 丙", True),
        ("111111111111 one: proved then, the solvers disagree now", True),
        ("no longer a claim: 222222222222 two", True),
        ("a new claim: 444444444444 four", True),
    ]
