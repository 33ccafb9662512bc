"""Whatever the rules are, what the criteria ask for is well typed, can be judged, and asked once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import Boolean, binds
from guiju.compiler.typing import check_type
from guiju.testing.criteria import boundaries, defeats, pairs, pairwise, readings, rules
from guiju.testing.obligations import Obligation
from guiju.testing.scope import Scope
from guiju.testing.suite import Criterion
from small_scopes import drawn_scopes
from strategies import contexts, corpora
from strategies import defeats as drawn_defeats

CRITERIA = {
    Criterion.RULE: rules,
    Criterion.BOUNDARY: boundaries,
    Criterion.PAIRS: pairs,
    Criterion.DEFEATS: defeats,
    Criterion.READINGS: readings,
    Criterion.PAIRWISE: pairwise,
}


@pytest.mark.parametrize("criterion", CRITERIA)
@given(data=st.data())
def test_what_is_asked_can_be_judged(criterion: Criterion, data: st.DataObject) -> None:
    """Each condition is a closed condition, and true or false in any complete case."""
    obligations: Callable[[Scope], Iterator[Obligation]] = CRITERIA[criterion].obligations
    corpus = data.draw(corpora(max_norms=3))
    for scope in drawn_scopes(corpus, data.draw(drawn_defeats(corpus))):
        found = list(obligations(scope))
        context = data.draw(contexts(corpus)) if found else None
        binding = {norm.id for norm in scope.corpus.norms if binds(norm)}
        for each in found:
            assert each.criterion is criterion
            assert each.norms
            assert set(each.norms) <= binding
            assert each.text.zh
            assert each.text.en
            for condition in each.conditions:
                assert check_type(condition, corpus) == Boolean()
                assert context is not None
                assert isinstance(evaluate(condition, corpus, context), bool)
        asked = [frozenset(each.conditions) for each in found]
        assert len(set(asked)) == len(asked)
        again = [(each.conditions, each.text) for each in obligations(scope)]
        assert again == [(each.conditions, each.text) for each in found]
