"""A witness is a case that the evaluator confirms, complete, without what does not matter, and always the
same."""

from __future__ import annotations

import datetime as dt
from itertools import product

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import (
    And,
    Assumption,
    AtLeast,
    Case,
    Compare,
    Const,
    Context,
    Corpus,
    Expr,
    Extreme,
    Fact,
    FactRef,
    FieldRef,
    InTerritory,
    Not,
    Or,
    Order,
    ReadingRef,
    Today,
    walk,
)
from guiju.compiler.smt import Backend, Sat, Unsat, Verdict
from strategies import (
    AMOUNT,
    BOOLEAN,
    COUNT,
    DATE,
    KIND,
    SCALE,
    VOCABULARY,
    corpora,
    expressions,
    reading_type,
)

FIT, HARMFUL = FactRef("party.fit"), FactRef("party.harmful")
LISTED = FactRef("party.listed")


def solve(*conditions: Expr, corpus: Corpus = VOCABULARY, prefer: tuple[Expr, ...] = ()) -> Verdict:
    return Backend(corpus, 0).solve(conditions, prefer=prefer)


def witness(*conditions: Expr, corpus: Corpus = VOCABULARY, prefer: tuple[Expr, ...] = ()) -> Context:
    verdict = solve(*conditions, corpus=corpus, prefer=prefer)
    assert isinstance(verdict, Sat)
    return verdict.context


# --- Laws ------------------------------------------------------------------------------------------------


@given(st.data())
def test_the_evaluator_confirms_every_witness(data: st.DataObject) -> None:
    corpus = data.draw(corpora(max_norms=1, depth=0))
    conditions = data.draw(st.lists(expressions(corpus, BOOLEAN, 3), min_size=1, max_size=3))
    for minimise in (True, False):
        verdict = Backend(corpus, 0).solve(conditions, minimise=minimise)
        if isinstance(verdict, Sat):
            assert all(evaluate(condition, corpus, verdict.context) is True for condition in conditions)


@given(st.data())
def test_a_witness_names_what_the_conditions_mention_and_nothing_else(data: st.DataObject) -> None:
    conditions = data.draw(st.lists(expressions(VOCABULARY, BOOLEAN, 3), min_size=1, max_size=2))
    verdict = solve(*conditions)
    if isinstance(verdict, Sat):
        parts = [part for condition in conditions for part in walk(condition)]
        assert set(verdict.context.case.facts) == {e.name for e in parts if isinstance(e, FactRef)}
        assert set(verdict.context.readings) == {e.name for e in parts if isinstance(e, ReadingRef)}
        records = {e.record for e in parts if isinstance(e, (AtLeast, Extreme))}
        assert set(verdict.context.case.records) == records


@given(st.data())
def test_the_order_of_conditions_and_what_was_asked_before_change_no_witness(data: st.DataObject) -> None:
    corpus = data.draw(corpora(max_norms=1, depth=0))
    conditions = data.draw(st.lists(expressions(corpus, BOOLEAN, 3), min_size=2, max_size=3))
    first = Backend(corpus, 0).solve(conditions)
    used = Backend(corpus, 0, slots={"party.event": 2})
    for condition in reversed(conditions):
        used.solve([condition])
    assert used.solve(conditions[::-1]) == first


def _propositions() -> st.SearchStrategy[Expr]:
    """Conditions on two booleans, a kind and a scale: few enough cases to look at them all."""
    atoms = [
        FIT,
        HARMFUL,
        *(Compare(Order.EQ, FactRef("party.kind"), Const(member, KIND)) for member in KIND.members),
        *(Compare(Order.LE, FactRef("party.scale"), Const(member, SCALE)) for member in SCALE.members),
    ]
    return st.recursive(
        st.sampled_from(atoms),
        lambda part: st.one_of(
            st.builds(Not, part),
            st.builds(lambda a, b: And((a, b)), part, part),
            st.builds(lambda a, b: Or((a, b)), part, part),
        ),
        max_leaves=6,
    )


@settings(max_examples=30)
@given(_propositions())
def test_the_witness_is_the_least_of_all_cases(condition: Expr) -> None:
    mentioned = {part.name for part in walk(condition) if isinstance(part, FactRef)}
    values = {"party.fit": (False, True), "party.harmful": (False, True)}
    values |= {"party.kind": KIND.members, "party.scale": SCALE.members}
    ordered = {name: found for name, found in values.items() if name in mentioned}
    cases = (Case(dict(zip(ordered, chosen, strict=True))) for chosen in product(*ordered.values()))
    contexts = (Context(case, VOCABULARY.horizon[0], "country") for case in cases)
    least = next((c for c in contexts if evaluate(condition, VOCABULARY, c) is True), None)
    assert solve(condition) == (Unsat() if least is None else Sat(least))


