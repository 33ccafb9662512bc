"""Duties and how they stand: by when each is due, whether it was done, and in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from attrs import frozen

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
            yield Duty(asking.topic.name, asking.ground(norm, norm.position), DutyStatus.UNDETERMINED)


def _duty(each: Standing) -> Duty:
    asking, norm = each.asking, each.norm
    window, hours = asking.window(norm, DueBy), _hours(each)
    performed, done_on = _performed(each)
    status = _status(each, window, performed, done_on)
    if hours is not None and status is DutyStatus.DUE:
        status = DutyStatus.UNDETERMINED  # there are no times of day: a term in hours may be over
    return Duty(
        topic=asking.topic.name,
        ground=each.ground,
        status=status,
        due=window,
        hours=hours,
        every=_every(each),
        done_on=done_on,
    )


def _performed(each: Standing) -> tuple[Truth, dt.date | None]:
    """Whether the case shows that the duty was done, and on which day if it tells."""
    action = _action(each)
    done: Truth = UNKNOWN if action.done is None else each.holds(action.done)
    if done is True and action.done_on is not None:
        asking = each.asking
        day = asking.engine.value(action.done_on, asking.case, asking.asked)
        return day is not UNDEFINED, day if isinstance(day, dt.date) else None
    if done is not True and _left_undone(each):
        return False, None
    return done, None


def _status(each: Standing, window: Window | None, performed: Truth, done_on: dt.date | None) -> DutyStatus:
    today = each.asking.asked.on
    if performed is True and done_on is not None and done_on > today:
        performed = False  # it will be done
    past = window is not None and window.last is not None and today > window.last
    if performed is True:
        if window is None or window.last is None or not (past or done_on):
            return DutyStatus.COMPLIED
        if done_on is None:
            return DutyStatus.UNDETERMINED
        return DutyStatus.COMPLIED if done_on <= window.last else DutyStatus.LATE
    dated = window is not None and window.last is not None
    if performed is False and (past or (not dated and _left_undone(each))):
        return DutyStatus.VIOLATED
    if past:
        return DutyStatus.UNDETERMINED
    if window is not None and window.first is not None and today < window.first:
        return DutyStatus.NOT_DUE
    return DutyStatus.DUE


def _left_undone(each: Standing) -> bool:
    undone = _action(each).undone
    return undone is not None and each.holds(undone) is True


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
