"""The reference answer: force, applicability, incompatibility, defeat, conflict and gap, with their laws."""

import datetime as dt
from collections.abc import Mapping
from itertools import combinations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import strategies as draw
from guiju.compiler import formulas
from guiju.compiler.doctrine import Defeat, Doctrine, Grade
from guiju.compiler.evaluate import UNDEFINED, UNKNOWN, NonValue, Truth, evaluate
from guiju.compiler.kernel import (
    NEVER,
    TRUE,
    Answer,
    BarEnd,
    Case,
    Combination,
    Const,
    Context,
    Corpus,
    Date,
    Deed,
    Expr,
    Extreme,
    FactRef,
    Instrument,
    Integer,
    MayDo,
    Modality,
    Norm,
    Position,
    Question,
    ShiftMonths,
    Span,
    Strength,
    Today,
    Value,
    WhichValue,
)
from guiju.compiler.resolve import (
    EvaluatedAnswer,
    EvaluatedPosition,
    EvaluatedSpan,
    applicable,
    in_force,
    incompatible,
    position,
    resolve,
)

DAY = dt.date
TODAY = DAY(2025, 6, 13)
NOW = Today()
DEED = Deed("party", "practise")
MAY = MayDo(DEED)
FIT = FactRef("party.fit")
LISTED = FactRef("party.listed")
NO_EVENT = Extreme(False, "party.event", "at", TRUE)
MUST, MUST_NOT, MIGHT = Modality.OBLIGED, Modality.FORBIDDEN, Modality.PERMITTED


def day(value: dt.date) -> Const:
    return Const(value, Date())


def yuan(amount: int) -> Answer:
    return Answer(Const(amount, draw.AMOUNT))


def a_norm(
    name: str,
    position: Position = MUST_NOT,
    question: Question = MAY,
    guard: Expr = TRUE,
    territory: str = "country",
    law_date: Expr = NOW,
    strength: Strength = Strength.STRICT,
) -> Norm:
    return Norm(name, name, "law", ("art. 1",), guard, question, position, territory, law_date, strength)


def a_corpus(*norms: Norm, start: Expr | None = None, end: Expr | None = None) -> Corpus:
    """The vocabulary with one instrument, which holds ``norms``."""
    law = Instrument("law", "law", "ministry", "country", start=start, end=end)
    return evolve(draw.VOCABULARY, instruments={"law": law}, norms=norms)


def a_context(facts: Mapping[str, Value] | None = None, law_date: dt.date | None = None) -> Context:
    return Context(Case(facts or {}, {"party.event": ()}), TODAY, "town", law_date=law_date)


def prevails(*pairs: tuple[str, str]) -> dict[tuple[str, str], Defeat]:
    return {pair: Defeat(*pair, Doctrine.SUPERIOR, Grade.STATUTE) for pair in pairs}


# --- Force and applicability -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (DAY(2025, 6, 14), None, False),
        (None, DAY(2025, 6, 12), False),
        (None, NEVER, True),
        (DAY(2020, 1, 1), DAY(2025, 12, 31), True),
    ],
)
def test_force_includes_both_ends(start: dt.date | None, end: dt.date | None, expected: bool) -> None:
    """An instrument is in force from its first day to its last, and without one, from ever or for ever."""
    norm = a_norm("n")
    first, last = (None if bound is None else day(bound) for bound in (start, end))
    corpus = a_corpus(norm, start=first, end=last)
    assert in_force(norm, corpus, a_context()) is expected


def test_the_law_date_decides_the_version() -> None:
    """The date of the facts counts, not today's, unless the context sets the law date itself."""
    norm = a_norm("n", law_date=LISTED)
    corpus = a_corpus(norm, start=day(DAY(2025, 1, 1)))
    before, after = DAY(2024, 12, 31), DAY(2025, 1, 1)
    assert in_force(norm, corpus, a_context({"party.listed": before})) is False
    assert in_force(norm, corpus, a_context({"party.listed": after})) is True
    assert in_force(norm, corpus, a_context({"party.listed": before}, law_date=after)) is True
    assert in_force(norm, corpus, a_context()) is UNKNOWN


