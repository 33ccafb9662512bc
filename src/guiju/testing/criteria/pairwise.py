"""Each two values of two enumerations meet in some case.

Members of a kind that the norms of the topic do not tell apart are alike: those that none of them names, and
those that are always named in one breath, as one of several. The first stands for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, product

from guiju.checker.phrasing import phrase
from guiju.compiler.kernel import (
    Compare,
    Const,
    Corpus,
    Enumeration,
    Expr,
    FactRef,
    Or,
    Order,
    Value,
    children,
    walk,
)
from guiju.dsl.source import Bilingual
from guiju.testing.bearing import terms
from guiju.testing.criteria.asking import asked, binding, once
from guiju.testing.obligations import Obligation
from guiju.testing.scope import Scope
from guiju.testing.suite import Criterion

#: A fact with one of its values.
_Taken = tuple[FactRef, Const]


def obligations(scope: Scope) -> Iterator[Obligation]:
    """For each two facts of kinds and scales that the norms mention, each two values that they tell apart.

    Where they mention one such fact only, each such value of it.
    """
    return once(_obligations(scope))


def _obligations(scope: Scope) -> Iterator[Obligation]:
    corpus = scope.corpus
    said = {norm.id: terms(norm, corpus) for norm in binding(scope.rules)}
    mentions = {id_: _enumerations(found, corpus) for id_, found in said.items()}
    facts = list(dict.fromkeys(fact for found in mentions.values() for fact in found))
    exprs = [*(expr for found in said.values() for expr in found), *scope.assumptions]
    values = {fact: _values(fact, exprs, corpus) for fact in facts}
    if len(facts) == 1:
        groups: list[tuple[FactRef, ...]] = [(facts[0],)]
    else:
        groups = list(combinations(facts, 2))
    for group in groups:
        norms = [norm for norm in binding(scope.rules) if mentions[norm.id].keys() & set(group)]
        for taken in product(*(values[fact] for fact in group)):
            words = [phrase(_equality(each), corpus) for each in taken]
            yield asked(
                Criterion.PAIRWISE,
                norms,
                [_equality(each) for each in taken],
                Bilingual("，".join(w.zh for w in words), " and ".join(w.en for w in words)),
            )


def _enumerations(exprs: Iterable[Expr], corpus: Corpus) -> dict[FactRef, None]:
    """The facts of kinds and scales that ``exprs`` mention, in order."""
    facts = (part for expr in exprs for part in walk(expr) if isinstance(part, FactRef))
    return {fact: None for fact in facts if isinstance(corpus.facts[fact.name].type, Enumeration)}


def _values(fact: FactRef, exprs: Iterable[Expr], corpus: Corpus) -> list[_Taken]:
    """The members of the kind of ``fact``, of those that ``exprs`` do not tell apart the first."""
    type_ = corpus.facts[fact.name].type
    assert isinstance(type_, Enumeration)
    sets: dict[frozenset[Value], None] = {}
    for expr in exprs:
        _gather(expr, fact, sets)
    if frozenset() in sets:
        chosen: Iterable[str] = type_.members
    else:
        chosen = {tuple(m in each for each in sets): m for m in reversed(type_.members)}.values()
    return [(fact, Const(member, type_)) for member in type_.members if member in chosen]


def _gather(expr: Expr, fact: FactRef, sets: dict[frozenset[Value], None]) -> None:
    """The sets of members of which ``fact`` is said to be one; an empty one where it is used otherwise."""
    match expr:
        case Or(args):
            equalities = {arg: value for arg in args if (value := _member(arg, fact)) is not None}
            if equalities:
                sets[frozenset(equalities.values())] = None
            for arg in args:
                if arg not in equalities:
                    _gather(arg, fact, sets)
        case _ if (value := _member(expr, fact)) is not None:
            sets[frozenset({value})] = None
        case _ if expr == fact:
            sets[frozenset()] = None
        case _:
            for part in children(expr):
                _gather(part, fact, sets)


def _member(expr: Expr, fact: FactRef) -> Value | None:
    match expr:
        case Compare(Order.EQ, left, Const(value)) if left == fact:
            return value
        case _:
            return None


def _equality(taken: _Taken) -> Expr:
    fact, value = taken
    return Compare(Order.EQ, fact, value)
