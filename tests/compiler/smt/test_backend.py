"""Budgets, interruptions, counting and export: what a caller can rely on whatever the solver does."""

from __future__ import annotations

import pytest
import z3

from guiju.compiler.kernel import (
    AtLeast,
    Compare,
    Const,
    Expr,
    FactRef,
    FieldRef,
    Not,
    Order,
    ShiftDays,
    ShiftMonths,
    Today,
)
from guiju.compiler.smt import Backend, Sat, Undecided, Unsat, engine
from guiju.compiler.smt.session import Session
from strategies import COUNT, DAYS, MONTHS, VOCABULARY

LISTED = FactRef("party.listed")
FIT = FactRef("party.fit")


def hard() -> Expr:
    """Needs both keys and day numbers, and a search."""
    return Compare(
        Order.EQ, ShiftMonths(LISTED, FactRef("party.months")), ShiftDays(LISTED, Const(-311, DAYS))
    )


def test_a_budget_that_ends_gives_undecided_and_never_unsat() -> None:
    small, large = Backend(VOCABULARY, 5000), Backend(VOCABULARY, 0)
    assert large.satisfiable([hard()]) is False
    verdict = small.solve([hard()])
    assert isinstance(verdict, Undecided)
    assert "5000" in verdict.reason
    assert isinstance(small.satisfiable([hard()]), Undecided)
    assert small.statistics.undecided == 2


def test_a_budget_that_is_too_large_for_the_solver_is_a_large_one() -> None:
    """Not what is left of it in 32 bits: here a single step."""
    assert Backend(VOCABULARY, 2**32 + 1).satisfiable([hard()]) is False


def test_a_query_after_one_that_ended_early_is_answered() -> None:
    backend = Backend(VOCABULARY, 5000)
    assert isinstance(backend.satisfiable([hard()]), Undecided)
    assert backend.solve([FIT, Not(FIT)]) == Unsat()
    assert backend.satisfiable([FIT]) is True


def test_a_witness_that_the_budget_leaves_unminimised_is_still_a_witness() -> None:
    condition = Compare(Order.LT, ShiftMonths(LISTED, Const(7, MONTHS)), ShiftDays(LISTED, Const(213, DAYS)))
    for budget in (2_000, 4_000, 8_000, 16_000):
        verdict = Backend(VOCABULARY, budget).solve([condition])
        assert not isinstance(verdict, Unsat)


def test_undecided_has_no_truth_value() -> None:
    with pytest.raises(TypeError):
        bool(Undecided("budget"))


def test_an_interrupted_solver_raises_what_the_user_pressed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(z3.Solver, "check", lambda self, *_: z3.unknown)
    monkeypatch.setattr(z3.Solver, "reason_unknown", lambda self: "interrupted from keyboard")
    with pytest.raises(KeyboardInterrupt):
        Backend(VOCABULARY, 0).satisfiable([FIT])


def test_queries_and_checks_are_counted() -> None:
    backend = Backend(VOCABULARY, 0)
    assert isinstance(backend.solve([FIT]), Sat)
    assert backend.satisfiable([FIT, Not(FIT)]) is False
    seen = backend.statistics
    assert (seen.queries, seen.sat, seen.unsat, seen.undecided) == (2, 1, 1, 0)
    assert seen.checks >= 2


def test_a_session_is_replaced_when_a_query_needs_more_rows() -> None:
    backend = Backend(VOCABULARY, 0)
    upheld = FieldRef("party.event", "upheld")
    for needed, sessions in ((0, 1), (2, 2), (1, 2), (3, 3)):
        assert backend.satisfiable([AtLeast(needed, "party.event", upheld)]) is True
        assert backend.statistics.sessions == sessions


def test_room_that_was_reserved_is_not_made_again() -> None:
    """For the most rows that any of the queries needs, in each record."""
    backend = Backend(VOCABULARY, 0)
    upheld = FieldRef("party.event", "upheld")
    queries = [[AtLeast(needed, "party.event", upheld)] for needed in (3, 1)]
    staff = [AtLeast(2, "party.staff", FIT)]
    backend.reserve([*queries, staff])
    for query in (*queries, staff):
        assert backend.satisfiable(query) is True
    assert backend.statistics.sessions == 1
    assert backend.satisfiable([AtLeast(4, "party.event", upheld)]) is True
    assert backend.statistics.sessions == 2


@pytest.mark.parametrize(
    "conditions",
    [
        [hard()],
        [Compare(Order.LT, ShiftMonths(LISTED, Const(36, MONTHS)), Today())],
        [AtLeast(2, "party.event", Compare(Order.LT, FieldRef("party.event", "at"), LISTED))],
        [Compare(Order.LT, FactRef("party.count"), Const(0, COUNT))],
    ],
)
def test_the_exported_text_has_the_same_verdict(conditions: list[Expr]) -> None:
    backend = Backend(VOCABULARY, 0)
    solver = z3.Solver(ctx=z3.Context())
    solver.from_string(backend.to_smt2(conditions))
    assert (solver.check() == z3.sat) is backend.satisfiable(conditions)


def test_the_engine_is_named_with_its_version() -> None:
    assert engine() == {"name": "z3", "version": z3.get_version_string()}


def test_sessions_do_not_share_a_solver_context() -> None:
    sessions = [Session(VOCABULARY, {}, 0) for _ in range(2)]
    terms = [session.query([FIT]).formulas[-1] for session in sessions]
    assert terms[0].ctx != terms[1].ctx