def test_a_norm_about_facts_that_have_no_date_does_not_apply() -> None:
    """On an undefined law date nothing is in force, even without a first and last day."""
    norm = a_norm("n", law_date=NO_EVENT)
    assert in_force(norm, a_corpus(norm), a_context()) is False
    assert applicable(norm, a_corpus(norm), a_context()) is False
    unheard = evolve(a_context(), case=Case())
    assert in_force(norm, a_corpus(norm), unheard) is UNKNOWN


@pytest.mark.parametrize(
    ("norm", "expected"),
    [
        (a_norm("n"), True),
        (a_norm("n", territory="town"), True),
        (a_norm("n", territory="ward"), False),
        (a_norm("n", territory="north", guard=FIT), False),
        (a_norm("n", guard=FIT), UNKNOWN),
        (a_norm("n", Answer(None), WhichValue("fine")), True),
        (a_norm("n", Answer(FactRef("party.amount")), WhichValue("fine")), UNKNOWN),
        (a_norm("n", Span(NO_EVENT, day(NEVER)), BarEnd(DEED)), False),
        (a_norm("n", Span(LISTED, NO_EVENT), BarEnd(DEED)), False),
        (a_norm("n", strength=Strength.ENCOURAGED), False),
        (a_norm("n", strength=Strength.IN_PRINCIPLE), True),
    ],
)
def test_applicability(norm: Norm, expected: Truth) -> None:
    """Place, guard, a defined position and legal effect are all needed."""
    assert applicable(norm, a_corpus(norm), a_context()) is expected


def test_what_lies_behind_a_falsity_is_not_evaluated() -> None:
    """A position that would leave the calendar does no harm where its norm does not apply."""
    beyond = ShiftMonths(Today(), Const(1200, Integer(1200, 1200, "months")))
    norm = a_norm("n", Span(Today(), beyond), BarEnd(DEED), guard=FIT)
    assert applicable(norm, a_corpus(norm), a_context({"party.fit": False})) is False


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (MUST, MUST),
        (Answer(None), EvaluatedAnswer(None)),
        (yuan(5), EvaluatedAnswer(5)),
        (Answer(FactRef("party.amount")), UNKNOWN),
        (Span(Today(), day(NEVER)), EvaluatedSpan(TODAY, NEVER)),
        (Span(Today(), LISTED), UNKNOWN),
        (Span(NO_EVENT, LISTED), UNDEFINED),
    ],
)
def test_positions_are_evaluated(given: Position, expected: object) -> None:
    """A position has the values of its terms; an undefined term outweighs an unknown one."""
    assert position(a_norm("n", given), a_corpus(), a_context()) == expected


# --- Incompatibility -------------------------------------------------------------------------------------

evaluated = st.one_of(
    st.sampled_from(Modality),
    st.builds(EvaluatedAnswer, st.one_of(st.none(), st.integers(0, 3))),
    st.builds(EvaluatedSpan, st.dates(TODAY, DAY(2025, 6, 15)), st.dates(DAY(2025, 6, 16), DAY(2025, 6, 18))),
)
combined = st.sampled_from(Combination)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (MUST, MUST_NOT, True),
        (MIGHT, MUST_NOT, True),
        (MUST, MIGHT, False),
        (MUST_NOT, MUST_NOT, False),
        (EvaluatedAnswer(3), EvaluatedAnswer(10), True),
        (EvaluatedAnswer(3), EvaluatedAnswer(3), False),
        (EvaluatedAnswer(3), EvaluatedAnswer(None), False),
        (EvaluatedAnswer(None), EvaluatedAnswer(None), False),
        (EvaluatedSpan(TODAY, DAY(2028, 6, 13)), EvaluatedSpan(TODAY, DAY(2035, 6, 13)), True),
        (EvaluatedSpan(TODAY, DAY(2028, 6, 13)), EvaluatedSpan(TODAY, NEVER), True),
        (EvaluatedSpan(TODAY, NEVER), EvaluatedSpan(TODAY, NEVER), False),
        (EvaluatedSpan(TODAY, DAY(2028, 6, 13)), EvaluatedSpan(DAY(2025, 6, 14), NEVER), False),
    ],
)
def test_incompatible_positions(one: EvaluatedPosition, other: EvaluatedPosition, expected: bool) -> None:
    """Overlap is not conflict: only what cannot both stand is incompatible."""
    assert incompatible(one, other, Combination.SINGLE) is expected


