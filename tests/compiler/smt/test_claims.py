"""What no case satisfies is told, with all that the solver was given; what some case satisfies is not."""

from __future__ import annotations

from attrs import evolve

from guiju.compiler.claims import Claim
from guiju.compiler.kernel import (
    Assumption,
    Compare,
    Const,
    FactRef,
    Not,
    Order,
    ShiftDays,
    ShiftMonths,
)
from guiju.compiler.smt import Backend, Undecided
from strategies import DAYS, VOCABULARY

FIT = FactRef("party.fit")


def test_each_claim_is_told_once_with_what_it_is_about() -> None:
    """By either way to ask."""
    told: list[Claim] = []
    backend = Backend(VOCABULARY, 0, claims=told.append)
    assert backend.satisfiable([FIT, Not(FIT)], "fit or not") is False
    backend.solve([Not(FIT), FIT], about="the same")
    backend.satisfiable([FIT])
    backend.solve([FIT], prefer=[Not(FIT)])  # a wish that is not granted claims nothing
    assert [(each.about, each.conditions) for each in told] == [
        ("fit or not", (FIT, Not(FIT))),
        ("the same", (Not(FIT), FIT)),
    ]
    assert all(each.corpus is VOCABULARY for each in told)


def test_the_assumptions_that_were_needed_are_part_of_a_claim() -> None:
    told: list[Claim] = []
    corpus = evolve(VOCABULARY, assumptions=(Assumption("never fit", Not(FIT)),))
    Backend(corpus, 0, claims=told.append).satisfiable([FIT])
    assert [each.conditions for each in told] == [(FIT, Not(FIT))]


def test_a_budget_that_ends_claims_nothing() -> None:
    """Though there is no such case."""
    listed = FactRef("party.listed")
    months, days = ShiftMonths(listed, FactRef("party.months")), ShiftDays(listed, Const(-311, DAYS))
    told: list[Claim] = []
    backend = Backend(VOCABULARY, 5000, claims=told.append)
    assert isinstance(backend.satisfiable([Compare(Order.EQ, months, days)]), Undecided)
    assert told == []
