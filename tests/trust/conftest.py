"""The whole corpus, loaded once for the tests of a process."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiju.checker.load import load
from guiju.compiler.kernel import Corpus
from unasked import unasked_canaries as unasked_canaries

SPECS = Path(__file__).parents[2] / "specs"


@pytest.fixture(scope="session")
def whole() -> Corpus:
    """All of ``specs``."""
    found = load([SPECS])
    assert found.corpus is not None
    return found.corpus
