"""One case and the same case otherwise: equal to it but for some facts, and asked about in one query.

The corpus is widened by a copy of each fact and record under another name. What a query says of the other
case is said of the copies of what differs, and of the same names for all the rest. What is assumed of the
world is assumed of the other case too. A witness is taken apart again into cases of the corpus as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from math import prod
from typing import TypeVar

from attrs import evolve, field, frozen

from guiju.checker.ask import Answered, Asker, Choices, choice_conditions
from guiju.checker.finding import Witness
from guiju.compiler import smt
from guiju.compiler.cone import symbols
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import (
    Case,
    Context,
    Corpus,
    Expr,
    Norm,
    ReadingRef,
    walk,
)
from guiju.compiler.renaming import Names, renamed

#: What tells a copy's name from its original: no name of the language contains it.
_MARK = "′"

#: In more ways than this a question is not read; readings that alone make no difference are then kept to.
_MOST_WAYS = 64

_V = TypeVar("_V")

Replay = Callable[[tuple[Context, ...]], bool]


@frozen
class Pair:
    """What was found: the answer, about the first case, and all cases in their order."""

    answered: Answered
    contexts: tuple[Context, ...]


@frozen
class Otherwise:
    """Asks about a case and up to ``others`` cases that differ from it in given facts only."""

    asker: Asker
    others: int = 2
    _wide: Asker = field(init=False)

    @_wide.default
    def _widened(self) -> Asker:
        corpus = widened(self.asker.corpus, self.others)
        return Asker(
            corpus,
            smt.Backend(corpus, self.asker.backend.budget, claims=self.asker.backend.claims),
            self.asker.fixed_readings,
            self.asker.as_of,
            self.asker.undecided,
        )

    def names(self, varied: Collection[str], number: int = 1) -> Names:
        """What the facts and records ``varied`` are called in the other case of that number."""
        return {name: name + _MARK * number for name in sorted(varied)}

    def possible(
        self, what: str, varied: Collection[str], conditions: Sequence[Expr], norms: Sequence[Norm] = ()
    ) -> bool | None:
        """Whether ``conditions`` can hold of such cases, on any date; None (and noted) when undecided."""
        asked = [*conditions, *self._assumed(varied, conditions)]
        return self._wide.possible(what, asked, norms, pinned=False)

    def find(
        self,
        what: str,
        varied: Collection[str],
        conditions: Sequence[Expr],
        norms: Sequence[Norm] = (),
        prefer: Sequence[Expr] = (),
        replay: Replay | None = None,
    ) -> Pair | None:
        """Such cases of which ``conditions`` hold, and ``replay`` when asked of them in their order."""
        asked = [*conditions, *self._assumed(varied, conditions)]
        if not self._wide.possible(what, asked, norms):
            return None
        found: list[Context] = []

        def shows(context: Context) -> bool:
            found.append(self._leaner(context, conditions))
            return replay is None or replay(self._apart(found[-1], varied))

        around = self._around(what, asked, norms)
        answered = evolve(self._wide, fixed_readings=around).find(what, asked, norms, prefer, shows)
        if answered is None:
            return None
        contexts = self._apart(found[-1], varied)
        first = contexts[0]
        witness = Witness(first.case, first.today, first.place, answered.witness.readings)
        corpus, asked_for = self.asker.corpus, self.asker.fixed_readings
        unusual = {
            n: c for n, c in around.items() if n not in asked_for and c != corpus.readings[n].choices[0]
        }
        under = tuple({**unusual, **way} for way in answered.under or ({},)) if unusual else answered.under
        by_default = answered.by_default and not unusual
        return Pair(evolve(answered, witness=witness, under=under, by_default=by_default), contexts)

    # --- Details

    def _around(self, what: str, asked: Sequence[Expr], norms: Sequence[Norm]) -> Choices:
        """The readings to fix beside those that are: where there are too many ways to read, which to keep to.

        Each reading that alone makes no difference keeps its default, or else what some way to read has.
        """
        corpus, fixed = self.asker.corpus, dict(self.asker.fixed_readings)
        used = {e.name for c in asked for e in walk(c) if isinstance(e, ReadingRef)}
        names = [n for n in corpus.readings if n in used and n not in fixed]
        if prod(len(corpus.readings[n].choices) for n in names) <= _MOST_WAYS:
            return fixed
        centre = {n: corpus.readings[n].choices[0] for n in names}
        if not self._wide.possible(what, [*asked, *choice_conditions(centre, corpus)], norms):
            verdict = self._wide.backend.solve([*asked, *choice_conditions(fixed, corpus)], minimise=False)
            if not isinstance(verdict, smt.Sat):
                return fixed
            centre |= {n: c for n, c in verdict.context.readings.items() if n in centre}
        ways = 1
        for name in names:
            others = [c for c in corpus.readings[name].choices if c != centre[name]]
            read = [[*asked, *choice_conditions({**centre, name: c}, corpus)] for c in others]
            matters = not all(self._wide.possible(what, each, norms) for each in read)
            if matters and ways * (len(others) + 1) <= _MOST_WAYS:
                ways *= len(others) + 1
            else:
                fixed[name] = centre[name]
        return fixed

    def _assumed(self, varied: Collection[str], conditions: Sequence[Expr]) -> list[Expr]:
        """The assumptions, of each other case that ``conditions`` speak of."""
        spoken = {name for _, name in symbols(conditions)}
        found: list[Expr] = []
        for number in range(1, self.others + 1):
            names = self.names(varied, number)
            if not spoken & set(names.values()):
                continue
            found += (
                renamed(assumption.expr, names)
                for assumption in self.asker.corpus.assumptions
                if {name for _, name in symbols([assumption.expr])} & set(varied)
            )
        return found

    def _leaner(self, context: Context, conditions: Sequence[Expr]) -> Context:
        """``context`` without what does not matter: ``conditions`` hold whatever the rest is.

        Three-valued evaluation decides: what holds stays so in every completion (``docs/semantics.md`` §9.3).
        """

        def hold(case: Case) -> bool:
            return all(evaluate(c, self._wide.corpus, evolve(context, case=case)) is True for c in conditions)

        case = context.case
        for name in [*reversed(list(case.facts)), *case.records]:
            fewer = Case(_without(case.facts, name), _without(case.records, name))
            if hold(fewer):
                case = fewer
        return evolve(context, case=case)

    def _apart(self, context: Context, varied: Collection[str]) -> tuple[Context, ...]:
        """The cases in ``context``, in their order."""
        facts, records = context.case.facts, context.case.records

        def case(names: Names) -> Case:
            called = {n: names.get(n, n) for n in (*self.asker.corpus.facts, *self.asker.corpus.records)}
            return Case(
                {n: facts[k] for n, k in called.items() if k in facts},
                {n: records[k] for n, k in called.items() if k in records},
            )

        others = [self.names(varied, number) for number in range(1, self.others + 1)]
        return tuple(evolve(context, case=case(names)) for names in ({}, *others))


def _without(values: Mapping[str, _V], name: str) -> dict[str, _V]:
    return {n: v for n, v in values.items() if n != name}


def widened(corpus: Corpus, others: int) -> Corpus:
    """``corpus`` with so many copies of each fact and record."""
    marks = [_MARK * number for number in range(1, others + 1)]
    facts = {n + m: evolve(f, name=n + m) for m in marks for n, f in corpus.facts.items()}
    records = {n + m: evolve(r, name=n + m) for m in marks for n, r in corpus.records.items()}
    return evolve(corpus, facts={**corpus.facts, **facts}, records={**corpus.records, **records})
