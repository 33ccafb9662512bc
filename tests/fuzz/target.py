"""What is fuzzed: something that takes bytes, and inputs to begin with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from attrs import frozen

#: Makes an input out of another, taking parts from a pool.
Change = Callable[[Random, bytes, Sequence[bytes]], bytes]


@frozen
class Target:
    """Something that takes bytes.

    Attributes:
        seeds: Inputs that it takes, from which others are made.
        changes: The ways in which they are made.
        run: Takes an input and says in a few words what came of it; whatever it raises is a finding.
    """

    seeds: tuple[bytes, ...]
    changes: tuple[Change, ...]
    run: Callable[[bytes], str]

    def changed(self, random: Random, pool: Sequence[bytes]) -> bytes:
        """An input made of one in ``pool``."""
        change = random.choice(self.changes)
        return change(random, random.choice(pool), pool)
