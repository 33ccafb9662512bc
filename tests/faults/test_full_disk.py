"""A disk that is full, a folder that takes no file, a stream that is closed: told, with the right status.

Nothing is left half-written under its final name, and what was there before is there still.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from faults.commands import FULL, Desk, told

pytestmark = pytest.mark.skipif(os.name != "posix" or not FULL.exists(), reason="needs a device that is full")

#: Commands that write little and load little, and what they write.
QUICK = (["--help"], ["check", "--help"], ["--version"], ["schema", "rules.gj", "--decision"])


@pytest.mark.parametrize("arguments", QUICK, ids=" ".join)
def test_the_standard_output_is_on_a_full_disk(desk: Desk, arguments: list[str]) -> None:
    """Status 71: neither findings (1) nor a defect of ours (70)."""
    told(desk.run(*arguments, stdout=FULL), 71, "No space left")


@pytest.mark.parametrize("format", ["text", "json", "sarif"])
def test_a_report_on_a_full_disk(desk: Desk, format: str) -> None:
    """Also where the status would have been another."""
    told(desk.run("check", "rules.gj", "--format", format, stdout=FULL), 71, "cannot write: No space left")


def test_a_report_that_does_not_fit(desk: Desk) -> None:
    """The file is named; an older report stays as it is, and nothing lies beside it."""
    report = desk.folder / "report.json"
    told(desk.run("check", "rules.gj", "-o", "report.json", file_size=100), 71, "report.json: File too large")
    assert not report.exists()
    report.write_text("older", encoding="utf-8")
    told(desk.run("check", "rules.gj", "-o", "report.json", file_size=100), 71, "report.json: File too large")
    assert (report.read_text(encoding="utf-8"), desk.names()) == ("older", ["report.json"])


def test_a_cache_that_does_not_fit(desk: Desk) -> None:
    """Costs time and nothing else: the answer is the same, and no part of an entry is kept."""
    whole = desk.run("schema", "rules.gj", "--list")
    (entries := desk.folder / "cache").rename(desk.folder / "other")
    found = desk.run("schema", "rules.gj", "--list", file_size=100)
    assert (found.returncode, found.stdout) == (0, whole.stdout)
    assert list(entries.iterdir()) == []


@pytest.mark.parametrize("place", ["rules.gj/cache", "/proc/cache", "/dev/null"])
def test_a_cache_that_cannot_be_there(desk: Desk, place: str) -> None:
    """The same where the folder of the cache cannot be made or is no folder."""
    found = desk.run("schema", "rules.gj", "--list", environment={"GUIJU_CACHE_DIR": place})
    told(found, 0)
    assert "摊主·登记" in found.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "rules.gj"],
        ["check", "rules.gj", "--format", "json"],
        ["compile", "rules.gj"],
        ["schema", "--decision"],
        ["generate", "rules.gj", "--for", "经营", "--criteria", "rule"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("place", ["rules.gj/out.jsonl", "none/out.jsonl"])
def test_an_output_that_cannot_be_there(desk: Desk, arguments: list[str], place: str) -> None:
    """Status 2, and the path as it was given."""
    told(desk.run(*arguments, "-o", place), 2, place)
    assert desk.names() == []


def test_other_outputs_that_do_not_fit(desk: Desk) -> None:
    """A compiled corpus, a suite, results as JUnit: none is there in part."""
    suite = desk.folder / "suite.jsonl"
    few = ("--for", "经营", "--criteria", "rule")
    told(desk.run("generate", "rules.gj", *few, "-o", "suite.jsonl"), 0)
    conform = ("conform", "suite.jsonl", "--command", "cat", "--junit", "out.xml")
    for arguments in (
        ("compile", "rules.gj", "-o", "out.gjc"),
        ("generate", "rules.gj", *few, "-o", "out.jsonl"),
        ("diff", "rules.gj", "rules.gj", "--format", "json", "-o", "out.json"),
        conform,
    ):
        told(desk.run(*arguments, file_size=100), 71, f"{arguments[-1]}: File too large")
        assert desk.names() == [suite.name]


@pytest.mark.parametrize("output", ["answers.csv", "answers.jsonl", "answers.xlsx", "answers.parquet"])
def test_answers_to_a_file_that_do_not_fit(desk: Desk, output: str) -> None:
    """Neither answers nor rejects are there in part; those of yesterday stay."""
    case = {"摊主": {"年龄": 30, "占道": False}}
    cases = desk.folder / "cases.jsonl"
    cases.write_text((json.dumps(case, ensure_ascii=False) + "\n") * 2000, encoding="utf-8")
    old = desk.folder / output
    old.write_text("yesterday", encoding="utf-8")
    ask = ("--question", "经营", "--on", "2026-11-22", "--at", "东区", "--input", "cases.jsonl")
    found = desk.run("decide", "rules.gj", *ask, "--output", output, file_size=1000)
    told(found, 71, output)
    assert desk.names() == sorted([output, "cases.jsonl"])
    assert old.read_text(encoding="utf-8") == "yesterday"


def test_streams_that_are_closed(desk: Desk) -> None:
    """Nobody wants the output: the status says what it always says."""
    for closed in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-"):
        told(desk.run("schema", "--decision", shell=f'"$@" {closed}'), 0)
        told(desk.run("check", "none.gj", shell=f'"$@" {closed}'), 2)


def test_what_is_opened_does_not_take_the_place_of_a_closed_stream(desk: Desk) -> None:
    """A library that writes to the error stream would write into it."""
    told(desk.run("schema", "--decision", "-o", "schema.json", shell='"$@" >&- 2>&-'), 0)
    assert json.loads((desk.folder / "schema.json").read_text(encoding="utf-8"))["$schema"]


@pytest.mark.parametrize("arguments", [["check", "none.gj"], ["check", "--none"], ["nonsense"]], ids=" ".join)
def test_messages_that_nobody_can_read(desk: Desk, arguments: list[str]) -> None:
    """A full error stream hides the words; the status is not one of an answer."""
    assert desk.run(*arguments, stderr=FULL).returncode in (2, 71)


def test_a_defect_that_cannot_be_written_down(desk: Desk, tmp_path: Path) -> None:
    """Where there is no room for the details either, the status is that of a defect."""
    code = "import guiju.cli.schema as s; s.corpora.emit = None; from guiju.cli import main; main()"
    (desk.folder / "broken.py").write_text(code, encoding="utf-8")
    shell = '"$1" broken.py schema --decision'
    found = desk.run(shell=shell, file_size=10)
    told(found, 70, "the details could not be written")
