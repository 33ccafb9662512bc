"""What an expression of the kernel is encoded as: its value as a solver's term, and where it is defined."""

from __future__ import annotations

from attrs import frozen

from guiju.compiler.kernel import NEVER, Enumeration
from guiju.compiler.smtlib.terms import Formula, Number, Terms

NO_END = NEVER.toordinal()


class Unsupported(Exception):
    """An expression that the typing rules of the kernel exclude, so that nobody says what it means."""


@frozen(eq=False)
class Truth:
    """A condition. It is always defined."""

    holds: Formula


@frozen(eq=False)
class Amount:
    """An integer of one unit and scale."""

    number: Number
    unit: str | None
    scale: int
    defined: Formula = True


@frozen(eq=False)
class Choice:
    """A member of an enumeration, by its place in the declared order."""

    index: Number
    type: Enumeration
    defined: Formula = True


@frozen(eq=False)
class Day:
    """A date by its day number, Python's proleptic Gregorian ordinal.

    Where ``never`` holds it is "no end", and ``number`` is some number without meaning.
    """

    number: Number
    never: Formula = False
    defined: Formula = True


Value = Truth | Amount | Choice | Day


def comparable(day: Day, terms: Terms) -> Number:
    """A number by which defined dates compare: "no end" is later than every other."""
    return terms.choose(day.never, NO_END, day.number)
