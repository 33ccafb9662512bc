"""Feasibility: requirements that nobody can meet, and demands that nobody can meet together (Q209, C107).

To comply with a requirement is to meet its condition; with a ban, not to do it; with a duty, not to leave it
undone. Each pair of demands on one bearer that speak of a common fact is asked: some case puts both on
somebody, and none lets them comply with both.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from attrs import frozen

from guiju.checker import wording
from guiju.checker.ask import Asker
from guiju.checker.candidates import on_one_branch
from guiju.checker.finding import Finding, ProvedBy, Severity
from guiju.checker.violations import breach
from guiju.compiler import formulas
from guiju.compiler.kernel import (
    Corpus,
    Expr,
    FactRef,
    InTerritory,
    MayDo,
    Norm,
    Strength,
    binds,
    conjunction,
    negation,
    walk,
)
from guiju.dsl.source import Bilingual


@frozen
class Demand:
    """What a norm asks of somebody: ``asked`` when it does, ``met`` when they comply."""

    norm: Norm
    asked: Expr
    met: Expr

    @property
    def facts(self) -> frozenset[str]:
        return frozenset(e.name for e in walk(self.met) if isinstance(e, FactRef))


def _demands(corpus: Corpus) -> list[Demand]:
    return [d for norm in corpus.norms if (d := _demand(norm, corpus)) is not None]


def _demand(norm: Norm, corpus: Corpus) -> Demand | None:
    if not binds(norm) or norm.strength is not Strength.STRICT or not isinstance(norm.question, MayDo):
        return None
    if norm.requirement is not None:
        asked = (formulas.in_force(norm, corpus), InTerritory(norm.territory), norm.requirement.base)
        return Demand(norm, conjunction(*asked), norm.requirement.condition)
    how = breach(norm, corpus)
    return None if how is None else Demand(norm, formulas.applicable(norm, corpus), negation(how))


def unmeetable(asker: Asker) -> Iterator[Finding]:
    """Requirements that no case to which they apply can meet (Q209)."""
    corpus = asker.corpus
    for demand in _demands(corpus):
        norm = demand.norm
        what = f"{norm.id}: can be met"
        if norm.requirement is None or asker.possible(what, [demand.asked, demand.met], (norm,)) is not False:
            continue
        answered = asker.find(f"{norm.id}: asked", [demand.asked], (norm,))
        if answered is None:
            continue
        who, on = wording.norm(norm, corpus), wording.question(norm.question)
        yield answered.finding(
            "Q209",
            Severity.WARNING,
            (norm,),
            Bilingual(
                f"{who.zh}对“{on.zh}”要求的条件，在它适用的任何情形下都无法满足：等于一律不得。",
                f"What {who.en} requires for {on.en} cannot be met in any case to which it applies: it is a"
                f" ban.",
            ),
            wording.subject(norm.question),
            ProvedBy.UNSATISFIABLE,
        )


def together(asker: Asker) -> Iterator[Finding]:
    """Demands on one bearer that can each be complied with, and never both (C107)."""
    corpus = asker.corpus
    reported: set[frozenset[str]] = set()
    by_bearer: dict[str, list[Demand]] = {}
    for demand in _demands(corpus):
        assert isinstance(demand.norm.question, MayDo)
        by_bearer.setdefault(demand.norm.question.deed.bearer, []).append(demand)
    for asked in by_bearer.values():
        for one, other in combinations(asked, 2):
            norms = (one.norm, other.norm)
            rules = frozenset(n.rule for n in norms)
            if not _comparable(one, other, corpus) or rules in reported:
                continue
            what = f"{one.norm.id} + {other.norm.id}: together"
            both = [one.asked, other.asked]
            if asker.possible(what, [*both, one.met, other.met], norms) is not False:
                continue
            if not all(asker.possible(what, [*both, d.met], norms) for d in (one, other)):
                continue  # one of them cannot be met beside the other, whatever that asks
            answered = asker.find(what, both, norms)
            if answered is None:
                continue
            reported.add(rules)
            a, b = (wording.norm(n, corpus) for n in norms)
            p, q = (wording.question(n.question) for n in norms)
            yield answered.finding(
                "C107",
                Severity.WARNING,
                norms,
                Bilingual(
                    f"{a.zh}对“{p.zh}”的要求与{b.zh}对“{q.zh}”的要求无法同时满足。",
                    f"What {a.en} asks on {p.en} and what {b.en} asks on {q.en} cannot both be complied"
                    f" with.",
                ),
                f"{wording.subject(norms[0].question)} {wording.subject(norms[1].question)}",
                ProvedBy.UNSATISFIABLE,
            )


def _comparable(one: Demand, other: Demand, corpus: Corpus) -> bool:
    """Whether the two are worth a query; a duty against a ban on one act is a conflict, and found as such."""
    same_act = one.norm.question == other.norm.question
    required = one.norm.requirement is not None and other.norm.requirement is not None
    return (
        bool(one.facts & other.facts)
        and one.norm.rule != other.norm.rule
        and (required or not same_act)
        and on_one_branch(one.norm, other.norm, corpus)
    )
