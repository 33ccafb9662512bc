"""The world: facts, records, authorities, acts, outcomes, readings, assumptions."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from guiju.dsl.source import Place
from guiju.dsl.typed.expressions import Expr
from guiju.dsl.types import Type, Value


@frozen
class Fact:
    name: str
    type: Type
    default: Value | None
    judgement: bool
    background: bool
    gravity: bool
    changeable: bool
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
    done_on: Expr | None
    undone: Expr | None
    leaves: Trace | None
    passes: str | None  # the English word of its kind
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
