"""Marks at the beginning of a line, and labels compared."""

from __future__ import annotations

import pytest

from guiju.texts.lines import folded
from guiju.texts.numbering import inside, joined, key, mark, same


@pytest.mark.parametrize(
    ("line", "piece"),
    [
        ("第八条 摊主", "第八条"),
        ("第八条摊主", "第八条"),
        ("第 8 条 摊主", "第八条"),
        ("第一百零八条摊主", "第一百零八条"),
        ("第十条之一 摊主", "第十条之一"),
        ("第十条之一摊主", "第十条之一"),
        ("第三章 总则", "第三章"),
        ("第一节", "第一节"),
        ("（一）摊主", "(一)"),
        ("(十二)摊主", "(十二)"),
        ("（１）摊主", "(1)"),
        ("一、目标", "一"),
        ("1.清点", "1"),
        ("1、清点", "1"),
        ("１．清点", "1"),
        ("12)清点", "(12)"),
        ("①清点", "①"),
    ],
)
def test_a_mark(line: str, piece: str) -> None:
    """Of every style and either width, as it enters a label."""
    found = mark(folded(line))
    assert found is not None
    assert found.piece == piece


@pytest.mark.parametrize(
    "line",
    [
        "第八条第二款规定的摊位",
        "第八条规定的摊位",
        "第八条、第九条所列",
        "第八条和第九条",
        "1.5米以内",
        "2024.7.1",
        "一、二级市场",
        "第三节课上讲的，都要记住。",
        "摊主",
        "（略）",
        "第三方",
    ],
)
def test_what_only_looks_like_one(line: str) -> None:
    """A reference, a figure, a word."""
    assert mark(folded(line)) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("第八条（一）3", "第八条(一)3"),
        ("第8条", "第八条"),
        ("第八条第（三）项", "第八条(三)"),
        ("附件1（6）", "附件1(六)"),
        ("附1", "附件1"),
        ("第十条之一", "第10条之1"),
    ],
)
def test_one_place_under_two_labels(one: str, other: str) -> None:
    """Brackets, widths and numerals make no difference."""
    assert same(one, other)


def test_different_places() -> None:
    """An inserted article is no part of the one before it."""
    assert not same("第十条", "第十条之一")
    assert not inside("第十条之一", "第十条")
    assert inside("第十条(一)2", "第十条")
    assert inside("第十条(一)2", "第十条(一)")
    assert not inside("第一百条", "第一条")


def test_a_label_without_structure() -> None:
    """It is compared as it is."""
    assert key("某处") is None
    assert same("某处", "某 处")
    assert not same("某处", "第一条")


def test_a_number_does_not_run_into_the_one_before_it() -> None:
    """Brackets keep them apart."""
    assert joined("附件1", "6") == "附件1(6)"
    assert joined("第八条(一)", "3") == "第八条(一)3"
    assert joined("附件2", "一") == "附件2(一)"
