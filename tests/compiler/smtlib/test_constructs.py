"""Every construct of the kernel is encoded, by an example with a known truth; what has no type is refused."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import pytest
from attrs import evolve

from guiju.compiler.kernel import (
    NEVER,
    TRUE,
    And,
    AtLeast,
    Clip,
    Compare,
    Const,
    Corpus,
    DaysBetween,
    Enumeration,
    Expr,
    Extreme,
    FactRef,
    FieldRef,
    If,
    InTerritory,
    Not,
    Or,
    Order,
    ReadingRef,
    RollToWorkday,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    Sum,
    Times,
    Today,
    Type,
    Value,
    WorkCalendar,
    disjunction,
    walk,
)
from guiju.compiler.smtlib import Unsupported, script
from guiju.compiler.smtlib.second import Answer, solve
from strategies import (
    AMOUNT,
    COUNT,
    DATE,
    DAYS,
    HORIZON,
    KIND,
    MONTHS,
    SCALE,
    VOCABULARY,
    WORKDAYS,
    reading_type,
)

FIT, HARMFUL = FactRef("party.fit"), FactRef("party.harmful")
LICENSED, LISTED = FactRef("party.licensed"), FactRef("party.listed")
AT, UPHELD = FieldRef("party.event", "at"), FieldRef("party.event", "upheld")
EVENT = "party.event"
#: A Monday is a day off, and the Saturday before it is worked.
CORPUS = evolve(
    VOCABULARY,
    calendar=WorkCalendar(frozenset({dt.date(2026, 3, 2)}), frozenset({dt.date(2026, 2, 28)}), (2026, 2026)),
)


def day(year: int, month: int, of_month: int) -> Const:
    return Const(dt.date(year, month, of_month), DATE)


def at(fact: Expr, value: Value, type_: Type) -> Expr:
    return Compare(Order.EQ, fact, Const(value, type_))


def given(fact: Expr, known: dt.date, then: Expr, result: dt.date) -> Expr:
    """Where ``fact`` is ``known``, ``then`` is ``result``: asked of a variable, so that nothing is folded."""
    return If(at(fact, known, DATE), at(then, result, DATE), TRUE)


latest, earliest = Extreme(True, EVENT, "at", UPHELD), Extreme(False, EVENT, "at", UPHELD)
some, two = AtLeast(1, EVENT, UPHELD), AtLeast(2, EVENT, UPHELD)

#: For each construct a condition that holds in every context, and that would not if it meant something else.
LAWS: dict[type, Expr] = {
    Const: Compare(Order.LT, LICENSED, Const(NEVER, DATE)),
    FactRef: Compare(Order.LE, FactRef("party.count"), Const(20, COUNT)),
    FieldRef: Not(AtLeast(1, EVENT, Compare(Order.LT, AT, Const(HORIZON[0], DATE)))),
    ReadingRef: disjunction(
        *(at(ReadingRef("second"), choice, reading_type(CORPUS.readings["second"])) for choice in "xyz")
    ),
    Today: And(
        (
            Compare(Order.LE, Const(HORIZON[0], DATE), Today()),
            Compare(Order.LE, Today(), Const(HORIZON[1], DATE)),
        )
    ),
    InTerritory: And(
        (
            InTerritory("country"),
            Or((Not(InTerritory("town")), InTerritory("south"))),
            Not(And((InTerritory("town"), InTerritory("north")))),
        )
    ),
    Not: Not(And((FIT, Not(FIT)))),
    And: Or((Not(And((FIT, HARMFUL))), FIT)),
    Or: Or((FIT, Not(FIT))),
    Compare: Or(
        (
            Compare(Order.LE, FactRef("party.scale"), Const("grave", SCALE)),
            at(FactRef("party.scale"), "gravest", SCALE),
        )
    ),
    If: Compare(
        Order.LE,
        If(FIT, FactRef("party.days"), Times(-1, FactRef("party.days"))),
        If(FIT, FactRef("party.days"), Times(-1, FactRef("party.days"))),
    ),
    Sum: Compare(Order.EQ, Sum((FactRef("party.days"), Times(-1, FactRef("party.days")))), Const(0, DAYS)),
    Times: Compare(
        Order.LE, Times(100, FactRef("party.count"), 2), Const(2000, evolve(COUNT, high=9999, scale=2))
    ),
    ShiftMonths: And(
        (
            given(
                LICENSED, dt.date(2024, 2, 29), ShiftMonths(LICENSED, Const(12, MONTHS)), dt.date(2025, 2, 28)
            ),
            given(
                LICENSED,
                dt.date(2024, 2, 29),
                ShiftMonths(LICENSED, Const(12, MONTHS), Clip.UP),
                dt.date(2025, 3, 1),
            ),
            given(
                LICENSED,
                dt.date(2025, 1, 31),
                ShiftMonths(LICENSED, Const(-2, MONTHS)),
                dt.date(2024, 11, 30),
            ),
        )
    ),
    ShiftDays: given(LISTED, dt.date(2024, 2, 28), ShiftDays(LISTED, Const(2, DAYS)), dt.date(2024, 3, 1)),
    ShiftWorkdays: And(
        (
            given(
                LISTED, dt.date(2026, 2, 27), ShiftWorkdays(LISTED, Const(1, WORKDAYS)), dt.date(2026, 2, 28)
            ),
            given(
                LISTED, dt.date(2026, 2, 27), ShiftWorkdays(LISTED, Const(2, WORKDAYS)), dt.date(2026, 3, 3)
            ),
            given(
                LISTED, dt.date(2026, 3, 1), ShiftWorkdays(LISTED, Const(0, WORKDAYS)), dt.date(2026, 3, 1)
            ),
        )
    ),
    RollToWorkday: And(
        (
            given(LISTED, dt.date(2026, 2, 28), RollToWorkday(LISTED), dt.date(2026, 2, 28)),
            given(LISTED, dt.date(2026, 3, 1), RollToWorkday(LISTED), dt.date(2026, 3, 3)),
        )
    ),
    DaysBetween: If(
        And((at(LICENSED, dt.date(2024, 3, 1), DATE), at(LISTED, dt.date(2024, 2, 1), DATE))),
        Compare(Order.EQ, DaysBetween(LICENSED, LISTED), Const(-29, DAYS)),
        TRUE,
    ),
    AtLeast: And((Or((Not(two), some)), AtLeast(0, EVENT, UPHELD))),
    Extreme: And(
        (
            Or((Not(some), Compare(Order.LE, earliest, latest))),
            Or((some, Not(Compare(Order.EQ, latest, latest)))),
            Or((Not(Compare(Order.LT, earliest, latest)), two)),
        )
    ),
}


def satisfiable(corpus: Corpus, *conditions: Expr) -> bool:
    pytest.importorskip("cvc5", reason="cvc5 is not installed: pip install guiju[certify]")
    reply = solve(script(corpus, conditions), 0)
    assert reply.answer is not Answer.UNKNOWN
    return reply.answer is Answer.SATISFIABLE


def test_no_construct_is_forgotten() -> None:
    assert set(LAWS) == set(get_args(Expr))


@pytest.mark.parametrize("construct", LAWS, ids=lambda construct: construct.__name__)
def test_a_construct_means_what_it_says(construct: type) -> None:
    law = LAWS[construct]
    assert construct in {type(part) for part in walk(law)}
    assert satisfiable(CORPUS, law)
    assert not satisfiable(CORPUS, Not(law))


def test_without_territories_there_is_one_place_and_it_has_no_name() -> None:
    """As in the evaluator; a territory that is not declared is refused there too."""
    nowhere = evolve(CORPUS, territories={})
    assert satisfiable(nowhere, InTerritory(""))
    assert not satisfiable(nowhere, Not(InTerritory("")))
    with pytest.raises(Unsupported):
        script(nowhere, [InTerritory("town")])
    with pytest.raises(Unsupported):
        script(CORPUS, [InTerritory("")])


OTHER = Enumeration("other", KIND.members)

ILL_TYPED: dict[str, Expr] = {
    "a condition that is a date": LISTED,
    "a condition that is a number": Not(FactRef("party.count")),
    "no such fact": FactRef("party.unheard"),
    "no such reading": at(ReadingRef("unheard"), "a", Enumeration("unheard", ("a",))),
    "no such territory": InTerritory("elsewhere"),
    "no such record": AtLeast(1, "party.unheard", TRUE),
    "no such field": AtLeast(1, EVENT, FieldRef(EVENT, "unheard")),
    "a field outside of its record": UPHELD,
    "a field of another record": AtLeast(1, "party.staff", UPHELD),
    "a quantifier in a filter": AtLeast(1, EVENT, AtLeast(1, "party.staff", TRUE)),
    "a boolean and a date": Compare(Order.EQ, FIT, LISTED),
    "an order of booleans": Compare(Order.LE, FIT, HARMFUL),
    "an order of a kind": Compare(Order.LT, FactRef("party.kind"), Const("red", KIND)),
    "two enumerations": Compare(Order.EQ, FactRef("party.kind"), Const("red", OTHER)),
    "two units": Compare(Order.EQ, FactRef("party.days"), FactRef("party.months")),
    "two scales": Compare(Order.EQ, FactRef("party.count"), Times(1, FactRef("party.count"), 2)),
    "branches of two units": at(If(FIT, FactRef("party.days"), FactRef("party.months")), 1, DAYS),
    "a sum of two units": at(Sum((FactRef("party.days"), FactRef("party.months"))), 1, DAYS),
    "a sum of nothing": at(Sum(()), 0, COUNT),
    "a multiple of a date": at(Times(2, LISTED), 0, COUNT),
    "months that are days": at(ShiftMonths(LISTED, FactRef("party.days")), HORIZON[0], DATE),
    "days that are months": at(ShiftDays(LISTED, FactRef("party.months")), HORIZON[0], DATE),
    "working days counted back": at(
        ShiftWorkdays(LISTED, Const(-1, evolve(WORKDAYS, low=-1))), HORIZON[0], DATE
    ),
    "the latest of what is no date": at(Extreme(True, EVENT, "fine", TRUE), HORIZON[0], DATE),
    "a literal that is no member": at(FactRef("party.kind"), "pink", KIND),
    "a number that is true": at(FactRef("party.count"), True, COUNT),
    "a day outside the calendar": at(LISTED, dt.date(1900, 12, 31), DATE),
    "an amount that is a day": at(FactRef("party.amount"), HORIZON[0], AMOUNT),
}


@pytest.mark.parametrize("expr", ILL_TYPED.values(), ids=ILL_TYPED)
def test_what_has_no_type_is_refused(expr: Expr) -> None:
    with pytest.raises(Unsupported):
        script(CORPUS, [expr])


@pytest.mark.parametrize(
    ("known", "months"), [(dt.date(2024, 1, 31), 1), (dt.date(2098, 6, 30), 30), (dt.date(1901, 3, 31), -6)]
)
def test_a_date_that_leaves_the_calendar_is_undefined(known: dt.date, months: int) -> None:
    """As in the first encoding: the resolver refuses a program that could get there."""
    corpus = evolve(CORPUS, horizon=(dt.date(1901, 1, 1), dt.date(2099, 12, 31)))
    shifted = ShiftMonths(LISTED, Const(months, MONTHS))
    inside = known.year == 2024
    assert satisfiable(corpus, at(LISTED, known, DATE), Compare(Order.EQ, shifted, shifted)) is inside


def test_no_end_stays_where_it_is() -> None:
    never = If(FIT, Const(NEVER, DATE), LISTED)
    for moved in (
        ShiftMonths(never, FactRef("party.months")),
        ShiftDays(never, FactRef("party.days")),
        ShiftWorkdays(never, FactRef("party.workdays")),
        RollToWorkday(never),
    ):
        assert not satisfiable(CORPUS, FIT, Not(at(moved, NEVER, DATE)))
        assert not satisfiable(CORPUS, Not(FIT), at(moved, NEVER, DATE))


def test_names_do_not_reach_the_text() -> None:
    hostile = '|)(exit)\\";'
    fact = evolve(CORPUS.facts["party.count"], name=hostile)
    territories = {hostile: None, '"': hostile, ";": hostile}
    corpus = evolve(
        CORPUS,
        facts=CORPUS.facts | {hostile: fact},
        territories=territories,
        records={hostile: evolve(CORPUS.records[EVENT], fields={hostile: DATE})},
    )
    asked = [
        Compare(Order.LT, Const(3, COUNT), FactRef(hostile)),
        Not(InTerritory(";")),
        AtLeast(2, hostile, Compare(Order.LT, FieldRef(hostile, hostile), Today())),
    ]
    text = script(corpus, asked)
    assert set(text) & set('|\\";') == set()
    assert text.isascii()
    assert satisfiable(corpus, *asked)
