"""Whether the numbers of provisions follow each other, read off the citations of an instrument's contents.

``第八条(一)3`` stands under ``第八条(一)``; only neighbours under one provision, counted in one way, are
compared: 第二条 with 第一条, (二) with (一), 附件2 with 附件1. A series that does not begin with one
is an excerpt, and skips as it likes.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Sequence

from guiju.dsl.resolve.coverage import normalised
from guiju.texts import numerals

_NUMBER = f"[{numerals.CHINESE}0-9]+"
#: A step of a citation: the words before a number, the number, the words after it.
_STEP = re.compile(rf"(第|附件|附|\(|)({_NUMBER}|[{numerals.CIRCLED}])(条之|条|款|项|目|章|节|\)|\.|、|)")


class Break(enum.Enum):
    SKIPS = "skips"
    GOES_BACK = "goes back"


def breaks(contents: Sequence[str]) -> Iterator[tuple[str, str, Break]]:
    """Each pair of neighbours whose numbers do not follow each other, and how."""
    last: dict[tuple[str, str], tuple[str, int]] = {}
    excerpts: set[tuple[str, str]] = set()
    for citation in contents:
        for above, way, number, here in _steps(citation):
            series = (above, way)
            before = last.get(series)
            last[series] = (here, number)
            if before is None and number != 1:
                excerpts.add(series)
            if before is None or before[1] == number or series in excerpts:
                continue
            if number > before[1] + 1:
                yield before[0], here, Break.SKIPS
            elif number < before[1]:
                yield before[0], here, Break.GOES_BACK


def _steps(citation: str) -> Iterator[tuple[str, str, int, str]]:
    """For each number in a citation: what it stands under, how it is counted, itself, the citation so far."""
    text = normalised(citation)
    at = 0
    while (match := _STEP.match(text, at)) is not None:
        number = numerals.value(match[2])
        if number is None:
            return
        way = f"{match[1]}{'一' if match[2][0] in numerals.CHINESE else '1'}{match[3]}"
        yield text[:at], way, number, text[: match.end()]
        at = match.end()
