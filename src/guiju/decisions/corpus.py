"""A corpus that can be asked: the public face of decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from guiju._version import version
from guiju.checker.sanctions import mentioned
from guiju.compiler import verdicts
from guiju.compiler.kernel import Assumption, Case, Instrument, Reading
from guiju.compiler.native import Missing, Program
from guiju.compiler.verdicts import Verdict
from guiju.decisions import breaches, duties
from guiju.decisions.answers import Answering
from guiju.decisions.artifact import Artifact
from guiju.decisions.cases import Given, Reader
from guiju.decisions.decision import Decision, TopicAnswer, Value
from guiju.decisions.engine import Asked, Engine
from guiju.decisions.problems import InvalidInput, Problem, pointer
from guiju.decisions.topics import Topic, UnknownTopic, find
from guiju.decisions.values import day, shown
from guiju.dsl.diagnostics import did_you_mean
from guiju.dsl.source import Bilingual

if TYPE_CHECKING:
    from guiju.compiler.kernel import Corpus as KernelCorpus
    from guiju.decisions.unknown import Solver


@frozen(eq=False)
class Corpus:
    """Rules that can be asked about single cases. ``guiju.load`` makes one.

    It does not change, and any number of threads may ask it. What it keeps is only what was compiled for the
    questions asked so far.

    Attributes:
        artifact: The compiled rules.
        engine: The versions of what answers.
    """

    artifact: Artifact
    engine: Mapping[str, str] = field(init=False)
    _engine: Engine = field(init=False)
    _reader: Reader = field(init=False)
    _defaults: Mapping[str, str] = field(init=False)
    _solvers: list[Solver] = field(factory=list, init=False)

    @engine.default
    def _versions(self) -> dict[str, str]:
        return {"guiju": version(), **self.artifact.head.engine}

    @_engine.default
    def _new_engine(self) -> Engine:
        return Engine(self.artifact)

    @_reader.default
    def _new_reader(self) -> Reader:
        return Reader(self.artifact.head.frame)

    @_defaults.default
    def _first_choices(self) -> dict[str, str]:
        return {name: reading.choices[0] for name, reading in self.readings.items()}

    # --- What it holds

    @property
    def digest(self) -> str:
        """The digest of the rules: the same rules, the same digest."""
        return self.artifact.head.digest

    @property
    def horizon(self) -> tuple[dt.date, dt.date]:
        """The first and the last day that a case or a question may name."""
        return self._engine.frame.horizon

    @property
    def questions(self) -> Mapping[str, Topic]:
        """What can be asked, by name."""
        return MappingProxyType(self.artifact.head.topics)

    @property
    def places(self) -> tuple[str, ...]:
        """The territories, each after the one that it lies in."""
        return tuple(self._engine.frame.territories)

    @property
    def readings(self) -> Mapping[str, Reading]:
        """The points on which the texts can be read in several ways; the first choice is the default."""
        return MappingProxyType(self._engine.frame.readings)

    @property
    def instruments(self) -> Mapping[str, Instrument]:
        """The instruments whose rules these are."""
        return MappingProxyType(self._engine.frame.instruments)

    @property
    def declarations(self) -> KernelCorpus:
        """The declared facts, records, actions and so on, without the norms."""
        return self._engine.frame

    @property
    def kernel(self) -> KernelCorpus:
        """The whole corpus, as the analyses take it."""
        return self.artifact.corpus()

    # --- Asking

    def decide(
        self,
        case: Mapping[str, Any] | Given,
        question: str | None = None,
        *,
        on: dt.date | str,
        at: str,
        law_date: dt.date | str | None = None,
        readings: Mapping[str, str] | None = None,
        solve: bool = True,
    ) -> Decision:
        """What the rules say of ``case``.

        Args:
            case: Facts by party, or by full name; see ``docs/howto/integrator.md``.
            question: The name of an act or an outcome; None: all that concern the parties of the case.
            on: The day that is asked about.
            at: The territory.
            law_date: Applies the law of that day, instead of that of the day of the facts each norm is about.
            readings: Choices that differ from the defaults.
            solve: Where facts are unknown and one question is asked, let the solver find out whether the
                answer depends on them, and which to ask. Without it such an answer is undetermined.

        Raises:
            InvalidInput: With every mistake in the arguments, each with its place.
        """
        given, asked, topics = self._understood(case, question, on, at, law_date, readings)
        self._consistent(given, topics, asked)
        askings = [Answering(self._engine, topic, given.case, asked) for topic in topics]
        answers = [_flagged(each.answer(), each) for each in askings]
        standing = duties.standing(askings)
        owed = tuple(duties.duties(standing))
        violations = tuple(breaches.broken(askings, owed))
        if question is None:
            violated = {each.topic for each in violations}  # by a ban of the day of the act, perhaps
            kept = [
                pair
                for pair in zip(askings, answers, strict=True)
                if _says_something(pair[1]) or pair[1].topic in violated
            ]
            askings, answers = [each for each, _ in kept], [each for _, each in kept]
        else:
            owed += tuple(duties.open_duties(askings[0]))
            if answers[0].verdict is Verdict.UNDETERMINED and solve:
                answers = [self._solver().settled(askings[0], answers[0])]
        return Decision(
            question=None if question is None else topics[0].name,
            on=asked.on,
            at=asked.at,
            law_date=asked.law_date,
            readings=dict(readings or {}),
            case=given.told,
            answers=tuple(answers),
            assumed=self._assumed(given, askings),
            duties=owed,
            sanctions=tuple(breaches.drawn(standing)),
            violations=violations,
            judgements=tuple(dict.fromkeys(j for a in answers for g in a.grounds for j in g.judgements)),
            digest=self.digest,
            engine=dict(self.engine),
            solve=solve,
        )

    def read_case(self, case: object) -> Given:
        """``case`` checked and read once, for asking several questions about it.

        Raises:
            InvalidInput: With every mistake in it.
        """
        return self._reader.read(case, ("case",))

    def prepare(self, question: str, *, at: str, readings: Mapping[str, str] | None = None) -> Prepared:
        """One question made ready to be asked of many cases, for the verdict and its grounds alone.

        Raises:
            InvalidInput: There is no such question, place or reading.
        """
        problems: list[Problem] = []
        topic = self._topic(question, problems)
        asked = self._asked(self.horizon[0], at, None, readings, problems)
        if topic is None or asked is None:
            raise InvalidInput(problems)
        program = self._engine.program(topic.question, self._engine.topic(topic.name), asked)
        return Prepared(self, topic, asked, program)

    def schema(self, question: str | None = None) -> dict[str, Any]:
        """The JSON Schema of a case, of what bears on ``question`` alone where one is given.

        Raises:
            InvalidInput: There is no such question.
        """
        from guiju.decisions.schema import case_schema

        return case_schema(self, question)

    # --- Details

    def _understood(
        self,
        case: Mapping[str, Any] | Given,
        question: str | None,
        on: dt.date | str,
        at: str,
        law_date: dt.date | str | None,
        readings: Mapping[str, str] | None,
    ) -> tuple[Given, Asked, list[Topic]]:
        problems: list[Problem] = []
        given: Given | None = None
        try:
            given = case if isinstance(case, Given) else self.read_case(case)
        except InvalidInput as error:
            problems += error.problems
        topic = self._topic(question, problems) if question is not None else None
        asked = self._asked(on, at, law_date, readings, problems)
        if problems or given is None or asked is None:
            raise InvalidInput(problems)
        if topic is not None:
            return given, asked, [topic]
        concerned = given.entities
        return given, asked, [t for t in self.questions.values() if t.entities & concerned]

    def _topic(self, question: object, problems: list[Problem]) -> Topic | None:
        if not isinstance(question, str):
            message = Bilingual("问题应是名称", "a question is named by a text")
            problems.append(Problem("/question", "type", message, "text"))
            return None
        try:
            return find(question, self.artifact.head.topics)
        except UnknownTopic as error:
            problems.append(Problem("/question", "unknown-question", error.message))
            return None

    def _asked(
        self,
        on: dt.date | str,
        at: str,
        law_date: dt.date | str | None,
        readings: Mapping[str, str] | None,
        problems: list[Problem],
    ) -> Asked | None:
        before = len(problems)
        today = self._day(on, "on", problems)
        law = None if law_date is None else self._day(law_date, "law_date", problems)
        if not isinstance(at, str) or at not in self._engine.frame.territories:
            problems.append(_not_listed("/at", "unknown-place", "地域", "place", at, self.places))
        chosen = self._defaults if readings is None else self._chosen(readings, problems)
        if today is None or len(problems) > before:
            return None
        return Asked(today, at, chosen, law)

    def _day(self, given: object, name: str, problems: list[Problem]) -> dt.date | None:
        try:
            return day(given, pointer(name), self.horizon)
        except InvalidInput as error:
            problems += error.problems
            return None

    def _chosen(self, readings: object, problems: list[Problem]) -> dict[str, str]:
        chosen = dict(self._defaults)
        if not isinstance(readings, Mapping):
            message = Bilingual("读法应是一个对象", "readings are an object")
            problems.append(Problem("/readings", "type", message, "object"))
            return chosen
        for name, choice in readings.items():
            if not isinstance(name, str):
                message = Bilingual("读法的名称应是文字", "a reading is named by a text")
                problems.append(Problem("/readings", "type", message, "text"))
                continue
            path = pointer("readings", name)
            if name not in self.readings:
                problems.append(
                    _not_listed(path, "unknown-reading", "读法", "reading", name, list(self.readings))
                )
            elif choice not in self.readings[name].choices:
                choices = self.readings[name].choices
                problems.append(
                    _not_listed(
                        path, "unknown-choice", f"“{name}”的读法", f"choice of {name}", choice, choices
                    )
                )
            else:
                chosen[name] = choice
        return chosen

    def _consistent(self, given: Given, topics: list[Topic], asked: Asked) -> None:
        """Refuse a case that cannot be: the rules were checked for those that can."""
        compiled = [self._engine.topic(topic.name) for topic in topics]
        contradicted = self._engine.impossible(compiled, given.case, asked)
        if contradicted:
            raise InvalidInput([_impossible(each, given) for each in contradicted])

    def _incomplete(self, topic: Topic, case: Case, asked: Asked) -> tuple[Verdict, tuple[str, ...]]:
        compiled = self._engine.topic(topic.name)
        resolution = self._engine.said(topic.question, compiled, case, asked).resolution
        verdict = verdicts.verdict(resolution, compiled.norms)
        return verdict, verdicts.grounds(resolution, compiled.norms, verdict)

    def _solver(self) -> Solver:
        """The solver's side, made when it is first needed."""
        if not self._solvers:
            from guiju.decisions.unknown import Solver

            self._solvers.append(Solver(self.artifact))
        return self._solvers[0]

    def _assumed(self, given: Given, askings: list[Answering]) -> dict[str, Value]:
        """What was taken for facts and records that were not given and that were asked for."""
        frame = self._engine.frame
        told = given.facts | given.unknown
        facts = dict.fromkeys(n for asking in askings for n in asking.compiled.defaults if n not in told)
        records = dict.fromkeys(n for asking in askings for n in asking.compiled.records if n not in told)
        assumed = {name: shown(given.case.facts[name], frame.facts[name].type) for name in facts}
        return {**assumed, **dict.fromkeys(records, 0)}


