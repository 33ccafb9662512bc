"""Questions about pairs of real norms, asked twice: two encodings, two solvers, one answer."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from guiju.checker.load import Loaded
from guiju.compiler.cone import Cone
from guiju.compiler.formulas import Incomparable, applicable, incompatible
from guiju.compiler.kernel import Corpus, Expr, Norm, Question, binds, conjunction, negation
from guiju.compiler.smt import Backend
from guiju.compiler.smtlib import script
from guiju.compiler.smtlib.second import Answer, solve

pytest.importorskip("cvc5", reason="cvc5 is not installed: pip install guiju[certify]")

BUDGET = 300_000  # the hardest of some thousand questions of a check needed less than a third


def asked(one: Norm, other: Norm, corpus: Corpus) -> list[list[Expr]]:
    """Can both apply, can they disagree, can one apply without the other?"""
    a, b = applicable(one, corpus), applicable(other, corpus)
    questions: list[list[Expr]] = [[a, b], [a, negation(b)], [b, negation(a)]]
    try:
        apart = incompatible(one.position, other.position, corpus.combination(one.question), corpus)
    except Incomparable:
        return questions
    return [*questions, [conjunction(a, b, apart)]]


def pairs(corpus: Corpus) -> list[tuple[Norm, Norm]]:
    by_question: dict[Question, list[Norm]] = {}
    for norm in corpus.norms:
        if binds(norm):
            by_question.setdefault(norm.question, []).append(norm)
    return [pair for norms in by_question.values() for pair in combinations(norms, 2)]


def answers(corpus: Corpus, count: int, seed: int) -> list[Answer]:
    """What the second solver says of ``count`` random pairs; the first must say the same."""
    first = Backend(corpus, 0)
    cone = Cone.of([assumption.expr for assumption in corpus.assumptions])
    found: list[Answer] = []
    for one, other in Random(seed).sample(pairs(corpus), count):
        for conditions in asked(one, other, corpus):
            reply = solve(script(corpus, [*conditions, *cone.above(conditions)]), BUDGET)
            assert (reply.answer is Answer.SATISFIABLE) is first.satisfiable(conditions), (one.id, other.id)
            found.append(reply.answer)
    return found


def test_both_solvers_agree_on_pairs_of_norms(whole: Loaded) -> None:
    """And the second decides each of them within the budget; both answers do occur."""
    assert whole.corpus is not None
    assert set(answers(whole.corpus, 12, 7)) == {Answer.SATISFIABLE, Answer.UNSATISFIABLE}


def test_all_assumptions_together_can_hold(whole: Loaded) -> None:
    """The largest script there is."""
    assert whole.corpus is not None
    statements = [assumption.expr for assumption in whole.corpus.assumptions]
    assert solve(script(whole.corpus, statements), BUDGET).answer is Answer.SATISFIABLE


@pytest.mark.slow
def test_both_solvers_agree_on_many_pairs(whole: Loaded) -> None:
    """Hundreds of questions."""
    assert whole.corpus is not None
    found = answers(whole.corpus, 200, 8)
    assert len(found) > 600
    assert Answer.UNKNOWN not in found
