"""Text in lines that are not too wide for a box, where a Chinese character takes two columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.dsl.diagnostics import display_width

#: What is never broken: a run of letters and digits, or one other character, with what closes it.
_PIECE = re.compile(r"\s+|(?:[A-Za-z0-9_.%-]+|.)[，。；：、）】》”！？,;:)]*")


def wrapped(text: str, columns: int) -> Iterator[str]:
    """``text`` in lines of about ``columns``; punctuation never begins one."""
    line = ""
    for piece in _PIECE.findall(text):
        if line.strip() and display_width(line + piece.rstrip()) > columns:
            yield line.rstrip()
            line = piece.lstrip()
        else:
            line += piece
    if line.strip():
        yield line.rstrip()


def shortened(text: str, columns: int) -> str:
    """``text``, or the beginning of it with an ellipsis, in at most ``columns``."""
    kept = ""
    for character in text:
        if display_width(kept + character) > columns - 2:
            return text if display_width(text) <= columns else f"{kept.rstrip('，。；：、 ')}…"
        kept += character
    return text
