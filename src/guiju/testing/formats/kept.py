"""What a workbook keeps of its suite in a hidden sheet, so that it can be told what the marks are about.

The first cell names the format and the titles of instruments; each row below is a line of the suite as JSON
Lines, cut into cells, since a cell has an end. It is all ASCII: no program writes that back otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from guiju.decisions.json_input import Limits, parse_text
from guiju.decisions.problems import InvalidInput, Mistakes, Problem
from guiju.dsl.source import Bilingual
from guiju.testing.formats import jsonl
from guiju.testing.formats.members import Spot, members, named, text
from guiju.testing.suite import Suite

#: The name of the sheet.
SHEET: Final = "guiju"

FORMAT: Final = "guiju-review/1"

_LONGEST = 30_000
_LIMITS = Limits(size=1_000_000, depth=4)


@frozen
class Kept:
    """The suite that a workbook was made from, and the titles of its instruments, by their names."""

    suite: Suite
    titles: Mapping[str, str]


def rows(kept: Kept) -> Iterator[list[str]]:
    """The cells of the sheet."""
    yield [json.dumps({"format": FORMAT, "titles": dict(kept.titles)})]
    for line in jsonl.to_jsonl(kept.suite).splitlines():
        plain = json.dumps(json.loads(line))
        yield [plain[start : start + _LONGEST] for start in range(0, len(plain), _LONGEST)]


def read(cells: Iterable[Sequence[object]]) -> Kept:
    """What ``rows`` wrote.

    Raises:
        InvalidInput: It is not that any more.
    """
    lines = ["".join(str(cell) for cell in row if cell is not None) for row in cells]
    mistakes = Mistakes()
    said = Bilingual(f"隐藏的工作表 {SHEET}：", f"the hidden sheet {SHEET}: ")
    head = members(
        _parsed(lines[0] if lines else "", said), Spot(said, (SHEET,), mistakes), ("format", "titles")
    )
    written = head.take("format", text)
    titles = head.take("titles", named(text))
    mistakes.refuse()
    if written != FORMAT:
        message = Bilingual(f"{said.zh}格式“{written}”不能读", f"{said.en}the format {written} is not known")
        raise InvalidInput([Problem(f"/{SHEET}", "format", message, FORMAT)])
    return Kept(jsonl.read("\n".join(lines[1:]), SHEET), titles)


def _parsed(line: str, said: Bilingual) -> object:
    try:
        return parse_text(line, _LIMITS)
    except InvalidInput as error:
        found = error.problems[0]
        message = Bilingual(said.zh + found.message.zh, said.en + found.message.en)
        raise InvalidInput([Problem(f"/{SHEET}", found.code, message, FORMAT)]) from error
