"""Mistakes in how norms meet: which of two prevails, and what several answers come to."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from guiju.compiler.doctrine import Defeat
from guiju.compiler.kernel import BarEnd, Combination, Norm, Question, WhichValue, binds
from guiju.dsl.source import Bilingual
from guiju.testing.mutant import Mutant
from guiju.testing.mutations.words import instead
from guiju.testing.rules import Rules

_OTHER = {
    Combination.SINGLE: Combination.ALL,
    Combination.ALL: Combination.SINGLE,
    Combination.STRICTEST: Combination.MILDEST,
    Combination.MILDEST: Combination.STRICTEST,
}
_COMBINATIONS = {
    Combination.SINGLE: Bilingual("单一", "one that all agree on"),
    Combination.ALL: Bilingual("并处", "all together"),
    Combination.STRICTEST: Bilingual("从重", "the strictest"),
    Combination.MILDEST: Bilingual("从轻", "the mildest"),
}


def mutants(rules: Rules) -> Iterator[Mutant]:
    """Every mistake in which of the norms prevail and in how their answers combine."""
    norms = {norm.id: norm for norm in rules.corpus.norms if binds(norm)}
    counts: dict[str, int] = {}
    for (winner, loser), defeat in rules.defeats.items():
        if winner not in norms or loser not in norms:
            continue
        rest = {pair: each for pair, each in rules.defeats.items() if pair != (winner, loser)}
        wrong = {"no longer": rest}
        if (loser, winner) not in rest:
            reverse = Defeat(loser, winner, defeat.doctrine, defeat.grade, defeat.basis)
            wrong["reversed"] = {**rest, (loser, winner): reverse}
        for how, defeats in wrong.items():
            counts[loser] = counts.get(loser, 0) + 1
            text = _TEXTS[how]
            yield Mutant(
                id=f"{loser}#prevailing-{counts[loser]}",
                operator="prevailing",
                norms=(winner, loser),
                question=norms[loser].question,
                text=Bilingual(text.zh.format(winner, loser), text.en.format(winner, loser)),
                defeats=defeats,
            )
    for question in dict.fromkeys(norm.question for norm in norms.values()):
        asked = [norm for norm in norms.values() if norm.question == question]
        if len(asked) > 1:
            yield from _combined(question, asked, rules)


_TEXTS = {
    "no longer": Bilingual("漏了 {0} 优先于 {1}", "left out that {0} prevails over {1}"),
    "reversed": Bilingual("{0} 优先于 {1} 写反", "{1} written as prevailing over {0}, not the other way"),
}


def _combined(question: Question, asked: list[Norm], rules: Rules) -> Iterator[Mutant]:
    """The answers to ``question`` combined otherwise than is declared."""
    corpus = rules.corpus
    declared = corpus.combination(question)
    other = _OTHER.get(declared)
    if other is None:
        return
    outcomes, actions = {}, {}
    match question:
        case WhichValue(outcome):
            outcomes = {outcome: evolve(corpus.outcomes[outcome], combination=other)}
        case BarEnd(deed):
            actions = {deed.action: evolve(corpus.actions[deed.action], combination=other)}
        case _:  # the text cannot say otherwise: these answers must always agree
            return
    yield Mutant(
        id=f"{asked[0].id}#combination-1",
        operator="combination",
        norms=tuple(norm.id for norm in asked),
        question=question,
        text=instead(_COMBINATIONS[declared], _COMBINATIONS[other]),
        outcomes=outcomes,
        actions=actions,
    )
