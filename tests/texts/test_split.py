"""Texts cut into provisions: laws that hold for any text, and the labels that rules cite."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.dsl.source import Source
from guiju.texts.lines import lines
from guiju.texts.provisions import Kind
from guiju.texts.report.tree import skeleton
from guiju.texts.split import text_of
from market_texts import PLAN, RULES, TWO, cut, every, labels

#: Pieces of which texts are made, so that random ones look like regulations more often than not.
PIECES = st.sampled_from(
    (
        *(
            "第一条 ",
            "第二条",
            "第十条之一 ",
            "第一章 ",
            "第二节",
            "一、",
            "（一）",
            "(二)",
            "1.",
            "2、",
            "（1）",
        ),
        *(
            "①",
            "附件1",
            "附件2：",
            "附件：1.",
            "附：",
            "目录",
            "管理办法",
            "关于印发《办法》的通知",
            "（试行）",
        ),
        *("摊主应当持证", "。", "；", "：", "，", "\n", "\n\n", " ", "\u3000", "\t", "第八条规定的", "尾"),
        *("总则", "|", "《", "“", "##", "**"),
    )
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))


def solid(text: str) -> str:
    """``text`` without spaces."""
    return "".join(text.split())


@given(TEXTS)
def test_no_character_is_lost(text: str) -> None:
    """What is put together again is what was read, spaces apart."""
    read = "".join(line.text for line in lines(Source("x", text)))
    found = cut(text)
    again = "".join(text_of(part.provisions) for part in found.all)
    assert solid(again) == solid(read)


@given(TEXTS)
def test_labels_are_unique(text: str) -> None:
    """In each part."""
    for part in cut(text).all:
        found = [p.label for p in part.walk()]
        assert len(found) == len(set(found))


@given(TEXTS)
def test_a_place_is_in_the_text(text: str) -> None:
    """Each provision has one."""
    count = text.count("\n") + 1
    assert all(1 <= p.place.line <= count for p in every(cut(text)))


def test_articles_paragraphs_and_items() -> None:
    """With a paragraph behind the items, items below items, and annexes."""
    assert labels(RULES) == [
        "第一条",
        "第二条",
        "第三条",
        "第三条第一款",
        "第三条(一)",
        "第三条(二)",
        "第三条(三)",
        "第三条第二款",
        "第四条",
        "第四条(一)",
        "第四条(二)",
        "第四条(二)1",
        "第四条(二)2",
        "第五条",
        "附件1",
        "附件2",
        "附件2(一)",
        "附件2(二)",
    ]


def test_a_plan_under_a_notice() -> None:
    """Without articles: 一, （一）, 1., and a second paragraph under an item."""
    found = cut(PLAN)
    assert found.parts[0].title == "夜市整治方案"
    assert labels(PLAN) == [
        "通知",
        "引言",
        "一",
        "二",
        "二(一)",
        "二(二)",
        "二(二)1",
        "二(二)1第一款",
        "二(二)1第二款",
        "二(二)2",
        "三",
        "三(一)",
        "三(二)",
    ]


def test_a_notice_with_several_instruments() -> None:
    """Each has its own first article; the notice belongs to none."""
    found = cut(TWO)
    assert [part.title for part in found.parts] == ["夜市管理办法", "早市管理办法"]
    assert [part.annex for part in found.parts] == ["附件1", "附件2"]
    assert found.notice is not None
    assert found.notice.title == "关于印发《夜市管理办法》《早市管理办法》的通知"
    assert [p.label for p in found.parts[1].walk() if p.kind is Kind.ARTICLE] == ["第一条", "第二条"]


def test_instruments_one_after_the_other() -> None:
    """Without anything between them but a title."""
    one = "甲办法\n第一条 甲。\n第二条 甲。\n"
    assert [part.title for part in cut(one + one.replace("甲", "乙")).parts] == ["甲办法", "乙办法"]


def test_items_of_two_paragraphs() -> None:
    """Then the label has to say of which."""
    text = "甲办法\n第一条 如下：\n（一）甲；\n（二）乙。\n又如下：\n（一）丙；\n（二）丁。\n"
    assert "第一条第一款(一)" in labels(text)
    assert "第一条第二款(二)" in labels(text)


def test_markdown_and_widths_are_no_part_of_the_text() -> None:
    """The same labels and digests as the plain text."""
    plain = "夜市办法\n第一章 总则\n第一条 摊主应当持证。\n1.甲；\n2.乙。\n"
    marked = "## **夜市办法**\n\n### 第一章　总则\n\n第１条&#x20;摊主应当持证。\n\n1\\.甲；\n\n２．乙。\n"
    assert [p.label for p in every(cut(plain))] == [p.label for p in every(cut(marked))]
    assert [p.digest for p in every(cut(plain))] == [p.digest for p in every(cut(marked))]


def test_a_place_counts_what_markdown_adds() -> None:
    """The column is that of the file."""
    (article,) = [p for p in every(cut("**第一条** 摊主。")) if p.kind is Kind.ARTICLE]
    assert article.lines[0].place("x").column == 9


def test_lines_that_were_broken_at_a_width_are_joined() -> None:
    """They are no paragraphs."""
    sentence = [
        "摊主应当按照登记的地点和时间",
        "出摊，收摊后应当把摊位周围的",
        "垃圾清扫干净，并且不得占用盲",
        "道或者阻塞消防通道以及出入口",
        "，违反的由城管部门责令改正。",
    ]
    text = "夜市管理办法\n" + "".join(f"第{n}条 " + "\n".join(sentence) + "\n" for n in "一二")
    assert labels(text) == ["第一条", "第二条"]


def test_a_table_of_contents_is_no_provision() -> None:
    """Its headings come again."""
    text = "甲办法\n目 录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。\n"
    found = every(cut(text))
    assert [p.label for p in found if p.kind is Kind.DIVISION] == ["第一章", "第二章"]
    assert [p.label for p in found if p.kind is Kind.CONTENTS] == ["目录"]


def test_a_reference_at_the_beginning_of_a_line_is_no_article() -> None:
    """Lines break anywhere."""
    text = "甲办法\n第一条 违反本办法\n第三条第二款规定的，罚款。\n第二条 乙。\n第三条 丙。\n"
    assert [p.label for p in every(cut(text)) if p.kind is Kind.ARTICLE] == ["第一条", "第二条", "第三条"]


def test_when_a_text_was_passed_is_no_provision() -> None:
    """It stands under the title; a comment of Markdown is no text at all."""
    text = "# 夜市条例\n\n2013年5月1日 第十次会议通过\n\n<!-- INFO END -->\n\n## 第一章 总则\n\n第一条 甲。\n"
    found = [(p.label, p.kind) for p in every(cut(text))]
    assert found == [
        ("标题", Kind.TITLE),
        ("题注", Kind.AROUND),
        ("第一章", Kind.DIVISION),
        ("第一条", Kind.ARTICLE),
    ]
    assert labels("夜市条例\n为管理夜市，制定本条例。\n第一条 甲。\n") == ["引言", "第一条"]


def test_what_a_website_adds_is_no_provision() -> None:
    """Behind the last article."""
    text = "甲办法\n第一条 甲。\n（信息公开形式：主动公开）\n扫一扫打开当前页\n"
    assert [(p.label, p.kind) for p in every(cut(text))][-1] == ("尾部", Kind.AROUND)


@pytest.mark.parametrize(
    "text", ["", "\n\n", "第一条", "附件", "附件：", "附件1", "目录", "一、", "《办法》"]
)
def test_next_to_nothing(text: str) -> None:
    """The shortest texts."""
    assert all(p.label for p in every(cut(text)))


def test_the_skeleton_is_a_clause_of_a_spec() -> None:
    """What only introduces a list is left out, an annex is one entry."""
    found = cut(RULES)
    assert skeleton(found, found.parts[0]).split() == [
        "目录",
        *('"第一条"', '"第二条"', '"第三条(一)"', '"第三条(二)"', '"第三条(三)"', '"第三条第二款"'),
        *('"第四条(一)"', '"第四条(二)1"', '"第四条(二)2"', '"第五条"', '"附件1"', '"附件2"'),
    ]
