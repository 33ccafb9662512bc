"""Which words begin a clause of a declaration, and how deep in brackets each word stands.

A word that leads a clause of one declaration may stand inside a clause of another (``注``, ``见``, ``则``):
the declaration says which. Trusts that the tokens parse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from guiju.dsl.keywords import DECLARATION_TERMINALS
from guiju.dsl.lexer import Token

_HEADERS = (
    "_VERSION", "_TITLE", "_NUMBERED", "_ISSUER", "_RANKED", "_AREA", "_ISSUED", "_STARTS", "_ENDS", "_BASIS",
    "_REPEALS", "_YIELDS", "_PREVAILS", "_TOPIC", "_ANNEX", "_CONTENTS", "_REFERS", "_VARIANTS", "_VERIFIED",
    "_NOTE",
)  # fmt: skip
_RULE_CLAUSES = (
    "_CITES", "_GROUP", "_AREA", "_WHEN", "_UNLESS", "_OCCURRED", "_THEN", "_OVERRIDES", "_NORMALLY",
    "_ENCOURAGED", "_VERIFIED", "_NOTE",
)  # fmt: skip

#: For each declaration that has clauses, the words that begin one, and how deep the clause is nested.
LEVELS: Mapping[str, Mapping[str, int]] = {
    "_ENTITY": {"_FACT": 1, "_RECORD": 1, "_FIELD": 2},
    "_INSTRUMENT": dict.fromkeys(_HEADERS, 1),
    "_RULE": dict.fromkeys(_RULE_CLAUSES, 1),
    "_EXAMPLE": dict.fromkeys(("_ASOF", "_AREA", "_GIVEN", "_EXPECT", "_NOTE"), 1),
}

_OPENING = frozenset({"_LPAR", "_LSQB", "_LBRACE"})
_CLOSING = frozenset({"_RPAR", "_RSQB", "_RBRACE"})


@frozen
class Piece:
    """A token, the level of the clause that it begins (None: it begins none), and what is open around it."""

    token: Token
    level: int | None
    depth: int


def pieces(tokens: Iterable[Token]) -> Iterator[Piece]:
    """Each token with its place in the clauses; comments begin none."""
    leading: Mapping[str, int] = {}
    open_: list[str] = []  # brackets, and each 若 by its last word: _IF, _THEN or _ELSE
    for token in tokens:
        terminal = token.terminal
        if terminal in DECLARATION_TERMINALS:
            leading, open_ = LEVELS.get(terminal, {}), []
            yield Piece(token, 0, 0)
        elif terminal in ("_THEN", "_ELSE") and (depth := _continued(open_, terminal)) is not None:
            yield Piece(token, None, depth)
        elif terminal in leading and all(mark == "_ELSE" for mark in open_):
            open_ = []
            yield Piece(token, leading[terminal], 0)
        elif terminal in _CLOSING:
            while open_ and open_.pop() not in _OPENING:
                pass
            yield Piece(token, None, len(open_))
        else:
            yield Piece(token, None, len(open_))
            if terminal in _OPENING or terminal == "_IF":
                open_.append(terminal)


def _continued(open_: list[str], terminal: str) -> int | None:
    """Where the 若 stands that a 则 or 否则 continues; None when it continues none."""
    before = {"_THEN": "_IF", "_ELSE": "_THEN"}[terminal]
    for i in range(len(open_) - 1, -1, -1):
        if open_[i] == before:
            open_[i:] = [terminal]
            return i
        if open_[i] != "_ELSE":
            return None
    return None
