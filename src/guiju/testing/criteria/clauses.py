"""Clauses of guards: each true and false, and each alone deciding the guard (MC/DC), either way.

A clause is a part of a guard that is no connective: a fact, a comparison, a count of rows, a place. Masking
MC/DC asks that the clause decides the guard, whatever the others are; unique-cause MC/DC that all other
clauses are the same in both cases. A case of the latter is one of the former.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from guiju.checker.phrasing import phrase
from guiju.compiler import formulas
from guiju.compiler.kernel import Expr, InTerritory, Norm, binds, negation, position_terms
from guiju.dsl.source import Bilingual
from guiju.testing.clauses import clauses, conjuncts, decides
from guiju.testing.obligations import Obligation, Pair
from guiju.testing.rules import Rules
from guiju.testing.scope import Scope
from guiju.testing.suite import Criterion


@frozen(eq=False)
class _Deciding:
    """A clause of a norm's guard, and what has to hold besides for it to decide whether the norm applies."""

    norm: Norm
    clause: Expr
    others: tuple[Expr, ...]
    around: tuple[Expr, ...]
    text: Bilingual

    def when(self, value: bool) -> tuple[Expr, ...]:
        return (*self.around, self.clause if value else negation(self.clause))

    def texts(self) -> tuple[Bilingual, Bilingual]:
        return (
            Bilingual(f"只因“{self.text.zh}”而适用", f"applies only because {self.text.en}"),
            Bilingual(
                f"只因并非“{self.text.zh}”而不适用", f"does not apply only because not: {self.text.en}"
            ),
        )


def each_way(scope: Scope) -> Iterator[Obligation]:
    """Each clause true, and false, where the norm's instrument is in force and the place is covered."""
    rules = scope.rules
    for norm in _bound(rules):
        around = _in_force(norm, rules)
        for clause in clauses(norm.guard):
            said = phrase(clause.expr, scope.corpus)
            for value, zh, en in ((True, "成立", "holds"), (False, "不成立", "does not hold")):
                yield Obligation(
                    Criterion.CLAUSE,
                    (norm.id,),
                    (*around, clause.expr if value else negation(clause.expr)),
                    Bilingual(f"“{said.zh}”{zh}", f"that {said.en} {en}"),
                )


def masking(scope: Scope) -> Iterator[Obligation]:
    """Each clause decides the guard: the norm applies because of it, and does not apply because of it."""
    for each in _deciding(scope):
        for value, text in zip((True, False), each.texts(), strict=True):
            yield Obligation(Criterion.MASKING, (each.norm.id,), each.when(value), text)


def unique_cause(scope: Scope) -> Iterator[Pair]:
    """Each clause decides the guard while no other clause of it changes."""
    for each in _deciding(scope):
        yield Pair((each.norm.id,), each.when(True), each.when(False), each.others, each.texts())


def _deciding(scope: Scope) -> Iterator[_Deciding]:
    rules = scope.rules
    for norm in _bound(rules):
        around = _in_force(norm, rules)
        defined = [formulas.defined(term) for term in position_terms(norm.position)]
        found = [each.expr for each in clauses(norm.guard)]
        for clause in found:
            yield _Deciding(
                norm,
                clause,
                tuple(each for each in found if each != clause),
                tuple(
                    part
                    for condition in (*around, *defined, decides(norm.guard, clause))
                    for part in conjuncts(condition)
                ),
                phrase(clause, scope.corpus),
            )


def _in_force(norm: Norm, rules: Rules) -> tuple[Expr, ...]:
    return (*conjuncts(formulas.in_force(norm, rules.corpus)), InTerritory(norm.territory))


def _bound(rules: Rules) -> Iterator[Norm]:
    return (norm for norm in rules.corpus.norms if binds(norm))
