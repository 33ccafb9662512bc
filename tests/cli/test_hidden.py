"""Characters that nobody sees: refused in a spec, and never shown as they are."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from guiju.checker.report.layout import Piece
from guiju.cli.terminal import show
from guiju.dsl.diagnostics import render
from guiju.dsl.parser import Parser
from guiju.dsl.source import HIDDEN, Source, visible

#: Clears the screen; moves the cursor; eight bits of it; the rest is written from right to left; a new line.
HIDING = ("\x1b[2J", "\x08", "\x9b2J", "\u202e", "\u2066", "\x7f", "\x00", "\r甲", "\x85")


@pytest.mark.parametrize("hiding", HIDING)
@pytest.mark.parametrize("text", ['文件 甲 标题 "乙{}丙"\n', "法域 甲  # 乙{}\n", "法域 甲{}\n"])
def test_a_spec_has_none(text: str, hiding: str) -> None:
    """In a quotation, a comment or between words; the excerpt shows where, and does nothing."""
    source = Source("甲.gj", text.format(hiding))
    first, *_ = Parser().parse(source).diagnostics
    assert (first.code, f"U+{ord(hiding[0]):04X}" in first.message.en) == ("E101", True)
    shown = render(first, {source.name: source})
    assert HIDDEN.search(shown) is None
    excerpt, carets = shown.split("\n")[2:4]
    assert "\ufffd" in excerpt
    assert carets.strip(" |") == "^"


def test_a_file_of_nothing_else() -> None:
    """Is no text: a few are named."""
    found = Parser().parse(Source("甲.gj", "\x00" * 100_000)).diagnostics
    assert 1 <= len(found) <= 40


def test_ends_of_lines_are_no_such_characters() -> None:
    """Nor are tabs, the mark of the byte order and full-width spaces."""
    assert not Parser().parse(Source("甲.gj", "\ufeff法域 甲\r\n\t法域　乙 属 甲\r\n")).diagnostics


@given(st.text())
def test_what_is_shown_has_none(text: str) -> None:
    """Whatever a case, a certificate or a log holds; and all else is shown as it is."""
    console = Console(file=io.StringIO(), force_terminal=True, color_system=None)
    show([(Piece(text),)], console)
    assert isinstance(console.file, io.StringIO)
    assert HIDDEN.search(console.file.getvalue()) is None
    shown = visible(text)
    assert len(shown) == len(text)
    assert all(one == other or other == "\ufffd" for one, other in zip(text, shown, strict=True))
