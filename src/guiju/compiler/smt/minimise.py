"""The canonical witness: the least context, in one fixed order, among those that a query allows.

A solver's models depend on the order in which it was told things. The least one does not: readings at
their default, as few rows as possible, then booleans false, enumerations at their first member, integers
and dates small (a fact that declares a default: at that), today early, the place general, each in
declared order. Each is an *objective* with ranks from 0, best first, and the objectives are settled
lexicographically: all that remain at their best in one check if possible, else one half after the other,
else one by bisection.

Trusted: nothing; each step keeps a model of the query. Where the budget cuts a step short the present
value stays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from attrs import frozen

from guiju.compiler.kernel import Value
from guiju.compiler.smt import logic
from guiju.compiler.smt.case import Member, Term, Truth
from guiju.compiler.smt.dates import Day, Whole
from guiju.compiler.smt.definitions import Mention
from guiju.compiler.smt.keys import date_of, key_of
from guiju.compiler.smt.logic import Formula, Number
from guiju.compiler.smt.session import Query, Session, value_of


@frozen(eq=False)
class Objective:
    """Something to be made as low as possible: its rank in a model, and the formula "rank at most"."""

    rank: Callable[[Any], int]
    at_most: Callable[[int], Formula]


def least_model(session: Session, query: Query, model: Any) -> Any:
    """The model of the least context that satisfies ``query``, of which ``model`` is a model."""
    search = _Search(session, session.incremental(query), model)
    search.settle(_shape(session, query.mentions))
    search.settle(_contents(session, query.mentions, search.model))
    return search.model


class _Search:
    """A solver that only ever gets more constrained, and a model of what it holds."""

    def __init__(self, session: Session, solver: Any, model: Any) -> None:
        self._session = session
        self._solver = solver
        self.model = model

    def settle(self, objectives: Sequence[Objective]) -> None:
        """Fix each objective at its least rank, given those before it."""
        at_best = [objective.at_most(0) for objective in objectives]
        if all(objective.rank(self.model) == 0 for objective in objectives):
            self._fix(at_best)
        elif self._try(at_best):
            pass
        elif len(objectives) > 1:
            middle = len(objectives) // 2
            self.settle(objectives[:middle])
            self.settle(objectives[middle:])
        else:
            self._bisect(objectives[0])

    def _bisect(self, objective: Objective) -> None:
        low, high = 1, objective.rank(self.model)
        while low < high:
            middle = (low + high) // 2
            if self._try([objective.at_most(middle)]):
                high = objective.rank(self.model)
            else:
                low = middle + 1
        self._fix([objective.at_most(high)])

    def _try(self, formulas: Sequence[Formula]) -> bool:
        """Whether ``formulas`` can hold as well; if so they do from now on."""
        self._solver.push()
        self._fix(formulas)
        outcome = self._session.check(self._solver)
        if outcome.satisfiable:
            self.model = outcome.model
            return True
        self._solver.pop()
        return False

    def _fix(self, formulas: Sequence[Formula]) -> None:
        self._solver.add(*(formula for formula in formulas if formula is not True))


# --- The objectives, in order -------------------------------------------------------------------------


def _shape(session: Session, mentions: frozenset[Mention]) -> list[Objective]:
    """Readings and numbers of rows."""
    case, corpus = session.case, session.corpus
    readings = [case.reading(name) for name in corpus.readings if Mention("reading", name) in mentions]
    rows = [case.rows(name) for name in corpus.records if Mention("record", name) in mentions]
    return [_numbered(reading.value) for reading in readings] + [_numbered(count) for count in rows]


def _contents(session: Session, mentions: frozenset[Mention], model: Any) -> list[Objective]:
    """Facts, then the fields of the rows that ``model`` has, by type; then today and the place."""
    case, corpus = session.case, session.corpus
    named = {each.name for each in mentions if each.kind == "fact"}
    terms: list[tuple[Term, Value | None]] = [
        (case.fact(name), fact.default) for name, fact in corpus.facts.items() if name in named
    ]
    for name, record in corpus.records.items():
        if Mention("record", name) in mentions:
            fields = [field for field in record.fields if Mention("field", name, field) in mentions]
            terms += [
                (case.field(name, field, slot), None)
                for slot in range(value_of(model, case.rows(name)))
                for field in fields
            ]
    found: list[Objective] = []
    for kind in (Truth, Member, Whole):
        found += [_objective(session, term, default) for term, default in terms if isinstance(term, kind)]
    found.append(_objective(session, case.today(), None))
    found += [_objective(session, term, default) for term, default in terms if isinstance(term, Day)]
    found.append(_numbered(case.place()))
    return found


def _objective(session: Session, term: Term, default: Value | None) -> Objective:
    match term:
        case Truth(formula):
            wanted = default is True
            return Objective(
                lambda model: int(bool(value_of(model, formula)) != wanted),
                lambda rank: True if rank else logic.same(formula, wanted),
            )
        case Member(index, members):
            return _numbered(index, 0, None if default is None else members.index(str(default)))
        case Whole(number, low):
            return _numbered(number, low, default if isinstance(default, int) else None)
        case Day():
            return _dated(session, term, default)


def _numbered(number: Number, low: int = 0, default: int | None = None) -> Objective:
    """``default`` first where there is one, then from ``low`` upwards."""
    if default is None:
        return Objective(
            lambda model: value_of(model, number) - low, lambda rank: logic.le(number, low + rank)
        )

    def rank(model: Any) -> int:
        value = value_of(model, number)
        return 0 if value == default else 1 + value - low

    def at_most(rank: int) -> Formula:
        return logic.disj((logic.eq(number, default), logic.le(number, low + rank - 1)))

    return Objective(rank, at_most)


def _dated(session: Session, day: Day, default: Value | None) -> Objective:
    """As ``_numbered``, counted in days, so that bisection meets only real dates."""
    key = session.dates.key(day)
    first = date_of(day.low).toordinal()
    preferred = key_of(default) if isinstance(default, dt.date) else None

    def rank(model: Any) -> int:
        value = value_of(model, key)
        if preferred is not None and value == preferred:
            return 0
        return date_of(value).toordinal() - first + (preferred is not None)

    def at_most(rank: int) -> Formula:
        latest = first + rank - (preferred is not None)
        early = (
            logic.lt(key, day.low) if latest < first else logic.le(key, key_of(dt.date.fromordinal(latest)))
        )
        return early if preferred is None else logic.disj((logic.eq(key, preferred), early))

    return Objective(rank, at_most)
