"""What can be written wrong in a guard, operator by operator, as expressions."""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from guiju.compiler.days import LAST_DAY
from guiju.compiler.kernel import (
    FALSE,
    NEVER,
    TRUE,
    And,
    Answer,
    AtLeast,
    Clip,
    Compare,
    Const,
    Corpus,
    Date,
    Enumeration,
    Expr,
    Extreme,
    FactRef,
    FieldRef,
    If,
    Instrument,
    Integer,
    MayDo,
    Modality,
    Norm,
    Not,
    Or,
    Order,
    RollToWorkday,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    Span,
    Strength,
    Today,
    WhichValue,
)
from guiju.decisions.topics import Topic
from guiju.testing.mutant import Mutant
from guiju.testing.mutations.catalogue import mutants
from guiju.testing.rules import Rules
from strategies import BOOLEAN, DATE, DEEDS, KIND, SCALE, VOCABULARY

FIT, HARMFUL, LISTED = FactRef("party.fit"), FactRef("party.harmful"), FactRef("party.listed")
LICENSED = Compare(Order.LE, FactRef("party.licensed"), Today())
UPHELD = FieldRef("party.event", "upheld")
RULES = Instrument("rules", "rules", "ministry", "country")


def corpus(*norms: Norm) -> Corpus:
    return evolve(VOCABULARY, instruments={"rules": RULES}, norms=norms)


def norm(guard: Expr) -> Norm:
    return Norm("rules.a", "rules.a", "rules", (), guard, MayDo(DEEDS[0]), Modality.FORBIDDEN, "country")


def of(wrong: Norm) -> list[Mutant]:
    return list(mutants(Rules(Topic("practise", DEEDS[0]), corpus(wrong), {})))


def guards(guard: Expr, operator: str) -> list[Expr]:
    """The guards that are written instead of ``guard``."""
    found = [m.norm for m in of(norm(guard)) if m.operator == operator]
    return [each.guard for each in found if each is not None]


def integer(value: int, unit: str | None) -> Const:
    """A literal as it is lowered: its type says no more than its value."""
    return Const(value, Integer(value, value, unit))


def day(text: str) -> Const:
    return Const(dt.date.fromisoformat(text), DATE)


def before_today(term: Expr) -> Expr:
    return Compare(Order.LT, term, Today())


# --- Conditions


def test_a_comparison_with_its_bound_and_with_its_sides_exchanged() -> None:
    assert guards(before_today(LISTED), "comparison") == [
        Compare(Order.LE, LISTED, Today()),
        Compare(Order.LT, Today(), LISTED),
    ]


def test_the_contrary_of_an_equality_is_one_mistake() -> None:
    """A comparison and a negation would write the same."""
    kind = Compare(Order.EQ, FactRef("party.kind"), Const("red", KIND))
    assert guards(kind, "comparison") == [Not(kind)]
    assert guards(kind, "negation") == []


def test_what_is_left_out() -> None:
    guard = And((FIT, LICENSED, Not(HARMFUL)))
    assert guards(guard, "condition") == [And((LICENSED, Not(HARMFUL))), And((FIT, Not(HARMFUL)))]
    assert guards(guard, "exception") == [And((FIT, LICENSED))]
    assert guards(guard, "connective") == [Or(guard.args)]


def test_the_only_condition_is_left_out() -> None:
    assert guards(FIT, "condition") == [TRUE]
    assert guards(Not(FIT), "exception") == [TRUE]


def test_one_of_several_cases_or_exceptions_is_left_out() -> None:
    cases = Or((FIT, HARMFUL, LICENSED))
    fewer = [Or((HARMFUL, LICENSED)), Or((FIT, LICENSED)), Or((FIT, HARMFUL))]
    assert guards(cases, "alternative") == fewer
    assert guards(cases, "connective") == [And(cases.args)]
    assert guards(And((LICENSED, Not(Or((FIT, HARMFUL))))), "exception") == [
        LICENSED,
        And((LICENSED, Not(HARMFUL))),
        And((LICENSED, Not(FIT))),
    ]


def test_a_clause_is_negated_wherever_it_stands() -> None:
    guard = Or((And((FIT, HARMFUL)), And((Not(FIT), LICENSED))))
    assert guards(guard, "negation")[0] == Or((And((Not(FIT), HARMFUL)), And((FIT, LICENSED))))


