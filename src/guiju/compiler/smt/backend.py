"""Queries on a corpus: can these conditions hold together, and in which least case?

The three answers are data, and the third is never mistaken for the second: ``Sat`` with a witness,
``Unsat``, and ``Undecided`` where the budget ended first. A query has as many slots for rows as the
small-model theorem asks for, so ``Unsat`` holds for cases with any number of rows.

Trusted: the encoder and the solver for ``Unsat``; for ``Sat``, nothing, since the witness can be
replayed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NoReturn

import z3
from attrs import define, frozen

from guiju.compiler.claims import Claim, Claims
from guiju.compiler.cone import Cone
from guiju.compiler.kernel import Context, Corpus, Expr
from guiju.compiler.small_model import row_bound
from guiju.compiler.smt.decoder import decode
from guiju.compiler.smt.minimise import least_model
from guiju.compiler.smt.session import Outcome, Session


@frozen
class Sat:
    """The conditions can hold together, for instance in ``context``."""

    context: Context


@frozen
class Unsat:
    """No context satisfies the conditions and the corpus' assumptions."""


@frozen
class Undecided:
    """The budget ended first. It has no truth value: whoever asks must say what it means to them."""

    reason: str

    def __bool__(self) -> NoReturn:
        raise TypeError("an undecided query is neither satisfiable nor unsatisfiable")


Verdict = Sat | Unsat | Undecided


@define
class Statistics:
    """How many queries a backend was asked, how they ended, and how often the solver was called."""

    queries: int = 0
    sat: int = 0
    unsat: int = 0
    undecided: int = 0
    checks: int = 0
    sessions: int = 0


class Backend:
    """Answers queries on one corpus. Not for use by several threads at once.

    Args:
        corpus: What the conditions speak of. Its horizon bounds every date of a case.
        budget: The solver's resource limit for each check (its ``rlimit``; 0: none), not in seconds.
        assumptions: What holds in every context; those of the corpus by default.
        slots: The least number of slots for each record. More than the bound never changes a verdict.
        claims: Told of every query that no case satisfies.
    """

    def __init__(
        self,
        corpus: Corpus,
        budget: int,
        assumptions: Sequence[Expr] | None = None,
        slots: Mapping[str, int] | None = None,
        claims: Claims | None = None,
    ) -> None:
        self.corpus = corpus
        self.budget = budget
        self.statistics = Statistics()
        self._assumptions = (
            tuple(assumption.expr for assumption in corpus.assumptions)
            if assumptions is None
            else tuple(assumptions)
        )
        self._cone = Cone.of(self._assumptions)
        self._compatible: bool | None = None  # whether the assumptions can hold together; asked once
        self._least = dict(slots or {})
        self._open: Session | None = None
        self.claims = claims

    def solve(
        self,
        conditions: Sequence[Expr],
        *,
        prefer: Sequence[Expr] = (),
        minimise: bool = True,
        about: str = "",
    ) -> Verdict:
        """Whether ``conditions`` can hold together, with a witness if they can.

        Args:
            conditions: Closed conditions.
            prefer: Conditions that the witness satisfies as well, each if it still can after those before.
            minimise: Whether the witness is to be the canonical one, at the price of some more checks.
            about: What is asked, in words: for the claim that there is no such case.

        Raises:
            KeyboardInterrupt: The solver was interrupted.
            Unsupported: A condition does not type-check.
        """
        session = self._session((*conditions, *prefer))
        before = session.checks
        try:
            return self._solve(session, list(conditions), prefer, minimise, about)
        finally:
            self.statistics.checks += session.checks - before

    def _solve(
        self, session: Session, conditions: list[Expr], prefer: Sequence[Expr], minimise: bool, about: str
    ) -> Verdict:
        assumed = self._assumed((*conditions, *prefer))
        query = session.query(conditions, assumed)
        outcome = self._counted(session.decide(query))
        if outcome.satisfiable is None:
            return self._undecided(outcome)
        if not outcome.satisfiable:
            self._claim(about, conditions, assumed)
            return Unsat()
        for wish in prefer:
            wished = session.query([*conditions, wish], assumed)
            granted = session.decide(wished)
            if granted.satisfiable:
                conditions.append(wish)
                query, outcome = wished, granted
        model = outcome.model
        if minimise:
            model = least_model(session, query, model)
        return Sat(decode(session, model, query.mentions))

    def satisfiable(self, conditions: Sequence[Expr], about: str = "") -> bool | Undecided:
        """Whether ``conditions`` can hold together, without a witness; ``about``: what is asked, in words."""
        session = self._session(conditions)
        before = session.checks
        assumed = self._assumed(conditions)
        try:
            outcome = self._counted(session.decide(session.query(conditions, assumed)))
        finally:
            self.statistics.checks += session.checks - before
        if outcome.satisfiable is False:
            self._claim(about, conditions, assumed)
        return self._undecided(outcome) if outcome.satisfiable is None else outcome.satisfiable

    def reserve(self, queries: Iterable[Sequence[Expr]]) -> None:
        """Make room at once for all rows that these need: a session that grows encodes everything anew."""
        for conditions in queries:
            for record, count in self._slots(conditions).items():
                self._least[record] = max(count, self._least.get(record, 0))

    def to_smt2(self, conditions: Sequence[Expr]) -> str:
        """The query as SMT-LIB text, for a second solver: satisfiable iff the conditions are."""
        session = Session(self.corpus, self._slots(conditions), self.budget)
        return session.to_smt2(session.query(conditions, self._assumptions))

    def _assumed(self, conditions: Sequence[Expr]) -> Sequence[Expr]:
        """The assumptions that bear on ``conditions``; all of them where they may contradict each other."""
        if self._compatible is None:
            session = self._session(())
            self._compatible = session.decide(session.query((), self._assumptions)).satisfiable is True
        return self._cone.above(conditions) if self._compatible else self._assumptions

    def _slots(self, conditions: Sequence[Expr]) -> dict[str, int]:
        needed = row_bound((*self._assumptions, *conditions))
        return {
            record: max(needed.get(record, 0), self._least.get(record, 0)) for record in self.corpus.records
        }

    def _session(self, conditions: Sequence[Expr]) -> Session:
        """The open session if its slots suffice, else a new one with more."""
        needed = self._slots(conditions)
        known = self._open
        if known is not None:
            if all(known.slots[record] >= count for record, count in needed.items()):
                return known
            needed = {record: max(known.slots[record], count) for record, count in needed.items()}
        self.statistics.sessions += 1
        self._open = Session(self.corpus, needed, self.budget)
        return self._open

    def _claim(self, about: str, conditions: Sequence[Expr], assumed: Sequence[Expr]) -> None:
        if self.claims is not None:
            self.claims(Claim(about, self.corpus, (*conditions, *assumed)))

    def _undecided(self, outcome: Outcome) -> Undecided:
        return Undecided(f"{outcome.reason} (resource limit {self.budget})")

    def _counted(self, outcome: Outcome) -> Outcome:
        self.statistics.queries += 1
        if outcome.satisfiable is None:
            self.statistics.undecided += 1
        elif outcome.satisfiable:
            self.statistics.sat += 1
        else:
            self.statistics.unsat += 1
        return outcome


def engine() -> dict[str, str]:
    """Which solver answers: to be recorded with each verdict."""
    return {"name": "z3", "version": z3.get_version_string()}
