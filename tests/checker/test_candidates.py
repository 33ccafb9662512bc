"""Which pairs are worth a query: they can disagree, at one place, in one case; no other is asked about."""

from __future__ import annotations

from itertools import combinations

import pytest
from attrs import evolve

from guiju.checker.ask import Asker
from guiju.checker.candidates import by_question, may_disagree, on_one_branch, pairs
from guiju.checker.finding import NormRef
from guiju.checker.overlaps import overlaps
from guiju.compiler.doctrine import Defeat, Doctrine, Grade
from guiju.compiler.kernel import (
    TRUE,
    Answer,
    Combination,
    Compare,
    Const,
    Corpus,
    Deed,
    Expr,
    FactRef,
    Instrument,
    Integer,
    MayDo,
    Modality,
    Norm,
    Not,
    Order,
    Outcome,
    Position,
    Question,
    Span,
    Standing,
    Strength,
    Today,
    WhichValue,
)
from guiju.compiler.smt import Backend
from strategies import AMOUNT, COUNT, VOCABULARY

MUST, MUST_NOT, MAY = Modality.OBLIGED, Modality.FORBIDDEN, Modality.PERMITTED
PRACTISE, FINE = MayDo(Deed("party", "practise")), WhichValue("fine")
NUMBER = FactRef("party.count")


def norm(name: str, position: Position = MUST, question: Question = PRACTISE, guard: Expr = TRUE) -> Norm:
    return Norm(name, name, "law", (), guard, question, position, "country", Today())


def corpus_of(*norms: Norm, combination: Combination = Combination.SINGLE) -> Corpus:
    law = Instrument("law", "law", "ministry", "country")
    outcomes = {**VOCABULARY.outcomes, "fine": Outcome("fine", AMOUNT, combination)}
    return evolve(VOCABULARY, instruments={"law": law}, norms=norms, outcomes=outcomes)


def yuan(amount: int) -> Answer:
    return Answer(Const(amount, AMOUNT))


def at_least(number: int) -> Expr:
    return Compare(Order.LE, Const(number, COUNT), NUMBER)


def names(*norms: Norm, filtered: bool = True) -> set[tuple[str, str]]:
    return {(one.id, other.id) for one, other in pairs(corpus_of(*norms), filtered)}


# --- What can disagree ------------------------------------------------------------------------------------


def test_of_two_modalities_one_forbids() -> None:
    """What must be done may be done."""
    for one, other in combinations((MUST, MUST, MUST_NOT, MUST_NOT, MAY, MAY), 2):
        expected = {one, other} in ({MUST, MUST_NOT}, {MAY, MUST_NOT})
        for combination in Combination:
            assert may_disagree(norm("a", one), norm("b", other), combination) is expected


@pytest.mark.parametrize("combination", Combination)
def test_values_disagree_where_they_should_agree_or_nobody_says(combination: Combination) -> None:
    """Not where each counts, nor where the strictest or mildest is taken; an open one disagrees with none."""
    told = combination in (Combination.SINGLE, Combination.UNSTATED)
    a, b, same = (norm(name, yuan(n), FINE) for name, n in (("a", 1), ("b", 2), ("same", 1)))
    left_open = norm("open", Answer(None), FINE)
    assert may_disagree(a, b, combination) is told
    assert may_disagree(a, same, combination) is False
    assert may_disagree(a, left_open, combination) is False
    assert may_disagree(left_open, a, combination) is False
    now, listed = Span(Today(), Today()), Span(Today(), FactRef("party.listed"))
    assert may_disagree(norm("a", now), norm("b", listed), combination) is told
    assert may_disagree(norm("a", now), norm("b", now), combination) is False


def test_what_does_not_bind_is_no_candidate() -> None:
    """What is encouraged or was not verified; the others by what they answer, in their order."""
    first, second, other = norm("a"), norm("b", MUST_NOT), norm("c", yuan(1), FINE)
    loose = evolve(norm("d"), strength=Strength.ENCOURAGED)
    unverified = evolve(norm("e"), standing=Standing.UNVERIFIED)
    found = by_question([first, loose, other, unverified, second])
    assert found == {PRACTISE: [first, second], FINE: [other]}


