"""A comparison as Markdown, for a page or a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guiju.checker.report.matrix_tables import Table, Tables

_SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\`*_[]|#~"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;"})


def to_markdown(pages: Iterable[Tables]) -> str:
    """The topics one after the other, each with its tables; ends with a newline."""
    return "\n\n".join(block for page in pages for block in _blocks(page)) + "\n"


def _blocks(page: Tables) -> Iterator[str]:
    yield f"## {_escaped(page.title)}"
    for table in (page.provisions, page.relations):
        if table.rows:
            yield _table(table)
    yield from (_escaped(note) for note in page.notes)


def _table(table: Table) -> str:
    lines = [_row(table.header), "|" + " --- |" * len(table.header)]
    return "\n".join([*lines, *(_row(row) for row in table.sparse())])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(_escaped(cell) for cell in cells)} |"


def _escaped(text: str) -> str:
    """``text`` as itself: nothing in it is markup, and its lines stay lines."""
    return text.translate(_SPECIAL).replace("\n", "<br>")
