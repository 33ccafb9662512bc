"""What would turn an answer: the fewest changes today, the first later day as things are, or both.

Only facts that the corpus declares changeable are changed, and what is assumed of the world holds in the
changed case too. What the case leaves unknown may be anything: a way leads there whatever it is. Each way is
confirmed by the reference evaluator before it is returned; that it is the least, or that there is none, rests
on the solver.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Collection, Mapping, Sequence

from attrs import evolve, field, frozen

from guiju.compiler import smt
from guiju.compiler.kernel import (
    Case,
    Compare,
    Const,
    Context,
    Corpus,
    Date,
    Expr,
    FactRef,
    Order,
    Question,
    Today,
    Value,
    conjunction,
    disjunction,
    negation,
)
from guiju.compiler.resolve import Defeats
from guiju.compiler.verdicts import Verdict
from guiju.decisions.asking import Solver, Unanswered
from guiju.decisions.completions import verdicts_left
from guiju.decisions.incomplete import incomplete, unknowns
from guiju.decisions.nearest import Present, fewest, nearest
from guiju.decisions.whatever import Chosen, chosen
from guiju.dsl.diagnostics import InternalError

_DAY = dt.timedelta(days=1)


class By(enum.Enum):
    """How an answer is turned: by a change today, by waiting as things are, or by a change and waiting."""

    CHANGE = "change"
    WAITING = "waiting"
    BOTH = "both"


@frozen
class Change:
    """What must be otherwise.

    Attributes:
        facts: New values of changeable facts, in declared order.
        from_: The first date on which the answer is turned, where time must pass.
        until: The last date before it is turned back, if that is known to come; None where no time must pass,
            or the answer stays turned to the end of the search.
    """

    facts: Mapping[str, Value] = field(factory=dict)
    from_: dt.date | None = None
    until: dt.date | None = None


@frozen
class Way:
    """One way to turn an answer.

    ``change`` is None where it is proved that there is none, or where ``undecided`` gives the reason why it
    could not be told.
    """

    by: By
    change: Change | None
    undecided: tuple[str, ...] = ()


def ways_to(
    verdicts: Collection[Verdict],
    question: Question,
    corpus: Corpus,
    defeats: Defeats,
    context: Context,
    backend: smt.Backend,
    horizon_end: dt.date,
) -> tuple[Way, ...]:
    """How the answer to ``question`` can become one of ``verdicts``.

    Args:
        verdicts: The answers that are wanted.
        question, corpus, defeats, context, backend: As of ``possible_verdicts``.
        horizon_end: The last date to look at; no later than the corpus' horizon is looked at anyhow.

    Returns:
        The way by change and the way by waiting; then, where there is neither, the way by both. One change
        without facts where the answer is one of ``verdicts`` already.
    """
    end = min(horizon_end, corpus.horizon[1])
    ask = _Ask(frozenset(verdicts), question, corpus, defeats, context, backend, end)
    by_change = _way(By.CHANGE, ask.by_change)
    if by_change.change == Change():
        return (by_change,)
    by_waiting = _way(By.WAITING, ask.by_waiting)
    found = (by_change, by_waiting)
    if any(way.change is not None or way.undecided for way in found):
        return found
    return (*found, _way(By.BOTH, ask.by_both))


def _way(by: By, search: Callable[[], Change | None]) -> Way:
    try:
        return Way(by, search())
    except Unanswered as reason:
        return Way(by, None, (str(reason),))


@frozen
class _Ask:
    """What is asked of whom; ``end``: the last date to look at."""

    wanted: frozenset[Verdict]
    question: Question
    corpus: Corpus
    defeats: Defeats
    context: Context
    backend: smt.Backend
    end: dt.date

    def by_change(self) -> Change | None:
        """The fewest and least changes that turn the answer on the date of the context."""
        there = self._there(self._changeable(), today_open=False)
        changed = fewest(there.present, there.search)
        if changed is None:
            return None
        return self._confirmed(Change(nearest(there.present, changed, there.search)))

    def by_waiting(self) -> Change | None:
        """The first later date on which the answer is turned as things are."""
        there = self._there({}, today_open=True)
        first = _first(there.search, self.context.today + _DAY, self.end)
        return None if first is None else self._confirmed(Change({}, first, self._until({}, first)))

    def by_both(self) -> Change | None:
        """The fewest changes with which the answer is turned on some later date, and the first such date."""
        there = self._there(self._changeable(), today_open=True)
        tomorrow = self.context.today + _DAY

        def later(wanted: Sequence[Expr]) -> Context | None:
            return there.search([*_between(tomorrow, self.end), *wanted])

        changed = fewest(there.present, later) if tomorrow <= self.end else None
        if changed is None:
            return None
        others = [there.present.kept(name) for name in there.present.values if name not in changed]
        first = _first(lambda wanted: there.search([*others, *wanted]), tomorrow, self.end)
        if first is None:
            raise InternalError("internal error: what was found is not found again")
        facts = nearest(
            there.present, changed, lambda wanted: there.search([*_between(first, first), *wanted])
        )
        return self._confirmed(Change(facts, first, self._until(facts, first)))

    def _changeable(self) -> dict[str, Value]:
        """The facts that can be changed and are known, with their values."""
        known = self.context.case.facts
        return {
            name: known[name] for name, fact in self.corpus.facts.items() if fact.changeable and name in known
        }

    def _there(self, free: Mapping[str, Value], *, today_open: bool) -> _There:
        """The search for a case in which the facts ``free`` have any values."""
        facts = {name: value for name, value in self.context.case.facts.items() if name not in free}
        context = evolve(self.context, case=Case(facts, self.context.case.records))
        left = incomplete(self.question, self.corpus, self.defeats, context, today_open)
        goal = disjunction(*(each for verdict, each in left.verdicts.items() if verdict in self.wanted))
        bearing = left.bearing(goal, *(FactRef(name) for name in free), *([Today()] if today_open else []))
        linked = unknowns([goal, *bearing])
        present = Present(self.corpus, {name: value for name, value in free.items() if name in linked})
        solver = Solver.of(left, self.backend)
        possible = solver.can_hold(each for each in left.assumed if each not in bearing)
        choice = Chosen(frozenset(present.values), today_open)
        return _There(solver, choice, goal, tuple(bearing), present, possible)

    def _until(self, facts: Mapping[str, Value], first: dt.date) -> dt.date | None:
        """The last date from ``first`` on before the answer may be another one; None: not before the end."""
        case = Case({**self.context.case.facts, **facts}, self.context.case.records)
        there = evolve(self, context=evolve(self.context, case=case))._there({}, today_open=True)
        ends = [
            end
            for search in (there.may_fail, there.must_be_impossible)
            if (end := _first(search, first + _DAY, self.end)) is not None
        ]
        return min(ends) - _DAY if ends else None

    def _confirmed(self, change: Change) -> Change:
        """``change``, which the reference evaluator confirms."""
        case = Case({**self.context.case.facts, **change.facts}, self.context.case.records)
        context = evolve(self.context, case=case, today=change.from_ or self.context.today)
        left = incomplete(self.question, self.corpus, self.defeats, context)
        found = verdicts_left(Solver.of(left, self.backend))
        if found.undecided:
            raise Unanswered(found.undecided[0])
        if not found.verdicts or not set(found.verdicts) <= self.wanted:
            raise InternalError(f"internal error: {change} leads to {found}")
        return change


@frozen
class _There:
    """Searches for cases, or dates, with what is wanted. ``possible``: what is not linked to it can hold."""

    solver: Solver
    choice: Chosen
    goal: Expr
    assumed: tuple[Expr, ...]
    present: Present
    possible: bool

    def search(self, wanted: Sequence[Expr]) -> Context | None:
        """A choice under which the goal is reached whatever is unknown, and ``wanted`` holds."""
        return chosen(self.solver, self.choice, self.goal, self.assumed, wanted) if self.possible else None

    def may_fail(self, wanted: Sequence[Expr]) -> Context | None:
        """A completion in which the goal is not reached."""
        return self.solver.find([negation(self.goal), *self.assumed, *wanted])

    def must_be_impossible(self, wanted: Sequence[Expr]) -> Context | None:
        """A choice under which no completion is consistent."""
        return chosen(self.solver, self.choice, negation(conjunction(*self.assumed)), (), wanted)


def _between(first: dt.date, last: dt.date) -> list[Expr]:
    """The conditions that the date lies between these, both included."""
    return [Compare(Order.LE, Const(first, Date()), Today()), Compare(Order.LE, Today(), Const(last, Date()))]


def _first(
    search: Callable[[Sequence[Expr]], Context | None], first: dt.date, last: dt.date
) -> dt.date | None:
    """The first date between these two on which ``search`` finds something; None: on none."""
    found = search(_between(first, last)) if first <= last else None
    if found is None:
        return None
    low, high = first, found.today
    while low < high:
        middle = low + (high - low) // 2
        earlier = search(_between(low, middle))
        low, high = (middle + _DAY, high) if earlier is None else (low, earlier.today)
    return high
