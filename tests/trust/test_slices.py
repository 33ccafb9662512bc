"""Slices by themselves: what is tried is what is said, and nothing is passed over in a hurry."""

from __future__ import annotations

import datetime as dt
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

import strategies as draw
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import (
    AtLeast,
    Compare,
    Const,
    Context,
    Corpus,
    Expr,
    FactRef,
    FieldRef,
    Order,
    Today,
    conjunction,
)
from trust.domains import slice_of
from trust.queries import dead, special
from trust.searching import Said, Tried, first, plainly
from trust.slices import Slice, thinned

FEW = settings(max_examples=max(15, settings.default.max_examples // 3))


def slice_for(exprs: list[Expr], corpus: Corpus, limit: int, seed: int) -> Slice:
    random = Random(seed)
    return thinned(slice_of(exprs, corpus, random), limit, random)


@FEW
@given(st.data(), st.integers(0, 1_000))
def test_the_quick_search_finds_what_trying_each_context_finds(data: st.DataObject, seed: int) -> None:
    """Kleene's evaluation of what is half known cuts off nothing that a complete context would satisfy."""
    corpus = data.draw(draw.corpora(max_norms=2, depth=2))
    for query in (*dead(corpus), *special(corpus)):
        slice_ = slice_for(list(query.asked), corpus, 200, seed)
        found = first(slice_, query.said, Tried())
        assert (found is None) == (plainly(slice_, query.said) is None)
        if found is not None:
            assert all(each.holds(found) is True for each in query.said)


@FEW
@given(st.data(), st.integers(0, 1_000))
def test_the_conditions_of_a_slice_hold_in_its_contexts_and_in_no_others(
    data: st.DataObject, seed: int
) -> None:
    """Every context of it, and any other that may happen to be one of them."""
    corpus = data.draw(draw.corpora(max_norms=1, depth=3))
    slice_ = slice_for([corpus.norms[0].guard], corpus, 60, seed)
    said = conjunction(*slice_.conditions(corpus))
    inside = list(slice_.contexts())
    assert len(inside) == slice_.size
    assert all(evaluate(said, corpus, context) is True for context in inside)
    other = data.draw(draw.contexts(corpus))
    assert evaluate(said, corpus, other) is any(_same(other, each, slice_, corpus) for each in inside)


def _same(other: Context, context: Context, slice_: Slice, corpus: Corpus) -> bool:
    """Whether the two agree in all that the slice lists; rows have no order."""
    listed = {
        name: (
            [{field: row[field] for field in each} for row in other.case.records[name]],
            list(context.case.records[name]),
        )
        for name, rows in slice_.records.items()
        for each in rows.values[:1]
    }
    return (
        (other.today, other.place) == (context.today, context.place)
        and all(other.case.facts[name] == value for name, value in context.case.facts.items())
        and all(
            other.readings.get(name, corpus.readings[name].choices[0]) == choice
            for name, choice in context.readings.items()
        )
        and all(len(a) == len(b) and all(a.count(r) == b.count(r) for r in b) for a, b in listed.values())
    )


def test_the_values_of_a_slice_lie_on_both_sides_of_each_boundary() -> None:
    """At a number and beside it; at a day and beside it, and at the ends of months."""
    many = Compare(Order.LE, Const(7, draw.COUNT), FactRef("party.count"))
    day = Const(dt.date(2023, 3, 1), draw.DATE)
    late = Compare(Order.LT, day, FactRef("party.listed"))
    found = slice_of([many, late], draw.VOCABULARY, Random(0))
    assert {6, 7, 8, draw.COUNT.low, draw.COUNT.high} <= set(found.facts["party.count"])
    days = set(map(str, found.facts["party.listed"]))
    assert {"2023-02-28", "2023-03-01", "2023-03-02", "2024-02-29", "2024-01-31"} <= days


def test_thinning_keeps_what_is_to_be_kept_and_says_that_it_left_something_out() -> None:
    corpus = draw.VOCABULARY
    whole = slice_of([_count(7), _count(11)], corpus, Random(0))
    kept = next(c for c in whole.contexts() if c.case.facts["party.count"] == 11)
    for seed in range(20):
        few = thinned(whole, 2, Random(seed), kept)
        assert few.size <= 2
        assert 11 in few.facts["party.count"]
        assert whole.whole
        assert not few.whole


def _count(number: int) -> Expr:
    return Compare(Order.EQ, FactRef("party.count"), Const(number, draw.COUNT))


def test_contexts_are_counted_whether_they_are_looked_at_or_cut_off() -> None:
    """Where nothing satisfies, all of them were tried."""
    slice_ = slice_of([_count(7)], draw.VOCABULARY, Random(0))
    tried = Tried()
    assert first(slice_, [Said(lambda c: False, frozenset())], tried) is None
    assert tried.contexts == slice_.size
    assert tried.evaluations == 1


def test_a_count_of_many_rows_is_thinned_as_well() -> None:
    """There are more lists of rows than a machine word counts."""
    many = AtLeast(2_000, "party.event", FieldRef("party.event", "upheld"))
    said = [many, AtLeast(2, "party.event", Compare(Order.LE, FieldRef("party.event", "at"), Today()))]
    whole = slice_of(said, draw.VOCABULARY, Random(0))
    assert whole.size > 2**64
    assert 0 < thinned(whole, 500, Random(0)).size <= 500
