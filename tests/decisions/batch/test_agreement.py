"""What a file's cell is taken for: a chunk by SQL, a row by the programs and a single case never differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from attrs import define
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from guiju import InvalidInput
from guiju.compiler.kernel import Corpus
from guiju.decisions.batch.brief import Brief, Outcome, Refused
from guiju.decisions.batch.cells import from_text
from guiju.decisions.batch.headers import columns
from guiju.decisions.batch.native import Native
from guiju.decisions.batch.parquet_input import Batch
from guiju.decisions.batch.request import Input, Request
from guiju.decisions.batch.rows import Passed, Reader, Row, TableReader
from guiju.decisions.batch.solving import Solving
from guiju.decisions.batch.source import Chunk, Line, Lines
from guiju.decisions.batch.table import Table
from guiju.decisions.cases import read
from guiju.decisions.values import value_of
from stall_rules import stalls

ON, AT = "on", "at"
NUMBER, AREA, KIND, TRUTH = "摊主.年龄", "摊主.面积", "摊主.经营", "摊主.占道"
DONE, TREATED, ROWS = "摊主.违规日", "摊主.处理日", "摊主.处罚"
HEADER = (NUMBER, AREA, KIND, TRUTH, DONE, TREATED, ROWS, ON, AT)
QUESTIONS = ("摊主·出摊", "处理", "最高档次", "摊主·夜间经营")


@cache
def both(question: str, texts: bool) -> tuple[Native, Table]:
    """The two ways to ask a question of files with ``HEADER``, without the solver."""
    corpus = stalls()
    place = Path("cases.csv")
    request = Request(question, ON, AT, Input(place, "csv"), place, "csv", place)
    there = columns(HEADER, request, corpus.declarations)
    reader = TableReader(there, corpus.declarations, corpus.places, texts)
    native = Native(corpus, question, {}, reader, Solving(corpus, question, {}, frozenset(), 0), False)
    readings = corpus.declarations.default_readings()
    topic = corpus.questions[question]
    return native, Table(native, topic, there, corpus.declarations, texts, readings)


def texts() -> SearchStrategy[str]:
    """Cells that are right, nearly right, or anything."""
    near = [
        "",
        " ",
        "=1+1",
        "null",
        "NaN",
        "-",
        "1e2",
        "1E400000000",
        "-0",
        "007",
        "+5",
        "true ",
        "TRUE",
        "１",
    ]
    digits = st.from_regex(r"-?[0-9]{1,20}(\.[0-9]{0,4})?", fullmatch=True)
    days = st.dates(dt.date(2017, 1, 1), dt.date(2041, 1, 1)).map(str)
    odd = [
        "2025-02-30",
        "2024-02-29",
        "2025-2-3",
        "20250203",
        "2025-02-03 ",
        "2025-02-03T00:00",
        "+2025-02-03",
    ]
    plain = ["true", "false", "True", "果蔬", "熟食", "果蔬 ", "30", "12.50", "100.00", "100.01", "0.005"]
    rows = [
        "[]",
        "{}",
        "[",
        "[null]",
        '[{"日子": "2024-05-01", "档次": "警告"}]',
        '[{"日子": null}]',
        '[{"日": 1}]',
    ]
    return st.one_of(digits, days, st.sampled_from([*near, *odd, *plain, *rows]), st.text(max_size=4))


def right_texts() -> dict[str, SearchStrategy[str]]:
    """For each column cells that are right, none of them empty."""
    days = st.dates(dt.date(2023, 1, 1), dt.date(2026, 1, 1)).map(str)
    rows = ["[]", '[{"日子": "2024-05-01", "档次": "警告"}, {"日子": "2024-06-01"}]', '[{"档次": "停摊"}]']
    return {
        NUMBER: st.integers(0, 120).map(str),
        AREA: st.integers(0, 10000).map(lambda n: str(Decimal(n) / 100)),
        KIND: st.sampled_from(["果蔬", "熟食", "百货"]),
        TRUTH: st.sampled_from(["true", "false"]),
        DONE: days,
        TREATED: days,
        ROWS: st.sampled_from(rows),
        ON: days,
        AT: st.sampled_from(["省", "市", "东区"]),
    }


def spoilt() -> SearchStrategy[list[str]]:
    """A row of right cells, of which some are replaced."""
    cells = right_texts()
    return st.tuples(*(cells[name] | st.just("") | texts() for name in HEADER)).map(list)


def complete() -> SearchStrategy[list[str]]:
    """A row of right cells, none of them empty."""
    return st.tuples(*right_texts().values()).map(list)


def same(native: Native, table: Table, chunk: Chunk) -> list[Outcome]:
    """What both say of ``chunk``."""
    expected = native.outcomes(chunk)
    assert table.outcomes(chunk) == expected
    return expected


def lines(rows: list[list[str]]) -> Lines:
    return Lines([Line(n, n + 1, row) for n, row in enumerate(rows, 1)])


@pytest.mark.parametrize("question", QUESTIONS)
@given(rows=st.lists(spoilt(), min_size=1, max_size=40))
def test_texts(question: str, rows: list[list[str]]) -> None:
    """By SQL and by the programs: the same answers, the same problems."""
    native, table = both(question, texts=True)
    same(native, table, lines(rows))


@settings(max_examples=10)
@given(rows=st.lists(complete(), min_size=1, max_size=20))
def test_the_table_answers_what_is_right(rows: list[list[str]]) -> None:
    """Rows without mistakes and without anything unknown do not go one by one."""
    native, table = both.__wrapped__("摊主·出摊", texts=True)
    found = native.outcomes(lines(rows))
    clean = [row for row, each in zip(rows, found, strict=True) if is_plain(each)]
    assume(clean)
    counting = Counting(native.reader)
    native.reader = counting
    assert table.outcomes(lines(clean)) == [each for each in found if is_plain(each)]
    assert counting.read == 0


@define
class Counting:
    """A reader that counts the rows that are read one by one."""

    reader: Reader
    read: int = 0

    def row(self, line: Line) -> Row:
        self.read += 1
        return self.reader.row(line)

    def passed(self, chunk: Chunk) -> list[Passed]:
        return self.reader.passed(chunk)

    def original(self, line: Line) -> object:
        return self.reader.original(line)

    def column(self, path: str) -> str | None:
        return self.reader.column(path)


def is_plain(outcome: Outcome) -> bool:
    return isinstance(outcome, Brief) and outcome.verdict != "undetermined"


def arrays() -> dict[str, list[tuple[pa.DataType, SearchStrategy[Any]]]]:
    """For each column the types that it may be stored as, with values."""
    days = st.dates(dt.date(2017, 6, 1), dt.date(2041, 1, 1))
    midnights = days.map(lambda day: dt.datetime.combine(day, dt.time()))
    moments = st.builds(dt.datetime.combine, days, st.times())
    whole = st.integers(-5, 130)
    kinds = st.sampled_from(["果蔬", "熟食", "", "菜"])
    grades = st.sampled_from(["警告", "停摊", "重"])
    dated: list[tuple[pa.DataType, SearchStrategy[Any]]] = [
        (pa.date32(), days),
        (pa.timestamp("us"), midnights | moments),
        (pa.timestamp("ns"), midnights),
        (pa.timestamp("us", tz="UTC"), midnights),
        (pa.string(), days.map(str) | st.just("2025-2-3")),
        (pa.int64(), whole),
    ]

    def rows(day: pa.DataType, values: SearchStrategy[Any], **more: pa.DataType) -> Any:
        fields = [("日子", day), ("档次", pa.string()), *more.items()]
        cells = {"日子": values | st.none(), "档次": grades | st.none(), **{n: st.just(1) for n in more}}
        row = st.fixed_dictionaries(cells) | st.none()
        return pa.list_(pa.struct(fields)), st.lists(row, max_size=3)

    return {
        NUMBER: [
            (pa.int64(), whole),
            (pa.uint8(), st.integers(0, 255)),
            (pa.float64(), st.floats(-10, 130) | whole.map(float) | st.floats()),
            (pa.float32(), whole.map(float) | st.floats(width=32)),
            (pa.decimal128(5, 1), st.decimals(0, 130, places=1)),
            (pa.string(), whole.map(str)),
            (pa.bool_(), st.booleans()),
            (pa.date32(), days),
        ],
        AREA: [
            (pa.int16(), st.integers(-2, 102)),
            (pa.float64(), st.integers(-100, 10100).map(lambda n: n / 100) | st.floats(-1, 101)),
            (pa.float32(), st.floats(0, 100, width=32)),
            (pa.decimal128(10, 3), st.decimals(-1, 101, places=3)),
            (pa.decimal128(10, 1), st.decimals(-1, 101, places=1)),
            (pa.string(), st.decimals(-1, 101, places=2).map(str) | st.sampled_from(["", "+5", "05", "1e1"])),
        ],
        KIND: [(pa.string(), kinds), (pa.large_string(), kinds), (pa.int8(), st.just(1))],
        TRUTH: [
            (pa.bool_(), st.booleans()),
            (pa.string(), st.sampled_from(["true", "x"])),
            (pa.int8(), st.just(1)),
        ],
        DONE: dated,
        TREATED: dated,
        ROWS: [
            rows(pa.date32(), days),
            rows(pa.string(), days.map(str)),
            rows(pa.date32(), days, 别的=pa.int64()),
            (pa.list_(pa.int64()), st.lists(st.just(1), max_size=1)),
            (pa.string(), st.sampled_from(["[]", "x", '[{"日子": "2024-05-01"}]'])),
        ],
        ON: [(pa.date32(), days), (pa.string(), days.map(str)), (pa.timestamp("us"), midnights | moments)],
        AT: [(pa.string(), st.sampled_from(["省", "市", "东区", "", "西区"]))],
    }


@st.composite
def batches(draw: Callable[[SearchStrategy[Any]], Any]) -> pa.RecordBatch:
    count = draw(st.integers(1, 25))
    found: list[pa.Array] = []
    for name in HEADER:
        stored, values = draw(st.sampled_from(arrays()[name]))
        cells = draw(st.lists(values | st.none(), min_size=count, max_size=count))
        found.append(pa.array(cells, stored))
    return pa.RecordBatch.from_arrays(found, names=list(HEADER))


@pytest.mark.parametrize("question", QUESTIONS)
@given(batch=batches())
def test_typed_columns(question: str, batch: pa.RecordBatch) -> None:
    """Whatever type a column has."""
    native, table = both(question, texts=False)
    same(native, table, Batch(batch, 1))


@given(st.sampled_from([NUMBER, AREA, KIND, TRUTH, DONE]), texts())
def test_a_cell_is_taken_as_a_single_case_takes_it(name: str, cell: str) -> None:
    """It is accepted where ``cases`` accepts the value that it writes, and means the same."""
    corpus: Corpus = stalls().declarations
    value = from_text(cell, corpus.facts[name].type)
    native, _ = both("摊主·出摊", texts=True)
    row = ["" if each != name else cell for each in HEADER[:-2]]
    try:
        expected = read({name: value}, corpus).case.facts.get(name)
    except InvalidInput as error:
        codes = [problem.code for problem in error.problems]
        with pytest.raises(InvalidInput) as refused:
            native.reader.row(Line(1, 2, [*row, "2025-01-15", "市"]))
        assert [problem.code for problem in refused.value.problems] == codes
    else:
        found = native.reader.row(Line(1, 2, [*row, "2025-01-15", "市"]))
        assert found.given.case.facts.get(name) == expected
        assert (value is None) == (name in found.given.unknown)


@given(st.sampled_from([NUMBER, AREA]), st.decimals(-10, 200, places=2))
def test_numerals_mean_their_number(name: str, number: Decimal) -> None:
    """As text and as a number they are the same value, or both none."""
    corpus = stalls().declarations
    type_ = corpus.facts[name].type

    def taken(value: object) -> object:
        try:
            return value_of(value, type_, corpus.horizon)
        except InvalidInput as error:
            return [problem.code for problem in error.problems]

    assert taken(from_text(str(number), type_)) == taken(number)


def test_refused_and_answered_are_told_apart() -> None:
    """In one chunk, each in its place."""
    native, table = both("摊主·出摊", texts=True)
    good = ["17", "", "果蔬", "", "", "", "", "2025-01-15", "市"]
    bad = ["x", *good[1:]]
    found = same(native, table, lines([bad, good, bad, good]))
    assert [type(each) for each in found] == [Refused, Brief, Refused, Brief]