# --- What is filtered -------------------------------------------------------------------------------------


def test_places_that_do_not_lie_within_each_other_share_none() -> None:
    """A town lies in the south, and so does its ward; the north is elsewhere."""
    corpus = corpus_of()
    north, south, town, ward = (evolve(norm(p), territory=p) for p in ("north", "south", "town", "ward"))
    for one, other in ((south, ward), (ward, south), (town, town)):
        assert on_one_branch(one, other, corpus)
    for one, other in ((north, ward), (town, north)):
        assert not on_one_branch(one, other, corpus)
    apart = (evolve(town, position=MUST), evolve(north, position=MUST_NOT))
    assert names(*apart) == set()
    assert names(*apart, filtered=False) == {("town", "north")}


def test_guards_that_leave_no_common_case_need_no_query() -> None:
    """As far as single facts tell; the others are asked about, each with each."""
    few, many = norm("few", MUST, guard=Not(at_least(3))), norm("many", MUST_NOT, guard=at_least(4))
    three, fit = norm("three", MUST_NOT, guard=Not(at_least(4))), norm("fit", MAY, guard=FactRef("party.fit"))
    unfit = norm("unfit", MUST_NOT, guard=Not(FactRef("party.fit")))
    assert names(few, many, three) == {("few", "many"), ("few", "three")}
    exactly = norm("exactly", MUST, guard=Compare(Order.EQ, NUMBER, Const(3, COUNT)))
    assert names(exactly, many, three) == {("exactly", "three")}
    assert names(fit, unfit) == set()
    assert names(fit, unfit, many) == {("fit", "many")}
    assert names(fit, unfit, filtered=False) == {("fit", "unfit")}


# --- What comes of them -----------------------------------------------------------------------------------


def found(corpus: Corpus) -> tuple[set[tuple[str, str]], Asker, dict[tuple[str, str], Defeat]]:
    asker = Asker(corpus, Backend(corpus, 0))
    conflicts = overlaps(asker)
    return {(o.one.id, o.other.id) for o in conflicts.overlaps}, asker, dict(conflicts.defeats)


def test_answers_that_cannot_be_compared_are_noted_and_the_others_are_still_asked() -> None:
    """Units that differ are a mistake in one pair, not a reason to pass over the rest."""
    odd = norm("odd", Answer(Const(3, Integer(0, 9, "days"))), FINE)
    known, asker, _ = found(corpus_of(odd, norm("a", yuan(1), FINE), norm("b", yuan(2), FINE)))
    assert known == {("a", "b")}
    reasons = {each.question.split(":")[0]: each.reason for each in asker.undecided}
    assert set(reasons) == {"odd × a", "odd × b"}
    assert all(reason.startswith("unsupported: one answer is in ") for reason in reasons.values())
    assert asker.undecided[0].norms == tuple(NormRef.of(n) for n in asker.corpus.norms[:2])


def test_every_pair_that_can_disagree_is_settled_unless_nobody_says_how_they_combine() -> None:
    """By what is special, here; the defeats are those of the pairs."""
    wide, narrow = norm("wide", yuan(1), FINE), norm("narrow", yuan(2), FINE, FactRef("party.fit"))
    defeat = Defeat("narrow", "wide", Doctrine.SPECIAL, Grade.ARGUED)
    known, _, defeats = found(corpus_of(wide, narrow))
    assert (known, defeats) == ({("wide", "narrow")}, {("narrow", "wide"): defeat})
    known, _, defeats = found(corpus_of(wide, narrow, combination=Combination.UNSTATED))
    assert (known, defeats) == ({("wide", "narrow")}, {})
    assert found(corpus_of(wide, narrow, combination=Combination.ALL))[0] == set()


def test_progress_is_told_before_each_pair() -> None:
    """How many there are, and which it is."""
    told: list[tuple[int, int]] = []
    corpus = corpus_of(norm("a"), norm("b", MUST_NOT), norm("c", MUST_NOT, guard=FactRef("party.fit")))
    overlaps(Asker(corpus, Backend(corpus, 0)), progress=lambda number, of: told.append((number, of)))
    assert told == [(0, 2), (1, 2)]
