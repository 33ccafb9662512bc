"""What an answer shows, whatever the norms are called that give it."""

from __future__ import annotations

from guiju.compiler.kernel import Strength
from guiju.testing.diff.difference import Said
from guiju.testing.suite import Expected


def without_names(expected: Expected) -> tuple[object, ...]:
    """All of an answer but the names of norms, and how many say the same."""
    stood = frozenset(
        (each.position, each.value, each.window, each.due, each.hours, each.every) for each in expected.norms
    )
    return expected.verdict, expected.values, expected.until, expected.gap, stood


def shown(said: Said) -> tuple[object, ...]:
    """The same, and how firm the duties are."""
    norms = said.norms
    firm = any(
        each.position == "obliged" and norms[each.norm].strength is Strength.STRICT
        for each in said.expected.norms
    )
    return *without_names(said.expected), firm
