"""A run keeps its books: counts, the sample, the solver, and files that are whole or not there."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from attrs import evolve

from batch_desk import HEADER, Desk
from guiju.decisions.batch import Unusable
from guiju.decisions.batch.brief import Brief, Outcome
from guiju.decisions.batch.native import Native
from guiju.decisions.batch.output import harmless
from guiju.decisions.batch.source import Line
from guiju.decisions.batch.verification import Sample
from guiju.dsl.diagnostics import InternalError

GOOD = ["1", "30", "果蔬", "false", "", "", ""]
YOUNG = ["2", "17", "果蔬", "false", "", "", ""]
OPEN = ["3", "30", "果蔬", "true", "", "", ""]
BAD = ["4", "x", "果蔬", "false", "", "", ""]


@pytest.mark.parametrize("engine", ["native", "table"])
def test_counts_come_out_even(desk: Desk, engine: str) -> None:
    """Over several chunks, in the order of the file."""
    rows = [[str(n), *each[1:]] for n in range(18_000) for each in (GOOD, YOUNG, BAD)]
    found = desk.ask(desk.csv(rows), engine=engine, id="编号", verify=50)
    summary = found.summary
    assert (summary.read, summary.answered, summary.rejected) == (54_000, 36_000, 18_000)
    assert summary.verdicts == {"eligible": 18_000, "ineligible": 18_000}
    assert (len(found.answers), len(found.rejects), summary.verified) == (36_000, 18_000, 50)
    assert [row["row"] for row in found.answers] == [n for n in range(1, 54_001) if n % 3]
    assert [row["line"] for row in found.rejects] == list(range(4, 54_002, 3))
    assert all(int(row["编号"]) == (row["row"] - 1) // 3 for row in found.answers)


def test_a_wrong_answer_is_found_and_nothing_is_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A defect of the programs would be a disagreement with the reference evaluator."""
    right = Native.outcome

    def wrong(native: Native, line: Line) -> Outcome:
        found = right(native, line)
        assert isinstance(found, Brief)
        return evolve(found, verdict="ineligible")

    monkeypatch.setattr(Native, "outcome", wrong)
    with pytest.raises(InternalError, match="disagrees on row 1"):
        desk.ask(desk.csv([GOOD]))
    assert [path.name for path in desk.folder.iterdir()] == ["cases.csv"]


def test_every_row_is_as_likely_in_the_sample() -> None:
    """And the same seed takes the same rows."""

    def taken(seed: int) -> list[int]:
        sample = Sample(20, seed)
        first = 0
        for count in (7, 500, 1, 492):
            for index, place in sample.chosen(count):
                sample.take(place, Line(first + index, 0, ()), Brief("eligible"))
            first += count
        return [line.number for line, _ in sample.taken]

    assert taken(1) == taken(1)
    seen = [number for seed in range(200) for number in taken(seed)]
    assert len(seen) == 4000
    assert 1800 < sum(number < 500 for number in seen) < 2200


@pytest.mark.parametrize("engine", ["native", "table"])
def test_the_solver_is_asked_once_for_all_that_are_alike(desk: Desk, engine: str) -> None:
    """What cannot bear on the answer makes no difference; the limit is kept and told."""
    rows = [[str(n), "30", "果蔬", "true", "", "", ""] for n in range(5)]
    found = desk.ask(desk.csv(rows), engine=engine)
    assert (found.summary.solved, found.summary.unsolved) == (1, 0)
    assert found.verdicts == ["undetermined"] * 5
    assert found.answers[0]["undetermined"] == "ask: 摊主.处理日; possible: eligible, ineligible"
    none = desk.ask(desk.csv(rows), engine=engine, solve=0)
    assert (none.summary.solved, none.summary.unsolved) == (0, 5)
    assert none.answers[0]["undetermined"] == "open: 市办法.占道停摊/1; solver not asked"
    differing = [[str(n), str(30 + n), "果蔬", "true", "", "", ""] for n in range(5)]
    some = desk.ask(desk.csv(differing), engine=engine, solve=2)
    assert (some.summary.solved, some.summary.unsolved) == (2, 3)


@pytest.mark.parametrize("engine", ["native", "table"])
def test_what_does_not_matter_need_not_be_known(desk: Desk, engine: str) -> None:
    """The solver makes it definite where every completion gets the same answer."""
    row = ["1", "17", "", "", "", "", ""]
    (answer,) = desk.ask(desk.csv([row]), engine=engine).answers
    assert (answer["verdict"], answer["grounds"]) == ("ineligible", ["市办法.未成年"])


