"""Norms by what they are about and where they apply: what comes out is what a look at all of them finds."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.checker.candidates import on_one_branch
from guiju.checker.chains.nearby import Nearby
from guiju.compiler.kernel import Corpus
from strategies import corpora

KEYS = ("a", "b", "c")


@settings(max_examples=20)
@given(corpora(max_norms=6, depth=1), st.data())
def test_what_meets_a_norm_is_what_lies_on_one_branch_with_it(corpus: Corpus, data: st.DataObject) -> None:
    """Under any of the keys, each once, in the order of the corpus, itself among them."""
    keys = {norm.id: data.draw(st.frozensets(st.sampled_from(KEYS))) for norm in corpus.norms}
    keyed = [(key, norm) for norm in corpus.norms for key in sorted(keys[norm.id])]
    found = Nearby.of(corpus, data.draw(st.permutations(keyed)))
    for norm in corpus.norms:
        asked = data.draw(st.lists(st.sampled_from(KEYS)))
        expected = [n for n in corpus.norms if keys[n.id] & {*asked} and on_one_branch(n, norm, corpus)]
        assert found.meeting(asked, norm) == expected


@settings(max_examples=5)
@given(corpora(max_norms=1, depth=1))
def test_a_norm_of_a_place_without_others_meets_only_itself(corpus: Corpus) -> None:
    """Apart territories have no place in common."""
    (norm,) = corpus.norms
    north, south = (evolve(norm, id=place, territory=place) for place in ("north", "south"))
    both = evolve(corpus, norms=(north, south))
    assert Nearby.of(both, [("a", north), ("a", south)]).meeting(["a"], south) == [south]
