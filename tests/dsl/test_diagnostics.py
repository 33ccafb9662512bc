"""The expected diagnostics, written beside the lines that they are about.

In ``tests/corpus/diagnostics/*.gj`` a line with ``# ! E104 words`` has that diagnostic, and its text (message
and hint, in either language) contains the words; ``# ! words`` asks for further words of it. There are no
others.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from attrs import frozen

from guiju.dsl.diagnostics import Diagnostic, render
from guiju.dsl.parser import Parser
from guiju.dsl.source import Source

CORPUS = Path(__file__).parent.parent / "corpus" / "diagnostics"


def diagnose(text: str, parser: Parser) -> list[Diagnostic]:
    """What is reported of a source."""
    return list(parser.parse(Source("x.gj", text)).diagnostics)


@frozen
class Expected:
    line: int
    code: str
    words: tuple[str, ...]


def expected(text: str) -> list[Expected]:
    """What the comments of a source ask for."""
    found: list[Expected] = []
    for number, line in enumerate(text.split("\n"), start=1):
        for mark in re.split(r"# ! ?", line)[1:]:
            match = re.match(r"(E\d+) ?(.*)", mark)
            if match is None:
                last = found.pop()
                found.append(Expected(last.line, last.code, (*last.words, mark.strip())))
            else:
                found.append(Expected(number, match[1], (match[2].strip(),)))
    return found


def said(diagnostic: Diagnostic) -> str:
    """All that a diagnostic says, in both languages."""
    texts = [diagnostic.message, *([diagnostic.hint] if diagnostic.hint else [])]
    return "\n".join(text.in_language(lang) for text in texts for lang in ("zh", "en"))


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.gj")), ids=lambda path: path.stem)
def test_a_source_has_the_diagnostics_beside_its_lines(path, parser):
    """Each expected one is there, with its words, and no other is."""
    text = path.read_text(encoding="utf-8")
    found = diagnose(text, parser)
    report = "\n".join(render(d, {"x.gj": Source("x.gj", text)}) for d in found)
    wanted = expected(text)

    assert [(e.line, e.code) for e in wanted] == [(d.place.line, d.code) for d in found], report
    for e, d in zip(wanted, found, strict=True):
        for words in e.words:
            assert words in said(d), report


def test_the_corpus_is_not_empty():
    """The test above ran."""
    assert len(list(CORPUS.glob("*.gj"))) >= 5
