"""The typing rules of the kernel, one rejected example each, and what is drawn is well typed."""

import datetime as dt

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
    Boolean,
    Compare,
    Const,
    Corpus,
    Date,
    DaysBetween,
    Deed,
    DueWithin,
    Enumeration,
    Expr,
    Extreme,
    FactRef,
    FieldRef,
    If,
    Integer,
    InTerritory,
    MayDo,
    Modality,
    Norm,
    Not,
    Order,
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
    "expr",
    [
        FactRef("party.nothing"),
        FieldRef(EVENT, "at"),
        ReadingRef("third"),
        InTerritory("elsewhere"),
        Const(3, Integer(0, 2)),
        Const(True, Integer(0, 2)),
        Const(1, Boolean()),
        Const("mauve", draw.KIND),
        Const(dt.date(1900, 12, 31), Date()),
        Not(COUNT),
        And((TRUE, Today())),
        Compare(Order.EQ, COUNT, MONTHS),
        Compare(Order.EQ, COUNT, Today()),
        Compare(Order.LT, TRUE, TRUE),
        Compare(Order.LT, FactRef("party.kind"), FactRef("party.kind")),
        Compare(Order.EQ, FactRef("party.kind"), FactRef("party.scale")),
        If(COUNT, TRUE, TRUE),
        If(TRUE, COUNT, AMOUNT),
        Sum(()),
        Sum((COUNT, AMOUNT)),
        Sum((Today(),)),
        Times(2, TRUE),
        ShiftMonths(Today(), number(1, "days")),
        ShiftMonths(COUNT, number(1, "months")),
        ShiftDays(Today(), COUNT),
        ShiftWorkdays(Today(), number(-1, "workdays")),
        RollToWorkday(COUNT),
        DaysBetween(Today(), COUNT),
        AtLeast(-1, EVENT, TRUE),
        AtLeast(1, "party.nothing", TRUE),
        AtLeast(1, EVENT, COUNT),
        AtLeast(1, EVENT, FieldRef(STAFF, "since")),
        AtLeast(1, EVENT, AtLeast(1, STAFF, TRUE)),
        AtLeast(1, EVENT, Compare(Order.LE, Extreme(True, EVENT, "at", TRUE), FieldRef(EVENT, "at"))),
        AtLeast(1, EVENT, FieldRef(EVENT, "nothing")),
        Extreme(True, EVENT, "fine", TRUE),
        Extreme(True, EVENT, "nothing", TRUE),
    ],
)
def test_ill_typed_expressions_are_refused(expr: Expr) -> None:
    """Each of these breaks one rule."""
    with pytest.raises(IllTyped, match="internal error"):
        check_type(expr, CORPUS)


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


def test_the_whole_corpus_is_checked() -> None:
    """An assumption that is not a condition is refused with the corpus that makes it."""
    check_corpus(CORPUS)
    with pytest.raises(IllTyped):
        check_corpus(evolve(CORPUS, assumptions=(Assumption("no condition", COUNT),)))


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
