"""What each building function is given, and the few questions it asks of its children."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from attrs import frozen
from lark import Token
from lark.tree import Meta

from guiju.dsl import tree as t
from guiju.dsl.diagnostics import Bag
from guiju.dsl.source import Place

#: Built nodes, tokens, and None for an optional part that is not there. Their types follow from the grammar,
#: which no type checker reads: hence Any.
Children = list[Any]


@frozen
class At:
    """Where the node being built stands, and where to report what is wrong with it."""

    file: str
    meta: Meta
    bag: Bag

    @property
    def place(self) -> Place:
        meta = self.meta
        if meta.empty:
            return Place(self.file, 1)
        length = meta.end_column - meta.column if meta.end_line == meta.line else 1
        return Place(self.file, meta.line, meta.column, max(1, length))


class Note(t.Text):
    """A note clause, told apart from other strings while its declaration is built."""


def every(c: Iterable[Any], kind: Any) -> tuple[Any, ...]:
    """The children that are of a kind."""
    return tuple(x for x in c if isinstance(x, kind))


def note_of(c: Iterable[Any]) -> t.Text | None:
    """The note among the children, as plain text."""
    return next((t.Text(x.text, x.place) for x in c if isinstance(x, Note)), None)


def at_most_once(at: At, found: Sequence[tuple[Any, Place]], zh: str, en: str) -> Any:
    """The value found, or None; a diagnostic for each further one."""
    for _, place in found[1:]:
        at.bag.error("E105", place, f"“{zh}”只能写一次", f"'{en}' may stand only once here")
    return found[0][0] if found else None


def unit(token: Token | t.Name | None) -> str | None:
    """The unit after a number: a word as written, or the terminal of a keyword."""
    if token is None:
        return None
    return token.text if isinstance(token, t.Name) else str(token.type)
