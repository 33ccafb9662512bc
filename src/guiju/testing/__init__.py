"""Test suites from the rules: what an integrator runs against another implementation of them."""
