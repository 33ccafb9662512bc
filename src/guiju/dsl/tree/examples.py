"""Examples: a case, its date and place, and what is to come of it."""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from guiju.dsl.source import Place
from guiju.dsl.tree.expressions import Actor, Expr, Open, Ref
from guiju.dsl.tree.rules import Due, Modality
from guiju.dsl.tree.words import Name, Text


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
class Until:
    """The last day of a window."""

    date: Expr
    place: Place


@frozen
class ExpectDeontic:
    actor: Actor
    modality: Modality
    action: Ref
    patient: Actor | None
    last_day: Until | Due | None
    place: Place


@frozen
class ExpectValue:
    outcome: Ref
    value: Open
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
