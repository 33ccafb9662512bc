"""Declarations of the world: territories, authorities, facts and their types, actions, outcomes, terms."""

from __future__ import annotations

from attrs import frozen

from guiju.dsl.source import Place
from guiju.dsl.tree.expressions import Actor, DateLiteral, Expr, Ref
from guiju.dsl.tree.words import Name, Text


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
    background: bool
    gravity: bool
    changeable: bool
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
class Category:
    """A class of acts; ``sanction``: an adverse consequence."""

    name: Name
    sanction: bool
    note: Text | None
    place: Place


@frozen
class Trace:
    """The rows that an action leaves: of ``record``, those that satisfy ``where``."""

    record: Ref
    where: Expr | None
    place: Place


@frozen
class Action:
    name: Name
    bearer: Actor | None
    patient: Name | None
    legal_class: Name | None
    combination: str | None
    done: Expr | None
    done_on: Expr | None
    undone: Expr | None
    leaves: Trace | None
    passes: Name | None
    note: Text | None
    place: Place


@frozen
class Outcome:
    name: Name
    type: Type
    legal_class: Name | None
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
