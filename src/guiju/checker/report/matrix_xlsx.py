"""A comparison as a spreadsheet: every topic in one sheet of provisions, one of relations, one of notes.

Needs the extra ``xlsx``; imported only when a spreadsheet is asked for. Cells hold text and nothing that a
spreadsheet would compute. What the format records of the moment is left out: the same input gives the same
bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from guiju.checker.report.matrix_tables import Table, Tables

_NAMES = {
    "zh": ("规定", "关系", "说明", "问题"),
    "en": ("provisions", "relations", "notes", "topic"),
}
_WIDEST = 60
_MOMENT = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first that the archive format can hold


def to_xlsx(pages: Sequence[Tables], lang: str) -> bytes:
    """The workbook, in the language that ``pages`` are in."""
    provisions, relations, notes, topic = _NAMES[lang]
    book = Workbook()
    book.remove(book.worksheets[0])
    _fill(book.create_sheet(provisions), topic, [(p.title, p.provisions) for p in pages])
    _fill(book.create_sheet(relations), topic, [(p.title, p.relations) for p in pages])
    said = [(p.title, Table((notes,), tuple((note,) for note in p.notes))) for p in pages]
    _fill(book.create_sheet(notes), topic, said)
    buffer = io.BytesIO()
    book.save(buffer)
    return _timeless(buffer.getvalue())


def _fill(sheet: Worksheet, topic: str, tables: Sequence[tuple[str, Table]]) -> None:
    """One header, then the rows of all tables with their topic: a reader filters by any column."""
    header = tables[0][1].header if tables else ()
    rows = [(topic, *header), *((title, *row) for title, table in tables for row in table.rows)]
    for number, cells in enumerate(rows, 1):
        for column, text in enumerate(cells, 1):
            cell = sheet.cell(number, column)
            assert isinstance(cell, Cell)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
            cell.data_type = "s"  # never a formula
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 1:
                cell.font = Font(bold=True)
    for column in range(1, len(rows[0]) + 1):
        longest = max(_width(row[column - 1]) for row in rows)
        sheet.column_dimensions[get_column_letter(column)].width = min(longest, _WIDEST) + 2
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(rows[0]))}{len(rows)}"


def _width(text: str) -> int:
    return max(sum(1 if c.isascii() else 2 for c in line) for line in text.split("\n"))


def _timeless(data: bytes) -> bytes:
    """The same archive without times of writing."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in _names(old):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MOMENT.sub(b"", content)
            new.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _names(archive: zipfile.ZipFile) -> Iterable[str]:
    return (entry.filename for entry in archive.infolist())