@given(evaluated, evaluated, combined)
def test_incompatibility_is_mutual_and_never_with_oneself(
    one: EvaluatedPosition, other: EvaluatedPosition, combination: Combination
) -> None:
    """The relation is symmetric and irreflexive."""
    assert incompatible(one, other, combination) == incompatible(other, one, combination)
    assert not incompatible(one, one, combination)


@given(evaluated, evaluated, combined.filter(lambda each: each is not Combination.SINGLE))
def test_values_that_may_differ_are_never_incompatible(
    one: EvaluatedPosition, other: EvaluatedPosition, combination: Combination
) -> None:
    """Where answers need not agree, only modalities are incompatible."""
    assert isinstance(one, Modality) or not incompatible(one, other, combination)


# --- Answers ---------------------------------------------------------------------------------------------


def test_two_incompatible_norms_conflict_until_one_prevails() -> None:
    """A conflict is what no doctrine settles; what is settled says by what."""
    corpus = a_corpus(a_norm("ban"), a_norm("leave", MIGHT), a_norm("other", MUST, MayDo(Deed("x", "bid"))))
    open_ = resolve(MAY, corpus, {}, a_context())
    assert open_.applicable == ("ban", "leave")
    assert open_.conflicts == (("ban", "leave"),)
    assert open_.standing == (("ban", MUST_NOT), ("leave", MIGHT))
    settled = resolve(MAY, corpus, prevails(("leave", "ban")), a_context())
    assert settled.applicable == ("ban", "leave")
    assert settled.defeated == (("ban", prevails(("leave", "ban"))["leave", "ban"]),)
    assert settled.standing == (("leave", MIGHT),)
    assert settled.conflicts == ()


def test_a_norm_prevails_only_where_it_applies_and_disagrees() -> None:
    """Priority without incompatibility, or of a norm that does not apply, defeats nothing."""
    corpus = a_corpus(a_norm("ban"), a_norm("same"), a_norm("leave", MIGHT, guard=FIT))
    defeats = prevails(("same", "ban"), ("leave", "ban"))
    found = resolve(MAY, corpus, defeats, a_context({"party.fit": False}))
    assert found.defeated == ()
    assert found.conflicts == ()


def test_a_defeated_norm_still_defeats() -> None:
    """Defeat does not reinstate: who is defeated by a defeated norm stays defeated."""
    corpus = a_corpus(a_norm("low", MIGHT), a_norm("middle"), a_norm("high", MIGHT))
    found = resolve(
        MAY, corpus, prevails(("middle", "low"), ("high", "middle"), ("high", "low")), a_context()
    )
    assert [loser for loser, _ in found.defeated] == ["low", "middle"]
    assert found.standing == (("high", MIGHT),)


def test_every_prevailing_norm_is_named() -> None:
    """A norm that two others defeat is listed with each."""
    corpus = a_corpus(a_norm("ban"), a_norm("one", MIGHT), a_norm("two", MUST))
    found = resolve(MAY, corpus, prevails(("one", "ban"), ("two", "ban")), a_context())
    assert [(loser, by.winner) for loser, by in found.defeated] == [("ban", "one"), ("ban", "two")]


def test_a_gap_is_a_case_in_the_domain_that_nothing_answers() -> None:
    """Outside of the domain, or with any answer, even one that is left open, there is no gap."""
    fine = WhichValue("fine")
    fit, unfit = a_context({"party.fit": True}), a_context({"party.fit": False})
    assert resolve(fine, a_corpus(), {}, fit).gap
    assert not resolve(fine, a_corpus(), {}, unfit).gap
    assert not resolve(fine, a_corpus(), {}, a_context()).gap
    assert not resolve(fine, a_corpus(a_norm("n", Answer(None), fine)), {}, fit).gap
    assert not resolve(WhichValue("colour"), a_corpus(), {}, fit).gap
    assert not resolve(MAY, a_corpus(), {}, fit).gap