def test_texts_that_a_spreadsheet_would_run(desk: Desk) -> None:
    """They are made texts in CSV and in a workbook; JSON keeps what was given."""
    header = ("备注", *HEADER[1:])
    runs = ["=1+1", "+1+1", "@SUM(A1)", "-1+1", "\t=1", "-12.5", "plain"]
    path = desk.csv([[text, *GOOD[1:]] for text in runs], header)
    shown = ["'=1+1", "'+1+1", "'@SUM(A1)", "'-1+1", "'\t=1", "-12.5", "plain"]
    assert [row["备注"] for row in desk.ask(path, output="a.csv", keep=("备注",)).answers] == shown
    assert [row["备注"] for row in desk.ask(path, output="a.jsonl", keep=("备注",)).answers] == runs
    desk.ask(path, output="a.xlsx", keep=("备注",))
    book = openpyxl.load_workbook(desk.folder / "a.xlsx")
    cells = [row[1] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s") for text in runs]


def test_no_cell_of_an_answer_is_run() -> None:
    assert harmless("=cmd") == "'=cmd"
    assert harmless("-5") == "-5"
    assert harmless("2025-01-01") == "2025-01-01"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"output": "cases.csv"}, "is the input"),
        ({"output": "rejects.jsonl"}, "the same file"),
        ({"output": "none/answers.csv"}, "cannot write in"),
        ({"id": "号"}, "there is no such column"),
        ({"keep": ("号",)}, "there is no such column"),
        ({"columns": {"摊主.年令": "编号"}}, "did you mean 摊主.年龄"),
        ({"columns": {"摊主.面积": "面积"}}, "there is no such column"),
        ({"columns": {"摊主.面积": "编号", "摊主.健康证": "编号"}}, "given for two facts"),
        ({"columns": {"摊主.年龄": "编号"}}, "two columns give 摊主.年龄"),
        ({"on": "日期"}, "--on 日期: there is no such column"),
        ({"at": "是"}, "--at 是: there is no such column"),
        ({"at": None}, "--at is needed"),
        ({"engine": "table", "full": True}, "not for --full"),
    ],
)
def test_what_cannot_be_asked(desk: Desk, options: dict[str, Any], message: str) -> None:
    """It is said before anything is read, and nothing is written."""
    path = desk.csv([GOOD])
    before = path.read_bytes()
    with pytest.raises(Unusable, match=message):
        desk.ask(path, **options)
    assert [each.name for each in desk.folder.iterdir()] == ["cases.csv"]
    assert path.read_bytes() == before


def test_a_run_that_is_interrupted_leaves_what_was_there(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither half a file nor one beside it."""
    desk.ask(desk.csv([GOOD]), output="answers.csv")
    before = {path.name: path.read_bytes() for path in desk.folder.iterdir()}

    def interrupted(native: Native, line: Line) -> Outcome:
        raise KeyboardInterrupt

    monkeypatch.setattr(Native, "outcome", interrupted)
    for output in ("answers.csv", "answers.xlsx", "answers.parquet", "answers.jsonl"):
        with pytest.raises(KeyboardInterrupt):
            desk.ask(desk.folder / "cases.csv", output=output)
    assert {path.name: path.read_bytes() for path in desk.folder.iterdir()} == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize("output", ["answers.csv", "answers.jsonl"])
def test_a_full_disk_is_named(desk: Desk, output: str) -> None:
    """The error says which file."""
    os.symlink("/dev/full", desk.folder / output)
    with pytest.raises(OSError, match="No space left") as failed:
        desk.ask(desk.csv([GOOD] * 1000), output=output)
    assert failed.value.filename == str(desk.folder / output)


def test_yesterdays_rejects_do_not_stay(desk: Desk) -> None:
    """The side file is written anew, also when nothing was rejected."""
    assert len(desk.ask(desk.csv([BAD])).rejects) == 1
    assert desk.ask(desk.csv([GOOD])).rejects == []


def test_columns_that_are_no_facts(desk: Desk) -> None:
    """They are ignored and listed, mapped, or kept."""
    header = ("号", "岁数", "经营", "住址")
    path = desk.csv([["a", "17", "果蔬", "x"]], header)
    mapping = {"摊主.年龄": "岁数", "摊主.经营": "经营"}
    found = desk.ask(path, columns=mapping, id="号")
    assert (found.verdicts, found.opening.ignored) == (["ineligible"], ("住址",))
    assert found.opening.columns == mapping
    with pytest.raises(Unusable, match=r"did you mean 摊主\.经营"):
        desk.ask(path, columns={"摊主.年龄": "岁数"}, id="号")
    kept = desk.ask(path, columns={"摊主.年龄": "岁数"}, id="号", keep=("经营",))
    assert kept.answers[0]["经营"] == "果蔬"


def test_readings_are_chosen(desk: Desk) -> None:
    """The bar ends three months after the one or the other day."""
    path = desk.csv([["1", "30", "果蔬", "true", "2024-10-20", "2024-11-30", ""]])
    for engine in ("native", "table"):
        assert desk.ask(path, engine=engine).verdicts == ["ineligible"]
        assert desk.ask(path, "出摊", "2025-01-25", engine=engine).verdicts == ["ineligible"]
        other = desk.ask(path, "出摊", "2025-01-25", engine=engine, readings={"停摊起算": "自违规日"})
        assert other.verdicts == ["eligible"]


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["native", "table"])
def test_a_million_rows(desk: Desk, engine: str) -> None:
    """Each is answered or rejected, in order."""
    path = desk.folder / "cases.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEADER)
        rows.writerows([str(n), *(BAD if n % 1000 == 0 else GOOD)[1:]] for n in range(1_000_000))
    found = desk.ask(path, engine=engine, output="answers.jsonl", id="编号")
    assert (found.summary.read, found.summary.rejected, found.summary.verified) == (1_000_000, 1000, 500)
    assert [json.loads(row["编号"]) for row in found.answers] == [n for n in range(1_000_000) if n % 1000]
