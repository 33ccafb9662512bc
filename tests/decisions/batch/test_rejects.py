"""Every row is answered or rejected, with its place, what stood there and every problem in it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import openpyxl
import pyarrow as pa
import pytest

from batch_desk import HEADER, Desk
from guiju.decisions.batch import Unusable

GOOD = ["1", "30", "果蔬", "false", "", "", ""]


def with_cell(column: str, cell: str) -> list[str]:
    return [cell if name == column else each for name, each in zip(HEADER, GOOD, strict=True)]


@pytest.mark.parametrize("engine", ["native", "table"])
@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("摊主.年龄", "三十", "type"),
        ("摊主.年龄", "30.5", "precision"),
        ("摊主.年龄", "121", "range"),
        ("摊主.年龄", "-1", "range"),
        ("摊主.年龄", "030", "type"),
        ("摊主.年龄", "NaN", "type"),
        ("摊主.年龄", "1e400000000", "range"),
        ("摊主.年龄", "9" * 39, "range"),
        ("摊主.年龄", " 30", "type"),
        ("摊主.年龄", "３０", "type"),
        ("摊主.经营", "蔬果", "enumeration"),
        ("摊主.经营", "果蔬 ", "enumeration"),
        ("摊主.经营", "=1+1", "enumeration"),
        ("摊主.占道", "是", "type"),
        ("摊主.占道", "1", "type"),
        ("摊主.处理日", "2025-02-30", "date"),
        ("摊主.处理日", "2025/02/03", "date"),
        ("摊主.处理日", "2025-2-3", "date"),
        ("摊主.处理日", "2050-01-01", "range"),
        ("摊主.处罚", "[", "json"),
        ("摊主.处罚", "{}", "type"),
        ("摊主.处罚", "[1]", "type"),
        ("摊主.处罚", '[{"日": "2025-01-01"}]', "unknown-field"),
        ("摊主.处罚", '[{"日子": "2025-02-30"}]', "date"),
        ("摊主.处罚", '[{"日子": null, "日子": null}]', "duplicate-key"),
    ],
)
def test_a_bad_cell(desk: Desk, engine: str, column: str, cell: str, code: str) -> None:
    """The rows around it are answered; it is named by row, line, column and code, with what stood there."""
    found = desk.ask(desk.csv([GOOD, with_cell(column, cell), GOOD]), engine=engine)
    assert found.problems() == [(2, column, code)]
    (row,) = found.rejects
    assert (row["line"], row["values"][column]) == (3, cell)
    (problem,) = row["problems"]
    assert problem["path"].startswith(f"/case/{column}")
    assert problem["message"]["zh"] != problem["message"]["en"]
    assert [each["row"] for each in found.answers] == [1, 3]


@pytest.mark.parametrize("engine", ["native", "table"])
def test_every_problem_of_a_row(desk: Desk, engine: str) -> None:
    """Not only the first."""
    found = desk.ask(desk.csv([["1", "x", "y", "z", "w", "v", "u"]]), engine=engine)
    assert [code for _, _, code in found.problems()] == [
        "json",
        "type",
        "enumeration",
        "type",
        "date",
        "date",
    ]


@pytest.mark.parametrize("engine", ["native", "table"])
def test_a_case_that_cannot_be(desk: Desk, engine: str) -> None:
    """It contradicts what the rules assume of every case."""
    row = ["1", "30", "果蔬", "true", "2024-12-01", "2024-11-30", ""]
    found = desk.ask(desk.csv([row, GOOD]), id="编号", engine=engine)
    assert found.problems() == [(1, None, "impossible-case")]
    assert (found.rejects[0]["id"], found.rejects[0]["problems"][0]["expected"]) == ("1", "先违规，后处理")


@pytest.mark.parametrize("engine", ["native", "table"])
def test_rows_that_are_no_rows(desk: Desk, engine: str) -> None:
    """Too short, too long, broken quotes; blank lines are none, and a line break in quotes is none either."""
    lines = [
        "摊主.年龄,备注,摊主.经营",
        "30,x,果蔬",
        "",
        "30,x",
        "30,x,果蔬,y",
        '30,"两',
        '行",果蔬',
        '30,"x"y,果蔬',
        "17,x,果蔬",
    ]
    path = desk.bytes("cases.csv", "\r\n".join(lines).encode())
    found = desk.ask(path, engine=engine)
    assert [(row["row"], row["verdict"]) for row in found.answers] == [
        (1, "eligible"),
        (4, "eligible"),
        (6, "ineligible"),
    ]
    assert [(row["row"], row["line"]) for row in found.rejects] == [(2, 4), (3, 5), (5, 8)]
    assert [code for _, _, code in found.problems()] == ["cells", "cells", "csv"]
    assert found.opening.ignored == ("备注",)


@pytest.mark.parametrize("engine", ["native", "table"])
def test_bytes_that_are_no_text_spoil_their_row_only(desk: Desk, engine: str) -> None:
    data = "摊主.年龄,摊主.经营\n30,果蔬\n30,".encode() + b"\xff\xfe\n" + "17,果蔬\n".encode()
    found = desk.ask(desk.bytes("cases.csv", data), engine=engine, encoding="utf-8")
    assert found.problems() == [(2, None, "encoding")]
    assert [row["row"] for row in found.answers] == [1, 3]


@pytest.mark.parametrize("engine", ["native", "table"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_are_told_apart(desk: Desk, engine: str, encoding: str) -> None:
    """With a byte order mark and without, and GB18030, which is told."""
    data = "摊主.年龄,摊主.经营\n30,果蔬\n17,熟食\n".encode(encoding)
    found = desk.ask(desk.bytes("cases.csv", data), engine=engine)
    assert (found.verdicts, found.rejects) == (["eligible", "ineligible"], [])
    assert [note.en for note in found.opening.notes] == (
        ["not UTF-8: read as GB18030 (--encoding says)"] if encoding == "gb18030" else []
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        ("摊主.年龄,摊主.年龄\n".encode(), "occurs twice: columns 1 and 2"),
        ("摊主.年龄".encode("utf-16"), "UTF-16"),
        (b"\xff\xff\xff,a\n", "neither UTF-8 nor GB18030"),
        ("摊主.年令\n".encode(), "did you mean 摊主.年龄"),
        ("年龄\n".encode(), "did you mean 摊主.年龄"),
        ("摊主.住址\n".encode(), "the column 摊主.住址 is no fact"),
    ],
)
def test_a_file_that_cannot_be_used(desk: Desk, data: bytes, message: str) -> None:
    """Nothing is answered and nothing written."""
    with pytest.raises(Unusable, match=message):
        desk.ask(desk.bytes("cases.csv", data))
    assert [path.name for path in desk.folder.iterdir()] == ["cases.csv"]


@pytest.mark.parametrize("suffix", ["xlsx", "parquet"])
def test_a_file_of_another_format(desk: Desk, suffix: str) -> None:
    with pytest.raises(Unusable, match="is no"):
        desk.ask(desk.bytes(f"cases.{suffix}", b"a,b\n1,2\n"))


def test_cells_of_a_workbook(desk: Desk) -> None:
    """A formula is refused with its place whatever it computed; so is an error, and a number as text."""
    rows: list[list[Any]] = [
        ["a", "=1+29", "果蔬", False, None, None, None],
        ["b", "30", "果蔬", False, None, None, None],
        ["c", 30.0, "果蔬", False, dt.datetime.combine(dt.date(2024, 1, 1), dt.time(12)), None, None],
        [None] * 7,
        ["d", 30, "果蔬", False, dt.datetime.combine(dt.date(2024, 1, 1), dt.time()), None, "[]"],
    ]
    found = desk.ask(desk.xlsx(rows), id="编号")
    assert found.problems() == [
        (1, "摊主.年龄", "formula"),
        (2, "摊主.年龄", "type"),
        (3, "摊主.违规日", "date"),
    ]
    assert "B2" in found.rejects[0]["problems"][0]["message"]["zh"]
    assert (found.rejects[0]["values"]["摊主.年龄"], found.rejects[0]["line"]) == ("=1+29", 2)
    assert [(row["row"], row["编号"]) for row in found.answers] == [(4, "d")]


def test_a_sheet_is_chosen_by_name(desk: Desk) -> None:
    """By default the first; an unknown name gets a hint."""
    path = desk.xlsx([["x", 30, "果蔬", False, None, None, None]])
    book = openpyxl.load_workbook(path)
    book.create_sheet("名单", 0).append(["摊主.年龄"])
    book.save(path)
    assert desk.ask(path).summary.read == 0
    assert desk.ask(path, sheet="Sheet").summary.read == 1
    with pytest.raises(Unusable, match="did you mean Sheet"):
        desk.ask(path, sheet="Shet")


def test_lines_that_are_no_json(desk: Desk) -> None:
    """Each by itself: cut off, not UTF-8, a name twice, too deep, a list; blank lines are none."""
    lines = [
        b'{"case": ',
        b'{"case": {"\xff": 1}}',
        '{"摊主": {"年龄": 1, "年龄": 2}}'.encode(),
        b"[" * 100,
        b"",
        b"[]",
        '{"摊主": {"年龄": 17, "经营": "果蔬"}}'.encode(),
    ]
    found = desk.ask(desk.bytes("cases.jsonl", b"\n".join(lines)))
    assert [code for _, _, code in found.problems()] == [
        "json",
        "encoding",
        "duplicate-key",
        "too-deep",
        "type",
    ]
    assert [(row["row"], row["line"]) for row in found.rejects] == [(1, 1), (2, 2), (3, 3), (4, 4), (5, 6)]
    assert [row["row"] for row in found.answers] == [6]


def test_a_line_without_end_is_not_kept_in_memory(desk: Desk) -> None:
    """More than a megabyte is refused; the next line is read."""
    data = b'{"x": "' + b"y" * 3_000_000 + b'"}\n' + '{"摊主": {"年龄": 17, "经营": "果蔬"}}\n'.encode()
    found = desk.ask(desk.bytes("cases.jsonl", data))
    assert [(code, len(found.rejects[0]["values"])) for _, _, code in found.problems()] == [
        ("too-large", 1000)
    ]
    assert [row["row"] for row in found.answers] == [2]


@pytest.mark.parametrize("engine", ["native", "table"])
@pytest.mark.parametrize(
    ("array", "code"),
    [
        (pa.array([30.5]), "precision"),
        (pa.array([float("nan")]), "number"),
        (pa.array([float("inf")]), "number"),
        (pa.array(["30"]), "type"),
        (pa.array([True]), "type"),
        (pa.array([dt.date(2024, 1, 1)]), "type"),
        (pa.array([b"30"]), "type"),
        (pa.array([[30]]), "type"),
        (pa.array([2**63], pa.uint64()), "range"),
    ],
)
def test_a_column_of_another_type(desk: Desk, engine: str, array: pa.Array, code: str) -> None:
    """Of Parquet: no value is cast into one of the fact."""
    found = desk.ask(desk.parquet({"摊主.年龄": array}), engine=engine)
    assert found.problems() == [(1, "摊主.年龄", code)]
