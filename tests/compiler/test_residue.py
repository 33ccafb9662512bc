"""What is left of a condition in one case means, under every reading, what the condition means there."""

from __future__ import annotations

from itertools import product

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import Boolean, ReadingRef, walk
from guiju.compiler.residue import Residue
from strategies import contexts, corpora, expressions


@given(st.data())
def test_a_residue_means_the_same_under_every_reading(data: st.DataObject) -> None:
    """Also where facts are unknown; and it never speaks of more readings."""
    corpus = data.draw(corpora(max_norms=1))
    condition = data.draw(expressions(corpus, Boolean()))
    context = data.draw(contexts(corpus, complete=data.draw(st.booleans())))
    residue = Residue(corpus, context)
    left = residue.of(condition)
    assert residue.readings([left]) <= {e.name for e in walk(condition) if isinstance(e, ReadingRef)}
    names = list(corpus.readings)
    for chosen in product(*(corpus.readings[n].choices for n in names)):
        under = evolve(context, readings=dict(zip(names, chosen, strict=True)))
        assert evaluate(condition, corpus, under) == evaluate(left, corpus, under)
