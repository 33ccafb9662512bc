"""The terms of one corpus, built once, and a solver for each query over them.

Building terms costs more than deciding most queries, so a session keeps them; a solver is made for each
query from the formulas of its conditions and the definitions they need. One long-lived solver in which
each condition is selected by a literal was measured too (``benchmarks/solver.py``): it is faster over a
few dozen rules, but it drags along every rule that it has seen, so what a query costs, and whether a
budget suffices, comes to depend on the queries before it.

A session has a fixed number of slots for each record. It has a solver context of its own, so that sessions
share nothing.

Trusted: the solver's "unsat". Its "sat" is replayed in the reference evaluator by whoever shows the
witness. An answer that the budget cut short is neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import z3
from attrs import frozen

from guiju.compiler.kernel import Corpus, Expr
from guiju.compiler.smt.case import CaseVariables
from guiju.compiler.smt.dates import Calendar
from guiju.compiler.smt.definitions import Definitions, Mention
from guiju.compiler.smt.encoder import Encoder
from guiju.compiler.smt.logic import Formula, Number

#: The largest budget. Of a larger one Z3 would take the last 32 bits, which may be next to nothing.
_LARGEST: Final = 2**32 - 1


@frozen(eq=False)
class Query:
    """Formulas that are to hold together, and the parts of the case that their conditions mention."""

    formulas: tuple[Formula, ...]
    mentions: frozenset[Mention]


@frozen(eq=False)
class Outcome:
    """What the solver said: satisfiable or not; None where the budget ended first."""

    satisfiable: bool | None
    solver: Any = None
    reason: str = ""

    @property
    def model(self) -> Any:
        """A model, while the solver is as it was: most queries need none, and undoing its work takes long."""
        return self.solver.model()


class Session:
    """The terms for queries on ``corpus`` that need at most ``slots`` rows of each record."""

    def __init__(self, corpus: Corpus, slots: Mapping[str, int], budget: int) -> None:
        self.corpus = corpus
        self.slots = dict(slots)
        self.checks = 0
        self._budget = min(budget, _LARGEST)
        self._context = z3.Context()
        self._definitions = Definitions(self._context)
        self.dates = Calendar(self._definitions)
        self.case = CaseVariables(self._definitions, self.dates, corpus, slots)
        self._encoder = Encoder(corpus, self._definitions, self.dates, self.case)
        self._tactic = _tactic(self._context)
        # The date and the place stand in every witness, so every query bounds them.
        self._always = [
            (True, self._definitions.needed_by(self.case.today)),
            (True, self._definitions.needed_by(self.case.place)),
        ]

    def query(self, conditions: Iterable[Expr], assumptions: Iterable[Expr] = ()) -> Query:
        """The question whether ``conditions`` and ``assumptions`` can hold together.

        Only what the conditions mention stands in a witness.
        """
        asked = [self._encoder.condition(condition) for condition in conditions]
        assumed = [self._encoder.condition(assumption) for assumption in assumptions]
        formulas: list[Formula] = []
        needed: set[int] = set()
        for formula, needs in (*self._always, *assumed, *asked):
            formulas.append(formula)
            needed |= needs.definitions
        constraints = [self._definitions.constraints[number] for number in sorted(needed)]
        kept = tuple(formula for formula in (*constraints, *formulas) if formula is not True)
        return Query(kept, frozenset(mention for _, needs in asked for mention in needs.mentions))

    def decide(self, query: Query) -> Outcome:
        """Whether ``query`` is satisfiable, by a solver that simplifies it first."""
        if any(formula is False for formula in query.formulas):
            return Outcome(False)
        solver = self._tactic.solver()
        solver.set("rlimit", self._budget)
        _hold(solver, query)
        return self.check(solver)

    def incremental(self, query: Query) -> Any:
        """A solver that holds ``query``, for questions on top of it; levels are opened and closed on it."""
        solver = z3.SimpleSolver(ctx=self._context)
        solver.set("rlimit", self._budget)
        solver.set("relevancy", 0)
        _hold(solver, query)
        return solver

    def check(self, solver: Any) -> Outcome:
        """What ``solver`` says of what it holds.

        Raises:
            KeyboardInterrupt: It was interrupted, which it reports as a reason for knowing nothing.
        """
        self.checks += 1
        verdict = solver.check()
        if verdict == z3.sat:
            return Outcome(True, solver)
        if verdict == z3.unsat:
            return Outcome(False)
        reason = str(solver.reason_unknown())
        if "interrupted" in reason:
            raise KeyboardInterrupt
        return Outcome(None, reason=reason)

    def to_smt2(self, query: Query) -> str:
        """``query`` as SMT-LIB text."""
        solver = z3.Solver(ctx=self._context)
        solver.add(*query.formulas)
        return f"(set-logic QF_LIA)\n{solver.to_smt2()}"


def _hold(solver: Any, query: Query) -> None:
    """Assert the formulas of ``query``; past the checks of ``add``, which cost more than small queries."""
    for formula in query.formulas:
        z3.Z3_solver_assert(solver.ctx.ref(), solver.solver, formula.as_ast())


def value_of(model: Any, term: Number | Formula) -> int:
    """The value of an integer or Boolean (0 or 1) term in ``model``; any will do where the model has none."""
    if isinstance(term, int):
        return int(term)
    value = model.eval(term, model_completion=True)
    return int(z3.is_true(value)) if z3.is_bool(value) else int(value.as_long())


def _tactic(context: Any) -> Any:
    """Solve equations away, then search. Dates are decided several times faster without relevancy."""
    simplify = [z3.Tactic(name, context) for name in ("simplify", "propagate-values", "solve-eqs")]
    search = z3.With(z3.Tactic("smt", context), relevancy=0, ctx=context)
    return z3.Then(*simplify, search, ctx=context)
