"""The corpus: small specs with the findings that they must have, and no other (tests/corpus_files.py)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from attrs import evolve

from corpus_files import WORLD, SpecFile, read, shown, spec_files
from guiju.checker import catalogue
from guiju.checker.check import check
from guiju.checker.finding import Report
from guiju.checker.load import load, load_texts
from guiju.compiler.kernel import Corpus
from guiju.compiler.typing import check_corpus
from guiju.dsl.parsed import Parsed
from guiju.dsl.parser import Parser
from guiju.dsl.source import Source

FILES = spec_files()
each_file = pytest.mark.parametrize("file", FILES, ids=[f.name for f in FILES])

PARSER = Parser()  # its tables are worth building once


def parsed(sources: list[Source]) -> list[Parsed]:
    return [PARSER.parse(source) for source in sources]


@cache
def corpus_of(path: Path) -> Corpus:
    """The corpus of a file; it must load and be well typed."""
    loaded = load_texts(read(path).texts(), parsed)
    assert loaded.corpus is not None, loaded.diagnostics
    check_corpus(loaded.corpus)
    return loaded.corpus


@cache
def checked(path: Path) -> Report:
    """The report on a file; it must leave nothing undecided."""
    report = check(corpus_of(path), read(path).options)
    assert report.diagnostics == ()
    assert report.undecided == ()
    return report


@each_file
def test_a_file_has_the_findings_that_it_expects_and_no_other(file: SpecFile) -> None:
    """What is expected and missing, and what is found and not expected, are both failures."""
    left = [f for f in checked(file.path).findings if file.compared(f)]
    missing = []
    for expected in sorted(file.expected, key=lambda e: -len(e.said)):  # the most particular first
        same = next((f for f in left if expected.matches(f)), None)
        if same is None:
            missing.append(expected)
        else:
            left.remove(same)
    assert (missing, [shown(f) for f in left]) == ([], [])
    prints = [f.fingerprint for f in checked(file.path).findings]  # by which a baseline tells them apart
    assert len(set(prints)) == len(prints)


@pytest.mark.parametrize(
    "file", [f for f in FILES if "conflict" in (f.options.families or ())], ids=lambda f: f.name
)
def test_the_candidate_filter_changes_no_finding(file: SpecFile) -> None:
    """Filtered pairs are pairs that cannot disagree: without the filter the findings are the same."""
    options = evolve(file.options, families=frozenset({"conflict"}), candidate_filter=False)
    filtered = [f for f in checked(file.path).findings if f.family == "conflict"]
    assert filtered == list(check(corpus_of(file.path), options).findings)


def test_the_world_of_the_corpus_has_no_findings() -> None:
    """What a file expects comes from the file."""
    corpus = load([WORLD]).corpus
    assert corpus is not None
    assert check(corpus).findings == ()


def test_every_code_of_the_catalogue_is_expected_somewhere() -> None:
    """A finding that no file of the corpus shows is one that nobody has seen."""
    assert set(catalogue.codes()) == {e.code for f in FILES for e in f.expected}
