"""Each two norms that answer one question apply together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from guiju.compiler.kernel import Corpus, Norm, Question
from guiju.dsl.source import Bilingual
from guiju.testing.criteria.asking import asked, binding, named, once
from guiju.testing.obligations import Obligation
from guiju.testing.scope import Scope
from guiju.testing.suite import Criterion


def obligations(scope: Scope) -> Iterator[Obligation]:
    """For each two norms on one question a case to which both apply; none where no place is under both."""
    return once(_obligations(scope))


def _obligations(scope: Scope) -> Iterator[Obligation]:
    rules = scope.rules
    together: dict[Question, list[Norm]] = {}
    for norm in binding(rules):
        together.setdefault(norm.question, []).append(norm)
    for norms in together.values():
        for one, other in combinations(norms, 2):
            if not _meet(one, other, scope.corpus):
                continue
            a, b = named(one, rules), named(other, rules)
            yield asked(
                Criterion.PAIRS,
                [one, other],
                [rules.applies(one), rules.applies(other)],
                Bilingual(f"{a.zh}与{b.zh}都适用", f"{a.en} and {b.en} both apply"),
            )


def _meet(one: Norm, other: Norm, corpus: Corpus) -> bool:
    """Whether some place lies under both: one territory is the other or lies inside it."""
    return corpus.within(one.territory, other.territory) or corpus.within(other.territory, one.territory)
