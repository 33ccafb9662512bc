"""A report as plain text: for a pipe, a file, a diff. The same report always gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable

from guiju.checker.finding import Report
from guiju.checker.report.layout import Line, View, report_lines


def to_text(report: Report, view: View, notes: Iterable[str] = ()) -> str:
    """``report`` in the language of ``view``, ending with a newline; ``notes`` stand before the sum."""
    return join(report_lines(report, view, notes))


def join(lines: Iterable[Line]) -> str:
    """``lines`` without their roles."""
    return "".join("".join(piece.text for piece in line).rstrip() + "\n" for line in lines)
