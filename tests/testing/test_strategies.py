"""Strategies of cases and requests: always answered, near the edges, and shrunk to what matters."""

from __future__ import annotations

import ast
import datetime as dt
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

import guiju
from guiju.compiler.verdicts import Verdict
from guiju.decisions.corpus import Corpus
from guiju.decisions.loading import load_texts
from guiju.testing import cases, requests
from stall_rules import RULES, stalls

PAGE = Path(__file__).parents[2] / "docs/howto/testing.md"
EXAMPLES = PAGE.parent / "examples"

TOPICS = tuple(stalls().questions)

#: What can come out of each topic of the stall rules; a complete case never leaves it open.
VERDICTS = {
    "摊主·出摊": {Verdict.ELIGIBLE, Verdict.INELIGIBLE, Verdict.DISCRETIONARY},
    "摊主·夜间经营": {Verdict.ELIGIBLE, Verdict.INELIGIBLE},
    "处理": {Verdict.SILENT, Verdict.ANSWERED, Verdict.DISCRETIONARY, Verdict.IN_CONFLICT},
    "最高档次": {Verdict.SILENT, Verdict.ANSWERED},
    "费用": {Verdict.SILENT, Verdict.ANSWERED},
}

FEW = settings(max_examples=400, database=None, derandomize=True)


@cache
def _requests(question: str | None) -> st.SearchStrategy[dict[str, Any]]:
    return requests(stalls(), question)


@cache
def _cases(question: str, **options: Any) -> st.SearchStrategy[dict[str, Any]]:
    return cases(stalls(), question, **options)


def _verdict(request: dict[str, Any], corpus: Corpus | None = None) -> Verdict:
    return (corpus or stalls()).decide(**request).answers[0].verdict


@given(st.sampled_from(TOPICS).flatmap(_requests))
def test_every_request_is_answered(request: dict[str, Any]) -> None:
    """No mistake in it, no impossible case, and nothing that would have to be known."""
    assert set(request) == {"question", "case", "on", "at", "readings"}
    assert _verdict(request) is not Verdict.UNDETERMINED
    assert list(stalls().decide(**request).assumed) == []


@given(st.data())
def test_a_request_about_anything_is_answered(data: st.DataObject) -> None:
    """Each tells what bears on its own question."""
    assert _verdict(data.draw(_requests(None))) is not Verdict.UNDETERMINED


@given(st.data())
def test_a_case_about_everything_is_answered(data: st.DataObject) -> None:
    """All questions of the party at once."""
    case = data.draw(_cases_of_all())
    decision = stalls().decide(case, on="2024-03-01", at="东区")
    assert not any(answer.verdict is Verdict.UNDETERMINED for answer in decision.answers)
    assert set(case) >= {"摊主.年龄", "摊主.面积", "摊主.处罚", "摊主.回执日"}


@cache
def _cases_of_all() -> st.SearchStrategy[dict[str, Any]]:
    return cases(stalls(), on=dt.date(2024, 3, 1))


@pytest.mark.parametrize(("question", "verdicts"), VERDICTS.items())
def test_each_verdict_is_reached(question: str, verdicts: set[Verdict]) -> None:
    """Within a few hundred requests, and none but those."""
    seen: set[Verdict] = set()

    @settings(FEW, phases=[Phase.generate])
    @given(_requests(question))
    def ask(request: dict[str, Any]) -> None:
        seen.add(_verdict(request))

    ask()
    assert seen == verdicts


@pytest.mark.parametrize("age", [17, 18])
def test_both_sides_of_a_number(age: int) -> None:
    """The last age that is barred and the first that is not."""
    assert find(_cases("出摊"), lambda case: case["摊主.年龄"] == age, settings=FEW)


@pytest.mark.parametrize("size", ["10.00", "10.01"])
def test_both_sides_of_a_decimal(size: str) -> None:
    """Written with all its decimals, as a text."""
    assert find(_cases("夜间经营"), lambda case: case["摊主.面积"] == size, settings=FEW)


@pytest.mark.parametrize("barred", [True, False])
def test_both_sides_of_the_end_of_a_bar(barred: bool) -> None:
    """A bar of three months that ends today, and one that ended yesterday."""
    today = dt.date(2024, 3, 1)
    last = today if barred else today - dt.timedelta(days=1)
    corpus = stalls()

    def ends(case: dict[str, Any]) -> bool:
        # The day before the one that is asked about, so that the bar that ended is seen with its end.
        answer = corpus.decide(case, "出摊", on=last, at="市").answers[0]
        return case["摊主.占道"] is True and answer.until == last

    found = find(_cases("出摊", on=today), ends, settings=FEW)
    asked = corpus.decide(found, "出摊", on=today, at="市").answers[0]
    assert (asked.verdict is Verdict.INELIGIBLE) is barred


def test_what_is_found_is_shrunk_to_the_one_change_that_matters() -> None:
    """The plain case, just under age."""
    plainest = find(_cases("出摊"), lambda _: True, settings=FEW)
    assert plainest == {
        "摊主.年龄": 18,
        "摊主.经营": "果蔬",
        "摊主.健康证": False,
        "摊主.占道": False,
        "摊主.情节严重": False,
        "摊主.处理日": "2018-01-01",
        "摊主.违规日": "2018-01-01",
    }
    found = find(_cases("出摊"), lambda case: case["摊主.年龄"] < 18, settings=FEW)
    assert found == {**plainest, "摊主.年龄": 17}


