"""Looking for a model without real dates first, and granting all wishes at once, changes no answer."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

import strategies as draw
from guiju.compiler.cone import remembering, symbols
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import (
    Boolean,
    Compare,
    Const,
    Date,
    Expr,
    FactRef,
    Not,
    Order,
    ShiftDays,
    ShiftMonths,
    Today,
)
from guiju.compiler.small_model import remembering as remembering_atoms
from guiju.compiler.small_model import row_bound
from guiju.compiler.smt import Backend, Sat
from guiju.compiler.smt.session import Session
from strategies import DAYS, MONTHS, VOCABULARY

LISTED = FactRef("party.listed")
BUDGET = 50_000_000


def session(conditions: list[Expr]) -> Session:
    needed = row_bound(conditions)
    return Session(VOCABULARY, {name: needed.get(name, 0) for name in VOCABULARY.records}, BUDGET)


@settings(max_examples=40)
@given(st.lists(draw.expressions(VOCABULARY, Boolean()), min_size=1, max_size=3))
def test_a_guess_changes_no_verdict(conditions: list[Expr]) -> None:
    asked = session(conditions)
    query = asked.query(conditions)
    assert asked.decide(query).satisfiable == asked._decide(query.formulas).satisfiable


def test_dates_are_left_to_a_guess_and_come_out_real() -> None:
    """A month after the last days of January: without real dates the search may stop at 31 February."""
    shifted = ShiftMonths(LISTED, Const(1, MONTHS))
    conditions: list[Expr] = [
        Compare(Order.LT, Const(dt.date(2023, 1, 28), Date()), LISTED),
        Compare(Order.LT, LISTED, Const(dt.date(2023, 2, 1), Date())),
        Compare(Order.LE, Today(), shifted),
        Compare(Order.LE, shifted, Today()),
    ]
    assert session(conditions).query(conditions).guesses
    verdict = Backend(VOCABULARY, BUDGET).solve(conditions)
    assert isinstance(verdict, Sat)
    assert verdict.context.today == dt.date(2023, 2, 28)
    assert all(evaluate(c, VOCABULARY, verdict.context) is True for c in conditions)


def test_a_query_that_counts_days_is_asked_with_its_dates_at_once() -> None:
    compared: list[Expr] = [Compare(Order.LT, LISTED, Today())]
    counted: list[Expr] = [Compare(Order.LT, ShiftDays(LISTED, Const(3, DAYS)), Today())]
    assert session(compared).query(compared).guesses
    assert not session(counted).query(counted).guesses


def test_wishes_that_cannot_be_granted_together_are_granted_in_their_order() -> None:
    early, late = (
        Compare(Order.EQ, LISTED, Const(day, Date())) for day in (dt.date(2022, 3, 1), dt.date(2023, 3, 1))
    )
    after = Compare(Order.LT, LISTED, Today())
    verdict = Backend(VOCABULARY, BUDGET).solve(
        [Not(Compare(Order.EQ, LISTED, Today()))], prefer=[early, late, after]
    )
    assert isinstance(verdict, Sat)
    assert verdict.context.case.facts["party.listed"] == dt.date(2022, 3, 1) < verdict.context.today


@settings(max_examples=40)
@given(st.lists(draw.expressions(VOCABULARY, Boolean()), min_size=1, max_size=4))
def test_what_is_remembered_of_parts_is_what_the_whole_says(conditions: list[Expr]) -> None:
    spoken, atoms = remembering(), remembering_atoms()
    for condition in conditions:
        assert spoken(condition) == symbols([condition])
        assert row_bound([condition], atoms) == row_bound([condition])
