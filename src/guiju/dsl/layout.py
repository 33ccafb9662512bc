"""One clause as lines of text: spaces between its words, and where a long one is broken.

Trusts that the words parse. Where the author broke a line inside a clause is forgotten: the same words always
give the same lines. Two breaks stay: at a comment, and inside a table of contents, which authors group.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence

from attrs import frozen

from guiju.dsl.diagnostics import display_width

#: Columns that a line takes at most where it can be broken; Chinese characters take two.
WIDTH = 100

#: How much further in the lines after the first of a clause stand.
CONTINUATION = 4


@frozen
class Word:
    """A token as it is to be written. ``depth``: how many brackets and 若 are open around it."""

    terminal: str
    text: str
    depth: int
    own_line: bool = False  # nothing stands before it on its line in the source


def lines_of(words: Sequence[Word], indent: int) -> list[str]:
    """The lines of a clause, or of a comment by itself, the first of them ``indent`` columns in."""
    lines: list[str] = []
    part: list[Word] = []
    for word in words:
        if word.terminal != "COMMENT":
            if word.own_line and part and words[0].terminal == "_CONTENTS":
                lines += _part(part, indent, bool(lines))
                part = []
            part.append(word)
            continue
        lines += _part(part, indent, bool(lines))
        part = []
        if word.own_line:
            lines.append(" " * (indent + CONTINUATION if lines else indent) + word.text)
        else:
            lines[-1] += "  " + word.text
    return lines + _part(part, indent, bool(lines))


def _part(words: Sequence[Word], indent: int, continued: bool) -> list[str]:
    if not words:
        return []
    if not continued:
        return _broken(words, indent)
    # What is filled up goes on where it began, so that it looks the same when it is read again.
    flush = all(word.terminal == "STRING" for word in words)
    return _broken(words, indent + CONTINUATION, -CONTINUATION if flush else 0)


def _broken(words: Sequence[Word], indent: int, after_first: int = 0) -> list[str]:
    """The words on one line if they fit, else broken where they are least bound to each other.

    Lines after the first are indented by one step and ``after_first`` more.
    """
    whole = " " * indent + joined(words)
    if display_width(whole) <= WIDTH:
        return [whole]
    kind, pieces = _pieces(words)
    if len(pieces) == 1:
        return [whole]
    if kind in _FILLING and not (kind is _Break.COMMA and _are_arms(pieces)):
        pieces = list(_filled(pieces, indent, indent + CONTINUATION + after_first))
    rest = indent + CONTINUATION + after_first
    lines = _broken(pieces[0], indent, after_first + CONTINUATION)
    for piece in pieces[1:]:
        lines += _broken(piece, rest)
    return lines


def _filled(pieces: Sequence[list[Word]], first: int, rest: int) -> Iterator[list[Word]]:
    """The pieces gathered so that each line holds as many as fit."""
    line: list[Word] = []
    indent = first
    for piece in pieces:
        if line and indent + display_width(joined([*line, *piece])) > WIDTH:
            yield line
            line, indent = [], rest
        line = [*line, *piece]
    yield line


# --- Where to break ------------------------------------------------------------------------------


class _Break(enum.Enum):
    """Kinds of places to break at, the loosest first."""

    CLAUSE = enum.auto()  # before a note or another part that stands by itself
    PART = enum.auto()  # before a part of an effect or of an action
    COMMA = enum.auto()
    IMPLIES = enum.auto()
    BRANCH = enum.auto()  # before 则 and 否则
    OR = enum.auto()
    AND = enum.auto()
    STRING = enum.auto()


_FILLING = frozenset({_Break.PART, _Break.COMMA, _Break.STRING})

_BEFORE = {
    "_NOTE": _Break.CLAUSE,
    "_TOTAL": _Break.CLAUSE,
    "_ON": _Break.PART,
    "_TO": _Break.PART,
    "_COPY": _Break.PART,
    "_WITHIN": _Break.PART,
    "_DUE": _Break.PART,
    "_FOR": _Break.PART,
    "_EACH": _Break.PART,
    "_UNTIL": _Break.PART,
    "_DONE": _Break.PART,
    "_DONE_ON": _Break.PART,
    "_UNDONE": _Break.PART,
    "_LEAVES": _Break.PART,
    "_PASSES": _Break.PART,
    "_ABOUT": _Break.PART,
    "_CITES": _Break.PART,
    "_BECAUSE": _Break.PART,
    "_THEN": _Break.BRANCH,
    "_ELSE": _Break.BRANCH,
}
_AFTER = {
    "_IMPLIES": _Break.IMPLIES,
    "_OR": _Break.OR,
    "_AND": _Break.AND,
    "_COMMA": _Break.COMMA,
    "_BAR": _Break.COMMA,
}


def _pieces(words: Sequence[Word]) -> tuple[_Break | None, list[list[Word]]]:
    """The words cut at the places of the loosest kind, among those in the fewest brackets."""
    places = [
        (word.depth, kind.value, i)
        for i, word in enumerate(words)
        if i > 0 and (kind := _break_before(words[i - 1], word)) is not None
    ]
    if not places:
        return None, [list(words)]
    depth, value, _ = min(places)
    cuts = [i for d, v, i in places if (d, v) == (depth, value)]
    return _Break(value), [list(words[a:b]) for a, b in zip([0, *cuts], [*cuts, len(words)], strict=True)]


def _are_arms(pieces: Sequence[Sequence[Word]]) -> bool:
    """Whether the pieces are the arms of a choice or the fields of a row, which stand one a line."""
    return all(
        any(w.terminal == "_COLON" and w.depth == piece[0].depth for w in piece) for piece in pieces[1:]
    )


def _break_before(before: Word, word: Word) -> _Break | None:
    if before.terminal in _AFTER:
        return _AFTER[before.terminal]
    if word.terminal == "STRING" and before.terminal == "STRING":
        return _Break.STRING
    return _BEFORE.get(word.terminal)


# --- Spaces --------------------------------------------------------------------------------------

_CALLS = frozenset({"_COUNT", "_ANY", "_EVERY", "_EARLIEST", "_LATEST", "_DAYS_FROM", "_MEMBERS"})
_UNITS = frozenset({"YEARS", "MONTHS", "WEEKS", "DAYS", "WORKDAYS", "HOURS", "NAME"})
_OPENING = frozenset({"_LPAR", "_LSQB", "_LBRACE"})
_TIGHT_BEFORE = frozenset({"_RPAR", "_RSQB", "_RBRACE", "_COMMA", "_COLON", "_DOT"})
_ENDS_OPERAND = _UNITS | {"NUMBER", "DATE", "_RPAR", "_RBRACE", "_TODAY", "_TRUE", "_FALSE", "_FOREVER"}


def joined(words: Sequence[Word]) -> str:
    """The words on one line."""
    text = ""
    before: Word | None = None
    sign = False  # the word before is the sign of a number
    for word in words:
        if before is not None and not sign and _spaced(before, word):
            text += " "
        sign = word.terminal == "MINUS" and (before is None or before.terminal not in _ENDS_OPERAND)
        text += word.text
        before = word
    return text


def _spaced(before: Word, word: Word) -> bool:
    a, b = before.terminal, word.terminal
    if a in _OPENING or a == "_DOT" or b in _TIGHT_BEFORE:
        return False
    if a == "_RANGE" or b == "_RANGE":
        return "DATE" in (a, b)
    if a in _CALLS and b == "_LPAR":
        return False
    if a == "NUMBER" and b in _UNITS:
        return word.text[0].isascii()
    return True
