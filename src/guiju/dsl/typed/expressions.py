"""Expressions: every name resolved, every part with its type."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping

from attrs import frozen

from guiju.dsl.source import Place
from guiju.dsl.tree import Aggregate
from guiju.dsl.types import Enumeration, Type, Value


class Op(enum.Enum):
    AND = "and"
    OR = "or"
    IMPLIES = "implies"
    NOT = "not"
    EQ = "="
    NE = "≠"
    LT = "<"
    LE = "≤"
    GT = ">"
    GE = "≥"
    IF = "if"
    ADD = "+"
    TIMES = "×"
    SHIFT_MONTHS = "shift months"
    SHIFT_DAYS = "shift days"
    SHIFT_WORKDAYS = "shift workdays"
    DAYS_BETWEEN = "days between"


@frozen
class Literal:
    value: Value
    type: Type
    place: Place


@frozen
class FactUse:
    name: str
    type: Type
    place: Place


@frozen
class FieldUse:
    record: str
    field: str
    type: Type
    place: Place


@frozen
class ReadingUse:
    name: str
    type: Enumeration
    place: Place


@frozen
class TermUse:
    """A use of a named expression; the compiler puts the expression in its place."""

    name: str
    type: Type
    place: Place


@frozen
class TodayUse:
    type: Type
    place: Place


@frozen
class LocatedIn:
    territory: str
    type: Type
    place: Place


@frozen
class Apply:
    op: Op
    args: tuple[Expr, ...]
    type: Type
    place: Place


@frozen
class Rows:
    """An aggregate over the rows of ``record``. COUNT stands only beside a literal in a comparison."""

    aggregate: Aggregate
    record: str
    where: Expr | None
    field: str | None
    type: Type
    place: Place


Expr = Literal | FactUse | FieldUse | ReadingUse | TermUse | TodayUse | LocatedIn | Apply | Rows


def parts(expr: Expr, terms: Mapping[str, Expr]) -> Iterator[Expr]:
    """``expr`` and all expressions inside it and inside the ``terms`` that it uses, parents first."""
    yield expr
    match expr:
        case Apply(args=args):
            for arg in args:
                yield from parts(arg, terms)
        case Rows(where=where) if where is not None:
            yield from parts(where, terms)
        case TermUse(name) if name in terms:
            yield from parts(terms[name], terms)
        case _:
            pass
