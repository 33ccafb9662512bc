"""Expressions as SQL: each kind has the result that the reference gives it, NULL for unknown."""

from __future__ import annotations

import datetime as dt

import duckdb
import sqlglot
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import strategies as draw
from guiju.compiler.days import roll_to_workday, shift_workdays
from guiju.compiler.evaluate import UNDEFINED, UNKNOWN, evaluate
from guiju.compiler.kernel import (
    NEVER,
    TRUE,
    Answer,
    AtLeast,
    Case,
    Combination,
    Compare,
    Const,
    Context,
    Corpus,
    Date,
    Expr,
    FactRef,
    FieldRef,
    If,
    Instrument,
    Integer,
    Norm,
    Order,
    Outcome,
    RollToWorkday,
    ShiftMonths,
    ShiftWorkdays,
    Today,
    Type,
    Value,
    WhichValue,
    WorkCalendar,
)
from guiju.compiler.table import Columns, OnePlace, PlaceColumn, compile_question
from guiju.compiler.table.settling import Settling
from guiju.compiler.workdays import chinese_calendar
from table_rows import DATE, KEY, PLACE, answers, table

WORKDAYS = FactRef("party.workdays")
LISTED = FactRef("party.listed")


def on_columns(expr: Expr, type_: Type, corpus: Corpus, contexts: list[Context]) -> list[object]:
    """The result of ``expr`` in each context, as the only answer of the only norm."""
    outcome = WhichValue("asked")
    norm = Norm("i.n", "i.n", "i", (), TRUE, outcome, Answer(expr), "country")
    asked = evolve(
        corpus,
        outcomes={"asked": Outcome("asked", type_, Combination.ALL)},
        instruments={"i": Instrument("i", "i", "ministry", "country")},
        norms=(norm,),
    )
    columns = Columns(DATE, PlaceColumn(PLACE), key=KEY)
    compiled = compile_question(outcome, asked.norms, asked, {}, columns, contexts[0].readings)
    found = answers(compiled, table(corpus, contexts))
    word = {"undetermined": UNKNOWN, "silent": UNDEFINED}
    return [word[row["verdict"]] if row["answers"] == [] else row["answers"][0] for row in found]


typed = st.sampled_from(draw.TYPES).flatmap(
    lambda type_: st.tuples(st.just(type_), draw.expressions(draw.VOCABULARY, type_, 4))
)


@given(typed, draw.calendars(), st.data())
def test_an_expression_has_the_result_of_the_reference(
    drawn: tuple[Type, Expr], calendar: WorkCalendar, data: st.DataObject
) -> None:
    """Values, unknown and undefined; of every type, in complete and incomplete cases."""
    type_, expr = drawn
    corpus = evolve(draw.VOCABULARY, calendar=calendar)
    many = data.draw(st.lists(draw.contexts(corpus, data.draw(st.booleans())), min_size=1, max_size=8))
    contexts = [evolve(each, readings=many[0].readings, law_date=None) for each in many]
    expected = [evaluate(expr, corpus, context) for context in contexts]
    assert on_columns(expr, type_, corpus, contexts) == expected


@given(typed, st.data())
def test_settling_changes_no_result(drawn: tuple[Type, Expr], data: st.DataObject) -> None:
    """What is left under given readings, with or without a date and a place, means the same in each case."""
    _, expr = drawn
    context = data.draw(draw.contexts(draw.VOCABULARY, data.draw(st.booleans())))
    on, at = (
        data.draw(st.sampled_from((None, context.today))),
        data.draw(st.sampled_from((None, context.place))),
    )
    left = Settling(draw.VOCABULARY, context.readings, on, at).of(expr)
    assert evaluate(left, draw.VOCABULARY, context) == evaluate(expr, draw.VOCABULARY, context)


