"""Whole chunks at once, as SQL on columns. Rows of which that is not sure go one by one through the programs.

Those are rows with a cell that may be no value, that may contradict an assumption, or whose answer is left
open: so the two ways accept the same and say the same, and only the time differs. Needs the extra ``table``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]  # it publishes no types
from attrs import define, evolve, field, frozen

from guiju.compiler.kernel import BarEnd, Corpus, Deed, MayDo, Modality, Norm, Question, Value, negation
from guiju.compiler.resolve import EvaluatedAnswer
from guiju.compiler.table import Columns as CaseColumns
from guiju.compiler.table import Compiled, OnePlace, PlaceColumn, compile_question
from guiju.compiler.table.bits import WORD, Sets
from guiju.compiler.table.compiled import compiled as compiled_asked
from guiju.compiler.table.question import Asked
from guiju.compiler.table.settling import Settling
from guiju.compiler.verdicts import Verdict
from guiju.decisions.batch import conversion
from guiju.decisions.batch.brief import Outcome
from guiju.decisions.batch.cells import record_from_text
from guiju.decisions.batch.headers import Columns
from guiju.decisions.batch.native import Native, last_of, values_of
from guiju.decisions.batch.parquet_input import Batch
from guiju.decisions.batch.source import Chunk
from guiju.decisions.cases import read
from guiju.decisions.problems import InvalidInput
from guiju.decisions.topics import Topic
from guiju.dsl.diagnostics import InternalError

_KEY, _CERTAIN, _ON, _AT = "n", "certain", "on", "at"

_Said = tuple[str, tuple[int, ...], tuple[Value | None, ...]]  # verdict, set of norms, what they answer


@define(eq=False)
class Table:
    """Answers chunks.

    Attributes:
        native: Answers the rows of which a table is not sure.
        topic: What is asked.
        columns: What stands where.
        small: Declares the facts that have a column or can matter.
        texts: Whether all cells are texts.
        readings: Complete.
    """

    native: Native
    topic: Topic
    columns: Columns
    small: Corpus
    texts: bool
    readings: Mapping[str, str]
    _connection: duckdb.DuckDBPyConnection = field(init=False)
    _main: _Query = field(init=False)
    _bars: _Query | None = field(init=False)
    _contradicted: _Query | None = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._connection = duckdb.connect(":memory:", config={"enable_external_access": "false"})
        self._connection.execute("SET enable_progress_bar = false")
        artifact, frame = self.native.engine.artifact, self.native.engine.frame
        norms = artifact.norms(self.topic.name)
        cases = self._case_columns()

        def compiled(question: Question) -> _Query:
            return _query(
                compile_question(question, norms, frame, artifact.head.defeats, cases, self.readings)
            )

        self._main = compiled(self.topic.question)
        deed = self.topic.deed
        bars = [norm for norm in norms if deed is not None and norm.question == BarEnd(deed)]
        self._bars = compiled(bars[0].question) if bars else None
        self._contradicted = self._assumptions(cases)

    def outcomes(self, chunk: Chunk) -> list[Outcome]:
        """The answer to each row of ``chunk``, or why there is none."""
        raw, doubtful = self._raw(chunk)
        self._connection.register("chunk", raw)
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE cases AS {self._typed(raw.schema)}")
        self._connection.unregister("chunk")
        doubtful |= self._numbers(f"SELECT {_KEY} FROM cases WHERE NOT {_CERTAIN}")
        if self._contradicted is not None:
            broken = " OR ".join(f"{word} <> 0" for word in self._contradicted.words("applying"))
            doubtful |= self._numbers(f"SELECT {_KEY} FROM ({self._contradicted.sql}) WHERE {broken}")
        found: list[Outcome | None] = list(self._answers(len(chunk)))
        return [
            self.native.outcome(chunk.line(index)) if outcome is None or index in doubtful else outcome
            for index, outcome in enumerate(found)
        ]

    # --- From the file to typed columns

    def _raw(self, chunk: Chunk) -> tuple[pa.Table, set[int]]:
        """The columns that are read, numbered rows, and the rows that cannot be read as they are."""
        doubtful: set[int] = set()
        if isinstance(chunk, Batch):
            stored = {index: chunk.table.column(index) for index in self._indexes()}
        else:
            stored = self._from_lines(chunk, doubtful)
        arrays = [pa.array(range(len(chunk)), pa.int64()), *stored.values()]
        return pa.table(arrays, names=[_KEY, *(f"c{index}" for index in stored)]), doubtful

    def _from_lines(self, chunk: Chunk, doubtful: set[int]) -> dict[int, pa.Array]:
        blank = [""] * len(self.columns.header)
        rows: list[Sequence[object]] = []
        for index, line in enumerate(chunk.lines()):
            if line.problems:
                doubtful.add(index)
            rows.append(blank if line.problems else line.cells)
        columns = list(zip(*rows, strict=True))
        records = {index: name for name, index in self.columns.facts.items() if name in self.small.records}
        return {
            index: self._records(columns[index], records[index], doubtful)
            if index in records
            else pa.array(columns[index], pa.string())
            for index in self._indexes()
        }

    def _records(self, cells: Sequence[object], name: str, doubtful: set[int]) -> pa.Array:
        """The rows that texts write as JSON, as lists of structs."""
        fields = self.small.records[name].fields
        only = evolve(self.small, facts={}, records={name: self.small.records[name]})
        known: dict[object, object] = {}
        for cell in cells:
            if cell not in known:
                try:
                    given = read({name: record_from_text(str(cell))}, only)
                    known[cell] = given.case.records.get(name)
                except InvalidInput:
                    known[cell] = InvalidInput
        doubtful.update(index for index, cell in enumerate(cells) if known[cell] is InvalidInput)
        struct = pa.struct([(field_, conversion.arrow_type(type_)) for field_, type_ in fields.items()])
        rows = [None if known[cell] is InvalidInput else known[cell] for cell in cells]
        return pa.array(rows, pa.list_(struct))

    def _indexes(self) -> list[int]:
        found = dict.fromkeys(self.columns.facts.values())
        found |= dict.fromkeys(i for i in (self.columns.on, self.columns.at) if isinstance(i, int))
        return list(found)

    def _typed(self, schema: pa.Schema) -> str:
        """The query for the typed columns of a chunk, and for whether all of a row's cells are certain."""
        horizon = self.small.horizon
        selected, certain = [_KEY], ["TRUE"]

        def add(name: str, found: conversion.Conversion) -> None:
            selected.append(f"{found.value} AS {conversion.quoted(name)}")
            certain.append(found.certain)

        for name, index in self.columns.facts.items():
            raw, stored = f"c{index}", schema.field(f"c{index}").type
            if name in self.small.facts:
                add(name, conversion.fact(raw, self.small.facts[name].type, stored, self.texts, horizon))
            elif self.texts:
                selected.append(f"{raw} AS {conversion.quoted(name)}")  # read in Python
            else:
                add(name, conversion.record(raw, self.small.records[name].fields, stored, horizon))
        for name, fact in self.small.facts.items():
            if name not in self.columns.facts and fact.default is not None:
                selected.append(f"{conversion.constant(fact.default)} AS {conversion.quoted(name)}")
        for name, record in self.small.records.items():
            if name not in self.columns.facts:
                rows = f"CAST([] AS {conversion.record_type(record.fields)})"
                selected.append(f"{rows} AS {conversion.quoted(name)}")
        if isinstance(self.columns.on, int):
            index = self.columns.on
            add(_ON, conversion.day(f"c{index}", schema.field(f"c{index}").type, self.texts, horizon))
        if isinstance(self.columns.at, int):
            index = self.columns.at
            places = tuple(self.small.territories)
            add(_AT, conversion.member(f"c{index}", places, schema.field(f"c{index}").type))
        return f"SELECT {', '.join(selected)}, {' AND '.join(certain)} AS {_CERTAIN} FROM chunk"

    def _case_columns(self) -> CaseColumns:
        """How the typed table holds the cases."""
        absent = {
            name: None
            for name, fact in self.small.facts.items()
            if name not in self.columns.facts and fact.default is None
        }
        on, at = self.columns.on, self.columns.at
        return CaseColumns(
            on=on if isinstance(on, dt.date) else _ON,
            at=OnePlace(at) if isinstance(at, str) else PlaceColumn(_AT),
            facts=absent,
            key=_KEY,
        )

    # --- From typed columns to answers

    def _answers(self, count: int) -> Iterator[Outcome | None]:
        """The answers in order; None: the table does not say."""
        main = self._rows(self._main, ["answers"] if self.topic.outcome is not None else [], count)
        bars = self._rows(self._bars, ["ends"], count) if self._bars is not None else [None] * count
        known: dict[object, Outcome | None] = {}
        for row in zip(main, bars, strict=True):
            if row not in known:
                known[row] = self._answer(*row)
            yield known[row]

    def _answer(self, main: _Said, bars: _Said | None) -> Outcome | None:
        verdict = Verdict(main[0])
        grounds = self._main.members(main[1])
        if verdict is Verdict.UNDETERMINED:
            return None
        if self.topic.outcome is not None:
            if verdict is Verdict.IN_CONFLICT:
                return None  # the values are those of all that stand, not only of what collides
            standing = [EvaluatedAnswer(value) for value in main[2]]
            return self.native.brief(verdict, grounds, None, values_of(standing, self.topic, self.small))
        if verdict is not Verdict.INELIGIBLE or bars is None or self._bars is None:
            return self.native.brief(verdict, grounds)
        if Verdict(bars[0]) in (Verdict.UNDETERMINED, Verdict.IN_CONFLICT):
            return None
        norms = self.native.norms
        ends = {
            norms[id_].rule: end
            for id_, end in zip(self._bars.members(bars[1]), bars[2], strict=True)
            if isinstance(end, dt.date)
        }
        return self.native.brief(verdict, grounds, last_of(ends.get(norms[id_].rule) for id_ in grounds))

    def _rows(self, query: _Query, lists: list[str], count: int) -> Iterator[_Said]:
        """The verdict of each row, the set of norms it rests on, and what they say."""
        words = query.words("resting")
        columns = ", ".join([_KEY, "verdict", *words, *lists])
        found = self._connection.sql(f"SELECT {columns} FROM ({query.sql})").to_arrow_table()
        if found.column(_KEY).to_pylist() != list(range(count)):
            raise InternalError("internal error: the engine did not keep the order of the rows")
        verdicts = found.column("verdict").to_pylist()
        resting = zip(*(found.column(word).to_pylist() for word in words), strict=True)
        if not lists:
            return zip(verdicts, resting, repeat(()), strict=False)
        said = (tuple(each) for each in found.column(lists[0]).to_pylist())
        return zip(verdicts, resting, said, strict=True)

    def _numbers(self, query: str) -> set[int]:
        return set(self._connection.sql(query).to_arrow_table().column(_KEY).to_pylist())

    def _assumptions(self, cases: CaseColumns) -> _Query | None:
        """For each row the assumptions about what the question asks for that do not hold."""
        relevant = self.native.engine.topic(self.topic.name).assumptions
        if not relevant:
            return None
        question = MayDo(Deed("", ""))
        settling = Settling(
            self.small,
            self.readings,
            cases.on if isinstance(cases.on, dt.date) else None,
            cases.at.name if isinstance(cases.at, OnePlace) else None,
        )
        norms = tuple(
            Norm(each.label, "", "", (), negation(each.expr), question, Modality.FORBIDDEN, "")
            for each in relevant
        )
        broken = tuple(settling.of(norm.guard) for norm in norms)
        asked = Asked(question, norms, broken, tuple(() for _ in norms), {})
        return _query(compiled_asked(asked, self.small, cases))


@frozen(eq=False)
class _Query:
    """A compiled question: its norms in the order of bits, and its text."""

    norms: tuple[str, ...]
    sql: str

    def words(self, name: str) -> list[str]:
        """The columns that hold the set ``name``."""
        return Sets(len(self.norms)).columns(name)

    def members(self, words: tuple[int, ...]) -> tuple[str, ...]:
        """The norms in a set."""
        return tuple(id_ for n, id_ in enumerate(self.norms) if words[n // WORD] >> n % WORD & 1)


def _query(compiled: Compiled) -> _Query:
    return _Query(compiled.norms, compiled.sql("cases"))
