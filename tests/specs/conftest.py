"""The whole corpus, loaded, checked and compiled once for the tests of a process (``tests/conftest.py``)."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiju.checker.check import check
from guiju.checker.finding import Report
from guiju.checker.load import Loaded, load
from guiju.decisions.artifact import from_bytes
from guiju.decisions.compiling import compile_corpus
from guiju.decisions.corpus import Corpus

SPECS = Path(__file__).parents[2] / "specs"


@pytest.fixture(scope="session")
def whole() -> Loaded:
    """All of ``specs``: the seven instruments and the law above them."""
    found = load([SPECS])
    assert found.diagnostics == ()
    return found


@pytest.fixture(scope="session")
def findings(whole: Loaded) -> Report:
    """What one check of the whole corpus finds, with all defaults."""
    assert whole.corpus is not None
    return check(whole.corpus)


@pytest.fixture(scope="session")
def deciding(whole: Loaded) -> Corpus:
    """The whole corpus, ready to be asked."""
    assert whole.corpus is not None
    return Corpus(from_bytes(compile_corpus(whole.corpus)))
