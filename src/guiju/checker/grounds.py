"""Grounds: the least conduct that makes a norm apply, to tell whether two norms are about the same facts.

A case may hold two unrelated kinds of conduct. Two sanctions that are each drawn by one of them do not
collide, although both apply. A *ground* of a norm is a subset-minimal set of deviations (facts, not declared
as background, that differ from their default; a boolean without one is normally false) under which its guard
can hold; where a guard needs none, the numbers, kinds and records that it speaks of stand for it. Two norms
are about the same facts when grounds of both overlap and can hold together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from attrs import field, frozen

from guiju.checker.ask import Asker
from guiju.compiler.kernel import (
    AtLeast,
    Boolean,
    Compare,
    Const,
    Corpus,
    Date,
    Expr,
    Extreme,
    Fact,
    FactRef,
    Norm,
    Order,
    conjunction,
    disjunction,
    negation,
    walk,
)

#: More grounds than this of one norm are not looked for; the pair is then taken to share facts.
_MOST = 48


@frozen
class Ground:
    """Deviations by fact name, or what else a guard speaks of; ``complete`` is false past the limit."""

    names: frozenset[str]


@frozen
class Grounds:
    """The grounds of guards, found once each."""

    asker: Asker
    known: dict[Expr, tuple[Ground, ...] | None] = field(factory=dict)

    def shared(self, one: Norm, other: Norm) -> Expr | None:
        """The condition that a case shows the two norms on the same facts; None when no case can.

        It allows each ground that they share: where a third norm or a reading rules one out, another may do.
        Undecided and overlong searches count as shared: nothing is hidden for want of an answer.
        """
        least = self._least(one, other)
        if least is None:
            return conjunction()
        if not least:
            return conjunction() if self._implied(one, other) else None
        return disjunction(*(deviations(sorted(names), self.asker.corpus) for names in least))

    def alone(self, one: Norm, other: Norm) -> Expr | None:
        """The condition that a case shows what the two norms share, and no other conduct that they speak of.

        None where they share nothing, or where it is not known what.
        """
        corpus = self.asker.corpus
        least = self._least(one, other)
        if not least:
            return None
        spoken = _mentioned([one.guard, other.guard])
        conduct = [f for f in corpus.facts.values() if f.name in spoken and _can_deviate(f)]
        return disjunction(
            *(
                conjunction(
                    deviations(sorted(names), corpus),
                    *(negation(deviates(f)) for f in conduct if f.name not in names),
                )
                for names in least
            )
        )

    def _least(self, one: Norm, other: Norm) -> list[frozenset[str]] | None:
        """The least overlapping unions of a ground of each; None where that is not known."""
        first, second = self._of(one), self._of(other)
        if first is None or second is None:
            return None
        together = [
            a.names | b.names
            for a in first
            for b in second
            if a.names & b.names or not a.names or not b.names
        ]
        return [names for names in dict.fromkeys(together) if not any(fewer < names for fewer in together)]

    def _implied(self, one: Norm, other: Norm) -> bool:
        """Whether one guard is a case of the other: then what draws the one draws the other too."""
        what = f"{one.id} × {other.id}: shared facts"
        return any(
            self.asker.possible(what, [m.guard, negation(n.guard)], (one, other), pinned=False) is not True
            for m, n in ((one, other), (other, one))
        )

    def _of(self, norm: Norm) -> tuple[Ground, ...] | None:
        if norm.guard not in self.known:
            found = list(_minimal(norm, self.asker))
            self.known[norm.guard] = None if None in found else tuple(g for g in found if g is not None)
        return self.known[norm.guard]


def deviates(fact: Fact) -> Expr:
    """The condition that a fact differs from what is normal (its default; a boolean without one: false)."""
    if isinstance(fact.type, Boolean):
        return negation(FactRef(fact.name)) if fact.default is True else FactRef(fact.name)
    assert fact.default is not None
    return negation(Compare(Order.EQ, FactRef(fact.name), Const(fact.default, fact.type)))


def _can_deviate(fact: Fact) -> bool:
    """Whether there is something normal for ``fact`` to differ from; a date is when, not what."""
    if fact.background or isinstance(fact.type, Date):
        return False
    return isinstance(fact.type, Boolean) or fact.default is not None


def deviations(names: Sequence[str], corpus: Corpus) -> Expr:
    """The condition that all those facts deviate; what cannot is passed over."""
    facts = [corpus.facts[n] for n in names if n in corpus.facts]
    return conjunction(*(deviates(f) for f in facts if _can_deviate(f)))


def _minimal(norm: Norm, asker: Asker) -> Iterator[Ground | None]:
    """Each subset-minimal set of deviations under which the guard can hold; None when not all were found."""
    corpus = asker.corpus
    conduct = [f for f in corpus.facts.values() if _can_deviate(f)]
    mentioned = _mentioned([norm.guard, *asker.bearing([norm.guard])])
    relevant = [f for f in conduct if f.name in mentioned]
    blocked: list[Expr] = []
    for _ in range(_MOST):
        held = _shrunk(norm, relevant, blocked, asker)
        if held is False:
            return
        if held is None:
            break
        if not held:
            yield Ground(_other_facts(norm.guard, corpus))
            return
        yield Ground(frozenset(f.name for f in held))
        blocked.append(negation(conjunction(*(deviates(f) for f in held))))
    yield None


def _shrunk(
    norm: Norm, relevant: list[Fact], blocked: list[Expr], asker: Asker
) -> list[Fact] | Literal[False] | None:
    """A minimal set of deviations that the guard needs, beside those found; False when there is none.

    None when the solver could not decide: what is not minimal would hold back more than it may.
    """
    what = f"{norm.id}: grounds"
    more = asker.possible(what, [norm.guard, *blocked], (norm,), pinned=False)
    if not more:
        return more
    held = list(relevant)
    chunk = max(1, len(held) // 2)
    while chunk:
        at = 0
        while at < len(held):
            without = held[:at] + held[at + chunk :]
            absent = [negation(deviates(f)) for f in relevant if f not in without]
            enough = asker.possible(what, [norm.guard, *blocked, *absent], (norm,), pinned=False)
            if enough is None:
                return None
            if enough:
                held = without
            else:
                at += chunk
        chunk //= 2
    return held


def _mentioned(exprs: Sequence[Expr]) -> set[str]:
    return {e.name for expr in exprs for e in walk(expr) if isinstance(e, FactRef)}


def _other_facts(guard: Expr, corpus: Corpus) -> frozenset[str]:
    """The numbers, kinds and records that a guard speaks of."""
    found = {e.record for e in walk(guard) if isinstance(e, AtLeast | Extreme)}
    for name in _mentioned([guard]):
        fact = corpus.facts[name]
        if not isinstance(fact.type, Date | Boolean) and not fact.background:
            found.add(name)
    return frozenset(found)
