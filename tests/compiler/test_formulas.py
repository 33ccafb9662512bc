"""The conditions that queries are made of: when two answers differ, and when they cannot be compared."""

from __future__ import annotations

import datetime as dt

import pytest
from attrs import evolve

from guiju.compiler.evaluate import evaluate
from guiju.compiler.formulas import Incomparable, applicable, defined, in_force, incompatible, law_date
from guiju.compiler.kernel import (
    FALSE,
    TRUE,
    Answer,
    Case,
    Combination,
    Compare,
    Const,
    Context,
    Corpus,
    Date,
    DaysBetween,
    Deed,
    Expr,
    Extreme,
    Fact,
    FactRef,
    FieldRef,
    If,
    Instrument,
    Integer,
    InTerritory,
    MayDo,
    Modality,
    Norm,
    Not,
    Order,
    Span,
    Standing,
    Strength,
    Sum,
    Times,
    Today,
    conjunction,
)
from strategies import HORIZON, VOCABULARY

FEN, YUAN, DAYS, PLAIN = (
    Integer(0, 99, "yuan", 2),
    Integer(0, 99, "yuan"),
    Integer(0, 99, "days"),
    Integer(0, 99),
)
FACTS = {name: Fact(name, type_) for name, type_ in {"fen": FEN, "yuan": YUAN, "days": DAYS}.items()}
CORPUS = evolve(VOCABULARY, facts={**VOCABULARY.facts, **FACTS})
NOW = Today()


def differ(one: Expr, other: Expr, corpus: Corpus | None = CORPUS) -> Expr:
    return incompatible(Answer(one), Answer(other), Combination.SINGLE, corpus)


def disagree(one: Expr, other: Expr, **facts: int) -> object:
    """Whether the two differ in a case with these facts."""
    return evaluate(differ(one, other), CORPUS, Context(Case(facts), HORIZON[0], "town"))


@pytest.mark.parametrize(
    "term",
    [
        FactRef("yuan"),
        If(FactRef("party.fit"), FactRef("yuan"), Const(1, YUAN)),
        Sum((FactRef("yuan"), Const(1, YUAN))),
        Times(3, FactRef("yuan")),
        Times(100, FactRef("yuan"), 2),
        Const(3, YUAN),
    ],
)
def test_answers_in_different_units_cannot_be_compared(term: Expr) -> None:
    """Whatever they are computed from, and whichever comes first; it is said in which units they are."""
    units = {"days": (FactRef("days"), DaysBetween(NOW, NOW)), "no unit": (Const(1, PLAIN),)}
    for unit, others in units.items():
        for other in others:
            with pytest.raises(Incomparable, match=f"^one answer is in yuan, the other in {unit}$"):
                differ(term, other)
            with pytest.raises(Incomparable, match=f"^one answer is in {unit}, the other in yuan$"):
                differ(other, term)


def test_a_field_has_the_unit_of_its_record() -> None:
    """The fine of an event is an amount of money."""
    fine = FieldRef("party.event", "fine")
    with pytest.raises(Incomparable, match="yuan, the other in days"):
        differ(fine, FactRef("days"))
    assert differ(fine, FieldRef("party.staff", "kind")) != FALSE


def test_without_declarations_only_literals_have_a_unit() -> None:
    """What is not known to be different is compared."""
    assert differ(FactRef("yuan"), FactRef("days"), corpus=None) != FALSE
    with pytest.raises(Incomparable):
        differ(Const(1, YUAN), Const(1, DAYS), corpus=None)


@pytest.mark.parametrize(
    "coarse", [FactRef("yuan"), Sum((FactRef("yuan"),)), If(TRUE, FactRef("yuan"), Const(1, YUAN))]
)
def test_amounts_at_different_scales_are_compared_at_the_finer(coarse: Expr) -> None:
    """Three yuan are three hundred fen, on either side."""
    for left, right in ((coarse, FactRef("fen")), (FactRef("fen"), coarse)):
        assert disagree(left, right, yuan=3, fen=300) is False
        assert disagree(left, right, yuan=3, fen=301) is True
    assert differ(FactRef("yuan"), Const(1, YUAN)) == conjunction(
        defined(FactRef("yuan")), Not(Compare(Order.EQ, FactRef("yuan"), Const(1, YUAN)))
    )


def test_a_multiple_with_digits_is_at_its_own_scale() -> None:
    """Half of an amount in yuan is an amount in fen."""
    half = Times(50, FactRef("yuan"), 2)
    assert disagree(half, FactRef("fen"), yuan=3, fen=150) is False
    assert disagree(half, FactRef("yuan"), yuan=0) is False
    assert disagree(half, FactRef("yuan"), yuan=2) is True


def test_an_undefined_answer_differs_from_none() -> None:
    """On either side: there is nothing to disagree with."""
    never = Extreme(True, "party.event", "at", TRUE)
    context = Context(Case({}, {"party.event": ()}), HORIZON[0], "town")
    for one, other in ((never, NOW), (NOW, never)):
        assert evaluate(differ(one, other), CORPUS, context) is False


def test_an_open_answer_differs_from_none() -> None:
    """Nor do answers that need not agree."""
    one, other = Answer(Const(1, YUAN)), Answer(Const(2, YUAN))
    assert incompatible(Answer(None), other, Combination.SINGLE, CORPUS) == FALSE
    assert incompatible(one, Answer(None), Combination.SINGLE, CORPUS) == FALSE
    for combination in set(Combination) - {Combination.SINGLE}:
        assert incompatible(one, other, combination, CORPUS) == FALSE
        assert incompatible(Span(NOW, NOW), Span(NOW, FactRef("party.listed")), combination) == FALSE


# --- Force and applicability ------------------------------------------------------------------------------


def a_norm(**said: object) -> Norm:
    deed = MayDo(Deed("party", "practise"))
    return evolve(Norm("n", "n", "law", (), TRUE, deed, Modality.OBLIGED, "south", NOW), **said)


def test_what_does_not_bind_applies_to_nothing() -> None:
    """What is encouraged, and what nobody verified; what is only in principle does apply."""
    corpus = evolve(VOCABULARY, instruments={"law": Instrument("law", "law", "bureau", "south")})
    assert applicable(a_norm(), corpus) == InTerritory("south")
    assert applicable(a_norm(strength=Strength.IN_PRINCIPLE), corpus) == InTerritory("south")
    assert applicable(a_norm(strength=Strength.ENCOURAGED), corpus) == FALSE
    assert applicable(a_norm(standing=Standing.UNVERIFIED), corpus) == FALSE


def test_a_norm_is_in_force_from_the_first_day_to_the_last() -> None:
    """On its law date, or on the one that was asked for; that date must be defined."""
    first, last = (Const(day, Date()) for day in HORIZON)
    law = Instrument("law", "law", "bureau", "south", start=first, end=last)
    corpus = evolve(VOCABULARY, instruments={"law": law})
    between = (Compare(Order.LE, first, NOW), Compare(Order.LE, NOW, last))
    assert in_force(a_norm(), corpus) == conjunction(*between)
    day = dt.date(2024, 2, 29)
    assert law_date(a_norm(), day) == Const(day, Date())
    assert in_force(a_norm(), corpus, day) == conjunction(
        Compare(Order.LE, first, Const(day, Date())), Compare(Order.LE, Const(day, Date()), last)
    )
    listed = FactRef("party.listed")
    assert in_force(
        a_norm(law_date=listed), evolve(corpus, instruments={"law": evolve(law, start=None)})
    ) == (conjunction(Compare(Order.EQ, listed, listed), Compare(Order.LE, listed, last)))
