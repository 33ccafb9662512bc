"""Of an outcome an answer is definite only where every completion of the case shows the same values."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from guiju.compiler.kernel import WhichValue
from guiju.compiler.verdicts import Verdict
from guiju.decisions.completions import possible_verdicts
from guiju.decisions.decision import TopicAnswer
from guiju.decisions.interview import Interview
from incomplete_cases import context_of, ruled
from stall_rules import stalls

ON, AT = "2024-05-20", "市"
KNOWN: Mapping[str, object] = {
    "占道": True,
    "处理日": "2024-05-01",
    "违规日": "2024-04-01",
    "收件日": "2024-05-01",
    "年龄": 30,
    "经营": "百货",
}
LATELY = {"日子": "2024-01-01", "档次": "警告"}
HEADER = "文件 市办法 发布 市局 地域 市 施行 2018-01-01\n"


def answer(question: str, at: str = AT, **told: object) -> TopicAnswer:
    return stalls().decide({"摊主": {**KNOWN, **told}}, question, on=ON, at=at).answer


def asked(found: TopicAnswer) -> list[str]:
    return [each.fact for each in found.ask]


def test_a_field_that_decides_the_value_is_asked_for() -> None:
    """There is an answer whatever it is, but not the same one."""
    found = answer("处理", 处罚=[{"日子": "2024-01-01"}])
    assert (found.verdict, found.possible) == (Verdict.UNDETERMINED, (Verdict.ANSWERED,))
    assert found.possible_values == ("警告", "停摊")
    assert asked(found) == ["摊主.处罚[0].档次"]
    assert found.ask_is_smallest
    for grade, value in (("警告", "停摊"), ("停摊", "警告")):
        told = answer("处理", 处罚=[{**LATELY, "档次": grade}])
        assert (told.verdict, told.values) == (Verdict.ANSWERED, (value,))


def test_a_record_that_can_add_a_stricter_value_is_asked_for() -> None:
    """One norm stands for certain, and another may stand beside it and go further."""
    found = answer("最高档次", 处罚=None)
    assert (found.verdict, found.possible) == (Verdict.UNDETERMINED, (Verdict.ANSWERED,))
    assert (found.possible_values, asked(found)) == (("警告", "停摊"), ["摊主.处罚"])
    assert answer("最高档次", 处罚=[LATELY, LATELY]).values == ("停摊",)
    assert answer("最高档次", 处罚=[LATELY]).values == ("警告",)


@pytest.mark.parametrize(
    ("known", "values", "definite"),
    [({}, (100, 200, 300), None), ({"摊主.占道": False}, (), Verdict.SILENT)],
)
def test_values_are_listed_beside_silence_too(
    known: Mapping[str, bool], values: tuple[int, ...], definite: Verdict | None
) -> None:
    """Whichever completion is looked at first, in the order of their size."""
    rules = ruled(
        HEADER
        + "规则 一 当 占道 且 面积 >= 10平米 则 罚款 为 100元\n"
        + "规则 二 当 占道 且 面积 < 5平米 则 罚款 为 300元\n"
        + "规则 三 当 占道 且 面积 = 7平米 则 罚款 为 200元",
        question=WhichValue("罚款"),
    )
    context = context_of(known, "市")
    found = possible_verdicts(rules.question, rules.corpus, rules.defeats, context, rules.backend)
    assert (found.values, found.definite()) == (values, definite)


@pytest.mark.parametrize(
    ("question", "told", "values"),
    [
        ("费用", {"处罚": None, "占道": None}, (Decimal("12.50"),)),
        ("最高档次", {"处罚": [{"日子": "2024-01-01"}]}, ("警告",)),
        ("最高档次", {"处罚": [LATELY, LATELY], "占道": None}, ("停摊",)),
    ],
)
def test_what_cannot_change_the_value_is_not_asked_for(
    question: str, told: Mapping[str, object], values: tuple[object, ...]
) -> None:
    """Then the answer is definite, with its value."""
    found = answer(question, **told)
    assert (found.verdict, found.values, asked(found)) == (Verdict.ANSWERED, values, [])
    assert found.possible_values == ()


def test_an_answer_that_two_norms_share_is_shown() -> None:
    """Neither stands in all completions, and the value is the same in all."""
    rules = ruled(
        HEADER + "规则 一 当 占道 则 罚款 为 100元\n规则 二 当 非 占道 则 罚款 为 100元",
        question=WhichValue("罚款"),
    )
    context = context_of({}, "市")
    found = possible_verdicts(rules.question, rules.corpus, rules.defeats, context, rules.backend)
    assert (found.definite(), found.values, found.one_answer) == (Verdict.ANSWERED, (100,), True)


def test_an_interview_goes_on_until_the_value_is_definite() -> None:
    """Also when it is certain from the start that there will be one."""
    start = {"摊主": {**KNOWN, "处罚": [{"日子": "2024-01-01"}]}}
    interview = Interview.begin(stalls(), "处理", on=ON, at=AT, case=start)
    question = interview.next(interview.decision())
    assert question is not None
    assert question.name == "摊主.处罚[0].档次"
    told = interview.tell(question, "警告")
    decision = told.decision()
    assert told.next(decision) is None
    assert (decision.verdict, decision.answer.values) == (Verdict.ANSWERED, ("停摊",))
    refused = interview.tell(question, None)
    assert refused.next(refused.decision()) is None
