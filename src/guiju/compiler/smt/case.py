"""The case, the date, the place and the reading as variables: what a query ranges over.

Each fact, field, record and reading becomes a variable the first time that a term speaks of it, bounded
by its type. A record is a fixed number of slots of which the first so many are *present*. Enumerations
and choices of readings are indices in declared order. Places are indices in an order in which what lies
inside a territory comes after it, level by level, so that "inside" is a few intervals.

Trusted: the corpus is well formed, and the slots are at least the small-model bound of what is asked.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Mapping
from typing import assert_never

from attrs import frozen

from guiju.compiler.kernel import Boolean, Corpus, Date, Enumeration, Integer, Type
from guiju.compiler.smt import logic
from guiju.compiler.smt.dates import Calendar, Day, Whole
from guiju.compiler.smt.definitions import Definitions, Needs
from guiju.compiler.smt.logic import Formula, Number


@frozen(eq=False)
class Truth:
    """A Boolean term. It is always defined: an atom over an undefined term is false."""

    value: Formula
    defined: Formula = True


@frozen(eq=False)
class Member:
    """A term that is one of ``members``, by its index."""

    value: Number
    members: tuple[str, ...]
    defined: Formula = True


Term = Truth | Whole | Member | Day


class CaseVariables:
    """The variables of one solver for the parts of a context of ``corpus``."""

    def __init__(
        self, definitions: Definitions, dates: Calendar, corpus: Corpus, slots: Mapping[str, int]
    ) -> None:
        self._in = definitions
        self._dates = dates
        self._corpus = corpus
        self._memo: dict[Hashable, tuple[Term, Needs]] = {}
        self._rows: dict[Hashable, tuple[Number, Needs]] = {}
        self.slots = dict(slots)
        self.places = places(corpus)

    def fact(self, name: str) -> Term:
        """The value of a fact."""

        def make() -> Term:
            self._in.mention("fact", name)
            return self._variable(name, self._corpus.facts[name].type)

        return self._in.remember(self._memo, ("fact", name), make)

    def field(self, record: str, field: str, slot: int) -> Term:
        """The value of a field in one slot of a record."""

        def make() -> Term:
            self._in.mention("field", record, field)
            return self._variable(f"{record}[{slot}].{field}", self._corpus.records[record].fields[field])

        return self._in.remember(self._memo, ("field", record, field, slot), make)

    def rows(self, record: str) -> Number:
        """How many slots of a record are present: the first so many."""

        def make() -> Number:
            self._in.mention("record", record)
            return self._in.number(f"{record}.rows", 0, self.slots.get(record, 0))

        return self._in.remember(self._rows, record, make)

    def present(self, record: str, slot: int) -> Formula:
        """Whether a slot of a record is a row of the case."""
        return logic.lt(slot, self.rows(record))

    def reading(self, name: str) -> Member:
        """The choice that is made for a reading."""
        choices = self._corpus.readings[name].choices

        def make() -> Term:
            self._in.mention("reading", name)
            return Member(self._in.number(f"reading {name}", 0, len(choices) - 1), choices)

        term = self._in.remember(self._memo, ("reading", name), make)
        assert isinstance(term, Member)
        return term

    def today(self) -> Day:
        """The evaluation date."""
        first, last = self._corpus.horizon
        term = self._in.remember(self._memo, ("today",), lambda: self._dates.variable("today", first, last))
        assert isinstance(term, Day)
        return term

    def place(self) -> Number:
        """The place, as an index in ``places``."""
        return self._in.remember(
            self._rows, ("place",), lambda: self._in.number("place", 0, len(self.places) - 1)
        )

    def inside(self, territory: str) -> Formula:
        """Whether the place is ``territory`` or lies inside it."""
        covered = [index for index, place in enumerate(self.places) if self._corpus.within(place, territory)]
        if len(covered) == len(self.places):
            return True
        return logic.among(self.place(), covered)

    def _variable(self, name: str, type_: Type) -> Term:
        match type_:
            case Boolean():
                return Truth(self._in.truth(name))
            case Integer(low, high):
                return Whole(self._in.number(name, low, high), low, high)
            case Enumeration(members=members):
                return Member(self._in.number(name, 0, len(members) - 1), members)
            case Date():
                first, last = self._corpus.horizon
                return self._dates.variable(name, first, last)
            case _:
                assert_never(type_)


def places(corpus: Corpus) -> tuple[str, ...]:
    """The declared territories, the most general first; each level in declared order."""
    inside: dict[str | None, list[str]] = {}
    for place, parent in corpus.territories.items():
        inside.setdefault(parent if parent in corpus.territories else None, []).append(place)
    found: list[str] = []
    pending = deque(inside.get(None, ()))
    while pending:
        here = pending.popleft()
        found.append(here)
        pending.extend(inside.get(here, ()))
    return tuple(found) or ("",)
