"""What a program is specialised for."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen


@frozen
class Setting:
    """A place and a choice for every reading of the corpus.

    Attributes:
        place: One of the corpus' territories.
        readings: Complete: the choice for each reading.
        dated: The context overrides the law date, which is then given at run time.
    """

    place: str
    readings: Mapping[str, str]
    dated: bool = False
