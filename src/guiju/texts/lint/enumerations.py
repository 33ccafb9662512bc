"""The same element twice in one enumeration: A、B、C、A."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guiju.texts.lint.catalogue import noticed
from guiju.texts.lint.passages import passages
from guiju.texts.provisions import Part
from guiju.texts.remarks import Remark

#: A run of elements without any other punctuation; titles and quotes are elements as they are.
_RUN = re.compile(r"[^，。；：！？,;:()\n、]+(?:、[^，。；：！？,;:()\n、]+){2,}")
#: The last element carries what is common to all: …、金属、矿山、金属企业.
_COMMON = re.compile("等|企业|行业|领域|单位|项目|作业|活动")
_SHORTEST: Final = 2


def enumerations(part: Part) -> Iterator[Remark]:
    """The elements that ``part`` lists twice."""
    for passage in passages(part, annexes=False):
        for match in _RUN.finditer(passage.folded):
            offset = match.start()
            seen: list[str] = []
            elements = match[0].split("、")
            for n, written in enumerate(elements):
                element = written.strip()
                again = _again(element, seen, last=n == len(elements) - 1)
                if again is not None:
                    start = offset + written.index(element)
                    yield noticed(
                        "S172",
                        passage.place(start, len(again)),
                        f"“{again}”在并列中出现两次",
                        f"{again} is twice in one enumeration",
                    )
                seen.append(element)
                offset += len(written) + 1


def _again(element: str, seen: list[str], last: bool) -> str | None:
    """The element before that ``element`` repeats; the first one has words before it, the last one behind."""
    for n, before in enumerate(seen):
        if len(before) < _SHORTEST:
            continue
        if before == element or (n == 0 and len(element) >= _SHORTEST and before.endswith(element)):
            return element
        apart = 0 < n < len(seen) - 1  # 机构、机构人员 is no repetition
        if last and apart and element.startswith(before) and _COMMON.match(element, len(before)):
            return before
    return None
