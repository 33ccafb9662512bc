"""Whether two typed expressions may stand side by side in a comparison, and what to say when not."""

from __future__ import annotations

from guiju.dsl import tree as t
from guiju.dsl import typed as y
from guiju.dsl.diagnostics import Bag
from guiju.dsl.resolve.quantities import DURATIONS, rescaled, type_name
from guiju.dsl.source import Bilingual, Place
from guiju.dsl.types import Boolean, Date, Enumeration, Integer, Type

BOOLEAN = Boolean()

#: Each row that a count asks for is a row that the solver has to think of.
MOST_ROWS = 200

_MIRRORED = {y.Op.LT: y.Op.GT, y.Op.GT: y.Op.LT, y.Op.LE: y.Op.GE, y.Op.GE: y.Op.LE}


def compared(op: y.Op, left: y.Expr, right: y.Expr, place: Place, bag: Bag) -> y.Expr | None:
    """The comparison of two typed expressions, or None after reporting why they do not compare."""
    counts = [isinstance(e, y.Rows) and e.aggregate is t.Aggregate.COUNT for e in (left, right)]
    if any(counts):
        if counts[1]:
            left, right, op = right, left, _MIRRORED.get(op, op)
        if not isinstance(right, y.Literal) or not isinstance(right.type, Integer) or right.type.scale:
            report_count(place, bag)
            return None
        if right.type.unit is not None:
            report_units(place, Integer(0, 0), right.type, bag)
            return None
        if right.type.high > MOST_ROWS:
            bag.error(
                "E303",
                right.place,
                f"个数最多与 {MOST_ROWS} 比较",
                f"a count is compared with {MOST_ROWS} at most",
            )
            return None
        return y.Apply(op, (left, right), BOOLEAN, place)
    match left.type, right.type:
        case Integer() as a, Integer() as b:
            if not (units_agree(left, b) or units_agree(right, a)):
                report_units(place, a, b, bag)
                return None
            scale = max(a.scale, b.scale)
            return y.Apply(op, (rescaled(left, scale), rescaled(right, scale)), BOOLEAN, place)
        case (Boolean(), Boolean()) | (Date(), Date()):
            pass
        case Enumeration() as a, Enumeration() as b if a.name == b.name:
            pass
        case a, b:
            report_mismatch(place, b, a, bag)
            return None
    ordering = op not in (y.Op.EQ, y.Op.NE)
    unordered = isinstance(left.type, Boolean) or (
        isinstance(left.type, Enumeration) and not left.type.ordered
    )
    if ordering and unordered:
        name = type_name(left.type)
        bag.error(
            "E307",
            place,
            f"{name.zh}没有高低次序，只能比较是否相同",
            f"{name.en} has no order: compare only with = or ≠",
            Bilingual("有次序的请声明为“阶梯”", "declare it as a scale if its members are ordered"),
        )
        return None
    return y.Apply(op, (left, right), BOOLEAN, place)


def report_count(place: Place, bag: Bag) -> None:
    """Report a count that stands anywhere but beside a number."""
    bag.error(
        "E306",
        place,
        "个数只能与写明的整数比较",
        "a count can only be compared with a whole number that is written out",
    )


def units_agree(expr: y.Expr, other: Integer) -> bool:
    """Whether a number may stand beside one of type ``other``: same unit, or a literal without one."""
    assert isinstance(expr.type, Integer)
    if expr.type.unit == other.unit:
        return True
    return expr.type.unit is None and isinstance(expr, y.Literal) and other.unit not in DURATIONS


def report_mismatch(place: Place, found: Type, expected: Type | None, bag: Bag) -> None:
    """Report a type where another was needed."""
    a = type_name(found)
    b = type_name(expected) if expected is not None else Bilingual("别的类型", "another type")
    bag.error("E301", place, f"类型不符：这里是{a.zh}，应为{b.zh}", f"found {a.en} where {b.en} is needed")


def report_units(place: Place, a: Integer, b: Integer, bag: Bag) -> None:
    """Report two numbers of different units."""
    hint = None
    if a.unit in DURATIONS and b.unit in DURATIONS:
        hint = Bilingual(
            "日、月、工作日长短不一，不能直接比较；可比较它们算出的日期（日期 + 期间）",
            "days, months and working days have no common length: compare the dates that they lead to",
        )
    bag.error(
        "E302",
        place,
        f"单位不同：{type_name(a).zh}与{type_name(b).zh}",
        f"different units: {type_name(a).en} and {type_name(b).en}",
        hint,
    )
