"""The graphs of the real corpus are what a slow reading of its norms gives (``tests/chain_reading.py``)."""

from __future__ import annotations

import pytest

import chain_reading
from guiju.checker.chains.graphs import actor_graph, event_graph
from guiju.checker.chains.links import Links
from guiju.checker.load import Loaded
from guiju.compiler.kernel import Corpus


@pytest.fixture(scope="module")
def corpus(whole: Loaded) -> Corpus:
    assert whole.corpus is not None
    return whole.corpus


@pytest.fixture(scope="module")
def links(corpus: Corpus) -> Links:
    return Links.of(corpus)


def test_who_passes_on_to_whom_is_what_the_norms_say(corpus: Corpus, links: Links) -> None:
    """Each recipient of each step, and no edge besides."""
    found = chain_reading.passings(actor_graph(links))
    assert found == chain_reading.passed_on(corpus)
    assert found


def test_what_sets_what_going_is_what_guards_and_actions_speak_of(corpus: Corpus, links: Links) -> None:
    """Each event with its sign, for each step."""
    found = chain_reading.edges(event_graph(links))
    assert found == chain_reading.expected_edges(corpus)
    assert found


def test_what_may_lead_to_what_is_what_shares_an_event_and_a_place(corpus: Corpus, links: Links) -> None:
    """Each pair once: the index finds what a look at all pairs finds."""
    found = [(link.one.norm.id, link.other.norm.id) for link in links.candidates()]
    assert sorted(found) == sorted(chain_reading.follow(corpus))
    assert found
