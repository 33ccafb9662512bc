"""The reference evaluator of expressions: tables of the three non-ordinary cases, and its laws."""

import datetime as dt
from collections.abc import Mapping

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import strategies as draw
from guiju.compiler.days import OutOfCalendar
from guiju.compiler.evaluate import (
    UNDEFINED,
    UNKNOWN,
    Result,
    Truth,
    all_hold,
    any_holds,
    evaluate,
    negated,
)
from guiju.compiler.kernel import (
    FALSE,
    NEVER,
    TRUE,
    And,
    AtLeast,
    Boolean,
    Case,
    Clip,
    Compare,
    Const,
    Context,
    Corpus,
    Date,
    DaysBetween,
    Enumeration,
    Expr,
    Extreme,
    FactRef,
    FieldRef,
    If,
    Integer,
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
    walk,
)
from guiju.compiler.small_model import row_bound
from guiju.compiler.typing import check_type
from guiju.dsl.diagnostics import InternalError

DAY = dt.date
TODAY = DAY(2025, 6, 13)  # a Friday
CORPUS = draw.VOCABULARY
EVENT = "party.event"

EARLIEST = Extreme(False, EVENT, "at", FieldRef(EVENT, "upheld"))
LATEST = Extreme(True, EVENT, "at", FieldRef(EVENT, "upheld"))
UNKNOWN_FIT = FactRef("party.fit")
UNKNOWN_DAY = FactRef("party.listed")


def number(value: int, unit: str | None = None, scale: int = 0) -> Const:
    return Const(value, Integer(value, value, unit, scale))


def day(value: dt.date) -> Const:
    return Const(value, Date())


def a_case(
    facts: Mapping[str, Value] | None = None, events: tuple[Mapping[str, Value], ...] | None = ()
) -> Context:
    """A context of nothing but ``facts`` and ``events``; None: what happened is unknown."""
    records = {} if events is None else {EVENT: events}
    return Context(Case(facts or {}, records), TODAY, "town")


def event(at: dt.date | None, upheld: bool | None) -> dict[str, Value]:
    """A row that lacks what is None."""
    row: dict[str, Value] = {}
    if at is not None:
        row["at"] = at
    if upheld is not None:
        row["upheld"] = upheld
    return row


def value_of(expr: Expr, context: Context | None = None) -> Result:
    return evaluate(expr, CORPUS, context or a_case())


# --- Examples --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (Today(), TODAY),
        (FactRef("party.count"), 7),
        (ReadingRef("first"), "a"),
        (InTerritory("town"), True),
        (InTerritory("country"), True),
        (InTerritory("ward"), False),
        (InTerritory("north"), False),
        (And(()), True),
        (Or(()), False),
        (If(FALSE, number(1), number(2)), 2),
        (Sum((number(1, "days"), number(-3, "days"))), -2),
        (Times(-3, FactRef("party.count")), -21),
        (ShiftMonths(day(DAY(2024, 1, 31)), number(1, "months")), DAY(2024, 2, 29)),
        (ShiftMonths(day(DAY(2024, 1, 31)), number(1, "months"), Clip.UP), DAY(2024, 3, 1)),
        (ShiftDays(Today(), number(-13, "days")), DAY(2025, 5, 31)),
        (ShiftWorkdays(Today(), number(1, "workdays")), DAY(2025, 6, 16)),
        (ShiftWorkdays(Today(), number(0, "workdays")), TODAY),
        (RollToWorkday(day(DAY(2025, 6, 14))), DAY(2025, 6, 16)),
        (DaysBetween(day(DAY(2024, 2, 28)), day(DAY(2024, 3, 1))), 2),
        (DaysBetween(Today(), day(DAY(2025, 6, 1))), -12),
        (Compare(Order.LT, Today(), day(NEVER)), True),
        (Compare(Order.EQ, ShiftMonths(day(NEVER), number(-1, "months")), day(NEVER)), True),
    ],
)
def test_terms(expr: Expr, expected: Value) -> None:
    """Each kind of term has the value that the semantics gives it."""
    assert value_of(expr, a_case({"party.count": 7})) == expected


