"""Duties and how they stand, the norms that the case breaks, and the sanctions that it draws.

A norm is broken where it stands, applies, and its action shows that it was not kept: a duty by its due
date, a ban at once. A sanction answers a violation when it applies because of a fact that would have to be
otherwise for the norm to be kept; a violation that no sanction answers is still one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from attrs import frozen

from guiju.checker import sanctions, violations
from guiju.compiler.evaluate import UNDEFINED, UNKNOWN, Truth
from guiju.compiler.kernel import Action, DueBy, DueWithin, Expr, MayDo, Modality, Norm, Recurs, Value
from guiju.compiler.resolve import EvaluatedAnswer, EvaluatedPosition
from guiju.decisions.answers import Answering
from guiju.decisions.decision import Duty, DutyStatus, Ground, Sanction, Violation, Window


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


def drawn(found: Iterable[Standing]) -> Iterator[Sanction]:
    """The sanctions among the norms that stand."""
    for each in found:
        if sanctions.is_sanction(each.norm, each.asking.engine.frame):
            yield Sanction(each.asking.topic.name, each.ground)


def broken(
    found: Iterable[Standing], owed: Iterable[Duty], sanctioned: Iterable[Sanction]
) -> Iterator[Violation]:
    """The norms that the case breaks, each with the sanctions that answer it."""
    missed = {
        duty.ground.cited.norm for duty in owed if duty.status in (DutyStatus.VIOLATED, DutyStatus.LATE)
    }
    answers = list(sanctioned)
    for each in found:
        frame = each.asking.engine.frame
        if not violations.is_duty(each.norm, frame):
            continue
        if each.position is Modality.OBLIGED:
            is_broken = each.norm.id in missed
        else:
            breach = violations.breach(each.norm, frame)
            is_broken = breach is not None and _holds(each, breach) is True
        if is_broken:
            about = violations.facts_of(each.norm, frame)
            drawing = [s.ground.cited.norm for s in answers if about & set(s.ground.because)]
            yield Violation(each.asking.topic.name, each.ground, tuple(drawing))


def _duty(each: Standing) -> Duty:
    asking, norm = each.asking, each.norm
    window = asking.window(norm, DueBy)
    performed, done_on = _performed(each)
    return Duty(
        topic=asking.topic.name,
        ground=each.ground,
        status=_status(each, window, performed, done_on),
        due=window,
        hours=_hours(each),
        every=_every(each),
        done_on=done_on,
    )


def _performed(each: Standing) -> tuple[Truth, dt.date | None]:
    """Whether the case shows that the duty was done, and on which day if it tells."""
    action = _action(each)
    done: Truth = UNKNOWN if action.done is None else _holds(each, action.done)
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
    if performed is False and (past or _left_undone(each)):
        return DutyStatus.VIOLATED
    if past:
        return DutyStatus.UNDETERMINED
    if window is not None and today < window.first:
        return DutyStatus.NOT_DUE
    return DutyStatus.DUE


def _left_undone(each: Standing) -> bool:
    undone = _action(each).undone
    return undone is not None and _holds(each, undone) is True


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
        said = asking.engine.said(question, asking.compiled, asking.case, asking.asked)
        for id_, answer in said.resolution.standing:
            own = asking.compiled.norms[id_].rule == each.norm.rule
            if own and isinstance(answer, EvaluatedAnswer) and answer.value is not None:
                return question, answer.value
    return None


def _action(each: Standing) -> Action:
    question = each.norm.question
    assert isinstance(question, MayDo)
    return each.asking.engine.frame.actions[question.deed.action]


def _holds(each: Standing, condition: Expr) -> Truth:
    asking = each.asking
    return asking.engine.holds(condition, asking.case, asking.asked)
