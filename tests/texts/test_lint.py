"""What is noticed in a text, and next to each slip what must not be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.dsl.source import Source
from guiju.texts.lint import lint
from guiju.texts.lint.catalogue import LINT, READING
from guiju.texts.split import split
from market_texts import PLAN, RULES, TWO

ROOT = Path(__file__).parents[2]


def noticed(text: str) -> list[tuple[str, int]]:
    """The code and line of each remark on ``text``."""
    cut = split(Source("x.txt", text))
    return [(r.code, r.place.line) for part in cut.all for r in lint(cut, part)]


def codes(text: str) -> list[str]:
    return [code for code, _ in noticed(text)]


def articles(*texts: str) -> str:
    """A text of articles under a title."""
    return "夜市办法\n" + "".join(f"第{'一二三四五六七八九'[n]}条 {text}\n" for n, text in enumerate(texts))


@pytest.mark.parametrize("text", [RULES, PLAN, TWO], ids=["rules", "plan", "two"])
def test_a_tidy_text_is_left_alone(text: str) -> None:
    """Nothing is noticed in it."""
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("办法\n第一条 甲。\n第一条 乙。\n第二条 丙。\n", [("S101", 3)]),
        ("办法\n第一条 甲。\n第二条 乙。\n第二条 丙。\n", [("S101", 4)]),
        ("办法\n第一条 甲。\n第三条 乙。\n", [("S102", 3)]),
        ("办法\n第二条 甲。\n", [("S102", 2)]),
        ("办法\n第一条 甲。\n第二条 乙。\n第三条 乙。\n第二条 丙。\n", [("S101", 5)]),
        ("办法\n第一条 甲：\n（一）甲；\n（三）乙。\n", [("S102", 4)]),
        ("办法\n第一条 甲：\n（二）甲；\n（三）乙。\n", [("S102", 3)]),
        ("办法\n第一章 甲\n第一条 甲。\n第三章 乙\n第二条 乙。\n", [("S102", 4)]),
        ("办法\n总则\n第一条 甲。\n第二章 乙\n第二条 乙。\n", [("S104", 2)]),
        ("办法\n第一条 见附件1、附件3。\n附件1\n甲表\n附件3\n乙表\n", [("S102", 5)]),
        ("方案\n一、甲\n三、乙\n", [("S102", 3)]),
    ],
)
def test_numbers(text: str, expected: list[tuple[str, int]]) -> None:
    """Repeated, skipped, begun anew."""
    assert noticed(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "办法\n第一条 甲。\n第十条之一 乙。\n".replace("第十条", "第一条"),
        "方案\n一、甲\n（一）乙\n1.丙。\n2.丁。\n（二）戊\n3.己。\n4.庚。\n二、辛\n1.壬。\n",
        "办法\n第一章 甲\n第一节 甲\n第一条 甲。\n第二章 乙\n第一节 乙\n第二条 乙。\n",
    ],
)
def test_numbers_that_are_right(text: str) -> None:
    """Inserted articles, items that are counted on, sections that begin again."""
    assert codes(text) == []


def listed(*endings: str) -> str:
    items = "".join(f"（{'一二三四五'[n]}）甲乙{'丙丁戊己庚'[n]}{end}\n" for n, end in enumerate(endings))
    return f"办法\n第一条 如下：\n{items}第二条 完。\n"


@pytest.mark.parametrize(
    ("endings", "expected"),
    [
        ("；；；", [("S111", 5)]),
        ("；；，", [("S111", 5)]),
        ("；。；。", [("S112", 4)]),
        ("； 。", [("S113", 4)]),
        ("；； ", [("S113", 5)]),
        ("；；。", []),
        ("。。。", []),
        ("   ", []),
    ],
)
def test_the_ends_of_items(endings: str, expected: list[tuple[str, int]]) -> None:
    """A list of semicolons ends with a full stop; one of full stops or of bare words is left alone."""
    assert noticed(listed(*(end.strip() for end in endings))) == expected


def test_a_list_inside_a_list_may_end_with_a_semicolon() -> None:
    """The upper list goes on."""
    assert codes("办法\n第一条 如下：\n（一）甲：\n1.乙；\n2.丙；\n（二）丁。\n") == []


def test_a_paragraph_without_its_full_stop() -> None:
    """But a heading of a plan needs none."""
    assert noticed(articles("摊主应当持证", "完。")) == [("S113", 2)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (articles("违反本办法第五条的，罚款。"), ["S121"]),
        (articles("甲。", "违反第一条、第七条的，罚款。"), ["S121"]),
        (articles("甲。", "违反本办法第一条第二款的，罚款。"), ["S121"]),
        (articles("甲。", "违反本办法第一条第（三）项的，罚款。"), ["S121"]),
        (articles("甲。", "违反本办法第一、九条的，罚款。"), ["S121"]),
        (articles("甲。", "违反本办法第一条的，罚款。"), []),
        (articles("按照《食品安全法》第九十条、第九十一条处理。"), []),
        (articles("按照行政处罚法第九十条处理。"), []),
        (articles("按照《价格办法》（市政令第9号）第九条处理。"), []),
    ],
)
def test_mentions_of_provisions(text: str, expected: list[str]) -> None:
    """Of one's own, not of other instruments."""
    assert [c for c in codes(text) if c == "S121"] == expected


