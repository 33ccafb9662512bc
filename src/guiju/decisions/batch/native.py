"""Row by row, through the compiled programs: the portable way, and where doubtful rows of the other end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import define, evolve, field

from guiju.compiler.combining import combined
from guiju.compiler.kernel import NEVER, BarEnd, Corpus, Norm
from guiju.compiler.native import Condition, Missing, Setting, compile_condition
from guiju.compiler.resolve import EvaluatedAnswer, EvaluatedPosition
from guiju.compiler.verdicts import Verdict
from guiju.decisions.answers import Answering, cited
from guiju.decisions.batch.brief import Brief, Outcome, Refused, in_words
from guiju.decisions.batch.rows import Reader, Row
from guiju.decisions.batch.solving import Solving
from guiju.decisions.batch.source import Chunk, Line
from guiju.decisions.corpus import Corpus as AskedCorpus
from guiju.decisions.corpus import Prepared
from guiju.decisions.decision import Value
from guiju.decisions.engine import Compiled, Engine
from guiju.decisions.problems import InvalidInput
from guiju.decisions.topics import Topic
from guiju.decisions.values import shown

#: How many different answers are kept.
_REMEMBERED = 100_000

#: Of the norms of which a case does not tell whether they apply, so many are listed.
_LISTED = 8


@define(eq=False)
class Native:
    """Answers lines one by one.

    Attributes:
        corpus: What is asked.
        question: The name of the topic.
        readings: Choices that differ from the defaults.
        reader: Reads lines.
        solving: Asks the solver.
        full: Give each whole decision.
    """

    corpus: AskedCorpus
    question: str
    readings: Mapping[str, str]
    reader: Reader
    solving: Solving
    full: bool
    engine: Engine = field(init=False)
    _prepared: dict[str, Prepared] = field(factory=dict, init=False)
    _assumptions: dict[str, list[Condition]] = field(factory=dict, init=False)
    _briefs: dict[object, Brief] = field(factory=dict, init=False)

    @engine.default
    def _new_engine(self) -> Engine:
        return Engine(self.corpus.artifact)

    def outcomes(self, chunk: Chunk) -> list[Outcome]:
        """The answer to each row of ``chunk``, or why there is none."""
        return [self.outcome(line) for line in chunk.lines()]

    def outcome(self, line: Line) -> Outcome:
        """The answer to one row, or why there is none."""
        try:
            row = self.reader.row(line)
            if self._may_be_impossible(row):
                self._decided(row)  # which says whether it is, and what it contradicts
        except InvalidInput as error:
            return Refused(error.problems)
        prepared = self._at(row.at)
        verdict, grounds = prepared.verdict(row.given, row.on)
        if verdict is Verdict.UNDETERMINED:
            return self.solving.outcome(row, self._left_open(prepared, row))
        asking = Answering(self.engine, prepared.topic, row.given.case, evolve(prepared.asked, on=row.on))
        found = self.brief(verdict, grounds, self._until(asking, verdict, grounds), self._values(asking))
        return evolve(found, decision=self._decided(row)) if self.full else found

    def brief(
        self,
        verdict: Verdict,
        grounds: tuple[str, ...],
        until: dt.date | None = None,
        values: tuple[Value | None, ...] = (),
    ) -> Brief:
        """The answer to a row; of two that say the same there is one."""
        key = (verdict, grounds, until, values)
        found = self._briefs.get(key)
        if found is None:
            words = in_words(cited(self.norms[id_], self.engine.frame) for id_ in grounds)
            found = Brief(verdict.value, grounds, words, until, values)
            if len(self._briefs) < _REMEMBERED:
                self._briefs[key] = found
        return found

    @property
    def norms(self) -> Mapping[str, Norm]:
        """The norms of the topic by id."""
        return self.engine.topic(self.question).norms

    def _at(self, place: str) -> Prepared:
        found = self._prepared.get(place)
        if found is None:
            found = self.corpus.prepare(self.question, at=place, readings=self.readings)
            self._prepared[place] = found
        return found

    def _until(self, asking: Answering, verdict: Verdict, grounds: tuple[str, ...]) -> dt.date | None:
        if verdict is not Verdict.INELIGIBLE or not has_bars(asking.compiled):
            return None
        windows = [asking.window(self.norms[id_], BarEnd) for id_ in grounds]
        return last_of(None if window is None else window.last or NEVER for window in windows)

    def _values(self, asking: Answering) -> tuple[Value | None, ...]:
        if asking.topic.outcome is None:
            return ()
        standing = asking.said().resolution.standing
        return values_of((position for _, position in standing), asking.topic, self.engine.frame)

    def _left_open(self, prepared: Prepared, row: Row) -> Brief:
        asking = Answering(self.engine, prepared.topic, row.given.case, evolve(prepared.asked, on=row.on))
        ids = asking.said().resolution.undetermined
        listed = ", ".join(ids[:_LISTED]) + (" …" if len(ids) > _LISTED else "")
        decision = self._decided(row) if self.full and not self.solving.left else None
        return Brief(Verdict.UNDETERMINED.value, undetermined=f"open: {listed}", decision=decision)

    def _decided(self, row: Row) -> dict[str, Any]:
        """The whole decision, without the solver; raises ``InvalidInput`` where the case cannot be."""
        found = self.corpus.decide(
            row.data, self.question, on=row.on, at=row.at, readings=self.readings, solve=False
        )
        return found.to_dict()

    def _may_be_impossible(self, row: Row) -> bool:
        """Whether an assumption about what the question asks for does not hold."""
        case = row.given.case
        try:
            return not all(holds(case.facts, case.records, row.on) for holds in self._conditions(row.at))
        except Missing:
            asked = evolve(self._at(row.at).asked, on=row.on)
            return bool(self.engine.impossible([self.engine.topic(self.question)], case, asked))

    def _conditions(self, place: str) -> list[Condition]:
        """What is assumed, as programs."""
        found = self._assumptions.get(place)
        if found is None:
            setting = Setting(place, self._at(place).asked.readings)
            assumed = self.engine.topic(self.question).assumptions
            found = self._assumptions[place] = [
                compile_condition(each.expr, self.engine.frame, setting) for each in assumed
            ]
        return found


def has_bars(topic: Compiled) -> bool:
    """Whether some norm of ``topic`` says until when a bar holds."""
    return any(isinstance(question, BarEnd) for question in topic.by_question)


def last_of(ends: Iterable[dt.date | None]) -> dt.date | None:
    """The last day of bars that end on these days (NEVER: one that does not; None: one that does not say)."""
    found = list(ends)
    if NEVER in found:
        return NEVER
    known = [end for end in found if end is not None]
    return max(known) if known and len(known) == len(found) else None


def values_of(standing: Iterable[EvaluatedPosition], topic: Topic, frame: Corpus) -> tuple[Value | None, ...]:
    """What the answers that stand to an outcome come to, as a caller sees it."""
    assert topic.outcome is not None
    type_ = frame.outcomes[topic.outcome].type
    found = combined(standing, topic.question, frame)
    given = [each.value if isinstance(each, EvaluatedAnswer) else None for each in found]
    return tuple(None if value is None else shown(value, type_) for value in given)
