"""Each norm stands in a case, and does not apply in another where it could."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler import formulas
from guiju.compiler.kernel import TRUE, InTerritory, negation
from guiju.dsl.source import Bilingual
from guiju.testing.criteria.asking import asked, binding, named, once
from guiju.testing.obligations import Obligation
from guiju.testing.rules import visible
from guiju.testing.scope import Scope
from guiju.testing.suite import Criterion


def obligations(scope: Scope) -> Iterator[Obligation]:
    """For each norm a case in which it stands and is seen to, and one in which its guard alone fails.

    A norm without a guard applies wherever it is in force: there is no second case.
    """
    return once(_obligations(scope))


def _obligations(scope: Scope) -> Iterator[Obligation]:
    rules = scope.rules
    for norm in binding(rules):
        name = named(norm, rules)
        shown = visible(norm.question, rules, norm)
        yield asked(
            Criterion.RULE,
            [norm],
            [rules.conditions(norm.question).stands(norm), shown],
            Bilingual(f"{name.zh}适用，不被排除", f"{name.en} applies and is not defeated"),
        )
        if norm.guard == TRUE:
            continue
        yield asked(
            Criterion.RULE,
            [norm],
            [formulas.in_force(norm, scope.corpus), InTerritory(norm.territory), negation(norm.guard)],
            Bilingual(
                f"{name.zh}有效，但条件不满足", f"{name.en} is in force, and its conditions are not met"
            ),
        )
