"""Files of cases that were damaged on their way: refused with their name, and nothing is answered."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from faults.commands import Desk, told

ASK = ("--question", "经营", "--on", "2026-11-22", "--at", "东区")


def workbook(rows: int) -> bytes:
    """Rows of cases under a header."""
    book = openpyxl.Workbook()
    book.active.append(["摊主.占道"])
    for _ in range(rows):
        book.active.append([False])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def with_sheet(data: bytes, content: bytes) -> bytes:
    """A workbook in which this stands for its sheet."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name.endswith("sheet1.xml") else old.read(name))
    return made.getvalue()


def sheet(data: bytes) -> bytes:
    """The sheet of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return book.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("damage", ["torn", "its sheet torn", "its sheet no XML"])
def test_a_damaged_workbook(desk: Desk, damage: str) -> None:
    """Also where it is seen only when some rows were read."""
    data = workbook(500)
    damaged = {
        "torn": data[:-100],
        "its sheet torn": with_sheet(data, sheet(data)[:-2000]),
        "its sheet no XML": with_sheet(data, b"\x00\xff"),
    }
    (desk.folder / "cases.xlsx").write_bytes(damaged[damage])
    refused(desk, "cases.xlsx")


@pytest.mark.parametrize("place", [4, 40, -200])
def test_a_damaged_parquet_file(desk: Desk, place: int) -> None:
    """In its data as in what it says of itself."""
    path = desk.folder / "cases.parquet"
    pq.write_table(pa.table({"摊主.占道": [n % 3 == 0 for n in range(5000)]}), path, compression="zstd")
    data = bytearray(path.read_bytes())
    data[place : place + 12] = b"\xff" * 12
    path.write_bytes(data)
    refused(desk, "cases.parquet")


def refused(desk: Desk, name: str) -> None:
    """Status 2, the name of the file, and neither answers nor rejects."""
    found = desk.run("decide", "rules.gj", *ASK, "--input", name, "--output", "answers.jsonl")
    told(found, 2, name, "damaged")
    assert desk.names() == [name]
