"""Each kind of expression, compiled: its value, what it does not look at, and how it is written."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from attrs import evolve

import strategies as draw
from guiju.compiler.days import OutOfCalendar
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import (
    FALSE,
    NEVER,
    TRUE,
    And,
    AtLeast,
    Case,
    Clip,
    Compare,
    Const,
    Context,
    DaysBetween,
    Expr,
    Extreme,
    Fact,
    FactRef,
    FieldRef,
    If,
    Integer,
    InTerritory,
    Not,
    Or,
    Order,
    ReadingRef,
    RollToWorkday,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    Sum,
    Times,
    Today,
    Value,
    WorkCalendar,
)
from guiju.compiler.native import Missing, Setting, compile_condition

DAY = dt.date
TODAY = DAY(2024, 2, 29)
SETTING = Setting("town", {"first": "b", "second": "y"})
#: 8 February 2024 is off, and the Sunday before is worked.
CORPUS = evolve(
    draw.VOCABULARY,
    calendar=WorkCalendar(frozenset({DAY(2024, 2, 8)}), frozenset({DAY(2024, 2, 4)}), (2024, 2024)),
)
FIT, HARMFUL = FactRef("party.fit"), FactRef("party.harmful")
COUNT, LISTED, SCALE = FactRef("party.count"), FactRef("party.listed"), FactRef("party.scale")
AT, UPHELD = FieldRef("party.event", "at"), FieldRef("party.event", "upheld")
FINE = FieldRef("party.event", "fine")
FACTS: Mapping[str, Value] = {
    "party.fit": True,
    "party.harmful": False,
    "party.count": 3,
    "party.kind": "green",
    "party.scale": "grave",
    "party.months": 1,
    "party.listed": DAY(2024, 1, 31),
}
EVENTS = (
    {"at": DAY(2024, 1, 5), "upheld": True, "scale": "mild"},
    {"at": DAY(2024, 3, 5), "upheld": True, "scale": "gravest"},
    {"at": DAY(2024, 2, 5), "upheld": False, "scale": "mild"},
)
NONE_UPHELD = Extreme(False, "party.event", "at", And((UPHELD, Not(UPHELD))))
FIRST, LAST = (Extreme(latest, "party.event", "at", UPHELD) for latest in (False, True))


def holds(expr: Expr, facts: Mapping[str, Value] = FACTS, events: Any = EVENTS) -> bool:
    return compile_condition(expr, CORPUS, SETTING)(facts, {"party.event": events}, TODAY)


def number(value: int) -> Const:
    return Const(value, draw.COUNT)


def day(*parts: int) -> Const:
    return Const(DAY(*parts), draw.DATE)


def amount(value: int, unit: str) -> Const:
    return Const(value, Integer(value, value, unit))


def equal(left: Expr, right: Expr) -> Expr:
    return Compare(Order.EQ, left, right)


def scale(member: str) -> Const:
    return Const(member, draw.SCALE)


TRUTHS: dict[str, Expr] = {
    "a fact": FIT,
    "not": Not(HARMFUL),
    "and": And((FIT, Not(HARMFUL), TRUE)),
    "an empty and": And(()),
    "or": Or((HARMFUL, FALSE, FIT)),
    "the date": equal(Today(), day(2024, 2, 29)),
    "the place": And((InTerritory("south"), InTerritory("town"), Not(InTerritory("ward")))),
    "a reading": equal(ReadingRef("first"), Const("b", draw.reading_type(draw.READINGS["first"]))),
    "equal": equal(FactRef("party.kind"), Const("green", draw.KIND)),
    "several constants": Or(
        tuple(equal(FactRef("party.kind"), Const(k, draw.KIND)) for k in ("red", "green"))
    ),
    "a truth compared": And((equal(FIT, TRUE), equal(FALSE, HARMFUL))),
    "less": Compare(Order.LT, COUNT, number(4)),
    "not less than itself": Not(Compare(Order.LT, COUNT, COUNT)),
    "at most": Compare(Order.LE, number(3), COUNT),
    "a scale against a member": And(
        (Compare(Order.LT, scale("mild"), SCALE), Compare(Order.LE, SCALE, scale("grave")))
    ),
    "a scale by place and not by letter": Compare(Order.LT, SCALE, scale("gravest")),
    "nothing is milder than the mildest": Not(Compare(Order.LT, SCALE, scale("mild"))),
    "two of a scale": AtLeast(2, "party.event", Compare(Order.LT, FieldRef("party.event", "scale"), SCALE)),
    "if": If(FIT, Not(HARMFUL), HARMFUL),
    "if of terms": equal(If(HARMFUL, number(1), COUNT), number(3)),
    "sum": equal(Sum((COUNT, COUNT, number(1))), number(7)),
    "times": equal(Times(-2, Sum((COUNT, number(1)))), number(-8)),
    "months, clipped": equal(ShiftMonths(LISTED, FactRef("party.months")), day(2024, 2, 29)),
    "months, clipped up": equal(ShiftMonths(LISTED, FactRef("party.months"), Clip.UP), day(2024, 3, 1)),
    "days": equal(ShiftDays(LISTED, amount(-31, "days")), day(2023, 12, 31)),
    "working days": equal(ShiftWorkdays(LISTED, amount(7, "workdays")), day(2024, 2, 9)),
    "a day off": equal(RollToWorkday(ShiftDays(LISTED, amount(8, "days"))), day(2024, 2, 9)),
    "a made-up day": equal(RollToWorkday(ShiftDays(LISTED, amount(3, "days"))), day(2024, 2, 4)),
    "days between": equal(DaysBetween(LISTED, Today()), amount(29, "days")),
    "never": And(
        (
            equal(ShiftMonths(Const(NEVER, draw.DATE), FactRef("party.months")), Const(NEVER, draw.DATE)),
            Compare(Order.LT, LISTED, Const(NEVER, draw.DATE)),
        )
    ),
    "one row": AtLeast(1, "party.event", UPHELD),
    "two rows": AtLeast(2, "party.event", UPHELD),
    "not three rows": Not(AtLeast(3, "party.event", UPHELD)),
    "no row needed": AtLeast(0, "party.staff", FALSE),
    "the earliest": equal(FIRST, day(2024, 1, 5)),
    "the latest": equal(LAST, day(2024, 3, 5)),
    "a row against a fact": AtLeast(2, "party.event", Compare(Order.LT, LISTED, AT)),
    "an atom over nothing": Not(Compare(Order.LE, NONE_UPHELD, Const(NEVER, draw.DATE))),
    "nothing equals nothing": Not(equal(NONE_UPHELD, Extreme(True, "party.event", "at", FALSE))),
    "nothing on the right": Not(Compare(Order.LT, LISTED, ShiftDays(NONE_UPHELD, amount(1, "days")))),
    "nothing in a sum": Not(
        equal(Sum((DaysBetween(NONE_UPHELD, LISTED), DaysBetween(LISTED, LISTED))), number(0))
    ),
    "a branch that is nothing": Not(equal(If(FIT, NONE_UPHELD, LISTED), LISTED)),
    "a branch that is something": equal(If(HARMFUL, NONE_UPHELD, LISTED), LISTED),
    "a shift of something": equal(ShiftMonths(FIRST, amount(1, "months")), day(2024, 2, 5)),
}


@pytest.mark.parametrize("expr", TRUTHS.values(), ids=TRUTHS.keys())
def test_is_true_as_in_the_reference(expr: Expr) -> None:
    """Each of these holds in the case, compiled and in the reference."""
    context = Context(Case(FACTS, {"party.event": EVENTS}), TODAY, SETTING.place, SETTING.readings)
    assert evaluate(expr, CORPUS, context) is True
    assert holds(expr) is True
    assert holds(Not(expr)) is False


@pytest.mark.parametrize(
    ("expr", "name"),
    [
        (And((FIT, FactRef("party.amount"))), "party.amount"),
        (AtLeast(1, "party.staff", TRUE), "party.staff"),
        (
            AtLeast(1, "party.event", Compare(Order.LE, number(1), FieldRef("party.event", "fine"))),
            "party.event.fine",
        ),
        (equal(Extreme(True, "party.event", "fined", UPHELD), Today()), "party.event.fined"),
        (equal(FactRef("party.amount"), FactRef("party.amount")), "party.amount"),
    ],
)
def test_what_is_not_given_is_named(expr: Expr, name: str) -> None:
    """An unknown fact, record or field that is needed is named in full."""
    with pytest.raises(Missing) as missing:
        holds(expr)
    assert missing.value.name == name


@pytest.mark.parametrize(
    "expr",
    [
        And((HARMFUL, FactRef("party.amount"))),
        Or((FIT, FactRef("party.amount"))),
        If(FIT, TRUE, FactRef("party.amount")),
        Compare(Order.LT, NONE_UPHELD, FactRef("party.licensed")),
        And((FactRef("party.amount"), FALSE)),
        Or((equal(FactRef("party.kind"), Const("red", draw.KIND)), FIT, FactRef("party.amount"))),
    ],
)
def test_what_does_not_matter_is_not_asked(expr: Expr) -> None:
    """A part that a falsity, a truth or an undefined side makes irrelevant may be unknown."""
    context = Context(Case(FACTS, {"party.event": EVENTS}), TODAY, SETTING.place, SETTING.readings)
    assert holds(expr) is evaluate(expr, CORPUS, context)


def test_no_rows_are_not_unknown_rows() -> None:
    """An empty record answers, a record that is not given does not."""
    some = AtLeast(1, "party.event", UPHELD)
    assert holds(some, events=()) is False
    with pytest.raises(Missing):
        compile_condition(some, CORPUS, SETTING)(FACTS, {}, TODAY)


@pytest.mark.parametrize(
    "expr",
    [
        Compare(Order.LT, ShiftMonths(LISTED, amount(12 * 80, "months")), Today()),
        Compare(Order.LT, ShiftMonths(day(2024, 1, 1), amount(12 * 80, "months")), LISTED),
        equal(DaysBetween(LISTED, Const(NEVER, draw.DATE)), number(0)),
    ],
)
def test_leaving_the_calendar_is_the_error_of_the_reference(expr: Expr) -> None:
    """What leaves the calendar raises, also where only constants do and they are folded."""
    with pytest.raises(OutOfCalendar):
        holds(expr)


def test_a_part_that_is_left_out_may_leave_the_calendar() -> None:
    """A falsity before it decides; the reference looks at everything and raises."""
    outside = Compare(Order.LT, ShiftMonths(LISTED, amount(12 * 80, "months")), Today())
    assert holds(And((HARMFUL, outside))) is False


def _nested(depth: int) -> Iterator[tuple[str, Expr, bool]]:
    """Deep expressions with the value that they have by construction."""
    yield "not and", _chain(depth, lambda inner: Not(And((FIT, inner)))), depth % 2 == 0
    yield "and or", _chain(depth, lambda inner: And((Or((inner, HARMFUL)), FIT))), True
    yield "if", _chain(depth, lambda inner: If(Not(inner), HARMFUL, FIT)), True
    total = _chain(depth, lambda inner: Times(-1, Sum((inner, COUNT))), COUNT)
    yield "sum", equal(total, number(3 if depth % 2 == 0 else -6)), True
    later = _chain(depth, lambda inner: ShiftDays(inner, FactRef("party.months")), LISTED)
    yield "shift", equal(later, ShiftDays(LISTED, amount(depth, "days"))), True


def _chain(depth: int, wrap: Any, inner: Expr = FIT) -> Expr:
    for _ in range(depth):
        inner = wrap(inner)
    return inner


@pytest.mark.parametrize(
    ("name", "expr", "expected"), list(_nested(1000)), ids=lambda p: p if isinstance(p, str) else ""
)
def test_nesting_has_no_limit(name: str, expr: Expr, expected: bool) -> None:
    """A thousand levels compile and run within Python's limits on parentheses and calls."""
    assert sys.getrecursionlimit() <= 1000
    assert holds(expr) is expected, name


