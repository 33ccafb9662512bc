"""The bounds that terms carry decide comparisons without the solver: they must hold, on the last day too."""

from __future__ import annotations

import datetime as dt

import pytest
from attrs import evolve

from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import (
    TRUE,
    Case,
    Clip,
    Compare,
    Const,
    Context,
    Corpus,
    DaysBetween,
    Expr,
    Extreme,
    FactRef,
    FieldRef,
    If,
    Integer,
    Order,
    RollToWorkday,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    Sum,
    Times,
)
from guiju.compiler.smt import Backend
from strategies import COUNT, DATE, DAYS, MONTHS, VOCABULARY, WORKDAYS

FIT, LISTED = FactRef("party.fit"), FactRef("party.listed")
#: Ends of short and long months, of a leap year and of others; a few days each.
WINDOWS = [
    (dt.date(2021, 1, 29), dt.date(2021, 1, 31)),
    (dt.date(2024, 2, 28), dt.date(2024, 3, 1)),
    (dt.date(2023, 2, 27), dt.date(2023, 2, 28)),
    (dt.date(2024, 5, 31), dt.date(2024, 6, 1)),
]


def months(count: int, clip: Clip = Clip.DOWN) -> Expr:
    return ShiftMonths(LISTED, Const(count, MONTHS), clip)


TERMS: dict[str, Expr] = {
    "a day": LISTED,
    "a month on": months(1),
    "a month on, up": months(1, Clip.UP),
    "a month back": months(-1),
    "a month back, up": months(-1, Clip.UP),
    "a year on": months(12),
    "a year on, up": months(12, Clip.UP),
    "four years on": months(48),
    "days on": ShiftDays(LISTED, Const(3, DAYS)),
    "days back": ShiftDays(LISTED, Const(-30, DAYS)),
    "a month on, then days back": ShiftDays(months(1), Const(-1, DAYS)),
    "days on, then a month": ShiftMonths(ShiftDays(LISTED, Const(1, DAYS)), Const(1, MONTHS)),
    "working days": ShiftWorkdays(LISTED, Const(2, WORKDAYS)),
    "rolled": RollToWorkday(LISTED),
    "either": If(FIT, months(1), ShiftDays(LISTED, Const(-2, DAYS))),
    "a day or one that is known": If(FIT, LISTED, Const(dt.date(2022, 6, 1), DATE)),
    "by either": ShiftMonths(LISTED, If(FIT, Const(1, MONTHS), Const(-2, MONTHS))),
    "the latest": Extreme(True, "party.event", "at", TRUE),
    "the earliest": Extreme(False, "party.event", "at", FieldRef("party.event", "upheld")),
    "the latest, a month on": ShiftMonths(Extreme(True, "party.event", "at", TRUE), Const(1, MONTHS)),
}


def corpus_of(window: tuple[dt.date, dt.date]) -> Corpus:
    """No date of a case lies outside of the window."""
    return evolve(VOCABULARY, horizon=window)


def days_of(first: dt.date, last: dt.date) -> list[dt.date]:
    return [dt.date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]


def reached(term: Expr, corpus: Corpus) -> set[dt.date]:
    """The days that ``term`` takes in some case, by the reference."""
    found = set()
    for day in days_of(*corpus.horizon):
        for fit in (False, True):
            row = {"at": day, "upheld": True}
            case = Case({"party.fit": fit, "party.listed": day}, {"party.event": (row,)})
            found.add(evaluate(term, corpus, Context(case, corpus.horizon[0], "country")))
    assert all(isinstance(day, dt.date) for day in found)
    return {day for day in found if isinstance(day, dt.date)}


@pytest.mark.parametrize("window", WINDOWS, ids=lambda window: window[0].isoformat())
@pytest.mark.parametrize("name", TERMS)
def test_a_date_is_as_early_and_as_late_as_it_can_be(name: str, window: tuple[dt.date, dt.date]) -> None:
    """Compared with the days at both ends of what it can be, and with those beyond."""
    corpus, term = corpus_of(window), TERMS[name]
    backend, found = Backend(corpus, 0), reached(term, corpus)
    for end in (min(found), max(found)):
        for day in days_of(end - dt.timedelta(days=1), end + dt.timedelta(days=1)):
            known = Const(day, DATE)
            expected = {
                Compare(Order.EQ, term, known): day in found,
                Compare(Order.LT, term, known): min(found) < day,
                Compare(Order.LT, known, term): day < max(found),
                Compare(Order.LE, term, known): min(found) <= day,
                Compare(Order.LE, known, term): day <= max(found),
            }
            for condition, possible in expected.items():
                assert backend.satisfiable([condition]) is possible, (day, condition.order)


def number(value: int, type_: Integer = COUNT) -> Const:
    return Const(value, evolve(type_, low=min(value, type_.low), high=max(value, type_.high)))


NUMBERS: dict[str, tuple[Expr, int, int]] = {
    "a count": (FactRef("party.count"), 0, 20),
    "a sum": (Sum((FactRef("party.count"), FactRef("party.count"), number(-5))), -5, 35),
    "a multiple": (Times(-2, FactRef("party.count")), -40, 0),
    "a choice": (If(FIT, FactRef("party.count"), number(30)), 0, 30),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_is_as_small_and_as_large_as_it_can_be(name: str) -> None:
    term, low, high = NUMBERS[name]
    backend = Backend(VOCABULARY, 0)
    for end in (low, high):
        for value in (end - 1, end, end + 1):
            known = number(value)
            assert backend.satisfiable([Compare(Order.LE, term, known)]) is (low <= value)
            assert backend.satisfiable([Compare(Order.LT, term, known)]) is (low < value)
            assert backend.satisfiable([Compare(Order.LE, known, term)]) is (value <= high)
            assert backend.satisfiable([Compare(Order.LT, known, term)]) is (value < high)
        assert backend.satisfiable([Compare(Order.EQ, term, number(end))]) is True


def test_days_between_are_as_many_and_as_few_as_they_can_be() -> None:
    """Between two dates of one window, in either direction."""
    first, last = WINDOWS[1]
    backend = Backend(corpus_of((first, last)), 0)
    between = DaysBetween(LISTED, FactRef("party.licensed"))
    for count in range(-4, 5):
        condition = Compare(Order.EQ, between, number(count, DAYS))
        assert backend.satisfiable([condition]) is (abs(count) <= (last - first).days)
