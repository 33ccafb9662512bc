"""The rules on one topic, and when two versions of them answer differently.

A version is a corpus whose norms are those of the topic, and who prevails among them. A mutant is another
version, and so is what a later corpus says. ``norms_differ`` and ``outcomes_differ`` are the conditions on a
case under which the answers to one question are not the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from attrs import field, frozen

from guiju.compiler import formulas
from guiju.compiler.kernel import (
    FALSE,
    TRUE,
    Answer,
    Combination,
    Corpus,
    Expr,
    MayDo,
    Modality,
    Norm,
    Position,
    Question,
    Span,
    Strength,
    WhichValue,
    binds,
    conjunction,
    disjunction,
    may_contradict,
    negation,
)
from guiju.compiler.resolve import Defeats
from guiju.compiler.verdicts import Conditions, Verdict, possible
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
    _applies: dict[str, tuple[Norm, Expr]] = field(factory=dict, init=False)

    def asked(self, question: Question) -> list[Norm]:
        """The norms that answer ``question`` and bind."""
        return [norm for norm in self.corpus.norms if norm.question == question and binds(norm)]

    def conditions(self, question: Question) -> Conditions:
        """When each norm stands and each verdict comes out."""
        return Conditions(question, self.corpus, self.defeats)

    def applies(self, norm: Norm) -> Expr:
        """The condition under which ``norm`` applies."""
        known = self._applies.get(norm.id)
        if known is None or known[0] is not norm:
            known = self._applies[norm.id] = (norm, formulas.applicable(norm, self.corpus))
        return known[1]


def norms_differ(question: Question, one: Rules, other: Rules) -> Expr:
    """When ``one`` and ``other`` do not say the same of ``question``, norm by norm.

    That is, when not the same norms apply or stand, by their ids, or one that stands gives something else. Of
    the topic's own question also when the verdict, what it rests on, or what several values come to is not
    the same: of the others an answer shows no verdict.
    """
    before, after = one.conditions(question), other.conditions(question)
    then = {norm.id: norm for norm in one.asked(question)}
    now = {norm.id: norm for norm in other.asked(question)}
    found: list[Expr] = []
    for id_ in dict.fromkeys((*then, *now)):
        m, n = then.get(id_), now.get(id_)
        if m is None or n is None:
            found.append(one.applies(m) if m is not None else other.applies(n) if n is not None else FALSE)
            continue
        stood, stands = before.stands(m), after.stands(n)
        found.append(_either(one.applies(m), other.applies(n)))
        found.append(_either(stood, stands))
        if m.position != n.position:
            alike = equal_positions(m.position, n.position, one.corpus)
            found.append(conjunction(stood, stands, negation(alike)))
    if question == one.topic.question:
        firmness = [{id_: norm.strength for id_, norm in each.items()} for each in (then, now)]
        if firmness[0] != firmness[1] or _combined_by(question, one) != _combined_by(question, other):
            found += _verdicts_differ(question, one, other)
            found += _grounds_differ(question, one, other)
            found += _combined_differ(question, one, other)
    return disjunction(*found)


def outcomes_differ(question: Question, one: Rules, other: Rules) -> Expr:
    """When the verdicts, or the values that stand, are not the same, whatever norms give them.

    Also when the same values come to another answer, because they are combined otherwise.
    """
    found = list(_verdicts_differ(question, one, other))
    if any(
        isinstance(norm.position, Answer | Span) for norm in (*one.asked(question), *other.asked(question))
    ):
        found += _values_not_in(question, one, other)
        found += _values_not_in(question, other, one)
        found += _combined_differ(question, one, other)
    return disjunction(*found)


def _verdicts_differ(question: Question, one: Rules, other: Rules) -> Iterator[Expr]:
    before, after = one.conditions(question), other.conditions(question)
    for verdict in possible(question):
        yield conjunction(before.of(verdict), negation(after.of(verdict)))


def _values_not_in(question: Question, one: Rules, other: Rules) -> Iterator[Expr]:
    """When a value stands under ``one`` that none gives under ``other``."""
    before, after = one.conditions(question), other.conditions(question)
    for norm in one.asked(question):
        given = [
            conjunction(after.stands(each), equal_positions(norm.position, each.position, one.corpus))
            for each in other.asked(question)
        ]
        yield conjunction(before.stands(norm), negation(disjunction(*given)))


def _combined_by(question: Question, rules: Rules) -> Combination:
    return rules.corpus.combination(question)


def _combined_differ(question: Question, one: Rules, other: Rules) -> Iterator[Expr]:
    """When the values that stand under ``one`` would come to something else under ``other``.

    Where one of the two takes the strictest or the mildest, two that are not the same suffice; but a value
    that is left open is compared with nothing, and then all are kept. Of spans the end decides.
    """
    chosen = {_combined_by(question, one), _combined_by(question, other)}
    if len(chosen) < 2 or not chosen & {Combination.STRICTEST, Combination.MILDEST}:
        return
    said, norms = one.conditions(question), one.asked(question)
    left_open = disjunction(*(said.stands(norm) for norm in norms if norm.position == Answer(None)))
    for m, n in combinations(norms, 2):
        p, q = m.position, n.position
        if chosen == {Combination.STRICTEST, Combination.MILDEST}:
            p, q = (Answer(each.end) if isinstance(each, Span) else each for each in (p, q))
        apart = negation(equal_positions(p, q, one.corpus))
        yield conjunction(negation(left_open), said.stands(m), said.stands(n), apart)


def _grounds_differ(question: Question, one: Rules, other: Rules) -> Iterator[Expr]:
    """When the verdict rests on a norm under one version and not under the other."""
    now = {norm.id: norm for norm in other.asked(question)}
    for norm in one.asked(question):
        if norm.id in now:
            yield _either(_is_ground(norm, question, one), _is_ground(now[norm.id], question, other))


def _is_ground(norm: Norm, question: Question, rules: Rules) -> Expr:
    """When the verdict rests on ``norm``, as ``verdicts.grounds`` says it."""
    said = rules.conditions(question)
    clashes = disjunction(
        *(
            conjunction(said.stands(each), _incompatible(norm, each, question, rules))
            for each in rules.asked(question)
            if each.id != norm.id and may_contradict(each, norm)
        )
    )
    at_peace = negation(said.of(Verdict.IN_CONFLICT))
    if isinstance(question, MayDo):
        if norm.position is not Modality.FORBIDDEN:
            at_peace = said.of(Verdict.ELIGIBLE)
        elif norm.strength is not Strength.STRICT:
            at_peace = said.of(Verdict.DISCRETIONARY)
    return conjunction(said.stands(norm), disjunction(clashes, at_peace))


def _incompatible(one: Norm, other: Norm, question: Question, rules: Rules) -> Expr:
    combination = _combined_by(question, rules)
    return formulas.incompatible(one.position, other.position, combination, rules.corpus)


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


def _either(one: Expr, other: Expr) -> Expr:
    """Exactly one of the two holds."""
    if one == other:
        return FALSE
    return disjunction(conjunction(one, negation(other)), conjunction(other, negation(one)))
