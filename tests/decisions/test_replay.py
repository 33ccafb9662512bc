"""A decision made again from its record: the same, another, or no record at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import guiju
from guiju.decisions.replay import ABSENT, BadRecord, Difference, replay

STALLS = Path(__file__).parents[2] / "docs/howto/examples/stalls.gj"
NOISY = {
    "摊主": {
        "年龄": 30,
        "已登记": True,
        "摊位面积": "4.50",
        "品类": None,
        "扰民": True,
        "处理日": "2025-11-30",
        "处罚": [{"日子": "2025-03-01", "品类": None}, {"日子": "2025-10-01"}],
    }
}


@pytest.fixture(scope="module")
def corpus() -> guiju.Corpus:
    return guiju.load(STALLS)


@pytest.fixture(scope="module")
def stricter() -> guiju.Corpus:
    """The rules with a longer bar."""
    return guiju.load_texts({"stalls.gj": STALLS.read_text(encoding="utf-8").replace("期 3月", "期 4月")})


def recorded(corpus: guiju.Corpus, case: Any = NOISY, question: str | None = "设摊", **more: Any) -> Any:
    """A record as it is read back."""
    decision = corpus.decide(case, question, **{"on": "2026-01-20", "at": "北苑区", **more})
    return json.loads(json.dumps(decision.to_dict()))


@pytest.mark.parametrize("question", ["设摊", "报告迁址", "处分", None])
@pytest.mark.parametrize("case", [NOISY, {"摊主": {"品类": "食品"}}, {"摊主": {"处罚": None}}])
def test_a_record_comes_out_the_same(corpus: guiju.Corpus, case: Any, question: str | None) -> None:
    """Also where facts are unknown, rows lack fields, and everything is asked."""
    found = replay(recorded(corpus, case, question), corpus)
    assert (found.same, found.differences, found.refused) == (True, (), ())
    assert (found.same_corpus, found.same_engine) == (True, True)


def test_what_was_chosen_is_chosen_again(corpus: guiju.Corpus) -> None:
    """The readings and the law date."""
    record = recorded(corpus, readings={"一年起算": "满十二个月"}, law_date="2025-12-01")
    found = replay(record, corpus)
    assert found.same
    assert found.decision is not None
    assert found.decision.readings == {"一年起算": "满十二个月"}


@pytest.mark.parametrize("key", ["decision", "record"])
def test_a_record_inside_of_something_is_found(corpus: guiju.Corpus, key: str) -> None:
    """An answer of the service, an entry of a log."""
    assert replay({key: recorded(corpus), "receipt": {"sequence": 1}}, corpus).same


def test_another_answer_says_in_what(corpus: guiju.Corpus, stricter: guiju.Corpus) -> None:
    """Place by place, what was and what is; and that other rules answered."""
    case = {"摊主": {**NOISY["摊主"], "品类": "食品"}}
    found = replay(recorded(corpus, case), stricter)
    assert not found.same
    assert not found.same_corpus
    assert found.differences == (
        Difference("/answers/0/grounds/0/window/last", "2026-02-28", "2026-03-30"),
        Difference("/answers/0/until", "2026-02-28", "2026-03-30"),
    )


def test_other_rules_may_give_the_same_answer(corpus: guiju.Corpus, stricter: guiju.Corpus) -> None:
    """Which is told apart."""
    found = replay(recorded(corpus, {"摊主": {"年龄": 30, "已登记": True}}), stricter)
    assert (found.same, found.same_corpus) == (True, False)


def test_another_version_is_told_apart(corpus: guiju.Corpus) -> None:
    """It is no difference of the answer."""
    found = replay({**recorded(corpus), "engine": {"guiju": "0.0.1"}}, corpus)
    assert (found.same, found.same_corpus, found.same_engine) == (True, True, False)


def test_an_altered_answer_is_different(corpus: guiju.Corpus) -> None:
    """What is missing in the record or was added to it, too."""
    record = recorded(corpus)
    record["answers"][0]["verdict"] = "eligible"
    del record["duties"]
    record["judgements"].append("摊主.品类")
    assert {(each.path, each.before) for each in replay(record, corpus).differences} == {
        ("/answers/0/verdict", "eligible"),
        ("/duties", ABSENT),
        ("/judgements/1", "摊主.品类"),
    }


def test_a_case_that_other_rules_do_not_take_is_different(corpus: guiju.Corpus) -> None:
    """A fact is not declared any more: nothing can be answered, and it is said why."""
    text = (
        STALLS.read_text(encoding="utf-8")
        .replace("处理日: 日期", "决定日: 日期")
        .replace("摊主.处理日", "摊主.决定日")
    )
    found = replay(recorded(corpus), guiju.load_texts({"stalls.gj": text}))
    assert not found.same
    assert found.decision is None
    assert [problem.path for problem in found.refused] == ["/case/摊主.处理日"]


@pytest.mark.parametrize("record", [None, [], "x", {}, {"decision": {}}, {"answers": []}])
def test_what_is_no_record_is_said_to_be_none(corpus: guiju.Corpus, record: object) -> None:
    """Never the same and never different."""
    with pytest.raises(BadRecord):
        replay(record, corpus)


def test_an_impossible_record_of_this_corpus_is_none(corpus: guiju.Corpus) -> None:
    """These rules can never have answered it."""
    record = recorded(corpus)
    record["case"]["摊主.年龄"] = 300
    with pytest.raises(BadRecord) as caught:
        replay(record, corpus)
    assert caught.value.problems[0].path == "/case/摊主.年龄"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=3),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    ),
    st.sampled_from(["question", "on", "at", "law_date", "readings", "case", "answers", "digest", "engine"]),
)
def test_any_value_anywhere_is_told(corpus: guiju.Corpus, value: object, member: str) -> None:
    """Whatever stands in a record, it is the same, different, or none: nothing else happens."""
    record = {**recorded(corpus, {"摊主": {"年龄": 30, "已登记": True}}), member: value}
    try:
        found = replay(record, corpus)
    except BadRecord:
        return
    assert found.same == (not found.differences and not found.refused)
