"""Quotes and brackets without a partner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guiju.texts.lint.catalogue import noticed
from guiju.texts.lint.passages import Passage, passages
from guiju.texts.provisions import Part
from guiju.texts.remarks import Remark

_PARTNERS: Final = {
    ")": "(",
    "》": "《",
    "”": "“",
    "’": "‘",
    "]": "[",
    "】": "【",
    "〕": "〔",
    "〉": "〈",
    "」": "「",
    "』": "『",
}
#: ``1)`` and ``a)`` count something and close nothing.
_COUNTER = re.compile(r"(?:^|[^0-9A-Za-z])[0-9A-Za-z]{1,2}$")


def pairs(part: Part) -> Iterator[Remark]:
    """The first quote or bracket of each provision that has no partner in it."""
    for passage in passages(part, title=True):
        found = _first(passage)
        if found is not None:
            shown = passage.text[found]
            yield noticed("S164", passage.place(found), f"“{shown}”没有与之成对的", f"{shown} has no partner")


def _first(passage: Passage) -> int | None:
    opened: list[tuple[int, str]] = []
    for at, c in enumerate(passage.folded):
        if c in _PARTNERS.values():
            opened.append((at, c))
        elif c in _PARTNERS:
            if opened and opened[-1][1] == _PARTNERS[c]:
                opened.pop()
            elif not (c in ")’" and (c == "’" or _COUNTER.search(passage.folded[:at]))):
                return next((n for n, o in opened if o != _PARTNERS[c]), at)
    return opened[0][0] if opened else None
