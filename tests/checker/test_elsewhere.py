"""Two places in one query: what an expression becomes when its place is put in."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from guiju.checker import elsewhere
from guiju.checker.elsewhere import TwoPlaces
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import Context, Expr, InTerritory
from strategies import BOOLEAN, VOCABULARY, contexts, expressions

PLACES = st.sampled_from(sorted(VOCABULARY.territories))


@given(expressions(VOCABULARY, BOOLEAN), contexts(VOCABULARY), PLACES, PLACES)
def test_the_place_is_put_in(expr: Expr, context: Context, place: str, another: str) -> None:
    """An expression read at a place says anywhere what it says there."""
    there = elsewhere.at(expr, place, VOCABULARY)
    assert not elsewhere.local(there)
    expected = evaluate(expr, VOCABULARY, evolve(context, place=place))
    assert expected == evaluate(there, VOCABULARY, evolve(context, place=another))


def test_places_inside_only_where_a_place_is_named() -> None:
    """Otherwise the territories themselves are enough."""
    assert list(elsewhere.places("north", "south", VOCABULARY, [])) == [TwoPlaces("north", "south")]
    named = list(elsewhere.places("north", "south", VOCABULARY, [InTerritory("ward")]))
    assert named == [TwoPlaces("north", "south"), TwoPlaces("north", "town"), TwoPlaces("north", "ward")]
