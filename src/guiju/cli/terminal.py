"""A report in colour, for a terminal: the same lines as the plain text, each role in its style."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from rich.console import Console
from rich.text import Text

from guiju.checker.report.layout import Line

STYLES: Final[Mapping[str, str]] = {
    "error": "bold red",
    "warning": "bold yellow",
    "info": "bold blue",
    "undecided": "bold magenta",
    "code": "bold",
    "message": "bold",
    "provision": "cyan",
    "place": "underline",
    "gutter": "blue",
    "caret": "bold red",
    "label": "bold",
    "value": "green",
    "dim": "dim",
}


def show(lines: Iterable[Line], console: Console | None = None) -> None:
    """Print ``lines``; NO_COLOR and a dumb terminal are respected."""
    console = console or Console()
    for line in lines:
        text = Text.assemble(*((piece.text, STYLES.get(piece.role, "")) for piece in line))
        console.print(text, soft_wrap=True, highlight=False, markup=False)
