"""The matrix: who is compared, in which order, in which words, and how the instruments stand."""

from __future__ import annotations

import datetime as dt

import pytest

from guiju.checker.compare.matrix import Matrix, matrix
from guiju.checker.compare.relations import Kind
from guiju.checker.compare.topics import jurisdictions, matching, shared
from with_world import corpus_of

CITY = "文件 市办法 发布 市局 地域 市 施行 2020-01-01"
EAST = "文件 东办法 发布 东区局 地域 东区 施行 2020-01-01"
WEST = "文件 西办法 发布 西区局 地域 西区 施行 2022-01-01"


def kinds(found: Matrix) -> dict[tuple[str, str], Kind]:
    """How each pair stands."""
    return {(r.one, r.other): r.kind for r in found.relations}


def said(text: str, topic: str = "经营") -> list[tuple[list[str], list[str]]]:
    """The positions and conditions of each provision on a topic."""
    found = matrix(topic, corpus_of(text))
    listed = [p for column in found.columns for p in column.provisions]
    return [([w.zh for w in p.positions], [w.zh for w in p.conditions]) for p in listed]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("摊主 不得 经营", "摊主 可 经营", Kind.DIVERGES),
        ("摊主 应 登记 摊主 不得 经营", "摊主 应 登记 摊主 不得 经营", Kind.SAME),
        ("摊主 应 经营", "摊主 可 经营", Kind.DIVERGES),  # D903: asked here only
        ("摊主 可 经营", "摊主 可 登记", None),
    ],
)
def test_places_of_which_neither_lies_in_the_other(one: str, other: str, kind: Kind | None) -> None:
    """They diverge or say the same; they never conflict."""
    rules = [f'规则 甲 见 "第一条" {" ".join(f"则 {w}" for w in _effects(e))}' for e in (one, other)]
    found = matrix("经营", corpus_of(f"{EAST}\n{rules[0]}\n{WEST}\n{rules[1]}"))
    assert kinds(found).get(("东办法", "西办法")) is kind


def _effects(text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[i : i + 3]) for i in range(0, len(words), 3)]


@pytest.mark.parametrize(
    ("city", "east", "kind"),
    [
        ("则 摊主 不得 经营", "则 摊主 可 经营", Kind.SETTLED),
        ("则 摊主 经营 须 摊主.占道", "则 摊主 经营 须 摊主.再犯", Kind.COMPATIBLE),
        ("则 摊主 经营 须 摊主.占道", "则 摊主 经营 须 摊主.占道", Kind.SAME),
        ("当 摊主.占道 则 摊主 可 经营", "当 非 摊主.占道 则 摊主 可 经营", Kind.APART),
    ],
)
def test_one_place_inside_the_other(city: str, east: str, kind: Kind) -> None:
    """They conflict, agree, stand side by side, or never meet."""
    text = f'{CITY}\n规则 甲 见 "第一条" {city}\n{EAST}\n规则 甲 见 "第一条" {east}'
    assert kinds(matrix("经营", corpus_of(text))) == {("市办法", "东办法"): kind}


def test_an_unsettled_conflict_and_one_within_an_instrument() -> None:
    """An instrument that contradicts itself is a row of its own."""
    text = f"""{CITY}
        规则 甲 见 "第一条" 当 摊主.占道 则 摊主 可 经营
        规则 乙 见 "第二条" 当 摊主.再犯 则 摊主 不得 经营"""
    assert kinds(matrix("经营", corpus_of(text))) == {("市办法", "市办法"): Kind.CONFLICT}


def test_wide_territories_come_first_and_who_is_silent_is_named() -> None:
    """Whatever the order of the sources."""
    text = f"""{WEST}
        规则 甲 见 "第一条" 则 摊主 可 经营
        {CITY}
        规则 甲 见 "第一条" 则 摊主 可 经营
        {EAST}
        规则 甲 见 "第一条" 则 摊主 应 登记"""
    found = matrix("经营", corpus_of(text))
    assert [c.instrument.id for c in found.columns] == ["市办法", "西办法"]
    assert [i.id for i in found.silent] == ["东办法"]


def test_a_window_is_one_line() -> None:
    """A bar and its end are two norms, and one provision; so are the requirements of one rule."""
    text = f"""{EAST}
        规则 甲 见 "第一条" 当 摊主.占道 则 摊主 不得 经营 期 36月 自 摊主.处理日
        规则 乙 见 "第二条" 当 摊主.再犯 则 摊主 经营 须 摊主.年龄 >= 18 且 摊主.噪声大"""
    assert said(text) == [
        (["摊主不得", "自摊主.处理日起 3 年"], ["摊主.占道"]),
        (["摊主须：摊主.年龄不少于 18；摊主.噪声大"], ["摊主.再犯"]),
    ]