@pytest.mark.parametrize(
    ("order", "expected"), [(Order.EQ, [0, 1, 0]), (Order.LT, [1, 0, 0]), (Order.LE, [1, 1, 0])]
)
def test_a_scale_is_ordered_as_it_is_declared(order: Order, expected: list[int]) -> None:
    """The members of a scale compare by their place in it, not by their names."""
    scale = Enumeration("scale", ("mild", "grave", "gravest"), ordered=True)
    grave = Const("grave", scale)
    found = [value_of(Compare(order, Const(member, scale), grave)) for member in scale.members]
    assert found == [bool(each) for each in expected]


def test_a_reading_is_the_first_choice_unless_the_context_chooses() -> None:
    """The default of a reading is its first choice."""
    chosen = evolve(a_case(), readings={"second": "z"})
    assert value_of(ReadingRef("second"), chosen) == "z"
    assert value_of(ReadingRef("first"), chosen) == "a"


def test_rows_are_counted_and_compared() -> None:
    """A quantifier looks at the rows that its filter lets through, and at no other."""
    context = a_case({}, (event(DAY(2020, 5, 1), True), event(DAY(2019, 1, 1), False), event(TODAY, True)))
    assert value_of(EARLIEST, context) == DAY(2020, 5, 1)
    assert value_of(LATEST, context) == TODAY
    upheld = FieldRef(EVENT, "upheld")
    assert [value_of(AtLeast(n, EVENT, upheld), context) for n in range(4)] == [True, True, True, False]


def test_the_earliest_of_no_rows_is_undefined_and_passes_through_terms() -> None:
    """What is computed from an undefined term is undefined, also where another part is unknown."""
    assert value_of(EARLIEST) is UNDEFINED
    assert value_of(ShiftMonths(EARLIEST, number(3, "months"))) is UNDEFINED
    assert value_of(DaysBetween(UNKNOWN_DAY, EARLIEST)) is UNDEFINED
    assert value_of(If(TRUE, EARLIEST, Today())) is UNDEFINED
    assert value_of(If(FALSE, EARLIEST, Today())) == TODAY


@pytest.mark.parametrize("order", Order)
def test_an_atom_over_an_undefined_term_is_false(order: Order) -> None:
    """Whichever side is undefined, and even against an unknown one; its negation is true."""
    for other in (Today(), UNKNOWN_DAY, EARLIEST):
        assert value_of(Compare(order, EARLIEST, other)) is False
        assert value_of(Compare(order, other, EARLIEST)) is False
    assert value_of(Not(Compare(order, EARLIEST, Today()))) is True


KLEENE: list[Truth] = [False, UNKNOWN, True]


@pytest.mark.parametrize("one", KLEENE)
@pytest.mark.parametrize("other", KLEENE)
def test_connectives_follow_kleene(one: Truth, other: Truth) -> None:
    """Conjunction is the lesser, disjunction the greater, negation the mirror image."""
    assert all_hold((one, other)) is min(one, other, key=KLEENE.index)
    assert any_holds((one, other)) is max(one, other, key=KLEENE.index)
    assert negated(one) is KLEENE[2 - KLEENE.index(one)]


def test_what_the_case_does_not_give_is_unknown() -> None:
    """An absent fact, field or record is unknown, never false and never empty."""
    unheard = a_case({}, None)
    row = a_case({}, (event(TODAY, None),))
    assert value_of(UNKNOWN_FIT) is UNKNOWN
    assert value_of(Compare(Order.LE, UNKNOWN_DAY, Today())) is UNKNOWN
    assert value_of(AtLeast(1, EVENT, TRUE), unheard) is UNKNOWN
    assert value_of(AtLeast(0, EVENT, TRUE), unheard) is True
    assert value_of(EARLIEST, unheard) is UNKNOWN
    assert value_of(AtLeast(1, EVENT, FieldRef(EVENT, "upheld")), row) is UNKNOWN
    assert value_of(AtLeast(2, EVENT, FieldRef(EVENT, "upheld")), row) is False
    assert value_of(EARLIEST, row) is UNKNOWN


def test_a_row_that_may_count_does_not_matter_where_a_sure_one_goes_as_far() -> None:
    """The extreme is known as soon as no completion can move it."""
    sure, later, dateless = event(DAY(2020, 1, 1), True), event(DAY(2021, 1, 1), None), event(None, True)
    assert value_of(EARLIEST, a_case({}, (sure, later))) == DAY(2020, 1, 1)
    assert value_of(LATEST, a_case({}, (sure, later))) is UNKNOWN
    assert value_of(EARLIEST, a_case({}, (sure, dateless))) is UNKNOWN


