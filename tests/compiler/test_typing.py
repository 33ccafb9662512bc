"""The typing rules of the kernel, one rejected example each, and what is drawn is well typed."""

import datetime as dt
import re

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import strategies as draw
from guiju.compiler.kernel import (
    NEVER,
    TRUE,
    And,
    Answer,
    Assumption,
    AtLeast,
    BarEnd,
    Boolean,
    Claim,
    Combination,
    Compare,
    Const,
    Corpus,
    Date,
    DaysBetween,
    Deed,
    DueBy,
    DueWithin,
    Enumeration,
    Expr,
    Extreme,
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
    Outcome,
    Position,
    Question,
    ReadingRef,
    Recurs,
    RollToWorkday,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    Span,
    Sum,
    Times,
    Today,
    Type,
    WhichValue,
)
from guiju.compiler.typing import IllTyped, check_corpus, check_norm, check_type, comparable, enumeration_of

CORPUS = draw.VOCABULARY
EVENT, STAFF = "party.event", "party.staff"
COUNT, AMOUNT, MONTHS = FactRef("party.count"), FactRef("party.amount"), FactRef("party.months")
DEED = Deed("party", "practise")


def number(value: int, unit: str | None = None) -> Const:
    return Const(value, Integer(value, value, unit))


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (FieldRef(EVENT, "at"), None),
        (ReadingRef("second"), Enumeration("second", ("x", "y", "z"))),
        (Sum((COUNT, COUNT, number(-1))), Integer(-1, 39)),
        (Times(-2, COUNT), Integer(-40, 0)),
        (If(TRUE, COUNT, number(99)), Integer(0, 99)),
        (Compare(Order.LT, COUNT, number(10_000)), Boolean()),
        (Compare(Order.LE, Today(), Const(NEVER, Date())), Boolean()),
        (AtLeast(2, EVENT, FieldRef(EVENT, "upheld")), Boolean()),
        (Extreme(True, EVENT, "at", TRUE), Date()),
        (ShiftMonths(Today(), MONTHS), Date()),
    ],
)
def test_types_and_bounds(expr: Expr, expected: Type | None) -> None:
    """Each expression has the type expected of it; an integer's bounds follow from its parts."""
    if expected is None:
        with pytest.raises(IllTyped):
            check_type(expr, CORPUS)
    else:
        assert check_type(expr, CORPUS) == expected


@pytest.mark.parametrize(
    ("expr", "why"),
    [
        (FactRef("party.nothing"), "no such fact"),
        (FieldRef(EVENT, "at"), "a field of a row, inside None"),
        (ReadingRef("third"), "no such reading"),
        (InTerritory("elsewhere"), "no such territory"),
        (Const(3, Integer(0, 2)), "a literal that is not of its type"),
        (Const(-1, Integer(0, 2)), "a literal that is not of its type"),
        (Const(True, Integer(0, 2)), "a literal that is not of its type"),
        (Const(1, Boolean()), "a literal that is not of its type"),
        (Const("mauve", draw.KIND), "a literal that is not of its type"),
        (Const(dt.date(1900, 12, 31), Date()), "a literal that is not of its type"),
        (Const(dt.date(2100, 1, 1), Date()), "a literal that is not of its type"),
        (Not(COUNT), "where Boolean() is needed"),
        (And((TRUE, Today())), "Date() where Boolean() is needed"),
        (Compare(Order.EQ, COUNT, MONTHS), "is needed"),
        (Compare(Order.EQ, COUNT, Today()), "Date() where Integer"),
        (Compare(Order.LT, TRUE, TRUE), "Boolean() has no order"),
        (Compare(Order.LT, FactRef("party.kind"), FactRef("party.kind")), "has no order"),
        (Compare(Order.EQ, FactRef("party.kind"), FactRef("party.scale")), "is needed"),
        (If(COUNT, TRUE, TRUE), "where Boolean() is needed"),
        (If(TRUE, COUNT, AMOUNT), "branches of Integer"),
        (Sum(()), "terms of different units, or none"),
        (Sum((COUNT, AMOUNT)), "terms of different units, or none"),
        (Sum((Today(),)), "Date() where an integer is needed"),
        (Times(2, TRUE), "Boolean() where an integer is needed"),
        (ShiftMonths(Today(), number(1, "days")), "unit='months'"),
        (ShiftMonths(COUNT, number(1, "months")), "where Date() is needed"),
        (ShiftDays(Today(), COUNT), "unit='days'"),
        (ShiftWorkdays(Today(), COUNT), "unit='workdays'"),
        (ShiftWorkdays(Today(), number(-1, "workdays")), "working days are not counted back"),
        (RollToWorkday(COUNT), "where Date() is needed"),
        (DaysBetween(Today(), COUNT), "where Date() is needed"),
        (DaysBetween(COUNT, Today()), "where Date() is needed"),
        (AtLeast(-1, EVENT, TRUE), "a negative threshold"),
        (AtLeast(1, "party.nothing", TRUE), "no such record"),
        (AtLeast(1, EVENT, COUNT), "a filter that is not a condition"),
        (AtLeast(1, EVENT, FieldRef(STAFF, "since")), "a field of a row, inside party.event"),
        (AtLeast(1, EVENT, AtLeast(1, STAFF, TRUE)), "a quantifier inside another's filter"),
        (
            AtLeast(1, EVENT, Compare(Order.LE, Extreme(True, EVENT, "at", TRUE), FieldRef(EVENT, "at"))),
            "a quantifier inside another's filter",
        ),
        (AtLeast(1, EVENT, FieldRef(EVENT, "nothing")), "no such field"),
        (Extreme(True, EVENT, "fine", TRUE), "not a field of dates"),
        (Extreme(True, EVENT, "nothing", TRUE), "not a field of dates"),
    ],
)
def test_ill_typed_expressions_are_refused(expr: Expr, why: str) -> None:
    """Each of these breaks one rule, and it is said which and where."""
    with pytest.raises(IllTyped, match=f"^internal error: .*{re.escape(why)}") as raised:
        check_type(expr, CORPUS)
    assert raised.value.args[0].count("internal error") == 1


