"""docs/language.md is true: its examples load as one corpus, and its table is that of keywords.py."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guiju.checker.load import load_texts
from guiju.dsl.diagnostics import render
from guiju.dsl.formatter import format_source
from guiju.dsl.keywords import CLAUSES, DECLARATIONS, KEYWORDS, WORDS
from guiju.dsl.lexer import tokens
from guiju.dsl.parser import Parser
from guiju.dsl.source import Source

PAGE = (Path(__file__).parents[2] / "docs" / "language.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```gj\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split("\n", 1)[0])
def test_an_example_parses_and_is_laid_out(parser: Parser, block: str) -> None:
    """Each by itself, without a diagnostic, and as the formatter writes it."""
    formatted = format_source(block, "language.md", parser=parser)
    assert formatted.diagnostics == ()
    assert block == formatted.text


def test_the_examples_are_one_corpus(parser: Parser) -> None:
    """Every name is declared and every type fits."""
    loaded = load_texts(
        {"language.md": "\n".join(BLOCKS)}, lambda sources: [parser.parse(source) for source in sources]
    )
    assert "\n".join(render(d, loaded.sources) for d in loaded.diagnostics) == ""
    assert loaded.corpus is not None


def test_the_examples_show_every_declaration_and_nearly_every_word() -> None:
    """What the page does not show, it explains in a table."""
    shown = {token.terminal for token in tokens(Source("x", "\n".join(BLOCKS)))}
    assert {k.terminal for k in DECLARATIONS} <= shown
    for keyword in KEYWORDS:
        assert keyword.terminal in shown or f"`{keyword.zh}" in PAGE or f"{keyword.zh} " in PAGE, keyword


@pytest.mark.parametrize(
    ("heading", "group"),
    [
        ("Words that begin a declaration", DECLARATIONS),
        ("Words that lead a clause", CLAUSES),
        ("Words inside clauses and expressions", WORDS),
    ],
)
def test_the_table_of_keywords_is_complete(heading: str, group: tuple) -> None:
    """Both spellings, in the order of keywords.py."""
    section = PAGE.split(f"### {heading}\n")[1].split("\n#")[0]
    assert [(k.zh, k.en) for k in group] == re.findall(r"`(\w+)` \| `(\w+)`", section)


@pytest.mark.parametrize("code", sorted(set(re.findall(r"E1\d\d", PAGE))))
def test_the_codes_are_real(code: str) -> None:
    """Each code on the page is reported by something in src/."""
    sources = (Path(__file__).parents[2] / "src").rglob("*.py")
    assert any(f'"{code}"' in path.read_text(encoding="utf-8") for path in sources)