# --- What is least ---------------------------------------------------------------------------------------


def test_a_witness_of_nothing_is_the_first_day_at_the_most_general_place() -> None:
    assert witness() == Context(Case(), VOCABULARY.horizon[0], "country")


def test_numbers_and_dates_are_as_small_as_they_can_be() -> None:
    count = FactRef("party.count")
    found = witness(
        Not(Compare(Order.LT, count, Const(7, COUNT))),
        Compare(Order.LT, Const(dt.date(2024, 2, 28), DATE), LISTED),
        Compare(Order.LT, LISTED, Today()),
    )
    assert found.case.facts == {"party.count": 7, "party.listed": dt.date(2024, 2, 29)}
    assert found.today == dt.date(2024, 3, 1)


def test_a_record_has_as_few_rows_as_possible() -> None:
    fine = Compare(Order.LE, Const(100, AMOUNT), FieldRef("party.event", "fine"))
    found = witness(AtLeast(2, "party.event", fine), Not(AtLeast(2, "party.staff", Not(FIT))))
    assert found.case.records == {"party.event": ({"fine": 100}, {"fine": 100}), "party.staff": ()}


def test_a_default_comes_before_what_is_least() -> None:
    facts = dict(VOCABULARY.facts)
    defaults = {
        "party.fit": True,
        "party.count": 5,
        "party.kind": "green",
        "party.listed": dt.date(2020, 5, 4),
    }
    facts |= {name: Fact(name, facts[name].type, default=value) for name, value in defaults.items()}
    corpus = evolve(VOCABULARY, facts=facts)
    mentioned = Or((FIT, Not(FIT))), *(Compare(Order.EQ, FactRef(name), FactRef(name)) for name in defaults)
    assert witness(*mentioned, corpus=corpus).case.facts == defaults
    elsewhere = (
        Not(Compare(Order.EQ, FactRef("party.count"), Const(5, COUNT))),
        Compare(Order.LT, Const(dt.date(2020, 5, 4), DATE), LISTED),
    )
    found = witness(*elsewhere, corpus=corpus).case.facts
    assert found == {"party.count": 0, "party.listed": dt.date(2020, 5, 5)}


def test_the_default_reading_comes_first() -> None:
    reading = VOCABULARY.readings["second"]
    chosen = ReadingRef("second")
    assert witness(Compare(Order.EQ, chosen, chosen)).readings == {"second": "x"}
    other = Not(Compare(Order.EQ, chosen, Const("x", reading_type(reading))))
    assert witness(other).readings == {"second": "y"}


def test_the_place_is_the_most_general_one_that_will_do() -> None:
    assert witness(InTerritory("south")).place == "south"
    assert witness(Not(InTerritory("north")), Not(Not(InTerritory("town")))).place == "town"
    assert witness(InTerritory("country"), Not(InTerritory("south"))).place == "country"
    assert solve(InTerritory("north"), InTerritory("ward")) == Unsat()


# --- Wishes and assumptions ------------------------------------------------------------------------------


def test_a_wish_is_granted_if_it_can_be_after_those_before_it() -> None:
    either = Or((FIT, HARMFUL))
    day = Compare(Order.EQ, Today(), Const(dt.date(2026, 7, 1), DATE))
    found = witness(either, prefer=(Not(FIT), Not(HARMFUL), day))
    assert found.case.facts == {"party.fit": False, "party.harmful": True}
    assert found.today == dt.date(2026, 7, 1)


def test_assumptions_hold_in_every_witness_and_are_not_shown() -> None:
    assumed = evolve(
        VOCABULARY,
        assumptions=(Assumption("fit", FIT), Assumption("listed", Compare(Order.LT, Today(), LISTED))),
    )
    assert solve(Not(FIT), corpus=assumed) == Unsat()
    assert witness(HARMFUL, corpus=assumed).case == Case({"party.harmful": True})
    last = Compare(Order.EQ, Today(), Const(VOCABULARY.horizon[1], DATE))
    assert solve(last, corpus=assumed) == Unsat()
    assert Backend(assumed, 0, assumptions=()).satisfiable([last]) is True
