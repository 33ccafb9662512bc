"""What expressions and declarations are written with: names and quoted texts."""

from __future__ import annotations

from attrs import frozen

from guiju.dsl.source import Place


@frozen
class Name:
    """A name as written, and where. Equal names written in different places are different values."""

    text: str
    place: Place


@frozen
class Text:
    """The content of a quoted string, and where."""

    text: str
    place: Place