def test_conditions_on_rows() -> None:
    grave = Compare(Order.LE, Const("grave", SCALE), FieldRef("party.event", "scale"))
    both = AtLeast(1, "party.event", And((UPHELD, grave)))
    assert guards(both, "condition") == [
        TRUE,
        AtLeast(1, "party.event", grave),
        AtLeast(1, "party.event", UPHELD),
    ]
    assert AtLeast(1, "party.event", TRUE) in guards(AtLeast(1, "party.event", UPHELD), "condition")
    one = [m.text.zh for m in of(norm(both)) if m.operator == "comparison"]
    assert one[0] == "有party.event（scale不低于 grave） 写成 有party.event（scale高于 grave）"


# --- Amounts


def test_literals_are_off_by_the_least_that_can_be() -> None:
    count = Compare(Order.LE, integer(5, None), FactRef("party.count"))
    assert guards(count, "threshold") == [
        Compare(Order.LE, integer(n, None), FactRef("party.count")) for n in (4, 6)
    ]
    assert guards(before_today(day("2024-02-29")), "threshold") == [
        before_today(day("2024-02-28")),
        before_today(day("2024-03-01")),
    ]
    scale = Compare(Order.LT, FactRef("party.scale"), Const("gravest", SCALE))
    assert guards(scale, "threshold") == [Compare(Order.LT, FactRef("party.scale"), Const("grave", SCALE))]
    kind = Compare(Order.EQ, FactRef("party.kind"), Const("blue", KIND))
    assert guards(kind, "threshold") == [Compare(Order.EQ, FactRef("party.kind"), Const("red", KIND))]


def test_literals_that_have_no_neighbour() -> None:
    """The last day of the calendar has one; no end has none; of two members the other is the contrary."""
    assert guards(before_today(Const(LAST_DAY, DATE)), "threshold") == [before_today(day("2099-12-30"))]
    assert guards(before_today(Const(NEVER, DATE)), "threshold") == []
    two = Compare(
        Order.EQ, Const("a", Enumeration("ab", ("a", "b"))), Const("a", Enumeration("ab", ("a", "b")))
    )
    assert guards(two, "threshold") == []


def test_counts_of_rows() -> None:
    rows = AtLeast(2, "party.event", UPHELD)
    assert guards(rows, "threshold") == [AtLeast(n, "party.event", UPHELD) for n in (1, 3)]
    assert guards(AtLeast(1, "party.event", UPHELD), "threshold") == [rows]


def test_the_earliest_and_the_latest() -> None:
    first = Extreme(False, "party.event", "at", UPHELD)
    assert guards(before_today(first), "extreme") == [before_today(evolve(first, latest=True))]


def test_months() -> None:
    def moved(months: int) -> Expr:
        return before_today(ShiftMonths(LISTED, integer(months, "months")))

    assert guards(moved(24), "duration") == [moved(n) for n in (23, 25, 12, 36)]
    assert guards(moved(-3), "duration") == [moved(n) for n in (-4, -2)]
    assert guards(moved(24), "unit") == [before_today(ShiftDays(LISTED, integer(24, "days"))), moved(2)]
    assert guards(moved(5), "clipping") == [
        before_today(ShiftMonths(LISTED, integer(5, "months"), Clip.UP)),
    ]


def test_days_and_working_days() -> None:
    days = before_today(ShiftDays(LISTED, integer(7, "days")))
    workdays = before_today(ShiftWorkdays(LISTED, integer(7, "workdays")))
    assert guards(days, "unit") == [workdays]
    assert guards(workdays, "unit") == [days]
    assert guards(before_today(ShiftDays(LISTED, integer(-7, "days"))), "unit") == []
    none = before_today(ShiftWorkdays(LISTED, integer(0, "workdays")))
    assert guards(none, "duration") == [before_today(ShiftWorkdays(LISTED, integer(1, "workdays")))]
    assert guards(before_today(RollToWorkday(LISTED)), "workday") == [before_today(LISTED)]


def test_an_amount_that_depends_on_the_case() -> None:
    """One of the amounts is off; all of them are in another unit. An amount that a fact gives stays."""

    def moved(one: int, other: int) -> Expr:
        return before_today(ShiftMonths(LISTED, If(FIT, integer(one, "months"), integer(other, "months"))))

    assert guards(moved(3, 6), "duration") == [moved(2, 6), moved(4, 6), moved(3, 5), moved(3, 7)]
    in_days = ShiftDays(LISTED, If(FIT, integer(3, "days"), integer(6, "days")))
    assert guards(moved(3, 6), "unit") == [before_today(in_days)]
    by_fact = before_today(ShiftMonths(LISTED, FactRef("party.months")))
    assert guards(by_fact, "duration") == guards(by_fact, "unit") == []