@pytest.mark.parametrize("day", [dt.date(1901, 1, 1), dt.date(2099, 12, 31), NEVER])
def test_the_calendar_has_a_first_and_a_last_day(day: dt.date) -> None:
    """And a day that never comes."""
    assert check_type(Const(day, Date()), CORPUS) == Date()


def a_norm(question: Question, position: Position) -> Norm:
    return Norm("i.r", "i.r", "i", (), TRUE, question, position, "country")


@pytest.mark.parametrize(
    ("question", "position"),
    [
        (MayDo(DEED), Modality.PERMITTED),
        (DueWithin(DEED), Answer(FactRef("party.hours"))),
        (Recurs(DEED, "months"), Answer(MONTHS)),
        (WhichValue("grade"), Answer(FactRef("party.scale"))),
        (WhichValue("grade"), Answer(None)),
    ],
)
def test_positions_fit_their_questions(question: Question, position: Position) -> None:
    """An answer has the type that its question asks for."""
    check_norm(a_norm(question, position), CORPUS)


@pytest.mark.parametrize(
    ("question", "position"),
    [
        (MayDo(DEED), Answer(None)),
        (DueWithin(DEED), Answer(MONTHS)),
        (Recurs(DEED, "days"), Answer(MONTHS)),
        (WhichValue("grade"), Answer(COUNT)),
        (WhichValue("grade"), Modality.OBLIGED),
        (WhichValue("deadline"), Span(Today(), Today())),
    ],
)
def test_positions_that_do_not_fit_are_refused(question: Question, position: Position) -> None:
    """An answer of another kind, type or unit than its question asks for is refused."""
    with pytest.raises(IllTyped):
        check_norm(a_norm(question, position), CORPUS)


@pytest.mark.parametrize("where", ["guard", "law_date", "start", "end", "end_up"])
def test_every_part_of_a_norm_is_checked(where: str) -> None:
    """A number is neither a condition nor a day."""
    days = {"start": Today(), "end": Today(), "end_up": Today()}
    if where in days:
        wrong = a_norm(BarEnd(DEED), Span(**{**days, where: COUNT}))
    else:
        wrong = evolve(a_norm(BarEnd(DEED), Span(**days)), **{where: COUNT})
    check_norm(a_norm(BarEnd(DEED), Span(**days)), CORPUS)
    check_norm(a_norm(DueBy(DEED), Span(Today(), Today())), CORPUS)
    with pytest.raises(IllTyped):
        check_norm(wrong, CORPUS)


@pytest.mark.parametrize(
    "wrong",
    [
        {"assumptions": (Assumption("no condition", COUNT),)},
        {"claims": (Claim("no condition", COUNT, "i", ()),)},
        {"outcomes": {"fine": Outcome("fine", draw.AMOUNT, Combination.SINGLE, COUNT)}},
        {"norms": (a_norm(MayDo(DEED), Answer(None)),)},
        {"instruments": {"i": Instrument("i", "i", "bureau", "south", start=COUNT)}},
        {"instruments": {"i": Instrument("i", "i", "bureau", "south", start=Today(), end=COUNT)}},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_the_whole_corpus_is_checked(wrong: dict[str, object]) -> None:
    """A part that has not the type of its place is refused with the corpus."""
    check_corpus(CORPUS)
    with pytest.raises(IllTyped):
        check_corpus(evolve(CORPUS, **wrong))


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (ReadingRef("second"), Enumeration("second", ("x", "y", "z"))),
        (FactRef("party.kind"), draw.KIND),
        (FieldRef(STAFF, "kind"), draw.KIND),
        (If(TRUE, FactRef("party.scale"), Const("mild", draw.SCALE)), draw.SCALE),
        (Const("mild", draw.SCALE), draw.SCALE),
    ],
)
def test_the_enumeration_of_a_value(expr: Expr, expected: Enumeration) -> None:
    """Its name and its members in order; what is of no enumeration is refused."""
    assert enumeration_of(expr, CORPUS) == expected
    for other in (COUNT, FieldRef(EVENT, "at"), Today()):
        with pytest.raises(IllTyped, match="not of an enumeration"):
            enumeration_of(other, CORPUS)


@given(st.sampled_from(draw.TYPES), st.sampled_from((None, EVENT, STAFF)), st.data())
def test_drawn_expressions_are_well_typed(type_: Type, record: str | None, data: st.DataObject) -> None:
    """The strategies draw expressions of the type that they are asked for."""
    expr = data.draw(draw.expressions(CORPUS, type_, 4, record))
    found = check_type(expr, CORPUS, record)
    assert comparable(found, type_)
    if isinstance(type_, Enumeration):
        assert enumeration_of(expr, CORPUS) == type_


@given(draw.corpora())
def test_drawn_corpora_are_well_typed(corpus: Corpus) -> None:
    """The strategies draw corpora that check."""
    check_corpus(corpus)
