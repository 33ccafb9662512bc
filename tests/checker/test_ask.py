"""Asking the solver: under which readings something holds, on which dates, and what is kept undecided."""

from __future__ import annotations

import datetime as dt

import pytest
from attrs import evolve

from guiju.checker.ask import Asker, defaults, essential
from guiju.checker.finding import NormRef, Undecided
from guiju.compiler.kernel import (
    TRUE,
    Assumption,
    Compare,
    Const,
    Context,
    Corpus,
    Deed,
    Expr,
    FactRef,
    MayDo,
    Modality,
    Norm,
    Not,
    Or,
    Order,
    Reading,
    ReadingRef,
    ShiftDays,
    ShiftMonths,
    Today,
    conjunction,
    disjunction,
)
from guiju.compiler.smt import Backend
from guiju.dsl.diagnostics import InternalError
from guiju.dsl.source import Place
from strategies import DATE, DAYS, READINGS, VOCABULARY, reading_type

FIT, LISTED = FactRef("party.fit"), FactRef("party.listed")
DAY = dt.date(2024, 2, 29)
HARD = Compare(Order.EQ, ShiftMonths(LISTED, FactRef("party.months")), ShiftDays(LISTED, Const(-311, DAYS)))
NORM = Norm(
    "law.n", "law.n", "law", ("art. 1",), TRUE, MayDo(Deed("party", "practise")), Modality.OBLIGED, "country",
    Today(), place=Place("law.gj", 3),
)  # fmt: skip


def asker(corpus: Corpus = VOCABULARY, budget: int = 0, **fixed: object) -> Asker:
    return evolve(Asker(corpus, Backend(corpus, budget)), **fixed)


def read(name: str, choice: str) -> Expr:
    """The reading has been chosen so."""
    return Compare(Order.EQ, ReadingRef(name), Const(choice, reading_type(READINGS[name])))


# --- Under which readings ---------------------------------------------------------------------------------


def test_what_holds_under_every_reading_depends_on_none() -> None:
    """Also where it speaks of one."""
    for condition in (FIT, Or((read("first", "a"), read("first", "b")))):
        found = asker().find("it", [condition])
        assert found is not None
        assert (found.under, found.by_default) == ((), True)


def test_the_readings_that_make_a_difference_are_told() -> None:
    """Only these; the first of them is shown, and whether it is the default."""
    either = disjunction(read("second", "y"), read("second", "z"))
    for condition in (either, conjunction(either, Or((read("first", "a"), read("first", "b"))))):
        found = asker().find("it", [condition])
        assert found is not None
        assert found.under == ({"second": "y"}, {"second": "z"})
        assert found.witness.readings["second"] == "y"
        assert not found.by_default
    default = asker().find("it", [disjunction(read("second", "x"), read("second", "z"))])
    assert default is not None
    assert (default.under, default.by_default) == (({"second": "x"}, {"second": "z"}), True)


def test_readings_that_make_a_difference_together_are_told_together() -> None:
    both = Or(
        (
            conjunction(read("first", "a"), read("second", "y")),
            conjunction(read("first", "b"), read("second", "x")),
        )
    )
    found = asker().find("it", [both])
    assert found is not None
    assert found.under == ({"first": "a", "second": "y"}, {"first": "b", "second": "x"})


def test_an_assumption_can_make_a_reading_matter() -> None:
    """What is assumed of the fact that is asked for, and only that."""
    assumed = Assumption("it", Or((Not(FIT), read("first", "b"))))
    corpus = evolve(VOCABULARY, assumptions=(assumed,))
    found = asker(corpus).find("it", [FIT])
    assert found is not None
    assert (found.under, found.by_default) == (({"first": "b"},), False)
    other = asker(corpus).find("it", [FactRef("party.harmful")])
    assert other is not None
    assert other.under == ()


def test_a_reading_that_was_fixed_is_not_varied() -> None:
    """Unless the question is asked for any reading."""
    fixed = asker(fixed_readings={"first": "b"})
    assert fixed.find("it", [read("first", "a")]) is None
    found = fixed.find("it", [Or((read("first", "a"), read("first", "b")))])
    assert found is not None
    assert (found.under, found.witness.readings["first"]) == ((), "b")
    assert fixed.unpinned().possible("it", [read("first", "a")]) is True


