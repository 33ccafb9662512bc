"""Progress: nothing unless wanted; several stages side by side."""

from __future__ import annotations

import sys

import pytest

from guiju.cli.progress import shown


def test_nothing_is_drawn_unless_wanted() -> None:
    """The check is then called without a function."""
    with shown(False) as advance:
        assert advance is None


def test_without_a_terminal_each_stage_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """On the error stream: the standard output belongs to the report."""
    with shown(True) as advance:
        assert advance is not None
        advance("conflict", 0, 2)
        advance("conflict", 2, 2)
        advance("gap", 0, 0)
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "conflict (2)\ngap (0)\n")


def test_in_a_terminal_bars_are_drawn(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stage of unknown length is allowed."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with shown(True) as advance:
        assert advance is not None
        advance("conflict", 2, 2)
        advance("gap", 0, 0)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "conflict" in captured.err