def test_what_is_left_open_and_to_whom_it_goes() -> None:
    """Recipients, copies, deadlines and periods stand with the duty."""
    text = f"""{EAST}
        规则 甲 见 "第一条" 则 摊主 应 登记 致 东区局 抄送 市局 限 未定
        规则 乙 见 "第二条" 则 摊主 应 登记 限 24小时 自 摊主.申请日
        规则 丙 见 "第三条" 鼓励 则 摊主 应 登记 每 6月"""
    assert said(text, "登记") == [
        (["摊主应", "致东区局", "抄送市局", "时限未写明"], []),
        (["摊主应", "24 小时内"], []),
        (["摊主鼓励：应", "每 6 个月"], []),
    ]


def test_values() -> None:
    """What a text decrees, allows, or leaves open."""
    text = f"""{EAST}
        规则 甲 见 "第一条" 当 摊主.占道 则 罚款 为 200元
        规则 乙 见 "第二条" 当 摊主.再犯 则 可 罚款 为 500元
        规则 丙 见 "第三条" 则 罚款 为 未定"""
    assert [positions for positions, _ in said(text, "罚款")] == [
        ["为“200 元”"],
        ["可为“500 元”"],
        ["内容或者数额未写明"],
    ]


def test_a_rule_that_nobody_verified_is_shown_and_not_compared() -> None:
    """It may be wrong: it contradicts nothing."""
    text = f"""{EAST}
        规则 甲 见 "第一条" 核实 未核实 则 摊主 不得 经营
        {WEST}
        规则 甲 见 "第一条" 则 摊主 可 经营"""
    found = matrix("经营", corpus_of(text))
    assert [p.standing.value for c in found.columns for p in c.provisions] == ["unverified", "read"]
    assert kinds(found) == {("东办法", "西办法"): Kind.APART}


def test_on_a_day_before_one_is_in_force_the_two_never_meet() -> None:
    """The relations are about the day that was asked for."""
    text = f'{EAST}\n规则 甲 见 "第一条" 则 摊主 不得 经营\n{WEST}\n规则 甲 见 "第一条" 则 摊主 可 经营'
    corpus = corpus_of(text)
    before, after = (matrix("经营", corpus, dt.date(year, 1, 1)) for year in (2021, 2023))
    assert kinds(before) == {("东办法", "西办法"): Kind.APART}
    assert kinds(after) == {("东办法", "西办法"): Kind.DIVERGES}


def test_force_that_depends_on_a_reading() -> None:
    """Each choice has its period, the default first."""
    text = """读法 起算: 自施行日 | 自印发日
        文件 东办法 发布 东区局 地域 东区
          施行 择 起算 {自施行日: 2021-02-01, 自印发日: 2021-01-01}
        规则 甲 见 "第一条" 则 摊主 可 经营"""
    (column,) = matrix("经营", corpus_of(text)).columns
    assert [(c["起算"], p.start) for c, p in column.periods] == [
        ("自施行日", dt.date(2021, 2, 1)),
        ("自印发日", dt.date(2021, 1, 1)),
    ]


def test_a_topic_goes_by_its_name_its_beginning_or_a_part() -> None:
    """The exact name first; names that begin so before those that contain it."""
    corpus = corpus_of(f'{EAST}\n规则 甲 见 "第一条" 则 摊主 可 经营')
    assert matching("措施", corpus) == ("措施",)
    assert matching("并处", corpus) == ("并处措施",)
    assert matching("处", corpus) == ("处理",)
    assert matching("罚", corpus) == ("罚款",)
    assert matching("业", corpus) == ("停业",)
    assert matching("没有", corpus) == ()


def test_what_two_or_more_jurisdictions_answer() -> None:
    """Two instruments of one place are one jurisdiction."""
    text = f"""{CITY}
        规则 甲 见 "第一条" 则 摊主 可 经营
        {EAST}
        规则 甲 见 "第一条" 则 摊主 可 经营 则 摊主 应 登记
        文件 东细则 发布 东区局 地域 东区 施行 2021-01-01
        规则 甲 见 "第一条" 则 摊主 应 登记"""
    corpus = corpus_of(text)
    assert shared(corpus) == ("经营",)
    assert jurisdictions(corpus.norms, corpus) == ("市", "东区")
