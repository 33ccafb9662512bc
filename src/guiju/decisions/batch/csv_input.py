"""CSV: UTF-8 with or without a byte order mark, or GB18030; a header, then a row for each case.

Quoting is that of RFC 4180, strictly. Bytes that are no text of the encoding spoil only their own row.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from attrs import define, field

from guiju.decisions.batch.request import Input, Unusable
from guiju.decisions.batch.source import CHUNK, Line, Lines, chunked
from guiju.decisions.problems import Problem
from guiju.dsl.source import Bilingual

_LOOKED_AT = 1 << 20  # bytes from which the encoding is told
_LONGEST_CELL = 1_000_000


@define
class CsvSource:
    """A CSV file, opened: its header has been read."""

    header: tuple[str, ...]
    notes: tuple[Bilingual, ...]
    _text: io.TextIOWrapper
    _rows: _Rows
    texts: bool = True
    total: int | None = None
    types: Mapping[str, object] = field(factory=dict)

    def chunks(self) -> Iterator[Lines]:
        return chunked(self._lines(), CHUNK // 2)  # texts take more memory than columns

    def close(self) -> None:
        self._text.close()

    def _lines(self) -> Iterator[Line]:
        width = len(self.header)
        number = 0
        for place, last, cells in self._rows:
            if isinstance(cells, csv.Error):
                number += 1
                yield Line(number, place, (), (_malformed(place, last, cells),))
            elif cells:  # a blank line is no row
                number += 1
                yield Line(number, place, cells, tuple(_problems(cells, width)))


@define
class _Rows:
    """The rows of a text with their first and last lines; what is no row is given as the error."""

    _reader: Iterator[list[str]]
    _line: int = field(default=0, init=False)

    def __iter__(self) -> Iterator[tuple[int, int, list[str] | csv.Error]]:
        while True:
            first = self._line + 1
            try:
                found: list[str] | csv.Error = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                found = error
            self._line = self._reader.line_num  # type: ignore[attr-defined]  # of every csv.reader
            yield first, self._line, found


def opened(given: Input) -> CsvSource:
    """The file that ``given`` names.

    Raises:
        Unusable: It has no header, or is in no encoding that is read.
        OSError: It cannot be read.
    """
    raw = Path(given.path).open("rb")  # noqa: SIM115 - the source closes it
    try:
        encoding, notes = _encoding(raw, given)
        text = io.TextIOWrapper(raw, encoding, errors="surrogateescape", newline="")
        csv.field_size_limit(_LONGEST_CELL)
        rows = _Rows(csv.reader(text, strict=True))
        header = next((cells for _, _, cells in rows if cells), None)
        if header is None:
            raise Unusable(f"{given.path} 是空的，没有表头", f"{given.path} is empty: it has no header")
        if isinstance(header, csv.Error):
            raise Unusable(
                f"{given.path} 的表头不是 CSV：{header}", f"the header of {given.path} is no CSV: {header}"
            )
        if _is_broken(header):
            raise Unusable(
                f"{given.path} 的表头不是 {encoding} 编码", f"the header of {given.path} is not in {encoding}"
            )
        return CsvSource(tuple(name.strip() for name in header), notes, text, rows)
    except BaseException:
        raw.close()
        raise


def _encoding(raw: BinaryIO, given: Input) -> tuple[str, tuple[Bilingual, ...]]:
    """The encoding to read in, by the beginning of the file."""
    beginning = raw.read(_LOOKED_AT)
    raw.seek(0)
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unusable(
            f"{given.path} 是 UTF-16，请另存为 UTF-8", f"{given.path} is in UTF-16: save it as UTF-8"
        )
    if given.encoding != "auto":
        return ("utf-8-sig" if given.encoding == "utf-8" else given.encoding), ()
    if _decodes(beginning, "utf-8"):
        return "utf-8-sig", ()
    if _decodes(beginning, "gb18030"):
        note = Bilingual(
            "不是 UTF-8，按 GB18030 读取（--encoding 可指定）", "not UTF-8: read as GB18030 (--encoding says)"
        )
        return "gb18030", (note,)
    raise Unusable(
        f"{given.path} 既不是 UTF-8 也不是 GB18030；仍要读取请用 --encoding 指定，坏行会被拒",
        f"{given.path} is neither UTF-8 nor GB18030; --encoding reads it all the same and rejects bad rows",
    )


def _decodes(data: bytes, encoding: str) -> bool:
    """Whether ``data``, which may end within a character, is text in ``encoding``."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _problems(cells: list[str], width: int) -> Iterator[Problem]:
    if len(cells) != width:
        message = Bilingual(
            f"有 {len(cells)} 格，表头有 {width} 列", f"{len(cells)} cells under {width} columns"
        )
        yield Problem("", "cells", message, str(width))
    if _is_broken(cells):
        yield Problem(
            "", "encoding", Bilingual("有不能解码的字节", "it has bytes that are no text"), "UTF-8, GB18030"
        )


def _is_broken(cells: list[str]) -> bool:
    """Whether some bytes of a row were no text: they stand in it as halves of characters."""
    try:
        "".join(cells).encode()
    except UnicodeEncodeError:
        return True
    return False


def _malformed(first: int, last: int, error: csv.Error) -> Problem:
    return Problem(
        "",
        "csv",
        Bilingual(
            f"第 {first} 至 {last} 行不是 CSV：{error}", f"lines {first} to {last} are no CSV: {error}"
        ),
        "RFC 4180",
    )
