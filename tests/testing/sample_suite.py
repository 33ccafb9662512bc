"""A small suite of the rules on stalls (``stall_rules``): cases chosen by hand, answers by the reference."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any, cast

from attrs import evolve

from guiju.compiler.kernel import Context
from guiju.decisions.decision import plain
from guiju.decisions.topics import find
from guiju.dsl.source import Bilingual
from guiju.testing.expected import expected
from guiju.testing.suite import Count, Criterion, Infeasible, Reason, Suite, Test
from stall_rules import stalls

ADULT: dict[str, Any] = {"年龄": 30, "面积": "5.00", "经营": "果蔬"}
BLOCKING = {**ADULT, "占道": True, "违规日": "2024-11-20", "处理日": "2024-11-30", "收件日": "2025-01-23"}
WARNED = [{"日子": "2024-06-01", "档次": "警告"}, {"日子": "2024-11-29", "档次": "停摊"}]
EAST = {**ADULT, "年龄": 61, "已登记": True}


def case_of(
    question: str,
    stall: dict[str, Any],
    *reasons: Reason,
    on: str = "2025-01-15",
    at: str = "市",
    readings: dict[str, str] | None = None,
    law_date: str | None = None,
    kills: int = 0,
) -> Test:
    """A test with what the rules say."""
    corpus = stalls()
    topic = find(question, corpus.questions)
    norms = corpus.artifact.norms(topic.name)
    given = corpus.read_case({"摊主": stall})
    law = None if law_date is None else dt.date.fromisoformat(law_date)
    context = Context(given.case, dt.date.fromisoformat(on), at, readings or {}, law)
    kernel = evolve(corpus.kernel, norms=norms)
    said = expected(topic, norms, kernel, corpus.artifact.head.defeats, context)
    cited = {norm.id: norm.citations for norm in norms}
    spoken = dict.fromkeys((*(each.norm for each in said.norms), *said.defeated))
    return Test(
        question=topic.name,
        on=context.today,
        at=at,
        readings=readings or {},
        case=cast("dict[str, Any]", plain(given.told)),
        expected=said,
        reasons=reasons,
        kills=kills,
        citations={id_: cited[id_] for id_ in spoken},
        law_date=law,
    )


def why(criterion: Criterion, norm: str, zh: str, en: str) -> Reason:
    """A reason about one norm."""
    return Reason(criterion, (norm,), Bilingual(zh, en))


@cache
def sample() -> Suite:
    """The suite: a bar by age and its edge, bars that end, rows, values, a duty, defeats, a reading."""
    age, bar, warned = "市办法.未成年", "市办法.占道停摊/1", "市办法.占道处理/1"
    fee, leave = "东区细则.东区收费", "省条例.登记者可出摊"
    punished = {**BLOCKING, "处罚": WARNED}
    tests = (
        case_of(
            "出摊",
            {**ADULT, "年龄": 17},
            why(Criterion.BOUNDARY, age, "年龄恰为 17 岁", "just 17 years"),
            why(Criterion.RULE, age, "适用并成立", "it applies and stands"),
            kills=7,
        ),
        case_of("出摊", {**ADULT, "年龄": 18}, why(Criterion.BOUNDARY, age, "满 18 岁", "of age"), kills=3),
        case_of("出摊", BLOCKING, why(Criterion.RULE, bar, "停摊期内", "within the bar"), kills=4),
        case_of(
            "出摊",
            BLOCKING,
            why(Criterion.READINGS, bar, "另一种读法下期满在先", "it ends sooner otherwise read"),
            readings={"停摊起算": "自违规日"},
        ),
        case_of("出摊", {**ADULT, "年龄": 17}, law_date="2019-06-01"),
        case_of("夜间经营", EAST, why(Criterion.DEFEATS, leave, "冲突", "clash"), at="东区"),
        case_of("报送回执", BLOCKING, why(Criterion.RULE, "市办法.回执/1", "应报送", "it is due"), kills=2),
        case_of("处理", punished, why(Criterion.CLAUSE, warned, "有警告", "warned")),
        case_of("最高档次", punished),
        case_of("费用", ADULT, why(Criterion.PAIRS, fee, "两者都管", "both apply"), at="东区"),
        case_of("费用", ADULT),
    )
    return Suite(
        corpus=stalls().digest,
        engine=dict(stalls().engine),
        options={"for": ["出摊"], "criteria": ["rule", "boundary"], "budget": 1000},
        tests=tests,
        counts={
            Criterion.RULE: Count(total=20, met=18, infeasible=1, undecided=1),
            Criterion.MUTANTS: Count(total=40, met=38, infeasible=2),
        },
        infeasible=(
            Infeasible(
                Criterion.RULE,
                ("市办法.收费",),
                Bilingual("不适用", "it does not apply"),
                Bilingual("一律适用", "it always applies"),
            ),
        ),
        undecided=(Bilingual("预算用尽：市办法.夜间", "the budget ran out: 市办法.夜间"),),
    )


def titles() -> dict[str, str]:
    """The titles of the instruments, by their names."""
    return {name: each.title for name, each in stalls().instruments.items()}
