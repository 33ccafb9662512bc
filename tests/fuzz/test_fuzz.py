"""Every target on its seeds and on inputs made of them; ``benchmarks/fuzzing.py`` does so for longer."""

from __future__ import annotations

import functools
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz.target import Target
from fuzz.targets import TARGETS

target = functools.cache(lambda name: TARGETS[name]())  # some start a service


@pytest.mark.parametrize("name", TARGETS)
def test_what_inputs_are_made_of_is_taken(name: str) -> None:
    """Most of it; else nearly all that is made of it would fall at the first hurdle."""
    fuzzed: Target = target(name)
    taken = [fuzzed.run(each) for each in Random(0).sample(fuzzed.seeds, min(12, len(fuzzed.seeds)))]
    good = ("valid", "answered", "200", "True", "suite", "compiled", "8 8 continued", "1 keys", "baseline")
    good += ("taken",)
    assert sum(any(word in each for word in good) for each in taken) > len(taken) / 2, taken


@pytest.mark.parametrize("name", TARGETS)
def test_a_few_inputs(name: str) -> None:
    """Each is taken or refused as documented; anything else is raised by the target."""
    _some(name, Random(f"a few of {name}"), 15)


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
@given(seed=st.integers(0, 2**64))
def test_many_inputs(name: str, seed: int) -> None:
    """The same at random: the seed that Hypothesis prints gives the inputs again."""
    _some(name, Random(seed), 3)


def _some(name: str, random: Random, count: int) -> None:
    fuzzed: Target = target(name)
    for _ in range(count):
        assert fuzzed.run(fuzzed.changed(random, fuzzed.seeds))
