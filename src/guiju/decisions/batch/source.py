"""Where cases come from: a file as chunks of lines, each of which knows its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from attrs import field, frozen

from guiju.decisions.problems import Problem
from guiju.dsl.source import Bilingual

#: How many rows are read at a time.
CHUNK = 100_000


@frozen
class Line:
    """One row of a file.

    Attributes:
        number: The number of the row among the rows with data, from 1.
        place: The line of the file or the row of the sheet, from 1; of a binary file the number again.
        cells: What stands in it, in the order of the header; of JSON Lines its bytes alone.
        problems: Why it cannot be read at all.
    """

    number: int
    place: int
    cells: Sequence[object]
    problems: tuple[Problem, ...] = ()


class Chunk(Protocol):
    """Some rows in their order."""

    def __len__(self) -> int: ...

    def line(self, index: int) -> Line:
        """The row at ``index``, from 0."""
        ...

    def lines(self) -> Iterator[Line]:
        """All of them."""
        ...

    def cells(self, index: int) -> list[object]:
        """What stands in the column at ``index``; None in a row that is too short."""
        ...


class Source(Protocol):
    """A file, opened."""

    @property
    def header(self) -> tuple[str, ...] | None:
        """The names of the columns; None: each line is a case by itself."""
        ...

    @property
    def texts(self) -> bool:
        """Whether all cells are texts, and an empty one is empty."""
        ...

    @property
    def total(self) -> int | None:
        """How many rows there are, where that is known beforehand."""
        ...

    @property
    def notes(self) -> tuple[Bilingual, ...]:
        """What is to be told about how it is read."""
        ...

    @property
    def types(self) -> Mapping[str, object]:
        """The types of the columns, of a file that has them."""
        ...

    def chunks(self) -> Iterator[Chunk]:
        """The rows from the first on; asked for once."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


@frozen
class Lines:
    """A chunk of lines that were read one by one."""

    _lines: list[Line] = field(factory=list)

    def __len__(self) -> int:
        return len(self._lines)

    def line(self, index: int) -> Line:
        return self._lines[index]

    def lines(self) -> Iterator[Line]:
        return iter(self._lines)

    def cells(self, index: int) -> list[object]:
        return [line.cells[index] if index < len(line.cells) else None for line in self._lines]


def chunked(lines: Iterator[Line], size: int = CHUNK) -> Iterator[Lines]:
    """``lines`` in chunks of ``size``."""
    pending: list[Line] = []
    for line in lines:
        pending.append(line)
        if len(pending) == size:
            yield Lines(pending)
            pending = []
    if pending:
        yield Lines(pending)
