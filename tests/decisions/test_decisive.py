"""What to ask next: enough, whatever the answers are, and as little as can be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from itertools import combinations

from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from guiju.checker.check import DEFAULT_BUDGET
from guiju.compiler import smt
from guiju.compiler.combining import combined
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import Case, Context, Corpus, Question, Value, WhichValue
from guiju.compiler.partial import missing_cells
from guiju.compiler.resolve import Defeats, resolve
from guiju.compiler.verdicts import verdict
from guiju.decisions.decisive import Decisive, decisive
from guiju.decisions.incomplete import backend_for
from incomplete_cases import TRADE, WHOLE, Ruled, context_of, known_parts, ruled, ruled_sets
from small_rules import PLACES
from stall_rules import stalls
from strategies import VOCABULARY, completions, contexts, corpora, defeats, questions

FEW = settings(max_examples=max(15, settings.default.max_examples // 3))  # each asks the solver

HEADER = "文件 市办法 发布 市局 地域 市 施行 2018-01-01\n"
NAMES = tuple(WHOLE[0])


def asked(rules: Ruled, context: Context, backend: smt.Backend | None = None) -> Decisive:
    return decisive(rules.question, rules.corpus, rules.defeats, context, backend or rules.backend)


def said(question: Question, corpus: Corpus, over: Defeats, context: Context) -> tuple[object, ...]:
    """The reference answer in a complete case: the verdict and, of an outcome, the values."""
    resolution = resolve(question, corpus, over, context)
    norms = {norm.id: norm for norm in corpus.norms if norm.question == question}
    values = combined(dict(resolution.standing).values(), question, corpus)
    shown = frozenset(values) if isinstance(question, WhichValue) else None
    return verdict(resolution, norms), shown


def suffices(names: Collection[str], rules: Ruled, known: Mapping[str, Value], place: str) -> bool:
    """Whether completions that agree on ``names`` have one answer."""
    seen: dict[tuple[Value, ...], set[object]] = {}
    for case in rules.consistent(known, place):
        seen.setdefault(tuple(case[name] for name in names), set()).add(rules.reply(case, place))
    return all(len(each) == 1 for each in seen.values())


def settles(name: str, rules: Ruled, known: Mapping[str, Value], place: str) -> bool:
    """Whether some value of ``name`` alone makes the answer definite."""
    seen: dict[Value, set[object]] = {}
    for case in rules.consistent(known, place):
        seen.setdefault(case[name], set()).add(rules.reply(case, place))
    return any(len(each) == 1 for each in seen.values())


@FEW
@given(ruled_sets(), known_parts(), st.sampled_from(PLACES))
def test_the_set_suffices_and_no_smaller_one_does(rules: Ruled, known: dict[str, Value], place: str) -> None:
    """By trying every completion and every set of unknown facts."""
    found = asked(rules, context_of(known, place))
    assert found.minimum
    assert found.undecided == ()
    assert not set(found.facts) & set(known)
    assert suffices(found.facts, rules, known, place)
    unknown = [name for name in NAMES if name not in known]
    for fewer in combinations(unknown, max(len(found.facts) - 1, 0)):
        assert not found.facts or not suffices(fewer, rules, known, place)


@FEW
@given(ruled_sets(), known_parts(), st.sampled_from(PLACES))
def test_what_can_settle_alone_is_asked_first(rules: Ruled, known: dict[str, Value], place: str) -> None:
    """If any of the set can."""
    found = asked(rules, context_of(known, place))
    if any(settles(name, rules, known, place) for name in found.facts):
        assert settles(found.facts[0], rules, known, place)


@FEW
@given(ruled_sets(), known_parts(), st.sampled_from(PLACES))
def test_a_bound_that_is_met_leaves_nothing_superfluous(
    rules: Ruled, known: dict[str, Value], place: str
) -> None:
    """Where the smallest set is not sought to the end, it is not claimed."""
    context = context_of(known, place)
    found = decisive(rules.question, rules.corpus, rules.defeats, context, rules.backend, most=1)
    assert found.minimum is (len(found.facts) == 0)
    assert suffices(found.facts, rules, known, place)
    for name in found.facts:
        assert not suffices([each for each in found.facts if each != name], rules, known, place)


@FEW
@given(st.data())
def test_completions_that_agree_on_what_was_asked_agree_on_the_answer(data: st.DataObject) -> None:
    """Of any rules, with dates, records, rows that lack fields, readings and law dates."""
    corpus = data.draw(corpora(max_norms=4, question=data.draw(questions(VOCABULARY))))
    question, over = corpus.norms[0].question, data.draw(defeats(corpus))
    context = data.draw(contexts(corpus, complete=False))
    found = decisive(question, corpus, over, context, backend_for(corpus, DEFAULT_BUDGET))
    assert found.undecided == ()
    one = data.draw(completions(corpus, context))
    other = data.draw(completions(corpus, context))
    agreed = evolve(other, case=agreeing(other.case, one.case, found.facts, corpus, context))
    assume(all(evaluate(a.expr, corpus, each) for a in corpus.assumptions for each in (one, agreed)))
    first, second = (said(question, corpus, over, each) for each in (one, agreed))
    assert first == second


def agreeing(case: Case, other: Case, names: Collection[str], corpus: Corpus, context: Context) -> Case:
    """``case`` with what ``other`` says of ``names``: facts, records, and cells of known rows."""
    facts = {name: other.facts[name] if name in names else value for name, value in case.facts.items()}
    records = {
        name: other.records[name] if name in names else tuple(dict(row) for row in rows)
        for name, rows in case.records.items()
    }
    for name, (record, row, held) in missing_cells(corpus, context).items():
        if name in names:
            rows = [dict(each) for each in records[record]]
            rows[row][held] = other.records[record][row][held]
            records[record] = tuple(rows)
    return Case(facts, records)


def test_each_fact_comes_with_the_norms_that_make_it_matter() -> None:
    """What more of them depend on is asked first."""
    rules = ruled(
        HEADER
        + "规则 一 当 占道 且 面积 > 10平米 则 摊主 不得 经营\n"
        + "规则 二 当 再犯 且 面积 > 20平米 则 摊主 不得 经营"
    )
    found = asked(rules, context_of({}, "市"))
    assert found.facts == ("摊主.面积", "摊主.占道", "摊主.再犯")
    assert found.matters == {
        "摊主.面积": ("市办法.一", "市办法.二"),
        "摊主.占道": ("市办法.一",),
        "摊主.再犯": ("市办法.二",),
    }


def test_nothing_is_asked_where_the_verdict_is_definite() -> None:
    """Also where that takes the assumptions."""
    rules = ruled('假定 "再犯者占道" 再犯 蕴含 占道\n' + HEADER + "规则 一 当 占道 则 摊主 不得 经营")
    assert asked(rules, context_of({"摊主.再犯": True}, "市")) == Decisive((), True, {})


def test_a_fact_that_settles_by_what_is_assumed_may_be_the_one_to_ask() -> None:
    """One question instead of two; it matters through what the norms say of the two."""
    rules = ruled(
        '假定 "临时" 证件 = 临时 蕴含 占道 且 噪声大\n假定 "正式" 证件 = 正式 蕴含 占道 且 非 噪声大\n'
        + '假定 "流动" 证件 = 流动 蕴含 非 占道\n'
        + HEADER
        + "规则 一 当 占道 且 噪声大 则 摊主 不得 经营"
    )
    expected = Decisive(("摊主.证件",), True, {"摊主.证件": ("市办法.一",)})
    assert asked(rules, context_of({}, "市")) == expected


def test_a_record_is_one_fact_and_a_missing_field_another() -> None:
    """A record that is not known is asked for as a whole, a row's field by its place."""
    rules = ruled(HEADER + "规则 一 当 占道 且 任一(违规 其中 时间 >= 2020-01-01) 则 摊主 不得 经营")

    def facts(case: Case) -> set[str]:
        return set(asked(rules, Context(case, dt.date(2021, 1, 1), "市")).facts)

    assert facts(Case({})) == {"摊主.占道", "摊主.违规"}
    assert facts(Case({"摊主.占道": True}, {"摊主.违规": ({},)})) == {"摊主.违规[0].时间"}
    assert facts(Case({}, {"摊主.违规": ()})) == set()
    assert facts(Case({}, {"摊主.违规": ({"时间": dt.date(2020, 1, 1)},)})) == {"摊主.占道"}


