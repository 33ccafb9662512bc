"""Expressions, and the open places of a clause that one may fill."""

from __future__ import annotations

import datetime as dt
import enum

from attrs import frozen

from guiju.dsl.source import Place
from guiju.dsl.tree.words import Name


@frozen
class Ref:
    """A name or a dotted path of names (``当事人.年龄``)."""

    parts: tuple[Name, ...]
    place: Place

    @property
    def text(self) -> str:
        return ".".join(part.text for part in self.parts)


@frozen
class Quantity:
    """A number as written, and the unit after it: a keyword's terminal (``YEARS``) or a word."""

    number: str
    unit: str | None
    place: Place


@frozen
class DateLiteral:
    date: dt.date
    place: Place


@frozen
class Truth:
    value: bool
    place: Place


@frozen
class Forever:
    place: Place


@frozen
class TodayIs:
    place: Place


@frozen
class Located:
    """The place of the case lies in a territory (位于)."""

    territory: Name
    place: Place


class Connective(enum.Enum):
    AND = "and"
    OR = "or"
    IMPLIES = "implies"


@frozen
class Logic:
    connective: Connective
    args: tuple[Expr, ...]
    place: Place


@frozen
class Negation:
    arg: Expr
    place: Place


class Comparator(enum.Enum):
    EQ = "="
    NE = "≠"
    LT = "<"
    LE = "≤"
    GT = ">"
    GE = "≥"


@frozen
class Comparison:
    comparator: Comparator
    left: Expr
    right: Expr
    place: Place


@frozen
class Membership:
    arg: Expr
    members: tuple[Name, ...]
    place: Place


@frozen
class Conditional:
    cond: Expr
    then: Expr
    orelse: Expr
    place: Place


@frozen
class Arm:
    member: Name
    value: Expr


@frozen
class Choice:
    """One value for each member of an enumeration or choice of a reading (择)."""

    subject: Ref
    arms: tuple[Arm, ...]
    place: Place


class Arithmetic(enum.Enum):
    ADD = "+"
    SUBTRACT = "-"


@frozen
class Calculation:
    operator: Arithmetic
    left: Expr
    right: Expr
    place: Place


@frozen
class Multiple:
    factor: str
    arg: Expr
    place: Place


class Aggregate(enum.Enum):
    COUNT = "count"
    ANY = "any"
    EVERY = "every"
    EARLIEST = "earliest"
    LATEST = "latest"


@frozen
class Aggregation:
    """A statement about the rows of a record that satisfy ``where`` (all rows when it is None)."""

    aggregate: Aggregate
    subject: Ref
    where: Expr | None
    place: Place


@frozen
class DaysFromTo:
    start: Expr
    end: Expr
    place: Place


@frozen
class MemberCount:
    """How many members an enumeration has."""

    enumeration: Name
    place: Place


Expr = (
    Ref
    | Quantity
    | DateLiteral
    | Truth
    | Forever
    | TodayIs
    | Located
    | Logic
    | Negation
    | Comparison
    | Membership
    | Conditional
    | Choice
    | Calculation
    | Multiple
    | Aggregation
    | DaysFromTo
    | MemberCount
)


@frozen
class Unspecified:
    """未定: the text leaves this open."""

    place: Place


Open = Expr | Unspecified
Actor = Name | Unspecified