def test_essential_readings() -> None:
    """Those without which one could not tell where it holds."""
    choices = [{"a": a, "b": b} for a in "01" for b in "01"]
    assert essential(choices, choices) == ()
    assert essential([c for c in choices if c["a"] == "1"], choices) == ({"a": "1"},)
    assert essential([c for c in choices if c["b"] == "0"], choices) == ({"b": "0"},)
    assert essential([c for c in choices if c["a"] == c["b"]], choices) == (choices[0], choices[3])


def test_the_default_reading_as_a_condition() -> None:
    """Of the readings that the conditions speak of, and no other."""
    assert defaults([FIT], VOCABULARY) == []
    assert defaults([FIT, read("second", "z")], VOCABULARY) == [read("second", "x")]


# --- On which dates ---------------------------------------------------------------------------------------


def test_the_date_that_was_fixed_holds_unless_any_will_do() -> None:
    """Who prevails does not depend on the date of a check."""
    later = Compare(Order.LT, Const(DAY, DATE), Today())
    fixed = asker(as_of=DAY)
    assert fixed.possible("it", [later]) is False
    assert fixed.possible("it", [later], pinned=False) is True
    assert fixed.unpinned().possible("it", [later]) is True
    assert fixed.find("it", [later]) is None
    found = fixed.find("it", [FIT])
    assert found is not None
    assert found.witness.date == DAY


def test_what_a_witness_tells_of_lies_in_the_past_where_it_can() -> None:
    """After what was wished for, and only if it can."""
    late = Compare(Order.LT, Const(DAY, DATE), LISTED)
    found = asker().find("it", [late])
    assert found is not None
    assert found.witness.case.facts["party.listed"] == DAY + dt.timedelta(days=1) == found.witness.date
    first = asker().find("it", [late], prefer=[Compare(Order.EQ, Today(), Const(DAY, DATE))])
    assert first is not None
    assert (first.witness.date, first.witness.case.facts["party.listed"] > DAY) == (DAY, True)
    ahead = asker().find("it", [Compare(Order.LT, Today(), LISTED)])
    assert ahead is not None
    assert ahead.witness.date < ahead.witness.case.facts["party.listed"]


# --- What nobody knows ------------------------------------------------------------------------------------


def test_what_was_not_decided_is_kept_once() -> None:
    """What was asked, about which norms, and why there is no answer."""
    poor = asker(budget=1)
    for _ in range(2):
        assert poor.possible("the question", [HARD], [NORM]) is None
        assert poor.find("the question", [HARD], [NORM]) is None
    (noted,) = poor.undecided
    assert (noted.question, noted.norms) == ("the question", (NormRef.of(NORM),))
    assert noted.reason.startswith("budget: ")


def test_what_cannot_be_encoded_is_kept_too() -> None:
    """It is not taken for impossible."""
    wrong = Compare(Order.EQ, FIT, LISTED)
    asked = asker()
    assert asked.possible("the question", [wrong], [NORM]) is None
    assert asked.find("the question", [wrong]) is None
    first, second = asked.undecided
    assert first.reason.startswith("unsupported: ")
    assert (first.norms, second.norms) == ((NormRef.of(NORM),), ())


def test_readings_without_number_are_not_told_apart() -> None:
    """Fifteen with two choices are more than will be tried; those that were fixed do not count."""
    names = [f"r{number}" for number in range(15)]
    readings = {name: Reading(name, ("a", "b")) for name in names}
    corpus = evolve(VOCABULARY, readings=readings)
    chosen = [Compare(Order.EQ, ReadingRef(n), Const("a", reading_type(readings[n]))) for n in names]
    asked = asker(corpus)
    assert asked.find("the question", chosen, [NORM]) is None
    assert asked.undecided == [
        Undecided("the question", "readings: more than 20000 combinations", (NormRef.of(NORM),))
    ]
    fixed = asker(corpus, fixed_readings=dict.fromkeys(names[2:], "a"))
    assert fixed.find("the question", chosen) is not None
    assert fixed.undecided == []


def test_what_a_finding_claims_is_asked_of_its_witness() -> None:
    """A witness that does not show it is our mistake, never a finding."""
    seen: list[Context] = []

    def shows(context: Context) -> bool:
        seen.append(context)
        return False

    with pytest.raises(InternalError, match="does not show its finding: the question"):
        asker().find("the question", [FIT], replay=shows)
    assert [context.case.facts for context in seen] == [{"party.fit": True}]
