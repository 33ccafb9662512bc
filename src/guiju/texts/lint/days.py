"""Periods in days of which the text does not say whether they are working days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guiju.texts.lint.catalogue import noticed
from guiju.texts.lint.passages import passages
from guiju.texts.numerals import CHINESE
from guiju.texts.provisions import Part
from guiju.texts.remarks import Remark

_PERIOD = re.compile(
    rf"(?<![月年0-9{CHINESE}])(?P<n>[0-9]{{1,4}}|[{CHINESE}]{{1,5}})\s*个?(?P<unit>日|天)(?=\s*[之以]?内)"
)
#: Where a text settles the matter for all its periods.
_SETTLED: Final = re.compile(
    r"[“]?日[”]?(?:均)?(?:是|为|指|按)(?:指)?[“]?(?:工作日|自然日|日历日)|以工作日计|均为(?:工作日|自然日)"
)


def days(part: Part) -> Iterator[Remark]:
    """The bare periods of ``part``, unless it says once what a day is."""
    every = list(passages(part, annexes=False))
    if any(_SETTLED.search(p.text) for p in every):
        return
    for passage in every:
        for match in _PERIOD.finditer(passage.folded):
            shown = "".join(match[0].split())
            yield noticed(
                "S171",
                passage.place(match.start(), len(match[0])),
                f"“{shown}内”未写明是工作日还是自然日",
                f"{shown}内 does not say whether working days are meant",
            )
