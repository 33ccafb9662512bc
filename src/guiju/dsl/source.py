"""Source texts: where something stands in one, and texts in the two languages of the reports."""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

#: Characters that show nothing themselves: controls but for tabs and ends of lines, and marks that turn the
#: direction of writing. They move a terminal's cursor, or make a text look like another one.
HIDDEN: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\r(?!\n)"
)


def visible(text: str) -> str:
    """``text`` for a reader: each hidden character as the one that stands for what cannot be shown."""
    return HIDDEN.sub("\ufffd", text)


@frozen(order=True)
class Place:
    """Where something stands: file, line and column (from 1), and its length on that line."""

    file: str
    line: int
    column: int = 1
    length: int = 1


@frozen
class Bilingual:
    """One text in Chinese and English."""

    zh: str
    en: str

    def in_language(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


@frozen
class Source:
    """A file's name, as it is to be shown, and its text."""

    name: str
    text: str

    def line(self, number: int) -> str:
        """The text of a line (from 1), without its end; empty when there is no such line."""
        lines = self.text.split("\n")  # not splitlines: a line ends where the lexer ends it
        return lines[number - 1].removesuffix("\r") if 0 < number <= len(lines) else ""
