"""Bytes to characters: what is read, and what is refused rather than guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.texts.encodings import Decoded, Undecodable, decode
from market_texts import PLAN, RULES


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
    ],
)
@pytest.mark.parametrize("text", [RULES, PLAN])
def test_the_same_text_in_every_encoding(text: str, codec: str, encoding: str) -> None:
    """With a byte order mark or without."""
    found = decode(text.encode(codec))
    assert isinstance(found, Decoded)
    assert (found.text.removeprefix("\ufeff"), found.encoding) == (text, encoding)


@pytest.mark.parametrize("codec", ["big5", "shift-jis", "euc-jp", "euc-kr"])
def test_another_encoding_never_becomes_gibberish(codec: str) -> None:
    """What GB18030 would make of it is no ordinary Chinese."""
    assert isinstance(decode(RULES.encode(codec, "ignore")), Undecodable)


def test_damaged_utf8_is_said_to_be_that() -> None:
    """With the offset of the first bad byte."""
    data = RULES.encode()
    found = decode(data[:100] + b"\xff" + data[101:])
    assert isinstance(found, Undecodable)
    assert found.offset in range(98, 101)
    assert "UTF-8" in found.zh
    assert "damaged" in found.en


@given(st.binary())
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    """Nothing is raised, and the offset is inside the data."""
    found = decode(data)
    assert isinstance(found, Decoded) or 0 <= found.offset <= len(data)


@given(st.text())
def test_valid_utf8_is_utf8(text: str) -> None:
    """Whatever else it might be."""
    data = text.encode("utf-8", "ignore")
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        found = decode(data)
        assert isinstance(found, Decoded)
        assert found.encoding == "utf-8"