ANNEXED = "{0}\n附件：1.登记表\n2.收费表\n附件1\n登记表\n姓名\n附件2\n收费表\n金额\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ANNEXED.format(articles("填写《登记表》（附件1）。")), []),
        (ANNEXED.format(articles("填写《申请表》（附件1）。")), ["S124"]),
        (ANNEXED.format(articles("见附件3。")), ["S122"]),
        (ANNEXED.format(articles("见附件1。")).replace("附件2\n收费表\n金额\n", ""), ["S123"]),
        (ANNEXED.format(articles("见附件1。")).replace("2.收费表", "2.价目表"), ["S124"]),
        (articles("见附件1。") + "附件1\n登记表\n姓名\n附件2\n收费表\n金额\n", ["S125"]),
        (articles("见《市容办法》附件5。"), []),
    ],
)
def test_annexes(text: str, expected: list[str]) -> None:
    """Mentioned, listed, there, and under one title."""
    assert [c for c in codes(text) if c in ("S122", "S123", "S124", "S125")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("依据《市容管理办法》制定。", ["S131"]),
        ("依据《市容管理办法》（临政令第3号）制定。", []),
        ("依据《摊位设置规范》（DB32/T 100—2020）制定。", []),
        ("依据《食品安全法》《城市管理条例》制定。", []),
        ("填写《摊位登记表》。", []),
        ("依据《中华人民共和国价格法》、《价格法》制定。", ["S132"]),
        ("依据《临湖市流动摊位管理办法》（1号）、《临湖市流动摊点管理办法》（1号）。", ["S132"]),
        ("依据《临湖市流动摊位管理办法》（1号）、《北苑区流动摊位管理办法》（2号）。", []),
        ("依据《摊位办法》（1号）制定，按照《摊位办法》（2号）执行。", ["S133"]),
        ("依据《摊位办法》（市政令1号）制定，按照《摊位办法》（临湖市政令1号）执行。", []),
    ],
)
def test_citations(text: str, expected: list[str]) -> None:
    """With a number where one is due, and under one name."""
    assert [c for c in codes(articles(text)) if c.startswith("S13")] == expected


