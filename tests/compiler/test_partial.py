"""What is left of an expression in an incomplete case has, in each completion, the value of the whole."""

from __future__ import annotations

import datetime as dt

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from guiju.compiler.evaluate import UNDEFINED, evaluate
from guiju.compiler.kernel import (
    FALSE,
    TRUE,
    And,
    AtLeast,
    Boolean,
    Case,
    Compare,
    Const,
    Context,
    Corpus,
    Date,
    DaysBetween,
    Expr,
    Extreme,
    FactRef,
    FieldRef,
    If,
    Integer,
    InTerritory,
    Or,
    Order,
    ReadingRef,
    Sum,
    Today,
    conjunction,
    walk,
)
from guiju.compiler.partial import Partial, missing_cells, undefined, with_cells, with_rows_completed
from guiju.compiler.typing import check_type, comparable
from strategies import (
    BOOLEAN,
    DATE,
    DAYS,
    HORIZON,
    VOCABULARY,
    completions,
    contexts,
    corpora,
    expressions,
    reading_type,
)

DAY = dt.date(2024, 5, 1)


def beside_cells(corpus: Corpus, context: Context, completion: Context) -> Context:
    """``completion`` with the cells that ``context`` lacks given as facts too."""
    cells = {
        name: completion.case.records[record][row][held]
        for name, (record, row, held) in missing_cells(corpus, context).items()
    }
    case = Case({**completion.case.facts, **cells}, completion.case.records)
    return evolve(completion, case=case)


@given(st.data())
def test_what_is_left_has_the_same_value_in_every_completion(data: st.DataObject) -> None:
    """Of conditions, dates and numbers alike, and it keeps their type."""
    corpus = data.draw(corpora(max_norms=1))
    type_ = data.draw(st.sampled_from((BOOLEAN, BOOLEAN, DATE, DAYS)))
    expr = data.draw(expressions(corpus, type_))
    context = data.draw(contexts(corpus, complete=False))
    completion = data.draw(completions(corpus, context))
    wide = with_cells(corpus, context)
    left = Partial(wide, context).of(expr)
    assert comparable(check_type(left, wide), type_)
    expected = evaluate(expr, corpus, completion)
    assert evaluate(left, wide, beside_cells(corpus, context, completion)) == expected
    assert not undefined(left) or expected is UNDEFINED


@given(st.data())
def test_what_is_left_speaks_of_nothing_that_is_known(data: st.DataObject) -> None:
    """Neither of a known fact or record, nor of the date, the place or a reading."""
    corpus = data.draw(corpora(max_norms=1))
    context = data.draw(contexts(corpus, complete=False))
    left = Partial(with_cells(corpus, context), context).of(data.draw(expressions(corpus, BOOLEAN)))
    for part in walk(left):
        assert not isinstance(part, ReadingRef | Today | InTerritory)
        assert not isinstance(part, FactRef) or part.name not in context.case.facts
        assert not isinstance(part, AtLeast) or part.record not in context.case.records


@given(st.data())
def test_a_complete_case_leaves_a_truth_value(data: st.DataObject) -> None:
    """Nothing is left to be asked of a solver."""
    corpus = data.draw(corpora(max_norms=1))
    context = data.draw(contexts(corpus))
    condition = data.draw(expressions(corpus, BOOLEAN))
    left = Partial(corpus, context).of(condition)
    assert left == (TRUE if evaluate(condition, corpus, context) else FALSE)


@given(st.data())
def test_the_date_may_be_left_open(data: st.DataObject) -> None:
    """What is left then has the value of the whole on any date."""
    corpus = data.draw(corpora(max_norms=1))
    context = data.draw(contexts(corpus))
    condition = data.draw(expressions(corpus, BOOLEAN))
    left = Partial(corpus, context, today_open=True).of(condition)
    later = evolve(context, today=data.draw(st.dates(*HORIZON)))
    assert evaluate(left, corpus, later) == evaluate(condition, corpus, later)
    assert {type(part) for part in walk(left)}.isdisjoint({FactRef, FieldRef, AtLeast, ReadingRef})


@given(st.data())
def test_completed_rows_are_the_rows_of_the_completion(data: st.DataObject) -> None:
    """Cells go back to where they came from."""
    corpus = data.draw(corpora(max_norms=1))
    context = data.draw(contexts(corpus, complete=False))
    full = beside_cells(corpus, context, data.draw(completions(corpus, context)))
    case = with_rows_completed(context, corpus, full.case.facts)
    assert dict(case.facts) == dict(context.case.facts)
    for record in context.case.records:
        assert list(case.records[record]) == list(full.case.records[record])


