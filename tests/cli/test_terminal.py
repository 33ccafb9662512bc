"""The report in a terminal: the same words as in a pipe, with colours."""

from __future__ import annotations

import io

from rich.console import Console

from guiju.checker.report.layout import View, report_lines
from guiju.checker.report.text import to_text
from guiju.cli import terminal
from report_samples import CORPUS, FULL, SOURCES

VIEW = View("zh", SOURCES, CORPUS)


def shown(**settings: object) -> str:
    """What a terminal of these ``settings`` gets."""
    out = io.StringIO()
    console = Console(file=out, width=40, **settings)  # type: ignore[arg-type]  # settings of one test each
    terminal.show(report_lines(FULL, VIEW), console)
    return out.getvalue()


def test_without_colours_it_is_the_plain_text() -> None:
    """No line is broken, nothing is taken for markup."""
    assert to_text(FULL, VIEW) == "".join(f"{line.rstrip()}\n" for line in shown().splitlines())


def test_severities_have_colours() -> None:
    """Red for what must be repaired."""
    coloured = shown(force_terminal=True, color_system="standard", no_color=False)
    assert "\x1b[1;31m错误\x1b[0m" in coloured
