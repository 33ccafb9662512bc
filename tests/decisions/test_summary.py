"""A decision in words: what is said first, what is said of each ground, and that nothing is left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import guiju
from guiju.checker.report.layout import View
from guiju.decisions import summary
from guiju.decisions.ways import lines, ways

STALLS = Path(__file__).parents[2] / "docs/howto/examples/stalls.gj"


@pytest.fixture(scope="module")
def corpus() -> guiju.Corpus:
    return guiju.load(STALLS)


def told(
    corpus: guiju.Corpus, case: dict[str, Any], question: str | None, lang: str = "zh", **more: Any
) -> str:
    """The decision on the facts of the one party, in words."""
    decision = corpus.decide({"摊主": case}, question, **{"on": "2026-01-20", "at": "北苑区", **more})
    return summary.to_text(decision, View(lang, corpus=corpus.declarations))


NOISY = {"年龄": 30, "已登记": True, "品类": "书报", "扰民": True, "处理日": "2025-11-30"}


def test_the_verdict_stands_first_with_what_it_rests_on(corpus: guiju.Corpus) -> None:
    """The whole of one decision: ground, window, facts, judgement, what was defeated, what one text says."""
    case = {**NOISY, "处罚": [{"日子": "2025-03-01"}, {"日子": "2025-10-01"}]}
    shown = told(corpus, case, "设摊")
    assert shown.splitlines()[:-1] == [
        "摊主·设摊：不得，至 2026-02-28 为止",
        "  《临湖市夜市管理办法》第六条（规则 市夜市办法.扰民停业/1）",
        "    不得，2025-11-30 至 2026-02-28",
        "    因为 摊主.扰民：是；摊主.处理日：2025-11-30",
        "    判断 “摊主.扰民”须由有权机关认定",
        "  = 被优先：《北苑区夜市管理细则》第五条：可；以《临湖市夜市管理办法》第六条为准，"
        "文本明定的优先（由文本自身）；依据：第十条",
        "  = 只看这一文件：《北苑区夜市管理细则》：可以",
        "  = 换一读法：一年起算=满十二个月：不得（规则 市夜市办法.扰民停业/1、市夜市办法.屡次受罚）",
        "",
        "  = 取默认值：摊主.摊位面积：4.00 平方米",
        "  = 所问：2026-01-20，北苑区",
    ]
    assert shown.splitlines()[-1].startswith(f"条文库 {corpus.digest[:16]}… guiju ")


def test_the_same_in_english(corpus: guiju.Corpus) -> None:
    """Names and citations stay as they are."""
    first, second, third, *_ = told(corpus, NOISY, "设摊", "en").splitlines()
    assert first == "摊主·设摊: ineligible until 2026-02-28"
    assert second == "  《临湖市夜市管理办法》第六条 (rule 市夜市办法.扰民停业/1)"
    assert third == "    must not, 2025-11-30 to 2026-02-28"


def test_a_conflict_names_both_sides(corpus: guiju.Corpus) -> None:
    """As grounds, and that nothing tells which prevails."""
    shown = told(corpus, {"年龄": 30, "已登记": True, "摊位面积": "7.25", "品类": "书报"}, "设摊")
    assert shown.startswith("摊主·设摊：规定相互冲突\n  《北苑区夜市管理细则》第三条")
    assert "    不得，原则上\n    因为 摊主.摊位面积：7.25 平方米\n" in shown
    assert (
        "= 冲突：《北苑区夜市管理细则》第三条与《北苑区夜市管理细则》第五条，没有规则能确定以谁为准" in shown
    )


def test_what_is_unknown_is_asked_for_with_the_article_that_makes_it_matter(corpus: guiju.Corpus) -> None:
    """And the verdicts that are possible."""
    shown = told(corpus, {"品类": "食品"}, "设摊")
    assert shown.startswith(
        "摊主·设摊：不能确定\n"
        "  = 可能：可以、不得\n"
        "  = 还要问：摊主.年龄（《临湖市夜市管理办法》第四条）\n"
        "  = 还要问：摊主.已登记（《临湖市夜市管理办法》第四条）\n"
    )


def test_a_missed_duty_is_a_violation_without_sanction(corpus: guiju.Corpus) -> None:
    """Which is said to be no compliance; the working days of National Day are counted."""
    shown = told(corpus, {"已登记": True, "迁址日": "2025-09-28"}, "报告迁址")
    assert "\n义务\n  《临湖市夜市管理办法》第八条" in shown
    assert "    摊主·报告迁址：未履行，期限 2025-09-28 至 2025-10-17\n" in shown
    assert "\n违反\n" in shown
    assert "    没有规定的惩戒；这不等于合法\n" in shown


def test_a_due_date_in_a_year_without_calendar_is_provisional(corpus: guiju.Corpus) -> None:
    """It is shown, and marked."""
    shown = told(corpus, {"已登记": True, "迁址日": "2031-01-06"}, "报告迁址", "en", on="2031-01-08")
    assert "to be done, term 2031-01-06 to 2031-01-20 (provisional: " in shown


def test_a_duty_that_was_done_says_when(corpus: guiju.Corpus) -> None:
    """In time and too late."""
    done = {"已登记": True, "迁址日": "2025-09-28", "已报告": True}
    assert "已履行，期限 2025-09-28 至 2025-10-17，2025-10-17 履行" in told(
        corpus, {**done, "报告日": "2025-10-17"}, "报告迁址"
    )
    assert "逾期履行，期限 2025-09-28 至 2025-10-17，2025-10-18 履行" in told(
        corpus, {**done, "报告日": "2025-10-18"}, "报告迁址"
    )


def test_an_outcome_is_told_by_its_value(corpus: guiju.Corpus) -> None:
    """The value, and the sanction that it is."""
    shown = told(corpus, NOISY, "处分")
    assert shown.startswith("处分：停业\n")
    assert "\n惩戒\n  《临湖市夜市管理办法》第六条" in shown
    assert told(corpus, {"扰民": False}, "处分").startswith("处分：没有规定\n")


def test_all_that_concerns_the_case_is_told(corpus: guiju.Corpus) -> None:
    """Each topic by itself; a case of which nothing is said is told so."""
    shown = told(corpus, {**NOISY, "迁址日": "2025-12-28"}, None)
    assert [line for line in shown.splitlines() if line.startswith(("摊主·", "处分"))] == [
        "摊主·设摊：不得，至 2026-02-28 为止",
        "处分：停业",
        "摊主·报告迁址：可以",
    ]
    assert told(corpus, {}, None, on="2020-06-01").startswith("没有规定涉及所给的情形。\n")


def test_what_was_chosen_is_said(corpus: guiju.Corpus) -> None:
    """The law date and the readings."""
    shown = told(corpus, NOISY, "设摊", readings={"一年起算": "满十二个月"}, law_date="2025-12-01")
    assert "= 所问：2026-01-20，北苑区，适用 2025-12-01 的规定，所取读法 一年起算=满十二个月" in shown


def test_a_doubt_about_a_ground_is_told() -> None:
    """With the code that ``guiju explain`` takes: it answers, and its issuer may not have decreed it."""
    corpus = guiju.load_texts(
        {
            "a.gj": """\