def test_a_budget_that_ends_is_said() -> None:
    """The set still suffices: it is all that the norms speak of."""
    rules = ruled(HEADER + "规则 一 当 占道 且 面积 > 10平米 则 摊主 不得 经营")
    starved = smt.Backend(rules.backend.corpus, 1, assumptions=())
    found = asked(rules, context_of({}, "市"), starved)
    assert found.undecided
    assert not found.minimum
    assert set(found.facts) == {"摊主.占道", "摊主.面积"}


def test_one_backend_serves_many_questions() -> None:
    """What was asked before makes no difference."""
    rules = ruled(HEADER + "规则 一 当 占道 或 再犯 则 摊主 不得 经营")
    first = asked(rules, context_of({}, "市"))
    asked(rules, context_of({"摊主.占道": False}, "市"))
    assert asked(rules, context_of({}, "市")) == first
    assert rules.question == TRADE


def test_of_very_many_facts_all_are_named() -> None:
    """No search is begun that could take minutes; the set suffices, and is not said to be the smallest."""
    stall = stalls()
    norms = stall.artifact.norms("摊主·出摊")
    corpus = evolve(stall.declarations, norms=norms)
    question = stall.questions["摊主·出摊"].question
    context = Context(Case(), dt.date(2025, 1, 15), "市", corpus.default_readings())
    args = (question, corpus, stall.artifact.head.defeats, context, backend_for(corpus, 0))
    every = decisive(*args, at_once=2)
    fewest = decisive(*args)
    assert not every.minimum
    assert fewest.minimum
    assert set(fewest.facts) <= set(every.facts)
    assert set(every.facts) == set(every.matters)
