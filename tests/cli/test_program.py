"""The program as a process: help, version, wrong commands, encodings and pipes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from guiju.cli import overview
from guiju.cli.app import guiju

SRC = Path(__file__).parents[2] / "src"


def run(*arguments: str, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[bytes]:
    """``python -m guiju`` in a process of its own."""
    environment = {k: v for k, v in os.environ.items() if k != "GUIJU_LANG"}
    environment |= {"PYTHONPATH": str(SRC), **env}
    return subprocess.run(
        [sys.executable, "-m", "guiju", *arguments],
        capture_output=True,
        env=environment,
        cwd=cwd,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "lang"),
    [([], "zh"), (["--help"], "zh"), (["-h"], "zh"), (["--lang", "en", "--help"], "en")],
)
def test_help(arguments: list[str], lang: str) -> None:
    """Every command is named, in the language asked for."""
    result = run(*arguments)
    assert (result.returncode, result.stderr) == (0, b"")
    assert overview.text(lang) == result.stdout.decode()
    assert all(f"\n  {name} " in result.stdout.decode() for name in overview.COMMANDS)


@pytest.mark.parametrize("arguments", [["--help"], ["--lang=en", "--help"], ["--lang", "zh"]])
def test_the_parser_shows_the_same_help(arguments: list[str]) -> None:
    """Help is quick where nothing else is asked; the long way says the same."""
    result = CliRunner().invoke(guiju, arguments)
    assert result.output.rstrip("\n") in {overview.text(lang).rstrip("\n") for lang in ("zh", "en")}
    assert result.exit_code == 0


def test_help_loads_nothing_heavy() -> None:
    """Neither the parser of arguments nor anything behind it."""
    code = (
        "import sys; sys.argv = ['guiju', '--help']; import guiju.cli; guiju.cli.main();"
        "heavy = {'click', 'attrs', 'attr', 'z3', 'lark', 'networkx', 'rich', 'holidays', 'typing'};"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-S", "-c", code],
        capture_output=True,
        env={"PYTHONPATH": str(SRC), "PYTHONIOENCODING": "utf-8"},
        check=True,
    )
    assert result.stderr.strip() == b"[]"


@pytest.mark.parametrize("name", list(overview.COMMANDS))
def test_help_of_a_command_loads_nothing_heavy(name: str) -> None:
    """Only what parsing its arguments needs."""
    code = (
        "import sys; from guiju.cli.app import guiju; guiju([sys.argv[1], '--help'], standalone_mode=False);"
        "heavy = {'z3', 'lark', 'networkx', 'rich', 'holidays'};"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, name],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(SRC), "PYTHONIOENCODING": "utf-8"},
        check=True,
    )
    assert result.stderr.strip() == b"[]"


def test_version() -> None:
    """One line for a bug report."""
    result = run("--version")
    assert (result.returncode, result.stdout.split()[0]) == (0, b"guiju")


def test_an_unknown_command_gets_a_hint() -> None:
    """Status 2 and the command that was meant."""
    result = run("chck")
    assert result.returncode == 2
    assert "没有命令 'chck'。是否想写：check？" in result.stderr.decode()


def test_an_unknown_code_does_not_show_a_traceback() -> None:
    """From end to end."""
    result = run("--lang", "en", "explain", "X999")
    assert result.returncode == 2
    assert b"there is no code X999" in result.stderr
    assert b"Traceback" not in result.stderr


def test_nothing_to_check(tmp_path: Path) -> None:
    """Without specs here and without shipped ones, the way out is named; with them they are checked."""
    if (SRC / "guiju" / "specs").is_dir():
        pytest.skip("the corpus is shipped")
    result = run("check", cwd=tmp_path)
    assert result.returncode == 2
    assert "没有 specs/" in result.stderr.decode()


def test_characters_that_the_terminal_lacks_are_escaped() -> None:
    """Another encoding must not end in a traceback."""
    result = run("explain", "C101", PYTHONIOENCODING="latin-1")
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.startswith(b"C101 \\u7acb")
    assert run("--help", PYTHONIOENCODING="latin-1").returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="pipes close differently there")
@pytest.mark.parametrize("arguments", [("--help",), ("explain", "C101"), ("check", "--help")])
def test_a_reader_that_goes_away(arguments: tuple[str, ...]) -> None:
    """No complaint on the error stream."""
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as closed:
        result = subprocess.run(
            [sys.executable, "-m", "guiju", *arguments],
            stdout=closed,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(SRC)},
            check=False,
        )
    assert (result.returncode, result.stderr) == (141, b"")
