"""A source file: its declarations in the order they stand in."""

from __future__ import annotations

from attrs import frozen

from guiju.dsl.tree.examples import Example
from guiju.dsl.tree.instruments import Claim, Instrument, Omission, Power
from guiju.dsl.tree.rules import Rule
from guiju.dsl.tree.world import (
    Action,
    Assumption,
    Authority,
    Category,
    Department,
    Entity,
    Enumeration,
    Horizon,
    Outcome,
    Rank,
    Reading,
    Term,
    Territory,
)

Declaration = (
    Territory
    | Rank
    | Authority
    | Department
    | Enumeration
    | Entity
    | Category
    | Action
    | Outcome
    | Term
    | Assumption
    | Reading
    | Horizon
    | Instrument
    | Omission
    | Claim
    | Power
    | Rule
    | Example
)


@frozen
class File:
    """One source file: its declarations in the order they stand in."""

    name: str
    declarations: tuple[Declaration, ...]
