"""``guiju decide --input``: what it tells, how it ends, and that a broken file leaves nothing behind."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from guiju.cli.app import guiju
from shown import Page, consoles, run

HOWTO = Path(__file__).parents[2] / "docs/howto"
RULES = HOWTO / "examples/stalls.gj"
PAGE = Page(HOWTO / "batch.md", HOWTO / "examples")
HEADER = "编号,摊主.年龄,摊主.已登记,摊主.品类,备注"
ROWS = ["a,30,true,食品,好", "b,15,true,食品,小", "c,x,true,食品,坏", "d,30,,书报,缺"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("cases.csv").write_text("\n".join([HEADER, *ROWS, ""]), encoding="utf-8")
    return tmp_path


def decide(*arguments: str) -> Result:
    asked = ("--question", "设摊", "--on", "2026-03-01", "--at", "北苑区")
    return CliRunner().invoke(guiju, ["--lang", "en", "decide", str(RULES), *asked, *arguments])


@pytest.mark.usefixtures("folder")
def test_every_row_is_answered_or_rejected() -> None:
    """Status 1: one was rejected. First it tells where facts come from, last the counts."""
    found = decide("--input", "cases.csv", "--id", "编号", "--output", "answers.csv")
    assert found.exit_code == 1
    assert found.stderr.splitlines() == [
        "facts with a column (3): 摊主.年龄, 摊主.已登记, 摊主.品类",
        "taking their default (2): 摊主.扰民=false, 摊主.摊位面积=4.00",
        "unknown, without column or default (1): 摊主.处理日",
        "records without rows (1): 摊主.处罚",
        "columns not used (1): 备注",
        "4 rows read = 3 answered + 1 rejected; 3 worked out again by the reference evaluator, all agree",
        "eligible 1, ineligible 1, undetermined 1",
        "rejected rows: answers.csv.rejects.jsonl",
    ]
    assert Path("answers.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "row,编号,verdict,grounds,citations,until,values,undetermined",
        "1,a,eligible,,,,,",
        "2,b,ineligible,市夜市办法.设摊条件/1,《临湖市夜市管理办法》第四条,,,",
        '4,d,undetermined,,,,,"ask: 摊主.已登记; possible: eligible, ineligible"',
    ]
    (row,) = Path("answers.csv.rejects.jsonl").read_text(encoding="utf-8").splitlines()
    rejected = json.loads(row)
    assert (rejected["row"], rejected["line"], rejected["id"]) == (3, 4, "c")
    assert rejected["problems"][0]["column"] == "摊主.年龄"


@pytest.mark.usefixtures("folder")
def test_nothing_was_rejected() -> None:
    """Status 0; with ``--format json`` the counts are on the standard output."""
    Path("cases.csv").write_text("\n".join([HEADER, *ROWS[:2]]), encoding="utf-8")
    found = decide("--input", "cases.csv", "--output", "answers.jsonl", "--format", "json")
    assert found.exit_code == 0
    assert json.loads(found.stdout) == {
        "read": 2,
        "answered": 2,
        "rejected": 0,
        "verdicts": {"eligible": 1, "ineligible": 1},
        "verified": 2,
        "solved": 0,
        "unsolved": 0,
    }


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--input", "cases.csv"], "--output is needed"),
        (["--input", "cases.csv", "--output", "a.txt"], "its ending is none of"),
        (["--input", "cases.csv", "--output", "a.csv", "--case", "x"], "--case is not for --input"),
        (["--input", "cases.csv", "--output", "a.csv", "--ways"], "--ways is not for --input"),
        (["--input", "cases.csv", "--output", "a.csv", "--column", "x"], "write FACT=HEADER"),
        (["--input", "cases.csv", "--output", "a.csv", "--id", "号"], "there is no such column"),
        (["--input", "cases.csv", "--output", "none/a.csv"], "cannot write in"),
        (["--input", "none.csv", "--output", "a.csv"], "none.csv"),
        (["--input", "cases.csv", "--output", "a.csv", "--question", "摆摊"], "there is no question 摆摊"),
        (["--keep", "备注"], "--keep needs --input"),
        (["--sql", "sparkk"], "did you mean spark"),
    ],
)
def test_what_cannot_be_done(arguments: list[str], message: str) -> None:
    """Status 2, and nothing is written."""
    found = decide(*arguments)
    assert (found.exit_code, message in found.stderr) == (2, True), found.stderr
    assert [path.name for path in Path().iterdir()] == ["cases.csv"]


@pytest.mark.usefixtures("folder")
def test_the_query_for_another_engine() -> None:
    """What is printed answers there what the file is answered here."""
    mapped = ("--id", "key", "--column", "摊主.年龄=age")
    found = decide("--sql", "duckdb", *mapped)
    assert (found.exit_code, found.stderr) == (0, "")
    there = duckdb.connect()
    there.execute(
        """CREATE TABLE cases AS SELECT * FROM (VALUES
        ('a', 30, TRUE, '食品', FALSE, 400, NULL::DATE, []::STRUCT("日子" DATE, "品类" VARCHAR)[]),
        ('b', 15, TRUE, '食品', FALSE, 400, NULL, []),
        ('d', 30, NULL, '书报', FALSE, 400, NULL, []))
        AS cases(
            key, age, "摊主.已登记", "摊主.品类", "摊主.扰民", "摊主.摊位面积", "摊主.处理日", "摊主.处罚"
        )"""
    )
    answers = there.sql(found.stdout).fetchall()
    assert [row[:3] for row in answers] == [
        ("a", "eligible", []),
        ("b", "ineligible", ["市夜市办法.设摊条件/1"]),
        ("d", "undetermined", []),
    ]
    spark = decide("--sql", "spark", *mapped)
    assert spark.exit_code == 0
    assert "`age`" in spark.stdout


@pytest.mark.parametrize("text", list(consoles(PAGE)))
def test_the_page_shows_what_happens(text: str) -> None:
    """Each command of docs/howto/batch.md, in a copy of the page's files."""
    assert text == run(text, PAGE.files)
