"""Two completions of one case that get different answers: what they agree on, and in what they differ."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

from attrs import evolve, field, frozen

from guiju.compiler.evaluate import NonValue, evaluate
from guiju.compiler.kernel import (
    Boolean,
    Case,
    Compare,
    Enumeration,
    Expr,
    FactRef,
    Order,
    Value,
    conjunction,
    disjunction,
    negation,
)
from guiju.compiler.renaming import Names, renamed
from guiju.decisions.asking import Solver
from guiju.decisions.incomplete import twin, unknowns
from guiju.decisions.replies import Reply, same_values
from guiju.dsl.diagnostics import InternalError

#: The neighbours of so many pairs are looked at.
_NEAR = 4


@frozen
class Pairs:
    """The pairs of one case: those found so far, and the way to others.

    Attributes:
        names: What is unknown and linked to the answer.
        spoken: What of it the norms speak of.
        assumed: What is assumed and linked to the answer.
        found: The pairs that were found. Their neighbours are looked at before the solver is asked.
    """

    solver: Solver
    names: tuple[str, ...]
    spoken: tuple[str, ...]
    assumed: tuple[Expr, ...]
    found: list[tuple[Case, Case]] = field(factory=list)

    @classmethod
    def of(cls, solver: Solver) -> Pairs:
        left = solver.left
        conditions = left.telling()
        assumed = tuple(left.bearing(*conditions))
        direct = unknowns(conditions)
        every = direct | unknowns(assumed)
        declared = [name for name in (*left.wide.facts, *left.wide.records) if name in every]
        spoken = tuple(name for name in declared if name in direct)
        rest = tuple(name for name in declared if name not in direct)
        return cls(solver, spoken + rest, spoken, assumed)

    def differing(self, agreed: Collection[str], *where: Expr) -> frozenset[str] | None:
        """In what two completions with different answers differ, that agree on ``agreed``; None: none do.

        ``where``: conditions on what is agreed.

        Raises:
            Unanswered: The budget ended first.
            InternalError: By the reference evaluator their answers are the same.
        """
        records = self.solver.left.corpus.records
        names = {name: twin(name) for name in self.names if name not in agreed or name not in records}
        alike = [
            Compare(Order.EQ, FactRef(name), FactRef(twin(name)))
            for name in self.names
            if name in agreed and name not in records
        ]
        found = self.solver.find([*self._two_cases(names), *alike, *where])
        if found is None:
            return None
        other = evolve(found, case=_other(found.case, names))
        if self.solver.left.reply(found).agrees(self.solver.left.reply(other)):
            raise InternalError(f"internal error: two completions do not differ: {found} and {other}")
        self.found.append((found.case, other.case))
        return frozenset(name for name in names if not _same(name, found.case, other.case))

    def open_at(self, fact: str, value: Value) -> bool:
        """Whether two completions in which ``fact`` is ``value`` are at hand that get different answers."""
        return any(
            self._differ(_with(one, fact, value), _with(other, fact, value)) for one, other in self.recent()
        )

    def neighbours_differ(self, name: str) -> bool:
        """Whether a completion at hand gets another answer when only ``name`` is changed."""
        tried = self.values(name)
        for case in (case for pair in self.recent() for case in pair if tried):
            for value in tried:
                other = _with(case, name, value)
                if value != case.facts.get(name) and self._differ(case, other):
                    self.found.append((case, other))
                    return True
        return False

    def recent(self) -> list[tuple[Case, Case]]:
        """The pairs that were found last."""
        return self.found[-_NEAR:]

    def values(self, name: str) -> tuple[Value, ...]:
        """The values of a fact that has few; none of another fact or of a record."""
        declared = self.solver.left.wide.facts.get(name)
        match declared.type if declared is not None else None:
            case Boolean():
                return (False, True)
            case Enumeration(members=members):
                return members
            case _:
                return ()

    def _differ(self, one: Case, other: Case) -> bool:
        """Whether both are completions and their answers different, by the reference evaluator."""
        first, second = self._reply(one), self._reply(other)
        return first is not None and second is not None and not first.agrees(second)

    def _reply(self, case: Case) -> Reply | None:
        """The answer in a case; None where something linked to it is assumed to be otherwise."""
        left = self.solver.left
        context = evolve(left.context, case=case)
        if not all(evaluate(each, left.wide, context) is True for each in self.assumed):
            return None
        verdict = next((v for v, e in left.verdicts.items() if evaluate(e, left.wide, context) is True), None)
        shown = [each.value for each in left.shown if evaluate(each.condition, left.wide, context) is True]
        values = [value if value is None else evaluate(value, left.wide, context) for value in shown]
        known = tuple(value for value in values if not isinstance(value, NonValue))
        return None if verdict is None or len(known) < len(values) else Reply(verdict, known)

    def _two_cases(self, names: dict[str, str]) -> tuple[Expr, ...]:
        """That a case and another, in which ``names`` go by their other names, get different answers."""
        left = self.solver.left
        pairs = [conjunction(a, renamed(b, names)) for a, b in combinations(left.verdicts.values(), 2)]
        others = tuple(each.mapped(lambda expr: renamed(expr, names)) for each in left.shown)
        differ = disjunction(*pairs, negation(same_values(left.shown, others)))
        return (differ, *self.assumed, *(renamed(each, names) for each in self.assumed))


def _other(case: Case, names: Names) -> Case:
    """The second case of a witness."""
    back = {other: name for name, other in names.items()}
    own_facts = {name: value for name, value in case.facts.items() if name not in names}
    own_records = {name: rows for name, rows in case.records.items() if name not in names}
    return Case(
        {back.get(name, name): value for name, value in own_facts.items()},
        {back.get(name, name): rows for name, rows in own_records.items()},
    )


def _with(case: Case, fact: str, value: Value) -> Case:
    return Case({**case.facts, fact: value}, case.records)


def _same(name: str, one: Case, other: Case) -> bool:
    if name in one.records or name in other.records:
        return _counted(one.records.get(name, ())) == _counted(other.records.get(name, ()))
    return one.facts.get(name) == other.facts.get(name)


def _counted(rows: Sequence[Mapping[str, Value]]) -> list[list[tuple[str, str]]]:
    """Rows in an order of their own: that in which they are given does not matter."""
    return sorted(sorted((name, repr(value)) for name, value in row.items()) for row in rows)
