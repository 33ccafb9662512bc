"""What the norms of a topic say to one case: by programs that are compiled when they are first needed.

A program is compiled for a question at a place, and kept; the choices for readings come with the case, so
that what is kept does not grow with what callers choose. Where it meets an unknown fact, it says in a
three-valued pass what can be said; the reference evaluator speaks only where a part that does not matter
leaves the calendar.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from attrs import define, evolve, field, frozen

from guiju.checker.published import counts_workdays
from guiju.checker.sanctions import mentioned
from guiju.compiler import resolve as reference
from guiju.compiler.days import OutOfCalendar
from guiju.compiler.evaluate import UNKNOWN, NonValue, Result, Truth, evaluate, truth
from guiju.compiler.kernel import Assumption, Case, Context, Corpus, Expr, Norm, Question, Value, WhichValue
from guiju.compiler.native import Kleene, Missing, Program, Setting, as_fact, compile_question, judging
from guiju.compiler.resolve import EvaluatedPosition, Resolution
from guiju.decisions.artifact import Artifact
from guiju.decisions.provisional import norm_may_change, terms_of
from guiju.decisions.topics import mentions

_Args = tuple[Mapping[str, Value], Mapping[str, tuple[Mapping[str, Value], ...]], dt.date, dt.date | None]


@frozen
class Asked:
    """When, where and how a case is looked at: everything of a context but the case.

    ``published_only``: working days of a year whose calendar is not published are unknown.
    """

    on: dt.date
    at: str
    readings: Mapping[str, str]  # complete
    law_date: dt.date | None = None
    published_only: bool = False

    def context(self, case: Case) -> Context:
        """The context of ``case``."""
        return Context(case, self.on, self.at, self.readings, self.law_date, self.published_only)

    def under(self, readings: Mapping[str, str]) -> Asked:
        """The same with some readings chosen otherwise."""
        return evolve(self, readings={**self.readings, **readings})


@frozen
class Said:
    """What the norms say to one question.

    Attributes:
        resolution: What applies, stands, conflicts.
        taken: The positions of the norms that apply, also of those that are defeated.
    """

    resolution: Resolution
    taken: Mapping[str, EvaluatedPosition]


@frozen
class Reasons:
    """What suffices for a norm to apply: facts and records, and readings as they are chosen."""

    names: tuple[str, ...]
    readings: tuple[str, ...]


@frozen(eq=False)
class Compiled:
    """The norms of one topic, and what they depend on.

    Attributes:
        norms: By id.
        by_question: The same by question.
        readings: The readings that some of them depends on.
        mentions: The facts and records that they ask for.
        defaults: The facts that have a default, of those and of what tells whether the act was done.
        records: The records, likewise.
        assumptions: Those that speak of what they ask for.
        in_workdays: The norms that count working days.
        terms_in_workdays: What else counts them: the domain of the outcome, and what tells whether, and when,
            the act was done.
    """

    norms: Mapping[str, Norm]
    by_question: Mapping[Question, tuple[Norm, ...]]
    readings: tuple[str, ...]
    mentions: frozenset[str]
    defaults: tuple[str, ...]
    records: tuple[str, ...]
    assumptions: tuple[Assumption, ...]
    in_workdays: frozenset[str]
    terms_in_workdays: tuple[Expr, ...]

    @property
    def counts_workdays(self) -> bool:
        """Whether anything that is said on the topic counts working days."""
        return bool(self.in_workdays or self.terms_in_workdays)


@define(eq=False)
class Engine:
    """Answers on one compiled corpus. What it keeps is only programs: any number of threads may ask it."""

    artifact: Artifact
    _topics: dict[str, Compiled] = field(factory=dict, init=False)
    _programs: dict[tuple[object, ...], Program] = field(factory=dict, init=False)
    _judges: dict[tuple[object, ...], Kleene] = field(factory=dict, init=False)

    @property
    def frame(self) -> Corpus:
        """The declarations of the corpus, without its norms."""
        return self.artifact.head.frame

    def topic(self, name: str) -> Compiled:
        """The norms of the topic called ``name``."""
        found = self._topics.get(name)
        if found is None:
            found = self._topics[name] = _compiled(self.artifact.norms(name), self.frame)
        return found

    def program(self, question: Question, topic: Compiled, asked: Asked) -> Program:
        """The program for ``question`` at that place under those readings: the fastest there is."""
        chosen = tuple(asked.readings[name] for name in topic.readings)
        return self._compiled(question, topic, asked, chosen, asked.readings)

    def said(self, question: Question, topic: Compiled, case: Case, asked: Asked) -> Said:
        """What the norms of ``topic`` say to ``question`` in ``case``.

        By the published working days only: which norms surely apply, and of these surely stand; no gap is
        claimed.
        """
        if asked.published_only:
            return self._certain(question, topic, case, asked)
        program = self._for_any_reading(question, topic, asked)
        args = (_with_readings(case, topic.readings, asked), case.records, asked.on, asked.law_date)
        try:
            resolution = program.resolve(*args)
        except Missing:
            try:
                resolution = program.incomplete(*args)
            except (Missing, OutOfCalendar):
                return self._by_reference(question, topic, case, asked)
        return Said(resolution, self._taken(program, resolution, args))

    def moving(self, said: Said, topic: Compiled, case: Case, asked: Asked) -> frozenset[str]:
        """The norms of which ``said`` may change with a calendar that is published later."""
        context = evolve(asked.context(case), published_only=False)
        open_ = said.resolution.undetermined
        return frozenset(
            norm.id
            for norm in topic.by_question.get(said.resolution.question, ())
            if norm.id in topic.in_workdays
            and norm_may_change(norm, self.frame, context, known=norm.id not in open_)
        )

    def readings_that_matter(self, topic: Compiled, case: Case, asked: Asked) -> tuple[str, ...]:
        """The readings that some answer of ``topic`` to this case may depend on, all others left open."""
        found: set[str] = set()
        for question in topic.by_question if topic.readings else ():
            program = self._for_any_reading(question, topic, asked)
            try:
                open_ = program.incomplete(case.facts, case.records, asked.on, asked.law_date).undetermined
            except (Missing, OutOfCalendar):
                return topic.readings
            found.update(name for id_ in open_ for name in topic.norms[id_].readings)
        return tuple(name for name in topic.readings if name in found)

    def because(self, norm: Norm, topic: Compiled, case: Case, asked: Asked) -> Reasons:
        """The facts, records and readings that suffice for ``norm``, which applies, to apply."""
        program = self._for_any_reading(norm.question, topic, asked)
        index = program.index[norm.id]
        facts = _with_readings(case, topic.readings, asked)
        try:
            names = program.because(index, facts, case.records, asked.on, asked.law_date)
        except Missing:
            # It applies whatever the unknown facts are: those that are known suffice.
            return Reasons(tuple(sorted(mentions(norm) & {*case.facts, *case.records})), norm.readings)
        chosen = {as_fact(name): name for name in topic.readings}
        return Reasons(
            tuple(name for name in names if name not in chosen),
            tuple(chosen[name] for name in names if name in chosen),
        )

    def holds(self, condition: Expr, case: Case, asked: Asked) -> Truth:
        """Whether a condition of the corpus holds in ``case``; unknown where the case does not tell."""
        return self.hold((condition,), case, asked)[0]

    def hold(self, conditions: tuple[Expr, ...], case: Case, asked: Asked) -> list[Truth]:
        """The same of several conditions at once."""
        if not conditions:
            return []
        if asked.published_only:
            return [truth(self._published(each, case, asked)) for each in conditions]
        key = (conditions, asked.at)
        found = self._judges.get(key)
        if found is None:
            found = self._judges[key] = judging(conditions, self.frame, Setting(asked.at, {}))
        try:
            return found.values(_with_readings(case, asked.readings, asked), case.records, asked.on)
        except OutOfCalendar:
            context = asked.context(case)
            return [truth(evaluate(condition, self.frame, context)) for condition in conditions]

    def impossible(self, topics: Iterable[Compiled], case: Case, asked: Asked) -> list[Assumption]:
        """The assumptions that ``case`` contradicts, of those that speak of what ``topics`` ask for."""
        found: list[Assumption] = []
        for topic in topics:
            assumed = topic.assumptions
            holding = self.hold(tuple(each.expr for each in assumed), case, asked)
            found += [each for each, holds in zip(assumed, holding, strict=True) if holds is False]
        return list(dict.fromkeys(found))

    def value(self, term: Expr, case: Case, asked: Asked) -> object:
        """The value of a term, or a ``NonValue``."""
        if asked.published_only:
            return self._published(term, case, asked)
        return evaluate(term, self.frame, asked.context(case))

    def _published(self, term: Expr, case: Case, asked: Asked) -> Result:
        """The value of a term by the published working days; nothing is known of days beyond the calendar."""
        try:
            return evaluate(term, self.frame, asked.context(case))
        except OutOfCalendar:
            return UNKNOWN

    def _certain(self, question: Question, topic: Compiled, case: Case, asked: Asked) -> Said:
        """What of the answer to ``question`` no calendar that is published later can change."""
        said = self.said(question, topic, case, evolve(asked, published_only=False))
        moving = self.moving(said, topic, case, asked)
        taken = {id_: position for id_, position in said.taken.items() if id_ not in moving}
        defeats, combination = self.artifact.head.defeats, self.frame.combination(question)
        found = reference.settled(topic.norms, taken, defeats, combination)
        falling = {id_ for id_ in found.standing if any((each, id_) in defeats for each in moving)}
        open_ = moving | falling | set(said.resolution.undetermined)
        resolution = evolve(
            said.resolution,
            applicable=tuple(taken),
            defeated=found.defeated,
            standing=tuple(each for each in found.standing.items() if each[0] not in falling),
            conflicts=found.conflicts,
            gap=False,
            undetermined=tuple(norm.id for norm in topic.by_question.get(question, ()) if norm.id in open_),
        )
        return Said(resolution, taken)

    def _for_any_reading(self, question: Question, topic: Compiled, asked: Asked) -> Program:
        """The program for ``question`` at that place; the choices for readings come with the case."""
        return self._compiled(question, topic, asked, None, {})

    def _compiled(
        self,
        question: Question,
        topic: Compiled,
        asked: Asked,
        chosen: tuple[str, ...] | None,
        readings: Mapping[str, str],
    ) -> Program:
        dated = asked.law_date is not None
        key = (question, asked.at, chosen, dated)
        found = self._programs.get(key)
        if found is None:
            norms = topic.by_question.get(question, ())
            defeats = self.artifact.head.defeats
            setting = Setting(asked.at, readings, dated)
            found = self._programs[key] = compile_question(question, norms, self.frame, defeats, setting)
        return found

    def _taken(self, program: Program, resolution: Resolution, args: _Args) -> dict[str, EvaluatedPosition]:
        """The positions of the norms that apply, also of those that are defeated."""
        taken = dict(resolution.standing)
        if len(taken) < len(resolution.applicable):
            mask = sum(1 << program.index[id_] for id_ in resolution.applicable)
            taken = dict(zip(resolution.applicable, program.positions(mask, *args), strict=True))
        return taken

    def _by_reference(self, question: Question, topic: Compiled, case: Case, asked: Asked) -> Said:
        context = asked.context(case)
        small = evolve(self.frame, norms=topic.by_question.get(question, ()))
        found = reference.resolve(question, small, self.artifact.head.defeats, context)
        taken: dict[str, EvaluatedPosition] = {}
        for id_ in found.applicable:
            position = reference.position(topic.norms[id_], small, context)
            assert not isinstance(position, NonValue)
            taken[id_] = position
        return Said(found, taken)


def _with_readings(case: Case, readings: Iterable[str], asked: Asked) -> Mapping[str, Value]:
    """The facts of ``case``, and the choices for ``readings`` beside them."""
    chosen: dict[str, Value] = {as_fact(name): asked.readings[name] for name in readings}
    return {**case.facts, **chosen} if chosen else case.facts


def _compiled(norms: tuple[Norm, ...], frame: Corpus) -> Compiled:
    by_question: dict[Question, list[Norm]] = {}
    for norm in norms:
        by_question.setdefault(norm.question, []).append(norm)
    asked_for = frozenset(name for norm in norms for name in mentions(norm))
    of_deeds, domains = _of_deeds(norms, frame), _domains(norms, frame)
    shown = asked_for | mentioned(of_deeds)
    return Compiled(
        norms={norm.id: norm for norm in norms},
        by_question={question: tuple(each) for question, each in by_question.items()},
        readings=tuple(sorted({name for norm in norms for name in norm.readings})),
        mentions=asked_for,
        defaults=tuple(n for n, f in frame.facts.items() if n in shown and f.default is not None),
        records=tuple(name for name in frame.records if name in shown),
        assumptions=tuple(each for each in frame.assumptions if mentioned([each.expr]) & asked_for),
        in_workdays=frozenset(n.id for n in norms if counts_workdays(terms_of(n, frame))),
        terms_in_workdays=tuple(t for t in (*of_deeds, *domains) if counts_workdays([t])),
    )


def _of_deeds(norms: tuple[Norm, ...], frame: Corpus) -> list[Expr]:
    """What tells whether the acts that ``norms`` are about were done."""
    deeds = (norm.question.deed for norm in norms if not isinstance(norm.question, WhichValue))
    actions = {deed.action: frame.actions[deed.action] for deed in deeds}
    told = (term for a in actions.values() for term in (a.done, a.undone, a.done_on))
    return [term for term in told if term is not None]


def _domains(norms: tuple[Norm, ...], frame: Corpus) -> list[Expr]:
    """Where the outcomes that ``norms`` are about need a value."""
    names = dict.fromkeys(n.question.outcome for n in norms if isinstance(n.question, WhichValue))
    domains = (frame.outcomes[name].domain for name in names)
    return [each for each in domains if each is not None]
