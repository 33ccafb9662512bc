"""What a compiled question answers: force, positions, verdicts with their grounds, gaps, reasons."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Mapping, Sequence

import pytest
from attrs import evolve

import strategies as draw
from guiju.compiler.doctrine import Defeat, Doctrine, Grade
from guiju.compiler.kernel import (
    FALSE,
    NEVER,
    TRUE,
    And,
    Answer,
    AtLeast,
    BarEnd,
    Compare,
    Const,
    Corpus,
    Date,
    Deed,
    Expr,
    Extreme,
    FactRef,
    FieldRef,
    Instrument,
    MayDo,
    Modality,
    Norm,
    Not,
    Or,
    Order,
    Position,
    Question,
    ReadingRef,
    ShiftMonths,
    Span,
    Standing,
    Strength,
    Today,
    Value,
    WhichValue,
)
from guiju.compiler.native import Missing, Program, Setting, compile_question
from guiju.compiler.resolve import EvaluatedAnswer, EvaluatedSpan
from guiju.compiler.verdicts import Verdict

DAY = dt.date
TODAY = DAY(2025, 6, 13)
NOW = Today()
DEED = Deed("party", "practise")
MAY, FINE, BAR = MayDo(DEED), WhichValue("fine"), BarEnd(DEED)
MUST, MUST_NOT, MIGHT = Modality.OBLIGED, Modality.FORBIDDEN, Modality.PERMITTED
FIT, HARMFUL = FactRef("party.fit"), FactRef("party.harmful")
LISTED, LICENSED = FactRef("party.listed"), FactRef("party.licensed")
SETTING = Setting("town", {"first": "a", "second": "x"})
EVENT = AtLeast(1, "party.event", FieldRef("party.event", "upheld"))


def a_norm(
    name: str,
    position: Position = MUST_NOT,
    guard: Expr = TRUE,
    question: Question = MAY,
    territory: str = "country",
    law_date: Expr = NOW,
    strength: Strength = Strength.STRICT,
) -> Norm:
    return Norm(name, name, "law", ("art. 1",), guard, question, position, territory, law_date, strength)


def a_program(
    *norms: Norm,
    question: Question = MAY,
    defeats: Sequence[tuple[str, str]] = (),
    setting: Setting = SETTING,
    start: dt.date | None = None,
    end: dt.date | None = None,
) -> Program:
    bounds = [None if bound is None else Const(bound, Date()) for bound in (start, end)]
    law = Instrument("law", "law", "ministry", "country", start=bounds[0], end=bounds[1])
    corpus = evolve(draw.VOCABULARY, instruments={"law": law}, norms=norms)
    prevails = {pair: Defeat(*pair, Doctrine.TEXT, Grade.TEXT) for pair in defeats}
    return compile_question(question, corpus.norms, corpus, prevails, setting)


def fine(name: str, amount: int | None, guard: Expr = TRUE, strength: Strength = Strength.STRICT) -> Norm:
    value = None if amount is None else Const(amount, draw.AMOUNT)
    return a_norm(name, Answer(value), guard, FINE, strength=strength)


# --- Which norms -----------------------------------------------------------------------------------------


def test_only_norms_that_can_apply_are_kept() -> None:
    """What does not bind, covers another place, asks another thing or can never apply is left out."""
    never = Compare(Order.EQ, ReadingRef("first"), Const("b", draw.reading_type(draw.READINGS["first"])))
    norms = (
        a_norm("encouraged", strength=Strength.ENCOURAGED),
        evolve(a_norm("unverified"), standing=Standing.UNVERIFIED),
        a_norm("elsewhere", territory="north"),
        fine("other", 100),
        a_norm("never", guard=And((FIT, never))),
        a_norm("kept", guard=FIT),
        a_norm("here", territory="town"),
    )
    program = a_program(*norms)
    assert [norm.id for norm in program.norms] == ["kept", "here"]
    assert program.applying({"party.fit": True}, {}, TODAY) == 0b11
    assert program.applying({"party.fit": False}, {}, TODAY) == 0b10


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, 1),
        (TODAY, TODAY, 1),
        (TODAY + dt.timedelta(1), None, 0),
        (None, TODAY - dt.timedelta(1), 0),
        (None, NEVER, 1),
    ],
)
def test_force_includes_both_ends(start: dt.date | None, end: dt.date | None, expected: int) -> None:
    """An instrument is in force from its first day to its last."""
    program = a_program(a_norm("n"), start=start, end=end)
    assert program.applying({}, {}, TODAY) == expected


def test_a_law_date_of_the_context_overrides_that_of_a_norm() -> None:
    """In a dated setting the day is given at run time, and the norm's own is not asked for."""
    norm = a_norm("n", law_date=LISTED)
    own = a_program(norm, start=TODAY)
    assert own.applying({"party.listed": TODAY}, {}, TODAY) == 1
    dated = a_program(norm, start=TODAY, setting=evolve(SETTING, dated=True))
    assert dated.applying({}, {}, TODAY, DAY(2025, 6, 12)) == 0
    assert dated.applying({}, {}, TODAY, TODAY) == 1


