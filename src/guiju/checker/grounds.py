"""Grounds: the least conduct that makes a norm apply, to tell whether two norms are about the same facts.

A case may hold two unrelated kinds of conduct. Two sanctions that are each drawn by one of them do not
collide, although both apply. A *ground* of a norm is a subset-minimal set of deviations (boolean facts, not
declared as background, that differ from their default) under which its guard can hold; where a guard needs
none, the numbers, kinds and records that it speaks of stand for it. Two norms are about the same facts when
grounds of both overlap and can hold together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import field, frozen

from guiju.checker.ask import Asker
from guiju.compiler.kernel import (
    AtLeast,
    Boolean,
    Corpus,
    Date,
    Expr,
    Extreme,
    Fact,
    FactRef,
    Norm,
    conjunction,
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

    def shared(self, one: Norm, other: Norm, both: Sequence[Expr]) -> Expr | None:
        """A condition that makes a case show ``both`` on the same facts; None when there is no such case.

        Undecided and overlong searches count as shared: nothing is hidden for want of an answer.
        """
        first, second = self._of(one), self._of(other)
        if first is None or second is None:
            return conjunction()
        for a in first:
            for b in second:
                if not a.names & b.names and a.names and b.names:
                    continue
                deviating = deviations(sorted(a.names | b.names), self.asker.corpus)
                if self.asker.possible("shared facts", [*both, deviating], (one, other)) is not False:
                    return deviating
        return None

    def _of(self, norm: Norm) -> tuple[Ground, ...] | None:
        if norm.guard not in self.known:
            found = list(_minimal(norm, self.asker))
            self.known[norm.guard] = None if None in found else tuple(g for g in found if g is not None)
        return self.known[norm.guard]


def deviates(fact: Fact) -> Expr:
    """The condition that a boolean fact differs from what is normal (its default, or false)."""
    return negation(FactRef(fact.name)) if fact.default is True else FactRef(fact.name)


def deviations(names: Sequence[str], corpus: Corpus) -> Expr:
    """The condition that all those boolean facts deviate; other names are passed over."""
    facts = [corpus.facts[n] for n in names if n in corpus.facts]
    return conjunction(*(deviates(f) for f in facts if isinstance(f.type, Boolean)))


def _minimal(norm: Norm, asker: Asker) -> Iterator[Ground | None]:
    """Each subset-minimal set of deviations under which the guard can hold; None when not all were found."""
    corpus = asker.corpus
    conduct = [f for f in corpus.facts.values() if isinstance(f.type, Boolean) and not f.background]
    mentioned = _mentioned([norm.guard, *(a.expr for a in corpus.assumptions)])
    relevant = [f for f in conduct if f.name in mentioned]
    blocked: list[Expr] = []
    for _ in range(_MOST):
        held = _shrunk(norm, relevant, blocked, asker)
        if held is None:
            return
        if not held:
            yield Ground(_other_facts(norm.guard, corpus))
            return
        yield Ground(frozenset(f.name for f in held))
        blocked.append(negation(conjunction(*(deviates(f) for f in held))))
    yield None


def _shrunk(norm: Norm, relevant: list[Fact], blocked: list[Expr], asker: Asker) -> list[Fact] | None:
    """A minimal set of deviations that the guard needs, beside those found; None when there is none."""
    what = f"{norm.id}: grounds"
    if not asker.possible(what, [norm.guard, *blocked], (norm,), pinned=False):
        return None
    held = list(relevant)
    chunk = max(1, len(held) // 2)
    while chunk:
        at = 0
        while at < len(held):
            without = held[:at] + held[at + chunk :]
            absent = [negation(deviates(f)) for f in relevant if f not in without]
            if asker.possible(what, [norm.guard, *blocked, *absent], (norm,), pinned=False):
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