def test_working_days_are_those_of_the_official_calendar() -> None:
    """Each day of three years, moved by fixed and by given numbers of working days, and rolled."""
    corpus = evolve(draw.VOCABULARY, calendar=chinese_calendar(2019, 2026))
    days = [dt.date(2024, 1, 1) + dt.timedelta(n) for n in range(3 * 365)]
    counts = [n % 31 for n in range(len(days))]
    contexts = [
        Context(Case({"party.listed": day, "party.workdays": count}), day, "town")
        for day, count in zip(days, counts, strict=True)
    ]
    ten = ShiftWorkdays(LISTED, Const(10, Integer(10, 10, "workdays")))
    calendar = corpus.calendar
    assert on_columns(ten, Date(), corpus, contexts) == [shift_workdays(day, 10, calendar) for day in days]
    given_ = on_columns(ShiftWorkdays(LISTED, WORKDAYS), Date(), corpus, contexts)
    assert given_ == [shift_workdays(day, n, calendar) for day, n in zip(days, counts, strict=True)]
    rolled = on_columns(RollToWorkday(LISTED), Date(), corpus, contexts)
    assert rolled == [roll_to_workday(day, calendar) for day in days]


def test_beyond_the_calendar_is_unknown() -> None:
    """Where the reference finds that the bounds of the corpus are wrong, the table claims nothing."""
    last = Context(Case({"party.listed": dt.date(2099, 12, 31)}), draw.HORIZON[0], "town")
    month = ShiftMonths(LISTED, Const(1, Integer(1, 1, "months")))
    day = ShiftWorkdays(LISTED, Const(1, Integer(1, 1, "workdays")))
    for moved in (month, day):
        assert on_columns(moved, Date(), draw.VOCABULARY, [last]) == [UNKNOWN]


def test_never_stays_where_it_is() -> None:
    """No end is the last date that SQL's DATE and ours share."""
    month = ShiftMonths(Const(NEVER, Date()), FactRef("party.months"))
    contexts = [Context(Case(facts), draw.HORIZON[0], "town") for facts in ({"party.months": 3}, {})]
    assert on_columns(month, Date(), draw.VOCABULARY, contexts) == [NEVER, UNKNOWN]


def test_a_fact_that_the_table_lacks_is_unknown() -> None:
    """Without its column the query still answers."""
    asked = WhichValue("listed")
    norm = Norm("i.n", "i.n", "i", (), FactRef("party.fit"), asked, Answer(TRUE), "country")
    issued = {"i": Instrument("i", "i", "ministry", "country")}
    corpus = evolve(draw.VOCABULARY, instruments=issued, norms=(norm,))
    columns = Columns(draw.HORIZON[0], OnePlace("town"), {"party.fit": None}, key="n")
    compiled = compile_question(asked, corpus.norms, corpus, {}, columns, {})
    query = compiled.query(sqlglot.parse_one("SELECT 7 AS n"))
    assert duckdb.sql(query.sql("duckdb")).fetchall() == [(7, "undetermined", [], [], 0, 0, 1)]


def test_a_long_choice_is_printed_once() -> None:
    """Thirty nested choices in a filter make a query of a few thousand characters, not of 2 to the 30."""
    choice: Expr = Const(dt.date(2019, 1, 1), Date())
    for year in range(1990, 2020):
        past = Compare(Order.LE, Const(dt.date(year, 1, 1), Date()), Today())
        choice = If(past, Const(dt.date(year + 3, 6, 1), Date()), choice)
    recent = AtLeast(1, "party.event", Compare(Order.LE, choice, FieldRef("party.event", "at")))
    rows: tuple[dict[str, Value], ...] = ({"at": dt.date(2022, 6, 1)}, {"at": dt.date(1999, 1, 1)}, {})
    contexts = [
        Context(Case({}, {"party.event": rows[n : n + 1]}), dt.date(2000 + 6 * n, 1, 1), "town")
        for n in range(3)
    ]
    expected = [evaluate(recent, draw.VOCABULARY, context) for context in contexts]
    assert on_columns(recent, draw.BOOLEAN, draw.VOCABULARY, contexts) == expected
    norm = Norm("i.n", "i.n", "i", (), recent, WhichValue("listed"), Answer(TRUE), "country")
    issued = {"i": Instrument("i", "i", "ministry", "country")}
    corpus = evolve(draw.VOCABULARY, instruments=issued, norms=(norm,))
    columns = Columns(DATE, PlaceColumn(PLACE))
    compiled = compile_question(WhichValue("listed"), corpus.norms, corpus, {}, columns, {})
    assert len(compiled.sql("cases")) < 12_000
