"""Files that are no Word documents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.dsl.diagnostics import Diagnostic
from guiju.texts.lint.catalogue import READING
from guiju.texts.reading import Reading, read


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "S002"),
        (b" \r\n\t", "S002"),
        (b"\xef\xbb\xbf", "S002"),
        (b"%PDF-1.7\n", "S002"),
        (b"{\\rtf1 }", "S002"),
        (b"\x7fELF\x02\x01\x01", "S002"),
        (b"\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0e\x0f\x10", "S002"),
        ("第一条".encode() + b"\xff", "S001"),
    ],
)
def test_what_is_refused(data: bytes, code: str) -> None:
    """With a code, in both languages."""
    found = read("x.txt", data)
    assert isinstance(found, Diagnostic)
    assert (found.code, bool(found.message.zh), bool(found.message.en)) == (code, True, True)


def test_another_encoding_is_told() -> None:
    """And makes no difference to the text."""
    text = "第一条 摊主应当持证。\r\n第二条 完。\r\n"
    one, other = read("x.txt", text.encode()), read("x.txt", text.encode("gbk"))
    assert isinstance(one, Reading)
    assert isinstance(other, Reading)
    assert one.source == other.source
    assert [remark.code for remark in other.remarks] == ["S011"]
    assert "GB18030" in other.remarks[0].diagnostic.message.zh


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_line_ends(end: str) -> None:
    """Of every system."""
    found = read("x.txt", f"甲{end}乙{end}".encode())
    assert isinstance(found, Reading)
    assert found.source.text == "甲\n乙\n"


def test_the_byte_is_named() -> None:
    """And the line it is on."""
    found = read("x.txt", "甲甲甲甲甲甲\n乙乙乙乙".encode() + b"\xff")
    assert isinstance(found, Diagnostic)
    assert (found.place.line, "第 31 字节" in found.message.zh) == (2, True)


@given(st.binary())
def test_any_bytes(data: bytes) -> None:
    """A text or a diagnostic with a code that is documented."""
    found = read("x.txt", data)
    assert isinstance(found, Reading) or found.code in READING