def test_long_conjunctions_are_one_line() -> None:
    """Two thousand conditions beside one another are no problem."""
    many = tuple(Compare(Order.LT, COUNT, number(n)) for n in range(4, 2_004))
    assert holds(And(many)) is True
    assert holds(Or(tuple(map(Not, many)))) is False


def test_what_stands_in_several_places_is_written_once() -> None:
    """An expression that doubles with each level does not double its source."""
    expr: Expr = FIT
    for n in range(60):
        expr = And((Or((expr, HARMFUL)), Or((Not(expr), Compare(Order.LE, COUNT, number(3 + n))))))
    assert holds(expr) is True


@pytest.mark.parametrize(
    "name",
    ["it's", 'a "quoted" name', "back\\slash", "two\nlines", "'] or print(1) or facts['", "\u2028", "# no"],
)
def test_names_are_only_ever_quoted(name: str) -> None:
    """Whatever a name looks like, it is the key of a fact and nothing else."""
    corpus = evolve(CORPUS, facts={**CORPUS.facts, name: Fact(name, draw.BOOLEAN)})
    condition = compile_condition(And((FactRef(name), FIT)), corpus, SETTING)
    assert condition({name: True, "party.fit": True}, {}, TODAY) is True
    with pytest.raises(Missing) as missing:
        condition({"party.fit": True}, {}, TODAY)
    assert missing.value.name == name
