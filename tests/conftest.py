"""What every test runs under: how hard Hypothesis searches, and which tests share a process."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# No deadline: a first call builds tables or starts the solver, and a busy machine is not a bug.
settings.register_profile(
    "default",
    deadline=None,
    max_examples=50,
    derandomize="CI" in os.environ,  # in CI a red run must stay red when it is run again
    print_blob=True,
)

# For `make fuzz` and `make test-all`: always random, so that each run looks somewhere new.
settings.register_profile(
    "thorough",
    deadline=None,
    max_examples=2000,
    derandomize=False,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)

settings.load_profile("default")

#: Tests that ask what a check of the whole corpus found; the others of their folder only ask its rules.
CHECKED = ("test_chains.py", "test_sanctions.py", "test_three_instruments.py", "test_whole_corpus.py")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep the tests together that share a fixture which takes a minute; the others go to whoever is free."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFixture(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            if file == "tests/checker/test_corpus.py":  # each file of the corpus is checked once
                return nodeid.partition("[")[2] or nodeid
            if not file.startswith("tests/specs/"):
                return nodeid
            return "specs, checked" if file.endswith(CHECKED) else "specs"

    return ByFixture(config, log)