def test_a_choice_under_an_unknown_condition_is_known_where_both_branches_agree() -> None:
    """An unknown condition does not matter between equal branches, undefined ones included."""
    assert value_of(If(UNKNOWN_FIT, Today(), Today())) == TODAY
    assert value_of(If(UNKNOWN_FIT, EARLIEST, LATEST)) is UNDEFINED
    assert value_of(If(UNKNOWN_FIT, EARLIEST, Today())) is UNKNOWN
    assert value_of(If(UNKNOWN_FIT, UNKNOWN_DAY, UNKNOWN_DAY)) is UNKNOWN


def test_working_days_of_a_year_without_a_calendar_are_unknown_where_only_published_ones_count() -> None:
    """A shift that stays inside of the published years, or moves by nothing, or from no end, is known."""
    corpus = evolve(CORPUS, calendar=WorkCalendar(published=(2024, 2025)))
    blind = evolve(a_case(), published_only=True)
    ten = Const(10, Integer(0, 10, "workdays"))
    none = Const(0, Integer(0, 10, "workdays"))

    def of(expr: Expr) -> Result:
        return evaluate(expr, corpus, blind)

    def on(*day: int) -> Const:
        return Const(DAY(*day), Date())

    assert of(ShiftWorkdays(on(2024, 12, 18), ten)) == DAY(2025, 1, 1)
    assert of(ShiftWorkdays(on(2025, 12, 5), ten)) == DAY(2025, 12, 19)
    assert of(ShiftWorkdays(on(2025, 12, 8), ten)) is UNKNOWN  # the next arrangement may still move it
    assert of(ShiftWorkdays(on(2023, 12, 31), ten)) is UNKNOWN
    assert of(ShiftWorkdays(on(2030, 1, 1), none)) == DAY(2030, 1, 1)
    assert of(ShiftWorkdays(Const(NEVER, Date()), ten)) == NEVER
    assert of(RollToWorkday(on(2025, 1, 4))) == DAY(2025, 1, 6)
    assert of(RollToWorkday(on(2030, 1, 1))) is UNKNOWN
    assert evaluate(RollToWorkday(on(2030, 1, 1)), corpus, a_case()) == DAY(2030, 1, 1)
    assert evaluate(RollToWorkday(on(2025, 1, 4)), CORPUS, blind) is UNKNOWN  # nothing is published


def test_only_the_chosen_branch_is_evaluated() -> None:
    """A branch that would leave the calendar does no harm where it is not taken."""
    beyond = ShiftMonths(Today(), number(1200, "months"))
    assert value_of(If(FALSE, beyond, Today())) == TODAY
    with pytest.raises(OutOfCalendar):
        value_of(If(TRUE, beyond, Today()))


def test_ill_typed_expressions_are_internal_errors() -> None:
    """What the type checker lets through by mistake is reported, not given a meaning."""
    for wrong in (
        Not(Today()),
        FieldRef(EVENT, "at"),
        Sum((TRUE, TRUE)),
        ShiftDays(number(1), number(1, "days")),
    ):
        with pytest.raises(InternalError):
            value_of(wrong)


# --- Laws ------------------------------------------------------------------------------------------------

typed = st.sampled_from(draw.TYPES).flatmap(
    lambda type_: st.tuples(st.just(type_), draw.expressions(CORPUS, type_, 4))
)


def belongs(value: Result, type_: Type) -> bool:
    match type_:
        case Boolean():
            return isinstance(value, bool)
        case Integer(low, high):
            return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
        case Enumeration(members=members):
            return value in members
        case Date():
            return isinstance(value, dt.date)


@given(typed, draw.contexts(CORPUS))
def test_values_are_of_the_type_and_conditions_are_always_defined(
    drawn: tuple[Type, Expr], context: Context
) -> None:
    """In a complete case a term is a value of its checked type or undefined, and a condition has a truth."""
    _, expr = drawn
    found, type_ = evaluate(expr, CORPUS, context), check_type(expr, CORPUS)
    assert belongs(found, type_) or (found is UNDEFINED and type_ != Boolean())


@given(typed, st.data())
def test_completing_the_unknown_never_changes_what_was_known(
    drawn: tuple[Type, Expr], data: st.DataObject
) -> None:
    """A definite result, undefined included, is the result in every completion of the case."""
    _, expr = drawn
    context = data.draw(draw.contexts(CORPUS, complete=False))
    before = evaluate(expr, CORPUS, context)
    after = evaluate(expr, CORPUS, data.draw(draw.completions(CORPUS, context)))
    assert before is UNKNOWN or before == after


