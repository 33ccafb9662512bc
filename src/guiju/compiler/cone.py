"""The cone of a query: which assumptions can bear on it at all.

An assumption that shares nothing with a query, not even by way of other assumptions, cannot make it
unsatisfiable as long as those left out can hold by themselves: a case for the query and a case for them speak
of different things and put together make one case. What conditions can share: a fact, a record, a reading,
the evaluation date, the place.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from guiju.compiler.kernel import (
    AtLeast,
    Expr,
    Extreme,
    FactRef,
    FieldRef,
    InTerritory,
    ReadingRef,
    Today,
    distinct,
)

Symbol = tuple[str, str]


def symbols(exprs: Sequence[Expr]) -> frozenset[Symbol]:
    """What ``exprs`` speak of."""
    found: set[Symbol] = set()
    for part in distinct(exprs):
        match part:
            case FactRef(name):
                found.add(("fact", name))
            case FieldRef(record=record) | AtLeast(record=record) | Extreme(record=record):
                found.add(("record", record))
            case ReadingRef(name):
                found.add(("reading", name))
            case Today():
                found.add(("context", "today"))
            case InTerritory():
                found.add(("context", "place"))
            case _:
                pass
    return frozenset(found)


@frozen
class Cone:
    """Assumptions with what each speaks of."""

    assumptions: tuple[tuple[Expr, frozenset[Symbol]], ...]

    @classmethod
    def of(cls, assumptions: Sequence[Expr]) -> Cone:
        return cls(tuple((a, symbols([a])) for a in assumptions))

    def above(self, conditions: Sequence[Expr]) -> list[Expr]:
        """The assumptions that ``conditions`` are linked to, in their order."""
        if not self.assumptions:
            return []
        reached = symbols(conditions)
        linked: set[int] = set()
        grown = True
        while grown:
            grown = False
            for number, (_, spoken_of) in enumerate(self.assumptions):
                if number not in linked and (spoken_of & reached or not spoken_of):
                    linked.add(number)
                    reached |= spoken_of
                    grown = True
        return [self.assumptions[number][0] for number in sorted(linked)]
