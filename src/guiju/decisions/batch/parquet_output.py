"""Answers to Parquet: lists as lists, days as days. Needs pyarrow."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]  # it publishes no types
import pyarrow.parquet as pq  # type: ignore[import-untyped]
from attrs import define, field

from guiju.decisions.batch.brief import Brief
from guiju.decisions.batch.output import ANSWER, Answered, Heading, text

_TYPES = {
    "verdict": pa.string(),
    "grounds": pa.list_(pa.string()),
    "citations": pa.list_(pa.string()),
    "until": pa.date32(),
    "values": pa.list_(pa.string()),
    "undetermined": pa.string(),
}


@define
class ParquetWriter:
    """Writes Parquet. What is passed through keeps the type that it has in the input; without one it is text.

    Attributes:
        types: The types of the columns of the input, if it has any.
    """

    _path: Path
    _heading: Heading
    types: Mapping[str, object]
    _schema: pa.Schema = field(init=False)
    _file: pq.ParquetWriter = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._schema = pa.schema([(name, self._type(name)) for name in self._heading.names])
        self._file = pq.ParquetWriter(self._path, self._schema, compression="zstd")

    def write(self, answered: Answered) -> None:
        through: list[list[object]] = []
        if self._heading.id is not None:
            through.append([each.id for each in answered.passed])
        through += [[each.kept[i] for each in answered.passed] for i in range(len(self._heading.keep))]
        arrays = [
            _array(each, one.type)
            for each, one in zip([answered.numbers, *through], self._schema, strict=False)
        ]
        arrays += self._answers(answered.briefs)
        self._file.write_batch(pa.RecordBatch.from_arrays(arrays, schema=self._schema))

    def close(self) -> None:
        self._file.close()

    def abandon(self) -> None:
        with contextlib.suppress(OSError):
            self._file.close()

    def _answers(self, briefs: Sequence[Brief]) -> list[pa.Array]:
        """The columns of the answers: many rows share one, and each is written out once."""
        places: dict[int, int] = {}
        different: list[Brief] = []
        for brief in briefs:
            if id(brief) not in places:
                places[id(brief)] = len(different)
                different.append(brief)
        columns = [
            pa.array([_cell(getattr(each, name)) for each in different], _TYPES[name]) for name in ANSWER
        ]
        if self._heading.full:
            decisions = [json.dumps(each.decision, ensure_ascii=False) for each in different]
            columns.append(pa.array(decisions, pa.string()))
        taken = pa.array([places[id(brief)] for brief in briefs], pa.int64())
        return [column.take(taken) for column in columns]

    def _type(self, name: str) -> pa.DataType:
        if name == "row":
            return pa.int64()
        if name in _TYPES:
            return _TYPES[name]
        given = self.types.get(name)
        plain = isinstance(given, pa.DataType) and not pa.types.is_nested(given)
        return given if plain else pa.string()


def _array(values: Sequence[object], type_: pa.DataType) -> pa.Array:
    if pa.types.is_string(type_):
        return pa.array([None if value is None else text(value) for value in values], type_)
    return pa.array(values, type_)


def _cell(value: object) -> object:
    """A part of an answer: values of outcomes are texts, whatever their type."""
    if isinstance(value, tuple):
        return [None if each is None else text(each) for each in value]
    return value
