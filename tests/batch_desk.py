"""Files of cases about the stalls of ``stall_rules``, and what comes of asking about them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from attrs import frozen

from guiju.decisions.batch import Input, Opening, Request, Summary, opened
from stall_rules import stalls

HEADER = ("编号", "摊主.年龄", "摊主.经营", "摊主.占道", "摊主.违规日", "摊主.处理日", "摊主.处罚")


@frozen
class Result:
    """What a run told first and last, and the two files that it wrote."""

    opening: Opening
    summary: Summary
    answers: list[dict[str, Any]]
    rejects: list[dict[str, Any]]
    output: Path

    @property
    def verdicts(self) -> list[str]:
        return [row["verdict"] for row in self.answers]

    def problems(self) -> list[tuple[int, str | None, str]]:
        """The row, the column and the code of every problem."""
        return [(row["row"], p["column"], p["code"]) for row in self.rejects for p in row["problems"]]


@frozen
class Desk:
    """Writes files into a folder and asks about them."""

    folder: Path

    def csv(self, rows: Iterable[Sequence[str]], header: Sequence[str] = HEADER) -> Path:
        text = io.StringIO()
        csv.writer(text).writerows([header, *rows])
        return self.bytes("cases.csv", text.getvalue().encode())

    def jsonl(self, lines: Iterable[object]) -> Path:
        return self.bytes("cases.jsonl", "".join(json.dumps(each) + "\n" for each in lines).encode())

    def xlsx(self, rows: Iterable[Sequence[object]], header: Sequence[str] = HEADER) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        for row in (header, *rows):
            sheet.append(row)
        path = self.folder / "cases.xlsx"
        book.save(path)
        return path

    def parquet(self, columns: Mapping[str, pa.Array]) -> Path:
        path = self.folder / "cases.parquet"
        pq.write_table(pa.table(dict(columns)), path)
        return path

    def bytes(self, name: str, data: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(data)
        return path

    def ask(
        self,
        path: Path,
        question: str = "出摊",
        on: str | None = "2025-01-15",
        at: str | None = "市",
        output: str = "answers.jsonl",
        **options: Any,
    ) -> Result:
        """Ask about every row of ``path``."""
        given = Input(path, path.suffix[1:], options.pop("encoding", "auto"), options.pop("sheet", None))
        there = self.folder / output
        rejects = self.folder / "rejects.jsonl"
        format_ = there.suffix[1:]
        request = Request(question, on, at, given, there, format_, rejects, **options)
        run = opened(stalls(), request)
        try:
            summary = run.go(lambda read, rejected, total: None)
        finally:
            run.close()
        lines = rejects.read_text(encoding="utf-8").splitlines()
        return Result(run.opening, summary, read_back(there), [json.loads(line) for line in lines], there)


def read_back(path: Path) -> list[dict[str, Any]]:
    """The rows of an output, whatever its format."""
    match path.suffix:
        case ".csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                return list(csv.DictReader(file))
        case ".jsonl":
            return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        case ".xlsx":
            rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
            return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]
        case _:
            found: list[dict[str, Any]] = pq.read_table(path).to_pylist()
            return found
