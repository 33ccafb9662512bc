"""Text in lines that are not too wide for a box, where a Chinese character takes two columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.dsl.diagnostics import display_width

#: What is never broken: a run of letters and digits with what closes it, or one other character with it.
_PIECE = re.compile(
    r"\s+|[\w.%-]+?(?=[^\x00-\x7f]|[^\w.%-]|$)[，。；：、）》”！？,;:)]*|.[，。；：、）》”！？,;:)]*"
)


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
