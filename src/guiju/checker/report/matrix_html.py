"""A comparison as one HTML page that needs nothing else: to mail, to print, to put on a share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from guiju.checker.report.matrix_tables import Table, Tables

_STYLE = """\
body { font-family: system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 2rem }
table { border-collapse: collapse; margin: 1rem 0; width: 100% }
th, td { border: 1px solid #bbb; padding: .3rem .5rem; text-align: left; vertical-align: top }
th { background: #eee; position: sticky; top: 0 }
tr.next td { border-top: 2px solid #666 }
@media print { th { position: static } body { margin: 0 } }"""


def to_html(pages: Iterable[Tables], lang: str) -> str:
    """The topics on one page, in the language that ``pages`` are in; ends with a newline."""
    title = "各地规定对照" if lang == "zh" else "Jurisdictions compared"
    code = "zh-CN" if lang == "zh" else "en"
    body = "\n".join(part for page in pages for part in _parts(page))
    return f"""\
<!DOCTYPE html>
<html lang="{code}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{_STYLE}
</style>
</head>
<body>
<h1>{title}</h1>
{body}
</body>
</html>
"""


def _parts(page: Tables) -> Iterator[str]:
    yield f"<h2>{escape(page.title)}</h2>"
    for table in (page.provisions, page.relations):
        if table.rows:
            yield _table(table)
    yield from (f"<p>{escape(note)}</p>" for note in page.notes)


def _table(table: Table) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in table.header)
    rows = "\n".join(_row(row) for row in table.sparse())
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _row(cells: tuple[str, ...]) -> str:
    mark = ' class="next"' if cells[0] else ""
    inner = "".join(f"<td>{'<br>'.join(escape(line) for line in cell.split(chr(10)))}</td>" for cell in cells)
    return f"<tr{mark}>{inner}</tr>"
