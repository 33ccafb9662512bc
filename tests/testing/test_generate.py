"""A generated suite keeps its promise: what it says it covers is looked up again, by the reference alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random

import pytest
from attrs import evolve
from sampling import sampler

from guiju.compiler import smt
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import Context, Expr
from guiju.decisions.cases import Reader
from guiju.decisions.corpus import Corpus
from guiju.decisions.loading import load_texts
from guiju.testing.criteria import CASES, PAIRS
from guiju.testing.expected import expected
from guiju.testing.formats.jsonl import to_jsonl
from guiju.testing.generate import Generated, UnknownName, generate
from guiju.testing.implementations.decide import Decide
from guiju.testing.mutations.catalogue import mutants
from guiju.testing.rules import Rules
from guiju.testing.running import run
from guiju.testing.scope import scope_of
from guiju.testing.suite import Count, Criterion, Test
from stall_rules import stalls

BUDGET = 20_000_000


@cache
def generated() -> Generated:
    """The suite of the stalls, made once for all tests of a process."""
    return generate(stalls())


def contexts(corpus: Corpus, tests: list[Test]) -> list[Context]:
    """The cases of ``tests``, read as a caller's are."""
    reader = Reader(corpus.declarations)
    first = {name: reading.choices[0] for name, reading in corpus.readings.items()}
    return [
        Context(reader.read(test.case).case, test.on, test.at, {**first, **test.readings}) for test in tests
    ]


def by_topic(corpus: Corpus) -> Iterator[tuple[Rules, list[Context]]]:
    """The rules on each topic, and the cases that the suite asks it of."""
    suite = generated().suite
    for name, topic in corpus.questions.items():
        norms = corpus.artifact.norms(name)
        rules = Rules(topic, evolve(corpus.kernel, norms=norms), corpus.artifact.head.defeats)
        yield rules, contexts(corpus, [test for test in suite.tests if test.question == name])


def covered(conditions: tuple[Expr, ...], rules: Rules, cases: list[Context]) -> bool:
    return any(all(evaluate(c, rules.corpus, case) is True for c in conditions) for case in cases)


def test_nothing_is_left_undecided() -> None:
    suite = generated().suite
    assert not suite.undecided
    assert set(suite.counts) == set(Criterion)
    for count in suite.counts.values():
        assert count.total == count.met + count.infeasible
        assert count.undecided == 0
        assert count.met > 0


def test_each_obligation_is_covered_by_a_test_or_by_nothing_that_can_be_drawn() -> None:
    counts = dict.fromkeys(CASES, (0, 0))
    for rules, cases in by_topic(stalls()):
        scope = scope_of(rules, smt.Backend(rules.corpus, BUDGET))
        drawn = drawn_cases(rules, scope.readings)
        for criterion, asked in CASES.items():
            for each in asked(scope):
                met = covered(each.conditions, rules, cases)
                if not met:
                    assert not covered(each.conditions, rules, drawn), each.text
                before = counts[criterion]
                counts[criterion] = (before[0] + 1, before[1] + met)
    assert counts == {
        criterion: (count.total, count.met)
        for criterion, count in generated().suite.counts.items()
        if criterion in CASES
    }


def test_each_pair_of_unique_causes_is_in_the_suite() -> None:
    found = 0
    for rules, cases in by_topic(stalls()):
        scope = scope_of(rules, smt.Backend(rules.corpus, BUDGET))
        for pair in PAIRS[Criterion.UNIQUE_CAUSE](scope):
            one = [c for c in cases if covered(pair.one, rules, [c])]
            other = [c for c in cases if covered(pair.other, rules, [c])]
            alike = [
                (a, b)
                for a in one
                for b in other
                if all(evaluate(s, rules.corpus, a) == evaluate(s, rules.corpus, b) for s in pair.same)
            ]
            found += 2 * bool(alike)
    assert found == generated().suite.counts[Criterion.UNIQUE_CAUSE].met


def test_each_mutant_gets_another_answer_to_some_test_or_to_no_case_that_can_be_drawn() -> None:
    total = killed = 0
    for rules, cases in by_topic(stalls()):
        drawn = drawn_cases(rules, tuple(rules.corpus.readings))
        for mutant in mutants(rules):
            wrong, total = mutant.of(rules), total + 1
            if any(answer(wrong, case) != answer(rules, case) for case in cases):
                killed += 1
            else:
                for case in drawn:
                    assert answer(wrong, case) == answer(rules, case), (mutant.id, case)
    count = generated().suite.counts[Criterion.MUTANTS]
    assert (total, killed) == (count.total, count.met)
    assert killed > 200


