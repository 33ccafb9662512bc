"""What can be said of an incomplete case is what trying every completion says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from guiju.checker.check import DEFAULT_BUDGET
from guiju.compiler import smt
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import Case, Context, Expr, WhichValue
from guiju.compiler.resolve import EvaluatedAnswer, resolve
from guiju.compiler.verdicts import Verdict, verdict
from guiju.decisions.completions import Possible, possible_grounds, possible_verdicts
from guiju.decisions.incomplete import backend_for, incomplete
from guiju.dsl.diagnostics import InternalError
from incomplete_cases import TRADE, Ruled, context_of, known_parts, ruled, ruled_sets
from small_rules import PLACES
from strategies import VOCABULARY, completions, contexts, corpora, defeats, questions

FEW = settings(max_examples=max(15, settings.default.max_examples // 3))  # each asks the solver

HEADER = "文件 市办法 发布 市局 地域 市 施行 2018-01-01\n"


def possible(rules: Ruled, context: Context) -> Possible:
    return possible_verdicts(rules.question, rules.corpus, rules.defeats, context, rules.backend)


@FEW
@given(ruled_sets(), known_parts(), st.sampled_from(PLACES))
def test_the_verdicts_are_those_of_all_completions(
    rules: Ruled, known: dict[str, bool | int | str], place: str
) -> None:
    """No other, and none missing; none at all where no completion is consistent."""
    found = possible(rules, context_of(known, place))
    cases = list(rules.consistent(known, place))
    assert set(found.verdicts) == rules.verdicts(cases, place)
    assert found.undecided == ()
    replies = {rules.reply(case, place) for case in cases}
    assert found.definite() == (found.verdicts[0] if len(replies) == 1 else None)
    assert set(found.values) == {value for _, values in replies for value in values}


@FEW
@given(ruled_sets(), known_parts(), st.sampled_from(PLACES))
def test_the_grounds_are_those_of_all_completions(
    rules: Ruled, known: dict[str, bool | int | str], place: str
) -> None:
    """What stands in each, what in some, and with what positions."""
    context = context_of(known, place)
    found = possible_grounds(rules.question, rules.corpus, rules.defeats, context, rules.backend)
    standing = [
        dict(resolve(rules.question, rules.corpus, rules.defeats, context_of(case, place)).standing)
        for case in rules.consistent(known, place)
    ]
    norms = [n.id for n in rules.corpus.norms if any(n.id in each for each in standing)]
    assert list(found.certain) == [n for n in norms if all(n in each for each in standing)]
    assert sorted((*found.certain, *found.open)) == sorted(norms)
    for norm, positions in found.positions.items():
        assert set(positions) == {each[norm] for each in standing if norm in each}


@FEW
@given(st.data())
def test_whatever_completion_is_drawn_was_said_to_be_possible(data: st.DataObject) -> None:
    """Of any rules, with dates, records, rows that lack fields, readings and law dates."""
    corpus = data.draw(corpora(max_norms=4, question=data.draw(questions(VOCABULARY))))
    question, over = corpus.norms[0].question, data.draw(defeats(corpus))
    context = data.draw(contexts(corpus, complete=False))
    completion = data.draw(completions(corpus, context))
    assume(all(evaluate(a.expr, corpus, completion) for a in corpus.assumptions))
    backend = backend_for(corpus, DEFAULT_BUDGET)
    found = possible_verdicts(question, corpus, over, context, backend)
    resolved = resolve(question, corpus, over, completion)
    assert verdict(resolved, {norm.id: norm for norm in corpus.norms}) in found.verdicts
    grounds = possible_grounds(question, corpus, over, context, backend)
    standing = dict(resolved.standing)
    assert set(grounds.certain) <= set(standing) <= {*grounds.certain, *grounds.open}
    for norm, position in standing.items():
        assert norm in grounds.many or position in grounds.positions[norm]


def test_irrelevant_facts_ask_the_solver_nothing() -> None:
    """Where what is known settles the verdict, however much is unknown."""
    rules = ruled(HEADER + "规则 一 当 占道 则 摊主 不得 经营")
    found = possible(rules, context_of({"摊主.占道": True}, "市"))
    assert found == Possible((Verdict.INELIGIBLE,))
    assert rules.backend.statistics.checks == 0


def test_a_case_against_the_assumptions_has_no_completion() -> None:
    """It is said which of them what is known contradicts."""
    rules = ruled('假定 "再犯者占道" 再犯 蕴含 占道\n' + HEADER + "规则 一 当 占道 则 摊主 不得 经营")
    known = {"摊主.占道": False, "摊主.再犯": True}
    assert possible(rules, context_of(known, "市")) == Possible((), contradicted=("再犯者占道",))


def test_a_row_that_lacks_a_field_has_completions() -> None:
    """The field may have any value, and the rest of the row is known."""
    rules = ruled(HEADER + "规则 一 当 任一(违规 其中 时间 >= 2020-01-01) 则 摊主 不得 经营")
    record, dated = "摊主.违规", "时间"

    def verdicts(*rows: dict[str, dt.date]) -> tuple[Verdict, ...]:
        return possible(rules, Context(Case({}, {record: rows}), dt.date(2021, 1, 1), "市")).verdicts

    assert verdicts({}) == (Verdict.ELIGIBLE, Verdict.INELIGIBLE)
    assert verdicts({}, {dated: dt.date(2020, 1, 1)}) == (Verdict.INELIGIBLE,)
    assert verdicts({dated: dt.date(2019, 12, 31)}) == (Verdict.ELIGIBLE,)


def test_what_a_value_can_be_is_listed() -> None:
    """Each value that a norm can stand with, where they are few."""
    rules = ruled(
        HEADER + "规则 一 当 面积 >= 10平米 则 罚款 为 100元\n规则 二 当 面积 < 10平米 则 罚款 为 200元",
        question=WhichValue("罚款"),
    )
    found = possible_grounds(rules.question, rules.corpus, rules.defeats, context_of({}, "市"), rules.backend)
    assert found.certain == ()
    values = {
        each.value
        for taken in found.positions.values()
        for each in taken
        if isinstance(each, EvaluatedAnswer)
    }
    assert len(values) == 2


def test_a_budget_that_ends_makes_nothing_definite() -> None:
    """What could not be decided is said, and no verdict is taken for the only one."""
    rules = ruled(HEADER + "规则 一 当 占道 且 面积 > 10平米 则 摊主 不得 经营")
    starved = smt.Backend(rules.backend.corpus, 1, assumptions=())
    found = possible_verdicts(TRADE, rules.corpus, rules.defeats, context_of({}, "市"), starved)
    assert found.undecided
    assert found.definite() is None


@pytest.mark.parametrize("known", [{}, {"摊主.占道": True}])
def test_any_backend_on_the_corpus_will_do(known: dict[str, bool]) -> None:
    """Also one that assumes by itself, and one that knows no second case."""
    rules = ruled('假定 "再犯者占道" 再犯 蕴含 占道\n' + HEADER + "规则 一 当 再犯 则 摊主 不得 经营")
    plain = smt.Backend(rules.corpus, DEFAULT_BUDGET)
    context = context_of(known, "市")
    found = possible_verdicts(TRADE, rules.corpus, rules.defeats, context, plain)
    assert found == possible(rules, context)


def test_what_cannot_apply_is_left_out() -> None:
    """A norm of another place is no part of what is left."""
    rules = ruled("文件 区办法 发布 东区局 地域 东区 施行 2018-01-01\n规则 一 当 占道 则 摊主 不得 经营")
    left = incomplete(TRADE, rules.corpus, rules.defeats, context_of({}, "西区"))
    assert left.norms == ()
    assert list(left.verdicts) == [Verdict.ELIGIBLE]


class Liar(smt.Backend):
    """A backend that takes what is asked for satisfied by whatever it is told to say."""

    says: Case

    def solve(
        self, conditions: Sequence[Expr], *, prefer: Sequence[Expr] = (), minimise: bool = True
    ) -> smt.Verdict:
        return smt.Sat(Context(self.says, dt.date(2021, 1, 1), "市"))


def test_a_witness_that_does_not_replay_is_our_mistake() -> None:
    """Nothing that the solver shows is believed."""
    rules = ruled(HEADER + "规则 一 当 占道 则 摊主 不得 经营")
    liar = Liar(rules.backend.corpus, DEFAULT_BUDGET, assumptions=())
    liar.says = Case({"摊主.占道": True})
    with pytest.raises(InternalError, match="does not replay"):
        possible_verdicts(TRADE, rules.corpus, rules.defeats, context_of({}, "市"), liar)
