"""A random sample of the answers, worked out again by the reference evaluator: both must say the same."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping

from attrs import define, evolve, field

from guiju.compiler import resolve as reference
from guiju.compiler import verdicts
from guiju.compiler.kernel import BarEnd, Context, Question
from guiju.compiler.resolve import EvaluatedSpan
from guiju.compiler.verdicts import Verdict
from guiju.decisions.batch.brief import Brief
from guiju.decisions.batch.native import has_bars, last_of, values_of
from guiju.decisions.batch.rows import Reader
from guiju.decisions.batch.source import Line
from guiju.decisions.decision import Value
from guiju.decisions.engine import Compiled, Engine
from guiju.decisions.topics import Topic
from guiju.dsl.diagnostics import InternalError


@define(eq=False)
class Sample:
    """Every answer is as likely to be in it as any other (Vitter's algorithm R)."""

    size: int
    seed: int
    taken: list[tuple[Line, Brief]] = field(factory=list, init=False)
    _seen: int = field(default=0, init=False)
    _random: random.Random = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def chosen(self, count: int) -> list[tuple[int, int]]:
        """Which of the next ``count`` answers are taken, and the place that each gets; then call ``take``."""
        found: list[tuple[int, int]] = []
        for index in range(count):
            self._seen += 1
            if self._seen <= self.size:
                found.append((index, self._seen - 1))
            elif (place := int(self._random.random() * self._seen)) < self.size:
                found.append((index, place))
        return found

    def take(self, place: int, line: Line, brief: Brief) -> None:
        """Put an answer at ``place``."""
        if place == len(self.taken):
            self.taken.append((line, brief))
        else:
            self.taken[place] = (line, brief)


@define(eq=False)
class Verifying:
    """The reference evaluator on one topic. It shares no code with the programs and the tables."""

    engine: Engine
    topic: Topic
    reader: Reader
    readings: Mapping[str, str]  # complete

    def verify(self, line: Line, brief: Brief) -> None:
        """Raises ``InternalError`` where the reference says anything else than ``brief``."""
        row = self.reader.row(line)
        context = Context(row.given.case, row.on, row.at, self.readings)
        found = self._answer(context)
        if brief.by_solver and found.verdict == Verdict.UNDETERMINED.value:
            return  # incomplete: the reference cannot say more, and does not say otherwise
        said = evolve(brief, citations=(), undetermined=None, decision=None, by_solver=False, unsolved=False)
        if found != said:
            raise InternalError(
                f"internal error: the reference evaluator disagrees on row {line.number}: {found}, not {said}"
            )

    def _answer(self, context: Context) -> Brief:
        compiled = self.engine.topic(self.topic.name)
        question = self.topic.question
        resolution = self._resolution(compiled, question, context)
        verdict = verdicts.verdict(resolution, compiled.norms)
        if verdict is Verdict.UNDETERMINED:
            return Brief(verdict.value)
        grounds = verdicts.grounds(resolution, compiled.norms, verdict)
        values: tuple[Value | None, ...] = ()
        if self.topic.outcome is not None:
            values = values_of((p for _, p in resolution.standing), self.topic, self.engine.frame)
        return Brief(verdict.value, grounds, (), self._until(compiled, context, verdict, grounds), values)

    def _until(
        self, compiled: Compiled, context: Context, verdict: Verdict, grounds: tuple[str, ...]
    ) -> dt.date | None:
        if verdict is not Verdict.INELIGIBLE or not has_bars(compiled):
            return None
        ends: dict[str, dt.date] = {}
        for question in compiled.by_question:
            if isinstance(question, BarEnd):
                for id_, span in self._resolution(compiled, question, context).standing:
                    if isinstance(span, EvaluatedSpan):
                        ends[compiled.norms[id_].rule] = span.end
        return last_of(ends.get(compiled.norms[id_].rule) for id_ in grounds)

    def _resolution(self, compiled: Compiled, question: Question, context: Context) -> reference.Resolution:
        small = evolve(self.engine.frame, norms=compiled.by_question.get(question, ()))
        return reference.resolve(question, small, self.engine.artifact.head.defeats, context)