def test_the_law_date_of_a_norm_that_is_not_concerned_need_not_be_given() -> None:
    """The guard is looked at first: what did not happen has no day."""
    program = a_program(a_norm("n", guard=HARMFUL, law_date=LISTED), start=DAY(2020, 1, 1))
    assert program.applying({"party.harmful": False}, {}, TODAY) == 0
    with pytest.raises(Missing) as missing:
        program.applying({"party.harmful": True}, {}, TODAY)
    assert missing.value.name == "party.listed"


def test_a_law_date_has_to_be_defined_where_nothing_bounds_the_force() -> None:
    """On an undefined law date nothing is in force, and an unknown one has to be given."""
    first = Extreme(False, "party.event", "at", TRUE)
    program = a_program(a_norm("n", law_date=first))
    assert program.applying({}, {"party.event": ()}, TODAY) == 0
    assert program.applying({}, {"party.event": ({"at": TODAY},)}, TODAY) == 1
    with pytest.raises(Missing):
        program.applying({}, {}, TODAY)


# --- Positions -------------------------------------------------------------------------------------------


def test_positions_are_those_of_the_applying_norms_in_order() -> None:
    """Constant ones and those that depend on the case, each evaluated."""
    program = a_program(
        fine("fixed", 100),
        a_norm("other", Answer(FactRef("party.amount")), question=FINE),
        fine("open", None, guard=FIT),
        question=FINE,
    )
    facts: Mapping[str, Value] = {"party.amount": 7, "party.fit": True}
    mask = program.applying(facts, {}, TODAY)
    assert program.positions(mask, facts, {}, TODAY) == (
        EvaluatedAnswer(100),
        EvaluatedAnswer(7),
        EvaluatedAnswer(None),
    )
    assert program.positions(0b100, facts, {}, TODAY) == (EvaluatedAnswer(None),)


def test_a_span_whose_end_is_undefined_does_not_apply() -> None:
    """The terms of a position have to have values."""
    end = ShiftMonths(Extreme(True, "party.event", "at", TRUE), Const(6, draw.MONTHS))
    program = a_program(a_norm("n", Span(LISTED, end), question=BAR), question=BAR)
    facts: Mapping[str, Value] = {"party.listed": TODAY}
    events: dict[str, tuple[Mapping[str, Value], ...]] = {"party.event": ({"at": DAY(2024, 8, 31)},)}
    assert program.applying(facts, {"party.event": ()}, TODAY) == 0
    assert program.positions(1, facts, events, TODAY) == (EvaluatedSpan(TODAY, DAY(2025, 2, 28)),)


# --- Verdicts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("norms", "expected"),
    [
        ((), (Verdict.ELIGIBLE, ())),
        ((a_norm("may", MIGHT),), (Verdict.ELIGIBLE, ("may",))),
        ((a_norm("may", MIGHT), a_norm("must", MUST)), (Verdict.ELIGIBLE, ("may", "must"))),
        ((a_norm("ban"), a_norm("lenient", strength=Strength.IN_PRINCIPLE)), (Verdict.INELIGIBLE, ("ban",))),
        ((a_norm("lenient", strength=Strength.IN_PRINCIPLE),), (Verdict.DISCRETIONARY, ("lenient",))),
        ((a_norm("ban"), a_norm("no"), a_norm("may", MIGHT)), (Verdict.IN_CONFLICT, ("ban", "no", "may"))),
    ],
)
def test_verdicts_on_a_deed_name_what_they_rest_on(
    norms: Sequence[Norm], expected: tuple[Verdict, tuple[str, ...]]
) -> None:
    """Grounds are the norms that decide the verdict, not all that stand."""
    assert a_program(*norms).verdict({}, {}, TODAY) == expected


@pytest.mark.parametrize(
    ("norms", "expected"),
    [
        ((), (Verdict.SILENT, ())),
        ((fine("a", 100), fine("b", 100)), (Verdict.ANSWERED, ("a", "b"))),
        ((fine("open", None),), (Verdict.DISCRETIONARY, ("open",))),
        ((fine("a", 100), fine("b", 200), fine("open", None)), (Verdict.IN_CONFLICT, ("a", "b"))),
    ],
)
def test_verdicts_on_a_value_name_all_that_stands(
    norms: Sequence[Norm], expected: tuple[Verdict, tuple[str, ...]]
) -> None:
    """Each answer to a question about a value is a ground; of a conflict its two sides, as in a decision."""
    assert a_program(*norms, question=FINE).verdict({}, {}, TODAY) == expected


