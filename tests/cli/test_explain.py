"""``guiju explain``: the page of a code, the list of codes, and help with a wrong one."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from guiju.checker import catalogue
from guiju.cli.app import guiju


def run(*arguments: str) -> Result:
    return CliRunner().invoke(guiju, ["explain", *arguments])


@pytest.mark.parametrize("code", ["C103", "c103", " C103 "])
def test_a_code_is_explained(code: str) -> None:
    """In whatever case it was typed."""
    result = run(code)
    assert result.exit_code == 0
    assert result.stdout.startswith("C103 期间同起不同止\n\n是什么\n\n两条规定")


def test_markdown_is_the_page() -> None:
    """As it is, in one language."""
    page = catalogue.page("C103")
    assert page is not None
    assert page.in_language("en") == run("C103", "--lang", "en", "--markdown").stdout


def test_without_a_code_all_are_listed() -> None:
    """By family."""
    lines = run().stdout.splitlines()
    assert "  C101  立场冲突" in lines
    assert "冲突" in lines
    assert len(catalogue.codes()) == sum(line.startswith("  ") for line in lines)


def test_an_unknown_code_gets_a_hint_and_the_list() -> None:
    """Status 2, a near code, and all that exist."""
    result = run("C130")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("错误：没有代码 C130。是否想写：C10")
    assert " ".join(catalogue.codes()) in result.stderr
    assert "there is no code E201" in run("E201", "--lang", "en").stderr


def test_a_code_of_a_text_is_named() -> None:
    """What ``guiju source`` says has a line, and the page that explains it."""
    result = run("s101", "--lang", "en")
    assert result.exit_code == 0
    assert result.stdout.startswith("S101 a number that repeats\n")
    assert "docs/howto/source.md" in result.stdout
