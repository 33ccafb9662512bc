"""Chains from an event or an actor on: the longest way, only where it can be, with its terms."""

from __future__ import annotations

import pytest

from chain_rules import links_of
from guiju.checker.ask import Asker
from guiju.checker.chains.draw import path_lines
from guiju.checker.chains.draw.paths import Feasible, direct, of_actors, of_events
from guiju.checker.chains.links import Links
from guiju.checker.chains.timeline import Timeline, timeline
from guiju.checker.report.text import join
from guiju.compiler import smt


@pytest.fixture(scope="module")
def links() -> Links:
    """The steps of the small corpus."""
    return links_of()


@pytest.fixture(scope="module")
def order(links: Links) -> Timeline:
    """Its events."""
    return timeline(links)


@pytest.fixture
def feasible(links: Links) -> Feasible:
    """Its solver."""
    return Feasible(Asker(links.corpus, smt.Backend(links.corpus, 20_000_000)))


def test_a_chain_of_events(links: Links, order: Timeline, feasible: Feasible) -> None:
    """From the filing: what is found by nobody is a part of it, and so is what happens at its end."""
    chains = [tuple(leg.end for leg in c) for c in of_events(order, "案件.立案日", (), feasible)]
    assert chains == [
        ("案件.移送日", "东区局·上报"),
        ("案件.移送日", "案件.定日", "案件.办结日", "停摊·摊主"),
    ]


def test_a_chain_to_an_end(links: Links, order: Timeline, feasible: Feasible) -> None:
    """It ends there, though more would come; its terms are added up and what has none is named."""
    (chain,) = of_events(order, "案件.立案日", {"案件.办结日"}, feasible)
    text = join(path_lines.of_events(chain, links.corpus, "zh"))
    assert text.splitlines()[0] == "案件.立案日 → 案件.办结日"
    assert text.splitlines()[-1] == "  合计：5+10 个工作日，另有 1 个环节没有期限：案件.定日"
    english = join(path_lines.of_events(chain, links.corpus, "en"))
    assert english.splitlines()[-1] == "  in all: 5+10 working days, and 1 step without a term: 案件.定日"


def test_there_is_no_way_back(order: Timeline, feasible: Feasible) -> None:
    """Nothing leads from the end to the beginning."""
    assert list(of_events(order, "案件.办结日", {"案件.立案日"}, feasible)) == []


def test_no_leg_repeats_a_longer_way(order: Timeline) -> None:
    """Each pair of events once, unless several steps bring it about."""
    legs = direct(order)
    pairs = [(leg.start, leg.end, leg.step) for leg in legs]
    assert len(pairs) == len(set(pairs))
    assert ("案件.立案日", "案件.定日") not in {pair[:2] for pair in pairs}
    assert {leg for leg in order.legs if leg.bounded} <= set(legs)


def test_a_chain_of_hand_overs(links: Links, feasible: Feasible) -> None:
    """The recipient goes on with what the hand-over sets going; a copy ends the chain."""
    chains = {tuple(each.end for each in chain) for chain in of_actors(links, "市局", (), feasible)}
    assert chains == {("东区局", ""), ("省府",)}
    assert {tuple(e.end for e in c) for c in of_actors(links, "市局", {"东区局"}, feasible)} == {("东区局",)}


def test_what_cannot_be_in_one_case_is_no_chain() -> None:
    """Each leg can be; both together cannot."""
    links = links_of(
        "\n实体 事项\n  事实 甲: 是否 默认 否\n  事实 起: 日期\n"
        "  事实 已乙: 是否 默认 否\n  事实 乙日: 日期\n"
        "  事实 已丙: 是否 默认 否\n  事实 丙日: 日期\n"
        "行为 乙 已作 事项.已乙 作于 事项.乙日\n行为 丙 已作 事项.已丙 作于 事项.丙日\n"
        "文件 两歧 发布 市局 地域 市 施行 2020-01-01\n"
        '规则 一 见 "第一条" 当 事项.甲 则 市局 应 乙 限 1日 自 事项.起\n'
        '规则 二 见 "第二条" 当 非 事项.甲 且 事项.已乙 则 市局 应 丙 限 1日 自 事项.乙日\n'
    )
    order = timeline(links)
    feasible = Feasible(Asker(links.corpus, smt.Backend(links.corpus, 20_000_000)))
    assert list(of_events(order, "事项.起", {"事项.丙日"}, feasible)) == []
    assert [leg.end for (leg,) in of_events(order, "事项.起", {"事项.乙日"}, feasible)] == ["事项.乙日"]
    assert [leg.end for (leg,) in of_events(order, "事项.乙日", {"事项.丙日"}, feasible)] == ["事项.丙日"]
