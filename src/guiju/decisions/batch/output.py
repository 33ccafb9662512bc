"""Answers to a file: a row for each row that was answered, in the same order.

A text that a spreadsheet would run is made one that it only shows, in the formats that it opens.
"""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import IO, Protocol

from attrs import define, field, frozen

from guiju.decisions.batch.brief import Brief
from guiju.decisions.batch.request import Unusable
from guiju.decisions.batch.rows import Passed
from guiju.decisions.decision import plain

#: The columns of an answer, after those that are passed through.
ANSWER = ("verdict", "grounds", "citations", "until", "values", "undetermined")

_RUNS = re.compile(r"[=+\-@\t\r]")
_LONE = re.compile("[\ud800-\udfff]")  # half a character, which JSON can write and no other format holds
_NUMERAL = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)


@frozen
class Answered:
    """Some answered rows: their numbers, what is passed through, and the answers."""

    numbers: Sequence[int]
    passed: Sequence[Passed]
    briefs: Sequence[Brief]


@frozen
class Heading:
    """The names of what is passed through."""

    id: str | None
    keep: tuple[str, ...]
    full: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all columns."""
        return ("row", *self._passed(), *ANSWER, *(("decision",) if self.full else ()))

    def check(self) -> None:
        """Raise ``Unusable`` where two columns would have one name."""
        names = self.names
        for name in self._passed():
            if names.count(name) > 1:
                raise Unusable(
                    f"“{name}”已是答复中的一列，请先改列名",
                    f"{name} is a column of the answers: rename yours",
                )

    def _passed(self) -> tuple[str, ...]:
        return self.keep if self.id is None else (self.id, *self.keep)


class Writer(Protocol):
    """Writes answers to one file."""

    def write(self, answered: Answered) -> None:
        """Write some rows."""
        ...

    def close(self) -> None:
        """Finish the file."""
        ...

    def abandon(self) -> None:
        """Let go of the file as it is; after ``close`` nothing is left to do."""
        ...


def opened(path: Path, format_: str, heading: Heading, types: Mapping[str, object]) -> Writer:
    """What writes to ``path``; ``types`` are those of the columns of the input, if it has any."""
    match format_:
        case "csv":
            return CsvWriter(path.open("w", encoding="utf-8-sig", newline=""), heading)
        case "jsonl":
            return JsonLinesWriter(
                path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n"), heading
            )
        case "xlsx":
            from guiju.decisions.batch.xlsx_output import XlsxWriter

            return XlsxWriter(path, heading)
        case _:
            from guiju.decisions.batch.parquet_output import ParquetWriter

            return ParquetWriter(path, heading, types)


@define
class CsvWriter:
    """Writes CSV: UTF-8 with a byte order mark, so that a spreadsheet knows; lists joined by ``; ``."""

    _file: IO[str]
    _heading: Heading
    _shown: dict[int, tuple[Brief, list[str]]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        csv.writer(self._file, lineterminator="\n").writerow(harmless(name) for name in self._heading.names)

    def write(self, answered: Answered) -> None:
        csv.writer(self._file, lineterminator="\n").writerows(self._rows(answered))

    def close(self) -> None:
        self._file.close()

    def abandon(self) -> None:
        with contextlib.suppress(OSError):
            self._file.close()

    def _rows(self, answered: Answered) -> Iterator[list[str]]:
        rows = zip(answered.numbers, answered.passed, answered.briefs, strict=True)
        with_id = self._heading.id is not None
        for number, passed, brief in rows:
            through = (passed.id, *passed.kept) if with_id else passed.kept
            yield [str(number), *(harmless(text(value)) for value in through), *self._answer(brief)]

    def _answer(self, brief: Brief) -> list[str]:
        """The cells of ``brief``: many rows share one."""
        found = self._shown.get(id(brief))
        if found is None or found[0] is not brief:
            if len(self._shown) > 10_000:
                self._shown.clear()
            found = self._shown[id(brief)] = (
                brief,
                [harmless(cell) for cell in cells(brief, self._heading.full)],
            )
        return found[1]


@define
class JsonLinesWriter:
    """Writes JSON Lines: an object for each row, with lists as lists."""

    _file: IO[str]
    _heading: Heading

    def write(self, answered: Answered) -> None:
        for number, passed, brief in zip(answered.numbers, answered.passed, answered.briefs, strict=True):
            found: dict[str, object] = {"row": number}
            if self._heading.id is not None:
                found[self._heading.id] = as_json(passed.id)
            found |= {n: as_json(value) for n, value in zip(self._heading.keep, passed.kept, strict=True)}
            found |= {name: plain(getattr(brief, name)) for name in ANSWER}
            if self._heading.full:
                found["decision"] = brief.decision
            self._file.write(json.dumps(found, ensure_ascii=False) + "\n")

    def close(self) -> None:
        self._file.close()

    def abandon(self) -> None:
        with contextlib.suppress(OSError):
            self._file.close()


def cells(brief: Brief, full: bool) -> list[str]:
    """``brief`` as texts in the order of ``ANSWER``, and the whole decision."""
    found = [
        brief.verdict,
        "; ".join(brief.grounds),
        "; ".join(brief.citations),
        text(brief.until),
        "; ".join("?" if value is None else text(value) for value in brief.values),
        brief.undetermined or "",
    ]
    return [*found, json.dumps(brief.decision, ensure_ascii=False)] if full else found


def text(value: object) -> str:
    """A value as the text of a cell; a value that the law leaves open is ``?``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _LONE.sub(lambda found: f"\\u{ord(found[0]):04x}", value)
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        return str(value)
    return json.dumps(as_json(value), ensure_ascii=False)


def harmless(cell: str) -> str:
    """``cell`` so that a spreadsheet shows it and does not run it."""
    return f"'{cell}" if _RUNS.match(cell) and not _NUMERAL.fullmatch(cell) else cell


def as_json(value: object) -> object:
    """A value that is passed through, as JSON; what JSON does not know becomes text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): as_json(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(each) for each in value]
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="backslashreplace")
    if isinstance(value, float) and value == value and abs(value) != float("inf"):
        return value
    return str(value)
