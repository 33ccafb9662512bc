"""A line to a case that can be asked about, or to every problem in it: read exactly as a single case is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import repeat
from typing import Protocol

from attrs import evolve, frozen

from guiju.compiler.kernel import Corpus
from guiju.decisions.batch.cells import from_text, from_typed, record_from_text, record_from_typed
from guiju.decisions.batch.headers import Columns
from guiju.decisions.batch.source import Chunk, Line
from guiju.decisions.cases import Given, read
from guiju.decisions.json_input import parse
from guiju.decisions.problems import InvalidInput, Problem, pointer
from guiju.decisions.values import day
from guiju.dsl.diagnostics import did_you_mean
from guiju.dsl.source import Bilingual


@frozen
class Row:
    """A case, understood.

    Attributes:
        data: The case as plain values by full name (or as the line has it), to be read as a single case.
        given: The same, read; of facts without a column only those are in it that can matter.
        on: The day that is asked about.
        at: The place.
    """

    data: Mapping[str, object]
    given: Given
    on: dt.date
    at: str


@frozen
class Passed:
    """What is passed through: the value that tells the row apart, and what is kept."""

    id: object = None
    kept: tuple[object, ...] = ()


class Reader(Protocol):
    """Reads lines of one file."""

    def row(self, line: Line) -> Row:
        """The case in ``line``.

        Raises:
            InvalidInput: With every problem in it.
        """
        ...

    def passed(self, chunk: Chunk) -> list[Passed]:
        """What of each row is passed through; of a row that cannot be read nothing."""
        ...

    def original(self, line: Line) -> object:
        """What stood there, for the side file."""
        ...

    def column(self, path: str) -> str | None:
        """The column that a problem at ``path`` is about."""
        ...


@frozen
class TableReader:
    """Reads the rows of a table.

    Attributes:
        columns: What stands where.
        corpus: Declares the facts that have a column or can matter, so that no others are gone through.
        places: All territories.
        texts: Whether cells are texts.
    """

    columns: Columns
    corpus: Corpus
    places: tuple[str, ...]
    texts: bool

    def row(self, line: Line) -> Row:
        if line.problems:
            raise InvalidInput(line.problems)
        problems: list[Problem] = []
        data: dict[str, object] = {}
        for name, index in self.columns.facts.items():
            try:
                data[name] = self._value(name, line.cells[index])
            except InvalidInput as error:
                problems += [evolve(p, path=pointer("case", name) + p.path) for p in error.problems]
        given = None
        try:
            given = read(data, self.corpus, ("case",))
        except InvalidInput as error:
            problems += error.problems
        on = self._on(line, problems)
        at = self._at(line, problems)
        if problems or given is None or on is None or at is None:
            raise InvalidInput(problems)
        return Row(data, given, on, at)

    def passed(self, chunk: Chunk) -> list[Passed]:
        columns = self.columns
        if columns.id is None and not columns.keep:
            return [Passed()] * len(chunk)
        ids = [None] * len(chunk) if columns.id is None else chunk.cells(columns.id)
        kept = zip(*map(chunk.cells, columns.keep), strict=True) if columns.keep else repeat(())
        return [Passed(*each) for each in zip(ids, kept, strict=False)]

    def original(self, line: Line) -> object:
        header = self.columns.header
        if len(line.cells) != len(header):
            return list(line.cells)
        return {
            name or str(i): cell for i, (name, cell) in enumerate(zip(header, line.cells, strict=True), 1)
        }

    def column(self, path: str) -> str | None:
        return self.columns.of_path(path)

    def _value(self, name: str, cell: object) -> object:
        """The plain value in ``cell``, for a fact or record."""
        fact = self.corpus.facts.get(name)
        if self.texts:
            assert isinstance(cell, str)
            return from_text(cell, fact.type) if fact is not None else record_from_text(cell)
        if fact is not None:
            return from_typed(cell, fact.type)
        return record_from_typed(cell, self.corpus.records[name].fields)

    def _on(self, line: Line, problems: list[Problem]) -> dt.date | None:
        on = self.columns.on
        if isinstance(on, dt.date):
            return on
        cell = line.cells[on]
        if isinstance(cell, dt.datetime) and cell.time() == dt.time() and cell.tzinfo is None:
            cell = cell.date()
        return _day(cell or None, self.corpus, problems)

    def _at(self, line: Line, problems: list[Problem]) -> str | None:
        at = self.columns.at
        return at if isinstance(at, str) else _place(line.cells[at] or None, self.places, problems)


@frozen
class JsonReader:
    """Reads JSON Lines.

    Attributes:
        corpus: Declares the facts.
        places: All territories.
        on: The day for lines that name none.
        at: The place for lines that name none.
        id: The name beside the case of what tells lines apart.
        keep: What else beside the case is passed through.
    """

    corpus: Corpus
    places: tuple[str, ...]
    on: dt.date | None
    at: str | None
    id: str
    keep: tuple[str, ...]

    def row(self, line: Line) -> Row:
        if line.problems:
            raise InvalidInput(line.problems)
        beside, case = self._parts(line)
        problems = [self._unknown(name) for name in beside if name not in self._beside()]
        given = None
        try:
            given = read(case, self.corpus, ("case",))
        except InvalidInput as error:
            problems += error.problems
        on = _day(beside["on"], self.corpus, problems) if "on" in beside else self.on
        at = _place(beside["at"], self.places, problems) if "at" in beside else self.at
        if on is None and "on" not in beside:
            problems.append(_missing("/on", "没有日期", "there is no day"))
        if at is None and "at" not in beside:
            problems.append(_missing("/at", "没有地域", "there is no place"))
        if problems or given is None or on is None or at is None:
            raise InvalidInput(problems)
        assert isinstance(case, Mapping)
        return Row(case, given, on, at)

    def passed(self, chunk: Chunk) -> list[Passed]:
        found: list[Passed] = []
        for line in chunk.lines():
            try:
                beside, _ = self._parts(line)
            except InvalidInput:
                beside = {}
            found.append(Passed(beside.get(self.id), tuple(beside.get(name) for name in self.keep)))
        return found

    def original(self, line: Line) -> object:
        try:
            return parse(_bytes(line))
        except InvalidInput:
            return _bytes(line).decode("utf-8", errors="backslashreplace").rstrip("\r\n")

    def column(self, path: str) -> str | None:
        return None

    def _parts(self, line: Line) -> tuple[Mapping[str, object], object]:
        """What stands beside the case, and the case."""
        data = parse(_bytes(line))
        if isinstance(data, dict) and "case" in data and "case" not in self.corpus.entities:
            return {name: value for name, value in data.items() if name != "case"}, data["case"]
        return {}, data

    def _beside(self) -> list[str]:
        """The names that may stand beside a case."""
        return list(dict.fromkeys((self.id, "on", "at", "case", *self.keep)))

    def _unknown(self, name: str) -> Problem:
        known = self._beside()
        hint = did_you_mean(name, known)
        return Problem(
            pointer(name),
            "unknown-key",
            Bilingual(
                f"案情之外没有“{name}”。{hint.zh if hint else ''}",
                f"there is no {name} beside the case{f'; {hint.en}' if hint else ''}",
            ),
            ", ".join(known),
        )


def _bytes(line: Line) -> bytes:
    data = line.cells[0]
    assert isinstance(data, bytes)
    return data


def _day(value: object, corpus: Corpus, problems: list[Problem]) -> dt.date | None:
    try:
        return day(value, "/on", corpus.horizon)
    except InvalidInput as error:
        problems += error.problems
        return None


def _place(value: object, places: tuple[str, ...], problems: list[Problem]) -> str | None:
    if isinstance(value, str) and value in places:
        return value
    hint = did_you_mean(value, places) if isinstance(value, str) else None
    problems.append(
        Problem(
            "/at",
            "unknown-place",
            Bilingual(
                f"没有地域“{value}”。{hint.zh if hint else ''}",
                f"there is no place {value}{f'; {hint.en}' if hint else ''}",
            ),
            ", ".join(places[:20]),
        )
    )
    return None


def _missing(path: str, zh: str, en: str) -> Problem:
    return Problem(path, "missing", Bilingual(zh, en), path[1:])
