"""``guiju format``: writes, checks, shows differences, and leaves files with mistakes alone."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest
from attrs import frozen
from click.testing import CliRunner, Result

from guiju.cli.app import guiju
from guiju.dsl.diagnostics import Diagnostic
from guiju.dsl.source import Bilingual, Place


@frozen
class Formatted:
    text: str | None
    diagnostics: tuple[Diagnostic, ...]


def format_source(text: str, name: str, parser: object = None) -> Formatted:
    """A formatter for these tests: one space is enough; a question mark is a mistake."""
    if "?" in text:
        return Formatted(None, (Diagnostic("E101", Place(name, 1), Bilingual("不认识 ?", "unknown ?")),))
    return Formatted("".join(" ".join(line.split()) + "\n" for line in text.splitlines()), ())


@pytest.fixture(autouse=True)
def formatter(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("guiju.dsl.formatter")
    module.format_source = format_source  # type: ignore[attr-defined]  # a module made for the test
    monkeypatch.setitem(sys.modules, "guiju.dsl.formatter", module)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One file to change, one that is right, one that is hidden, one that is no source."""
    (tmp_path / "a.gj").write_bytes(b"rule   a\n")
    (tmp_path / "b.gj").write_bytes(b"rule b\n")
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache" / "c.gj").write_bytes(b"rule   c\n")
    (tmp_path / "d.txt").write_bytes(b"not   ours\n")
    return tmp_path


def run(*arguments: str | Path, input: bytes | None = None) -> Result:
    return CliRunner().invoke(guiju, ["format", *map(str, arguments)], input=input)


def test_files_are_rewritten(folder: Path) -> None:
    """Only the sources, only those that differ, and their permissions stay."""
    (folder / "a.gj").chmod(0o640)
    result = run(folder)
    assert (result.exit_code, result.stderr) == (0, "2 个文件，整理了 1 个。\n")
    assert (folder / "a.gj").read_bytes() == b"rule a\n"
    assert (folder / "a.gj").stat().st_mode & 0o777 == 0o640
    assert (folder / ".cache" / "c.gj").read_bytes() == b"rule   c\n"
    assert sorted(p.name for p in folder.iterdir()) == [".cache", "a.gj", "b.gj", "d.txt"]


def test_check_changes_nothing(folder: Path) -> None:
    """It names what would change, with status 1."""
    result = run("--check", folder)
    assert result.exit_code == 1
    assert result.stderr == f"需要整理：{folder / 'a.gj'}\n2 个文件，1 个需要整理。\n"
    assert (folder / "a.gj").read_bytes() == b"rule   a\n"


def test_check_of_a_formatted_file_is_clean(folder: Path) -> None:
    """Nothing to do is status 0."""
    assert run("--check", folder / "b.gj").exit_code == 0


def test_diff_shows_the_change(folder: Path) -> None:
    """A unified difference that ``patch`` understands."""
    result = run("--diff", folder)
    name = folder / "a.gj"
    assert result.stdout == f"--- {name}\n+++ {name}\n@@ -1 +1 @@\n-rule   a\n+rule a\n"
    assert result.exit_code == 1


def test_stdin_to_stdout() -> None:
    """For editors."""
    result = run("--stdin", input="规则   甲\n".encode())
    assert (result.exit_code, result.stdout, result.stderr) == (0, "规则 甲\n", "")


def test_a_file_with_mistakes_is_left_alone(folder: Path) -> None:
    """The others are still formatted; status 2."""
    (folder / "b.gj").write_bytes(b"rule   ?\n")
    result = run(folder)
    assert result.exit_code == 2
    assert "E101: 不认识 ?" in result.stderr
    assert (folder / "b.gj").read_bytes() == b"rule   ?\n"
    assert (folder / "a.gj").read_bytes() == b"rule a\n"


def test_line_ends_are_kept(folder: Path) -> None:
    """A checkout with the other ends of lines is not rewritten for that."""
    (folder / "a.gj").write_bytes(b"rule   a\r\nrule b\r\n")
    run(folder)
    assert (folder / "a.gj").read_bytes() == b"rule a\r\nrule b\r\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [([], "路径"), (["--stdin", "x.gj"], "二者之一"), (["none.gj"], "没有这个文件或者目录：none.gj")],
)
def test_arguments_that_mean_nothing(arguments: list[str], words: str) -> None:
    """Status 2 with the reason."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr


def test_a_folder_without_sources(tmp_path: Path) -> None:
    """It is more likely a mistake than a wish."""
    assert run(tmp_path).exit_code == 2


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    """GBK is named as what it is not."""
    (tmp_path / "a.gj").write_bytes("规则 甲".encode("gbk"))
    result = run(tmp_path)
    assert result.exit_code == 2
    assert "不是 UTF-8 文本" in result.stderr
