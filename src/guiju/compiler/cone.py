"""The cone of a query: which assumptions can bear on it at all.

An assumption that shares nothing with a query, not even by way of other assumptions, cannot make it
unsatisfiable as long as those left out can hold by themselves: a case for the query and a case for them speak
of different things and put together make one case. What conditions can share: a fact, a record, a reading,
the evaluation date, the place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from attrs import field, frozen

from guiju.compiler.kernel import (
    AtLeast,
    Expr,
    Extreme,
    FactRef,
    FieldRef,
    InTerritory,
    ReadingRef,
    Today,
    children,
    walk,
)

Symbol = tuple[str, str]

#: So many expressions are remembered: more than the parts of a corpus, and no more than a service may keep.
_KEPT = 50_000


def symbols(exprs: Sequence[Expr]) -> frozenset[Symbol]:
    """What ``exprs`` speak of."""
    return frozenset().union(*(_own(part) for expr in exprs for part in walk(expr)))


def _own(expr: Expr) -> tuple[Symbol, ...]:
    """What ``expr`` speaks of itself, beside its parts."""
    match expr:
        case FactRef(name):
            return (("fact", name),)
        case FieldRef(record=record) | AtLeast(record=record) | Extreme(record=record):
            return (("record", record),)
        case ReadingRef(name):
            return (("reading", name),)
        case Today():
            return (("context", "today"),)
        case InTerritory():
            return (("context", "place"),)
        case _:
            return ()


Symbols = Callable[[Expr], frozenset[Symbol]]


def remembering() -> Symbols:
    """``symbols`` of one expression, for many that share parts: the latest parts are looked at once."""

    @lru_cache(_KEPT)
    def of(expr: Expr) -> frozenset[Symbol]:
        return frozenset(_own(expr)).union(*map(of, children(expr)))

    return of


@frozen
class Cone:
    """Assumptions with what each speaks of."""

    assumptions: tuple[tuple[Expr, frozenset[Symbol]], ...]
    _symbols: Symbols = field(init=False, eq=False, repr=False, factory=remembering)

    @classmethod
    def of(cls, assumptions: Sequence[Expr]) -> Cone:
        return cls(tuple((a, symbols([a])) for a in assumptions))

    def above(self, conditions: Sequence[Expr]) -> list[Expr]:
        """The assumptions that ``conditions`` are linked to, in their order."""
        reached: frozenset[Symbol] = frozenset().union(*map(self._symbols, conditions))
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
