"""The program: all declarations of a corpus, and the examples beside its rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from attrs import field, frozen

from guiju.dsl.source import Place
from guiju.dsl.tree import Modality
from guiju.dsl.typed.expressions import Expr
from guiju.dsl.typed.instruments import Claim, Instrument, Omission, Power
from guiju.dsl.typed.rules import Rule, Unstated
from guiju.dsl.typed.world import (
    Action,
    Assumption,
    Authority,
    Category,
    Fact,
    Outcome,
    Rank,
    Reading,
    Record,
)
from guiju.dsl.types import Enumeration


@frozen
class ExpectedPosition:
    """``modality`` of a deed, or a ``value`` of an outcome; neither: no answer. ``conflict``: two stand.

    With ``until`` or ``due`` it is the last day of the window or of the deadline that is expected.
    """

    bearer: str
    action: str
    patient: str
    outcome: str
    modality: Modality | None
    value: Expr | Unstated | None
    conflict: bool
    place: Place
    until: Expr | None = None
    due: Expr | None = None


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