@given(typed, draw.contexts(CORPUS), draw.calendars(), draw.calendars())
def test_a_calendar_that_is_published_later_never_changes_what_was_known(
    drawn: tuple[Type, Expr], context: Context, now: WorkCalendar, later: WorkCalendar
) -> None:
    """What is known by the published years alone is so whatever the other years turn out to be."""
    _, expr = drawn

    def joined(part: str) -> frozenset[dt.date]:
        inside = {day for day in getattr(now, part) if now.covers(day, day)}
        return frozenset(inside | {day for day in getattr(later, part) if not now.covers(day, day)})

    turned_out = WorkCalendar(joined("days_off"), joined("made_up"), now.published)
    blind = evaluate(expr, evolve(CORPUS, calendar=now), evolve(context, published_only=True))
    assert blind is UNKNOWN or blind == evaluate(expr, evolve(CORPUS, calendar=turned_out), context)


@given(typed, draw.contexts(CORPUS))
def test_the_order_of_rows_does_not_matter(drawn: tuple[Type, Expr], context: Context) -> None:
    """A record is a bag: no expression can tell its rows' order."""
    _, expr = drawn
    records = {name: tuple(reversed(rows)) for name, rows in context.case.records.items()}
    turned = evolve(context, case=evolve(context.case, records=records))
    assert evaluate(expr, CORPUS, turned) == evaluate(expr, CORPUS, context)


@given(draw.expressions(CORPUS, Date(), 3), draw.expressions(CORPUS, Date(), 3), draw.contexts(CORPUS))
def test_days_are_ordered_linearly_where_they_are_defined(one: Expr, other: Expr, context: Context) -> None:
    """Of two defined days exactly one of before, equal and after holds; of an undefined one, none."""
    held = [
        evaluate(Compare(Order.LT, one, other), CORPUS, context),
        evaluate(Compare(Order.EQ, one, other), CORPUS, context),
        evaluate(Compare(Order.LT, other, one), CORPUS, context),
    ]
    defined = all(evaluate(each, CORPUS, context) is not UNDEFINED for each in (one, other))
    assert held.count(True) == defined
    assert evaluate(Compare(Order.LE, one, other), CORPUS, context) is any(held[:2])


@given(st.data())
def test_a_few_rows_are_enough(data: st.DataObject) -> None:
    """The small-model theorem: on the witnesses alone, every part of a query has the value it had."""
    query = data.draw(st.lists(draw.expressions(CORPUS, Boolean(), 4), min_size=1, max_size=4))
    context = data.draw(draw.contexts(CORPUS, max_rows=12))
    kept = {name: witnesses(name, query, context) for name in context.case.records}
    small = evolve(context, case=evolve(context.case, records=kept))
    bound = row_bound(query)
    for name, rows in kept.items():
        assert len(rows) <= bound.get(name, 0)
    for expr in query:
        assert evaluate(expr, CORPUS, small) == evaluate(expr, CORPUS, context)


def witnesses(record: str, query: list[Expr], context: Context) -> tuple[Mapping[str, Value], ...]:
    """The rows of ``record`` that the theorem's proof keeps."""
    rows = context.case.records[record]
    keep: set[int] = set()
    for atom in (part for expr in query for part in walk(expr)):
        match atom:
            case AtLeast(threshold, over, where) if over == record:
                through = [i for i, row in enumerate(rows) if evaluate(where, CORPUS, context, row)]
                keep.update(through[:threshold] if len(through) >= threshold else ())
            case Extreme(latest, over, name, where) if over == record:
                through = [i for i, row in enumerate(rows) if evaluate(where, CORPUS, context, row)]
                if through:
                    pick = max if latest else min
                    keep.add(pick(through, key=lambda i: rows[i][name]))
    return tuple(rows[i] for i in sorted(keep))


@given(st.data())
def test_a_whole_corpus_can_be_evaluated(data: st.DataObject) -> None:
    """Nothing that a drawn corpus holds leaves the calendar in a complete case."""
    corpus: Corpus = data.draw(draw.corpora())
    context = data.draw(draw.contexts(corpus))
    for expr in draw.parts(corpus):
        assert evaluate(expr, corpus, context) is not UNKNOWN
