"""Draws the pictures of the README: what a terminal shows for one finding, in Chinese and English.

Run: ``python docs/images/make_pictures.py`` in an environment with guiju. The finding is the one that ``guiju
check`` reports on ``two-bars.gj``; a test compares the pictures with what is drawn now.
"""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console
from rich.text import Text

from guiju.checker.check import Options, check
from guiju.checker.load import load_texts
from guiju.checker.report.layout import Line, View, report_lines
from guiju.cli.terminal import STYLES

HERE = Path(__file__).parent
SOURCE = "two-bars.gj"
COMMAND = f"guiju check {SOURCE} --family conflict"
WIDTH = 112

#: The frame around the text, from Rich's own, without its fonts that are fetched from elsewhere.
_FORMAT = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-size: {char_height}px; line-height: {line_height}px;
font-family: "Fira Code", "Noto Sans Mono CJK SC", "Sarasa Mono SC", Menlo, Consolas, monospace; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: arial, sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def pictures() -> dict[str, str]:
    """The text of each picture, by the name of its file."""
    return {f"two-bars.{lang}.svg": _picture(lang) for lang in ("zh", "en")}


def _picture(lang: str) -> str:
    console = Console(
        record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor"
    )
    _print(console, Text(f"$ {COMMAND}{' --lang en' if lang == 'en' else ''}", style="bold"))
    for line in _report(lang):
        _print(console, Text.assemble(*((piece.text, STYLES.get(piece.role, "")) for piece in line)))
    drawn = console.export_svg(title="guiju", code_format=_FORMAT, unique_id=f"guiju-{lang}")
    return "".join(f"{line.rstrip()}\n" for line in drawn.splitlines())


def _report(lang: str) -> list[Line]:
    loaded = load_texts({SOURCE: (HERE / SOURCE).read_text(encoding="utf-8")})
    assert loaded.corpus is not None, loaded.diagnostics
    report = check(loaded.corpus, Options(families=frozenset({"conflict"})))
    return list(report_lines(report, View(lang, loaded.sources, loaded.corpus)))


def _print(console: Console, text: Text) -> None:
    """One line, folded at the edge as a terminal folds it."""
    console.print(text, overflow="fold", highlight=False, markup=False)


if __name__ == "__main__":
    for name, svg in pictures().items():
        (HERE / name).write_text(svg, encoding="utf-8")
