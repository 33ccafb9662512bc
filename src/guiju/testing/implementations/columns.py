"""What the rules as SQL answer, on DuckDB: the tests of one question are the rows of one table.

Said are the verdict, the norms that it rests on, the values of an outcome, and until when a bar holds. What
the columns do not tell is not said: of a conflict they give only what collides, of bars only those that
stand. Needs the extra ``table``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]  # it publishes no types
from attrs import field, frozen

from guiju.checker.sanctions import mentioned
from guiju.compiler import table
from guiju.compiler.kernel import NEVER, BarEnd, Context, Norm, Question, ReadingRef, walk
from guiju.compiler.resolve import EvaluatedAnswer
from guiju.compiler.verdicts import Verdict
from guiju.decisions.batch.conversion import arrow_type
from guiju.decisions.batch.native import last_of, values_of
from guiju.decisions.corpus import Corpus
from guiju.decisions.topics import Topic
from guiju.testing.bearing import terms
from guiju.testing.implementations.understood import Understood, together, understood
from guiju.testing.running import Member, Said, Tell
from guiju.testing.said import Plain, plain, unordered
from guiju.testing.suite import Test

_KEY, _ON, _AT, _LAW_DATE = "the row", "the date", "the place", "the law date"  # no fact is called so

Row = Mapping[str, Any]


@frozen(eq=False)
class Columns:
    """Asks the norms of ``rules``, compiled to SQL."""

    rules: Corpus
    _known: dict[str, list[str]] = field(factory=dict, init=False)

    def __call__(self, tests: Sequence[Test], tell: Tell) -> None:
        asked = understood(self.rules, tests, tell)
        with duckdb.connect(":memory:", config={"enable_external_access": "false", "threads": 1}) as engine:
            for group in together(asked, self._at_once).values():
                self._answer(group, engine, tell)

    def _at_once(self, each: Understood) -> tuple[object, ...]:
        """What the rows of one query share: the topic, and the readings that its norms depend on."""
        chosen = tuple(each.context.readings[name] for name in self._readings(each.topic))
        return each.topic.name, chosen, each.context.law_date is None

    def _readings(self, topic: Topic) -> list[str]:
        found = self._known.get(topic.name)
        if found is None:
            frame = self.rules.declarations
            used = [
                e for n in self.rules.artifact.norms(topic.name) for t in terms(n, frame) for e in walk(t)
            ]
            names = {e.name for e in used if isinstance(e, ReadingRef)}
            found = self._known[topic.name] = sorted(names)
        return found

    def _answer(self, group: Sequence[Understood], engine: duckdb.DuckDBPyConnection, tell: Tell) -> None:
        topic = group[0].topic
        norms = self.rules.artifact.norms(topic.name)
        engine.register("cases", self._table(group, norms))
        main = self._said(topic.question, norms, group[0].context, engine)
        bars: Sequence[Row | None] = [None] * len(group)
        if topic.deed is not None and any(norm.question == BarEnd(topic.deed) for norm in norms):
            bars = self._said(BarEnd(topic.deed), norms, group[0].context, engine)
        engine.unregister("cases")
        rule = {norm.id: norm.rule for norm in norms}
        for each, row, bar in zip(group, main, bars, strict=True):
            found: dict[Member, Plain] = {
                Member.VERDICT: row["verdict"],
                Member.GROUNDS: unordered(row["grounds"]),
            }
            if topic.outcome is not None and row["verdict"] != Verdict.IN_CONFLICT.value:
                found[Member.VALUES] = self._values(topic, row)
            if row["verdict"] == Verdict.INELIGIBLE.value and bar is not None and _all_stand(bar):
                ends = {rule[id_]: end for id_, end in zip(bar["grounds"], bar["ends"], strict=True)}
                last = last_of(ends.get(rule[id_]) for id_ in row["grounds"])
                found[Member.UNTIL] = None if last == NEVER else plain(last)
            tell(each.number, Said(found))

    def _values(self, topic: Topic, row: Row) -> Plain:
        standing = [EvaluatedAnswer(value) for value in row["answers"]]
        return unordered(plain(each) for each in values_of(standing, topic, self.rules.declarations))

    def _said(
        self,
        question: Question,
        norms: Sequence[Norm],
        shared: Context,
        engine: duckdb.DuckDBPyConnection,
    ) -> list[Row]:
        """The answer to ``question`` in each row; ``shared``: a context with what is the same in all."""
        columns = table.Columns(
            on=_ON,
            at=table.PlaceColumn(_AT),
            law_date=None if shared.law_date is None else _LAW_DATE,
            key=_KEY,
        )
        compiled = table.compile_question(
            question,
            norms,
            self.rules.declarations,
            self.rules.artifact.head.defeats,
            columns,
            shared.readings,
        )
        found = engine.sql(compiled.sql("cases")).to_arrow_table().to_pylist()
        return sorted(found, key=lambda row: int(row[_KEY]))

    def _table(self, group: Sequence[Understood], norms: Sequence[Norm]) -> pa.Table:
        """The cases as rows: what the norms ask for, NULL where it is unknown."""
        frame = self.rules.declarations
        contexts = [each.context for each in group]
        used = mentioned([term for norm in norms for term in terms(norm, frame)])
        columns = {
            _KEY: pa.array(range(len(contexts)), pa.int64()),
            _ON: pa.array([context.today for context in contexts], pa.date32()),
            _AT: pa.array([context.place for context in contexts], pa.string()),
            _LAW_DATE: pa.array([context.law_date for context in contexts], pa.date32()),
        }
        for name, fact in frame.facts.items():
            if name in used:
                held = [context.case.facts.get(name) for context in contexts]
                columns[name] = pa.array(held, arrow_type(fact.type))
        for name, record in frame.records.items():
            if name in used:
                fields = [(each, arrow_type(type_)) for each, type_ in record.fields.items()]
                given = [context.case.records.get(name) for context in contexts]
                rows = [None if one is None else list(one) for one in given]
                columns[name] = pa.array(rows, pa.list_(pa.struct(fields)))
        return pa.table(columns)


def _all_stand(bar: Row) -> bool:
    """Whether every bar that applies is listed: none gives way, collides or is open."""
    listed = bar["verdict"] in (Verdict.ANSWERED.value, Verdict.SILENT.value)
    return listed and all(
        row == bar[name.replace("applying", "resting")]
        for name, row in bar.items()
        if name.startswith("applying")
    )