def test_a_norm_that_may_apply_is_undetermined_and_leaves_no_gap_certain() -> None:
    """What the case does not tell is listed, and nothing is concluded from its silence."""
    fine = WhichValue("fine")
    corpus = a_corpus(a_norm("n", yuan(3), fine, guard=FactRef("party.harmful")))
    found = resolve(fine, corpus, {}, a_context({"party.fit": True}))
    assert found.undetermined == ("n",)
    assert found.applicable == ()
    assert not found.gap


def a_question_of(corpus: Corpus) -> st.SearchStrategy[Question]:
    return st.sampled_from(list(dict.fromkeys(norm.question for norm in corpus.norms)))


questions = draw.questions(draw.VOCABULARY)
corpora = questions.flatmap(lambda asked: draw.corpora(question=asked, depth=2))


@given(st.data())
def test_the_applicable_norms_are_those_defeated_and_those_standing(data: st.DataObject) -> None:
    """In a complete case every norm applies or not, and every applicable one is defeated or stands."""
    corpus = data.draw(corpora)
    found = resolve(
        data.draw(a_question_of(corpus)),
        corpus,
        data.draw(draw.defeats(corpus)),
        data.draw(draw.contexts(corpus)),
    )
    losers = {loser for loser, _ in found.defeated}
    standing = dict(found.standing)
    assert found.undetermined == ()
    assert losers.isdisjoint(standing)
    assert losers | set(standing) == set(found.applicable)
    assert bool(standing) == bool(found.applicable)  # a relation without a circle leaves one
    assert not (found.gap and found.applicable)
    combination = corpus.combination(found.question)
    for one, other in found.conflicts:
        assert incompatible(standing[one], standing[other], combination)


@given(st.data())
def test_what_an_incomplete_case_settles_stays_settled(data: st.DataObject) -> None:
    """Completing a case adds to what applies and what is defeated, and changes nothing that was certain."""
    corpus = data.draw(corpora)
    question, defeats = data.draw(a_question_of(corpus)), data.draw(draw.defeats(corpus))
    context = data.draw(draw.contexts(corpus, complete=False))
    before = resolve(question, corpus, defeats, context)
    after = resolve(question, corpus, defeats, data.draw(draw.completions(corpus, context)))
    assert set(before.applicable) <= set(after.applicable) <= {*before.applicable, *before.undetermined}
    assert set(before.defeated) <= set(after.defeated)
    assert after.gap or not before.gap
    if not before.undetermined:
        assert before == evolve(after, gap=before.gap)


@given(st.data())
def test_the_order_of_norms_decides_nothing(data: st.DataObject) -> None:
    """Turning the corpus round gives the same answer in another order."""
    corpus = data.draw(corpora)
    question, defeats = data.draw(a_question_of(corpus)), data.draw(draw.defeats(corpus))
    context = data.draw(draw.contexts(corpus))
    found = resolve(question, corpus, defeats, context)
    turned = resolve(question, evolve(corpus, norms=corpus.norms[::-1]), defeats, context)
    assert set(found.defeated) == set(turned.defeated)
    assert dict(found.standing) == dict(turned.standing)
    assert {frozenset(pair) for pair in found.conflicts} == {frozenset(pair) for pair in turned.conflicts}
    assert found.gap == turned.gap


@given(st.data())
def test_the_formulas_say_the_same(data: st.DataObject) -> None:
    """Applicability and incompatibility, written as kernel expressions, evaluate to what is defined here."""
    corpus = data.draw(corpora)
    context = data.draw(draw.contexts(corpus))
    for norm in corpus.norms:
        formula = formulas.applicable(norm, corpus, context.law_date)
        assert evaluate(formula, corpus, context) is applicable(norm, corpus, context)
    for one, other in combinations(corpus.norms, 2):
        combination = corpus.combination(one.question)
        formula = formulas.incompatible(one.position, other.position, combination, corpus)
        taken, another = (position(norm, corpus, context) for norm in (one, other))
        if not isinstance(taken, NonValue) and not isinstance(another, NonValue):
            assert evaluate(formula, corpus, context) is incompatible(taken, another, combination)
