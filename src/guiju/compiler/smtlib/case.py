"""A complete context as constants: facts, rows, date, place and readings, each made when first asked for.

A record is a number of slots, each of which is a row of the case or is not; since no expression tells the
order of rows, those that are rows come first. Places are numbered so that each territory comes right
before what lies inside it.

Trusted: the slots are at least as many as the small-model bound of what is asked.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import assert_never

from guiju.compiler.kernel import Boolean, Corpus, Date, Enumeration, Integer, Type
from guiju.compiler.smtlib.terms import Formula, Number, Terms
from guiju.compiler.smtlib.values import Amount, Choice, Day, Truth, Unsupported, Value


class Case:
    """The constants of one query for the parts of a context of ``corpus``."""

    def __init__(self, terms: Terms, corpus: Corpus, slots: Mapping[str, int]) -> None:
        self._terms = terms
        self._corpus = corpus
        self._slots = slots
        self._values: dict[Hashable, Value] = {}
        self._present: dict[str, list[Formula]] = {}
        self._places = _preorder(corpus)
        self._place: Number | None = None

    def fact(self, name: str) -> Value:
        """The value of a fact."""
        if name not in self._corpus.facts:
            raise Unsupported(f"no such fact: {name}")
        return self._once(("fact", name), "fact", self._corpus.facts[name].type)

    def field(self, record: str, field: str, slot: int) -> Value:
        """The value of a field of the row in a slot."""
        type_ = self._corpus.records[record].fields.get(field)
        if type_ is None:
            raise Unsupported(f"no such field: {record}.{field}")
        return self._once(("field", record, field, slot), "field", type_)

    def reading(self, name: str) -> Value:
        """The choice that is made for a reading."""
        if name not in self._corpus.readings:
            raise Unsupported(f"no such reading: {name}")
        choices = Enumeration(name, self._corpus.readings[name].choices)
        return self._once(("reading", name), "reading", choices)

    def today(self) -> Value:
        """The evaluation date."""
        return self._once(("today",), "today", Date())

    def present(self, record: str) -> list[Formula]:
        """For each slot of a record, whether it is a row."""
        if record not in self._corpus.records:
            raise Unsupported(f"no such record: {record}")
        if record not in self._present:
            rows: list[Formula] = []
            for _ in range(self._slots.get(record, 0)):
                rows.append(self._terms.truth("row"))
                if len(rows) > 1:
                    self._terms.state(self._terms.implies(rows[-1], rows[-2]))
            self._present[record] = rows
        return self._present[record]

    def inside(self, territory: str) -> Formula:
        """Whether the place is a territory or lies inside it."""
        if territory not in self._places:
            raise Unsupported(f"no such territory: {territory}")
        if self._place is None:
            self._place = self._terms.integer("place", 0, len(self._places) - 1)
        covered = [at for at, place in enumerate(self._places) if self._corpus.within(place, territory)]
        return self._terms.among(self._place, covered)

    def _once(self, key: Hashable, kind: str, type_: Type) -> Value:
        if key not in self._values:
            self._values[key] = self._constant(kind, type_)
        return self._values[key]

    def _constant(self, kind: str, type_: Type) -> Value:
        match type_:
            case Boolean():
                return Truth(self._terms.truth(kind))
            case Integer(low, high, unit, scale):
                return Amount(self._terms.integer(kind, low, high), unit, scale)
            case Enumeration(members=members):
                return Choice(self._terms.integer(kind, 0, len(members) - 1), type_)
            case Date():
                first, last = self._corpus.horizon
                return Day(self._terms.integer(kind, first.toordinal(), last.toordinal()))
            case _:
                assert_never(type_)


def _preorder(corpus: Corpus) -> tuple[str, ...]:
    """The declared territories, each followed by those inside it; ``""`` where none is declared."""
    inside: dict[str | None, list[str]] = {}
    for place, parent in corpus.territories.items():
        inside.setdefault(parent if parent in corpus.territories else None, []).append(place)
    found: list[str] = []
    pending = inside.get(None, [])[::-1]
    while pending:
        here = pending.pop()
        found.append(here)
        pending.extend(reversed(inside.get(here, [])))
    return tuple(found) or ("",)