@frozen(eq=False)
class Prepared:
    """One question at one place, for the verdict and the ids of its grounds in microseconds."""

    corpus: Corpus
    topic: Topic
    asked: Asked
    program: Program

    def verdict(self, given: Given | Case, on: dt.date) -> tuple[Verdict, tuple[str, ...]]:
        """The verdict on a case that was read with ``Corpus.read_case``, and the norms it rests on.

        ``on`` lies in the corpus' horizon; it is not looked at, nor is whether the case is possible at all.

        Where the case leaves something open the verdict is UNDETERMINED; ``Corpus.decide`` may say more.
        """
        case = given.case if isinstance(given, Given) else given
        try:
            return self.program.verdict(case.facts, case.records, on)
        except Missing:
            return self.corpus._incomplete(self.topic, case, evolve(self.asked, on=on))


def _impossible(assumption: Assumption, given: Given) -> Problem:
    names = sorted(mentioned([assumption.expr]))
    about = "、".join(names)
    taken = [name for name in names if name not in given.facts and name in given.case.facts]
    listed = "、".join(taken)
    note = Bilingual(
        f"。其中未给出而取默认值的：{listed}，请给出" if taken else "",
        f"; not given and taken by default: {listed}: give them" if taken else "",
    )
    return Problem(
        "/case",
        "impossible-case",
        Bilingual(
            f"所给情形不可能：与假定“{assumption.label}”矛盾（{about}）{note.zh}",
            f"there is no such case: it contradicts the assumption {assumption.label} ({about}){note.en}",
        ),
        assumption.label,
    )


def _flagged(answer: TopicAnswer, asking: Answering) -> TopicAnswer:
    """``answer``, provisional also where a ban that is not broken may turn out to be."""
    return evolve(answer, provisional=True) if breaches.may_come(asking) else answer


def _says_something(answer: TopicAnswer) -> bool:
    said = (answer.grounds, answer.others, answer.defeated, answer.alternatives, answer.undetermined)
    return any(said) or answer.gap or answer.provisional


def _not_listed(path: str, code: str, zh: str, en: str, given: object, known: Any) -> Problem:
    hint = did_you_mean(str(given), known)
    listed = ", ".join(list(known)[:20]) + (" …" if len(known) > 20 else "")
    return Problem(
        path,
        code,
        Bilingual(
            f"没有{zh}“{given}”。{hint.zh if hint else ''}",
            f"there is no {en} {given}{f'; {hint.en}' if hint else ''}",
        ),
        listed,
    )
