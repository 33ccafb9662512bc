"""How obligations are put together: their conditions taken apart, and each case asked for once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guiju.checker import wording
from guiju.compiler.kernel import Expr, Norm, binds
from guiju.dsl.source import Bilingual
from guiju.testing.clauses import conjuncts
from guiju.testing.obligations import Obligation
from guiju.testing.rules import Rules
from guiju.testing.suite import Criterion


def asked(
    criterion: Criterion, norms: Iterable[Norm], conditions: Iterable[Expr], text: Bilingual
) -> Obligation:
    """A case in which ``conditions`` hold, each conjunct of them a condition of its own."""
    apart = dict.fromkeys(part for condition in conditions for part in conjuncts(condition))
    return Obligation(criterion, tuple(norm.id for norm in norms), tuple(apart), text)


def once(found: Iterable[Obligation]) -> Iterator[Obligation]:
    """``found`` without those whose conditions one before them has."""
    known: set[frozenset[Expr]] = set()
    for each in found:
        conditions = frozenset(each.conditions)
        if conditions not in known:
            known.add(conditions)
            yield each


def binding(rules: Rules) -> list[Norm]:
    """The norms of the topic that bind, in the order of the corpus."""
    return [norm for norm in rules.corpus.norms if binds(norm)]


def named(norm: Norm, rules: Rules) -> Bilingual:
    """A norm as a drafter cites it; of one that says a day or a term, that too."""
    cited = wording.norm(norm, rules.corpus)
    if norm.question == rules.topic.question:
        return cited
    about = wording.question(norm.question)
    return Bilingual(f"{cited.zh}（{about.zh}）", f"{cited.en} ({about.en})")
