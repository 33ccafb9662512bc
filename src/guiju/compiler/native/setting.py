"""What a program is specialised for."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen


@frozen
class Setting:
    """A place, and choices for readings.

    Attributes:
        place: One of the corpus' territories.
        readings: The choice for each reading that is decided; the choices for the others come with the case,
            as facts by the names that ``as_fact`` gives them.
        dated: The context overrides the law date, which is then given at run time.
    """

    place: str
    readings: Mapping[str, str]
    dated: bool = False


def as_fact(reading: str) -> str:
    """The name under which a case gives the choice for a reading; no name of the language is spelt so."""
    return f"{reading}?"
