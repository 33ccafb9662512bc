"""Many complete cases looked at through many conditions: for each condition the cases that it holds in.

A set of cases is the bits of an integer, so that a connective costs one operation whatever the number of
cases. Clauses are evaluated by the reference, once for each case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import define, field

from guiju.compiler.kernel import And, Expr, If, Not, Or
from guiju.testing.clauses import parts
from guiju.testing.seen import Seen


@define(eq=False)
class Grid:
    """The cases ``seen``, to which more may be added at any time."""

    seen: list[Seen] = field(factory=list)
    # What is known of a condition: the set, and of how many cases. Clauses by value, connectives by identity.
    _clauses: dict[Expr, tuple[int, int]] = field(factory=dict, init=False)
    _known: dict[int, tuple[Expr, int, int]] = field(factory=dict, init=False)

    def add(self, seen: Seen) -> int:
        """The number of one more case."""
        self.seen.append(seen)
        return len(self.seen) - 1

    @property
    def all(self) -> int:
        """The set of all cases."""
        return (1 << len(self.seen)) - 1

    def holding(self, condition: Expr) -> int:
        """The set of the cases in which ``condition`` holds."""
        known = self._known.get(id(condition))
        if known is not None and known[2] == len(self.seen):
            return known[1]
        match condition:
            case And(args):
                found = self.holding_all(args)
            case Or(args):
                found = 0
                for arg in args:
                    found |= self.holding(arg)
            case Not(arg):
                found = self.all ^ self.holding(arg)
            case If(cond, then, orelse) if parts(condition):
                where = self.holding(cond)
                found = where & self.holding(then) | ~where & self.holding(orelse)
            case _:
                return self._of_clause(condition)
        self._known[id(condition)] = (condition, found, len(self.seen))
        return found

    def _of_clause(self, clause: Expr) -> int:
        found, upto = self._clauses.get(clause, (0, 0))
        if upto < len(self.seen):
            for number in range(upto, len(self.seen)):
                found |= self.seen[number].holds(clause) << number
            self._clauses[clause] = (found, len(self.seen))
        return found

    def holding_all(self, conditions: Iterable[Expr]) -> int:
        """The set of the cases in which all ``conditions`` hold."""
        found = self.all
        for each in conditions:
            found &= self.holding(each)
            if not found:
                break
        return found


def members(numbers: int) -> Iterator[int]:
    """The members of a set of cases, the least first."""
    while numbers:
        low = numbers & -numbers
        yield low.bit_length() - 1
        numbers ^= low