def test_no_date_is_led_out_of_the_calendar() -> None:
    """From 2032, the end of the horizon, 66 years lead to 2098 at most; one more could lead beyond 2099."""

    def moved(months: int) -> Expr:
        return before_today(ShiftMonths(LISTED, integer(months, "months")))

    assert guards(moved(12 * 65), "duration") == [moved(12 * 65 + by) for by in (-1, 1, -12)]


# --- What norms give


def test_values_stay_in_the_range_of_the_outcome() -> None:
    def written(value: Expr) -> list[Expr | None]:
        found = evolve(norm(TRUE), question=WhichValue("measure"), position=Answer(value))
        given = [m.norm.position for m in of(found) if m.operator == "value" and m.norm is not None]
        return [each.value for each in given if isinstance(each, Answer)]

    assert written(Const("mild", SCALE)) == [Const("grave", SCALE), None]
    either = If(FIT, Const("mild", SCALE), Const("grave", SCALE))
    assert written(either)[0] == If(FIT, Const("grave", SCALE), Const("grave", SCALE))
    fine = Const(100_000, Integer(100_000, 100_000, "yuan", 2))
    fined = evolve(norm(TRUE), question=WhichValue("fine"), position=Answer(fine))
    assert [m.text.zh for m in of(fined) if m.operator == "value"] == [
        "1000.00 yuan 写成 999.99 yuan",
        "漏了数值：1000.00 yuan",
    ]
    listed = evolve(norm(TRUE), question=WhichValue("listed"), position=Answer(TRUE))
    assert [m.norm.position for m in of(listed) if m.operator == "value" and m.norm] == [
        Answer(Const(False, BOOLEAN)),
        Answer(None),
    ]


def test_a_value_is_changed_where_it_is_given_and_not_in_the_guard() -> None:
    guard = Compare(Order.EQ, FactRef("party.kind"), Const("red", KIND))
    found = evolve(norm(guard), question=WhichValue("colour"), position=Answer(Const("red", KIND)))
    (first, _) = [m for m in of(found) if m.operator == "value"]
    assert first.norm == evolve(found, position=Answer(Const("green", KIND)))


def test_the_end_of_a_bar() -> None:
    until = ShiftMonths(LISTED, integer(3, "months"))
    bar = evolve(norm(FIT), position=Span(LISTED, until, evolve(until, clip=Clip.UP)))
    found = [m.norm.position for m in of(bar) if m.operator == "duration" and m.norm is not None]
    assert found == [Span(LISTED, ShiftMonths(LISTED, integer(n, "months"))) for n in (2, 4)]
    fixed = evolve(norm(FIT), position=Span(Today(), day("2025-12-31")))
    assert [m.text.zh for m in of(fixed) if m.operator == "value"] == [
        "2025-12-31 写成 2025-12-30",
        "2025-12-31 写成 2026-01-01",
    ]


# --- What a mutant shares with the rules


def test_what_is_not_around_the_mistake_stays_the_same_object() -> None:
    late = And((LICENSED, before_today(LISTED)))
    guard = And((Or((FIT, HARMFUL)), Or((late, HARMFUL))))
    (without_fit, *_) = guards(guard, "alternative")
    assert without_fit == And((HARMFUL, guard.args[1]))
    assert isinstance(without_fit, And)
    assert without_fit.args[1] is guard.args[1]


def test_nothing_is_wrong_with_what_does_not_bind() -> None:
    assert of(evolve(norm(FIT), strength=Strength.ENCOURAGED)) == []


def test_a_term_without_end_and_an_impossible_condition_have_few_mistakes() -> None:
    assert [m.operator for m in of(norm(FALSE))] == ["modality", "strength", "territory"]
    bound = evolve(RULES, end=Const(NEVER, Date()))
    open_ended = evolve(corpus(norm(FALSE)), instruments={"rules": bound})
    found = mutants(Rules(Topic("practise", DEEDS[0]), open_ended, {}))
    assert [m.operator for m in found] == ["modality", "strength", "territory"]