法域 市
位阶 法规 级 50 法定 位阶 文件级 级 10
机关 人大 级别 法规 辖 市 机关 局 级别 文件级 辖 市
行为类别 限制经营
实体 甲 事实 丁: 是否
行为 做 主体 甲 类 限制经营
文件 条例 标题 "设定条例" 发布 人大 地域 市 施行 2020-01-01
权限 限制经营 自 法规 见 "第十四条"
文件 办法 标题 "做事办法" 发布 局 地域 市 施行 2020-01-01
规则 一 见 "第一条" 当 甲.丁 则 甲 不得 做
"""
        }
    )
    decision = corpus.decide({"甲": {"丁": True}}, "做", on="2026-01-20", at="市")
    shown = summary.to_text(decision, View("en", corpus=corpus.declarations))
    (doubt,) = decision.answer.grounds[0].doubts
    assert f"    doubt {doubt.code} {doubt.message.en} (guiju explain {doubt.code})\n" in shown


def test_ways_are_told(corpus: guiju.Corpus) -> None:
    """A change, a day, both, and that it is eligible already."""

    def shown(case: dict[str, Any], lang: str = "zh") -> list[str]:
        decision = corpus.decide({"摊主": case}, "设摊", on="2026-01-20", at="北苑区")
        found = lines(ways(corpus, decision), View(lang, corpus=corpus.declarations))
        return ["".join(piece.text for piece in line) for line in found][2:]

    quiet = {**NOISY, "扰民": False}
    assert shown({**quiet, "已登记": False})[0] == "  改变事实：摊主.已登记：是"
    assert shown({**NOISY, "已登记": False}) == [
        "  改变事实：没有办法",
        "  等待：没有办法",
        "  改变事实并等待：摊主.已登记：是；自 2026-03-01 起",
    ]
    assert shown(NOISY, "en")[1] == "  by waiting: from 2026-03-01 on"
    assert shown(quiet) == ["  已经可以。"]


def test_ways_are_about_acts(corpus: guiju.Corpus) -> None:
    """An outcome is neither eligible nor not."""
    decision = corpus.decide({"摊主": NOISY}, "处分", on="2026-01-20", at="北苑区")
    with pytest.raises(ValueError, match="处分 is an outcome"):
        ways(corpus, decision)
