"""Corpora of a few rules in the world that the files of ``tests/corpus/`` share."""

from __future__ import annotations

from corpus_files import WORLD
from guiju.checker.load import load_texts
from guiju.compiler.kernel import Corpus
from guiju.dsl.parsed import Parsed
from guiju.dsl.parser import Parser
from guiju.dsl.source import Source

_PARSER = Parser()  # its tables are worth building once


def corpus_of(*texts: str) -> Corpus:
    """The world with further sources, which must load."""
    sources = {str(WORLD): WORLD.read_text(encoding="utf-8")}
    loaded = load_texts(sources | {f"{n}.gj": text for n, text in enumerate(texts)}, _parsed)
    assert loaded.corpus is not None, loaded.diagnostics
    return loaded.corpus


def _parsed(sources: list[Source]) -> list[Parsed]:
    return [_PARSER.parse(source) for source in sources]
