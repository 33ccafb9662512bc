"""Rules and their effects."""

from __future__ import annotations

import enum

from attrs import frozen

from guiju.dsl.source import Place
from guiju.dsl.tree.expressions import Actor, Expr, Open, Ref
from guiju.dsl.tree.instruments import Verified
from guiju.dsl.tree.words import Name, Text


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
    verified: Verified | None
    note: Text | None
    place: Place
