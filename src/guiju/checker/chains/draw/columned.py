"""Cells of text side by side, where a Chinese character takes two columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from guiju.checker.chains.draw.lines import wrapped
from guiju.checker.report.layout import Line, Piece
from guiju.dsl.diagnostics import display_width

_NARROWEST = 70
_GAP = "  "
_OUT = 2  # punctuation never begins a line: it may stand out by this much


def widths(shares: Sequence[int], columns: int) -> list[int]:
    """The width of each column of a page of ``columns``, by its share."""
    room = max(columns, _NARROWEST) - 2 - len(_GAP) * (len(shares) - 1)
    return [room * share // sum(shares) for share in shares]


def row(cells: Sequence[str], widths: Sequence[int], role: str = "") -> Iterator[Line]:
    """The lines of a row; a cell may have several lines itself."""
    folded = [
        [line for part in cell.split("\n") for line in wrapped(part, width - _OUT)]
        for cell, width in zip(cells, widths, strict=True)
    ]
    for parts in zip_longest(*folded, fillvalue=""):
        padded = [
            f"{part}{' ' * (width - display_width(part))}" for part, width in zip(parts, widths, strict=True)
        ]
        yield (Piece("  "), Piece(_GAP.join(padded), role))
