"""Rules and their effects, and how well a rule is known."""

from __future__ import annotations

import enum

from attrs import frozen

from guiju.dsl.source import Place
from guiju.dsl.tree import Modality
from guiju.dsl.typed.expressions import Expr


class Standing(enum.Enum):
    """How well it is known that the law says what a rule says.

    READ: its text was read. SECOND_HAND: taken from an explanation or an excerpt. UNVERIFIED: not known to
    be so; such a norm answers nothing and may only raise a question.
    """

    READ = "read"
    SECOND_HAND = "second_hand"
    UNVERIFIED = "unverified"


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
