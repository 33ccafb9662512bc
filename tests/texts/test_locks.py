"""Locks: no text in them, and nothing read from them without looking."""

from __future__ import annotations

import json
import re

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from guiju.dsl.diagnostics import Diagnostic
from guiju.texts.locks import Lock, from_json, lock, to_json
from market_texts import RULES, TWO, cut


def made(text: str = RULES) -> Lock:
    found = cut(text)
    return lock(found, found.parts[0])


def test_a_lock_is_read_as_it_is_written() -> None:
    """With every digest."""
    assert from_json("x", to_json({"甲": made()}).encode()) == {"甲": made()}


def test_no_word_of_the_text_is_in_it() -> None:
    """Only labels and digests."""
    text = to_json({"甲": made()})
    chinese = set(re.findall("[一-鿿]+", text)) - {"甲"}
    assert all(re.fullmatch("(第[一二三四五][条款章])+|附件(目录)?|[一二三四五]", word) for word in chinese)


def test_the_notice_is_locked_with_each_instrument() -> None:
    """It says of each what it is."""
    assert [label for label in made(TWO).provisions if label.startswith("通知")] == ["通知"]


def test_the_number_of_a_provision_is_not_in_its_digest() -> None:
    """So that it can be found again when it is renumbered."""
    one, other = made(RULES), made(RULES.replace("第二条", "第三条"))
    assert one.provisions["第二条"] == other.provisions["第三条"]


def test_what_a_website_adds_makes_no_difference() -> None:
    """Nor do widths and spaces."""
    body = "夜市办法\n第一条 甲，１０日。\n"
    assert made(body) == made(body.replace("１０", "10") + "\n（公开方式：主动公开）\n")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"format": 1, "splitter": 1, "instruments": []}',
        b'{"format": 1, "splitter": 1, "instruments": {"a": {}}}',
        b'{"format": 1, "splitter": 1, "instruments": {"a": {"title": "x", "whole": "y", "provisions": {}}}}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_lock(content: bytes) -> None:
    """Never an exception."""
    found = from_json("x", content)
    assert isinstance(found, Diagnostic)
    assert found.code == "S021"


@given(st.binary())
def test_any_bytes_are_a_lock_or_a_diagnostic(content: bytes) -> None:
    """For any content."""
    found = from_json("x", content)
    assert isinstance(found, Diagnostic | dict)


def test_a_lock_of_another_version_is_not_compared() -> None:
    """Its labels may mean other things."""
    document = json.loads(to_json({"甲": made()}))
    document["splitter"] += 1
    found = from_json("x", json.dumps(document).encode())
    assert isinstance(found, Diagnostic)
    assert found.code == "S022"


def test_a_changed_digest_is_noticed() -> None:
    """The digest of the whole hangs on every one."""
    assert evolve(made(), whole="0" * 16) != made()
    assert made(RULES.replace("盲道", "车道")).whole != made().whole
