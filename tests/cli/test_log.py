"""``guiju log``: verify, head, show and export, from end to end."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from decision_entries import START, entry
from guiju.cli.app import guiju
from guiju.decisions.log import open_log

COUNT = 4


@pytest.fixture
def log(tmp_path: Path) -> str:
    """A closed log of four entries on four days."""
    path = tmp_path / "决定.db"
    with open_log(path) as opened:
        opened.append_many([entry(24 * n) for n in range(COUNT)])
    return str(path)


def run(*arguments: str) -> Result:
    """The command."""
    return CliRunner().invoke(guiju, ["log", *arguments])


def alter(log: str, sql: str) -> None:
    """Somebody at the file."""
    with closing(sqlite3.connect(log)) as connection:
        connection.execute(sql)
        connection.commit()


def head(log: str) -> str:
    """What ``guiju log head`` prints."""
    result = run("head", log)
    assert result.exit_code == 0
    return result.stdout.strip()


def test_an_intact_log(log: str) -> None:
    """How many, the head, and what cannot be told without one kept elsewhere."""
    result = run("verify", log)
    assert result.exit_code == 0
    assert result.stdout == (
        f"完好：4 条，末条 {head(log)}\n"
        "注意：没有给出 --head，看不出末尾是否被截断或者重写。请把上面的末条存到别处。\n"
    )
    result = run("verify", log, "--head", head(log), "--lang", "en")
    assert (result.exit_code, result.stdout) == (0, f"intact: 4 entries, head {head(log)}\n")


def test_an_older_head_is_still_in_the_log(log: str) -> None:
    """The log may have grown since it was kept."""
    older = head(log)
    with open_log(log) as opened:
        opened.append(entry(1000))
    assert run("verify", log, "--head", older).exit_code == 0


def test_an_altered_entry(log: str) -> None:
    """Status 1, the entry and in what; the same as data."""
    alter(log, "UPDATE guiju_log SET record = replace(record, '可以', '不可') WHERE sequence = 3")
    result = run("--lang", "en", "verify", log)
    assert result.exit_code == 1
    assert result.stdout == (
        "not intact: at entry 3 (digest): the content of entry 3 is not that of its digest. "
        "Intact before it: 2.\n"
    )
    assert "第 3 条的内容与其摘要不符" in run("verify", log).stdout
    result = run("verify", log, "--format", "json")
    document = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (document["intact"], document["entries"], document["head_checked"]) == (False, 2, False)
    assert (document["fault"]["kind"], document["fault"]["sequence"]) == ("digest", 3)


def test_a_cut_off_tail(log: str) -> None:
    """Well done, it is seen only with a head; the output without one says so."""
    kept = head(log)
    alter(log, "DELETE FROM guiju_log WHERE sequence > 2")
    last = "SELECT digest FROM guiju_log WHERE sequence = 2"
    alter(log, f"UPDATE guiju_log_head SET sequence = 2, digest = ({last})")
    without = run("verify", log)
    assert without.exit_code == 0
    assert "看不出末尾是否被截断" in without.stdout
    with_head = run("verify", log, "--head", kept)
    assert with_head.exit_code == 1
    assert "日志到第 2 条为止，而给出的末条是第 4 条：末尾被截断" in with_head.stdout


def test_an_empty_log(tmp_path: Path) -> None:
    """It is intact, and has a head."""
    log = str(tmp_path / "log.db")
    open_log(log).close()
    assert head(log) == "0:" + "0" * 64
    assert run("verify", log, "--head", head(log)).exit_code == 0
    assert run("export", log).stdout == ""
    assert json.loads(run("show", log, "--format", "json").stdout) == {"version": 1, "entries": []}


def test_show(log: str) -> None:
    """Every part of an entry but the link."""
    result = run("show", log, "--request", "请求-24")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[:7] == [
        "#2  2026-03-02T08:00:00.000000Z",
        "  请求：请求-24",
        "  密钥：摊主-1",
        f"  条文库：{'ab' * 32}",
        "  引擎：0.1.0",
        '  所问：{"夜间":true,"摊位":24}',
        '  所答：{"依据":["第三条"],"答":"可以"}',
    ]
    assert lines[8:] == ["共 1 条。"]


def test_show_by_date(log: str) -> None:
    """Both days are included."""
    result = run("show", log, "--since", "2026-03-02", "--until", "2026-03-03", "--format", "json")
    assert [each["sequence"] for each in json.loads(result.stdout)["entries"]] == [2, 3]
    assert START.day == 1
    everything = run("show", log, "--until", "9999-12-31", "--lang", "en")
    assert everything.stdout.splitlines()[-1] == "4 entries."
    assert run("show", log, "--since", "2026-02-30").exit_code == 2


def test_show_marks_what_was_altered(log: str) -> None:
    """And escapes what would command a terminal."""
    alter(log, "UPDATE guiju_log SET caller = char(27) || '[2J' || CAST(x'ff' AS TEXT) WHERE sequence = 2")
    result = run("show", log)
    assert result.exit_code == 1
    assert "#2  2026-03-02T08:00:00.000000Z  ！内容与摘要不符\n" in result.stdout
    assert "  密钥：\\x1b[2J\\udcff\n" in result.stdout
    assert result.stdout.endswith("共 4 条，其中 1 条的内容与摘要不符。\n")
    document = json.loads(run("show", log, "--format", "json").stdout)
    assert [each["sequence"] for each in document["entries"]] == [1, 2, 3, 4]
    assert document["entries"][1]["altered"]["caller"] == "\x1b[2J\udcff"


def test_show_cuts_what_is_long(tmp_path: Path) -> None:
    """How long it is, is said; the data is whole."""
    log = str(tmp_path / "log.db")
    with open_log(log) as opened:
        opened.append(entry(1, record="长" * 5000))
    assert f'  所答："{"长" * 999} … (5002)\n' in run("show", log).stdout
    document = json.loads(run("show", log, "--format", "json").stdout)
    assert document["entries"][0]["record"] == "长" * 5000


def test_an_export_can_be_verified_by_another_program(log: str) -> None:
    """With nothing of ours: the recipe of ADR 17."""
    result = run("export", log)
    assert result.exit_code == 0
    previous = "0" * 64
    lines = result.stdout.splitlines()
    for number, line in enumerate(lines, start=1):
        document = json.loads(line)
        digest = document.pop("digest")
        dense = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert hashlib.sha256(dense.encode()).hexdigest() == digest
        assert (document["sequence"], document["previous"]) == (number, previous)
        previous = digest
    assert f"{len(lines)}:{previous}" == head(log)


@pytest.mark.skipif(
    not shutil.which("sha256sum") or not shutil.which("sed"), reason="needs sed and sha256sum"
)
def test_a_line_can_be_verified_in_a_shell(log: str) -> None:
    """The one-liner of ADR 17."""
    line = run("export", log).stdout.splitlines()[1]
    shell = """sed -E 's/"digest":"[0-9a-f]{64}",//' | tr -d '\\n' | sha256sum"""
    result = subprocess.run(["sh", "-c", shell], input=line.encode(), capture_output=True, check=True)
    assert json.loads(line)["digest"] == result.stdout.decode().split()[0]


def test_an_export_ends_where_the_log_is_not_intact(log: str) -> None:
    """Status 1, and the reason on the error stream."""
    alter(log, "DELETE FROM guiju_log WHERE sequence = 3")
    result = run("export", log, "--lang", "en")
    assert result.exit_code == 1
    assert [json.loads(line)["sequence"] for line in result.stdout.splitlines()] == [1, 2]
    assert "at entry 3 (gap): missing: the entries numbered 3" in result.stderr


def test_a_lost_head(log: str) -> None:
    """Status 1: that is an answer."""
    alter(log, "DELETE FROM guiju_log_head")
    result = run("head", log)
    assert result.exit_code == 1
    assert "自己记下的末条不见了" in result.stderr
    assert run("verify", log).exit_code == 1


@pytest.mark.parametrize("action", ["verify", "head", "show", "export"])
def test_what_is_no_log(tmp_path: Path, action: str) -> None:
    """Status 2, the path and why, in the language of the run; nothing is made and nothing is changed."""
    notes = tmp_path / "notes.txt"
    notes.write_text("once", encoding="utf-8")
    missing = tmp_path / "missing.db"
    for path, reason in ((notes, "is no decision log"), (missing, "No such file"), (tmp_path, "directory")):
        result = run(action, str(path), "--lang", "en")
        assert (result.exit_code, result.stdout) == (2, "")
        assert str(path) in result.stderr
        assert reason in result.stderr
    assert "不是决定日志" in run(action, str(notes)).stderr
    assert [notes] == [*tmp_path.iterdir()]
    assert notes.read_text(encoding="utf-8") == "once"


@pytest.mark.parametrize(
    "arguments",
    [
        ("verify",),
        ("verify", "oracel://host/db"),
        ("verify", "LOG", "--head", "4"),
        ("verify", "LOG", "--head", "4:" + "g" * 64),
        ("show", "LOG", "--format", "xml"),
        ("vrify", "LOG"),
    ],
)
def test_mistakes_in_the_arguments(log: str, arguments: tuple[str, ...]) -> None:
    """Status 2."""
    result = run(*(log if each == "LOG" else each for each in arguments))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr


def test_without_sqlalchemy(log: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """How to install it."""
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    result = run("verify", log)
    assert result.exit_code == 2
    assert "pip install 'guiju[http]'" in result.stderr


def test_the_log_from_the_environment(log: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a password is in no list of processes."""
    monkeypatch.setenv("GUIJU_LOG", f"sqlite:///{log}")
    assert run("head").stdout.strip() == head(log)


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", ("核对日志是否完好", "看不出")), ("en", ("tell whether a log", "cut off"))],
)
def test_the_help_teaches(lang: str, words: tuple[str, ...]) -> None:
    """What the log is, what can be done with it, and what it cannot show."""
    result = run("--lang", lang, "--help")
    assert result.exit_code == 0
    for word in (*words, "guiju log head", "--head", "GUIJU_LOG", "postgresql://"):
        assert word in result.stdout
    for action in ("verify", "head", "show", "export"):
        result = run(action, "--lang", lang, "--help")
        assert (result.exit_code, "guiju log" in result.stdout) == (0, True)


def test_any_locale(log: str) -> None:
    """The output is UTF-8 also where the terminal is not."""
    result = subprocess.run(
        [sys.executable, "-m", "guiju", "log", "export", log],
        capture_output=True,
        env={
            **os.environ,
            "PYTHONPATH": str(Path(__file__).parents[2] / "src"),
            "PYTHONIOENCODING": "latin-1",
        },
        check=True,
    )
    assert json.loads(result.stdout.decode("utf-8").splitlines()[0])["caller"] == "摊主-1"
