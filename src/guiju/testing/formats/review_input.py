"""A workbook that comes back from a drafter: the marks in it, read strictly, each mistake with its cell.

Rows may have been sorted, filtered or left out, and columns moved: a test is known by its id, a column by its
head in either language. Needs the extra ``xlsx``.
"""

from __future__ import annotations

import io
import unicodedata
import warnings
from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import frozen
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from guiju.decisions.problems import InvalidInput, Mistakes, Problem
from guiju.dsl.source import Bilingual
from guiju.testing.formats import kept
from guiju.testing.formats.kept import Kept
from guiju.testing.formats.marks import MARKS, Judgement, Mark, Written
from guiju.testing.formats.members import Spot
from guiju.testing.formats.table import Column

_Places = Mapping[Column | Written, int]

_NEEDED: Final = (Column.ID, Written.JUDGEMENT, Written.REMARK)


@frozen
class Marked:
    """A workbook as it came back: the suite that it was made from, and what was said of its tests."""

    kept: Kept
    marks: tuple[Mark, ...]


@frozen
class _Cell:
    """What stands in a cell; ``odd``: a formula or an error, which is no plain text."""

    whole: str
    odd: bool

    @property
    def text(self) -> str:
        """The same without space around."""
        return self.whole.strip()


_EMPTY = _Cell("", False)


def read_review(data: bytes, name: str) -> Marked:
    """The marks in a workbook that ``xlsx`` made.

    Args:
        data: The workbook.
        name: What to call the file in messages.

    Raises:
        InvalidInput: With every mistake and its cell: ``/测试/I5``.
    """
    sheets = _sheets(data, name)
    hidden = sheets.pop(kept.SHEET, None)
    if hidden is None:
        message = Bilingual(
            f"{name} 不是 guiju 生成的审阅表：没有隐藏的工作表 {kept.SHEET}",
            f"{name} is no workbook of guiju for review: it has no hidden sheet {kept.SHEET}",
        )
        raise InvalidInput([Problem("", "sheet", message)])
    about = kept.read([cell.whole for cell in row] for row in hidden)
    mistakes = Mistakes()
    for title, rows in sheets.items():
        heads = [_normal(cell.text) for cell in rows[0]] if rows else []
        if any(_is(head, Column.ID) for head in heads):
            sheet = _Sheet(name, title, rows, mistakes)
            marks = sheet.marks({test.id for test in about.suite.tests})
            mistakes.refuse()
            return Marked(about, marks)
    message = Bilingual(
        f"{name} 没有一张工作表带有列“{Column.ID.value.zh}”",
        f"no sheet of {name} has a column {Column.ID.value.en}",
    )
    raise InvalidInput([Problem("", "column", message, "/".join((Column.ID.value.zh, Column.ID.value.en)))])


@frozen
class _Sheet:
    """The sheet with the marks."""

    file: str
    title: str
    rows: list[list[_Cell]]
    mistakes: Mistakes

    def marks(self, known: Iterable[str]) -> tuple[Mark, ...]:
        """What stands in each row; ``known``: the ids of the tests."""
        columns = self._columns()
        if columns is None:
            return ()
        ids = frozenset(known)
        found: dict[str, Mark] = {}
        for number in range(2, len(self.rows) + 1):
            mark = self._mark(number, columns, ids)
            if mark is None:
                continue
            first = found.setdefault(mark.test, mark)
            if first is not mark:
                self._at(columns[Column.ID], number).wrong(
                    "duplicate", f"第 {first.row} 行已标注同一测试", f"row {first.row} marks the same test"
                )
        return tuple(found.values())

    def _columns(self) -> _Places | None:
        """Where the columns are; None: not all are there."""
        heads = [_normal(cell.text) for cell in self.rows[0]]
        found: dict[Column | Written, int] = {}
        for column in _NEEDED:
            places = [place for place, head in enumerate(heads) if _is(head, column)]
            zh, en = column.value.zh, column.value.en
            if len(places) == 1:
                found[column] = places[0]
            elif places:
                self._at(places[1], 1).wrong("column", f"第二个列“{zh}”", f"a second column {en}")
            else:
                spot = self._at(len(heads), 1)
                spot.wrong("column", f"缺少列“{zh}”", f"there is no column {en}", f"{zh}/{en}")
        return found if len(found) == len(_NEEDED) else None

    def _mark(self, number: int, columns: _Places, known: frozenset[str]) -> Mark | None:
        """What is said in a row; None: nothing, or something is wrong with it."""
        row = self.rows[number - 1]
        cells = {column: row[place] if place < len(row) else _EMPTY for column, place in columns.items()}
        id_, judged, remark = (cells[column] for column in _NEEDED)
        if not judged.text and not remark.text:
            return None
        before = len(self.mistakes.found)
        for column, cell in cells.items():
            if cell.odd:
                self._at(columns[column], number).wrong(
                    "formula", "是公式或者错误值，不采用", "is a formula or an error: it is not taken", "text"
                )
        if id_.text not in known and not id_.odd:
            spot = self._at(columns[Column.ID], number)
            hint = self.mistakes.hint(id_.text, known)
            zh = f"没有编号为“{id_.text}”的测试。{hint.zh}".rstrip("。")
            spot.wrong("unknown-test", zh, f"there is no test {id_.text or '(empty)'}{hint.en}")
        judgement = _JUDGED.get(_normal(judged.text))
        if judgement is None and not judged.odd:
            self._unjudged(self._at(columns[Written.JUDGEMENT], number), judged.text)
        if judgement is None or len(self.mistakes.found) > before:
            return None
        return Mark(id_.text, judgement, remark.text, number)

    def _unjudged(self, spot: Spot, text: str) -> None:
        if text:
            zh, en = f"“{text}”不是结论", f"{text} is no judgement"
        else:
            zh, en = "写了意见，没有写结论", "there is a remark and no judgement"
        words = [*(each.zh for each in MARKS.values()), *(each.en for each in MARKS.values())]
        spot.wrong("judgement", zh, en, ", ".join(words))

    def _at(self, column: int, row: int) -> Spot:
        cell = f"{get_column_letter(column + 1)}{row}"
        said = Bilingual(f"{self.file} {cell}：", f"{self.file}, {cell}: ")
        return Spot(said, (self.title, cell), self.mistakes)


def _normal(text: str) -> str:
    """``text`` in one spelling: full width as half width, no capitals, no space around."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


_JUDGED: Final[Mapping[str, Judgement]] = {
    _normal(word): judgement for judgement, words in MARKS.items() for word in (words.zh, words.en)
}


def _is(head: str, column: Column | Written) -> bool:
    return head in (_normal(column.value.zh), _normal(column.value.en))


def _sheets(data: bytes, name: str) -> dict[str, list[list[_Cell]]]:
    """All cells, by sheet.

    Raises:
        InvalidInput: It is no workbook.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that do not matter here
            book = load_workbook(io.BytesIO(data), data_only=False, keep_links=False)
            return {
                sheet.title: [[_read(cell) for cell in row] for row in sheet.iter_rows()]
                for sheet in book.worksheets
            }
    except Exception as error:  # of a damaged file the library raises whatever it stumbles over
        message = Bilingual(f"{name} 不是 XLSX 工作簿", f"{name} is no XLSX workbook")
        raise InvalidInput([Problem("", "xlsx", message, "XLSX")]) from error


def _read(cell: Any) -> _Cell:
    return _Cell("" if cell.value is None else str(cell.value), cell.data_type in ("f", "e"))
