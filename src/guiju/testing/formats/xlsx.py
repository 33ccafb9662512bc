"""A suite as a workbook for review: a test to a row in words, and two columns for what the drafter says.

Needs the extra ``xlsx``; imported only when a workbook is asked for. Cells hold text and nothing that a
spreadsheet would compute. A second sheet says what is covered, a hidden one keeps the suite (``kept``). What
the format records of the moment is left out: the same suite gives the same bytes.
"""

from __future__ import annotations

import enum
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from guiju.compiler.kernel import Corpus
from guiju.decisions.batch.request import Unusable
from guiju.dsl.source import Bilingual
from guiju.testing.formats import kept
from guiju.testing.formats.marks import MARKS, Judgement, Written
from guiju.testing.formats.table import Column, rows
from guiju.testing.formats.words import CRITERION, Words
from guiju.testing.suite import Suite

#: The columns in their order, with their widths in characters.
_COLUMNS: Final[dict[Column | Written, int]] = {
    Column.NUMBER: 6,
    Column.QUESTION: 18,
    Column.DAY: 12,
    Column.PLACE: 10,
    Column.READINGS: 16,
    Column.CASE: 40,
    Column.EXPECTED: 24,
    Column.GROUNDS: 46,
    Written.JUDGEMENT: 10,
    Written.REMARK: 36,
    Column.REASONS: 36,
    Column.KILLS: 10,
    Column.ID: 16,
}
_NUMBERS = (Column.NUMBER, Column.KILLS)
_FILL = PatternFill("solid", fgColor="FFF8DC")  # where the drafter writes
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_MOST_ROWS = 1_048_576
_LONGEST_CELL = 32_767
_MOMENT = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first that the archive format can hold


#: The heads of the sheet on what is covered: of the counts, of what cannot be covered, of what is not known.
_HEADS: Final = {
    "zh": (
        ("要求", "应覆盖", "已覆盖", "证明不可能", "未决"),
        ("证明不可能的", "规则", "情形", "因为"),
        ("未决的",),
    ),
    "en": (
        ("criterion", "asked for", "covered", "proved impossible", "undecided"),
        ("proved impossible", "rules", "case", "because"),
        ("undecided",),
    ),
}


class _Sheet(enum.Enum):
    TESTS = Bilingual("测试", "tests")
    COVERAGE = Bilingual("覆盖", "coverage")


def to_xlsx(suite: Suite, corpus: Corpus, lang: str) -> bytes:
    """The workbook.

    Args:
        suite: The tests.
        corpus: The declarations of its rules, for titles and units.
        lang: The language of heads, words and judgements.

    Raises:
        Unusable: There are more tests than a sheet has rows, or a text is longer than a cell may be.
    """
    if len(suite.tests) >= _MOST_ROWS:
        raise Unusable(f"一张工作表最多 {_MOST_ROWS} 行", f"a sheet has at most {_MOST_ROWS} rows")
    words = Words.of(suite, corpus, lang)
    book = Workbook()
    book.remove(book.worksheets[0])
    _tests(book.create_sheet(_Sheet.TESTS.value.in_language(lang)), suite, words)
    _coverage(book.create_sheet(_Sheet.COVERAGE.value.in_language(lang)), suite, words)
    hidden = book.create_sheet(kept.SHEET)
    for number, row in enumerate(kept.rows(kept.Kept(suite, words.titles)), 1):
        for column, piece in enumerate(row, 1):
            _write(hidden, number, column, piece)
    hidden.sheet_state = "veryHidden"
    book.properties.creator = "guiju"
    book.properties.identifier = suite.corpus
    buffer = io.BytesIO()
    book.save(buffer)
    return _timeless(buffer.getvalue())


def _tests(sheet: Worksheet, suite: Suite, words: Words) -> None:
    for place, (column, width) in enumerate(_COLUMNS.items(), 1):
        _write(sheet, 1, place, column.value.in_language(words.lang)).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = width
    last = 1
    for last, row in enumerate(rows(suite, words), 2):
        for place, column in enumerate(_COLUMNS, 1):
            if isinstance(column, Written):
                _write(sheet, last, place, "").fill = _FILL
            elif column in _NUMBERS:
                _laid_out(sheet, last, place).value = int(row.cells[column][0])
            else:
                _write(sheet, last, place, "\n".join(row.cells[column]))
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_COLUMNS))}{last}"
    if last > 1:
        _choice(sheet, last, words)
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _choice(sheet: Worksheet, last: int, words: Words) -> None:
    """A judgement is one of three words, offered as a list."""
    offered = [words.view.word(MARKS[each]) for each in Judgement]
    choice = DataValidation(type="list", formula1=f'"{",".join(offered)}"', allow_blank=True)
    choice.showErrorMessage = choice.showInputMessage = True
    choice.promptTitle = Written.JUDGEMENT.value.in_language(words.lang)
    choice.prompt = words.say("预期的答案对吗？", "is the expected answer right?")
    choice.error = words.say(f"请填 {'、'.join(offered)}", f"one of {', '.join(offered)}")
    letter = get_column_letter(list(_COLUMNS).index(Written.JUDGEMENT) + 1)
    choice.add(f"{letter}2:{letter}{last}")
    sheet.add_data_validation(choice)


def _coverage(sheet: Worksheet, suite: Suite, words: Words) -> None:
    for number, (cells, bold) in enumerate(_covered(suite, words), 1):
        for place, content in enumerate(cells, 1):
            if isinstance(content, int):
                cell = _laid_out(sheet, number, place)
                cell.value = content
            else:
                cell = _write(sheet, number, place, content)
            cell.font = Font(bold=bold)
    for letter, width in zip("ABCDE", (38, 30, 40, 40, 12), strict=True):
        sheet.column_dimensions[letter].width = width


def _covered(suite: Suite, words: Words) -> Iterator[tuple[Sequence[str | int], bool]]:
    """The rows on what is covered, what cannot be, what is not known; whether each is a head."""
    counts, impossible, undecided = _HEADS[words.lang]
    yield counts, True
    for criterion, count in suite.counts.items():
        named = words.view.word(CRITERION[criterion])
        yield (named, count.total, count.met, count.infeasible, count.undecided), False
    if suite.infeasible:
        yield (), False
        yield impossible, True
        for each in suite.infeasible:
            said = (CRITERION[each.criterion], each.text, each.because)
            named, case, because = (words.view.word(one) for one in said)
            yield (named, "\n".join(each.norms), case, because), False
    if suite.undecided:
        yield (), False
        yield undecided, True
        for text in suite.undecided:
            yield (words.view.word(text),), False


def _write(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Put ``text`` into a cell, as text."""
    shown = ILLEGAL_CHARACTERS_RE.sub("", text)
    if len(shown) > _LONGEST_CELL:
        raise Unusable(
            f"一格最多 {_LONGEST_CELL} 字，请写成 JSON Lines",
            f"a cell holds at most {_LONGEST_CELL} characters: write JSON Lines",
        )
    cell = _laid_out(sheet, row, column)
    if shown:
        cell.value = shown
        cell.data_type = "s"  # never a formula
    return cell


def _laid_out(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    cell.alignment = _WRAPPED
    return cell


def _timeless(data: bytes) -> bytes:
    """The same archive without times of writing."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry.filename)
            if entry.filename == "docProps/core.xml":
                content = _MOMENT.sub(b"", content)
            new.writestr(zipfile.ZipInfo(entry.filename, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
