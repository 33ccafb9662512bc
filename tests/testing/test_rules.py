"""When two versions of rules differ: as a condition on the case, and by the reference evaluator."""

from __future__ import annotations

from attrs import evolve, frozen
from hypothesis import assume, given
from hypothesis import strategies as st

from guiju.compiler.combining import combined
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import (
    TRUE,
    And,
    Combination,
    Context,
    Corpus,
    FactRef,
    MayDo,
    Not,
    Or,
    Question,
    Today,
    WhichValue,
)
from guiju.compiler.resolve import EvaluatedPosition, EvaluatedSpan, Resolution, resolve
from guiju.compiler.verdicts import Verdict, grounds, verdict
from guiju.decisions.topics import Topic, name_of
from guiju.testing.mutations.catalogue import mutants
from guiju.testing.rules import Rules, norms_differ, outcomes_differ
from strategies import VOCABULARY, contexts, corpora, defeats, questions

PLAIN = (Combination.SINGLE, Combination.ALL, Combination.STRICTEST, Combination.MILDEST)


@frozen
class Said:
    """What one version says to a question in a case, by the reference alone."""

    resolution: Resolution
    verdict: Verdict
    grounds: frozenset[str]
    combined: frozenset[EvaluatedPosition]
    combination: Combination

    @property
    def by_norms(self) -> object:
        found = self.resolution
        return set(found.applicable), {loser for loser, _ in found.defeated}, dict(found.standing)


def topic_of(question: Question) -> Topic:
    name = name_of(question)
    if isinstance(question, WhichValue):
        return Topic(name, outcome=question.outcome)
    return Topic(name, deed=question.deed)


def said(question: Question, rules: Rules, context: Context) -> Said:
    found = resolve(question, rules.corpus, rules.defeats, context)
    norms = {norm.id: norm for norm in rules.asked(question)}
    word = verdict(found, norms)
    standing = [taken for _, taken in found.standing]
    return Said(
        found,
        word,
        frozenset(grounds(found, norms, word)),
        frozenset(combined(standing, question, rules.corpus)),
        rules.corpus.combination(question),
    )


def norms_apart(one: Said, other: Said, main: bool) -> bool:
    """Whether the norms say something else; of the topic's own question the verdict counts too."""
    if one.by_norms != other.by_norms:
        return True
    return main and (one.verdict, one.grounds, one.combined) != (other.verdict, other.grounds, other.combined)


def outcomes_apart(one: Said, other: Said, question: Question) -> bool:
    """Whether the verdict or the values are others; combined otherwise, also what they come to."""
    if one.verdict is not other.verdict:
        return True
    if isinstance(question, MayDo):
        return False
    return _values(one) != _values(other) or (
        one.combination is not other.combination and _chosen(one, other) != _chosen(other, one)
    )


def _values(each: Said) -> set[EvaluatedPosition]:
    return {taken for _, taken in each.resolution.standing}


def _chosen(each: Said, beside: Said) -> set[object]:
    """What the values come to; of the spans that two versions choose only the end counts."""
    choosing = {each.combination, beside.combination} <= {Combination.STRICTEST, Combination.MILDEST}
    return {taken.end if choosing and isinstance(taken, EvaluatedSpan) else taken for taken in each.combined}


_FIT, _HARMFUL = FactRef("party.fit"), FactRef("party.harmful")
_GUARDS = (TRUE, TRUE, _FIT, _HARMFUL, Not(_FIT), And((_FIT, _HARMFUL)), Or((_FIT, _HARMFUL)))


@st.composite
def meeting(draw: st.DrawFn, question: Question) -> Corpus:
    """Corpora as ``corpora`` draws them; in most of them the norms often apply, and so meet."""
    corpus = draw(corpora(max_norms=4, depth=2, question=question))
    if not draw(st.integers(0, 3)):
        return corpus
    norms = tuple(
        evolve(norm, guard=draw(st.sampled_from(_GUARDS)), territory="country", law_date=Today())
        for norm in corpus.norms
    )
    instruments = {name: evolve(each, start=None, end=None) for name, each in corpus.instruments.items()}
    return evolve(corpus, norms=norms, instruments=instruments)


@st.composite
def versions(draw: st.DrawFn) -> tuple[Question, Rules, Rules]:
    """Two versions that share some of their norms' ids and answer one question."""
    question = draw(questions(VOCABULARY))
    one, other = draw(meeting(question)), draw(meeting(question))
    other = evolve(_combining(other, question, draw(st.sampled_from(PLAIN))), calendar=one.calendar)
    return question, _rules(draw, one, question), _rules(draw, other, question)


@st.composite
def mistaken(draw: st.DrawFn) -> tuple[Question, Rules, Rules]:
    """Rules, and a mutant of them."""
    question = draw(questions(VOCABULARY))
    corpus = _combining(draw(meeting(question)), question, draw(st.sampled_from(PLAIN)))
    rules = _rules(draw, corpus, question)
    found = list(mutants(rules))
    assume(found)
    # Not each as often: there are so many more mistakes in conditions than of the other kinds.
    operator = draw(st.sampled_from(sorted({mutant.operator for mutant in found})))
    mutant = draw(st.sampled_from([mutant for mutant in found if mutant.operator == operator]))
    return question, rules, mutant.of(rules)


def _combining(corpus: Corpus, question: Question, combination: Combination) -> Corpus:
    match question:
        case WhichValue(name):
            outcome = evolve(corpus.outcomes[name], combination=combination)
            return evolve(corpus, outcomes={**corpus.outcomes, name: outcome})
        case _:
            action = evolve(corpus.actions[question.deed.action], combination=combination)
            return evolve(corpus, actions={**corpus.actions, action.name: action})


def _rules(draw: st.DrawFn, corpus: Corpus, question: Question) -> Rules:
    return Rules(topic_of(question), corpus, draw(defeats(corpus)))


def agree(question: Question, one: Rules, other: Rules, context: Context) -> None:
    """Both conditions say what the reference says."""
    before, after = said(question, one, context), said(question, other, context)
    main = question == one.topic.question
    for condition, apart in (
        (norms_differ(question, one, other), norms_apart(before, after, main)),
        (outcomes_differ(question, one, other), outcomes_apart(before, after, question)),
    ):
        assert evaluate(condition, other.corpus, context) is apart


@given(st.data())
def test_a_mutant_differs_where_the_reference_says_so(data: st.DataObject) -> None:
    question, one, other = data.draw(mistaken())
    for _ in range(4):
        context = evolve(data.draw(contexts(one.corpus)), law_date=None)
        agree(question, one, other, context)


@given(st.data())
def test_versions_differ_where_the_reference_says_so(data: st.DataObject) -> None:
    question, one, other = data.draw(versions())
    for _ in range(4):
        context = evolve(data.draw(contexts(one.corpus)), law_date=None)
        agree(question, one, other, context)
