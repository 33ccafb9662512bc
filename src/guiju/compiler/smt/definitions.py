"""Variables and the constraints that define them, included only in the queries that need them.

A term may rest on variables (a fact, the month of a date, the earliest of some rows) that are tied down
by constraints of their own. Every term remembers which of these definitions and which parts of the case
it *needs*, and a query includes exactly those. So terms are built once and shared by many queries, a
query pays for what it mentions and for nothing else, and its cone of influence falls out of it.

Every definition has a solution whatever the rest of the case is. That is what makes it sound to leave one
out, and each ``define`` says why it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import z3
from attrs import Factory, define, frozen

from guiju.compiler.smt import logic
from guiju.compiler.smt.logic import Formula, Number

T = TypeVar("T")


@frozen(order=True)
class Mention:
    """A part of the case that a term speaks of: a fact, a record, a field of a record, a reading."""

    kind: str
    name: str
    field: str = ""


@frozen
class Needs:
    """What a term rests on: its definitions (by number) and the parts of the case it mentions."""

    definitions: frozenset[int] = frozenset()
    mentions: frozenset[Mention] = frozenset()


@define(eq=False)
class _Scope:
    definitions: set[int] = Factory(set)
    mentions: set[Mention] = Factory(set)


class Definitions:
    """The variables and definitions of one solver, and the record of who needs which."""

    def __init__(self, context: Any) -> None:
        self.context = context
        self.constraints: list[Formula] = []  # by the number of the definition
        self._scopes = [_Scope()]
        self._names: dict[str, int] = {}

    def truth(self, name: str) -> Formula:
        """A new Boolean variable."""
        return z3.Bool(self._fresh(name), self.context)

    def number(self, name: str, low: int, high: int) -> Number:
        """A new integer variable between ``low`` and ``high``."""
        if low == high:
            return low
        variable = z3.Int(self._fresh(name), self.context)
        self.define(logic.within(variable, low, high))
        return variable

    def define(self, *constraints: Formula) -> None:
        """Make the term that is being built rest on ``constraints``, which have a solution in any case."""
        constraint = logic.conj(constraints)
        if constraint is True:
            return
        self._scopes[-1].definitions.add(len(self.constraints))
        self.constraints.append(constraint)

    def mention(self, kind: str, name: str, field: str = "") -> None:
        """Make the term that is being built mention a part of the case."""
        self._scopes[-1].mentions.add(Mention(kind, name, field))

    def remember(self, memo: dict[Hashable, tuple[T, Needs]], key: Hashable, make: Callable[[], T]) -> T:
        """The term under ``key`` in ``memo``, made once; whoever asks for it needs what it needs."""
        if key not in memo:
            self._scopes.append(_Scope())
            try:
                term = make()
            finally:
                scope = self._scopes.pop()
            memo[key] = (term, Needs(frozenset(scope.definitions), frozenset(scope.mentions)))
        term, needs = memo[key]
        self._scopes[-1].definitions |= needs.definitions
        self._scopes[-1].mentions |= needs.mentions
        return term

    def needed_by(self, make: Callable[[], object]) -> Needs:
        """What the term that ``make`` gives needs."""
        memo: dict[Hashable, tuple[object, Needs]] = {}
        self.remember(memo, "", make)
        return memo[""][1]

    def _fresh(self, name: str) -> str:
        """A name not used before: the solver identifies variables by name."""
        count = self._names.get(name, 0)
        self._names[name] = count + 1
        return f"{name}!{count}" if count else name
