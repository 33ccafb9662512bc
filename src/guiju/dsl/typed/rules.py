"""Rules and their effects."""

from __future__ import annotations

from attrs import frozen

from guiju.dsl.source import Place
from guiju.dsl.standing import Standing
from guiju.dsl.tree import Modality
from guiju.dsl.typed.expressions import Expr


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