def test_what_a_text_calls_itself() -> None:
    """本制度 in one article and 本办法 in the next; a proper name of its kind is no drift."""
    assert codes(articles("本制度适用于夜市。", "本办法自发布之日起施行。")) == ["S141"]
    assert codes(articles("本机制自发布之日起施行。")) == ["S141"]
    assert codes(articles("本办法适用于夜市，是根本制度。", "本办法自发布之日起施行。")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("登录“临湖夜市摊位管理系统”，退出“临湖夜市管理系统”。", ["S142"]),
        ("登录“临湖夜市管理系统”和“临湖执法办案系统”。", []),
        ("坚持“谁主管谁负责”“谁审批谁负责”。", []),
        ("报区城管局；区城市管理局决定。", []),
        ("报区市场监督管理局；区市场监管局决定。", ["S142"]),
        ("报区市场监督管理局（以下简称区市场局）；区市场局决定。", []),
        ("开展HAZOP分析，Hazop分析应当记录。", ["S143"]),
        ("使用APP和GPS。", []),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    """Close ones, of systems and authorities; and words in Latin letters."""
    assert [c for c in codes(articles(text)) if c.startswith("S14")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("流动摊位（以下简称摊位）应当登记。摊位不得转让。", []),
        ("流动摊位（以下简称“摊位”）应当登记。", ["S151"]),
        ("流动摊位（以下检查“摊位”）应当登记。", ["S152"]),
        ("流动摊位（以下简称摊位）应当登记。夜市摊位（以下简称摊位）同。", ["S153"]),
        ("临时流动经营摊位主（以下简称摊位主）应当登记，摊位主持证，流动摊位主同。", ["S154"]),
        ("罚款（以下同）。", []),
        ("摊位和夜市（以下分别简称“摊”和“市”），摊和市同。", []),
        ("摊位和夜市（以下分别简称“摊”），摊和市同。", []),
        ("摊位和夜市（以下简称摊、市），摊和市同。", []),
    ],
)
def test_short_forms(text: str, expected: list[str]) -> None:
    """Used, well introduced, once, and written as agreed."""
    assert [c for c in codes(articles(text)) if c.startswith("S15")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("帮助摊主摊主解决困难。", ["S161"]),
        ("层层负责，一一登记，以盈利为目的的除外。", []),
        ("摊主的的证件。", ["S161"]),
        ("全市统一.编号。", ["S162"]),
        ("每平方米3.5元。", []),
        ("摊主\ufffd持证。", ["S162"]),
        ("摊主，，持证。", ["S163"]),
        ("摊主……持证。", []),
    ],
)
def test_slips(text: str, expected: list[str]) -> None:
    """Of the keyboard."""
    assert [c for c in codes(articles(text)) if c.startswith("S16")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("摊主（含帮工应当持证。", ["S164"]),
        ("摊主含帮工）应当持证。", ["S164"]),
        ("坚持“谁主管谁负责。", ["S164"]),
        ("摊主（含帮工)应当“持证”，见《办法》〔2024〕5号。", []),
        ("分为1)甲；2)乙。", []),
        ("见《“一件事”方案（试行）》。", []),
    ],
)
def test_pairs(text: str, expected: list[str]) -> None:
    """Widths make no difference, and a counter closes nothing."""
    assert [c for c in codes(articles(text)) if c == "S164"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("七日内报告。", ["S171"]),
        ("30 天内报告。", ["S171"]),
        ("十个工作日内报告。", []),
        ("5月10日内报告。", []),
        ("七日内报告。本办法所称日为自然日。", []),
    ],
)
def test_days(text: str, expected: list[str]) -> None:
    """Bare ones, unless the text says once what a day is."""
    assert [c for c in codes(articles(text)) if c == "S171"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("分为蔬菜、水果、肉类、水果四类。", []),
        ("分为蔬菜、水果、肉类、水果，均须登记。", ["S172"]),
        ("为夜市、流动摊点、早市、流动摊点企业服务。", ["S172"]),
        ("为夜市、摊点、早市、摊点主服务。", []),
        ("检查机构、摊点、摊点管理人员。", []),
    ],
)
def test_enumerations(text: str, expected: list[str]) -> None:
    """The same element twice, not a longer one that begins the same."""
    assert [c for c in codes(articles(text)) if c == "S172"] == expected


@given(st.text())
def test_any_text_can_be_looked_over(text: str) -> None:
    """Every code is in the catalogue, every place in the text."""
    cut = split(Source("x", text))
    for remark in (r for part in cut.all for r in lint(cut, part)):
        assert remark.code in LINT
        assert 1 <= remark.place.line <= text.count("\n") + 1


def test_every_code_is_documented() -> None:
    """The page lists each once, with its severity and its name in both languages."""
    page = (ROOT / "docs/howto/source.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (S\d{3}) \| (\w+) \| (.*?) \| (.*?) \|$", page, re.MULTILINE)
    known = {**READING, **LINT}
    assert rows == [(c, k.severity.value, k.name.zh, k.name.en) for c, k in sorted(known.items())]
