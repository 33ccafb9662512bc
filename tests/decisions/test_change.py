"""What would turn an answer: the least change, the first date, and nothing where there is nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.compiler import smt
from guiju.compiler.kernel import Case, Context, Value
from guiju.compiler.resolve import resolve
from guiju.compiler.verdicts import Verdict, possible, verdict
from guiju.decisions.change import By, Change, Way, ways_to
from incomplete_cases import TRADE, WHOLE, Ruled, context_of, ruled, ruled_sets
from small_rules import PLACES

FEW = settings(max_examples=max(15, settings.default.max_examples // 3))  # each asks the solver

END = dt.date(2031, 12, 31)
ELIGIBLE = (Verdict.ELIGIBLE,)
HEADER = "文件 市办法 发布 市局 地域 市 施行 2018-01-01\n"
NAMES = tuple(WHOLE[0])

NONE = (Way(By.CHANGE, None), Way(By.WAITING, None), Way(By.BOTH, None))


def changeable(rules: Ruled, *names: str) -> Ruled:
    """The same corpus, in which these facts and no others can be changed."""
    facts = {n: evolve(fact, changeable=n in names) for n, fact in rules.corpus.facts.items()}
    return evolve(rules, corpus=evolve(rules.corpus, facts=facts))


def ways(rules: Ruled, context: Context, wanted: Collection[Verdict] = ELIGIBLE) -> tuple[Way, ...]:
    return ways_to(wanted, rules.question, rules.corpus, rules.defeats, context, rules.backend, END)


def distance(one: Value, other: Value) -> int:
    if isinstance(one, int) and isinstance(other, int):
        return abs(one - other)
    return int(one != other)


@FEW
@given(st.data(), ruled_sets(), st.sampled_from(WHOLE), st.sampled_from(PLACES))
def test_no_smaller_change_works(
    data: st.DataObject, bare: Ruled, present: Mapping[str, Value], place: str
) -> None:
    """By trying every case that differs in changeable facts only: as few facts, and as near, as can be."""
    names = data.draw(st.sets(st.sampled_from(NAMES)))
    wanted = {data.draw(st.sampled_from(possible(bare.question)))}
    rules = changeable(bare, *names)
    way = ways(rules, context_of(present, place), wanted)[0]
    kept = {name: value for name, value in present.items() if name not in names}
    reached = [c for c in rules.consistent(kept, place) if rules.verdict(c, place) in wanted]
    differences = [{n: c[n] for n in NAMES if c[n] != present[n]} for c in reached]
    assert way.by is By.CHANGE
    assert way.undecided == ()
    if not reached:
        assert way.change is None
        return
    assert way.change is not None
    assert way.change.facts in differences
    assert len(way.change.facts) == min(map(len, differences))
    same_set = [each for each in differences if set(each) == set(way.change.facts)]
    for name in way.change.facts:
        if name != "摊主.证件":  # the kinds have no order
            nearest = min(distance(each[name], present[name]) for each in same_set)
            assert distance(way.change.facts[name], present[name]) == nearest


def test_what_cannot_be_changed_is_not_changed() -> None:
    """Then there may be no way at all, and this is proved."""
    rules = ruled(HEADER + "规则 一 当 占道 且 面积 > 10平米 则 摊主 不得 经营")
    context = context_of({"摊主.占道": True, "摊主.面积": 30}, "市")
    smaller = Change({"摊主.面积": 10})
    assert ways(changeable(rules, "摊主.面积"), context) == (Way(By.CHANGE, smaller), Way(By.WAITING, None))
    assert ways(rules, context) == NONE


def test_nothing_need_change_where_the_answer_is_right_already() -> None:
    """One way, of no change."""
    rules = ruled(HEADER + "规则 一 当 占道 则 摊主 不得 经营")
    assert ways(rules, context_of({"摊主.占道": False}, "市")) == (Way(By.CHANGE, Change()),)


def test_what_is_assumed_holds_of_the_changed_case() -> None:
    """To stop doing what follows from something else takes that something as well."""
    rules = changeable(
        ruled('假定 "再犯者占道" 再犯 蕴含 占道\n' + HEADER + "规则 一 当 占道 则 摊主 不得 经营"),
        "摊主.占道",
        "摊主.再犯",
    )
    way = ways(rules, context_of({"摊主.占道": True, "摊主.再犯": True}, "市"))[0]
    assert way.change == Change({"摊主.占道": False, "摊主.再犯": False})


def test_a_change_turns_the_answer_whatever_is_unknown() -> None:
    """Not only where what is unknown happens to be so."""
    spec = "规则 一 当 占道 且 再犯 则 摊主 不得 经营\n"
    spec += "规则 二 当 占道 且 面积 > 20平米 且 噪声大 则 摊主 不得 经营"
    rules = changeable(ruled(HEADER + spec), "摊主.占道", "摊主.面积", "摊主.再犯")
    known = {"摊主.占道": True, "摊主.面积": 30, "摊主.再犯": True}
    assert ways(rules, context_of(known, "市"))[0].change == Change({"摊主.占道": False})
    fixed = changeable(rules, "摊主.面积", "摊主.再犯")
    assert ways(fixed, context_of(known, "市"))[0].change == Change({"摊主.再犯": False, "摊主.面积": 20})


def test_members_of_a_scale_go_to_the_nearest() -> None:
    """And dates to the nearest day."""
    spec = "规则 一 当 前次 >= 暂停 则 摊主 不得 经营\n规则 二 当 申请日 > 2021-03-31 则 摊主 不得 经营"
    rules = changeable(ruled(HEADER + spec), "摊主.前次", "摊主.申请日")
    known: dict[str, Value] = {"摊主.前次": "清退", "摊主.申请日": dt.date(2021, 5, 1)}
    expected = Change({"摊主.前次": "警告", "摊主.申请日": dt.date(2021, 3, 31)})
    assert ways(rules, context_of(known, "市"))[0].change == expected


BARRED = HEADER + "规则 一 当 占道 则 摊主 不得 经营 期 3月 自 处理日"


@pytest.mark.parametrize(
    ("decided", "free"),
    [
        (dt.date(2020, 12, 15), dt.date(2021, 3, 16)),
        (dt.date(2020, 11, 30), dt.date(2021, 3, 1)),  # no 30 February: the bar ends on the 28th
        (dt.date(2020, 12, 31), dt.date(2021, 4, 1)),
    ],
)
def test_a_bar_ends_by_waiting(decided: dt.date, free: dt.date) -> None:
    """The day after its last day is the first."""
    rules = ruled(BARRED)
    context = context_of({"摊主.占道": True, "摊主.处理日": decided}, "市", dt.date(2021, 1, 1))
    assert ways(rules, context) == (Way(By.CHANGE, None), Way(By.WAITING, Change({}, free)))


@FEW
@given(
    st.lists(st.sampled_from(("占道", "再犯", "噪声大")), min_size=1, max_size=3, unique=True),
    st.lists(st.tuples(st.integers(1, 14), st.dates(dt.date(2020, 1, 28), dt.date(2021, 3, 2))), min_size=3),
    st.sampled_from(((Verdict.ELIGIBLE,), (Verdict.INELIGIBLE,))),
)
def test_the_first_date_and_the_last_are_those_of_trying_each(
    conduct: list[str], bars: list[tuple[int, dt.date]], wanted: tuple[Verdict, ...]
) -> None:
    """A stretch may end, because another bar begins."""
    spec = "\n".join(
        f"规则 规{i} 当 {name} 则 摊主 不得 经营 期 {months}月 自 {day}"
        for i, (name, (months, day)) in enumerate(zip(conduct, bars, strict=False))
    )
    rules = ruled(HEADER + spec)
    facts: dict[str, Value] = {f"摊主.{name}": True for name in ("占道", "再犯", "噪声大")}
    today, end = dt.date(2020, 6, 1), dt.date(2023, 1, 1)
    context = context_of(facts, "市", today)
    found = ways_to(wanted, TRADE, rules.corpus, rules.defeats, context, rules.backend, end)
    norms = {norm.id: norm for norm in rules.corpus.norms if norm.question == TRADE}

    def holds(day: dt.date) -> bool:
        there = evolve(context, today=day)
        return verdict(resolve(TRADE, rules.corpus, rules.defeats, there), norms) in wanted

    if holds(today):
        assert found == (Way(By.CHANGE, Change()),)
        return
    days = [today + dt.timedelta(days=n) for n in range(1, (end - today).days + 1)]
    first = next((day for day in days if holds(day)), None)
    if first is None:
        assert found == NONE
        return
    after = next((day for day in days if day > first and not holds(day)), None)
    until = None if after is None else after - dt.timedelta(days=1)
    assert found[1] == Way(By.WAITING, Change({}, first, until))


def test_where_neither_works_both_may() -> None:
    """A change that only a bar's end lets count, from the day after it."""
    rules = changeable(ruled(BARRED + "\n规则 二 当 面积 > 10平米 则 摊主 不得 经营"), "摊主.面积")
    known: dict[str, Value] = {"摊主.占道": True, "摊主.处理日": dt.date(2021, 1, 1), "摊主.面积": 30}
    found = ways(rules, context_of(known, "市", dt.date(2021, 2, 1)))
    expected = Change({"摊主.面积": 10}, dt.date(2021, 4, 2))
    assert found == (Way(By.CHANGE, None), Way(By.WAITING, None), Way(By.BOTH, expected))


