"""Where facts are unknown the graph says what the reference evaluator says, and no less."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies as draw
from guiju.compiler.days import OutOfCalendar
from guiju.compiler.evaluate import evaluate
from guiju.compiler.native import Missing, Setting, compile_question, judging
from guiju.compiler.resolve import resolve

QUESTIONS = draw.questions(draw.VOCABULARY)


def check_resolution(data: st.DataObject) -> None:
    question = data.draw(QUESTIONS)
    corpus = data.draw(draw.corpora(question=question))
    defeats = data.draw(draw.defeats(corpus))
    context = data.draw(draw.contexts(corpus, complete=False))
    readings = {**corpus.default_readings(), **context.readings}
    setting = Setting(context.place, readings, context.law_date is not None)
    program = compile_question(question, corpus.norms, corpus, defeats, setting)
    case = context.case
    try:
        found = program.incomplete(case.facts, case.records, context.today, context.law_date)
    except (Missing, OutOfCalendar):
        return
    assert found == resolve(question, corpus, defeats, context)


def check_conditions(data: st.DataObject) -> None:
    corpus = data.draw(draw.corpora(max_norms=1))
    context = data.draw(draw.contexts(corpus, complete=False))
    expressions = draw.expressions(corpus, draw.BOOLEAN, 4)
    conditions = data.draw(st.lists(expressions, min_size=1, max_size=3))
    readings = {**corpus.default_readings(), **context.readings}
    judged = judging(conditions, corpus, Setting(context.place, readings))
    case = context.case
    try:
        found = judged.values(case.facts, case.records, context.today)
    except OutOfCalendar:
        return
    assert found == [evaluate(condition, corpus, context) for condition in conditions]


@given(st.data())
@settings(max_examples=60)
def test_a_resolution_is_the_reference_s(data: st.DataObject) -> None:
    """What applies, stands, conflicts, and what the case leaves open."""
    check_resolution(data)


@given(st.data())
@settings(max_examples=60)
def test_a_condition_is_the_reference_s(data: st.DataObject) -> None:
    """Quantifiers, choices and undefined dates included."""
    check_conditions(data)


@pytest.mark.slow
@given(st.data())
@settings(max_examples=5000)
def test_many(data: st.DataObject) -> None:
    """The same for a long time."""
    check_resolution(data)
    check_conditions(data)
