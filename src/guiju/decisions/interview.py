"""Asking for one fact at a time until the answer is definite, the most decisive first.

An interview is a value: what was told so far. Nothing is assumed in it: what was not told is unknown, also
where a default is declared; and what cannot change the answer any more is never asked.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, field, frozen

from guiju.compiler.kernel import Boolean, Enumeration, Integer, Type, position_terms
from guiju.compiler.verdicts import Verdict
from guiju.decisions import units
from guiju.decisions.answers import cited
from guiju.decisions.decision import Cited, Decision, plain
from guiju.decisions.engine import Asked
from guiju.decisions.problems import InvalidInput, Problem
from guiju.decisions.schema import bearing, by_party
from guiju.decisions.values import shown, value_of
from guiju.dsl.source import Bilingual

if TYPE_CHECKING:
    from guiju.decisions.asking import Solver
    from guiju.decisions.corpus import Corpus

_CELL = re.compile(r"(?P<record>.+)\[(?P<row>\d+)\]\.(?P<field>[^.\]]+)\Z")

#: More rows than this are not asked for one by one.
MOST_ROWS: Final = 100

_YES: Final = frozenset({"是", "对", "有", "yes", "y", "true"})
_NO: Final = frozenset({"否", "不", "不是", "没有", "无", "no", "n", "false"})


@frozen
class Question:
    """One fact to ask for.

    Attributes:
        name: The fact, the record, or the field of a row: ``摊主.处罚[0].日子``.
        type: Of the value; None: of a record it is asked how many rows it has.
        matters: The norms that make it matter.
        default: What is declared as default, as JSON; None: there is none.
        judgement: Only an official can settle it.
    """

    name: str
    type: Type | None
    matters: tuple[Cited, ...]
    default: object = None
    judgement: bool = False


@frozen(eq=False)
class Interview:
    """What was told so far about one question, asked of one day and place.

    Attributes:
        corpus: What is asked.
        topic: The question, by its full name.
        asked: When, where and under which readings.
        start: What was known before, by full names.
        told: The answers in their order; None: not known.
    """

    corpus: Corpus
    topic: str
    asked: Asked
    start: Mapping[str, object]
    told: tuple[tuple[str, object], ...] = field(default=())

    @classmethod
    def begin(
        cls,
        corpus: Corpus,
        question: str,
        *,
        on: dt.date | str,
        at: str,
        case: Mapping[str, Any] | None = None,
        law_date: dt.date | str | None = None,
        readings: Mapping[str, str] | None = None,
    ) -> Interview:
        """An interview in which nothing was told but ``case``; arguments as of ``Corpus.decide``.

        Raises:
            InvalidInput: With every mistake in the arguments.
        """
        first = corpus.decide(
            case or {}, question, on=on, at=at, law_date=law_date, readings=readings, solve=False
        )
        chosen = {**corpus.declarations.default_readings(), **first.readings}
        asked = Asked(first.on, first.at, chosen, first.law_date)
        return cls(corpus, first.answer.topic, asked, first.case)

    def case(self) -> dict[str, dict[str, object]]:
        """All that was told, by party; what bears on the question and was not told is null."""
        return by_party(self._values())

    def decision(self) -> Decision:
        """The decision on what was told.

        Raises:
            InvalidInput: There is no such case: what was told last contradicts what is assumed of the world.
        """
        return self.corpus.decide(
            self._values(),
            self.topic,
            on=self.asked.on,
            at=self.asked.at,
            law_date=self.asked.law_date,
            readings=self._chosen(),
        )

    def next(self, decision: Decision) -> Question | None:
        """What to ask after ``decision``.

        None where it is definite, and where nothing that may be known would make it so.
        """
        answer = decision.answer
        if answer.verdict is not Verdict.UNDETERMINED:
            return None
        refused = frozenset(name for name, value in self.told if value is None)
        if answer.ask and refused.isdisjoint(each.fact for each in answer.ask):
            return self._question(answer.ask[0].fact, answer.ask[0].matters)
        return self._other(refused)

    def tell(self, question: Question, value: object) -> Interview:
        """With one more answer: as JSON, of a record the number of its rows; None: not known."""
        rows = [{} for _ in range(value)] if question.type is None and isinstance(value, int) else value
        return evolve(self, told=(*self.told, (question.name, rows)))

    def back(self) -> Interview:
        """Without the last answer."""
        return evolve(self, told=self.told[:-1])

    # --- Details

    def _values(self) -> dict[str, object]:
        """The case by full names."""
        topic = self.corpus.questions[self.topic]
        frame = self.corpus.declarations
        linked = bearing(self.corpus, topic)
        values: dict[str, object] = {n: None for n in (*frame.facts, *frame.records) if n in linked}
        values |= self.start
        for name, value in self.told:
            cell = _CELL.match(name)
            if cell is None:
                values[name] = value
            elif value is not None:
                rows = values[cell["record"]]
                assert isinstance(rows, list | tuple)
                number = int(cell["row"])
                changed = {**rows[number], cell["field"]: value}
                values[cell["record"]] = [*rows[:number], changed, *rows[number + 1 :]]
        return values

    def _chosen(self) -> dict[str, str]:
        defaults = self.corpus.declarations.default_readings()
        return {name: choice for name, choice in self.asked.readings.items() if choice != defaults[name]}

    def _question(self, name: str, matters: Iterable[Cited]) -> Question:
        frame = self.corpus.declarations
        cell = _CELL.match(name)
        if cell is not None:
            return Question(name, frame.records[cell["record"]].fields[cell["field"]], tuple(matters))
        if name in frame.records:
            return Question(name, None, tuple(matters))
        fact = frame.facts[name]
        default = None if fact.default is None else plain(shown(fact.default, fact.type))
        return Question(name, fact.type, tuple(matters), default, fact.judgement)

    def _other(self, refused: Collection[str]) -> Question | None:
        """The first of some facts that can settle the answer beside what is not known; None: none can."""
        from guiju.checker.check import DEFAULT_BUDGET
        from guiju.decisions.asking import Solver
        from guiju.decisions.incomplete import backend_for, incomplete, unknowns

        topic, frame = self.corpus.questions[self.topic], self.corpus.declarations
        norms = self.corpus.artifact.norms(self.topic)
        context = self.asked.context(self.corpus.read_case(self._values()).case)
        defeats = self.corpus.artifact.head.defeats
        left = incomplete(topic.question, evolve(frame, norms=norms), defeats, context)
        spoken = unknowns(left.telling())
        linked = unknowns(left.bearing(*left.telling()))
        declared = [n for n in (*left.wide.facts, *left.wide.records) if n not in refused]
        names = [n for n in declared if n in spoken] + [n for n in declared if n in linked - spoken]
        settling = _settling(names, Solver.of(left, backend_for(left.wide, DEFAULT_BUDGET)))
        if not settling:
            return None
        through = [n for n in left.norms if settling[0] in unknowns([n.guard, *position_terms(n.position)])]
        return self._question(settling[0], [cited(norm, frame) for norm in through or left.norms])


def _settling(names: list[str], solver: Solver) -> list[str]:
    """Some of ``names`` that can have values which settle the answer, none of them superfluous; or none."""
    from guiju.decisions.asking import Unanswered
    from guiju.decisions.whatever import Chosen, chosen

    left = solver.left

    def settle(some: list[str]) -> bool:
        choice = Chosen(frozenset(some))
        try:
            return any(chosen(solver, choice, goal, left.bearing(goal)) for goal in solver.goals())
        except Unanswered:
            return True  # they may: rather ask once too often

    if not settle(names):
        return []
    kept = names
    for name in reversed(names):
        fewer = [each for each in kept if each != name]
        if settle(fewer):
            kept = fewer
    return kept


def read(text: str, question: Question, corpus: Corpus) -> object:
    """The answer that a person typed, as JSON.

    Raises:
        InvalidInput: It is none to ``question``.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    frame = corpus.declarations
    match question.type:
        case None:
            if typed.casefold() in _NO:
                return 0
            if not typed.isdecimal() or int(typed[:9]) > MOST_ROWS:
                message = Bilingual(f"请写有几条，0 至 {MOST_ROWS}", f"say how many, from 0 to {MOST_ROWS}")
                raise InvalidInput([Problem("", "type", message)])
            return int(typed)
        case Boolean():
            word = typed.casefold()
            if word not in _YES | _NO:
                message = Bilingual("请答 是 或 否", "answer yes or no")
                raise InvalidInput([Problem("", "type", message)])
            return word in _YES
        case Enumeration(members=members) as type_:
            numbered = typed.isdecimal() and typed not in members and 0 < int(typed[:4]) <= len(members)
            given: object = members[int(typed) - 1] if numbered else text.strip()
        case Integer() as type_:
            given = _with_unit(typed, type_)
        case type_:
            given = typed
    return plain(shown(value_of(given, type_, frame.horizon), type_))


def _with_unit(text: str, type_: Integer) -> object:
    """The number, with the unit where one was typed."""
    for unit in units.of(type_):
        for name in unit.names:
            if name is not None and text.endswith(name):
                number = text.removesuffix(name).removesuffix("个").strip()
                return {"value": _number(number), "unit": name}
    return _number(text)


def _number(text: str) -> object:
    try:
        return Decimal(text) if len(text) < 40 else text
    except InvalidOperation:
        return text