def test_the_search_ends_where_it_is_told() -> None:
    """A bar that ends later is one that nobody can wait out."""
    rules = ruled(BARRED)
    context = context_of({"摊主.占道": True, "摊主.处理日": dt.date(2021, 1, 1)}, "市", dt.date(2021, 2, 1))
    for end, change in ((dt.date(2021, 4, 1), None), (dt.date(2021, 4, 2), Change({}, dt.date(2021, 4, 2)))):
        found = ways_to(ELIGIBLE, TRADE, rules.corpus, rules.defeats, context, rules.backend, end)
        assert found[1] == Way(By.WAITING, change)


def test_an_unknown_date_makes_waiting_safe_only_after_the_last() -> None:
    """The bar may have begun as late as today."""
    rules = ruled('假定 "已处理" 处理日 <= 2021-01-20\n' + BARRED)
    found = ways(rules, Context(Case({"摊主.占道": True}), dt.date(2021, 2, 1), "市"))
    assert found[1] == Way(By.WAITING, Change({}, dt.date(2021, 4, 21)))


def test_a_budget_that_ends_is_said() -> None:
    """Then it is not claimed that there is no way."""
    rules = changeable(ruled(HEADER + "规则 一 当 占道 且 面积 > 10平米 则 摊主 不得 经营"), "摊主.面积")
    starved = evolve(rules, backend=smt.Backend(rules.backend.corpus, 1, assumptions=()))
    found = ways(starved, context_of({"摊主.占道": True, "摊主.面积": 30}, "市"))
    assert found[0].change is None
    assert found[0].undecided
