"""Our own ways to an answer agree with what the reference expects, and disagree where that is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, cast

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies as draw
from guiju.compiler.kernel import Context
from guiju.compiler.kernel import Corpus as KernelCorpus
from guiju.compiler.resolve import Defeats
from guiju.decisions.artifact import Head, from_bytes, to_bytes
from guiju.decisions.corpus import Corpus
from guiju.decisions.decision import plain
from guiju.decisions.topics import topics
from guiju.decisions.values import shown
from guiju.testing.expected import expected
from guiju.testing.implementations.columns import Columns
from guiju.testing.implementations.decide import Decide
from guiju.testing.implementations.solver import Solver
from guiju.testing.running import Failed, Implementation, Level, Member, Said, run
from guiju.testing.suite import Suite, Test
from stall_rules import stalls
from testing.sample_suite import sample

OURS = {"programs": Decide, "columns": Columns, "solver": Solver}


def suite_of(tests: Sequence[Test]) -> Suite:
    return Suite("digest", {}, {}, tuple(tests))


@pytest.fixture(params=OURS)
def ours(request: pytest.FixtureRequest) -> Implementation:
    """One of them, on the rules of the sample."""
    return cast("Implementation", OURS[request.param](stalls()))


def test_each_agrees_on_a_suite(ours: Implementation) -> None:
    """With bars that end, rows, values, duties, defeats, readings, and the law of another day."""
    results = run(sample(), ours)
    assert [(each.test.id, each.reply, each.disagreements) for each in results.each if not each.agrees] == []
    assert results.agreeing == len(sample().tests)
    assert results.missing == ()


def test_a_decision_tells_everything() -> None:
    """So that it can be held to the grounds."""
    results = run(sample(), Decide(stalls()), Level.GROUNDS)
    assert results.agreeing == len(sample().tests)
    assert all(
        isinstance(each.reply, Said) and set(each.reply.members) == set(Member) for each in results.each
    )


def test_each_disagrees_where_another_verdict_is_expected(ours: Implementation) -> None:
    """None of them repeats what it is told to expect."""
    tests = [
        evolve(t, expected=evolve(t.expected, verdict=_other(t.expected.verdict))) for t in sample().tests
    ]
    results = run(suite_of(tests), ours)
    assert [each.test.id for each in results.disagreeing] == [test.id for test in tests]
    assert {each.disagreements[0].member for each in results.each} == {Member.VERDICT}


def test_each_disagrees_where_another_norm_is_expected_to_stand(ours: Implementation) -> None:
    """The norm is named."""
    test = next(each for each in sample().tests if each.expected.grounds)
    wrong = evolve(test, expected=evolve(test.expected, norms=(evolve(test.expected.norms[0], norm="x.y"),)))
    (result,) = run(suite_of([wrong]), ours).each
    named = {norm for each in result.disagreements for norm in each.norms}
    assert named == {"x.y", test.expected.norms[0].norm}


def test_a_test_that_is_refused_is_an_error(ours: Implementation) -> None:
    """A fact that the rules do not know; the other tests are answered."""
    good = sample().tests[0]
    bad = evolve(good, case={"摊主.身高": 170})
    unknown = evolve(good, question="飞行")
    results = run(suite_of([bad, good, unknown]), ours)
    first, second, third = results.each
    assert second.agrees
    assert isinstance(first.reply, Failed)
    assert "身高" in first.reply.message.en
    assert isinstance(third.reply, Failed)
    assert "飞行" in third.reply.message.en
    assert results.failed == (first, third)


def test_a_solver_without_budget_says_so() -> None:
    """That is an error of the test, no answer."""
    (result,) = run(suite_of(sample().tests[:1]), Solver(stalls(), budget=1)).each
    assert isinstance(result.reply, Failed)
    assert "the solver" in result.reply.message.en


# --- Random rules


def corpus_of(kernel: KernelCorpus, defeats: Defeats) -> Corpus:
    """``kernel`` as a corpus that can be asked, with these defeats."""
    found = topics(kernel)
    frame = evolve(kernel, norms=())
    named = {name: topic for name, (topic, _) in found.items()}
    head = Head("digest", {}, frame, named, defeats, {})
    return Corpus(from_bytes(to_bytes(head, {name: norms for name, (_, norms) in found.items()}, kernel)))


def case_json(kernel: KernelCorpus, context: Context) -> dict[str, Any]:
    """The case of ``context`` as a caller writes it."""
    facts = {name: shown(value, kernel.facts[name].type) for name, value in context.case.facts.items()}
    records = {
        name: [{f: shown(v, kernel.records[name].fields[f]) for f, v in row.items()} for row in rows]
        for name, rows in context.case.records.items()
    }
    return cast("dict[str, Any]", plain({**facts, **records}))


def asked_in(corpus: Corpus, context: Context) -> list[Test]:
    """Each topic of ``corpus`` asked in ``context``."""
    kernel, found = corpus.kernel, []
    law: dt.date | None = context.law_date
    for name, topic in corpus.questions.items():
        norms = corpus.artifact.norms(name)
        small = evolve(kernel, norms=norms)
        said = expected(topic, norms, small, corpus.artifact.head.defeats, context)
        readings: Mapping[str, str] = context.readings
        found.append(
            Test(name, context.today, context.place, readings, case_json(kernel, context), said, law_date=law)
        )
    return found


@settings(max_examples=25)
@given(st.data())
def test_each_agrees_on_random_rules(data: st.DataObject) -> None:
    """Whatever the rules and the case; what a decision shows is all of what is expected."""
    question = data.draw(st.one_of(st.none(), draw.questions(draw.VOCABULARY)))
    kernel = evolve(data.draw(draw.corpora(max_norms=4, depth=2, question=question)), assumptions=())
    corpus = corpus_of(kernel, data.draw(draw.defeats(kernel)))
    contexts = data.draw(st.lists(draw.contexts(kernel), min_size=1, max_size=3))
    tests = {test.id: test for context in contexts for test in asked_in(corpus, context)}
    suite = suite_of(list(tests.values()))
    for level, implementation in (
        (Level.GROUNDS, Decide(corpus)),
        (None, Columns(corpus)),
        (None, Solver(corpus)),
    ):
        results = run(suite, cast("Implementation", implementation), level)
        assert [(each.reply, each.disagreements) for each in results.each if not each.agrees] == []
        assert results.agreeing == len(tests)


def _other(verdict: str) -> str:
    return "in_conflict" if verdict != "in_conflict" else "eligible"
