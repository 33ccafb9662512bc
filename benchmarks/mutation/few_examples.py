"""A plugin of pytest: Hypothesis draws the same few examples for every mutant, and shrinks none.

Which example shows a mutant does not matter, only that one does; fewer than ``make test`` draws are enough to
say so, and what survives them is looked at anyway.
"""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings

EXAMPLES = 8


def pytest_configure() -> None:
    """After the conftest, which sets a profile of its own."""
    settings.register_profile(
        "mutation",
        deadline=None,
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("mutation")
