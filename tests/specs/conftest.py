"""The whole corpus, checked once for all tests of this folder: they run in one process (``xdist_group``)."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiju.checker.check import check
from guiju.checker.finding import Report
from guiju.checker.load import Loaded, load

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
