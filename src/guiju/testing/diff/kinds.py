"""The ways in which the answer to a topic can change, each as the condition on a case in which it does.

Together the kinds are everything that an answer shows, so that where none of them can be, the answers are the
same: the verdict; the values that stand; whether a duty, a leave or a gap is there; and, beside the same
answer to the topic's own question, the days and terms, each by itself and taken together.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Sequence

from attrs import frozen

from guiju.compiler.kernel import (
    FALSE,
    BarEnd,
    Expr,
    MayDo,
    Modality,
    Norm,
    Question,
    Span,
    Strength,
    Today,
    WhichValue,
    conjunction,
    disjunction,
    negation,
)
from guiju.compiler.verdicts import Verdict, possible
from guiju.testing.diff.together import together_differ, until_differs
from guiju.testing.rules import Rules, equal_positions, outcomes_differ, visible


class Kind(enum.Enum):
    """How an answer changes; of an act, of an outcome, of either, and of what is beside them.

    GROUNDS is about why one norm gives way to another, where the answer may be the same: ``grounds`` has it.
    """

    BARRED = "barred"
    ELIGIBLE = "eligible"
    DISCRETION = "discretion"
    FIRM = "firm"
    CONFLICT = "conflict"
    NO_CONFLICT = "no_conflict"
    ANSWERED = "answered"
    SILENT = "silent"
    VALUE = "value"
    DUTY = "duty"
    NO_DUTY = "no_duty"
    DUTY_OTHERWISE = "duty_otherwise"
    LEAVE = "leave"
    NO_LEAVE = "no_leave"
    GAP = "gap"
    NO_GAP = "no_gap"
    TERM = "term"
    NEW_TERM = "new_term"
    NO_TERM = "no_term"
    GROUNDS = "grounds"


@frozen(eq=False)
class Possible:
    """A change that may or may not be possible: of ``question``, in the cases where ``condition`` holds."""

    kind: Kind
    question: Question
    condition: Expr


def kinds(old: Rules, new: Rules) -> Iterator[Possible]:
    """Everything that can change; what cannot by its form is left out."""
    main = new.topic.question
    found = [*_of_an_act(main, old, new)] if isinstance(main, MayDo) else [*_of_a_value(main, old, new)]
    changed = disjunction(*(each.condition for each in found))
    beside = _beside(old, new)
    for question in beside:
        found += _of_days(question, old, new, negation(changed))
    if isinstance(main, MayDo):
        told = disjunction(changed, *(each.condition for each in found))
        found.append(Possible(Kind.TERM, main, conjunction(negation(told), _taken(main, beside, old, new))))
    return (each for each in found if each.condition != FALSE)


def _of_an_act(question: MayDo, old: Rules, new: Rules) -> Iterator[Possible]:
    free, barred, left, conflict = (
        Verdict.ELIGIBLE,
        Verdict.INELIGIBLE,
        Verdict.DISCRETIONARY,
        Verdict.IN_CONFLICT,
    )
    became = _between(question, old, new)
    yield Possible(Kind.BARRED, question, became((free, left), barred))
    yield Possible(Kind.ELIGIBLE, question, became((barred, left), free))
    yield Possible(Kind.DISCRETION, question, became((free, barred), left))
    yield Possible(Kind.CONFLICT, question, became((free, barred, left), conflict))
    yield Possible(Kind.NO_CONFLICT, question, _either_of(became, (conflict,), (free, barred, left)))
    unchanged = _unchanged(question, old, new)
    owed = [_some(question, each, Modality.OBLIGED) for each in (old, new)]
    firm = [_some(question, each, Modality.OBLIGED, Strength.STRICT) for each in (old, new)]
    leave = [_some(question, each, Modality.PERMITTED) for each in (old, new)]
    yield Possible(Kind.DUTY, question, conjunction(unchanged, negation(owed[0]), owed[1]))
    yield Possible(Kind.NO_DUTY, question, conjunction(unchanged, owed[0], negation(owed[1])))
    yield Possible(Kind.DUTY_OTHERWISE, question, conjunction(unchanged, *owed, _not_alike(*firm)))
    yield Possible(Kind.LEAVE, question, conjunction(unchanged, negation(leave[0]), leave[1]))
    yield Possible(Kind.NO_LEAVE, question, conjunction(unchanged, leave[0], negation(leave[1])))


def _of_a_value(question: Question, old: Rules, new: Rules) -> Iterator[Possible]:
    firm, left, silent, conflict = (
        Verdict.ANSWERED,
        Verdict.DISCRETIONARY,
        Verdict.SILENT,
        Verdict.IN_CONFLICT,
    )
    became = _between(question, old, new)
    yield Possible(Kind.ANSWERED, question, _either_of(became, (silent,), (firm, left)))
    yield Possible(Kind.SILENT, question, became((firm, left), silent))
    yield Possible(Kind.DISCRETION, question, became((firm,), left))
    yield Possible(Kind.FIRM, question, became((left,), firm))
    yield Possible(Kind.CONFLICT, question, became((firm, left, silent), conflict))
    yield Possible(Kind.NO_CONFLICT, question, _either_of(became, (conflict,), (firm, left, silent)))
    same = disjunction(*(became((each,), each) for each in (firm, left, conflict)))
    yield Possible(Kind.VALUE, question, conjunction(same, outcomes_differ(question, old, new)))
    needed = [_domain(question, each) for each in (old, new)]
    nothing = became((silent,), silent)
    if needed[0] != needed[1]:
        yield Possible(Kind.GAP, question, conjunction(nothing, negation(needed[0]), needed[1]))
        yield Possible(Kind.NO_GAP, question, conjunction(nothing, needed[0], negation(needed[1])))


def _of_days(question: Question, old: Rules, new: Rules, unchanged: Expr) -> Iterator[Possible]:
    """Of days and terms, as far as they are shown: beside the norm of their rule that stands."""
    before, after = _shown(question, old), _shown(question, new)
    some, any_ = (disjunction(*(when for _, when in each)) for each in (before, after))
    yield Possible(Kind.NEW_TERM, question, conjunction(unchanged, negation(some), any_))
    yield Possible(Kind.NO_TERM, question, conjunction(unchanged, some, negation(any_)))
    other = disjunction(*_missing(before, after, new), *_missing(after, before, new))
    yield Possible(Kind.TERM, question, conjunction(unchanged, some, any_, other))


def _taken(question: MayDo, beside: Sequence[Question], old: Rules, new: Rules) -> Expr:
    """When what is shown of a norm, taken together, or until when somebody is barred, is not the same."""
    shown = together_differ(question, beside, old, new)
    return disjunction(shown, until_differs(question, beside, old, new))


Shown = Sequence[tuple[Norm, Expr]]


def _shown(question: Question, rules: Rules) -> Shown:
    """A window is its rule's own, whatever prevails over it; of terms those are shown that prevail.

    A day that the text names, counted from nothing, is shown in any case.
    """
    said = rules.conditions(question)
    found: list[tuple[Norm, Expr]] = []
    for norm in rules.asked(question):
        own = isinstance(question, BarEnd)
        named = isinstance(norm.position, Span) and norm.position.start == Today()
        there = said.applies(norm) if own or named else said.stands(norm)
        found.append((norm, conjunction(there, visible(question, rules, norm))))
    return found


def _missing(these: Shown, those: Shown, rules: Rules) -> Iterator[Expr]:
    """When something is shown among ``these`` that is not among ``those``."""
    for norm, when in these:
        alike = [
            conjunction(also, equal_positions(norm.position, other.position, rules.corpus))
            for other, also in those
        ]
        yield conjunction(when, negation(disjunction(*alike)))


def _beside(old: Rules, new: Rules) -> list[Question]:
    """The questions of the topic beside its own."""
    asked = [norm.question for rules in (old, new) for norm in rules.corpus.norms]
    return [question for question in dict.fromkeys(asked) if question != new.topic.question]


def _domain(question: Question, rules: Rules) -> Expr:
    assert isinstance(question, WhichValue)
    return rules.corpus.outcomes[question.outcome].domain or FALSE


Became = Callable[[tuple[Verdict, ...], Verdict], Expr]


def _between(question: Question, old: Rules, new: Rules) -> Became:
    """The condition that one of some verdicts became another verdict."""
    before, after = old.conditions(question), new.conditions(question)
    then = {verdict: before.of(verdict) for verdict in possible(question)}
    now = {verdict: after.of(verdict) for verdict in possible(question)}

    def became(was: tuple[Verdict, ...], is_: Verdict) -> Expr:
        return conjunction(disjunction(*(then[verdict] for verdict in was)), now[is_])

    return became


def _either_of(became: Became, was: tuple[Verdict, ...], is_: tuple[Verdict, ...]) -> Expr:
    return disjunction(*(became(was, each) for each in is_))


def _unchanged(question: Question, old: Rules, new: Rules) -> Expr:
    became = _between(question, old, new)
    return disjunction(*(became((verdict,), verdict) for verdict in possible(question)))


def _some(question: Question, rules: Rules, modality: Modality, strength: Strength | None = None) -> Expr:
    """When a norm stands that takes this position, and is this strong."""
    said = rules.conditions(question)
    return disjunction(
        *(
            said.stands(norm)
            for norm in rules.asked(question)
            if norm.position is modality and strength in (None, norm.strength)
        )
    )


def _not_alike(one: Expr, other: Expr) -> Expr:
    return disjunction(conjunction(one, negation(other)), conjunction(other, negation(one)))
