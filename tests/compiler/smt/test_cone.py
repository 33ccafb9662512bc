"""Leaving out assumptions that a query is not linked to changes no verdict."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

import strategies as draw
from guiju.compiler.cone import Cone
from guiju.compiler.kernel import (
    FALSE,
    TRUE,
    AtLeast,
    Boolean,
    Compare,
    Const,
    Date,
    Extreme,
    FactRef,
    FieldRef,
    InTerritory,
    Order,
    ReadingRef,
    Today,
    conjunction,
    negation,
)
from guiju.compiler.smt import Backend

BUDGET = 50_000_000


@settings(max_examples=25)
@given(st.data())
def test_a_query_with_its_cone_says_what_it_says_with_all_assumptions(data: st.DataObject) -> None:
    """The same conditions, once with the cone of the assumptions, once with all of them as conditions."""
    corpus = data.draw(draw.corpora())
    booleans = draw.expressions(corpus, Boolean())
    assumptions = tuple(data.draw(st.lists(booleans, max_size=4)))
    conditions = tuple(data.draw(st.lists(booleans, min_size=1, max_size=2)))
    sliced = Backend(corpus, BUDGET, assumptions).satisfiable(conditions)
    whole = Backend(corpus, BUDGET, ()).satisfiable([*assumptions, *conditions])
    assert whole == sliced


def test_the_cone_follows_links_and_stops_where_there_are_none() -> None:
    """A query on a reaches the assumption on a and b, and through it the one on b; not the one on c."""
    a, b, c = FactRef("a"), FactRef("b"), FactRef("c")
    first, second, third = conjunction(a, negation(b)), negation(b), c
    assert Cone.of([first, second, third]).above([a]) == [first, second]


def test_a_link_is_followed_whatever_the_order_of_the_assumptions() -> None:
    """From a by way of b to c, which stands first; what is reached keeps its place."""
    a, b, c = FactRef("a"), FactRef("b"), FactRef("c")
    far, middle, near = c, conjunction(b, negation(c)), conjunction(a, b)
    assert Cone.of([far, middle, near]).above([a]) == [far, middle, near]
    assert Cone.of([far, middle, near]).above([FactRef("d")]) == []
    assert Cone.of([]).above([a]) == []


def test_the_date_and_the_place_are_links_too() -> None:
    """Two assumptions on the evaluation date speak of the same thing; so do two on the place."""
    day = Const(dt.date(2020, 1, 1), Date())
    early = Compare(Order.LE, Today(), day)
    here = InTerritory("x")
    assert Cone.of([early, here]).above([Compare(Order.LT, day, Today())]) == [early]
    assert Cone.of([early, here]).above([InTerritory("y")]) == [here]


def test_each_part_of_a_case_is_a_link_of_its_own() -> None:
    """Two records, two readings, two facts: what is assumed of one does not bear on the other."""
    upheld = FieldRef("party.event", "upheld")
    event, staff = AtLeast(1, "party.event", upheld), AtLeast(2, "party.staff", TRUE)
    latest = Compare(Order.LE, Extreme(True, "party.event", "at", TRUE), Const(dt.date(2020, 1, 1), Date()))
    first = Compare(Order.EQ, ReadingRef("first"), ReadingRef("first"))
    second = Compare(Order.EQ, ReadingRef("second"), ReadingRef("second"))
    fact = FactRef("party.event")  # of the same name as a record, and yet something else
    assumed = [event, staff, first, second, fact]
    assert Cone.of(assumed).above([latest]) == [event]
    assert Cone.of(assumed).above([AtLeast(1, "party.staff", TRUE)]) == [staff]
    assert Cone.of(assumed).above([second]) == [second]
    assert Cone.of(assumed).above([FactRef("party.event")]) == [fact]


def test_an_assumption_that_speaks_of_nothing_always_counts() -> None:
    """It may be a contradiction."""
    assert Cone.of([FactRef("a"), FALSE]).above([FactRef("b")]) == [FALSE]
