"""The answer in one word, and the condition under which it comes out: they say the same of every case."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import strategies as draw
from guiju.compiler.doctrine import Defeat, Doctrine, Grade
from guiju.compiler.evaluate import evaluate
from guiju.compiler.formulas import Incomparable
from guiju.compiler.kernel import (
    FALSE,
    TRUE,
    Answer,
    Case,
    Const,
    Context,
    Corpus,
    Deed,
    FactRef,
    Instrument,
    MayDo,
    Modality,
    Norm,
    Position,
    Question,
    Strength,
    Today,
    WhichValue,
)
from guiju.compiler.resolve import EvaluatedAnswer, EvaluatedPosition, Resolution, resolve
from guiju.compiler.verdicts import Conditions, Verdict, grounds, of_standing, possible, verdict

MAY, COLOUR = MayDo(Deed("party", "practise")), WhichValue("colour")
STRICT, LENIENT, ENCOURAGED = Strength.STRICT, Strength.IN_PRINCIPLE, Strength.ENCOURAGED
MUST, MUST_NOT, MIGHT = Modality.OBLIGED, Modality.FORBIDDEN, Modality.PERMITTED
RED, OPEN = EvaluatedAnswer("red"), EvaluatedAnswer(None)


def a_norm(name: str, strength: Strength, position: Position = MUST_NOT, question: Question = MAY) -> Norm:
    return Norm(name, name, "law", (), TRUE, question, position, "country", Today(), strength)


def a_corpus(*norms: Norm) -> Corpus:
    law = Instrument("law", "law", "ministry", "country")
    return evolve(draw.VOCABULARY, instruments={"law": law}, norms=norms)


def standing(*taken: tuple[Strength, EvaluatedPosition]) -> list[tuple[Norm, EvaluatedPosition]]:
    return [(a_norm(f"n{number}", strength), position) for number, (strength, position) in enumerate(taken)]


@given(st.data())
def test_the_condition_of_a_verdict_holds_where_it_comes_out_and_nowhere_else(data: st.DataObject) -> None:
    """On random norms: one verdict of the possible ones, and its condition alone."""
    question = data.draw(draw.questions(draw.VOCABULARY))
    corpus = data.draw(draw.corpora(question=question, depth=1))
    defeats = data.draw(draw.defeats(corpus))
    context = data.draw(draw.contexts(corpus))
    said = verdict(resolve(question, corpus, defeats, context), {n.id: n for n in corpus.norms})
    conditions = Conditions(question, corpus, defeats, context.law_date)
    holding = [each for each in Verdict if evaluate(conditions.of(each), corpus, context) is True]
    assert holding == [said]
    assert said in possible(question)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (MAY, {"eligible", "ineligible", "discretionary", "in_conflict"}),
        (COLOUR, {"answered", "discretionary", "silent", "in_conflict"}),
    ],
)
def test_the_verdicts_of_a_question(question: Question, words: set[str]) -> None:
    """Of the others no condition holds."""
    assert {each.value for each in possible(question)} == words
    conditions = Conditions(question, a_corpus(), {})
    assert {each for each in Verdict if conditions.of(each) == FALSE} >= set(Verdict) - set(
        possible(question)
    )


@pytest.mark.parametrize(
    ("taken", "said"),
    [
        ([], Verdict.ELIGIBLE),
        ([(STRICT, MIGHT), (STRICT, MUST)], Verdict.ELIGIBLE),
        ([(STRICT, MIGHT), (STRICT, MUST_NOT)], Verdict.INELIGIBLE),
        ([(LENIENT, MUST_NOT), (STRICT, MIGHT)], Verdict.DISCRETIONARY),
        ([(LENIENT, MUST_NOT), (STRICT, MUST_NOT)], Verdict.INELIGIBLE),
    ],
)
def test_on_a_deed_only_what_forbids_counts(
    taken: list[tuple[Strength, EvaluatedPosition]], said: Verdict
) -> None:
    """And the firmest of it."""
    assert of_standing(MAY, standing(*taken), conflict=False) is said
    assert of_standing(MAY, standing(*taken), conflict=True) is Verdict.IN_CONFLICT


@pytest.mark.parametrize(
    ("taken", "said"),
    [
        ([], Verdict.SILENT),
        ([(STRICT, RED)], Verdict.ANSWERED),
        ([(STRICT, OPEN)], Verdict.DISCRETIONARY),
        ([(LENIENT, RED)], Verdict.DISCRETIONARY),
        ([(LENIENT, OPEN), (STRICT, RED)], Verdict.ANSWERED),
    ],
)
def test_a_value_may_be_given_left_open_or_missing(
    taken: list[tuple[Strength, EvaluatedPosition]], said: Verdict
) -> None:
    assert of_standing(COLOUR, standing(*taken), conflict=False) is said


def test_while_a_norm_is_open_the_verdict_is() -> None:
    """Whatever stands already."""
    norm = a_norm("n", STRICT)
    known = Resolution(MAY, ("n",), (), (("n", MUST_NOT),), (), gap=False, undetermined=())
    assert verdict(known, {"n": norm}) is Verdict.INELIGIBLE
    assert verdict(evolve(known, undetermined=("m",)), {"n": norm}) is Verdict.UNDETERMINED


def test_a_norm_stands_unless_one_that_applies_defeats_it() -> None:
    """A winner that does not apply, or agrees, defeats nothing."""
    permits = evolve(a_norm("winner", STRICT, MIGHT), guard=FactRef("party.fit"))
    forbids = a_norm("loser", STRICT)
    defeats = {("winner", "loser"): Defeat("winner", "loser", Doctrine.SUPERIOR, Grade.STATUTE)}
    corpus = a_corpus(permits, forbids)
    conditions = Conditions(MAY, corpus, defeats)
    context = Context(Case({"party.fit": True}), draw.HORIZON[0], "town")
    unfit = evolve(context, case=Case({"party.fit": False}))
    assert evaluate(conditions.stands(forbids), corpus, context) is False
    assert evaluate(conditions.stands(forbids), corpus, unfit) is True
    assert evaluate(conditions.stands(permits), corpus, context) is True
    agreeing = a_corpus(evolve(permits, position=MUST_NOT), forbids)
    assert evaluate(Conditions(MAY, agreeing, defeats).stands(forbids), agreeing, context) is True


def test_answers_in_different_units_are_in_no_conflict_that_can_be_said() -> None:
    """The condition of a conflict is refused, as the comparison is; the units are those that are declared."""
    days, amount = (
        a_norm(name, STRICT, Answer(FactRef(f"party.{name}")), WhichValue("fine"))
        for name in ("days", "amount")
    )
    with pytest.raises(Incomparable):
        Conditions(WhichValue("fine"), a_corpus(days, amount), {}).of(Verdict.IN_CONFLICT)


# --- What a verdict rests on -----------------------------------------------------------------------------


def test_the_grounds_of_a_bar_are_what_forbids_as_firmly() -> None:
    """Of a firm one the firm, of a lenient one all that forbid; of a permission what permits or demands."""
    norms = {n.id: n for n in (a_norm("firm", STRICT), a_norm("soft", LENIENT), a_norm("may", STRICT, MIGHT))}
    all_three = (("firm", MUST_NOT), ("soft", MUST_NOT), ("may", MIGHT))
    known = Resolution(MAY, (), (), all_three, (("firm", "may"),), gap=False, undetermined=())
    assert grounds(known, norms, Verdict.INELIGIBLE) == ("firm",)
    assert grounds(known, norms, Verdict.DISCRETIONARY) == ("firm", "soft")
    assert grounds(known, norms, Verdict.IN_CONFLICT) == ("firm", "may")
    assert grounds(known, norms, Verdict.UNDETERMINED) == ("firm", "soft", "may")
    assert grounds(evolve(known, standing=all_three[2:]), norms, Verdict.ELIGIBLE) == ("may",)


def test_the_grounds_of_a_value_are_all_that_give_one() -> None:
    """The lenient ones too."""
    value = Answer(Const("red", draw.KIND))
    norms = {n: a_norm(n, s, value, COLOUR) for n, s in (("firm", STRICT), ("soft", ENCOURAGED))}
    known = Resolution(COLOUR, (), (), (("firm", RED), ("soft", RED)), (), gap=False, undetermined=())
    for said in (Verdict.ANSWERED, Verdict.DISCRETIONARY):
        assert grounds(known, norms, said) == ("firm", "soft")
