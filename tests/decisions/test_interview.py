"""Interviews: what is asked, in which order, and when they end."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

import guiju
from guiju.compiler.verdicts import Verdict
from guiju.decisions.interview import Interview, Question, read
from guiju.decisions.problems import InvalidInput

STALLS = Path(__file__).parents[2] / "docs/howto/examples/stalls.gj"


@pytest.fixture(scope="module")
def corpus() -> guiju.Corpus:
    return guiju.load(STALLS)


def begin(corpus: guiju.Corpus, case: Any = None, question: str = "设摊", **more: Any) -> Interview:
    return Interview.begin(corpus, question, **{"on": "2026-01-20", "at": "北苑区", "case": case, **more})


def asked(interview: Interview, answers: dict[str, object]) -> tuple[list[str], Interview]:
    """What is asked one after the other of somebody who knows ``answers`` and nothing else."""
    names = []
    while (question := interview.next(interview.decision())) is not None:
        names.append(question.name)
        interview = interview.tell(question, answers.get(question.name))
    return names, interview


TRADER = {
    "摊主.年龄": 30,
    "摊主.已登记": True,
    "摊主.摊位面积": "4.00",
    "摊主.品类": "食品",
    "摊主.扰民": False,
    "摊主.处理日": "2025-11-30",
    "摊主.处罚": 0,
}


def test_one_answer_can_be_enough(corpus: guiju.Corpus) -> None:
    """Nothing is asked that cannot matter any more."""
    names, ended = asked(begin(corpus), {**TRADER, "摊主.年龄": 12})
    assert names == ["摊主.年龄"]
    assert ended.decision().verdict is Verdict.INELIGIBLE


def test_defaults_are_asked_for_and_not_assumed(corpus: guiju.Corpus) -> None:
    """All that an eligible trader depends on; where nobody was noisy, no date is asked for."""
    names, ended = asked(begin(corpus), TRADER)
    assert set(names) == {"摊主.年龄", "摊主.已登记", "摊主.摊位面积", "摊主.扰民", "摊主.处罚"}
    assert ended.decision().verdict is Verdict.ELIGIBLE
    assert ended.decision().assumed == {}


def test_what_is_known_before_is_not_asked(corpus: guiju.Corpus) -> None:
    """A case to start from."""
    known = {"摊主": {"年龄": 30, "已登记": True, "摊位面积": 4, "处罚": []}}
    names, ended = asked(begin(corpus, known), TRADER)
    assert names == ["摊主.扰民"]
    assert ended.case()["摊主"]["年龄"] == 30


def test_rows_are_asked_for_cell_by_cell(corpus: guiju.Corpus) -> None:
    """How many there are, then what matters of each: never the field that no rule asks for."""
    known = {"摊主": {"年龄": 30, "已登记": True, "摊位面积": 4, "扰民": False}}
    answers = {"摊主.处罚": 2, "摊主.处罚[0].日子": "2025-12-01", "摊主.处罚[1].日子": "2025-12-02"}
    names, ended = asked(begin(corpus, known), answers)
    assert sorted(names) == ["摊主.处罚", "摊主.处罚[0].日子", "摊主.处罚[1].日子"]
    assert ended.case()["摊主"]["处罚"] == [{"日子": "2025-12-01"}, {"日子": "2025-12-02"}]
    assert ended.decision().verdict is Verdict.INELIGIBLE


def test_where_something_is_not_known_something_else_is_asked(corpus: guiju.Corpus) -> None:
    """It may settle the answer all the same; the area of the stall cannot, and is not asked for."""
    told = {**TRADER, "摊主.年龄": None, "摊主.扰民": True, "摊主.处理日": "2026-01-19"}
    names, ended = asked(begin(corpus), told)
    assert names[0] == "摊主.年龄"
    assert "摊主.摊位面积" not in names
    assert ended.decision().verdict is Verdict.INELIGIBLE


def test_where_nothing_settles_it_nothing_is_asked(corpus: guiju.Corpus) -> None:
    """The age is not known, all the rest is in order: the answer stays open."""
    known = {"摊主": {"已登记": True, "摊位面积": 4, "扰民": False, "处罚": []}}
    names, ended = asked(begin(corpus, known), {})
    assert names == ["摊主.年龄"]
    assert ended.decision().verdict is Verdict.UNDETERMINED


def test_beside_what_is_not_known_others_may_settle_it() -> None:
    """The total is not known; its two parts, to which it is tied, are asked for instead."""
    world = """\
