"""Questions, positions and norms: what is asked, what is answered, and under which guard."""

from __future__ import annotations

import enum

from attrs import frozen

from guiju.compiler.kernel.expressions import TODAY, Expr
from guiju.dsl.source import Place
from guiju.dsl.standing import Standing


@frozen(order=True, cache_hash=True)
class Deed:
    """Who does what to whom: the key of the questions about an action. ``patient`` may be empty."""

    bearer: str
    action: str
    patient: str = ""


@frozen(order=True, cache_hash=True)
class MayDo:
    """May this bearer do this (to this patient)? Answered by a ``Modality``."""

    deed: Deed


@frozen(order=True, cache_hash=True)
class BarEnd:
    """On which day does a bar that started on a given day end? Answered by a ``Span``.

    ``modality`` tells the end of a bar from that of a permission or a duty: they are not compared.
    """

    deed: Deed
    modality: str = "forbidden"


@frozen(order=True, cache_hash=True)
class DueBy:
    """By which day is a duty that arose on a given day due? Answered by a ``Span``."""

    deed: Deed


@frozen(order=True, cache_hash=True)
class DueWithin:
    """Within how many hours is a duty due? Answered by an ``Answer`` in hours."""

    deed: Deed


@frozen(order=True, cache_hash=True)
class Recurs:
    """How often does a duty recur? Answered by an ``Answer`` in months, days, ...; ``unit`` names which."""

    deed: Deed
    unit: str


@frozen(order=True, cache_hash=True)
class WhichValue:
    """Which value does this outcome take? Answered by an ``Answer``."""

    outcome: str


Question = MayDo | BarEnd | DueBy | DueWithin | Recurs | WhichValue


class Modality(enum.Enum):
    OBLIGED = "obliged"
    FORBIDDEN = "forbidden"
    PERMITTED = "permitted"


@frozen
class Answer:
    """A value given to an outcome. ``value`` is None where the text leaves it open (unspecified)."""

    value: Expr | None


@frozen
class Span:
    """A window or a term: from ``start`` to its last day ``end`` (``NEVER``: open-ended).

    Two spans disagree only where they start on the same day and end on different ones. ``end_up`` is
    the end under the other clipping of month arithmetic, for the analysis of calendar ambiguity.
    """

    start: Expr
    end: Expr
    end_up: Expr | None = None


Position = Modality | Answer | Span


class Strength(enum.Enum):
    """How firmly a norm binds.

    STRICT binds; IN_PRINCIPLE (原则上) and DISCRETIONARY (可) leave room; ENCOURAGED has no legal effect.
    """

    STRICT = "strict"
    DISCRETIONARY = "discretionary"
    IN_PRINCIPLE = "in_principle"
    ENCOURAGED = "encouraged"


class Combination(enum.Enum):
    """How several answers to one question combine.

    SINGLE: they must agree. ALL: cumulative. STRICTEST, MILDEST: along the scale. UNSTATED: the law does
    not say, which is itself a finding where two answers meet.
    """

    SINGLE = "single"
    ALL = "all"
    STRICTEST = "strictest"
    MILDEST = "mildest"
    UNSTATED = "unstated"


@frozen
class Requirement:
    """What a forbidding norm came from: wherever ``base`` holds, ``condition`` is required."""

    base: Expr
    condition: Expr


@frozen
class Norm:
    """One position on one question, under a guard.

    Applicable at ``(case, t, place, reading)`` iff its instrument is in force on ``law_date``, ``territory``
    covers the place, ``guard`` holds, and the position's terms and ``law_date`` are defined.
    ``law_date`` is the date of the facts that the norm is about, or ``Today``.
    """

    id: str  # "instrument.rule" or "instrument.rule/k" for the k-th norm of a rule with several
    rule: str  # "instrument.rule"
    instrument: str
    citations: tuple[str, ...]
    guard: Expr
    question: Question
    position: Position
    territory: str
    law_date: Expr = TODAY
    strength: Strength = Strength.STRICT
    standing: Standing = Standing.READ  # how well it is known that the law says so
    requirement: Requirement | None = None
    judgements: tuple[str, ...] = ()  # the open-textured facts that its guard rests on
    readings: tuple[str, ...] = ()  # the readings that its guard, value, law date or force depend on
    place: Place = Place("", 0)
    note: str = ""


def binds(norm: Norm) -> bool:
    """Whether ``norm`` answers its question at all: not what only encourages, nor what is not verified."""
    return norm.strength is not Strength.ENCOURAGED and norm.standing is not Standing.UNVERIFIED


def may_contradict(one: Norm, other: Norm) -> bool:
    """Whether two norms can contradict each other at all.

    What does not bind never does; and two that each only allow a value leave the choice open.
    """
    strengths = {one.strength, other.strength}
    return binds(one) and binds(other) and strengths != {Strength.DISCRETIONARY}


def position_terms(position: Position) -> tuple[Expr, ...]:
    """The terms inside a position, which must be defined for its norm to apply."""
    match position:
        case Modality():
            return ()
        case Answer(value):
            return () if value is None else (value,)
        case Span(start, end):
            return (start, end)
