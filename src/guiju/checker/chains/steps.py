"""Steps: what somebody must or may do, to whom it is handed, what sets it going and what it brings about.

An act brings about what its action is declared to show: the facts of ``done``, the date of ``done_on``, the
rows that it ``leaves``. A step is set going by the facts that its guard, its term and its law date ask for.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable
from functools import reduce

from attrs import field, frozen

from guiju.checker.sanctions import mentioned
from guiju.compiler.kernel import (
    Action,
    And,
    Answer,
    AtLeast,
    Const,
    Corpus,
    Deed,
    DueBy,
    DueWithin,
    Expr,
    FactRef,
    HandOver,
    MayDo,
    Modality,
    Norm,
    Not,
    Or,
    Recurs,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    Span,
    binds,
)


class Unit(enum.Enum):
    """What a term is counted in."""

    HOURS = "hours"
    DAYS = "days"
    WORKDAYS = "workdays"
    MONTHS = "months"


@frozen
class Term:
    """By when a step is due: ``amount`` units after ``start``.

    ``amount`` is None where the case decides how long it is; ``start`` is None where the text does not say
    from when it runs.
    """

    start: Expr | None
    amount: int | None
    unit: Unit

    @property
    def lengths(self) -> tuple[tuple[int, Unit], ...]:
        """What is counted one after the other from the event on: ``start`` may itself lie after that."""
        own = () if self.amount is None else ((self.amount, self.unit),)
        return (*(() if self.start is None else _shifts(self.start)), *own)


@frozen
class Step:
    """An act that a rule demands or allows.

    Attributes:
        norm: The norm that does so; its position is OBLIGED or PERMITTED.
        to: Who it is handed to. ``copy``: who gets a copy.
        unaddressed: The text demands a recipient and names none.
        term: By when, counted from an event; None where nothing says so. ``further``: other terms of it.
        by_day: It is due by a day that the text or the case names, counted from no event.
        due: That day, where the text names it.
        recurring: It recurs.
        brings: The facts and records that hold once it is done; a date of it is known then.
        ends: The facts that no longer hold then.
        needs: The facts and records that set it going by holding, or by what they are.
        shuns: The facts that set it going by not holding.
    """

    norm: Norm
    to: tuple[str, ...] = ()
    copy: tuple[str, ...] = ()
    unaddressed: bool = False
    term: Term | None = None
    further: tuple[Term, ...] = ()
    by_day: bool = False
    due: dt.date | None = None
    recurring: bool = False
    brings: frozenset[str] = field(default=frozenset(), eq=False)
    ends: frozenset[str] = field(default=frozenset(), eq=False)
    needs: frozenset[str] = field(default=frozenset(), eq=False)
    shuns: frozenset[str] = field(default=frozenset(), eq=False)

    @property
    def deed(self) -> Deed:
        """Who does what."""
        question = self.norm.question
        assert isinstance(question, MayDo)
        return question.deed

    @property
    def bearer(self) -> str:
        """Who acts; empty where the text does not say."""
        return self.deed.bearer

    @property
    def obliged(self) -> bool:
        """Whether it must be done."""
        return self.norm.position is Modality.OBLIGED

    @property
    def hands_over(self) -> bool:
        """Whether something goes to somebody, named or not."""
        return bool(self.to or self.copy or self.unaddressed)

    @property
    def terms(self) -> tuple[Term, ...]:
        """All its terms."""
        return (*(() if self.term is None else (self.term,)), *self.further)

    @property
    def dates(self) -> frozenset[str]:
        """The facts that its law date and its terms are counted from."""
        return mentioned([self.norm.law_date, *(each.start for each in self.terms if each.start is not None)])


def steps(corpus: Corpus) -> tuple[Step, ...]:
    """The steps of ``corpus``, in the order of its norms; what does not bind is none."""
    handed: dict[tuple[str, Deed], list[HandOver]] = {}
    for each in corpus.hand_overs:
        handed.setdefault((each.rule, each.deed), []).append(each)
    timing: dict[tuple[str, Deed], list[Norm]] = {}
    for norm in corpus.norms:
        if isinstance(norm.question, DueBy | DueWithin | Recurs):
            timing.setdefault((norm.rule, norm.question.deed), []).append(norm)
    found = []
    for norm in corpus.norms:
        if binds(norm) and isinstance(norm.question, MayDo) and norm.position is not Modality.FORBIDDEN:
            key = (norm.rule, norm.question.deed)
            found.append(_step(norm, handed.get(key, ()), timing.get(key, ()), corpus))
    return tuple(found)


def brought_about(action: Action) -> Signs:
    """The facts and records that hold once it was done, and the facts that do not."""
    found = signs(action.done) if action.done is not None else Signs()
    dated = mentioned([action.done_on] if action.done_on is not None else [])
    left = frozenset({action.leaves.record} if action.leaves is not None else ())
    return Signs(found.holding | dated | left, found.failing)


@frozen
class Signs:
    """Facts and records that make a condition hold by holding, and facts that do by not holding."""

    holding: frozenset[str] = frozenset()
    failing: frozenset[str] = frozenset()

    def __or__(self, other: Signs) -> Signs:
        return Signs(self.holding | other.holding, self.failing | other.failing)

    @property
    def denied(self) -> Signs:
        """Those of the contrary."""
        return Signs(self.failing, self.holding)


def signs(condition: Expr) -> Signs:
    """What makes ``condition`` hold; a fact that is compared does both, a record does where rows count."""
    match condition:
        case FactRef(name):
            return Signs(frozenset({name}))
        case Not(arg):
            return signs(arg).denied
        case And(args) | Or(args):
            return reduce(Signs.__or__, map(signs, args), Signs())
        case AtLeast(record=record, where=where):
            asked = mentioned([where])
            return Signs(asked | {record}, asked)
        case _:
            asked = mentioned([condition])
            return Signs(asked, asked)


def same_body(one: str, other: str, corpus: Corpus) -> bool:
    """Whether two authorities are one, or departments of one."""
    return body(one, corpus) == body(other, corpus)


def body(name: str, corpus: Corpus) -> str:
    """The authority whose department ``name`` is, in the end; ``name`` itself where it is none."""
    known = corpus.authorities.get(name)
    above = known.department_of if known is not None else None
    return name if above is None else body(above, corpus)


def _step(norm: Norm, handed: Iterable[HandOver], timing: Iterable[Norm], corpus: Corpus) -> Step:
    assert isinstance(norm.question, MayDo)
    handed, timing = list(handed), list(timing)
    terms = dict.fromkeys(term for each in timing if (term := _term(each)) is not None)
    term, *further = terms or (None,)
    dated = [norm.law_date, *(each.start for each in terms if each.start is not None)]
    asked = signs(norm.guard) | Signs(mentioned(dated))
    brought = brought_about(corpus.actions[norm.question.deed.action])
    return Step(
        norm=norm,
        to=tuple(dict.fromkeys(name for each in handed for name in each.to)),
        copy=tuple(dict.fromkeys(name for each in handed for name in each.copy)),
        unaddressed=any(not each.to and not each.copy for each in handed),
        term=term,
        further=tuple(further),
        by_day=any(isinstance(each.question, DueBy) and _term(each) is None for each in timing),
        due=min((day for each in timing if (day := _day(each)) is not None), default=None),
        recurring=any(isinstance(each.question, Recurs) for each in timing),
        brings=brought.holding,
        ends=brought.failing,
        needs=asked.holding,
        shuns=asked.failing,
    )


def _day(norm: Norm) -> dt.date | None:
    """The day that the text names as the last one, if it does."""
    match norm.question, norm.position:
        case DueBy(), Span(_, Const(dt.date() as day, _)):
            return day
        case _:
            return None


def _term(norm: Norm) -> Term | None:
    """The term that a norm on a deadline gives, if it is counted from an event."""
    match norm.question, norm.position:
        case DueBy(), Span(start, end) if mentioned([start]):
            amount, unit = _length(end)
            return Term(start, amount, unit)
        case DueBy(), Span(_, ShiftDays(start) | ShiftMonths(start) | ShiftWorkdays(start) as end) if (
            mentioned([start]) and (_length(end)[0] or 0) > 0
        ):
            amount, unit = _length(end)
            return Term(start, amount, unit)
        case DueWithin(), Answer(Const(int(hours), _)):
            return Term(norm.law_date if mentioned([norm.law_date]) else None, hours, Unit.HOURS)
        case DueWithin(), _:
            return Term(None, None, Unit.HOURS)
        case _:
            return None


def _shifts(day: Expr) -> tuple[tuple[int, Unit], ...]:
    """The lengths of a fixed size by which ``day`` lies after what it is counted from."""
    match day:
        case ShiftWorkdays(arg, _) | ShiftMonths(arg, _) | ShiftDays(arg, _):
            amount, unit = _length(day)
            return _shifts(arg) if amount is None else (*_shifts(arg), (amount, unit))
        case _:
            return ()


def _length(end: Expr) -> tuple[int | None, Unit]:
    match end:
        case ShiftWorkdays(_, Const(int(amount), _)):
            return amount, Unit.WORKDAYS
        case ShiftMonths(_, Const(int(amount), _)):
            return amount, Unit.MONTHS
        case ShiftDays(_, Const(int(amount), _)):
            return amount, Unit.DAYS
        case ShiftWorkdays():
            return None, Unit.WORKDAYS
        case ShiftMonths():
            return None, Unit.MONTHS
        case _:
            return None, Unit.DAYS
