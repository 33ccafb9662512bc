"""One long-lived solver for many queries: each condition is asserted once, behind a literal that selects
it.

Measured, a query that only assumes literals costs a fraction of one that builds its solver. A session has
a fixed number of slots for each record and always holds the corpus' assumptions. It has a solver context
of its own, so that sessions share nothing and the same queries in the same order meet the same resource
limit in the same way.

Trusted: the solver's "unsat"; its "sat" is replayed in the reference evaluator by whoever shows the
witness. An answer that the budget cut short is ``None`` here and never taken for "unsat".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import z3
from attrs import frozen

from guiju.compiler.kernel import Compare, Corpus, Expr, Order, Today
from guiju.compiler.smt import logic
from guiju.compiler.smt.case import CaseVariables
from guiju.compiler.smt.dates import Calendar
from guiju.compiler.smt.definitions import Definitions, Mention
from guiju.compiler.smt.encoder import Encoder
from guiju.compiler.smt.logic import Formula, Number


@frozen(eq=False)
class Selected:
    """A condition in a session: the literal that selects it, and what it mentions."""

    literal: Any
    mentions: frozenset[Mention]


class Session:
    """A solver for the queries on ``corpus`` that need at most ``slots`` rows of each record."""

    def __init__(
        self, corpus: Corpus, assumptions: Sequence[Expr], slots: Mapping[str, int], budget: int
    ) -> None:
        self.corpus = corpus
        self.slots = dict(slots)
        self.reason = ""  # why the last check was cut short
        self.checks = 0
        self.spoiled = False  # a check was cut short: its solver is in no known state
        context = z3.Context()
        self._definitions = Definitions(context)
        self.dates = Calendar(self._definitions)
        self.case = CaseVariables(self._definitions, self.dates, corpus, slots)
        self._encoder = Encoder(corpus, self._definitions, self.dates, self.case)
        self._solver = z3.SimpleSolver(ctx=context)
        self._solver.set("rlimit", budget)
        self._solver.set("relevancy", 0)  # dates are decided several times faster without
        self._selected: dict[Expr, Selected] = {}
        today = Compare(Order.LE, Today(), Today())
        for expr in (today, *assumptions):
            self._solver.add(self.select(expr).literal)

    def select(self, expr: Expr) -> Selected:
        """The literal that makes a query include ``expr``; encoded at the first request."""
        known = self._selected.get(expr)
        if known is None:
            formula, needs = self._encoder.condition(expr)
            literal = self._definitions.truth("condition")
            self._add(self._definitions.take_asserted())
            guarded = logic.conj((formula, *self._definitions.guards(needs.definitions)))
            self._add([logic.implies(literal, guarded)])
            known = self._selected[expr] = Selected(literal, needs.mentions)
        return known

    def check(self, literals: Iterable[Any] = ()) -> bool | None:
        """Whether what is asserted and ``literals`` can hold together; None: the budget ended first."""
        self.checks += 1
        verdict = self._solver.check(*literals)
        if verdict == z3.sat:
            return True
        if verdict == z3.unsat:
            return False
        self.reason = self._solver.reason_unknown()
        self.spoiled = True
        if "interrupted" in self.reason:
            raise KeyboardInterrupt
        return None

    def model(self) -> Any:
        """The model of the last check, which must have been satisfiable."""
        return self._solver.model()

    def push(self) -> None:
        """Open a level: what is asserted from here on goes with ``pop``."""
        self._solver.push()

    def pop(self, levels: int = 1) -> None:
        """Close the last levels."""
        self._solver.pop(levels)

    def add(self, formulas: Iterable[Formula]) -> None:
        """Assert formulas at the present level."""
        self._add(formulas)

    def _add(self, formulas: Iterable[Formula]) -> None:
        for formula in formulas:
            if formula is not True:
                self._solver.add(formula)

    def to_smt2(self) -> str:
        """What is asserted, as SMT-LIB text."""
        return str(self._solver.to_smt2())


def value_of(model: Any, term: Number | Formula) -> int:
    """The value of an integer or Boolean (0 or 1) term in ``model``; any will do where the model has none."""
    if isinstance(term, int):
        return int(term)
    value = model.eval(term, model_completion=True)
    return int(z3.is_true(value)) if z3.is_bool(value) else int(value.as_long())
