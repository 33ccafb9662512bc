"""Parquet: typed columns, records as lists of structs. Needs pyarrow, of the extra ``table``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]  # it publishes no types
import pyarrow.parquet as pq  # type: ignore[import-untyped]
from attrs import define, frozen

from guiju.decisions.batch.request import Input, Unusable
from guiju.decisions.batch.source import CHUNK, Line
from guiju.dsl.source import Bilingual


@frozen(slots=False)
class Batch:
    """A chunk of columns; its rows are made when they are asked for."""

    table: pa.RecordBatch
    first: int

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def line(self, index: int) -> Line:
        number = self.first + index
        return Line(number, number, [column[index].as_py() for column in self.table.columns])

    def lines(self) -> Iterator[Line]:
        for number, cells in enumerate(zip(*self.lists, strict=True), self.first):
            yield Line(number, number, cells)

    def cells(self, index: int) -> list[object]:
        found: list[object] = self.table.column(index).to_pylist()
        return found

    @cached_property
    def lists(self) -> list[list[object]]:
        """The columns as Python values."""
        return [column.to_pylist() for column in self.table.columns]


@define
class ParquetSource:
    """A Parquet file, opened."""

    header: tuple[str, ...]
    total: int | None
    types: Mapping[str, object]
    _path: Path
    _file: pq.ParquetFile
    texts: bool = False
    notes: tuple[Bilingual, ...] = ()

    def chunks(self) -> Iterator[Batch]:
        first = 1
        tables = iter(self._file.iter_batches(batch_size=CHUNK))
        while True:
            with _whole(self._path):
                table = next(tables, None)
            if table is None:
                return
            if table.num_rows:
                yield Batch(_without_dictionaries(table), first)
                first += table.num_rows

    def close(self) -> None:
        self._file.close()


def opened(given: Input) -> ParquetSource:
    """The file that ``given`` names.

    Raises:
        Unusable: It is no Parquet file.
        OSError: It cannot be read.
    """
    with given.path.open("rb"):  # what cannot be read is no damaged file
        pass
    with _whole(given.path):
        file = pq.ParquetFile(given.path, pre_buffer=False)
        schema = file.schema_arrow
    types = {one.name: one.type for one in schema}
    return ParquetSource(tuple(schema.names), file.metadata.num_rows, types, given.path, file)


@contextmanager
def _whole(path: Path) -> Iterator[None]:
    """Raise ``Unusable`` for whatever the library stumbles over in a file that is damaged."""
    try:
        yield
    except MemoryError:
        raise
    except (pa.ArrowException, OSError, ValueError) as error:
        raise Unusable(
            f"{path} 不是 Parquet 文件，或已损坏", f"{path} is no Parquet file, or is damaged"
        ) from error


def _without_dictionaries(table: pa.RecordBatch) -> pa.RecordBatch:
    """Columns of repeated texts as texts."""
    columns = [c.dictionary_decode() if pa.types.is_dictionary(c.type) else c for c in table.columns]
    return pa.RecordBatch.from_arrays(columns, names=table.schema.names)
