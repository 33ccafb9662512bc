"""The compiled path says what the reference says, on random corpora, expressions and cases."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies as draw
from guiju.compiler.evaluate import UNDEFINED, UNKNOWN, evaluate
from guiju.compiler.kernel import Case, Compare, Context, Corpus, Expr, Order
from guiju.compiler.native import Missing, Program, Setting, compile_condition, compile_question
from guiju.compiler.resolve import Defeats, applicable, resolve
from guiju.compiler.verdicts import verdict

QUESTIONS = draw.questions(draw.VOCABULARY)


def setting(corpus: Corpus, context: Context) -> Setting:
    """The setting of ``context``."""
    readings = {**corpus.default_readings(), **context.readings}
    return Setting(context.place, readings, context.law_date is not None)


def programs(data: st.DataObject, complete: bool) -> tuple[Corpus, Defeats, Context, Program]:
    """A question of a random corpus, compiled, and a context for it."""
    question = data.draw(QUESTIONS)
    corpus = data.draw(draw.corpora(question=question))
    defeats = data.draw(draw.defeats(corpus))
    context = data.draw(draw.contexts(corpus, complete))
    program = compile_question(question, corpus.norms, corpus, defeats, setting(corpus, context))
    return corpus, defeats, context, program


def check_resolution(data: st.DataObject, complete: bool) -> None:
    corpus, defeats, context, program = programs(data, complete)
    expected = resolve(program.question, corpus, defeats, context)
    case = context.case
    try:
        found = program.resolve(case.facts, case.records, context.today, context.law_date)
    except Missing:
        assert not complete
        return
    assert found == expected
    assert found == program.resolve(case.facts, case.records, context.today, context.law_date)
    said, grounds = program.verdict(case.facts, case.records, context.today, context.law_date)
    assert said is verdict(expected, {norm.id: norm for norm in corpus.norms})
    assert set(grounds) <= {id_ for id_, _ in expected.standing}
    mask = program.applying(case.facts, case.records, context.today, context.law_date)
    taken = program.positions(mask, case.facts, case.records, context.today, context.law_date)
    applying = [norm for i, norm in enumerate(program.norms) if mask >> i & 1]
    assert tuple(norm.id for norm in applying) == expected.applicable
    assert dict(expected.standing).items() <= dict(zip(expected.applicable, taken, strict=True)).items()


def check_condition(data: st.DataObject, complete: bool) -> None:
    corpus = data.draw(draw.corpora(max_norms=1))
    context = data.draw(draw.contexts(corpus, complete))
    expr: Expr = data.draw(draw.expressions(corpus, draw.BOOLEAN, 4))
    condition = compile_condition(expr, corpus, setting(corpus, context))
    try:
        found = condition(context.case.facts, context.case.records, context.today)
    except Missing:
        assert not complete
        return
    assert found is evaluate(expr, corpus, context)


def check_term(data: st.DataObject, complete: bool) -> None:
    """A term equals itself where it has a value, and nothing where it is undefined."""
    corpus = data.draw(draw.corpora(max_norms=1))
    context = data.draw(draw.contexts(corpus, complete))
    term = data.draw(draw.expressions(corpus, data.draw(st.sampled_from((draw.DATE, *draw.TYPES))), 4))
    condition = compile_condition(Compare(Order.EQ, term, term), corpus, setting(corpus, context))
    try:
        found = condition(context.case.facts, context.case.records, context.today)
    except Missing:
        assert not complete
        return
    value = evaluate(term, corpus, context)
    assert value is not UNKNOWN
    assert found is (value is not UNDEFINED)


def check_reasons(data: st.DataObject, complete: bool) -> None:
    corpus, _, context, program = programs(data, complete)
    case = context.case
    try:
        mask = program.applying(case.facts, case.records, context.today, context.law_date)
    except Missing:
        assert not complete
        return
    for i, norm in enumerate(program.norms):
        names = program.because(i, case.facts, case.records, context.today, context.law_date)
        assert len(set(names)) == len(names)
        left = Case(
            {name: value for name, value in case.facts.items() if name in names},
            {name: rows for name, rows in case.records.items() if name in names},
        )
        assert applicable(norm, corpus, evolve(context, case=left)) is bool(mask >> i & 1)


@given(st.data())
@settings(max_examples=40)
def test_resolutions_agree_on_complete_cases(data: st.DataObject) -> None:
    """On a complete case a program resolves its question as the reference does, and never lacks anything."""
    check_resolution(data, complete=True)


@given(st.data())
@settings(max_examples=30)
def test_resolutions_agree_on_incomplete_cases(data: st.DataObject) -> None:
    """Where a program answers although something is unknown, the reference is as sure of it."""
    check_resolution(data, complete=False)


@given(st.data(), st.booleans())
@settings(max_examples=50)
def test_conditions_agree(data: st.DataObject, complete: bool) -> None:
    """A compiled condition is true, or false, exactly where the reference says so, if it says anything."""
    check_condition(data, complete)


@given(st.data(), st.booleans())
@settings(max_examples=40)
def test_terms_are_defined_where_the_reference_has_a_value(data: st.DataObject, complete: bool) -> None:
    """A term is undefined where the reference says so."""
    check_term(data, complete)


@given(st.data(), st.booleans())
@settings(max_examples=30)
def test_reasons_suffice(data: st.DataObject, complete: bool) -> None:
    """With only the facts and records that are named, a norm applies, or does not, as before."""
    check_reasons(data, complete)


@pytest.mark.slow
@given(st.data(), st.booleans())
@settings(max_examples=2000)
def test_all_agree_at_length(data: st.DataObject, complete: bool) -> None:
    """The comparisons above, for long."""
    check = data.draw(st.sampled_from((check_resolution, check_condition, check_term, check_reasons)))
    check(data, complete)
