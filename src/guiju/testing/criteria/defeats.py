"""Each norm gives way to each that prevails over it, where it would have stood otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler import formulas
from guiju.compiler.kernel import Expr, Norm, conjunction, may_contradict, negation
from guiju.dsl.source import Bilingual
from guiju.testing.criteria.asking import asked, binding, named, once
from guiju.testing.obligations import Obligation
from guiju.testing.rules import Rules
from guiju.testing.scope import Scope
from guiju.testing.suite import Criterion


def obligations(scope: Scope) -> Iterator[Obligation]:
    """For each norm that prevails over another a case in which nothing else defeats that one."""
    return once(_obligations(scope))


def _obligations(scope: Scope) -> Iterator[Obligation]:
    rules = scope.rules
    for loser in binding(rules):
        winners = [norm for norm in binding(rules) if _prevails(norm, loser, rules)]
        for winner in winners:
            others = [norm for norm in winners if norm is not winner]
            a, b = named(loser, rules), named(winner, rules)
            yield asked(
                Criterion.DEFEATS,
                [winner, loser],
                [
                    rules.applies(loser),
                    _beats(winner, loser, rules),
                    *(negation(_beats(other, loser, rules)) for other in others),
                ],
                Bilingual(f"{a.zh}只因{b.zh}优先而被排除", f"{a.en} gives way, only because {b.en} prevails"),
            )


def _prevails(winner: Norm, loser: Norm, rules: Rules) -> bool:
    related = (winner.id, loser.id) in rules.defeats and winner.question == loser.question
    return related and may_contradict(winner, loser)


def _beats(winner: Norm, loser: Norm, rules: Rules) -> Expr:
    """When ``winner`` applies and contradicts ``loser``."""
    combination = rules.corpus.combination(loser.question)
    against = formulas.incompatible(winner.position, loser.position, combination, rules.corpus)
    return conjunction(rules.applies(winner), against)
