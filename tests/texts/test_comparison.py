"""A text against the lock and the list of provisions of a spec."""

from __future__ import annotations

import pytest

from guiju.texts.comparison import Comparison, Encoding, best, compare
from guiju.texts.locks import lock
from market_texts import PLAN, RULES, TWO, cut

#: As the specs list them: the annexes whole, the words that introduce a list not at all.
CONTENTS = (
    *("第一条", "第二条", "第三条（一）", "第三条(二)", "第三条(三)", "第三条第二款", "第四条"),
    *("第四条(一)", "第四条(二)1", "第四条(二)2", "第五条", "附件1", "附件2"),
)
TITLE = "临湖市流动摊位管理办法（试行）"


def against(text: str, before: str = RULES, contents: tuple[str, ...] = CONTENTS) -> Comparison:
    """``text`` compared with what was encoded from ``before``."""
    now, then = cut(text), cut(before)
    own = lock(then, then.parts[0])
    plan = cut(PLAN)
    others = {"方案": lock(plan, plan.parts[0]), "办法": own}
    return compare(now, now.parts[0], Encoding("办法", TITLE, contents, ()), own, others)


def found(comparison: Comparison) -> list[tuple[str, str, str | None]]:
    return [(e.difference.value, e.label, e.to) for e in comparison.differences]


def test_the_same_text() -> None:
    """A coarse list and a fine one both cover it."""
    assert against(RULES).same
    assert against(RULES, contents=("第一条", "第二条", "第三条", "第四条", "第五条", "附件1", "附件2")).same


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RULES.replace("不占盲道", "不占道路"), [("changed", "第三条(二)", None)]),
        (
            RULES.replace("（三）收摊后清扫。\n", ""),
            [("missing", "第三条(三)", None), ("absent", "第三条(三)", None)],
        ),
        (
            RULES.replace("第五条  摊位", "第五条  摊位分三级。\n第六条  摊位"),
            [("new", "第五条", None), ("moved", "第五条", "第六条"), ("uncovered", "第六条", None)],
        ),
        (RULES.replace("临湖市流动", "临湖流动"), [("title", "标题", None)]),
        (
            RULES.replace("第一条  为管理流动摊位，依据《城市容貌规定》（临政令第3号），制定本办法。\n", ""),
            [("missing", "第一条", None), ("absent", "第一条", None)],
        ),
    ],
    ids=["changed", "missing", "inserted", "title", "article"],
)
def test_what_is_different(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    """Each difference once, under its label."""
    assert found(against(text)) == expected


def test_an_article_that_moved_with_all_its_items() -> None:
    """Its items moved with it, which goes without saying."""
    lines = RULES.split("\n")
    text = "\n".join(line.replace("第四条  摊主", "第九条  摊主") for line in lines)
    moved = [e for e in found(against(text, contents=())) if e[0] == "moved"]
    assert moved == [("moved", "第四条", "第九条")]


def test_an_item_that_changed_in_an_article_that_moved() -> None:
    """It is one change, not one item gone and another one come."""
    text = RULES.replace("第三条  摊主", "第八条  摊主").replace("盲道；\n（三）", "车道；\n（三）")
    assert found(against(text, contents=())) == [
        ("changed", "第三条(二)", "第八条(二)"),
        ("moved", "第三条", "第八条"),
    ]


def test_what_a_list_has_and_the_text_has_not() -> None:
    """And the other way round."""
    contents = (*CONTENTS[1:], "第九条", "第一条第二款")
    assert found(against(RULES, contents=contents)) == [
        ("uncovered", "第一条", None),
        ("absent", "第九条", None),
        ("absent", "第一条第二款", None),
    ]


def test_an_entry_may_say_of_which_paragraph() -> None:
    """第一款 of an article that has one; an item without the paragraph it belongs to."""
    contents = ("第一条第一款", *CONTENTS[1:])
    assert against(RULES, contents=contents).same


def test_an_annex_that_is_only_listed_is_there() -> None:
    """Its text may be published elsewhere."""
    text = RULES.replace("附件2\n收费标准\n一、每日十元；\n二、每月二百元。\n", "")
    assert [e for e in found(against(text, text)) if e[0] == "absent"] == []


def test_the_text_of_another_instrument() -> None:
    """The one whose lock it fits is named, where there is one."""
    plan = against(PLAN)
    assert (plan.same, plan.other, plan.differences) == (False, "方案", ())
    assert against(TWO).other == ""


def test_without_a_lock_the_list_is_compared_all_the_same() -> None:
    """But the text is not said to be the same."""
    now = cut(RULES)
    result = compare(now, now.parts[0], Encoding("办法", TITLE, CONTENTS, ()), None, {})
    assert (result.same, result.locked, result.differences) == (False, False, ())


def test_an_instrument_is_found_by_its_words() -> None:
    """When it has another title."""
    now, plan = cut(RULES.replace("临湖市", "北苑区")), cut(PLAN)
    then = cut(RULES)
    locks = {"方案": lock(plan, plan.parts[0]), "办法": lock(then, then.parts[0])}
    assert best(lock(now, now.parts[0]), locks) == "办法"
    assert best(lock(now, now.parts[0]), {"方案": locks["方案"]}) is None
