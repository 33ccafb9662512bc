"""The same cases in every format get the same answers, in every format."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from batch_desk import HEADER, Desk

TEXTS = [
    ["a1", "30", "果蔬", "false", "", "", ""],
    ["a2", "17", "果蔬", "false", "", "", "[]"],
    ["a3", "30", "熟食", "true", "2024-11-20", "2024-11-30", '[{"日子": "2024-05-01", "档次": "警告"}]'],
]
ROWS = [
    ["a1", 30, "果蔬", False, None, None, None],
    ["a2", 17, "果蔬", False, None, None, []],
    ["a3", 30, "熟食", True, "2024-11-20", "2024-11-30", [{"日子": "2024-05-01", "档次": "警告"}]],
]
MIDNIGHT = dt.datetime.combine(dt.date(2024, 11, 30), dt.time())
#: The verdicts on 出摊, and the grounds of the last.
VERDICTS = ["eligible", "ineligible", "ineligible"]
GROUNDS = ["市办法.熟食", "市办法.占道停摊/1"]


def parquet(desk: Desk) -> Path:
    record = pa.list_(pa.struct([("日子", pa.date32()), ("档次", pa.string())]))
    day = dt.date.fromisoformat
    columns = [
        pa.array([row[0] for row in ROWS]),
        pa.array([row[1] for row in ROWS], pa.int32()),
        pa.array([row[2] for row in ROWS]).dictionary_encode(),
        pa.array([row[3] for row in ROWS]),
        pa.array([None, None, day("2024-11-20")]),
        pa.array([None, None, MIDNIGHT], pa.timestamp("us")),
        pa.array([None, [], [{"日子": day("2024-05-01"), "档次": "警告"}]], record),
    ]
    return desk.parquet(dict(zip(HEADER, columns, strict=True)))


def xlsx(desk: Desk) -> Path:
    def cell(value: object) -> object:
        return MIDNIGHT if value == "2024-11-30" else value

    shown = [[*map(cell, row[:-1]), text[-1] or None] for row, text in zip(ROWS, TEXTS, strict=True)]
    return desk.xlsx(shown)


def jsonl(desk: Desk) -> Path:
    names = [name.removeprefix("摊主.") for name in HEADER[1:]]
    nested = [{"编号": row[0], "case": {"摊主": dict(zip(names, row[1:], strict=True))}} for row in ROWS]
    return desk.jsonl(nested)


def written(desk: Desk, format_: str) -> Path:
    match format_:
        case "csv":
            return desk.csv(TEXTS)
        case "parquet":
            return parquet(desk)
        case "xlsx":
            return xlsx(desk)
        case _:
            return jsonl(desk)


@pytest.mark.parametrize(
    ("format_", "engine"),
    [
        ("csv", "native"),
        ("csv", "table"),
        ("parquet", "native"),
        ("parquet", "table"),
        ("xlsx", "native"),
        ("jsonl", "native"),
    ],
)
def test_every_format_is_read(desk: Desk, format_: str, engine: str) -> None:
    """Values of each type, unknown ones and rows of a record."""
    found = desk.ask(written(desk, format_), id="编号", engine=engine)
    assert found.rejects == []
    assert [row["编号"] for row in found.answers] == ["a1", "a2", "a3"]
    assert found.verdicts == VERDICTS
    assert found.answers[2]["grounds"] == GROUNDS
    assert (found.summary.read, found.summary.answered, found.summary.verified) == (3, 3, 3)


@pytest.mark.parametrize("output", ["answers.csv", "answers.parquet", "answers.xlsx", "answers.jsonl"])
def test_every_format_is_written(desk: Desk, output: str) -> None:
    """The rows in their order, with what is passed through first."""
    found = desk.ask(desk.csv(TEXTS), output=output, id="编号", keep=("摊主.年龄",))
    assert [int(row["row"]) for row in found.answers] == [1, 2, 3]
    assert [(row["编号"], row["摊主.年龄"]) for row in found.answers] == [
        ("a1", "30"),
        ("a2", "17"),
        ("a3", "30"),
    ]
    assert found.verdicts == VERDICTS
    grounds = found.answers[2]["grounds"]
    assert (grounds if isinstance(grounds, list) else grounds.split("; ")) == GROUNDS
    assert "《流动摊贩管理办法》第二条" in found.answers[2]["citations"]


@pytest.mark.parametrize("output", ["answers.csv", "answers.parquet", "answers.xlsx", "answers.jsonl"])
@pytest.mark.parametrize("engine", ["native", "table"])
def test_no_rows_are_a_file_with_none(desk: Desk, output: str, engine: str) -> None:
    """A header alone: every count is 0, and both files are there."""
    found = desk.ask(desk.csv([]), output=output, engine=engine)
    assert (found.answers, found.rejects) == ([], [])
    assert (found.summary.read, found.summary.answered, found.summary.rejected) == (0, 0, 0)


@pytest.mark.parametrize("engine", ["native", "table"])
def test_the_end_of_a_bar(desk: Desk, engine: str) -> None:
    """``until`` is its last day; where another bar has no end to tell, there is none."""
    rows = [
        ["b1", "30", "果蔬", "true", "2024-11-20", "2024-11-30", "[]"],
        ["b2", "17", "果蔬", "true", "2024-11-20", "2024-11-30", "[]"],
    ]
    found = desk.ask(desk.csv(rows), engine=engine)
    assert [row["until"] for row in found.answers] == ["2025-02-28", None]
    parquet = desk.ask(desk.csv(rows), engine=engine, output="answers.parquet")
    assert parquet.answers[0]["until"] == dt.date(2025, 2, 28)


@pytest.mark.parametrize("engine", ["native", "table"])
def test_values_of_an_outcome(desk: Desk, engine: str) -> None:
    """What several norms answer, combined; a conflict shows them all; exact decimals stay exact."""
    rows = '[{"日子": "2024-05-01", "档次": "警告"}, {"日子": "2024-06-01", "档次": "警告"}]'
    path = desk.csv([["c1", "30", "果蔬", "true", "2024-11-20", "2024-11-30", rows]])
    assert desk.ask(path, "最高档次", engine=engine).answers[0]["values"] == ["停摊"]
    (clash,) = desk.ask(path, "处理", engine=engine).answers
    assert (clash["verdict"], clash["values"]) == ("in_conflict", ["停摊", "清退"])
    assert desk.ask(path, "费用", engine=engine).answers[0]["values"] == ["12.50"]


@pytest.mark.parametrize("engine", ["native", "table"])
def test_day_and_place_in_columns(desk: Desk, engine: str) -> None:
    """Each row is asked on its own day and at its own place, and rejected without."""
    header = ("摊主.年龄", "摊主.经营", "日", "地")
    asked = [
        ("2025-01-15", "东区"),
        ("2019-06-01", "市"),
        ("2025-01-15", "省"),
        ("", "市"),
        ("2025-01-15", "西区"),
    ]
    found = desk.ask(
        desk.csv([["17", "果蔬", *each] for each in asked], header), "出摊", "日", "地", engine=engine
    )
    assert found.verdicts == ["ineligible", "eligible", "eligible"]  # then and there nothing is in force
    assert found.problems() == [(4, "日", "date"), (5, "地", "unknown-place")]


def test_lines_of_json_may_stand_alone(desk: Desk) -> None:
    """A line is a case in either form, or has day, place and key beside it; else those of the run hold."""
    lines = [
        {"摊主": {"年龄": 17, "经营": "果蔬"}},
        {"摊主.年龄": 30, "摊主.经营": "果蔬"},
        {"id": 7, "on": "2025-02-01", "at": "东区", "case": {"摊主": {"年龄": 30, "经营": "果蔬"}}},
        {"id": 8, "onn": "2025-02-01", "case": {}},
    ]
    found = desk.ask(desk.jsonl(lines))
    assert found.verdicts == ["ineligible", "eligible", "eligible"]
    assert [row["id"] for row in found.answers] == [None, None, 7]
    assert (found.rejects[0]["id"], found.problems()) == (8, [(4, None, "unknown-key")])
    lost = desk.ask(desk.jsonl(lines[:1]), on=None, at=None)
    assert lost.problems() == [(1, None, "missing"), (1, None, "missing")]


def test_the_whole_decision(desk: Desk) -> None:
    """``full`` gives each row what a single case gets."""
    found = desk.ask(desk.csv(TEXTS), full=True)
    decision = found.answers[2]["decision"]
    assert (decision["question"], decision["on"], decision["at"]) == ("摊主·出摊", "2025-01-15", "市")
    assert [g["cited"]["norm"] for g in decision["answers"][0]["grounds"]] == GROUNDS


def test_types_are_kept_in_parquet(desk: Desk) -> None:
    """What is passed through from Parquet to Parquet keeps its type."""
    path = desk.parquet(
        {
            "号": pa.array([1, 2], pa.int16()),
            "款": pa.array([Decimal("1.50"), None]),
            "摊主.年龄": pa.array([17, 17]),
        }
    )
    found = desk.ask(path, output="answers.parquet", id="号", keep=("款",))
    assert [(row["号"], row["款"]) for row in found.answers] == [(1, Decimal("1.50")), (2, None)]
