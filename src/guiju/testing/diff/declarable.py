"""Cases that both versions have words for, or the new one at least: those are shown rather than others."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.checker.ask import reading_type
from guiju.compiler.kernel import (
    TRUE,
    AtLeast,
    Compare,
    Const,
    Enumeration,
    Expr,
    FactRef,
    FieldRef,
    Integer,
    InTerritory,
    Not,
    Order,
    ReadingRef,
    Type,
    conjunction,
    disjunction,
    negation,
)
from guiju.testing.diff.merging import Merged, Version
from guiju.testing.scope import Scope


def declarable(scope: Scope, both: Merged) -> list[Expr]:
    """Wishes: that both versions can be given the case; that the new one can."""
    old, new = (conjunction(*_conditions(scope, each)) for each in (both.old, both.new))
    return [wish for wish in dict.fromkeys((conjunction(old, new), new)) if wish != TRUE]


def _conditions(scope: Scope, version: Version) -> Iterator[Expr]:
    corpus = scope.corpus
    for name in scope.facts:
        if name in version.facts:
            yield _among(FactRef(name), version.facts[name], corpus.facts[name].type)
    for record in scope.records:
        for field, type_ in corpus.records[record].fields.items():
            narrow = version.fields.get((record, field))
            inside = TRUE if narrow is None else _among(FieldRef(record, field), narrow, type_)
            if inside != TRUE:
                yield Not(AtLeast(1, record, negation(inside)))
    for name in scope.readings:
        if name in version.readings:
            whole = reading_type(name, corpus)
            yield _among(ReadingRef(name), Enumeration(name, version.readings[name]), whole)
    for place in corpus.territories:
        if place not in version.territories:
            yield Not(InTerritory(place))


def _among(term: Expr, narrow: Type, wide: Type) -> Expr:
    """That ``term``, of the type ``wide``, has a value of ``narrow``."""
    match narrow, wide:
        case Enumeration(members=members), Enumeration(members=every) if set(members) != set(every):
            return disjunction(*(Compare(Order.EQ, term, Const(member, wide)) for member in members))
        case Integer(low, high), Integer(lowest, highest) if (low, high) != (lowest, highest):
            return conjunction(
                Compare(Order.LE, Const(low, wide), term), Compare(Order.LE, term, Const(high, wide))
            )
        case _:
            return TRUE