法域 市 机关 局 辖 市
实体 甲 事实 全部: 是否 事实 前半: 是否 事实 后半: 是否
行为 做 主体 甲
假定 "全部即前后两半" (甲.全部 或 非 (甲.前半 且 甲.后半)) 且 (非 甲.全部 或 (甲.前半 且 甲.后半))
文件 办法 发布 局 地域 市 施行 2020-01-01
规则 一 见 "第一条" 当 甲.全部 则 甲 不得 做
"""
    corpus = guiju.load_texts({"a.gj": world})
    names, ended = asked(begin(corpus, None, "做", at="市"), {"甲.前半": True, "甲.后半": True})
    assert names == ["甲.全部", "甲.前半", "甲.后半"]
    assert ended.decision().verdict is Verdict.INELIGIBLE


def test_back_takes_the_last_answer_back(corpus: guiju.Corpus) -> None:
    """And the same is asked again; at the beginning there is nothing to take back."""
    interview = begin(corpus)
    first = interview.next(interview.decision())
    assert first is not None
    told = interview.tell(first, 30)
    assert told.next(told.decision()) != first
    assert told.back().next(told.back().decision()) == first
    assert interview.back().told == ()


def test_a_question_says_what_makes_it_matter(corpus: guiju.Corpus) -> None:
    """The articles, the default, and that it is a judgement."""
    known = {"摊主": {"年龄": 30, "已登记": True, "摊位面积": 4, "处罚": []}}
    interview = begin(corpus, known)
    question = interview.next(interview.decision())
    assert question is not None
    assert (question.name, question.default, question.judgement) == ("摊主.扰民", False, True)
    assert {each.citations for each in question.matters} == {("第六条",)}


def test_an_impossible_answer_is_refused(corpus: guiju.Corpus) -> None:
    """It contradicts what is assumed of the world."""
    known = {"摊主": {"已登记": True, "迁址日": "2026-01-05", "已报告": True}}
    interview = begin(corpus, known, "报告迁址")
    question = Question("摊主.报告日", corpus.declarations.facts["摊主.报告日"].type, ())
    with pytest.raises(InvalidInput) as caught:
        interview.tell(question, "2026-01-04").decision()
    assert caught.value.problems[0].code == "impossible-case"


def test_mistakes_in_the_arguments_are_all_told(corpus: guiju.Corpus) -> None:
    """Before anything is asked."""
    with pytest.raises(InvalidInput) as caught:
        begin(corpus, {"摊主": {"年龄": 300}}, "设滩", at="北苑")
    assert [problem.path for problem in caught.value.problems] == ["/case/摊主/年龄", "/question", "/at"]


@pytest.mark.parametrize("seed", range(8))
def test_an_interview_comes_to_the_answer_of_the_whole_case(corpus: guiju.Corpus, seed: int) -> None:
    """Whatever is true and whoever knows all of it: the same verdict, and no question is asked twice."""
    chance = random.Random(seed)
    rows = [{"日子": f"2025-{chance.randint(1, 12):02}-15"} for _ in range(chance.randint(0, 3))]
    facts: dict[str, object] = {
        "摊主.年龄": chance.choice([15, 16, 40]),
        "摊主.已登记": chance.random() < 0.8,
        "摊主.摊位面积": chance.choice(["4.00", "6.00", "6.01"]),
        "摊主.品类": chance.choice(["食品", "书报"]),
        "摊主.扰民": chance.random() < 0.4,
        "摊主.处理日": chance.choice(["2025-10-01", "2025-10-20", "2026-01-19"]),
    }
    cells = {f"摊主.处罚[{n}].日子": row["日子"] for n, row in enumerate(rows)}
    names, ended = asked(begin(corpus), {**facts, **cells, "摊主.处罚": len(rows)})
    whole = corpus.decide({**facts, "摊主.处罚": rows}, "设摊", on="2026-01-20", at="北苑区")
    assert ended.decision().verdict is whole.verdict
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("摊主.已登记", " 是 ", True),
        ("摊主.已登记", "No", False),
        ("摊主.年龄", "３０岁", 30),
        ("摊主.摊位面积", "4.5", "4.50"),
        ("摊主.品类", "书报", "书报"),
        ("摊主.品类", "1", "食品"),
        ("摊主.处理日", "２０２５-11-30", "2025-11-30"),
        ("摊主.处罚", "2", 2),
        ("摊主.处罚", "没有", 0),
    ],
)
def test_an_answer_is_read(corpus: guiju.Corpus, name: str, typed: str, value: object) -> None:
    """As people type."""
    fact = corpus.declarations.facts.get(name)
    question = Question(name, None if fact is None else fact.type, ())
    assert read(typed, question, corpus) == value


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("摊主.已登记", "也许"),
        ("摊主.年龄", "三十"),
        ("摊主.年龄", "121"),
        ("摊主.年龄", ""),
        ("摊主.年龄", "NaN"),
        ("摊主.年龄", "9" * 60),
        ("摊主.摊位面积", "4.505"),
        ("摊主.品类", "4"),
        ("摊主.品类", "0"),
        ("摊主.处理日", "2025-02-30"),
        ("摊主.处罚", "-1"),
        ("摊主.处罚", "1000"),
    ],
)
def test_what_is_no_answer_is_refused(corpus: guiju.Corpus, name: str, typed: str) -> None:
    """And nothing is guessed."""
    fact = corpus.declarations.facts.get(name)
    question = Question(name, None if fact is None else fact.type, ())
    with pytest.raises(InvalidInput):
        read(typed, question, corpus)
