"""The norms that the case breaks, the sanctions that it draws, and which sanction answers which breach.

A norm is broken where it stands and its action shows that it was not kept: a duty by its due date, a ban at
once, where it stood on the day on which the act was done, if the case tells that day. Whether a sanction
answers a breach is tried out: it does if it stands when nothing else was done wrong, or if it falls whichever
way this breach is mended. A breach that no sanction answers is still one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve, frozen

from guiju.checker import sanctions, violations
from guiju.compiler.kernel import Case, Expr, MayDo, Modality, Norm, Strength, Value
from guiju.decisions import provisional
from guiju.decisions.answers import Answering
from guiju.decisions.decision import Duty, DutyStatus, Sanction, Violation
from guiju.decisions.duties import Standing, standing
from guiju.decisions.engine import Engine
from guiju.decisions.topics import mentions


def drawn(found: Iterable[Standing]) -> Iterator[Sanction]:
    """The sanctions among the norms that stand, and how firmly each does."""
    for each in found:
        if not sanctions.is_sanction(each.norm, each.asking.engine.frame):
            continue
        clashing = {id_ for pair in each.asking.said().resolution.conflicts for id_ in pair}
        strict = each.norm.strength is Strength.STRICT and each.position is not Modality.PERMITTED
        mode = "contested" if each.norm.id in clashing else "must" if strict else "may"
        yield Sanction(each.asking.topic.name, each.ground, mode, not each.is_certain or _may_clash(each))


def may_come(asking: Answering) -> bool:
    """Whether an act that breaks no ban by the plain week may do so by a calendar that is published later."""
    if asking.published() is asking:
        return False
    frame = asking.engine.frame
    for norm in asking.compiled.by_question.get(asking.topic.question, ()):
        if norm.position is Modality.FORBIDDEN and violations.is_duty(norm, frame):
            breach = violations.breach(norm, frame)
            if breach is not None and _may_be_broken(norm, breach, asking):
                return True
    return False


def broken(askings: Iterable[Answering], owed: Iterable[Duty]) -> Iterator[Violation]:
    """The norms that the case breaks, each with the sanctions of the whole corpus that answer it."""
    missed = {
        duty.ground.cited.norm: duty.provisional
        for duty in owed
        if duty.status in (DutyStatus.VIOLATED, DutyStatus.LATE)
    }
    for asking in askings:
        frame = asking.engine.frame
        for each in _standing_then(asking):
            if not violations.is_duty(each.norm, frame):
                continue
            breach = violations.breach(each.norm, frame)
            if each.position is Modality.OBLIGED:
                is_broken = each.norm.id in missed
            else:
                is_broken = breach is not None and each.holds(breach) is True
            if is_broken:
                about = violations.facts_of(each.norm, frame)
                answers = _Answers(asking, about, breach)
                moves = missed.get(each.norm.id) or _ban_moves(each, asking) or answers.may_change()
                yield Violation(asking.topic.name, each.ground, *answers.found(), bool(moves))


def _may_clash(each: Standing) -> bool:
    """Whether a norm that is yet to apply may contradict this one, which stands."""
    asking = each.asking
    context = asking.asked.context(asking.case)
    return any(
        provisional.may_disagree(each.norm, asking.compiled.norms[id_], asking.engine.frame, context)
        for id_ in asking.moving()
        if id_ != each.norm.id and asking.compiled.norms[id_].question == each.norm.question
    )


def _may_be_broken(norm: Norm, breach: Expr, asking: Answering) -> bool:
    """Whether it may change that the case does not break the ban ``norm``."""
    sure = asking.published()
    if sure.engine.holds(breach, sure.case, sure.asked) is False:
        return False
    if _day_of_the_act(sure) != _day_of_the_act(asking):
        return True
    here = _then(asking)
    if here is None:
        return False
    stands = any(id_ == norm.id for id_, _ in here.said().resolution.standing)
    return norm.id in here.moving() or (stands and asking.moves(breach))


def _ban_moves(each: Standing, asking: Answering) -> bool:
    """Whether it may change that the case breaks a ban, by which it is judged as ``each`` says."""
    if each.position is Modality.OBLIGED:
        return False
    sure = asking.published()
    breach = violations.breach(each.norm, asking.engine.frame)
    assert breach is not None
    return (
        not each.is_certain or _day_of_the_act(sure) != _day_of_the_act(asking) or each.asking.moves(breach)
    )


def _standing_then(asking: Answering) -> Iterator[Standing]:
    """The norms by which what was done is judged: duties as they stand, bans of the day of the act."""
    yield from (each for each in standing([asking]) if each.position is not Modality.FORBIDDEN)
    then = _then(asking)
    if then is not None:
        yield from (each for each in standing([then]) if each.position is Modality.FORBIDDEN)


def _then(asking: Answering) -> Answering | None:
    """The topic asked of the day of the act, if the case tells that; None where it is yet to be done."""
    day = _day_of_the_act(asking)
    if day is None or day == asking.asked.on:
        return asking
    if day > asking.asked.on:
        return None
    return Answering(asking.engine, asking.topic, asking.case, evolve(asking.asked, on=day))


def _day_of_the_act(asking: Answering) -> dt.date | None:
    question = asking.topic.question
    if not isinstance(question, MayDo):
        return None
    told = asking.engine.frame.actions[question.deed.action].done_on
    day = None if told is None else asking.engine.value(told, asking.case, asking.asked)
    return day if isinstance(day, dt.date) else None


@frozen(eq=False)
class _Answers:
    """Which sanctions answer a breach that is ``about`` these facts and holds where ``breach`` does."""

    asking: Answering
    about: frozenset[str]
    breach: Expr | None

    def found(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The sanctions that answer it, and those of which the case does not tell whether they apply."""
        answering: list[str] = []
        open_: list[str] = []
        for asking in self._elsewhere():
            frame = asking.engine.frame
            answering += (
                each.norm.id
                for each in standing([asking])
                if sanctions.is_sanction(each.norm, frame) and self._answered_by(each)
            )
            unsettled = (asking.compiled.norms[id_] for id_ in asking.said().resolution.undetermined)
            open_ += (
                norm.id
                for norm in unsettled
                if sanctions.is_sanction(norm, frame) and mentions(norm) & self.about
            )
        return tuple(answering), tuple(open_)

    def may_change(self) -> bool:
        """Whether they may be others once a calendar is published."""
        if not any(asking.compiled.counts_workdays for asking in (self.asking, *self._elsewhere())):
            return False
        only = evolve(self.asking.asked, published_only=True)
        found = self.found()
        if evolve(self, asking=evolve(self.asking, asked=only)).found() != found:
            return True
        return any(id_ in asking.moving() for asking in self._elsewhere() for id_ in found[1])

    def _elsewhere(self) -> Iterator[Answering]:
        """The topics on which a sanction may speak of these facts, asked of the same case."""
        engine = self.asking.engine
        for topic in engine.artifact.head.topics.values():
            if sanctions.of_a_sanction(topic.question, engine.frame):
                asking = Answering(engine, topic, self.asking.case, self.asking.asked)
                if asking.compiled.mentions & self.about:
                    yield asking

    def _answered_by(self, sanction: Standing) -> bool:
        asked_for = mentions(sanction.norm)
        if not asked_for & self.about:
            return False
        engine = self.asking.engine
        others = sanctions.conduct([sanction.norm.guard], engine.frame) - self.about
        case = sanction.asking.case
        if self._stands(sanction, _changed(case, _defaults(others, engine))):
            return True
        mended = list(self._mended(case))
        return bool(mended) and not any(self._stands(sanction, each) for each in mended)

    def _mended(self, case: Case) -> Iterator[Case]:
        """The case without the breach, each time by one fact otherwise."""
        for name in sorted(self.about):
            value = case.facts.get(name)
            if isinstance(value, bool) and self.breach is not None:
                other = _changed(case, {name: not value})
                if self.asking.engine.holds(self.breach, other, self.asking.asked) is False:
                    yield other

    def _stands(self, sanction: Standing, case: Case) -> bool:
        said = evolve(sanction.asking, case=case).said()
        return any(id_ == sanction.norm.id for id_, _ in said.resolution.standing)


def _defaults(names: Iterable[str], engine: Engine) -> dict[str, Value]:
    facts = engine.frame.facts
    return {n: d for n in names if n in facts and (d := facts[n].default) is not None}


def _changed(case: Case, values: Mapping[str, Value]) -> Case:
    return Case({**case.facts, **values}, case.records)
