"""The graphs of a corpus: what a slow reading of its norms gives (``tests/chain_reading.py``)."""

from __future__ import annotations

from hypothesis import given

import chain_reading
from guiju.checker.chains.graphs import UNNAMED, Actor, actor_graph, event_graph
from guiju.checker.chains.links import Links
from guiju.compiler.kernel import Corpus
from small_chains import corpora


@given(corpora())
def test_the_actor_graph_is_what_the_norms_and_the_hand_overs_say(corpus: Corpus) -> None:
    """An edge for each recipient of each step, and for whom an addressless passing-on is done to."""
    assert chain_reading.passings(actor_graph(Links.of(corpus))) == chain_reading.passed_on(corpus)


@given(corpora())
def test_every_body_is_what_it_is_declared_as(corpus: Corpus) -> None:
    """Whoever is not declared as an authority or a department is a party."""
    expected = {
        "city": Actor.AUTHORITY,
        "east": Actor.AUTHORITY,
        "west": Actor.AUTHORITY,
        "office": Actor.DEPARTMENT,
        "party": Actor.PARTY,
        UNNAMED: Actor.UNNAMED,
    }
    for name, kind in actor_graph(Links.of(corpus)).nodes(data="kind"):
        assert kind is expected[name]


@given(corpora())
def test_the_event_graph_is_what_guards_and_actions_speak_of(corpus: Corpus) -> None:
    """What a step asks for leads into it, what its act shows leads out of it, with the sign of each."""
    graph = event_graph(Links.of(corpus))
    assert chain_reading.edges(graph) == chain_reading.expected_edges(corpus)
    steps = {name for kind, name in graph if kind == "step"}
    assert steps == {norm.id for norm in chain_reading.steps(corpus)}


@given(corpora())
def test_the_candidates_are_the_pairs_that_share_an_event_with_its_sign_and_a_place(corpus: Corpus) -> None:
    """Each pair once."""
    found = [(link.one.norm.id, link.other.norm.id) for link in Links.of(corpus).candidates()]
    assert sorted(found) == sorted(chain_reading.follow(corpus))
