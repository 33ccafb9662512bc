"""The cases found for one topic, and what each covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define, field

from guiju.compiler.kernel import TRUE, Context, Expr, Norm, conjunction, disjunction, negation
from guiju.testing.beside import days_differ, shown_differ
from guiju.testing.grid import Grid, members
from guiju.testing.mutant import Mutant
from guiju.testing.obligations import Pair
from guiju.testing.rules import Rules, equal_positions, norms_differ, outcomes_differ
from guiju.testing.search import Search, Unanswered
from guiju.testing.told import Told

#: So many ways to fix the other clauses of a guard are tried, before it is said that it is not known.
_MOST_WAYS = 64


@define(eq=False)
class Pool:
    """Cases of one topic, found one after the other. Each search adds one that nothing before it covered.

    Attributes:
        search: Where cases come from.
        told: The cases.
        grid: The same, for conditions on all of them.
        queries: How often the solver was asked.
    """

    search: Search
    told: list[Told] = field(factory=list)
    grid: Grid = field(factory=Grid)
    queries: int = 0
    _numbers: dict[str, int] = field(factory=dict, init=False)

    @property
    def rules(self) -> Rules:
        """What answers the topic."""
        return self.search.scope.rules

    def add(self, context: Context) -> int:
        """The number of ``context``, which is complete."""
        key = repr(context)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.told)
            told = Told(self.rules, context)
            self.told.append(told)
            self.grid.add(told.seen)
        return number

    def covering(self, conditions: Sequence[Expr]) -> Iterator[int]:
        """The cases in which all ``conditions`` hold."""
        return members(self.grid.holding_all(conditions))

    def find(self, conditions: Sequence[Expr], wishes: Sequence[Expr] = ()) -> int | None:
        """A case in which ``conditions`` hold: one that is there, or a new one; None: there is provably none.

        Raises:
            Unanswered: The budget ended first.
        """
        for number in self.covering(conditions):
            return number
        return self.search_for(conditions, wishes)

    def search_for(self, conditions: Sequence[Expr], wishes: Sequence[Expr] = ()) -> int | None:
        """The same by the solver, whatever is there."""
        self.queries += 1
        found = self.search.find(conditions, wishes)
        return None if found is None else self.add(found)

    def pair(self, pair: Pair) -> tuple[tuple[Expr, ...], tuple[Expr, ...]] | None:
        """Conditions for both cases of ``pair`` with the other clauses fixed; None: there provably are none.

        Raises:
            Unanswered: The budget, or the bound on ways to fix them, ended first.
        """
        tried: list[Expr] = []
        for number in self.covering(pair.one):
            fixed = self._fixed(pair, number)
            if any(True for _ in self.covering((*pair.other, *fixed))):
                return (*pair.one, *fixed), (*pair.other, *fixed)
        while len(tried) < _MOST_WAYS:
            first = self.search_for((*pair.one, *tried))
            if first is None:
                return None
            fixed = self._fixed(pair, first)
            if self.find((*pair.other, *fixed)) is not None:
                return (*pair.one, *fixed), (*pair.other, *fixed)
            tried.append(negation(conjunction(*self._to_blame(pair, fixed))))
        raise Unanswered(f"more than {_MOST_WAYS} ways to fix the other clauses")

    def _fixed(self, pair: Pair, number: int) -> list[Expr]:
        """The other clauses of ``pair`` as they are in a case."""
        holds = self.told[number].seen.holds
        return [each if holds(each) else negation(each) for each in pair.same]

    def _to_blame(self, pair: Pair, fixed: Sequence[Expr]) -> list[Expr]:
        """Those of ``fixed`` under which the second case of ``pair`` cannot be."""
        core = self.search.core((*fixed, *pair.other))
        self.queries += len(fixed) + len(pair.other)
        return [fixed[n] for n in core if n < len(fixed)]

    # --- Mutants

    def touched(self, mutant: Mutant, wrong: Rules) -> Iterator[int]:
        """The cases that may tell ``mutant`` from the original, the latest first."""
        norm = mutant.norm
        numbers = self.grid.all
        if norm is not None:
            right = self._right(norm)
            before = self.grid.holding(self.rules.applies(right))
            after = self.grid.holding(wrong.applies(norm))
            same = right.position == norm.position and right.strength is norm.strength
            numbers = before ^ after if same else before | after
        return reversed(list(members(numbers)))

    def search_killing(self, mutant: Mutant, wrong: Rules) -> int | None:
        """A new case that tells ``mutant`` from the original, by verdict or value if any does.

        None: it is proved that the two are equivalent. Raises as ``find``.
        """
        alone = self._alone(mutant, wrong)
        if alone:  # quick to ask, and where only one norm speaks its mistakes show in the outcome
            found = self.search_for(alone)
            if found is not None and self.told[found].differs(mutant, wrong)[0]:
                return found
        return self.search_for([self._differ(mutant, wrong)])

    def search_strongly(self, mutant: Mutant, wrong: Rules) -> int | None:
        """A new case in which ``mutant`` gives another verdict or value; None: there provably is none."""
        question = mutant.question
        if question != self.rules.topic.question:
            return self.search_for([days_differ(question, self.rules, wrong)])
        differing = outcomes_differ(question, self.rules, wrong)
        return self.search_for([self._differ(mutant, wrong), differing])  # the first follows: it narrows

    def _differ(self, mutant: Mutant, wrong: Rules) -> Expr:
        """When an answer shows that the rules are wrong."""
        question = mutant.question
        if question == self.rules.topic.question:
            return norms_differ(question, self.rules, wrong)
        return shown_differ(question, self.rules, wrong)

    def _alone(self, mutant: Mutant, wrong: Rules) -> list[Expr]:
        """That the norm with the mistake says something else, and no other norm speaks to its question.

        Nothing where the mistake is not in one norm on that question.
        """
        norm = mutant.norm
        if norm is None or mutant.question != self.rules.topic.question:
            return []
        right = self._right(norm)
        before, after = self.rules.applies(right), wrong.applies(norm)
        given = negation(equal_positions(right.position, norm.position, self.rules.corpus))
        otherwise = TRUE if right.strength is not norm.strength else given
        others = (each for each in self.rules.asked(mutant.question) if each.id != norm.id)
        return [
            disjunction(
                conjunction(before, negation(after)),
                conjunction(after, negation(before)),
                conjunction(before, after, otherwise),
            ),
            *(negation(self.rules.applies(each)) for each in others),
        ]

    def _right(self, norm: Norm) -> Norm:
        """The norm as it is in the rules."""
        return next(each for each in self.rules.asked(norm.question) if each.id == norm.id)
