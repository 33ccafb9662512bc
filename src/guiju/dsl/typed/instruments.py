"""Instruments: their headers, powers, claims and omissions."""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from guiju.dsl.source import Place
from guiju.dsl.standing import Standing
from guiju.dsl.typed.expressions import Expr


@frozen
class Claim:
    label: str
    instrument: str
    citations: tuple[str, ...]
    expr: Expr
    place: Place


@frozen
class Omission:
    instrument: str
    citations: tuple[str, ...]
    because: str
    remark: str
    place: Place


@frozen
class Basis:
    title: str
    repealed: dt.date | None
    place: Place


@frozen
class Precedence:
    issuers: tuple[str, ...]
    topics: tuple[str, ...]
    citation: str
    place: Place


@frozen
class Annex:
    number: str
    title: str
    called: str | None
    missing: bool
    place: Place


@frozen
class Reference:
    title: str | None
    provisions: tuple[str, ...]
    repealed: dt.date | None
    renamed: str | None
    citations: tuple[str, ...]
    place: Place


@frozen
class Variants:
    thing: str
    names: tuple[str, ...]
    citations: tuple[str, ...]
    place: Place


@frozen
class Power:
    """``rank`` None: nobody may decree acts of ``classes``."""

    classes: tuple[str, ...]
    rank: str | None
    instrument: str
    citations: tuple[str, ...]
    standing: Standing
    note: str
    place: Place


@frozen
class Instrument:
    """``start`` is None where the text leaves it open; ``end`` None: no end."""

    id: str
    title: str
    number: str | None
    issuer: str
    territory: str
    rank: str | None
    issued: dt.date | None
    start: Expr | None
    end: Expr | None
    end_open: bool  # the text should say when it ends, and does not
    topics: tuple[str, ...]
    precedences: tuple[Precedence, ...]
    yields: str | None
    bases: tuple[Basis, ...]
    annexes: tuple[Annex, ...]
    contents: tuple[str, ...]
    references: tuple[Reference, ...]
    variants: tuple[Variants, ...]
    standing: Standing
    place: Place
