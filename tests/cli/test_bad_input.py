"""What people really pass by mistake, from end to end: status 2, a message with the name, no traceback."""

from __future__ import annotations

import json
import os
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guiju.cli.app import guiju


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(guiju, list(map(str, arguments)))


def refused(result: Result, name: str) -> None:
    """Assert that the command said what is wrong with ``name`` and did nothing."""
    assert (result.exit_code, result.stdout) == (2, ""), result.stderr
    assert name in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", ["check", "coverage", "format"])
def test_a_path_that_does_not_exist(tmp_path: Path, command: str) -> None:
    refused(run(command, tmp_path / "none"), "none")


@pytest.mark.parametrize("command", ["check", "coverage", "format"])
def test_a_folder_without_sources(tmp_path: Path, command: str) -> None:
    (tmp_path / "readme.txt").write_text("nothing here")
    refused(run(command, tmp_path), tmp_path.name)


@pytest.mark.parametrize("command", ["check", "coverage", "format"])
@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00\x01", b"\x7fELF\x02\x01\x01\x00\x00\xb0", "规则 甲".encode("gbk")]
)
def test_what_is_no_utf8_text(tmp_path: Path, command: str, content: bytes) -> None:
    (tmp_path / "a.gj").write_bytes(content)
    refused(run(command, tmp_path), "a.gj")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read every file")
@pytest.mark.parametrize("command", ["check", "coverage", "format"])
def test_a_file_that_may_not_be_read(tmp_path: Path, command: str) -> None:
    (tmp_path / "a.gj").touch(mode=0o000)
    refused(run(command, tmp_path), "a.gj")


def test_mistakes_as_json(tmp_path: Path) -> None:
    """A program gets the codes, files and lines."""
    (tmp_path / "a.gj").write_text("规则 规则 规则\n", encoding="utf-8")
    result = run("check", tmp_path, "--format", "json")
    assert result.exit_code == 2
    document = json.loads(result.stdout)
    assert "findings" not in document
    assert document["diagnostics"][0]["place"]["file"].endswith("a.gj")


@pytest.mark.parametrize("format", ["text", "json", "sarif"])
def test_assumptions_that_contradict_each_other(tmp_path: Path, format: str) -> None:
    """Every proof would be empty: nothing is checked, and the assumption that is too much is named."""
    source = tmp_path / "vacuous.gj"
    source.write_text(
        "法域 市\n机关 局\n实体 人 事实 甲 : 是否\n行为 做 主体 人\n"
        "假定 人.甲\n假定 非 人.甲\n"
        "文件 办法 发布 局 地域 市 施行 2020-01-01\n规则 一 当 甲 则 人 不得 做\n",
        encoding="utf-8",
    )
    result = run("check", source, "--format", format)
    assert (result.exit_code, "E414" in result.stderr) == (2, True)
    assert "vacuous.gj:6" in result.stderr
    if format != "text":
        assert "findings" not in json.loads(result.stdout)
        assert "E414" in result.stdout


def test_the_place_is_shown_in_a_very_long_line(tmp_path: Path) -> None:
    """Of a long line the part around the mistake is shown, with the caret under it."""
    source = tmp_path / "long.gj"
    source.write_text(f"法域 市 {' ' * 500}唔", encoding="utf-8")
    shown = run("check", source).stderr.splitlines()
    line, carets = next((a, b) for a, b in pairwise(shown) if "^" in b)
    assert len(line) < 200
    assert "唔" in line
    assert carets.index("^") == line.index("唔")
