"""The encoding means what the reference evaluator says, for every construct and every case."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.compiler.evaluate import UNDEFINED, evaluate
from guiju.compiler.kernel import (
    AtLeast,
    Compare,
    Const,
    Context,
    Corpus,
    Expr,
    Extreme,
    FactRef,
    Not,
    Order,
    Type,
    walk,
)
from guiju.compiler.pinning import pins
from guiju.compiler.pinning import within as narrowed
from guiju.compiler.small_model import row_bound
from guiju.compiler.smt import Backend, Unsupported
from strategies import BOOLEAN, TYPES, VOCABULARY, contexts, corpora, expressions

NO_LIMIT = 0


def held(expr: Expr, corpus: Corpus, context: Context) -> bool:
    """The truth value that the solver gives ``expr`` in ``context``; both polarities are asked."""
    backend = Backend(corpus, NO_LIMIT, assumptions=())
    pinned = pins(narrowed(context, [expr]), corpus)
    verdicts = (backend.satisfiable([*pinned, expr]), backend.satisfiable([*pinned, Not(expr)]))
    assert verdicts in {(True, False), (False, True)}
    return verdicts == (True, False)


def agrees_on_a_condition(data: st.DataObject, depth: int) -> None:
    corpus = data.draw(corpora(max_norms=1, depth=0))
    expr = data.draw(expressions(corpus, BOOLEAN, depth))
    context = data.draw(contexts(corpus))
    assert held(expr, corpus, context) is evaluate(expr, corpus, context)


def agrees_on_a_term(data: st.DataObject, type_: Type, depth: int) -> None:
    corpus = data.draw(corpora(max_norms=1, depth=0))
    expr = data.draw(expressions(corpus, type_, depth))
    context = data.draw(contexts(corpus))
    value = evaluate(expr, corpus, context)
    if value is UNDEFINED:
        assert not held(Compare(Order.EQ, expr, expr), corpus, context)
    else:
        assert held(Compare(Order.EQ, expr, Const(value, type_)), corpus, context)


@given(st.data())
def test_a_condition_holds_in_the_solver_iff_the_evaluator_says_so(data: st.DataObject) -> None:
    agrees_on_a_condition(data, depth=3)


@pytest.mark.parametrize("type_", TYPES, ids=str)
@settings(max_examples=10)
@given(data=st.data())
def test_a_term_has_the_value_that_the_evaluator_gives_it(data: st.DataObject, type_: Type) -> None:
    agrees_on_a_term(data, type_, depth=3)


@pytest.mark.slow
@given(st.data())
def test_deep_conditions_agree(data: st.DataObject) -> None:
    agrees_on_a_condition(data, depth=5)


@pytest.mark.slow
@pytest.mark.parametrize("type_", TYPES, ids=str)
@given(data=st.data())
def test_deep_terms_agree(data: st.DataObject, type_: Type) -> None:
    agrees_on_a_term(data, type_, depth=4)


@given(st.data())
def test_more_slots_than_the_bound_change_no_verdict(data: st.DataObject) -> None:
    corpus = data.draw(corpora(max_norms=1, depth=0))
    exprs = data.draw(st.lists(expressions(corpus, BOOLEAN, 3), min_size=1, max_size=2))
    records = {e.record for expr in exprs for e in walk(expr) if isinstance(e, (AtLeast, Extreme))}
    more = data.draw(st.integers(1, 2))
    needed = row_bound([*exprs, *(assumption.expr for assumption in corpus.assumptions)])
    roomy = {record: needed[record] + more for record in sorted(records)}
    verdict = Backend(corpus, NO_LIMIT).satisfiable(exprs)
    assert verdict == Backend(corpus, NO_LIMIT, slots=roomy).satisfiable(exprs)


def test_what_does_not_type_check_is_refused_and_never_skipped() -> None:
    backend = Backend(VOCABULARY, NO_LIMIT)
    with pytest.raises(Unsupported):
        backend.satisfiable([Compare(Order.EQ, FactRef("party.fit"), FactRef("party.listed"))])
    with pytest.raises(Unsupported):
        backend.satisfiable([FactRef("party.listed")])
