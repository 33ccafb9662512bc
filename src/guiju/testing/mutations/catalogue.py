"""Every small mistake in the rules on one topic, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.compiler.kernel import Corpus, Norm, binds
from guiju.testing.mutant import Mutant
from guiju.testing.mutations import amounts, conditions, positions, prevailing, setting
from guiju.testing.mutations.change import Wrong
from guiju.testing.mutations.parts import parts_of
from guiju.testing.mutations.words import Words
from guiju.testing.rules import Rules


def mutants(rules: Rules) -> Iterator[Mutant]:
    """The mutants of ``rules``: those of each norm that binds, then those of how the norms meet.

    No two of one norm are written alike, and none is as the norm was. Each is well typed, and no date in it
    can leave the calendar that could not before.
    """
    for norm in rules.corpus.norms:
        if binds(norm):
            yield from _of_norm(norm, rules.corpus)
    yield from prevailing.mutants(rules)


def _of_norm(norm: Norm, corpus: Corpus) -> Iterator[Mutant]:
    counts: dict[str, int] = {}
    known = {norm}
    for wrong in _mistakes(norm, corpus):
        if wrong.norm in known:
            continue
        known.add(wrong.norm)
        counts[wrong.operator] = counts.get(wrong.operator, 0) + 1
        yield Mutant(
            id=f"{norm.id}#{wrong.operator}-{counts[wrong.operator]}",
            operator=wrong.operator,
            norms=(norm.id,),
            question=norm.question,
            text=wrong.text,
            norm=wrong.norm,
            instruments=wrong.instruments,
        )


def _mistakes(norm: Norm, corpus: Corpus) -> Iterator[Wrong]:
    words, parts = Words(corpus), parts_of(norm)
    for change in (*conditions.changes(parts, corpus, words), *amounts.changes(parts, words)):
        written = parts.instead(change.old, change.new, corpus)
        if written is not None:
            yield Wrong(change.operator, written, change.text)
    yield from positions.mistakes(norm, corpus, words)
    yield from setting.mistakes(norm, corpus, words)
