"""Boxes: they may be wider than their guard, never narrower, so that disjoint boxes have no common case."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from guiju.checker.boxes import Range, box
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import (
    And,
    Compare,
    Const,
    Context,
    Date,
    Enumeration,
    Expr,
    FactRef,
    Integer,
    Not,
    Or,
    Order,
    ReadingRef,
    Today,
    Type,
    conjunction,
)
from strategies import BOOLEAN, VOCABULARY, constants, contexts, expressions, reading_type


def subjects() -> SearchStrategy[tuple[Expr, Type]]:
    """What a box has a side for: facts, the date, readings."""
    facts = [(FactRef(f.name), f.type) for f in VOCABULARY.facts.values()]
    readings = [(ReadingRef(n), reading_type(r)) for n, r in VOCABULARY.readings.items()]
    return st.sampled_from([*facts, (Today(), Date()), *readings])


@st.composite
def restrictions(draw: st.DrawFn) -> Expr:
    """A conjunct of the kinds that boxes read, and now and then one that they do not."""
    subject, type_ = draw(subjects())
    if type_ == BOOLEAN:
        return draw(st.sampled_from((subject, Not(subject))))
    one, other = Const(draw(constants(type_)).value, type_), draw(constants(type_))
    if isinstance(type_, Enumeration):
        equal = [Compare(Order.EQ, subject, draw(constants(type_))) for _ in range(draw(st.integers(1, 2)))]
        return draw(st.sampled_from((Or(tuple(equal)), Not(equal[0]), Compare(Order.EQ, one, subject))))
    ordered = isinstance(type_, Integer | Date)
    order = draw(st.sampled_from(list(Order) if ordered else [Order.EQ]))
    compared = draw(st.sampled_from((Compare(order, subject, one), Compare(order, other, subject))))
    return draw(st.sampled_from((compared, compared, Not(compared))))


def guards() -> SearchStrategy[Expr]:
    parts = st.one_of(restrictions(), restrictions(), expressions(VOCABULARY, BOOLEAN, depth=2))
    return st.lists(parts, min_size=1, max_size=4).map(lambda found: conjunction(*found))


def inside(value: object, side: Range) -> bool:
    if side.members is not None and value not in side.members:
        return False
    if value in side.excluded:
        return False
    number = value.toordinal() if isinstance(value, dt.date) else value
    if side.low is not None and not (isinstance(number, int) and number >= side.low):
        return False
    return side.high is None or (isinstance(number, int) and number <= side.high)


@given(guards(), contexts(VOCABULARY))
def test_a_case_that_satisfies_a_guard_lies_in_its_box(guard: Expr, context: Context) -> None:
    """On every side: facts, the date, the chosen readings."""
    if evaluate(guard, VOCABULARY, context) is not True:
        return
    for key, side in box(guard).ranges.items():
        match key.split():
            case ["@today"]:
                value: object = context.today
            case ["@reading", name]:
                value = context.readings.get(name, VOCABULARY.readings[name].choices[0])
            case _:
                value = context.case.facts[key]
        assert inside(value, side), (key, value, side)


@given(guards(), guards(), contexts(VOCABULARY))
def test_disjoint_boxes_have_no_common_case(one: Expr, other: Expr, context: Context) -> None:
    """And disjointness does not depend on which is asked."""
    assert box(one).disjoint(box(other)) == box(other).disjoint(box(one))
    if box(one).disjoint(box(other)):
        assert evaluate(And((one, other)), VOCABULARY, context) is not True


def test_boxes_that_touch_are_not_disjoint() -> None:
    """At most ten and at least ten have ten; below ten and at least ten have nothing."""
    count, ten = FactRef("party.count"), Const(10, Integer(0, 20))
    low, high = Compare(Order.LE, count, ten), Compare(Order.LE, ten, count)
    assert not box(low).disjoint(box(high))
    assert box(Compare(Order.LT, count, ten)).disjoint(box(high))
