"""Asking the solver about an incomplete case, and believing only what the reference evaluator confirms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve, frozen

from guiju.compiler import smt
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import FALSE, TRUE, Case, Context, Expr, conjunction, negation
from guiju.compiler.verdicts import Verdict
from guiju.decisions.incomplete import Incomplete, backend_for, twofold
from guiju.dsl.diagnostics import InternalError

#: More different answers than this are not told apart.
_MOST_REPLIES = 20


class Unanswered(Exception):
    """The solver's budget, or the bound on how often it is asked, ended first."""


@frozen
class Solver:
    """Asks for completions of one incomplete case.

    ``backend`` may be any on the corpus: what it does not know of the case is put into another of its own.
    """

    left: Incomplete
    backend: smt.Backend

    @classmethod
    def of(cls, left: Incomplete, backend: smt.Backend) -> Solver:
        """A solver on ``backend``, or on a new one where it does not know all that the case speaks of."""
        needed = twofold(left.wide)
        known = backend.corpus
        if needed.facts.keys() <= known.facts.keys() and needed.records.keys() <= known.records.keys():
            return cls(left, backend)
        return cls(left, backend_for(left.wide, backend.budget))

    def find(self, conditions: Iterable[Expr]) -> Context | None:
        """Values of the unknown under which ``conditions`` hold; None when there are none.

        Raises:
            Unanswered: The budget ended first.
            InternalError: What was found does not satisfy them by the reference evaluator.
        """
        asked = _simple(conditions)
        if asked is None:
            return None
        if not asked:
            return evolve(self.left.context, case=Case())
        verdict = self.backend.solve(asked, minimise=False)
        if isinstance(verdict, smt.Unsat):
            return None
        if isinstance(verdict, smt.Undecided):
            raise Unanswered(f"budget: {verdict.reason}")
        context = self.left.dated(verdict.context)
        for condition in asked:
            if evaluate(condition, self.backend.corpus, context) is not True:
                raise InternalError(f"internal error: a witness does not replay: {condition}\n{context}")
        return context

    def can_hold(self, conditions: Iterable[Expr]) -> bool:
        """Whether ``conditions`` can hold together; raises as ``find`` does."""
        asked = _simple(conditions)
        if asked is None:
            return False
        verdict = self.backend.satisfiable(asked) if asked else True
        if isinstance(verdict, smt.Undecided):
            raise Unanswered(f"budget: {verdict.reason}")
        return verdict

    def consistent(self) -> bool:
        """Whether some completion satisfies all assumptions; raises as ``find`` does."""
        return self.can_hold(self.left.assumed)

    def find_verdict(self, verdict: Verdict) -> Context | None:
        """A completion with that verdict, confirmed by the reference resolution; raises as ``find``."""
        condition = self.left.verdicts.get(verdict, FALSE)
        found = self.find([condition, *self.left.bearing(condition)])
        if found is not None and self.left.verdict(found) is not verdict:
            raise InternalError(f"internal error: not {verdict}: {self.left.completed(found)}")
        return found

    def goals(self) -> Iterator[Expr]:
        """The conditions of the answers that completions get: of the verdicts, of an outcome with the values.

        Raises:
            Unanswered: The budget ended first, or there are too many of them.
        """
        if not self.left.shown:
            yield from self.left.verdicts.values()
            return
        bearing = self.left.bearing(*self.left.telling())
        found: list[Expr] = []
        while (witness := self.find([*map(negation, found), *bearing])) is not None:
            if len(found) == _MOST_REPLIES:
                raise Unanswered(f"answers: more than {_MOST_REPLIES}")
            reply = self.left.reply(witness)
            found.append(conjunction(self.left.verdicts[reply.verdict], self.left.shows(reply.values)))
            yield found[-1]


def _simple(conditions: Iterable[Expr]) -> list[Expr] | None:
    """Those of ``conditions`` that are not plainly true; None where one is plainly false."""
    asked = [each for each in dict.fromkeys(conditions) if each != TRUE]
    return None if FALSE in asked else asked
