"""The typed tree: every name resolved, every expression with its type, nothing left to be wrong.

``resolve`` makes it; the compiler lowers it to kernel norms. Names here are full names (``申请人.年龄``).
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator, Mapping

from attrs import field, frozen

from guiju.dsl.source import Place
from guiju.dsl.tree import Aggregate, Modality
from guiju.dsl.types import Enumeration, Type, Value

# --- Expressions ---------------------------------------------------------------------------------


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
    SUBTRACT = "-"
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


class Standing(enum.Enum):
    """How well it is known that the law says what a rule says.

    READ: its text was read. SECOND_HAND: taken from an explanation or an excerpt. UNVERIFIED: not known to
    be so; such a norm answers nothing and may only raise a question.
    """

    READ = "read"
    SECOND_HAND = "second_hand"
    UNVERIFIED = "unverified"


# --- Effects --------------------------------------------------------------------------------------


@frozen
class Unstated:
    """未定: the text leaves it open."""


@frozen
class Endless:
    """无期限: without end."""


UNSTATED = Unstated()
ENDLESS = Endless()

Amount = Expr | Unstated | Endless


@frozen
class Term:
    """A term for a duty or a window: ``amount`` from ``start`` (Unstated: not said from when)."""

    amount: Amount
    start: Expr | Unstated
    place: Place


@frozen
class Deontic:
    """``bearer`` is "" where the text does not say who."""

    bearer: str
    modality: Modality
    action: str
    patient: str
    to: tuple[str, ...]
    copy: tuple[str, ...]
    recipient_unstated: bool
    within: Term | None
    due: Expr | None
    lasting: Term | None
    each: Amount | None
    place: Place


@frozen
class Valued:
    outcome: str
    value: Expr | Unstated
    discretionary: bool
    place: Place


@frozen
class Required:
    bearer: str
    action: str
    patient: str
    conditions: tuple[Expr, ...]
    place: Place


Effect = Deontic | Valued | Required


@frozen
class Rule:
    id: str
    name: str
    instrument: str
    citations: tuple[str, ...]
    group: str | None
    area: str | None
    when: tuple[Expr, ...]
    unless: tuple[Expr, ...]
    occurred: Expr | None
    effects: tuple[Effect, ...]
    overrides: tuple[str, ...]  # rule ids
    strength: str | None
    standing: Standing
    note: str
    place: Place


# --- Declarations ----------------------------------------------------------------------------------


@frozen
class Fact:
    name: str
    type: Type
    default: Value | None
    judgement: bool
    background: bool
    gravity: bool
    note: str
    place: Place


@frozen
class Record:
    name: str
    fields: Mapping[str, Type]
    place: Place


@frozen
class Authority:
    name: str
    rank: str | None
    superior: str | None
    territory: str | None
    department_of: str | None
    place: Place


@frozen
class Rank:
    name: str
    level: int
    statutory: bool
    place: Place


@frozen
class Category:
    name: str
    sanction: bool
    note: str
    place: Place


@frozen
class Trace:
    record: str
    where: Expr | None
    place: Place


@frozen
class Action:
    name: str
    bearer: str | None
    patient: str | None
    legal_class: str | None
    combination: str
    done: Expr | None
    undone: Expr | None
    leaves: Trace | None
    note: str
    place: Place


@frozen
class Outcome:
    name: str
    type: Type
    legal_class: str | None
    combination: str
    domain: Expr | None
    place: Place


@frozen
class Reading:
    name: str
    choices: tuple[str, ...]
    citations: tuple[str, ...]
    note: str
    place: Place


@frozen
class Assumption:
    label: str
    expr: Expr
    place: Place


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


@frozen
class ExpectedPosition:
    """``modality`` of a deed, or a ``value`` of an outcome; neither: no answer. ``conflict``: two stand."""

    bearer: str
    action: str
    patient: str
    outcome: str
    modality: Modality | None
    value: Expr | None
    conflict: bool
    place: Place


@frozen
class Example:
    label: str
    instrument: str | None
    date: dt.date
    territory: str
    facts: Mapping[str, Expr]
    records: Mapping[str, tuple[Mapping[str, Expr], ...]]
    readings: Mapping[str, str]  # the choices that it fixes; the others are the defaults
    expected: tuple[ExpectedPosition, ...]
    place: Place


@frozen
class Program:
    """All declarations of a corpus, resolved and typed."""

    horizon: tuple[dt.date, dt.date]
    territories: Mapping[str, str | None] = field(factory=dict)
    ranks: Mapping[str, Rank] = field(factory=dict)
    authorities: Mapping[str, Authority] = field(factory=dict)
    enumerations: Mapping[str, Enumeration] = field(factory=dict)
    facts: Mapping[str, Fact] = field(factory=dict)
    records: Mapping[str, Record] = field(factory=dict)
    categories: Mapping[str, Category] = field(factory=dict)
    actions: Mapping[str, Action] = field(factory=dict)
    outcomes: Mapping[str, Outcome] = field(factory=dict)
    terms: Mapping[str, Expr] = field(factory=dict)
    readings: Mapping[str, Reading] = field(factory=dict)
    assumptions: tuple[Assumption, ...] = ()
    instruments: Mapping[str, Instrument] = field(factory=dict)
    rules: tuple[Rule, ...] = ()
    entities: tuple[str, ...] = ()
    powers: tuple[Power, ...] = ()
    claims: tuple[Claim, ...] = ()
    omissions: tuple[Omission, ...] = ()
    examples: tuple[Example, ...] = ()
