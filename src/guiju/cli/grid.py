"""A comparison in a terminal: the provisions of each instrument in columns that hold wide characters too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest

from guiju.checker.report.layout import Line, Piece
from guiju.checker.report.matrix_tables import Table, Tables
from guiju.cli.bilingual import width, wrapped

#: How wide a page is that no terminal shows.
PIPE = 100

_NARROWEST = 60
_GAP = "  "
_OUT = 2  # a full stop never begins a line: it may stand out by this much


def lines(pages: Iterable[Tables], columns: int, lang: str) -> Iterator[Line]:
    """Every line of ``pages`` for a terminal of ``columns`` columns."""
    columns = max(columns, _NARROWEST)
    for number, page in enumerate(pages):
        if number:
            yield ()
        yield (Piece(page.title, "message"),)
        yield from _provisions(page.provisions, columns)
        yield from _relations(page.relations, columns, lang)
        for note in page.notes:
            yield ()
            yield from _block(note, "", columns, "dim")


def _provisions(table: Table, columns: int) -> Iterator[Line]:
    """Under a line for each instrument, what it says: citation, position and condition side by side."""
    inner = [row[table.keys :] for row in table.rows]
    widths = _widths([table.header[table.keys :], *inner], columns - 2)
    for keys, rows in groupby(table.rows, lambda row: row[: table.keys]):
        yield ()
        territory, title, *rest = keys
        yield (Piece(territory, "label"), Piece(_GAP), Piece(title, "provision"))
        for said in rest:
            yield from _block(said, "  ", columns, "dim")
        yield from _row(table.header[table.keys :], widths, "dim")
        for row in rows:
            yield from _row(row[table.keys :], widths)


def _relations(table: Table, columns: int, lang: str) -> Iterator[Line]:
    colon = "：" if lang == "zh" else ": "
    for one, other, kind, why in table.rows:
        yield ()
        yield from _block(f"{one} × {other}", "", columns, "provision")
        first, *rest = why.split("\n")
        yield from _block(f"{kind}{colon}{first}", "  ", columns)
        for said in rest:
            yield from _block(said, "  ", columns)


def _row(cells: Sequence[str], widths: Sequence[int], role: str = "") -> Iterator[Line]:
    folded = [
        [line for part in cell.split("\n") for line in wrapped(part, w - _OUT)]
        for cell, w in zip(cells, widths, strict=True)
    ]
    for parts in zip_longest(*folded, fillvalue=""):
        padded = [f"{part}{' ' * (w - width(part))}" for part, w in zip(parts, widths, strict=True)]
        yield (Piece("  "), Piece(_GAP.join(padded), role))


def _widths(rows: Sequence[Sequence[str]], columns: int) -> list[int]:
    """The first column as wide as it needs, up to a quarter; the others share what is left by their need."""
    needs = [
        max(width(line) for row in rows for line in row[i].split("\n")) + _OUT for i in range(len(rows[0]))
    ]
    first = min(needs[0], columns // 4)
    left = columns - first - len(_GAP) * (len(needs) - 1)
    second = min(needs[1], max(left // 2, left - needs[2]))
    return [first, second, left - second]


def _block(text: str, indent: str, columns: int, role: str = "") -> Iterator[Line]:
    for part in text.split("\n"):
        for line in wrapped(part, columns - len(indent) - _OUT):
            yield (Piece(indent), Piece(line, role))
