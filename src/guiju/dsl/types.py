"""The types of facts, terms and outcomes, shared by the typed tree and the kernel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from attrs import field, frozen

#: The calendar is exact between these years; every date of a case and every shifted date stays inside.
FIRST_YEAR = 1901
LAST_YEAR = 2099

#: The units of declarations that are held as another: in which one, and how many of it.
HELD_AS: Final[Mapping[str, tuple[str, int]]] = {"years": ("months", 12)}


@frozen
class Boolean:
    """True or false (是否)."""


@frozen
class Integer:
    """A bounded whole number; a decimal with ``scale`` digits is held as that many times ten.

    ``unit`` is a free word (分, 元) or one of the duration units ``months``, ``days``, ``workdays``,
    ``hours``. Terms of different units are never compared or added.

    ``declared`` is the unit in which a fact, a field or an outcome was declared where it is held in another:
    ``years``, held as ``months``. Callers write and see that one. It makes no other type: two that differ in
    nothing else are equal.
    """

    low: int
    high: int
    unit: str | None = None
    scale: int = 0
    declared: str | None = field(default=None, eq=False)

    @property
    def per(self) -> int:
        """How many of ``unit`` one of the declared unit is: 1 where they are the same."""
        return HELD_AS[self.declared][1] if self.declared is not None else 1


@frozen
class Enumeration:
    """A kind (unordered) or a scale (``ordered``: members are listed from mildest to gravest)."""

    name: str
    members: tuple[str, ...]
    ordered: bool = False


@frozen
class Date:
    """A calendar day; a fact's day lies in the corpus' horizon."""


Type = Boolean | Integer | Enumeration | Date
Value = bool | int | str | dt.date

DURATION_UNITS = ("months", "days", "workdays", "hours")
