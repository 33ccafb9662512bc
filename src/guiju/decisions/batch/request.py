"""What a run over a file is asked to do, and what it did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from attrs import field, frozen

from guiju.dsl.source import Bilingual

#: The endings of the formats that are read and written.
FORMATS = ("parquet", "csv", "jsonl", "xlsx")


class Unusable(ValueError):
    """The file or what was asked of it cannot be used at all: nothing was answered and nothing written."""

    def __init__(self, zh: str, en: str) -> None:
        self.message = Bilingual(zh, en)
        super().__init__(en)


@frozen
class Input:
    """The file with the cases.

    Attributes:
        path: Where it is.
        format: One of ``FORMATS``.
        encoding: Of CSV: ``utf-8``, ``gb18030``, or ``auto``, which tells the two apart.
        sheet: Of a workbook: the sheet, by default the first.
    """

    path: Path
    format: str
    encoding: str = "auto"
    sheet: str | None = None


@frozen
class Request:
    """One question, asked of every row of a file.

    Attributes:
        question: The name of a topic.
        on: The day that is asked about, or the column that holds it; None: each line of JSON Lines says.
        at: The place, likewise.
        input: The cases.
        output: Where the answers go.
        output_format: One of ``FORMATS``.
        rejects: Where the rows with problems go, as JSON Lines.
        columns: The header of the column that holds a fact or record, where it is not the full name.
        id: The column that tells rows apart; it is passed through.
        keep: Further columns that are passed through.
        engine: ``table``, ``native``, or ``auto``.
        full: Give each whole decision.
        readings: Choices that differ from the defaults.
        solve: How many different incomplete cases the solver is asked about at most; 0: none.
        verify: How many answers are worked out again by the reference evaluator.
        seed: Which ones: the same seed, the same rows.
    """

    question: str
    on: str | None
    at: str | None
    input: Input
    output: Path
    output_format: str
    rejects: Path
    columns: Mapping[str, str] = field(factory=dict)
    id: str | None = None
    keep: tuple[str, ...] = ()
    engine: str = "auto"
    full: bool = False
    readings: Mapping[str, str] = field(factory=dict)
    solve: int = 1000
    verify: int = 500
    seed: int = 0


@frozen
class Opening:
    """What is told before the first row: where each fact comes from.

    Attributes:
        engine: ``table`` or ``native``.
        columns: The header of the column for each fact and record that has one; None: each line says.
        defaults: Facts that the question asks for, without a column, whose declared default is taken.
        unknown: Facts that the question asks for and no column or default gives.
        empty: Records that the question asks for, without a column: they have no rows.
        ignored: Columns that are no facts and are not kept.
        notes: What else the reader of the file remarked.
    """

    engine: str
    columns: Mapping[str, str] | None
    defaults: Mapping[str, str] = field(factory=dict)
    unknown: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    notes: tuple[Bilingual, ...] = ()


@frozen
class Summary:
    """What a run did. ``read`` is ``answered`` and ``rejected`` together.

    Attributes:
        read: Rows of the file.
        answered: Rows with an answer.
        rejected: Rows with a problem.
        verdicts: How many rows got each verdict.
        verified: Answers that the reference evaluator gave again.
        solved: Different incomplete cases that the solver was asked about.
        unsolved: Rows that stayed undetermined because the solver was not asked any more, or not at all.
    """

    read: int
    answered: int
    rejected: int
    verdicts: Mapping[str, int]
    verified: int
    solved: int
    unsolved: int


#: Told how many rows were read and rejected so far, and how many there are, where that is known.
Watch = Callable[[int, int, int | None], None]


def is_day(text: str) -> dt.date | None:
    """The day that ``text`` writes, if it is one: else it names a column."""
    try:
        return dt.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
