"""Instruments: their headers, what they leave out, and what they claim of themselves."""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from guiju.dsl.source import Place
from guiju.dsl.tree.expressions import DateLiteral, Expr, Open
from guiju.dsl.tree.words import Name, Text


@frozen
class Basis:
    title: Text
    repealed: dt.date | None
    place: Place


@frozen
class Prevails:
    issuers: tuple[Name, ...]
    topics: tuple[Name, ...]
    citation: Text | None
    place: Place


@frozen
class Yields:
    citation: Text | None
    place: Place


@frozen
class Annex:
    number: str
    title: Text
    called: Text | None
    missing: bool
    place: Place


@frozen
class Header:
    """One clause of an instrument's header with a single value: ``key`` is its rule in the grammar."""

    key: str
    value: Name | Text | DateLiteral | Open
    place: Place


@frozen
class Topics:
    names: tuple[Name, ...]
    place: Place


@frozen
class Contents:
    """The articles, items and annexes that the instrument has: what coverage is counted against."""

    citations: tuple[Text, ...]
    place: Place


@frozen
class Reference:
    """A reference to an instrument (``title`` None: to itself), or to some of its provisions."""

    title: Text | None
    provisions: tuple[Text, ...]
    repealed: dt.date | None
    renamed: Text | None
    citations: tuple[Text, ...]
    place: Place


@frozen
class Variants:
    """One thing (``thing``) that the text calls by several names."""

    thing: Text
    names: tuple[Text, ...]
    citations: tuple[Text, ...]
    place: Place


@frozen
class Verified:
    """How well it is known that the law says so: a word of ``resolve.standing``."""

    word: Name
    place: Place


HeaderClause = (
    Header | Basis | Prevails | Yields | Annex | Topics | Contents | Reference | Variants | Verified | Text
)


@frozen
class Instrument:
    name: Name
    clauses: tuple[HeaderClause, ...]
    place: Place


@frozen
class Power:
    """Who may decree acts of these classes: instruments from ``rank`` upward, or nobody (None)."""

    classes: tuple[Name, ...]
    rank: Name | None
    citations: tuple[Text, ...]
    verified: Verified | None
    note: Text | None
    place: Place


@frozen
class Omission:
    """Provisions that are not encoded, with the reason (``because``) and a remark."""

    citations: tuple[Text, ...]
    because: Name
    remark: Text | None
    place: Place


@frozen
class Claim:
    label: Text
    citations: tuple[Text, ...]
    expr: Expr
    note: Text | None
    place: Place
