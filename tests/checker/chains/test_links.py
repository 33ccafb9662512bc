"""Which step leads to which: compared with trying out every case of small guards."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from chain_reading import read
from guiju.checker.ask import Asker
from guiju.checker.chains.links import Links
from guiju.checker.check import DEFAULT_BUDGET
from guiju.compiler import smt
from guiju.compiler.kernel import (
    Action,
    And,
    Combination,
    Corpus,
    Deed,
    Expr,
    FactRef,
    MayDo,
    Modality,
    Norm,
    Not,
)
from small_chains import GUARDS, bare_corpora, every_case, holds, literals, read_once, world

Pairs = set[tuple[str, str]]

EXAMPLES = 30

several = st.lists(literals(), min_size=1, max_size=2).map(lambda found: And(tuple(found)))


def candidates(corpus: Corpus) -> Pairs:
    return {(link.one.norm.id, link.other.norm.id) for link in Links.of(corpus).candidates()}


def feasible(corpus: Corpus) -> Pairs:
    asker = Asker(corpus, smt.Backend(corpus, DEFAULT_BUDGET))
    found = {(link.one.norm.id, link.other.norm.id) for link in Links.of(corpus).feasible(asker)}
    assert asker.undecided == []
    return found


def done_of(norm: Norm, corpus: Corpus) -> Expr:
    """What shows that the act of ``norm`` was done."""
    assert isinstance(norm.question, MayDo)
    done = corpus.actions[norm.question.deed.action].done
    assert done is not None
    return done


def shown(norm: Norm, corpus: Corpus) -> dict[str, bool]:
    """What the act of ``norm`` makes so: its literals; of two that contradict each other the last."""
    done = done_of(norm, corpus)
    literals = done.args if isinstance(done, And) else (done,)
    return {name: holding for literal in literals for name, holding in read(literal)}


def matters(one: Norm, other: Norm, corpus: Corpus) -> bool:
    """Whether in some case the act of ``one`` makes the guard of ``other`` hold, which did not before."""
    return any(
        not holds(other.guard, case, corpus) and holds(other.guard, {**case, **shown(one, corpus)}, corpus)
        for case in every_case()
    )


def walks(one: Norm, other: Norm, corpus: Corpus) -> bool:
    """Whether ``one`` can be called for in some case, be done, and ``other`` be called for then."""
    done = done_of(one, corpus)
    return any(
        holds(one.guard, case, corpus) and holds(done, after, corpus) and holds(other.guard, after, corpus)
        for case in every_case()
        for after in [{**case, **shown(one, corpus)}]
    )


def pairs(corpus: Corpus) -> list[tuple[Norm, Norm]]:
    return [(one, other) for one in corpus.norms for other in corpus.norms if one != other]


@given(bare_corpora(GUARDS, several))
def test_what_makes_a_guard_hold_is_a_candidate(corpus: Corpus) -> None:
    """Whatever can matter in some case is found by reading the signs of facts."""
    mattering = {(one.id, other.id) for one, other in pairs(corpus) if matters(one, other, corpus)}
    assert mattering <= candidates(corpus)


@given(bare_corpora(read_once(), literals()))
def test_of_guards_that_name_each_fact_once_the_candidates_are_exact(corpus: Corpus) -> None:
    """There a fact matters if it occurs, with the sign that it occurs with."""
    assert candidates(corpus) == {
        (one.id, other.id) for one, other in pairs(corpus) if matters(one, other, corpus)
    }


@settings(max_examples=EXAMPLES)
@given(bare_corpora(GUARDS, several))
def test_a_link_is_a_candidate_that_can_be_walked(corpus: Corpus) -> None:
    """The solver finds what trying all cases finds."""
    walked = {(one.id, other.id) for one, other in pairs(corpus) if walks(one, other, corpus)}
    assert feasible(corpus) == candidates(corpus) & walked


@settings(max_examples=EXAMPLES)
@given(bare_corpora(read_once(), literals()))
def test_of_guards_that_name_each_fact_once_the_links_are_what_matters_and_can_be(corpus: Corpus) -> None:
    """Nothing is left in that only looks like a link."""
    assert feasible(corpus) == {
        (one.id, other.id)
        for one, other in pairs(corpus)
        if matters(one, other, corpus) and walks(one, other, corpus)
    }


def test_what_an_act_ends_may_be_what_called_for_it() -> None:
    """Whoever is on a list is struck from it, and informed then."""
    listed = FactRef("p.a")
    strike, inform = Deed("city", "strike"), Deed("city", "inform")
    norms = [
        Norm("law.strike", "law.strike", "law", (), listed, MayDo(strike), Modality.OBLIGED, "all"),
        Norm("law.inform", "law.inform", "law", (), Not(listed), MayDo(inform), Modality.OBLIGED, "all"),
    ]
    acts = {
        "strike": Action("strike", Combination.SINGLE, done=Not(listed)),
        "inform": Action("inform", Combination.SINGLE),
    }
    assert feasible(world(norms, acts, [])) == {("law.strike", "law.inform")}
