"""The rules on one topic, and when two versions of them answer differently.

A version is a corpus whose norms are those of the topic, and who prevails among them. A mutant is another
version, and so is what a later corpus says; ``differ`` is the condition on a case under which the answers to
one question are not the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from attrs import frozen

from guiju.compiler import formulas
from guiju.compiler.kernel import (
    FALSE,
    TRUE,
    Answer,
    Combination,
    Corpus,
    Expr,
    Norm,
    Position,
    Question,
    Span,
    WhichValue,
    binds,
    conjunction,
    disjunction,
    negation,
)
from guiju.compiler.resolve import Defeats
from guiju.compiler.verdicts import Conditions, possible
from guiju.decisions.topics import Topic


@frozen(eq=False)
class Rules:
    """What answers one topic.

    Attributes:
        topic: What is asked.
        corpus: Its norms are those of the topic.
        defeats: Which of them prevail over which.
    """

    topic: Topic
    corpus: Corpus
    defeats: Defeats

    def asked(self, question: Question) -> list[Norm]:
        """The norms that answer ``question`` and bind."""
        return [norm for norm in self.corpus.norms if norm.question == question and binds(norm)]

    def conditions(self, question: Question) -> Conditions:
        """When each norm stands and each verdict comes out."""
        return Conditions(question, self.corpus, self.defeats)

    def applies(self, norm: Norm) -> Expr:
        """The condition under which ``norm`` applies."""
        return formulas.applicable(norm, self.corpus)


def norms_differ(question: Question, one: Rules, other: Rules) -> Expr:
    """When the norms that stand or are defeated, or what they give, are not the same, by their ids."""
    before, after = one.conditions(question), other.conditions(question)
    then = {norm.id: norm for norm in one.asked(question)}
    now = {norm.id: norm for norm in other.asked(question)}
    found: list[Expr] = []
    for id_ in dict.fromkeys((*then, *now)):
        m, n = then.get(id_), now.get(id_)
        if m is None or n is None:
            found.append(one.applies(m) if m is not None else other.applies(n) if n is not None else FALSE)
            continue
        found.append(_either(one.applies(m), other.applies(n)))
        if _beaten(id_, one) != _beaten(id_, other) or _moved(id_, one, other):
            found.append(_either(before.stands(m), after.stands(n)))
        given = _given_otherwise(m, n, one.corpus)
        if given != FALSE:
            found.append(conjunction(before.stands(m), after.stands(n), given))
        if m.strength is not n.strength:
            found.append(conjunction(before.stands(m), after.stands(n)))
    if one.corpus.combination(question) is not other.corpus.combination(question):
        found.append(outcomes_differ(question, one, other))
    return disjunction(*found)


def outcomes_differ(question: Question, one: Rules, other: Rules) -> Expr:
    """When the verdicts, or the values that stand, are not the same, whatever norms give them."""
    before, after = one.conditions(question), other.conditions(question)
    found = [conjunction(before.of(verdict), negation(after.of(verdict))) for verdict in possible(question)]
    if any(
        isinstance(norm.position, Answer | Span) for norm in (*one.asked(question), *other.asked(question))
    ):
        found += _values_not_in(question, one, other)
        found += _values_not_in(question, other, one)
    chosen = {one.corpus.combination(question), other.corpus.combination(question)}
    if len(chosen) > 1 and chosen & {Combination.STRICTEST, Combination.MILDEST}:
        # One takes the strictest, or mildest, of what the other takes otherwise: wherever two values meet.
        found += _two_values(question, one)
    return disjunction(*found)


def _values_not_in(question: Question, one: Rules, other: Rules) -> Iterator[Expr]:
    """When a value stands under ``one`` that none gives under ``other``."""
    before, after = one.conditions(question), other.conditions(question)
    for norm in one.asked(question):
        given = [
            conjunction(after.stands(each), equal_positions(norm.position, each.position, one.corpus))
            for each in other.asked(question)
        ]
        yield conjunction(before.stands(norm), negation(disjunction(*given)))


def _two_values(question: Question, rules: Rules) -> Iterator[Expr]:
    said = rules.conditions(question)
    for one, other in product(rules.asked(question), repeat=2):
        if one.id < other.id:
            yield conjunction(
                said.stands(one),
                said.stands(other),
                negation(equal_positions(one.position, other.position, rules.corpus)),
            )


def equal_positions(one: Position, other: Position, corpus: Corpus) -> Expr:
    """When two positions on one question are the same, both having a value."""
    match one, other:
        case Answer(None), Answer(None):
            return TRUE
        case Answer(None), Answer():
            return FALSE
        case Answer(), Answer(None):
            return FALSE
        case Answer(), Answer():
            return negation(formulas.incompatible(one, other, Combination.SINGLE, corpus))
        case Span(start, end), Span(another_start, another_end):
            return conjunction(
                *(
                    negation(formulas.incompatible(Answer(a), Answer(b), Combination.SINGLE, corpus))
                    for a, b in ((start, another_start), (end, another_end))
                )
            )
        case _:
            return TRUE if one is other else FALSE


def visible(question: Question, rules: Rules, norm: Norm) -> Expr:
    """When an answer to the topic shows what ``norm`` says to ``question``.

    What it says to the topic's own question is always shown; the days of a bar, a permission or a duty only
    beside the norm of the same rule that stands.
    """
    main = rules.topic.question
    if question == main or isinstance(question, WhichValue):
        return TRUE
    said = rules.conditions(main)
    return disjunction(*(said.stands(each) for each in rules.asked(main) if each.rule == norm.rule))


def _given_otherwise(m: Norm, n: Norm, corpus: Corpus) -> Expr:
    if m.position == n.position:
        return FALSE
    return negation(equal_positions(m.position, n.position, corpus))


def _beaten(id_: str, rules: Rules) -> set[str]:
    return {winner for winner, loser in rules.defeats if loser == id_}


def _moved(id_: str, one: Rules, other: Rules) -> bool:
    """Whether a norm that prevails over that one is not the same in both."""
    then = {norm.id: norm for norm in one.corpus.norms}
    now = {norm.id: norm for norm in other.corpus.norms}
    return then.get(id_) != now.get(id_) or any(
        then.get(winner) != now.get(winner) for winner in _beaten(id_, one) | _beaten(id_, other)
    )


def _either(one: Expr, other: Expr) -> Expr:
    """Exactly one of the two holds."""
    if one == other:
        return FALSE
    return disjunction(conjunction(one, negation(other)), conjunction(other, negation(one)))
