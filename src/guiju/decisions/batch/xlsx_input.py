"""A workbook: the first row of a sheet is the header. Formulas are never computed: such a cell is refused.

What a spreadsheet computed last may be out of date, so that is not taken either. Needs the extra ``xlsx``.
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import define, field
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from guiju.decisions.batch.request import Input, Unusable
from guiju.decisions.batch.source import Line, Lines, chunked
from guiju.decisions.problems import Problem, pointer
from guiju.dsl.diagnostics import did_you_mean
from guiju.dsl.source import Bilingual


@define
class XlsxSource:
    """A sheet, opened: its header has been read."""

    header: tuple[str, ...]
    _book: Any
    _rows: Iterator[tuple[int, tuple[Any, ...]]]
    texts: bool = False
    total: int | None = None
    types: Mapping[str, object] = field(factory=dict)
    notes: tuple[Bilingual, ...] = ()

    def chunks(self) -> Iterator[Lines]:
        return chunked(self._lines(), 10_000)

    def close(self) -> None:
        self._book.close()

    def _lines(self) -> Iterator[Line]:
        width = len(self.header)
        number = 0
        for place, cells in self._rows:
            values = [_plain(cell.value) for cell in cells[:width]]
            beyond = [c for c in cells[width:] if c.value is not None]
            if all(value is None for value in values) and not beyond:
                continue  # an empty row is none
            number += 1
            problems = [
                p for i, cell in enumerate(cells[:width]) for p in _bad(cell, self.header[i], i, place)
            ]
            if beyond:
                message = Bilingual("表头之外还有内容", "there is something right of the header")
                problems.append(Problem("", "cells", message, str(width)))
            yield Line(number, place, values + [None] * (width - len(values)), tuple(problems))


def opened(given: Input) -> XlsxSource:
    """The sheet that ``given`` names.

    Raises:
        Unusable: It is no workbook, has no such sheet, or no header.
        OSError: It cannot be read.
    """
    with given.path.open("rb"):  # what cannot be read is no damaged workbook
        pass
    with _whole(given.path), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that do not matter here
        book = load_workbook(given.path, read_only=True, data_only=False, keep_links=False)
    names = [sheet.title for sheet in book.worksheets]
    if given.sheet is not None and given.sheet not in names:
        hint = did_you_mean(given.sheet, names)
        raise Unusable(
            f"没有工作表“{given.sheet}”。{hint.zh if hint else '已有：' + '、'.join(names)}",
            f"there is no sheet {given.sheet}; {hint.en if hint else 'known: ' + ', '.join(names)}",
        )
    sheet = book[given.sheet] if given.sheet is not None else book.worksheets[0]
    sheet.reset_dimensions()  # some programs write wrong ones
    rows = enumerate(_read(sheet, given.path), 1)
    first = next(rows, None)
    names_ = [] if first is None else [_name(cell) for cell in first[1]]
    while names_ and not names_[-1]:
        names_.pop()
    if not names_:
        book.close()
        raise Unusable(f"{given.path} 的第一行没有表头", f"the first row of {given.path} has no header")
    return XlsxSource(tuple(names_), book, rows)


def _read(sheet: Any, path: Path) -> Iterator[tuple[Any, ...]]:
    """The rows of ``sheet``, which is read as they are asked for."""
    rows = iter(sheet.iter_rows())
    while True:
        with _whole(path):
            row = next(rows, None)
        if row is None:
            return
        yield row


@contextmanager
def _whole(path: Path) -> Iterator[None]:
    """Raise ``Unusable`` for whatever the library stumbles over in a file that is damaged."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        raise Unusable(
            f"{path} 不是 XLSX 工作簿，或已损坏", f"{path} is no XLSX workbook, or is damaged"
        ) from error


def _name(cell: Any) -> str:
    return "" if cell.value is None or cell.data_type == "f" else str(cell.value).strip()


def _plain(value: object) -> object:
    """A cell's value; a formula is its text, which is shown and goes nowhere else."""
    if isinstance(value, bool | int | float | str | dt.date | None):
        return value
    return getattr(value, "text", None) or str(value)


def _bad(cell: Any, name: str, index: int, place: int) -> Iterator[Problem]:
    """What is wrong with a cell whatever is expected there."""
    kinds = {
        "f": ("formula", "是公式，不计算也不采用", "is a formula: it is neither computed nor taken"),
        "e": ("cell-error", "是错误值", "is an error value"),
    }
    found = kinds.get(cell.data_type) if cell.value is not None else None
    if found is not None:
        code, zh, en = found
        at = f"{get_column_letter(index + 1)}{place}"
        yield Problem(pointer("cells", name), code, Bilingual(f"{at} {zh}", f"{at} {en}"), "a plain value")
