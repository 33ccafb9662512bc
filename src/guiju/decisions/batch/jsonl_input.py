"""JSON Lines: a case to a line, by itself or as ``{"id": …, "on": …, "at": …, "case": …}``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from attrs import define, field

from guiju.decisions.batch.request import Input
from guiju.decisions.batch.source import Line, Lines, chunked
from guiju.decisions.json_input import Limits
from guiju.decisions.problems import Problem
from guiju.dsl.source import Bilingual

_LONGEST = Limits().size


@define
class JsonLinesSource:
    """A file of JSON Lines, opened. A line's only cell is its bytes."""

    _file: BinaryIO
    header: tuple[str, ...] | None = None
    texts: bool = False
    total: int | None = None
    types: Mapping[str, object] = field(factory=dict)
    notes: tuple[Bilingual, ...] = ()

    def chunks(self) -> Iterator[Lines]:
        return chunked(self._lines(), 10_000)

    def close(self) -> None:
        self._file.close()

    def _lines(self) -> Iterator[Line]:
        number = 0
        for place, (data, whole) in enumerate(_physical(self._file), 1):
            if data.strip(b" \t\r\n"):
                number += 1
                yield Line(number, place, (data,), () if whole else (_too_long(),))


def _physical(file: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """The lines, and whether they are whole: of one that is too long only the beginning is kept."""
    while data := file.readline(_LONGEST + 1):
        whole = data.endswith(b"\n") or len(data) <= _LONGEST
        rest = data
        while not rest.endswith(b"\n") and len(rest) > _LONGEST:
            rest = file.readline(_LONGEST + 1)
        yield (data if whole else data[:1000]), whole


def opened(given: Input) -> JsonLinesSource:
    """The file that ``given`` names; raises ``OSError`` where it cannot be read."""
    return JsonLinesSource(Path(given.path).open("rb"))


def _too_long() -> Problem:
    return Problem(
        "",
        "too-large",
        Bilingual(f"一行超过 {_LONGEST} 字节", f"a line of more than {_LONGEST} bytes"),
        f"at most {_LONGEST} bytes",
    )