def test_the_defeated_is_no_ground_and_its_defeat_is_told() -> None:
    """A norm that another prevails over is listed as defeated, and the verdict does not rest on it."""
    program = a_program(a_norm("ban"), a_norm("may", MIGHT, FIT), defeats=[("may", "ban")])
    assert program.verdict({"party.fit": True}, {}, TODAY) == (Verdict.ELIGIBLE, ("may",))
    assert program.verdict({"party.fit": False}, {}, TODAY) == (Verdict.INELIGIBLE, ("ban",))
    resolution = program.resolve({"party.fit": True}, {}, TODAY)
    assert [(loser, defeat.winner) for loser, defeat in resolution.defeated] == [("ban", "may")]
    assert resolution.standing == (("may", MIGHT),)


def test_an_answer_that_varies_is_not_remembered_for_another_case() -> None:
    """Norms with the same bits may disagree in one case and agree in the next."""
    other = a_norm("other", Answer(FactRef("party.amount")), question=FINE)
    program = a_program(fine("fixed", 100), other, question=FINE)
    for amount, expected in ((100, Verdict.ANSWERED), (7, Verdict.IN_CONFLICT), (100, Verdict.ANSWERED)):
        assert program.verdict({"party.amount": amount}, {}, TODAY)[0] is expected
        conflicts = program.resolve({"party.amount": amount}, {}, TODAY).conflicts
        assert bool(conflicts) is (expected is Verdict.IN_CONFLICT)


def test_a_gap_is_where_the_domain_needs_an_answer_and_nothing_stands() -> None:
    """The domain of the outcome is asked only where nothing stands."""
    program = a_program(fine("a", 100, HARMFUL), question=FINE)  # the domain is party.fit
    assert program.resolve({"party.harmful": False, "party.fit": True}, {}, TODAY).gap
    assert not program.resolve({"party.harmful": False, "party.fit": False}, {}, TODAY).gap
    assert not program.resolve({"party.harmful": True}, {}, TODAY).gap


# --- Reasons ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("guard", "names"),
    [
        (And((FIT, Not(HARMFUL))), ("party.fit", "party.harmful")),
        (Or((HARMFUL, FIT, Compare(Order.EQ, LISTED, LISTED))), ("party.fit",)),
        (Not(And((FIT, HARMFUL))), ("party.harmful",)),
        (Not(Or((HARMFUL, Not(FIT)))), ("party.harmful", "party.fit")),
        (And((FIT, Or((FIT, HARMFUL)))), ("party.fit",)),
        (And((EVENT, FIT)), ("party.event", "party.fit")),
    ],
)
def test_reasons_are_what_made_a_norm_apply(guard: Expr, names: tuple[str, ...]) -> None:
    """Of a true conjunction all parts, of a true disjunction the first true one; dually for false ones."""
    program = a_program(a_norm("n", guard=guard))
    facts: Mapping[str, Value] = {"party.fit": True, "party.harmful": False, "party.listed": TODAY}
    assert program.because(0, facts, {"party.event": ({"upheld": True},)}, TODAY) == names


def test_reasons_include_the_law_date_the_force_and_the_terms() -> None:
    """Whatever had to be known for the norm to apply."""
    norm = a_norm("n", Span(LICENSED, LICENSED), FIT, BAR, law_date=LISTED)
    program = a_program(norm, question=BAR, start=DAY(2020, 1, 1))
    facts: Mapping[str, Value] = {"party.fit": True, "party.listed": TODAY, "party.licensed": TODAY}
    assert program.because(0, facts, {}, TODAY) == ("party.fit", "party.listed", "party.licensed")
    with pytest.raises(Missing):
        program.because(0, {"party.fit": True}, {}, TODAY)


def test_reasons_of_what_is_nested_too_deeply_are_all_that_it_names() -> None:
    """Such a condition is not taken apart; what the case does not give is no reason."""
    deep: Expr = FIT
    for _ in range(500):
        deep = Not(And((FIT, deep, Or((FIT, Compare(Order.EQ, LISTED, LISTED))))))
    program = a_program(a_norm("n", guard=deep))
    assert program.because(0, {"party.fit": True}, {}, TODAY) == ("party.fit",)


# --- The program itself ----------------------------------------------------------------------------------


def test_the_source_is_the_same_each_time_and_can_be_read() -> None:
    """Two compilations write the same text, which says which norm is which."""
    norms = (a_norm("first", guard=And((FIT, EVENT))), a_norm("second", guard=FALSE), a_norm("third"))
    source = a_program(*norms, start=DAY(2020, 1, 1)).source
    assert source == a_program(*norms, start=DAY(2020, 1, 1)).source
    assert "day_20200101 = date(2020, 1, 1)" in source
    assert "# 'first'" in source
    assert "second" not in source


def test_a_question_that_nothing_answers_compiles() -> None:
    """Without norms nothing applies."""
    corpus: Corpus = evolve(draw.VOCABULARY)
    program = compile_question(MAY, (), corpus, {}, SETTING)
    assert program.norms == ()
    assert program.applying({}, {}, TODAY) == 0


def test_neither_the_solver_nor_the_parser_is_imported() -> None:
    """The path of a decision on a complete case loads neither z3 nor lark."""
    code = "import guiju.compiler.native, sys; sys.exit(bool({'z3', 'lark'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