def latest(where: Expr) -> Expr:
    return Extreme(True, "party.event", "at", where)


def test_a_row_that_lacks_a_field_counts_by_its_cell() -> None:
    """The cell is asked for where it matters, and only there."""
    rows = ({"at": DAY, "upheld": True}, {"upheld": True}, {"at": dt.date(2023, 1, 1)})
    context = Context(Case({}, {"party.event": rows}), DAY, "country")
    wide = with_cells(VOCABULARY, context)
    upheld = FieldRef("party.event", "upheld")
    left = Partial(wide, context).of(Compare(Order.LE, latest(upheld), Const(DAY, Date())))
    assert {part.name for part in walk(left) if isinstance(part, FactRef)} == {"party.event[1].at"}
    counted = Partial(wide, context).of(AtLeast(3, "party.event", upheld))
    assert counted == FactRef("party.event[2].upheld")
    assert check_type(counted, wide) == Boolean()


# --- What is left, to the letter --------------------------------------------------------------------------


def test_a_reading_that_was_not_chosen_is_read_by_default() -> None:
    """As the reference reads it."""
    context = Context(Case({}, {}), DAY, "country")
    chosen = evolve(context, readings={"second": "z"})
    kind = reading_type(VOCABULARY.readings["second"])
    assert Partial(VOCABULARY, context).of(ReadingRef("second")) == Const("x", kind)
    assert Partial(VOCABULARY, chosen).of(ReadingRef("second")) == Const("z", kind)


def test_what_is_unknown_equals_itself() -> None:
    """It is as late as itself and no later; the earliest of rows may not exist, so nothing is said of it."""
    listed, context = FactRef("party.listed"), Context(Case({}, {}), DAY, "country")
    left = Partial(VOCABULARY, context)
    assert left.of(Compare(Order.EQ, listed, listed)) == TRUE
    assert left.of(Compare(Order.LE, listed, listed)) == TRUE
    assert left.of(Compare(Order.LT, listed, listed)) == FALSE
    same = Compare(Order.EQ, latest(TRUE), latest(TRUE))
    assert left.of(same) == same


def test_as_many_rows_as_are_open_are_counted() -> None:
    """Those that surely count are not asked for; all, one or some of the open ones are needed."""
    rows = ({"upheld": True}, {}, {}, {}, {"upheld": False})
    context = Context(Case({}, {"party.event": rows}), DAY, "country")
    left = Partial(with_cells(VOCABULARY, context), context)
    upheld = FieldRef("party.event", "upheld")
    cells = tuple(FactRef(f"party.event[{number}].upheld") for number in (1, 2, 3))
    bit = Integer(0, 1)
    counted = Sum(tuple(If(each, Const(1, bit), Const(0, bit)) for each in cells))
    expected = {
        0: TRUE,
        1: TRUE,
        2: Or(cells),
        3: Compare(Order.LE, Const(2, Integer(2, 2)), counted),
        4: And(cells),
        5: FALSE,
    }
    for threshold, each in expected.items():
        assert left.of(AtLeast(threshold, "party.event", upheld)) == each


def test_a_record_of_which_nothing_is_known_is_left() -> None:
    """But for what holds of any rows."""
    left = Partial(VOCABULARY, Context(Case({"party.fit": True}, {}), DAY, "country"))
    upheld = FieldRef("party.event", "upheld")
    both = conjunction(upheld, FactRef("party.fit"))
    assert left.of(AtLeast(2, "party.event", both)) == AtLeast(2, "party.event", upheld)
    assert left.of(AtLeast(0, "party.event", upheld)) == TRUE
    assert left.of(AtLeast(1, "party.event", FALSE)) == FALSE


def test_what_surely_has_no_value() -> None:
    """The earliest of no rows, and what is made of it; a choice where neither branch has one."""
    none, listed = latest(FALSE), FactRef("party.listed")
    assert undefined(none)
    assert undefined(DaysBetween(none, listed))
    assert undefined(DaysBetween(listed, none))
    assert undefined(If(FactRef("party.fit"), none, none))
    assert not undefined(If(FactRef("party.fit"), none, listed))
    assert not undefined(If(FactRef("party.fit"), listed, none))
    assert not undefined(latest(TRUE))
    assert not undefined(Compare(Order.LT, none, listed))
    assert (
        Partial(VOCABULARY, Context(Case({}, {}), DAY, "country")).of(Compare(Order.LE, none, listed))
        == FALSE
    )
