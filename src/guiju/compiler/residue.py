"""What is left of a condition in one case: only the readings are still open.

A case is tried under many combinations of readings. Everything that does not depend on a reading is evaluated
once; what remains is small, and speaks of few readings.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import (
    FALSE,
    TRUE,
    And,
    AtLeast,
    Compare,
    Context,
    Corpus,
    Expr,
    InTerritory,
    Not,
    Or,
    ReadingRef,
    children,
    conjunction,
    disjunction,
    negation,
)


@frozen
class Residue:
    """The residues of conditions in one context; each part is looked at once."""

    corpus: Corpus
    context: Context
    _read: dict[Expr, frozenset[str]] = field(factory=dict)
    _left: dict[Expr, Expr] = field(factory=dict)

    def of(self, condition: Expr) -> Expr:
        """A condition that has, under any readings, the value that ``condition`` has in this case."""
        found = self._left.get(condition)
        if found is None:
            found = self._left[condition] = self._of(condition)
        return found

    def readings(self, conditions: Iterable[Expr]) -> frozenset[str]:
        """The readings that ``conditions`` speak of."""
        return frozenset(name for condition in conditions for name in self._readings(condition))

    def _of(self, condition: Expr) -> Expr:
        if not self._readings(condition):
            match evaluate(condition, self.corpus, self.context):
                case True:
                    return TRUE
                case False:
                    return FALSE
                case _:
                    return condition  # unknown: it stays as it is
        match condition:
            case And(args):
                return conjunction(*(self.of(arg) for arg in args))
            case Or(args):
                return disjunction(*(self.of(arg) for arg in args))
            case Not(Compare() | And() | Or() | Not() | AtLeast() | InTerritory() as arg):
                return negation(self.of(arg))
            case _:
                return condition

    def _readings(self, expr: Expr) -> frozenset[str]:
        found = self._read.get(expr)
        if found is None:
            own = frozenset({expr.name}) if isinstance(expr, ReadingRef) else frozenset()
            found = self._read[expr] = own | self.readings(children(expr))
        return found
