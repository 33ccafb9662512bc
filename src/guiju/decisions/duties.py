"""Duties and how they stand: by when each is due, whether it was done, and in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import product

from attrs import evolve, frozen

from guiju.compiler.evaluate import UNDEFINED, UNKNOWN, Truth
from guiju.compiler.kernel import Action, DueBy, DueWithin, Expr, MayDo, Modality, Norm, Recurs, Value
from guiju.compiler.resolve import EvaluatedAnswer, EvaluatedPosition
from guiju.decisions.answers import Answering
from guiju.decisions.decision import Duty, DutyStatus, Ground, Window


@frozen(eq=False)
class Standing:
    """A norm of a topic that stands in the case, with its position."""

    asking: Answering
    norm: Norm
    position: EvaluatedPosition

    @property
    def ground(self) -> Ground:
        """Why it applies."""
        return self.asking.ground(self.norm, self.position)

    @property
    def is_certain(self) -> bool:
        """Whether it stands with that position whatever working days are yet to be published."""
        sure = self.asking.published()
        return sure is self.asking or any(id_ == self.norm.id for id_, _ in sure.said().resolution.standing)

    def holds(self, condition: Expr) -> Truth:
        """Whether a condition of the corpus holds in the case."""
        return self.asking.engine.holds(condition, self.asking.case, self.asking.asked)


def standing(asked: Iterable[Answering]) -> list[Standing]:
    """The norms that stand on the question of each topic's verdict."""
    return [
        Standing(each, each.compiled.norms[id_], position)
        for each in asked
        for id_, position in each.said().resolution.standing
    ]


def duties(found: Iterable[Standing]) -> Iterator[Duty]:
    """What somebody must do, and how that stands."""
    for each in found:
        if each.position is Modality.OBLIGED:
            yield _duty(each)


def open_duties(asking: Answering) -> Iterator[Duty]:
    """The duties of which the case does not tell whether they are there."""
    for id_ in asking.said().resolution.undetermined:
        norm = asking.compiled.norms[id_]
        if norm.position is Modality.OBLIGED:
            ground, moves = asking.ground(norm, norm.position), id_ in asking.moving()
            yield Duty(asking.topic.name, ground, DutyStatus.UNDETERMINED, provisional=moves)


def _duty(each: Standing) -> Duty:
    asking, norm = each.asking, each.norm
    conduct, hours = _conduct(each), _hours(each)
    status = _status(each, conduct)
    moves = _may_change(each, conduct, status)
    if hours is not None and status is DutyStatus.DUE:
        status = DutyStatus.UNDETERMINED  # there are no times of day: a term in hours may be over
    return Duty(
        topic=asking.topic.name,
        ground=each.ground,
        status=status,
        due=asking.window(norm, DueBy),
        hours=hours,
        every=_every(each),
        done_on=conduct.done_on,
        provisional=moves,
    )


def _may_change(each: Standing, conduct: _Conduct, status: DutyStatus) -> bool:
    """Whether what is said of a duty may change with a calendar that is published later."""
    asking = each.asking
    sure = evolve(each, asking=asking.published())
    if sure.asking is asking:
        return False
    if not each.is_certain or asking.term_moves(each.norm):
        return True
    then = _conduct(sure)
    if status is DutyStatus.UNDETERMINED:  # what is undetermined by both may yet be settled
        action = _action(each)
        told = (term for term in (action.done, action.undone, action.done_on) if term is not None)
        return any(map(asking.moves, told))
    return then.done_on != conduct.done_on or _status(sure, then) is not status


@frozen
class _Conduct:
    """What the case shows of the act that a duty is about.

    ``done``: whether it was done by the day that is asked about; None where the corpus has no fact for that.
    ``undone``: whether it was left undone. ``done_on``: the day on which it is done, if the case tells.
    """

    done: Truth | None
    undone: Truth
    done_on: dt.date | None = None

    def possible(self) -> set[tuple[bool | None, bool]]:
        """What both may turn out to be. They are contraries: only a case that gives both can have both."""
        done = (None,) if self.done is None else _either(self.done)
        every = set(product(done, _either(self.undone)))
        return every if len(every) == 1 else every - {(True, True)}


def _conduct(each: Standing) -> _Conduct:
    action = _action(each)
    done = None if action.done is None else each.holds(action.done)
    undone: Truth = False if action.undone is None else each.holds(action.undone)
    if action.done_on is None or done is False:
        return _Conduct(done, undone)
    asking = each.asking
    found = asking.engine.value(action.done_on, asking.case, asking.asked)
    day = found if isinstance(found, dt.date) else None
    is_later = day is not None and day > asking.asked.on
    by_then = False if found is UNDEFINED or is_later else done
    return _Conduct(by_then, undone, day if done is True else None)


def _status(each: Standing, conduct: _Conduct) -> DutyStatus:
    """How the duty stands, whatever the unknown turns out to be; undetermined where that depends on it."""
    asking = each.asking
    if asking.term_is_open(each.norm):
        return DutyStatus.UNDETERMINED
    window, today = asking.window(each.norm, DueBy), asking.asked.on
    every = {_settled(*known, conduct.done_on, window, today) for known in conduct.possible()}
    return every.pop() if len(every) == 1 else DutyStatus.UNDETERMINED


def _settled(
    done: bool | None, undone: bool, done_on: dt.date | None, window: Window | None, today: dt.date
) -> DutyStatus:
    """How a duty stands of which it is known whether it was done, as far as the corpus can tell."""
    last = None if window is None else window.last
    is_past = last is not None and today > last
    if done:
        if last is None or not (is_past or done_on):
            return DutyStatus.COMPLIED
        if done_on is None:
            return DutyStatus.UNDETERMINED
        return DutyStatus.COMPLIED if done_on <= last else DutyStatus.LATE
    if is_past:
        return DutyStatus.UNDETERMINED if done is None and not undone else DutyStatus.VIOLATED
    if undone and last is None:
        return DutyStatus.VIOLATED
    if window is not None and window.first is not None and today < window.first:
        return DutyStatus.NOT_DUE
    return DutyStatus.DUE


def _either(truth: Truth) -> tuple[bool, ...]:
    """What ``truth`` may turn out to be."""
    return (True, False) if truth is UNKNOWN else (truth,)


def _hours(each: Standing) -> int | None:
    found = _own_answer(each, DueWithin)
    return found[1] if found is not None and isinstance(found[1], int) else None


def _every(each: Standing) -> str | None:
    found = _own_answer(each, Recurs)
    if found is None:
        return None
    question, value = found
    assert isinstance(question, Recurs)
    return f"{value} {question.unit}"


def _own_answer(
    each: Standing, kind: type[DueWithin] | type[Recurs]
) -> tuple[DueWithin | Recurs, Value] | None:
    """What the rule of the duty itself says to another question on the same deed, if that stands."""
    asking = each.asking
    for question in asking.compiled.by_question:
        if not isinstance(question, kind):
            continue
        for id_, answer in asking.said(question).resolution.standing:
            own = asking.compiled.norms[id_].rule == each.norm.rule
            if own and isinstance(answer, EvaluatedAnswer) and answer.value is not None:
                return question, answer.value
    return None


def _action(each: Standing) -> Action:
    question = each.norm.question
    assert isinstance(question, MayDo)
    return each.asking.engine.frame.actions[question.deed.action]
