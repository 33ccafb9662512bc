"""A case that was found, written down as a test: what a caller would send, and what is expected of it."""

from __future__ import annotations

from collections.abc import Collection

from attrs import evolve

from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import Context
from guiju.decisions.cases import Reader
from guiju.decisions.decision import plain
from guiju.decisions.values import shown
from guiju.testing.expected import expected
from guiju.testing.rules import Rules
from guiju.testing.scope import Scope
from guiju.testing.suite import Test


def test_of(rules: Rules, scope: Scope, context: Context) -> Test:
    """The test that asks the topic of ``rules`` in ``context``; what is expected is said by the reference.

    The case goes the way of a caller's: written down, and read again with the defaults of what it leaves out.
    """
    corpus = rules.corpus
    given = _told(scope, context, scope.asked)
    read = evolve(context, case=Reader(corpus).read(given).case)
    if any(evaluate(each, corpus, read) is False for each in scope.assumptions):
        # What is left out takes a default that cannot be beside the rest: then everything is told.
        given = _told(scope, context, frozenset((*scope.facts, *scope.records)))
        read = evolve(context, case=Reader(corpus).read(given).case)
    chosen = {
        name: choice
        for name, choice in context.readings.items()
        if choice != corpus.readings[name].choices[0]
    }
    said = expected(rules.topic, corpus.norms, corpus, rules.defeats, read)
    concerned = {*(each.norm for each in said.norms), *said.defeated}
    return Test(
        question=rules.topic.name,
        on=context.today,
        at=context.place,
        readings=chosen,
        case=given,
        expected=said,
        citations={norm.id: norm.citations for norm in corpus.norms if norm.id in concerned},
    )


def _told(scope: Scope, context: Context, names: Collection[str]) -> dict[str, object]:
    """The facts and records ``names`` of a case as plain JSON values, as a caller writes them."""
    corpus = scope.corpus
    case: dict[str, object] = {
        name: shown(context.case.facts[name], corpus.facts[name].type)
        for name in scope.facts
        if name in names
    }
    for record in scope.records:
        if record in names:
            fields = corpus.records[record].fields
            case[record] = [
                {name: shown(value, fields[name]) for name, value in row.items()}
                for row in context.case.records[record]
            ]
    given = plain(case)
    assert isinstance(given, dict)
    return given
