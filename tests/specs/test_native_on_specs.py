"""The compiled path on the real corpus: every example gets the resolution of the reference."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from guiju.checker.load import Loaded
from guiju.compiler.doctrine import Defeat, settle
from guiju.compiler.kernel import Context, Corpus, Norm, Question
from guiju.compiler.native import Missing, Program, Setting, compile_question
from guiju.compiler.resolve import Defeats, resolve
from guiju.compiler.verdicts import verdict

Asked = dict[Question, list[Norm]]


def asked(corpus: Corpus) -> Asked:
    """The norms of each question, in the order of the corpus."""
    found: Asked = defaultdict(list)
    for norm in corpus.norms:
        found[norm.question].append(norm)
    return found


def defeats_of(corpus: Corpus, groups: Asked) -> Defeats:
    """What the text and the ranks settle, for which no solver is needed."""
    pairs = (pair for norms in groups.values() for pair in combinations(norms, 2))
    settled = (settle(one, other, corpus, lambda m, n: None) for one, other in pairs)
    return {(defeat.winner, defeat.loser): defeat for defeat in settled if isinstance(defeat, Defeat)}


def compiled(
    question: Question, groups: Asked, corpus: Corpus, defeats: Defeats, context: Context
) -> Program:
    readings = {**corpus.default_readings(), **context.readings}
    setting = Setting(context.place, readings, context.law_date is not None)
    return compile_question(question, groups[question], corpus, defeats, setting)


def test_every_example_is_resolved_as_by_the_reference(whole: Loaded) -> None:
    """Resolution and verdict are the reference's, and most examples tell all that a program asks."""
    corpus = whole.corpus
    assert corpus is not None
    groups = asked(corpus)
    defeats = defeats_of(corpus, groups)
    assert defeats
    by_id = {norm.id: norm for norm in corpus.norms}
    answered, unanswered = 0, 0
    for example in corpus.examples:
        context, case = example.context, example.context.case
        for expectation in example.expectations:
            program = compiled(expectation.question, groups, corpus, defeats, context)
            expected = resolve(expectation.question, corpus, defeats, context)
            try:
                found = program.resolve(case.facts, case.records, context.today, context.law_date)
                said = program.verdict(case.facts, case.records, context.today, context.law_date)
            except Missing:
                unanswered += 1
                found = program.incomplete(case.facts, case.records, context.today, context.law_date)
                assert found == expected, example.label
                continue
            assert found == expected, example.label
            assert said[0] is verdict(expected, by_id), example.label
            answered += 1
    assert answered > 4 * unanswered
