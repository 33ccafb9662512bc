"""Finding a case for some conditions: by the solver, completed, and believed only when it is replayed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from attrs import evolve, field, frozen

from guiju.checker.ask import defaults
from guiju.compiler import smt
from guiju.compiler.cone import Symbol, symbols
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import (
    Compare,
    Const,
    Context,
    Date,
    Expr,
    FactRef,
    Order,
    Today,
    Value,
    conjunction,
    distinct,
)
from guiju.dsl.diagnostics import InternalError
from guiju.testing.clauses import conjuncts
from guiju.testing.scope import Scope
from guiju.testing.scope import Unanswered as Unanswered
from guiju.testing.seen import Seen


@frozen(eq=False)
class Search:
    """Looks for cases of one topic. ``backend`` knows the declarations, and assumes nothing by itself."""

    scope: Scope
    backend: smt.Backend
    _symbols: dict[Expr, frozenset[Symbol]] = field(factory=dict, init=False)

    def find(self, conditions: Sequence[Expr], wishes: Sequence[Expr] = ()) -> Context | None:
        """A complete case in which ``conditions`` hold, and each of ``wishes`` that then still can.

        Readings are the default ones, nothing is yet to happen, and what does not matter is as in the base,
        where there is such a case. None: it is proved that there is no case.

        Raises:
            Unanswered: The budget ended first.
            InternalError: What was found is not confirmed by the reference evaluator.
        """
        scope = self.scope
        # Assumptions stand among the conditions, so that the witness tells what they speak of as well.
        asked = [*conditions, *scope.bearing(conditions)]
        plain = self._plain(asked)
        verdict = self.backend.solve([*asked, *wishes, *plain, *self._then()], minimise=False)
        if not isinstance(verdict, smt.Sat):
            verdict = self.backend.solve(asked, prefer=[*wishes, *plain], minimise=False)
        if isinstance(verdict, smt.Unsat):
            return None
        if isinstance(verdict, smt.Undecided):
            raise Unanswered(verdict.reason)
        found = scope.complete(verdict.context)
        for condition in asked:
            if evaluate(condition, scope.corpus, found) is not True:
                raise InternalError(f"internal error: a case does not replay: {condition}\n{found}")
        seen = Seen(scope.corpus, found)
        granted = [wish for wish in (*wishes, *plain) if seen.holds(wish)]
        return self.plainer(found, [*conditions, *granted])

    def plainer(self, context: Context, conditions: Sequence[Expr]) -> Context:
        """``context`` made as much like the base as can be while ``conditions`` and the assumptions hold."""
        parts = [p for c in (*conditions, *self.scope.assumptions) for p in conjuncts(c)]
        needed = [(part, self._spoken_of(part)) for part in parts]
        asked = symbols(conditions)
        found = context
        for step in self._nearer(context, asked):
            tried = step.take(found)
            if tried != found:
                seen = Seen(self.scope.corpus, tried)
                if all(seen.holds(part) for part, spoken_of in needed if spoken_of & step.touched):
                    found = tried
        return found

    def _nearer(self, context: Context, asked: frozenset[Symbol]) -> Iterator[_Step]:
        base = self.scope.base
        yield _facts(base.case.facts)
        yield _facts({n: v for n, v in base.case.facts.items() if ("fact", n) not in asked})
        yield _Step(lambda c: evolve(c, today=base.today), frozenset({("context", "today")}))
        yield _Step(lambda c: evolve(c, place=base.place), frozenset({("context", "place")}))
        for name in context.case.records:
            for number in reversed(range(len(context.case.records[name]))):
                yield _Step(partial(_without_row, record=name, number=number), frozenset({("record", name)}))
        for name, value in base.case.facts.items():
            if context.case.facts[name] != value:
                yield _facts({name: value})

    def core(self, conditions: Sequence[Expr]) -> tuple[int, ...]:
        """The places of some of ``conditions``, which contradict each other; none can be left out.

        Raises:
            Unanswered: The budget ended first.
        """
        kept = list(range(len(conditions)))
        for number in range(len(conditions)):
            fewer = [n for n in kept if n != number]
            asked = [conditions[n] for n in fewer]
            verdict = self.backend.satisfiable([*asked, *self.scope.bearing(asked)])
            if isinstance(verdict, smt.Undecided):
                raise Unanswered(verdict.reason)
            if verdict is False:
                kept = fewer
        return tuple(kept)

    def _plain(self, conditions: Sequence[Expr]) -> list[Expr]:
        corpus = self.scope.corpus
        used = dict.fromkeys(e for e in distinct(conditions) if isinstance(e, FactRef))
        dated = [
            fact
            for fact in sorted(used, key=lambda fact: fact.name)
            if isinstance(corpus.facts[fact.name].type, Date)
        ]
        past = [Compare(Order.LE, fact, Today()) for fact in dated]
        read = defaults(conditions, corpus)
        return [conjunction(*each) for each in (read, past) if each]

    def _spoken_of(self, part: Expr) -> frozenset[Symbol]:
        found = self._symbols.get(part)
        if found is None:
            found = self._symbols[part] = symbols([part])
        return found

    def _then(self) -> list[Expr]:
        return [Compare(Order.EQ, Today(), Const(self.scope.base.today, Date()))]


@frozen(eq=False)
class _Step:
    """A change of a case towards the base, and what conditions have to speak of to notice it."""

    take: Callable[[Context], Context]
    touched: frozenset[Symbol]


def _facts(facts: Mapping[str, Value]) -> _Step:
    return _Step(partial(_with_facts, facts=facts), frozenset(("fact", name) for name in facts))


def _with_facts(context: Context, facts: Mapping[str, Value]) -> Context:
    return evolve(context, case=evolve(context.case, facts={**context.case.facts, **facts}))


def _without_row(context: Context, record: str, number: int) -> Context:
    rows = context.case.records[record]
    fewer: Mapping[str, tuple[Mapping[str, Value], ...]] = {record: (*rows[:number], *rows[number + 1 :])}
    return evolve(context, case=evolve(context.case, records={**context.case.records, **fewer}))