def answer(rules: Rules, case: Context) -> object:
    return expected(rules.topic, rules.corpus.norms, rules.corpus, rules.defeats, case)


def drawn_cases(rules: Rules, readings: tuple[str, ...]) -> list[Context]:
    """Cases that the assumptions allow, near the edges of the norms."""
    random = Random(7)
    corpus = rules.corpus
    drawing = sampler(corpus.norms, corpus)
    found = []
    for _ in range(40):
        chosen = {name: random.choice(corpus.readings[name].choices) for name in readings}
        context = drawing.draw(random, random.choice(list(corpus.territories)), chosen)
        read = Reader(corpus).read(dict[str, object]()).case
        context = evolve(
            context,
            case=evolve(
                context.case,
                facts={**read.facts, **context.case.facts},
                records={**read.records, **context.case.records},
            ),
        )
        if all(evaluate(each.expr, corpus, context) is not False for each in corpus.assumptions):
            found.append(context)
    assert len(found) > 10
    return found


def test_what_is_expected_is_what_is_decided() -> None:
    results = run(generated().suite, Decide(stalls()))
    assert all(each.agrees for each in results.each)
    assert len(results.each) == len(generated().suite.tests) > 50


def test_each_test_says_what_it_is_for() -> None:
    for test in generated().suite.tests:
        assert test.reasons
        assert all(each.text.zh and each.text.en for each in test.reasons)
        assert set(test.citations) == {*(n.norm for n in test.expected.norms), *test.expected.defeated}


def test_the_suite_is_the_same_in_two_processes_as_in_one() -> None:
    assert to_jsonl(generate(stalls(), jobs=2).suite) == to_jsonl(generated().suite)


def test_only_what_is_asked_for() -> None:
    one = generate(stalls(), about=["出摊"], criteria=[Criterion.RULE, Criterion.BOUNDARY]).suite
    assert {test.question for test in one.tests} == {"摊主·出摊"}
    assert set(one.counts) == {Criterion.RULE, Criterion.BOUNDARY}
    assert one.options["for"] == ["出摊"]
    rule = generate(stalls(), about=["市办法.占道处理"]).suite
    assert {test.question for test in rule.tests} == {"处理", "最高档次"}
    about = {id_ for test in rule.tests for reason in test.reasons for id_ in reason.norms}
    assert any(id_.startswith("市办法.占道处理") for id_ in about)
    title = generate(stalls(), about=["《东区流动摊贩细则》"], criteria=[Criterion.RULE]).suite
    assert {test.question for test in title.tests} == {"摊主·夜间经营"}
    assert [each.norms for each in title.infeasible] == [("东区细则.东区收费",)]  # the city's fee prevails


@pytest.mark.parametrize(
    ("name", "hint"), [("出滩", "出摊"), ("市办法.熟时", "市办法.熟食"), ("没有", "guiju")]
)
def test_an_unknown_name_is_said_to_be_one(name: str, hint: str) -> None:
    with pytest.raises(UnknownName) as error:
        generate(stalls(), about=[name])
    assert hint in error.value.message.zh


def test_what_the_budget_does_not_suffice_for_is_neither_met_nor_impossible() -> None:
    suite = generate(stalls(), about=["出摊"], criteria=[Criterion.BOUNDARY], budget=1).suite
    count = suite.counts[Criterion.BOUNDARY]
    assert count.undecided > 0
    assert count.undecided == len(suite.undecided)
    assert count.total == count.met + count.infeasible + count.undecided


def test_a_rule_that_cannot_apply_is_listed_with_what_makes_it_so() -> None:
    text = (
        "时限 2018-01-01 .. 2030-12-31\n法域 市\n位阶 市文件 级 20\n机关 市局 级别 市文件 辖 市\n"
        "实体 摊主\n  事实 年龄: 整数 0..120 单位 岁\n行为 出摊 主体 摊主\n"
        "文件 市办法 发布 市局 级别 市文件 地域 市 施行 2020-01-01\n"
        '规则 矛盾 见 "第一条" 当 摊主.年龄 < 18岁 且 摊主.年龄 > 60岁 则 摊主 不得 出摊\n'
    )
    suite = generate(load_texts({"a.gj": text}), criteria=[Criterion.RULE, Criterion.MASKING]).suite
    assert suite.counts[Criterion.RULE] == Count(2, 1, 1, 0)
    (rule,) = [each for each in suite.infeasible if each.criterion is Criterion.RULE]
    assert "年龄少于 18" in rule.because.zh
    assert "年龄超过 60" in rule.because.zh
    assert "不能同时成立" in rule.because.zh
