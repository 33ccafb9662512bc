"""Numbers with units: literals, scales of decimals, and how types are called in messages."""

from __future__ import annotations

from attrs import evolve

from guiju.dsl import tree as t
from guiju.dsl import typed as y
from guiju.dsl.diagnostics import Bag
from guiju.dsl.source import Bilingual
from guiju.dsl.types import DURATION_UNITS, HELD_AS, Boolean, Date, Enumeration, Integer, Type

DURATIONS = frozenset(DURATION_UNITS)

#: The keywords of durations, in the unit that they are held in.
_UNITS = {
    "YEARS": HELD_AS["years"],
    "MONTHS": ("months", 1),
    "WEEKS": ("days", 7),
    "DAYS": ("days", 1),
    "WORKDAYS": ("workdays", 1),
    "HOURS": ("hours", 1),
}
#: The longest length of time that may be written, in each unit: no more than the calendar can hold.
_LONGEST = {"months": 12 * 150, "days": 366 * 150, "workdays": 5_000, "hours": 24 * 3_660}
_UNIT_NAMES = {
    "months": Bilingual("月", "months"),
    "days": Bilingual("日", "days"),
    "workdays": Bilingual("工作日", "working days"),
    "hours": Bilingual("小时", "hours"),
}


def unit_of(written: str | None) -> tuple[str | None, int]:
    """The unit that a written one is held in, and how many of those it is (1年: 12 months)."""
    return _UNITS.get(written, (written, 1)) if written else (None, 1)


def declared_unit(written: str | None) -> str | None:
    """The written unit of a declaration where it is held as another: ``years``."""
    name = written.lower() if written in _UNITS else None
    return name if name in HELD_AS else None


def literal(quantity: t.Quantity, expected: Type | None, bag: Bag) -> y.Literal | None:
    """A number as written, held with the number of decimals that it is written with."""
    unit, factor = unit_of(quantity.unit)
    whole, _, decimals = quantity.number.partition(".")
    scale = len(decimals)
    if unit in DURATIONS and scale:
        bag.error(
            "E303",
            quantity.place,
            "期间须是整数",
            "a length of time is a whole number",
            Bilingual("半年写作 6月", "write 6 months for half a year"),
        )
        return None
    value = int(whole + decimals) * factor
    if len(whole) > 15:
        bag.error("E303", quantity.place, "数过大", "the number is too large")
        return None
    if scale > 6:
        bag.error("E303", quantity.place, "小数位数过多（至多 6 位）", "too many decimals (6 at most)")
        return None
    if unit is not None and abs(value) > _LONGEST.get(unit, abs(value)):
        bag.error("E303", quantity.place, "期间过长", "the length of time is too long")
        return None
    if isinstance(expected, Integer) and unit is None and expected.unit not in DURATIONS:
        unit = expected.unit
    return y.Literal(value, Integer(value, value, unit, scale), quantity.place)


def rescaled(expr: y.Expr, scale: int) -> y.Expr:
    """``expr`` held with ``scale`` decimals (never fewer than it has)."""
    type_ = expr.type
    assert isinstance(type_, Integer)
    assert scale >= type_.scale
    factor = 10 ** (scale - type_.scale)
    if factor == 1:
        return expr
    wider = evolve(type_, low=type_.low * factor, high=type_.high * factor, scale=scale)
    if isinstance(expr, y.Literal):
        return y.Literal(int(expr.value) * factor, wider, expr.place)  # type: ignore[arg-type]  # an integer
    times = y.Literal(factor, Integer(factor, factor), expr.place)
    return y.Apply(y.Op.TIMES, (times, expr), wider, expr.place)


def type_name(type_: Type) -> Bilingual:
    """How a type is called in messages."""
    match type_:
        case Boolean():
            return Bilingual("是否", "a truth value")
        case Date():
            return Bilingual("日期", "a date")
        case Enumeration(name):
            return Bilingual(name, name)
        case Integer(unit=unit):
            if unit in _UNIT_NAMES:
                word = _UNIT_NAMES[unit]
                return Bilingual(f"期间（{word.zh}）", f"a length of time in {word.en}")
            with_unit = (
                Bilingual(f"数（{unit}）", f"a number of {unit}") if unit else Bilingual("数", "a number")
            )
            return with_unit
