"""What every test runs under: how hard Hypothesis searches."""

import os

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
