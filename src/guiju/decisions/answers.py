"""The answer to one topic: the verdict, the norms it rests on and why they apply, and what would differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from attrs import evolve, field, frozen

from guiju.compiler import resolve as reference
from guiju.compiler import verdicts
from guiju.compiler.combining import combined
from guiju.compiler.evaluate import UNKNOWN
from guiju.compiler.kernel import (
    BarEnd,
    Case,
    Corpus,
    DueBy,
    DueWithin,
    Expr,
    MayDo,
    Modality,
    Norm,
    Question,
    Recurs,
    Span,
    Today,
    WhichValue,
    binds,
)
from guiju.compiler.resolve import EvaluatedAnswer, EvaluatedPosition, EvaluatedSpan
from guiju.compiler.verdicts import Verdict
from guiju.decisions import provisional
from guiju.decisions.alternatives import alternatives
from guiju.decisions.decision import (
    Apart,
    Cited,
    Clash,
    Defeated,
    Ground,
    TopicAnswer,
    Value,
    Window,
)
from guiju.decisions.engine import Asked, Compiled, Engine, Said
from guiju.decisions.resting import is_provisional
from guiju.decisions.topics import Topic
from guiju.decisions.values import shown


@frozen
class _Spans:
    """The window or term that a norm gives, and the one that prevails over it: itself where none does.

    ``norm`` and ``winner``: the ids of the norms. ``fixed``: up to a day that the text names; two such terms
    for one act both bind, the earlier first.
    """

    norm: str
    own: EvaluatedSpan
    winner: str
    prevailing: EvaluatedSpan
    fixed: bool


@frozen(eq=False)
class Answering:
    """One topic, asked of one case."""

    engine: Engine
    topic: Topic
    case: Case
    asked: Asked
    compiled: Compiled = field(init=False)
    _said: dict[tuple[Question, tuple[str, ...]], Said] = field(factory=dict, init=False)
    _grounds: dict[str, Ground] = field(factory=dict, init=False)
    _spans: dict[tuple[str, ...], dict[tuple[str, str], _Spans]] = field(factory=dict, init=False)
    _moved: dict[tuple[str, ...], frozenset[str]] = field(factory=dict, init=False)
    _published: list[Answering] = field(factory=list, init=False)

    @compiled.default
    def _of_topic(self) -> Compiled:
        """The norms of the topic."""
        return self.engine.topic(self.topic.name)

    def said(self, question: Question | None = None, asked: Asked | None = None) -> Said:
        """What the norms say to ``question``; by default to that of the verdict.

        ``asked`` differs from what was asked in nothing but readings.
        """
        here = asked or self.asked
        about = question or self.topic.question
        key = (about, self._chosen(here))
        found = self._said.get(key)
        if found is None:
            found = self._said[key] = self.engine.said(about, self.compiled, self.case, here)
        return found

    def published(self) -> Answering:
        """The same asked by the published working days only; itself where nothing counts any others."""
        if not self._published:
            moves = bool(self.moving()) or any(map(self.moves, self.compiled.terms_in_workdays))
            only = evolve(self.asked, published_only=True)
            self._published.append(evolve(self, asked=only) if moves else self)
        return self._published[0]

    def moving(self, asked: Asked | None = None) -> frozenset[str]:
        """The norms of which it may still change that they apply, as a calendar that is missing turns out."""
        if not self.compiled.in_workdays:
            return frozenset()
        here = asked or self.asked
        key = self._chosen(here)
        found = self._moved.get(key)
        if found is None:
            said = (self.said(question, here) for question in self.compiled.by_question)
            moving = (self.engine.moving(each, self.compiled, self.case, here) for each in said)
            found = self._moved[key] = frozenset(chain.from_iterable(moving))
        return found

    def moves(self, term: Expr, asked: Asked | None = None) -> bool:
        """Whether the value of ``term`` may change, as a calendar that is missing turns out."""
        context = (asked or self.asked).context(self.case)
        return provisional.value_may_change(term, self.engine.frame, context)

    def answer(self) -> TopicAnswer:
        """The answer, without what the solver could add where facts are unknown."""
        corpus, compiled = self.engine.frame, self.compiled
        main = self.said()
        resolution = main.resolution
        verdict = verdicts.verdict(resolution, compiled.norms)
        resting = verdicts.grounds(resolution, compiled.norms, verdict)
        positions = dict(resolution.standing)
        grounds = tuple(self.ground(compiled.norms[id_], positions[id_]) for id_ in resting)
        rest = tuple(
            self.ground(compiled.norms[id_], p) for id_, p in positions.items() if id_ not in resting
        )
        others, explored = alternatives(self)
        until, without_end = until_of(grounds) if verdict is Verdict.INELIGIBLE else (None, False)
        return TopicAnswer(
            topic=self.topic.name,
            verdict=verdict,
            basis=self._basis(positions) if verdict is Verdict.ELIGIBLE else "",
            grounds=grounds,
            others=rest,
            defeated=tuple(self._defeated(main)),
            conflicts=tuple(self._clashes(main)),
            values=() if verdict is Verdict.UNDETERMINED else self.values(positions.values()),
            until=until,
            without_end=without_end,
            apart=self._apart(main, verdict),
            alternatives=others,
            readings_explored=explored,
            undetermined=tuple(cited(compiled.norms[id_], corpus) for id_ in resolution.undetermined),
            gap=resolution.gap,
            provisional=is_provisional(self, self.asked, resting),
        )

    def ground(self, norm: Norm, position: EvaluatedPosition) -> Ground:
        """Why ``norm``, which stands with ``position``, applies."""
        found = self._grounds.get(norm.id)
        if found is None:
            found = self._grounds[norm.id] = self._ground(norm, position)
        return found

    def _ground(self, norm: Norm, position: EvaluatedPosition) -> Ground:
        frame = self.engine.frame
        why = self.engine.because(norm, self.compiled, self.case, self.asked)
        return Ground(
            cited=cited(norm, frame),
            position=_position(position, norm.question),
            value=self._value(position),
            strength=norm.strength,
            standing=norm.standing,
            window=self.window(norm, BarEnd),
            because={name: self._fact(name) for name in why.names},
            readings={name: self.asked.readings[name] for name in why.readings},
            judgements=tuple(n for n in why.names if n in frame.facts and frame.facts[n].judgement),
            doubts=self.engine.artifact.head.doubts.get(norm.id, ()),
        )

    def window(self, norm: Norm, kind: type[BarEnd] | type[DueBy]) -> Window | None:
        """The window that the rule of ``norm`` gives to the same deed; of terms, the one that prevails."""
        found = self.spans_of(self.asked).get((kind.__name__, norm.rule))
        if found is None:
            return None
        id_, span = (found.winner, found.prevailing) if kind is DueBy else (found.norm, found.own)
        first = None if found.fixed else span.start
        moves = self._may_move(id_)
        if kind is DueBy and not moves:
            moves = any(self._may_prevail(each, found.norm) for each in self.moving())
        return Window.of(first, span.end, moves)

    def term_is_open(self, norm: Norm) -> bool:
        """Whether the case leaves open which term the rule of ``norm`` gives, or another in its place."""
        asked = (question for question in self.compiled.by_question if isinstance(question, DueBy))
        open_ = {id_ for question in asked for id_ in self.said(question).resolution.undetermined}
        return bool(open_) and not open_.isdisjoint(self._terms_of(norm))

    def term_moves(self, norm: Norm) -> bool:
        """Whether that term, or how often the duty recurs, may change with a calendar that is missing."""
        moving = self.moving()
        return bool(moving) and not moving.isdisjoint(self._terms_of(norm))

    def spans_of(self, asked: Asked) -> dict[tuple[str, str], _Spans]:
        """The windows and terms that apply, by kind of question and rule."""
        chosen = self._chosen(asked)
        found = self._spans.get(chosen)
        if found is None:
            found = self._spans[chosen] = {}
            for question in self.compiled.by_question:
                if isinstance(question, BarEnd | DueBy):
                    said = self.said(question, asked)
                    winners = {loser: defeat.winner for loser, defeat in said.resolution.defeated}
                    for id_, own in said.taken.items():
                        fixed = self._is_fixed(id_)
                        winner = id_ if fixed else winners.get(id_, id_)
                        prevailing = said.taken[winner]
                        assert isinstance(own, EvaluatedSpan)
                        assert isinstance(prevailing, EvaluatedSpan)
                        rule = self.compiled.norms[id_].rule
                        found[type(question).__name__, rule] = _Spans(id_, own, winner, prevailing, fixed)
        return found

    def binding(self, question: Question) -> Iterator[Norm]:
        """The norms on ``question`` that bind at the place."""
        for norm in self.compiled.by_question.get(question, ()):
            if binds(norm) and self.engine.frame.within(self.asked.at, norm.territory):
                yield norm

    # --- Details

    def _terms_of(self, norm: Norm) -> set[str]:
        """The norms that give the terms of the rule of ``norm``, and those that would prevail over them."""
        asked = (q for q in self.compiled.by_question if isinstance(q, DueBy | DueWithin | Recurs))
        given = [each for question in asked for each in self.compiled.by_question[question]]
        own = {each.id for each in given if each.rule == norm.rule}
        return own | {each.id for each in given for id_ in own if self._may_prevail(each.id, id_)}

    def _may_prevail(self, winner: str, loser: str) -> bool:
        """Whether the term that one norm gives would take the place of another's."""
        return (winner, loser) in self.engine.artifact.head.defeats and not self._is_fixed(loser)

    def _chosen(self, asked: Asked) -> tuple[str, ...]:
        """The choices for the readings that the topic knows."""
        return tuple(asked.readings[name] for name in self.compiled.readings)

    def _is_fixed(self, id_: str) -> bool:
        """Whether a norm gives a day that the text names, counted from no event."""
        position = self.compiled.norms[id_].position
        return isinstance(position, Span) and position.start == Today()

    def _may_move(self, id_: str) -> bool:
        """Whether the days that a norm gives rest on a year whose working days are not published."""
        return id_ in self.compiled.in_workdays and provisional.position_may_change(
            self.compiled.norms[id_], self.engine.frame, self.asked.context(self.case)
        )

    def _basis(self, standing: Mapping[str, EvaluatedPosition]) -> str:
        """What it rests on that nothing forbids."""
        if any(position is Modality.PERMITTED for position in standing.values()):
            return "permitted"
        # A law date that the case does not give (nothing happened that the norm is about) is the day asked
        # about.
        context = self.asked.context(self.case)
        today = evolve(context, law_date=context.law_date or context.today)
        frame = self.engine.frame
        here = self.binding(self.topic.question)
        known = ((norm, reference.in_force(norm, frame, context)) for norm in here)
        in_force = any(
            reference.in_force(norm, frame, today) if force is UNKNOWN else force for norm, force in known
        )
        return "not_forbidden" if in_force else "no_rule"

    def _clashes(self, main: Said) -> Iterator[Clash]:
        for one, other in main.resolution.conflicts:
            yield self._clash(one, other, "position")
        for question in self.compiled.by_question:
            if not isinstance(question, MayDo | WhichValue):
                said = self.said(question)
                for one, other in said.resolution.conflicts:
                    if not (self._is_fixed(one) and self._is_fixed(other)):
                        yield self._clash(one, other, "window")

    def _clash(self, one: str, other: str, about: str) -> Clash:
        norms, frame = self.compiled.norms, self.engine.frame
        return Clash(cited(norms[one], frame), cited(norms[other], frame), about)

    def _defeated(self, main: Said) -> Iterator[Defeated]:
        yield from self._losers(main)
        for question in self.compiled.by_question:
            if isinstance(question, BarEnd | DueBy):
                yield from self._losers(self.said(question))

    def _losers(self, said: Said) -> Iterator[Defeated]:
        norms, frame = self.compiled.norms, self.engine.frame
        for loser, defeat in said.resolution.defeated:
            if self._is_fixed(loser) and self._is_fixed(defeat.winner):
                continue
            position = said.taken[loser]
            window: Window | None = None
            if isinstance(position, EvaluatedSpan):
                first = None if self._is_fixed(loser) else position.start
                window = Window.of(first, position.end, self._may_move(loser))
            yield Defeated(
                cited=cited(norms[loser], frame),
                position=_position(position, norms[loser].question),
                by=cited(norms[defeat.winner], frame),
                doctrine=defeat.doctrine.value,
                grade=defeat.grade.value,
                basis=defeat.basis,
                value=self._value(position),
                window=window,
            )

    def values(self, standing: Iterable[EvaluatedPosition]) -> tuple[Value | None, ...]:
        """Of an outcome, what the answers that stand come to."""
        if self.topic.outcome is None:
            return ()
        found = combined(standing, self.topic.question, self.engine.frame)
        return tuple(self._value(each) for each in found)

    def _apart(self, main: Said, verdict: Verdict) -> Mapping[str, Apart]:
        """Instruments whose own norms, without the others, come to another answer."""
        by_instrument: dict[str, list[str]] = {}
        for id_ in main.taken:
            by_instrument.setdefault(self.compiled.norms[id_].instrument, []).append(id_)
        if len(by_instrument) < 2 or main.resolution.undetermined:
            return {}
        together = Apart(verdict, self.values(dict(main.resolution.standing).values()))
        alone = {name: self._alone(ids, main) for name, ids in by_instrument.items()}
        return {name: each for name, each in alone.items() if each != together}

    def _alone(self, ids: list[str], main: Said) -> Apart:
        norms, question = self.compiled.norms, self.topic.question
        taken = {id_: main.taken[id_] for id_ in ids}
        combination = self.engine.frame.combination(question)
        found = reference.settled(norms, taken, self.engine.artifact.head.defeats, combination)
        standing = [(norms[id_], position) for id_, position in found.standing.items()]
        verdict = verdicts.of_standing(question, standing, bool(found.conflicts))
        return Apart(verdict, self.values(found.standing.values()))

    def _value(self, position: EvaluatedPosition) -> Value | None:
        if not isinstance(position, EvaluatedAnswer) or position.value is None:
            return None
        outcome = self.topic.outcome
        type_ = self.engine.frame.outcomes[outcome].type if outcome is not None else None
        return shown(position.value, type_)

    def _fact(self, name: str) -> Value:
        """What the case says of a fact; of a record, how many rows it has."""
        if name in self.case.records:
            return len(self.case.records[name])
        return shown(self.case.facts[name], self.engine.frame.facts[name].type)


def cited(norm: Norm, frame: Corpus) -> Cited:
    """``norm`` as a reader finds it."""
    return Cited(norm.id, norm.instrument, frame.instruments[norm.instrument].title, norm.citations)


def _position(position: EvaluatedPosition, question: Question) -> str:
    match position:
        case Modality():
            return position.value
        case EvaluatedSpan():
            return "window" if isinstance(question, BarEnd) else "term"
        case EvaluatedAnswer():
            return "value"


def until_of(grounds: tuple[Ground, ...]) -> tuple[dt.date | None, bool]:
    """The last day of the bar that ends last, if every bar has an end; and whether one is without end."""
    windows = [ground.window for ground in grounds]
    without_end = any(window is not None and window.last is None for window in windows)
    ends = [window.last for window in windows if window is not None and window.last is not None]
    if without_end or len(ends) < len(windows) or not ends:
        return None, without_end
    return max(ends), False
