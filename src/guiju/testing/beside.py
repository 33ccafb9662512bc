"""What an answer shows of the questions beside the topic's own, and when that is not the same.

Until when a bar holds, by when a duty is due, within how many hours, how often: these are shown beside the
norm of the same rule that stands on the topic's own question, as by ``expected``. So is which of the norms on
such questions give way.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from guiju.compiler import formulas
from guiju.compiler.kernel import (
    FALSE,
    TRUE,
    Answer,
    BarEnd,
    DueBy,
    Expr,
    Modality,
    Norm,
    Position,
    Question,
    Span,
    Today,
    conjunction,
    disjunction,
    may_contradict,
    negation,
)
from guiju.testing.rules import Rules, equal_positions


@frozen(eq=False)
class Given:
    """``position`` is what is shown, where ``when`` holds; ``fixed``: without the day that it starts on."""

    when: Expr
    position: Position
    fixed: bool = False


def shown_differ(question: Question, one: Rules, other: Rules) -> Expr:
    """When answers of two versions do not show the same of ``question``, which is not the topic's own.

    The versions are the same but for what they say to ``question``.
    """
    asked = [*one.asked(question), *other.asked(question)]
    found = [days_differ(question, one, other)]
    for id_ in dict.fromkeys(norm.id for norm in asked):
        then, now = _beaten(question, one, id_), _beaten(question, other, id_)
        if then != now:
            found.append(conjunction(then, negation(now)))
            found.append(conjunction(now, negation(then)))
    return disjunction(*found)


def days_differ(question: Question, one: Rules, other: Rules) -> Expr:
    """The same of the days, hours and recurrences alone, whatever gives way."""
    found: list[Expr] = []
    asked = [*one.asked(question), *other.asked(question)]
    for rule in dict.fromkeys(norm.rule for norm in asked):
        beside = _beside(question, one, rule)
        if beside != FALSE:
            found.append(conjunction(beside, negation(shown_alike(question, (one, rule), (other, rule)))))
    return disjunction(*found)


def shown_alike(question: Question, one: tuple[Rules, str], other: tuple[Rules, str]) -> Expr:
    """When the same of ``question`` is shown beside two rules, each in its version: or nothing of it."""
    before, after = ([*shown_of(question, rules, rule)] for rules, rule in (one, other))
    return negation(_differ(before, after, one[0]))


def _beside(question: Question, rules: Rules, rule: str) -> Expr:
    """When the norm of ``rule`` stands beside which it is shown; of a duty's terms, the duty."""
    main = rules.topic.question
    said = rules.conditions(main)
    return disjunction(
        *(
            said.stands(norm)
            for norm in rules.asked(main)
            if norm.rule == rule and (isinstance(question, BarEnd) or norm.position is Modality.OBLIGED)
        )
    )


def shown_of(question: Question, rules: Rules, rule: str) -> Iterator[Given]:
    """What is shown beside ``rule``: of spans the last that applies, of other values the first to stand."""
    said = rules.conditions(question)
    norms = [norm for norm in rules.asked(question) if norm.rule == rule]
    spans = all(isinstance(norm.position, Span) for norm in norms)
    preferred = list(reversed(norms)) if spans else [n for n in norms if n.position != Answer(None)]
    before: list[Expr] = []
    for norm in preferred:
        speaks = rules.applies(norm) if spans else said.stands(norm)
        when = conjunction(speaks, *(negation(each) for each in before))
        before.append(speaks)
        yield from _prevailing(question, rules, norm, when) if spans else [Given(when, norm.position)]


def _prevailing(question: Question, rules: Rules, norm: Norm, when: Expr) -> Iterator[Given]:
    """The span of ``norm``; of a term the one that it gives way to, the last where there are several."""
    if not isinstance(question, DueBy) or _is_fixed(norm):
        yield Given(when, norm.position, _is_fixed(norm))
        return
    left = when
    for winner in reversed(_winners(question, rules, norm)):
        defeated = _defeats(question, rules, winner, norm)
        yield Given(conjunction(left, defeated), winner.position)
        left = conjunction(left, negation(defeated))
    yield Given(left, norm.position)


def _differ(before: list[Given], after: list[Given], rules: Rules) -> Expr:
    """Something is shown in one and nothing in the other, or something else."""
    one, other = disjunction(*(g.when for g in before)), disjunction(*(g.when for g in after))
    found = [conjunction(one, negation(other)), conjunction(other, negation(one))]
    for a in before:
        for b in after:
            alike = _same(a, b, rules)
            if alike != TRUE and (a.position, a.fixed) != (b.position, b.fixed):
                found.append(conjunction(a.when, b.when, negation(alike)))
    return disjunction(*found)


def _same(one: Given, other: Given, rules: Rules) -> Expr:
    """When both show the same: of two spans of which one shows no first day, never."""
    return equal_positions(one.position, other.position, rules.corpus) if one.fixed == other.fixed else FALSE


def _beaten(question: Question, rules: Rules, id_: str) -> Expr:
    """When an answer tells that a norm gives way: not where both it and what prevails are named days."""
    norm = next((each for each in rules.asked(question) if each.id == id_), None)
    if norm is None or not isinstance(norm.position, Span):
        return FALSE
    winners = [each for each in _winners(question, rules, norm) if not (_is_fixed(each) and _is_fixed(norm))]
    defeated = disjunction(*(_defeats(question, rules, each, norm) for each in winners))
    return conjunction(rules.applies(norm), defeated)


def _winners(question: Question, rules: Rules, norm: Norm) -> list[Norm]:
    return [
        each
        for each in rules.asked(question)
        if (each.id, norm.id) in rules.defeats and may_contradict(each, norm)
    ]


def _defeats(question: Question, rules: Rules, winner: Norm, loser: Norm) -> Expr:
    combination = rules.corpus.combination(question)
    clash = formulas.incompatible(winner.position, loser.position, combination, rules.corpus)
    return conjunction(rules.applies(winner), clash)


def _is_fixed(norm: Norm) -> bool:
    """Whether it gives a day that the text names, counted from no event."""
    return isinstance(norm.position, Span) and norm.position.start == Today()
