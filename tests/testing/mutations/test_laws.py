"""What holds of every mutant of any rules."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from guiju.compiler.kernel import Corpus
from guiju.compiler.resolve import resolve
from guiju.compiler.typing import check_corpus
from guiju.decisions.topics import Topic
from guiju.testing.mutant import Mutant
from guiju.testing.mutations.catalogue import mutants
from guiju.testing.rules import Rules
from strategies import contexts, corpora, defeats

#: Mutants do not depend on the topic: it only says whose norms they are.
TOPIC = Topic("fine", outcome="fine")


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    corpus: Corpus = draw(corpora(max_norms=3))
    return Rules(TOPIC, corpus, draw(defeats(corpus)))


def _written(mutant: Mutant) -> object:
    """What a mutant says, an instrument under another name by what it says."""
    header = mutant.instruments.get(mutant.norm.instrument) if mutant.norm is not None else None
    norm = mutant.norm if header is None or mutant.norm is None else evolve(mutant.norm, instrument="")
    bounds = (header.start, header.end) if header is not None else None
    changed = [*mutant.outcomes.items(), *((name, each.combination) for name, each in mutant.actions.items())]
    return mutant.norms[-1], norm, bounds, mutant.defeats, changed, mutant.question


@given(rules())
def test_mutants_are_well_typed_and_all_different(given_rules: Rules) -> None:
    found = list(mutants(given_rules))
    right = {norm.id: norm for norm in given_rules.corpus.norms}
    assert len({mutant.id for mutant in found}) == len(found)
    seen: list[object] = []
    for mutant in found:
        check_corpus(mutant.of(given_rules).corpus)
        assert mutant.norm is None or mutant.norm != right[mutant.norm.id]
        assert mutant.defeats is None or mutant.defeats != given_rules.defeats
        assert mutant.text.zh
        assert mutant.text.en
        seen.append(_written(mutant))
    by_norm: dict[str, list[object]] = {}
    for mutant, written in zip(found, seen, strict=True):
        others = by_norm.setdefault(mutant.norms[-1], [])
        assert written not in others
        others.append(written)


@given(rules())
def test_the_same_rules_have_the_same_mutants(given_rules: Rules) -> None:
    once, again = ([(m.id, m.text, m.norm) for m in mutants(given_rules)] for _ in range(2))
    assert once == again


@given(st.data())
def test_mutants_answer_every_complete_case(data: st.DataObject) -> None:
    """None of them leaves the calendar: what would lead a date out of it is not written."""
    given_rules = data.draw(rules())
    found = list(mutants(given_rules))
    context = data.draw(contexts(given_rules.corpus))
    for mutant in data.draw(st.lists(st.sampled_from(found), max_size=20)) if found else []:
        wrong = mutant.of(given_rules)
        assert not resolve(mutant.question, wrong.corpus, wrong.defeats, context).undetermined
