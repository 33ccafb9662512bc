"""One complete case, looked at through many conditions: each clause is evaluated once.

Obligations and mutants of one norm share almost all of their clauses. What a clause comes to is said by the
reference evaluator; of a connective no more is looked at than decides it, to the same end in a complete case.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from guiju.compiler.evaluate import NonValue, evaluate
from guiju.compiler.kernel import And, Context, Corpus, Expr, If, Not, Or
from guiju.dsl.diagnostics import InternalError
from guiju.testing.clauses import parts


@frozen(eq=False)
class Seen:
    """What conditions come to in ``context``, in which nothing that they ask for is unknown."""

    corpus: Corpus
    context: Context
    _clauses: dict[Expr, bool] = field(factory=dict, init=False)

    def holds(self, condition: Expr) -> bool:
        """Whether ``condition`` holds.

        Raises:
            InternalError: The case does not tell.
        """
        match condition:
            case And(args):
                return all(self.holds(arg) for arg in args)
            case Or(args):
                return any(self.holds(arg) for arg in args)
            case Not(arg):
                return not self.holds(arg)
            case If(cond, then, orelse) if parts(condition):
                return self.holds(then if self.holds(cond) else orelse)
            case _:
                found = self._clauses.get(condition)
                if found is None:
                    found = self._clauses[condition] = self._evaluated(condition)
                return found

    def all_hold(self, conditions: Iterable[Expr]) -> bool:
        """Whether each of ``conditions`` holds; looked at until one does not."""
        return all(self.holds(each) for each in conditions)

    def _evaluated(self, clause: Expr) -> bool:
        found = evaluate(clause, self.corpus, self.context)
        if isinstance(found, NonValue) or not isinstance(found, bool):
            raise InternalError(f"internal error: {clause} is {found!r} in a complete case")
        return found