def test_a_request_is_shrunk_as_well() -> None:
    """To the default readings, the plain day and place."""
    found = find(_requests("出摊"), lambda request: _verdict(request) is Verdict.INELIGIBLE, settings=FEW)
    assert (found["on"], found["at"], found["readings"]) == ("2022-01-01", "市", {})
    assert found["case"]["摊主.年龄"] == 17


@given(st.data())
def test_dates_respect_the_assumptions(data: st.DataObject) -> None:
    """First the violation, then what is done about it, also in a case of which not all is known."""
    case = data.draw(_cases("处理", complete=data.draw(st.booleans())))
    first, then = case["摊主.违规日"], case["摊主.处理日"]
    assert first is None or then is None or first <= then
    stalls().decide(case, "处理", on="2024-03-01", at="市", solve=False)


def test_an_incomplete_case_can_leave_the_verdict_open() -> None:
    """What is unknown is null, so that no default is taken for it."""

    def is_open(case: dict[str, Any]) -> bool:
        answer = stalls().decide(case, "出摊", on="2024-03-01", at="市", solve=False).answers[0]
        return answer.verdict is Verdict.UNDETERMINED

    found = find(_cases("出摊", complete=False), is_open, settings=FEW)
    assert [name for name, value in found.items() if value is None] == ["摊主.年龄"]


@given(_cases("出摊", complete=False, unknown=("摊主.健康证", "摊主.年龄")))
def test_only_what_may_be_unknown_is(case: dict[str, Any]) -> None:
    """Other facts are always told."""
    assert {name for name, value in case.items() if value is None} <= {"摊主.健康证", "摊主.年龄"}


UNDER_TODAY = RULES.replace(
    "行为 出摊 主体", '假定 "违规不在将来" 摊主.违规日 <= 今日\n假定 摊主.处理日 >= 今日\n\n行为 出摊 主体', 1
)


def test_assumptions_about_the_day_hold_on_the_day_that_is_asked_about() -> None:
    """Cases are for one day, requests bring theirs."""
    corpus = load_texts({"stalls.gj": UNDER_TODAY})
    early = cases(corpus, "出摊", on="2019-06-01", at="市")
    asked = requests(corpus, "出摊")

    @settings(max_examples=100, database=None)
    @given(early, asked)
    def holds(case: dict[str, Any], request: dict[str, Any]) -> None:
        assert case["摊主.违规日"] <= "2019-06-01" <= case["摊主.处理日"]
        assert request["case"]["摊主.违规日"] <= request["on"] <= request["case"]["摊主.处理日"]
        corpus.decide(case, "出摊", on="2019-06-01", at="市")
        _verdict(request, corpus)

    holds()


@given(_cases("夜间经营"))
def test_decimals_are_texts_within_their_bounds(case: dict[str, Any]) -> None:
    """As the reader of cases takes them."""
    assert isinstance(case["摊主.面积"], str)
    assert 0 <= Decimal(case["摊主.面积"]) <= 100
    assert stalls().read_case(case).told["摊主.面积"] == Decimal(case["摊主.面积"])


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"question": "出摊摊"}, "unknown-question"),
        ({"question": "出摊", "at": "北区"}, "unknown-place"),
        ({"question": "出摊", "on": "1990-01-01"}, "range"),
        ({"question": "出摊", "on": "soon"}, "date"),
        ({"question": "出摊", "complete": False, "unknown": ["摊主.身高"]}, "unknown-fact"),
    ],
)
def test_mistakes_are_told_at_once(options: dict[str, Any], code: str) -> None:
    """Not only when the first case is drawn."""
    with pytest.raises(guiju.InvalidInput) as caught:
        cases(stalls(), **options)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_an_unknown_question_is_told_as_the_corpus_tells_it() -> None:
    """With the same hint."""
    with pytest.raises(guiju.InvalidInput) as asked:
        stalls().decide({}, "出摊摊", on="2024-03-01", at="市")
    with pytest.raises(guiju.InvalidInput) as drawn:
        requests(stalls(), "出摊摊")
    assert drawn.value.problems == asked.value.problems


def test_a_day_without_a_possible_case_is_refused() -> None:
    """Here every violation is to come, and there is no later day."""
    text = RULES.replace("行为 出摊 主体", "假定 摊主.违规日 > 今日\n\n行为 出摊 主体", 1)
    with pytest.raises(guiju.InvalidInput, match="the assumptions allow no case on 2040-12-31"):
        cases(load_texts({"stalls.gj": text}), "出摊", on="2040-12-31")


def test_the_page_shows_a_property_that_fails_as_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """The example of the page is run, and Hypothesis finds what the page says that it finds."""
    section = PAGE.read_text(encoding="utf-8").partition("## Property tests")[2]
    code = section.partition("```py\n")[2].partition("```")[0]
    shown = section.partition("```text\n")[2].partition("```")[0]
    monkeypatch.chdir(EXAMPLES)
    names: dict[str, Any] = {}
    exec(compile(code, "test_page.py", "exec"), names)
    failing = settings(FEW)(names["test_sixteen_registered_and_never_punished_is_enough"])
    property_, failed = failing.hypothesis.inner_test, []

    def recorded(case: dict[str, Any]) -> None:
        try:
            property_(case)
        except AssertionError:
            failed.append(case)
            raise

    failing.hypothesis.inner_test = recorded
    with pytest.raises(AssertionError):
        failing()
    assert failed[-1] == ast.literal_eval(shown.strip().removeprefix("case=").removesuffix(","))
    settings(max_examples=50, database=None)(names["test_our_system_agrees"])()
