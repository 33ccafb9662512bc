"""The fewest facts to change, and the values nearest to the present ones, with which something can be had.

The set comes first: as few facts as can be and, where there is a choice, the facts declared first left as
they are. Then, one fact after the other, the least distance: in units, in days, in steps of a scale; members
of a kind are tried as they are declared.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import frozen

from guiju.compiler.kernel import (
    TRUE,
    Compare,
    Const,
    Context,
    Corpus,
    Enumeration,
    Expr,
    FactRef,
    If,
    Integer,
    Order,
    Sum,
    Value,
    conjunction,
)
from guiju.compiler.pinning import equal

#: Finds a context that satisfies these conditions beside what is wanted anyhow; None: there is none.
Search = Callable[[Sequence[Expr]], Context | None]


@frozen
class Present:
    """Facts that can be changed, in declared order, with the values that they have."""

    corpus: Corpus
    values: Mapping[str, Value]

    def has(self, name: str, value: Value) -> Expr:
        """The condition that a fact has that value."""
        return equal(FactRef(name), value, self.corpus.facts[name].type)

    def kept(self, name: str) -> Expr:
        """The condition that a fact has its present value."""
        return self.has(name, self.values[name])

    def changed(self, found: Context) -> list[str]:
        """The facts that ``found`` gives another value."""
        return [name for name, value in self.values.items() if found.case.facts.get(name, value) != value]

    def at_most(self, count: int) -> Expr:
        """The condition that no more than ``count`` facts are changed."""
        bit = Integer(0, 1)
        changes = tuple(If(self.kept(name), Const(0, bit), Const(1, bit)) for name in self.values)
        limit = Const(count, Integer(count, count))
        return Compare(Order.LE, Sum(changes), limit) if changes else TRUE


def fewest(present: Present, search: Search) -> tuple[str, ...] | None:
    """A smallest set of facts that must be changed; None where no change at all will do."""
    found = search([])
    if found is None:
        return None
    count = len(present.changed(found))
    for fewer in range(count):
        better = search([present.at_most(fewer)])
        if better is not None:
            found, count = better, fewer
            break
    fixed = [present.at_most(count)]
    for name in present.values:
        if name in present.changed(found):
            other = search([*fixed, present.kept(name)])
            if other is None:
                continue
            found = other
        fixed.append(present.kept(name))
    return tuple(present.changed(found))


def nearest(present: Present, changed: Sequence[str], search: Search) -> dict[str, Value]:
    """New values for the facts ``changed``, each as near as can be after those before it.

    All others keep theirs. Trusted: that this can be had.
    """
    fixed = [present.kept(name) for name in present.values if name not in changed]
    new: dict[str, Value] = {}
    for name in changed:
        new[name] = _nearest(name, present, lambda *wish: search([*fixed, *wish]))
        fixed.append(present.has(name, new[name]))
    return new


def _nearest(name: str, present: Present, search: Callable[..., Context | None]) -> Value:
    """The value nearest to the present one under which ``search`` finds something."""
    type_, value = present.corpus.facts[name].type, present.values[name]
    if isinstance(type_, Enumeration):
        return next(v for v in _by_distance(type_, value) if search(present.has(name, v)) is not None)
    found = _value(search(), name)
    if isinstance(found, bool) or isinstance(value, bool):
        return found
    low, high = 0, _distance(value, found)
    while low < high:
        middle = (low + high) // 2
        nearer = search(_within(name, present, middle))
        if nearer is None:
            low = middle + 1
        else:
            found = _value(nearer, name)
            high = _distance(value, found)
    below = _moved(value, -high)
    if below is not None and found != below and search(present.has(name, below)) is not None:
        return below
    return found


def _value(found: Context | None, name: str) -> Value:
    assert found is not None, "what was found is found again"
    return found.case.facts[name]


def _by_distance(type_: Enumeration, value: Value) -> Iterator[str]:
    """The other members: of a scale the nearest first, the milder before the graver; else as declared."""
    members = type_.members
    here = members.index(str(value))
    steps = (lambda m: abs(members.index(m) - here)) if type_.ordered else (lambda m: 0)
    yield from sorted((m for m in members if m != value), key=steps)


def _distance(one: Value, other: Value) -> int:
    return abs(_number(one) - _number(other))


def _number(value: Value) -> int:
    return value.toordinal() if isinstance(value, dt.date) else int(value)


def _moved(value: Value, by: int) -> Value | None:
    """The value so far away; None where there is no such day."""
    number = _number(value) + by
    if not isinstance(value, dt.date):
        return number
    return dt.date.fromordinal(number) if 1 <= number <= dt.date.max.toordinal() else None


def _within(name: str, present: Present, distance: int) -> Expr:
    """The condition that a number or date is no farther than ``distance`` from its present value."""
    type_, value = present.corpus.facts[name].type, present.values[name]
    fact = FactRef(name)

    def bound(edge: Value | None, *, low: bool) -> Expr:
        if edge is None:
            return TRUE
        held = (
            Integer(_number(edge), _number(edge), type_.unit, type_.scale)
            if isinstance(type_, Integer)
            else type_
        )
        literal = Const(edge, held)
        return Compare(Order.LE, literal, fact) if low else Compare(Order.LE, fact, literal)

    return conjunction(bound(_moved(value, -distance), low=True), bound(_moved(value, distance), low=False))
