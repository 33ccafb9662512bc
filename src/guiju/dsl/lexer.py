"""Text to tokens: whole words, bilingual keywords, full-width punctuation equal to its ASCII form.

Lexing never fails: a character that begins no token becomes one of type ``UNKNOWN``, which the parser reports
in its place. Comments run from ``#`` to the end of the line and are kept as tokens for the formatter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from guiju.dsl.keywords import BY_SPELLING
from guiju.dsl.source import Place, Source

_ASCII = str.maketrans(
    "（）［］｛｝，、：；．。＝＜＞≤≥≠＋－−×＃｜　０１２３４５６７８９",
    "()[]{},,:;..=<>≤≥≠+--×#| 0123456789",
)

_TOKEN = re.compile(
    r"""
    (?P<COMMENT>\#[^\n]*)
  | (?P<SPACE>[\s\ufeff]+)
  | (?P<STRING>"[^"\n]*"|“[^”\n]*”|「[^」\n]*」)
  | (?P<DATE>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9]))
  | (?P<NUMBER>[0-9]+(?:\.[0-9]+)?)
  | (?P<NAME>[^\W\d]\w*)
  | (?P<PUNCT>\.\.|<=|>=|!=|[≤≥≠=<>+\-×*(){}\[\],:.|])
  | (?P<UNKNOWN>["“「][^\n]*|.)
    """,
    re.VERBOSE,
)

_PUNCTUATION = {
    "..": "_RANGE",
    "<=": "LE",
    "≤": "LE",
    ">=": "GE",
    "≥": "GE",
    "!=": "NE",
    "≠": "NE",
    "=": "EQ",
    "<": "LT",
    ">": "GT",
    "+": "_PLUS",
    "-": "MINUS",
    "×": "_TIMES",
    "*": "_TIMES",
    "(": "_LPAR",
    ")": "_RPAR",
    "{": "_LBRACE",
    "}": "_RBRACE",
    "[": "_LSQB",
    "]": "_RSQB",
    ",": "_COMMA",
    ":": "_COLON",
    ".": "_DOT",
    "|": "_BAR",
}


@frozen
class Token:
    """One token: its terminal in the grammar, its text as written, and its place."""

    terminal: str
    text: str
    line: int
    column: int

    def place(self, file: str) -> Place:
        return Place(file, self.line, self.column, len(self.text))


def tokens(source: Source, comments: bool = False) -> Iterator[Token]:
    """The tokens of ``source``; comments (type ``COMMENT``) only when asked for."""
    line, line_start = 1, 0
    plain = source.text.translate(_ASCII)
    for match in _TOKEN.finditer(plain):
        kind = match.lastgroup or "UNKNOWN"
        start, end = match.span()
        text = source.text[start:end] if kind in ("STRING", "COMMENT", "UNKNOWN") else match.group()
        if kind == "SPACE":
            newlines = text.count("\n")
            if newlines:
                line += newlines
                line_start = start + text.rindex("\n") + 1
            continue
        if kind == "COMMENT" and not comments:
            continue
        yield Token(_terminal(kind, text), text, line, start - line_start + 1)


def _terminal(kind: str, text: str) -> str:
    if kind == "NAME" and text in BY_SPELLING:
        return BY_SPELLING[text].terminal
    if kind == "PUNCT":
        return _PUNCTUATION[text]
    return kind
