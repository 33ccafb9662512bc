"""What an answer shows of one norm, taken together: its days, its term, how often.

Each of these may be as before, each by itself, and yet not what they are together: a second duty that has no
term beside one that has; a bar without end beside one that ends, and with it until when somebody is barred.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiju.compiler.kernel import (
    NEVER,
    BarEnd,
    Compare,
    Const,
    Date,
    Expr,
    MayDo,
    Modality,
    Norm,
    Order,
    Question,
    Span,
    Strength,
    conjunction,
    disjunction,
    negation,
)
from guiju.compiler.verdicts import Verdict
from guiju.testing.beside import shown_alike, shown_of
from guiju.testing.rules import Rules


def together_differ(question: MayDo, beside: Sequence[Question], old: Rules, new: Rules) -> Expr:
    """When one version shows a norm, with what is ``beside`` it, as the other shows none."""
    return disjunction(
        *_only_in_first(question, beside, old, new),
        *_only_in_first(question, beside, new, old),
    )


def _only_in_first(question: MayDo, beside: Sequence[Question], one: Rules, other: Rules) -> Iterator[Expr]:
    stood, stands = one.conditions(question), other.conditions(question)
    for norm in one.asked(question):
        alike = [
            conjunction(
                stands.stands(each),
                *(
                    shown_alike(about, (one, norm.rule), (other, each.rule))
                    for about in beside
                    if isinstance(about, BarEnd) or norm.position is Modality.OBLIGED
                ),
            )
            for each in other.asked(question)
            if each.position is norm.position
        ]
        yield conjunction(stood.stands(norm), negation(disjunction(*alike)))


def until_differs(question: MayDo, beside: Sequence[Question], old: Rules, new: Rules) -> Expr:
    """When both bar, and not until the same day: one has no last day, or another."""
    if not (windows := [each for each in beside if isinstance(each, BarEnd)]):
        return disjunction()
    barred = [each.conditions(question).of(Verdict.INELIGIBLE) for each in (old, new)]
    ends = [list(_ends(question, windows, each)) for each in (old, new)]
    endless = [
        disjunction(*(_endless(question, norm, windows, each) for norm in _grounds(question, each)))
        for each in (old, new)
    ]
    return conjunction(
        *barred,
        disjunction(
            conjunction(endless[0], negation(endless[1])),
            conjunction(endless[1], negation(endless[0])),
            conjunction(
                negation(endless[0]),
                negation(endless[1]),
                disjunction(*_later(ends[0], ends[1]), *_later(ends[1], ends[0])),
            ),
        ),
    )


#: When a bar stands that has a last day, and that day.
End = tuple[Expr, Expr]


def _later(these: Sequence[End], those: Sequence[End]) -> Iterator[Expr]:
    """When one of ``these`` lies after all of ``those``."""
    for when, end in these:
        reached = [conjunction(also, Compare(Order.LE, end, other)) for also, other in those]
        yield conjunction(when, negation(disjunction(*reached)))


def _ends(question: MayDo, windows: Sequence[Question], rules: Rules) -> Iterator[End]:
    for norm in _grounds(question, rules):
        stands = rules.conditions(question).stands(norm)
        for about in windows:
            for given in shown_of(about, rules, norm.rule):
                if isinstance(given.position, Span):
                    yield conjunction(stands, given.when), given.position.end


def _endless(question: MayDo, norm: Norm, windows: Sequence[Question], rules: Rules) -> Expr:
    """When a bar stands and no last day is shown beside it."""
    ending = [
        conjunction(given.when, negation(Compare(Order.EQ, given.position.end, Const(NEVER, Date()))))
        for about in windows
        for given in shown_of(about, rules, norm.rule)
        if isinstance(given.position, Span)
    ]
    return conjunction(rules.conditions(question).stands(norm), negation(disjunction(*ending)))


def _grounds(question: MayDo, rules: Rules) -> list[Norm]:
    """What a bar rests on, where it stands."""
    return [
        norm
        for norm in rules.asked(question)
        if norm.position is Modality.FORBIDDEN and norm.strength is Strength.STRICT
    ]
