"""A choice under which something holds whatever the rest is, or the proof that there is none."""

from __future__ import annotations

import datetime as dt

import pytest

from guiju.compiler.kernel import (
    Case,
    Compare,
    Const,
    Context,
    Date,
    Expr,
    FactRef,
    Integer,
    Order,
    Today,
    disjunction,
    negation,
)
from guiju.decisions.asking import Solver, Unanswered
from guiju.decisions.incomplete import incomplete
from guiju.decisions.whatever import Chosen, chosen
from incomplete_cases import TRADE, ruled

ROAD, AGAIN, AREA = (FactRef(f"摊主.{name}") for name in ("占道", "再犯", "面积"))
CHOICE = Chosen(frozenset({"摊主.占道", "摊主.面积"}))


def solver(today_open: bool = False) -> Solver:
    rules = ruled("文件 市办法 发布 市局 地域 市 施行 2018-01-01\n规则 一 当 占道 则 摊主 不得 经营")
    nothing_known = Context(Case(), dt.date(2021, 1, 1), "市")
    left = incomplete(TRADE, rules.corpus, rules.defeats, nothing_known, today_open)
    return Solver.of(left, rules.backend)


def at_least(number: int) -> Expr:
    return Compare(Order.LE, Const(number, Integer(number, number, "平米")), AREA)


def test_what_holds_by_the_choice_alone_is_found() -> None:
    """The other fact may be either."""
    goal = disjunction(ROAD, AGAIN)
    found = chosen(solver(), CHOICE, goal, ())
    assert found is not None
    assert found.case.facts["摊主.占道"] is True


def test_what_the_rest_decides_is_not_found() -> None:
    """However the choice is made."""
    assert chosen(solver(), CHOICE, AGAIN, ()) is None


def test_the_rest_is_only_what_is_assumed() -> None:
    """Under an assumption less of it must be reckoned with; and with the choice it must be possible."""
    linked = disjunction(negation(ROAD), AGAIN)
    assert chosen(solver(), CHOICE, AGAIN, [linked]) is not None
    impossible = [linked, disjunction(negation(ROAD), negation(AGAIN))]
    assert chosen(solver(), CHOICE, AGAIN, impossible) is None


def test_what_is_wanted_narrows_the_choice() -> None:
    """To nothing, if it wants too much."""
    goal = disjunction(ROAD, at_least(100))
    found = chosen(solver(), CHOICE, goal, (), [negation(ROAD)])
    assert found is not None
    assert int(str(found.case.facts["摊主.面积"])) >= 100
    assert chosen(solver(), CHOICE, goal, (), [negation(ROAD), negation(at_least(100))]) is None


def test_the_date_may_be_chosen() -> None:
    """Where it is open: no date is after every other."""
    day = Const(dt.date(2022, 2, 2), Date())
    later = Compare(Order.LT, day, Today())
    found = chosen(solver(today_open=True), Chosen(frozenset(), today=True), later, ())
    assert found is not None
    assert found.today > dt.date(2022, 2, 2)
    decided = Compare(Order.LT, FactRef("摊主.处理日"), Today())
    last = chosen(solver(today_open=True), Chosen(frozenset(), today=True), decided, ())
    assert last is None


def test_a_choice_that_takes_too_many_rounds_is_unanswered() -> None:
    """There is no date that is none of all dates, but each round rules out only one."""
    one, other = FactRef("摊主.处理日"), FactRef("摊主.申请日")
    with pytest.raises(Unanswered, match="rounds"):
        chosen(solver(), Chosen(frozenset({one.name})), negation(Compare(Order.EQ, one, other)), ())
