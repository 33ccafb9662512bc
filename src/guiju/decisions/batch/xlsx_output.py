"""Answers to a workbook, row by row: every cell is a text, which a spreadsheet shows and never runs."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from attrs import define, field
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from guiju.decisions.batch.output import Answered, Heading, cells, text
from guiju.decisions.batch.request import Unusable

_MOST_ROWS = 1_048_576
_LONGEST_CELL = 32_767


@define
class XlsxWriter:
    """Writes a workbook with one sheet."""

    _path: Path
    _heading: Heading
    _book: Workbook = field(init=False, factory=lambda: Workbook(write_only=True))
    _sheet: WriteOnlyWorksheet = field(init=False)
    _rows: int = field(init=False, default=0)
    _finished: bool = field(init=False, default=False)

    def __attrs_post_init__(self) -> None:
        self._sheet = self._book.create_sheet("answers")
        self._append(list(self._heading.names))

    def write(self, answered: Answered) -> None:
        if self._rows + len(answered.numbers) > _MOST_ROWS:
            raise Unusable(
                f"一张工作表最多 {_MOST_ROWS} 行，请写成 CSV 或 Parquet",
                f"a sheet has at most {_MOST_ROWS} rows: write CSV or Parquet",
            )
        with_id = self._heading.id is not None
        for number, passed, brief in zip(answered.numbers, answered.passed, answered.briefs, strict=True):
            through = (passed.id, *passed.kept) if with_id else passed.kept
            self._append([str(number), *map(text, through), *cells(brief, self._heading.full)])

    def close(self) -> None:
        self._finished = True
        with _as_system_says():
            self._book.save(self._path)

    def abandon(self) -> None:
        """Nothing is at the path before the end; the library's own file goes when the process does."""
        if not self._finished:
            self._finished = True
            with suppress(OSError), _as_system_says():
                self._sheet.close()

    def _append(self, row: list[str]) -> None:
        self._rows += 1
        with _as_system_says():
            self._sheet.append([self._cell(each) for each in row])

    def _cell(self, content: str) -> Cell:
        shown = ILLEGAL_CHARACTERS_RE.sub("", content)
        if len(shown) > _LONGEST_CELL:
            raise Unusable(
                f"一格最多 {_LONGEST_CELL} 字，请写成 JSON Lines",
                f"a cell holds at most {_LONGEST_CELL} characters: write JSON Lines",
            )
        cell = WriteOnlyCell(self._sheet, shown)
        cell.data_type = "s"  # never a formula
        return cell


@contextmanager
def _as_system_says() -> Iterator[None]:
    """Raise ``OSError`` where openpyxl writes by lxml, which says ``IO_ENOSPC`` of a full disk, and so on."""
    try:
        yield
    except Exception as error:
        if type(error).__name__ != "SerialisationError":
            raise
        name = str(error)
        raise OSError(getattr(errno, name.removeprefix("IO_"), errno.EIO), name) from error
