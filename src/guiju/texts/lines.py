"""The lines of a text as they are read: without the marks of Markdown, and folded to one width.

Cleaning drops marks that are not part of the text (``#``, ``**``, a backslash before punctuation, character
references such as ``&#x20;``) and remembers for each character where it stands in the file. Folding is
one character for one, so that a place in either is a place in both.
"""

from __future__ import annotations

import html
import re

from attrs import field, frozen

from guiju.dsl.source import Place, Source

_SPACES = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\f\v"
)
_FOLD = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **{ord(c): " " for c in _SPACES},
    ord("﹙"): "(",
    ord("﹚"): ")",
    ord("．"): ".",
}
_MARKS = re.compile(
    r"(?P<heading>\A[ \t]*#{1,6}(?=[ \t\u3000]|\*\*|[^\x00-\x7f]))"
    r"|(?P<quote>\A[ \t]*>[ ])"
    r"|(?P<comment><!--.*?-->)"
    r"|(?P<bold>\*\*)"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<hard>\\\Z)"
    r"|(?P<reference>&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});)"
    r"|(?P<invisible>[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff])"
)


@frozen
class Line:
    """One line: its number in the file (from 1), its text as read, and the column of each character."""

    number: int
    text: str
    columns: tuple[int, ...] = field(repr=False)  # of each character of text, from 1

    @property
    def folded(self) -> str:
        """The text with ASCII digits, letters, brackets and spaces; as long as the text."""
        return self.text.translate(_FOLD)

    @property
    def blank(self) -> bool:
        return not self.folded.strip()

    @property
    def indent(self) -> int:
        """How many spaces the text begins with."""
        return len(self.folded) - len(self.folded.lstrip())

    def after(self, offset: int) -> Line:
        """What follows the first ``offset`` characters."""
        return Line(self.number, self.text[offset:], self.columns[offset:])

    def place(self, file: str, offset: int = 0, length: int = 1) -> Place:
        """Where the character at ``offset`` stands in the file."""
        if not self.columns:
            return Place(file, self.number)
        return Place(file, self.number, self.columns[min(offset, len(self.columns) - 1)], max(1, length))


def folded(text: str) -> str:
    """``text`` with ASCII digits, letters, brackets and spaces, character for character."""
    return text.translate(_FOLD)


def lines(source: Source) -> tuple[Line, ...]:
    """The lines of ``source``, cleaned."""
    return tuple(_cleaned(number, raw) for number, raw in enumerate(source.text.split("\n"), start=1))


def _cleaned(number: int, raw: str) -> Line:
    text: list[str] = []
    columns: list[int] = []
    at = 0
    for match in _MARKS.finditer(raw):
        text.append(raw[at : match.start()])
        columns += range(at + 1, match.start() + 1)
        kept = match["escaped"] or (html.unescape(match["reference"]) if match["reference"] else "")
        kept = " " if kept in ("\n", "\r") else kept
        text.append(kept)
        columns += [match.start() + 1] * len(kept)
        at = match.end()
    text.append(raw[at:])
    columns += range(at + 1, len(raw) + 1)
    return Line(number, "".join(text), tuple(columns))
