"""The syntax tree: what was written, with its places, before any name means anything."""

from __future__ import annotations

import datetime as dt
import enum

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


# --- Expressions ---------------------------------------------------------------------------------


@frozen
class Ref:
    """A name or a dotted path of names (``专家.年龄``)."""

    parts: tuple[Name, ...]
    place: Place

    @property
    def text(self) -> str:
        return ".".join(part.text for part in self.parts)


@frozen
class Quantity:
    """A number as written, with the unit that follows it (a keyword's terminal such as ``YEARS``, or a word)."""

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


# --- The world -----------------------------------------------------------------------------------


@frozen
class Territory:
    name: Name
    parent: Name | None
    place: Place


@frozen
class Rank:
    name: Name
    level: str
    statutory: bool
    place: Place


@frozen
class Authority:
    name: Name
    rank: Name | None
    superior: Name | None
    territory: Name | None
    place: Place


@frozen
class Department:
    name: Name
    authority: Name
    place: Place


@frozen
class Enumeration:
    """A kind, or a scale when ``ordered``."""

    name: Name
    members: tuple[Name, ...]
    ordered: bool
    place: Place


@frozen
class BooleanType:
    place: Place


@frozen
class NumberType:
    """``precision`` is the number of decimals, as written; None for whole numbers."""

    low: str
    high: str
    precision: str | None
    unit: str | None
    place: Place


@frozen
class DateType:
    place: Place


@frozen
class NamedType:
    name: Name
    place: Place


Type = BooleanType | NumberType | DateType | NamedType


@frozen
class Fact:
    name: Name
    type: Type
    default: Expr | None
    judgement: bool
    note: Text | None
    place: Place


@frozen
class Field:
    name: Name
    type: Type
    note: Text | None
    place: Place


@frozen
class Record:
    name: Name
    fields: tuple[Field, ...]
    note: Text | None
    place: Place


@frozen
class Entity:
    name: Name
    facts: tuple[Fact, ...]
    records: tuple[Record, ...]
    note: Text | None
    place: Place


@frozen
class Action:
    name: Name
    bearer: Actor | None
    patient: Name | None
    legal_class: Name | None
    combination: str | None
    note: Text | None
    place: Place


@frozen
class Outcome:
    name: Name
    type: Type
    combination: str | None
    domain: Expr | None
    note: Text | None
    place: Place


@frozen
class Term:
    name: Name
    expr: Expr
    note: Text | None
    place: Place


@frozen
class Assumption:
    label: Text | None
    expr: Expr
    note: Text | None
    place: Place


@frozen
class Reading:
    name: Name
    choices: tuple[Name, ...]
    citations: tuple[Text, ...]
    note: Text | None
    place: Place


@frozen
class Horizon:
    first: DateLiteral
    last: DateLiteral
    place: Place


# --- Instruments ---------------------------------------------------------------------------------


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


HeaderClause = Header | Basis | Prevails | Yields | Annex | Topics | Contents | Text


@frozen
class Instrument:
    name: Name
    clauses: tuple[HeaderClause, ...]
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


class Modality(enum.Enum):
    MUST = "must"
    MUST_NOT = "mustnot"
    MAY = "may"


@frozen
class Recipients:
    actors: tuple[Actor, ...]
    copy: bool
    place: Place


@frozen
class Within:
    """A term for a duty: ``amount`` counted from ``start`` (None: not said from when)."""

    amount: Open
    start: Open | None
    place: Place


@frozen
class Due:
    date: Expr
    place: Place


@frozen
class Lasting:
    """How long a bar or permission lasts."""

    amount: Open
    start: Open | None
    place: Place


@frozen
class Each:
    """How often a duty recurs."""

    period: Open
    place: Place


@frozen
class On:
    actor: Actor
    place: Place


Part = Recipients | Within | Due | Lasting | Each | On


@frozen
class Deontic:
    actor: Actor
    modality: Modality
    action: Ref
    parts: tuple[Part, ...]
    place: Place


@frozen
class Valued:
    outcome: Ref
    value: Open
    discretionary: bool
    place: Place


@frozen
class Required:
    """The bearer must not do the action unless the condition holds; each conjunct is its own ground."""

    actor: Actor
    action: Ref
    condition: Expr
    place: Place


Effect = Deontic | Valued | Required


@frozen
class Rule:
    name: Name
    citations: tuple[Text, ...]
    group: Name | None
    area: Name | None
    when: tuple[Expr, ...]
    unless: tuple[Expr, ...]
    occurred: Expr | None
    effects: tuple[Effect, ...]
    overrides: tuple[Ref, ...]
    strength: str | None  # "normally" or "encouraged"
    note: Text | None
    place: Place


# --- Examples ------------------------------------------------------------------------------------


@frozen
class Row:
    fields: tuple[tuple[Name, Expr], ...]
    place: Place


@frozen
class Given:
    ref: Ref
    value: Expr | tuple[Row, ...]
    place: Place


@frozen
class ExpectDeontic:
    actor: Actor
    modality: Modality
    action: Ref
    patient: Actor | None
    place: Place


@frozen
class ExpectValue:
    outcome: Ref
    value: Expr
    place: Place


@frozen
class ExpectConflict:
    outcome: Ref
    place: Place


@frozen
class ExpectSilent:
    outcome: Ref
    place: Place


Expected = ExpectDeontic | ExpectValue | ExpectConflict | ExpectSilent


@frozen
class Example:
    label: Text
    date: dt.date | None
    area: Name | None
    given: tuple[Given, ...]
    expected: tuple[Expected, ...]
    note: Text | None
    place: Place


Declaration = (
    Territory
    | Rank
    | Authority
    | Department
    | Enumeration
    | Entity
    | Action
    | Outcome
    | Term
    | Assumption
    | Reading
    | Horizon
    | Instrument
    | Omission
    | Claim
    | Rule
    | Example
)


@frozen
class File:
    """One source file: its declarations in the order they stand in."""

    name: str
    declarations: tuple[Declaration, ...]
