"""The second encoding means what the reference evaluator says and what the first encoding says."""

from __future__ import annotations

import pytest
import z3
from hypothesis import assume, given, settings
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
    Not,
    Order,
    Type,
    walk,
)
from guiju.compiler.pinning import pins
from guiju.compiler.pinning import within as narrowed
from guiju.compiler.small_model import row_bound
from guiju.compiler.smt import Backend
from guiju.compiler.smtlib import script
from guiju.compiler.smtlib.rows import enough
from guiju.compiler.smtlib.second import Answer, solve
from strategies import BOOLEAN, TYPES, contexts, corpora, expressions

pytest.importorskip("cvc5", reason="cvc5 is not installed: pip install guiju[certify]")

NO_LIMIT = 0
BUDGET, READER_BUDGET = 300_000, 20_000_000  # some seconds: a deep random query can be beyond every solver


def satisfiable(text: str) -> bool:
    """What both solvers answer to ``text``, which must be the same; not asked where one gives up."""
    reader = z3.SolverFor("QF_LIA")
    reader.set("rlimit", READER_BUDGET)
    reader.from_string(text)
    one, other = str(reader.check()), solve(text, BUDGET).answer
    assume(one != "unknown" and other is not Answer.UNKNOWN)
    assert (one, other) in {("sat", Answer.SATISFIABLE), ("unsat", Answer.UNSATISFIABLE)}
    return other is Answer.SATISFIABLE


def held(expr: Expr, corpus: Corpus, context: Context) -> bool:
    """The truth value that the encoding gives ``expr`` in ``context``; both polarities are asked."""
    pinned = pins(narrowed(context, [expr]), corpus)
    polarities = tuple(satisfiable(script(corpus, [*pinned, asked])) for asked in (expr, Not(expr)))
    assert polarities in {(True, False), (False, True)}
    return polarities[0]


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


def agrees_with_the_first(data: st.DataObject, depth: int) -> None:
    corpus = data.draw(corpora(max_norms=1, depth=0))
    asked = data.draw(st.lists(expressions(corpus, BOOLEAN, depth), min_size=1, max_size=3))
    assumed = [assumption.expr for assumption in corpus.assumptions]
    assert satisfiable(script(corpus, [*asked, *assumed])) is Backend(corpus, NO_LIMIT).satisfiable(asked)


@settings(max_examples=25)
@given(st.data())
def test_a_condition_holds_in_the_second_encoding_iff_the_evaluator_says_so(data: st.DataObject) -> None:
    agrees_on_a_condition(data, depth=3)


@pytest.mark.parametrize("type_", TYPES, ids=str)
@settings(max_examples=5)
@given(data=st.data())
def test_a_term_has_the_value_that_the_evaluator_gives_it(data: st.DataObject, type_: Type) -> None:
    agrees_on_a_term(data, type_, depth=3)


@settings(max_examples=25)
@given(st.data())
def test_both_encodings_and_both_solvers_answer_alike(data: st.DataObject) -> None:
    agrees_with_the_first(data, depth=3)


@given(st.data())
def test_both_make_room_for_as_many_rows(data: st.DataObject) -> None:
    """Each by its own code: of a bound that is too small in one, the other would tell."""
    corpus = data.draw(corpora(max_norms=1, depth=0))
    asked = data.draw(st.lists(expressions(corpus, BOOLEAN, 4), min_size=1, max_size=3))
    assert enough(asked) == row_bound(asked)


@settings(max_examples=10)
@given(st.data())
def test_more_rows_than_the_bound_change_no_answer(data: st.DataObject) -> None:
    corpus = data.draw(corpora(max_norms=1, depth=0))
    asked = data.draw(st.lists(expressions(corpus, BOOLEAN, 3), min_size=1, max_size=2))
    records = {e.record for expr in asked for e in walk(expr) if isinstance(e, (AtLeast, Extreme))}
    needed = row_bound(asked)
    roomy = {record: needed[record] + data.draw(st.integers(1, 2)) for record in sorted(records)}
    assert satisfiable(script(corpus, asked)) is satisfiable(script(corpus, asked, rows=roomy))


@settings(max_examples=10)
@given(st.data())
def test_the_same_query_is_the_same_text(data: st.DataObject) -> None:
    corpus = data.draw(corpora(max_norms=1, depth=0))
    asked = data.draw(st.lists(expressions(corpus, BOOLEAN, 3), min_size=1, max_size=3))
    assert script(corpus, asked) == script(corpus, list(asked))


@pytest.mark.slow
@settings(max_examples=400)
@given(st.data())
def test_deep_conditions_agree(data: st.DataObject) -> None:
    agrees_on_a_condition(data, depth=5)


@pytest.mark.slow
@pytest.mark.parametrize("type_", TYPES, ids=str)
@settings(max_examples=100)
@given(data=st.data())
def test_deep_terms_agree(data: st.DataObject, type_: Type) -> None:
    agrees_on_a_term(data, type_, depth=4)


@pytest.mark.slow
@settings(max_examples=400)
@given(st.data())
def test_both_encodings_answer_deep_queries_alike(data: st.DataObject) -> None:
    agrees_with_the_first(data, depth=5)
