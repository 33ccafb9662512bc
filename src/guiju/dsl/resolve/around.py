"""What rules, instruments and examples are resolved against: the world that is already resolved."""

from __future__ import annotations

from attrs import frozen

from guiju.dsl import tree as t
from guiju.dsl import typed as y
from guiju.dsl.diagnostics import Bag
from guiju.dsl.resolve.expressions import Scope
from guiju.dsl.resolve.symbols import unknown


@frozen
class World:
    """What the rules are resolved against."""

    scope: Scope
    actions: dict[str, y.Action]
    outcomes: dict[str, y.Outcome]

    @property
    def bag(self) -> Bag:
        return self.scope.bag


def action_of(ref: t.Ref, world: World) -> y.Action | None:
    """The action that ``ref`` names, or None after reporting that there is none."""
    found = world.actions.get(ref.text)
    if found is None:
        unknown(ref, "action", world.actions, world.bag)
    return found


def outcome_of(ref: t.Ref, world: World) -> y.Outcome | None:
    """The outcome that ``ref`` names, or None after reporting that there is none."""
    found = world.outcomes.get(ref.text)
    if found is None and ref.text not in world.scope.symbols.outcomes:
        unknown(ref, "outcome", world.scope.symbols.outcomes, world.bag)
    return found
