"""``guiju replay``: one record or many, the same or not, and what is no record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from guiju.cli.app import guiju

STALLS = Path(__file__).parents[2] / "docs/howto/examples/stalls.gj"


def run(record: str, *arguments: str, rules: Path = STALLS) -> Result:
    """The command on the stalls; the record comes on the standard input."""
    return CliRunner().invoke(guiju, ["replay", "-", str(rules), *arguments], input=record)


def recorded(**facts: Any) -> str:
    """What ``guiju decide`` writes."""
    arguments = ["decide", str(STALLS), "--case", "-", "--question", "设摊", "--at", "北苑区"]
    given = json.dumps({"摊主": {"年龄": 30, "已登记": True, "品类": "食品", **facts}})
    arguments += ["--on", "2026-01-20", "--format", "json"]
    return CliRunner().invoke(guiju, arguments, input=given).stdout


@pytest.fixture
def stricter(tmp_path: Path) -> Path:
    """The rules with a longer bar."""
    path = tmp_path / "stalls.gj"
    path.write_text(STALLS.read_text(encoding="utf-8").replace("期 3月", "期 4月"), encoding="utf-8")
    return path


NOISY = {"扰民": True, "处理日": "2025-11-30"}


def test_the_same() -> None:
    """Status 0, in a line."""
    result = run(recorded(**NOISY))
    assert (result.exit_code, result.stdout) == (0, "<stdin>：相同\n")
    assert run(recorded(**NOISY), "--lang", "en").stdout == "<stdin>: same answer\n"


def test_another_answer(stricter: Path) -> None:
    """Status 1: the place, what was and what is, and that the rules are others."""
    result = run(recorded(**NOISY), "--lang", "en", rules=stricter)
    assert result.exit_code == 1
    first, *rest = result.stdout.splitlines()
    assert first.startswith("<stdin>: different answer, other rules (")
    assert rest == [
        '  /answers/0/grounds/0/window/last: was "2026-02-28", is "2026-03-30"',
        '  /answers/0/until: was "2026-02-28", is "2026-03-30"',
    ]


def test_the_same_answer_by_other_rules(stricter: Path) -> None:
    """Status 0, and it is said."""
    result = run(recorded(), rules=stricter)
    assert result.exit_code == 0
    assert result.stdout.startswith("<stdin>：相同，条文库不同（")


def test_many_records(stricter: Path) -> None:
    """JSON Lines, also entries of a log and answers of the service; each by its line, and the sum."""
    lines = [
        json.loads(recorded()),
        {"record": json.loads(recorded(**NOISY))},
        {"decision": json.loads(recorded())},
    ]
    many = "\n".join(json.dumps(line) for line in lines) + "\n"
    result = run(many)
    assert (result.exit_code, result.stdout) == (
        0,
        "<stdin>:1：相同\n<stdin>:2：相同\n<stdin>:3：相同\n3 条记录：相同 3，不同 0，不是记录 0。\n",
    )
    result = run(many, rules=stricter)
    assert result.exit_code == 1
    assert result.stdout.endswith("3 条记录：相同 2，不同 1，不是记录 0。\n")


def test_what_is_no_record_among_many() -> None:
    """The others are compared all the same; status 2."""
    result = run(f"{json.dumps(json.loads(recorded()))}\n{{}}\n[1\n", "--lang", "en")
    assert result.exit_code == 2
    assert result.stdout.splitlines()[0] == "<stdin>:1: same answer"
    assert result.stdout.splitlines()[1].startswith("<stdin>:2: no record: /question missing")
    assert result.stdout.splitlines()[2] == "<stdin>:3: no record: a record is an object"
    assert result.stdout.endswith("3 records: 1 the same, 0 different, 2 no record.\n")


def test_as_json(stricter: Path) -> None:
    """One object to a line."""
    result = run(recorded(**NOISY), "--format", "json", rules=stricter)
    document = json.loads(result.stdout)
    assert (document["result"], document["same_corpus"], document["same_engine"]) == (
        "different",
        False,
        True,
    )
    assert document["differences"][1] == {
        "path": "/answers/0/until",
        "before": "2026-02-28",
        "now": "2026-03-30",
    }
    assert json.loads(run('{"answers": 1}', "--format", "json").stdout)["result"] == "bad"


def test_a_file_that_is_no_json(tmp_path: Path) -> None:
    """Status 2, with its name."""
    path = tmp_path / "record.json"
    path.write_text("{\n", encoding="utf-8")
    result = CliRunner().invoke(guiju, ["replay", str(path), str(STALLS), "--lang", "en"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"error: {path}: not JSON at line ")


def test_nothing_is_no_record() -> None:
    """An empty file was not replayed."""
    result = run("")
    assert result.exit_code == 2
