"""The units in which callers write and see numbers: a fact that is declared in years is told in years.

The kernel holds years as months (``Integer.declared``). What is no whole number of years can be told too, in
the unit of the kernel and as a text with that unit: ``"18 月"``.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from attrs import frozen

from guiju.compiler.kernel import DURATION_UNITS, Integer
from guiju.dsl.keywords import spelling
from guiju.dsl.types import HELD_AS


@frozen
class Unit:
    """One unit in which a number may be given.

    Attributes:
        names: Its spellings, the Chinese one first; None where the number has no unit.
        per: How many of the kernel's unit it is.
        low: The least number that may be given in it, times ten to the type's ``scale``.
        high: The greatest.
    """

    names: tuple[str | None, ...]
    per: int
    low: int
    high: int

    @property
    def word(self) -> str:
        """Its spellings in one word, ``年/years``; "" where there is none."""
        return "/".join(name for name in self.names if name is not None)


def of(type_: Integer) -> tuple[Unit, ...]:
    """The units of ``type_``: the declared one, then the kernel's where it is another."""
    held = Unit(_names(type_.unit), 1, type_.low, type_.high)
    if type_.declared is None:
        return (held,)
    low, high = -(-type_.low // type_.per), type_.high // type_.per
    return Unit(_names(type_.declared), type_.per, low, high), held


def named(name: object, units: Iterable[Unit]) -> Unit | None:
    """The one of ``units`` that is called ``name``; None: there is none."""
    return next((unit for unit in units if name in unit.names), None)


def told(value: int, type_: Integer) -> int | Decimal | str:
    """``value`` as a caller sees it.

    >>> years = Integer(0, 720, "months", declared="years")
    >>> told(144, years), told(18, years), told(1250, Integer(0, 9999, "元", 2))
    (12, '18 月', Decimal('12.50'))
    """
    if type_.scale:
        return Decimal(value).scaleb(-type_.scale)
    if value % type_.per:
        return f"{value} {_names(type_.unit)[0]}"
    return value // type_.per


def held(value: int | Decimal | str, type_: Integer) -> int:
    """The kernel's number that ``told`` gave as ``value``."""
    if isinstance(value, str):
        return int(value.partition(" ")[0])
    return int(Decimal(value).scaleb(type_.scale)) * type_.per


def _names(unit: str | None) -> tuple[str | None, ...]:
    if unit is not None and unit in (*DURATION_UNITS, *HELD_AS):
        return spelling(unit.upper(), "zh"), spelling(unit.upper(), "en")
    return (unit,)
