"""Where a bound or a count of rows stands in a norm, and when it decides what the norm says.

A bound is a comparison of numbers, days or members of a scale. It may be a clause of the norm's
applicability; stand in the filter of rows that a clause counts or takes a day from; or be what a term is
chosen by. Each is a *site*, with the condition under which what it comes to matters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from attrs import frozen

from guiju.compiler.kernel import (
    FALSE,
    NEVER,
    TRUE,
    AtLeast,
    Compare,
    Const,
    Corpus,
    Date,
    Enumeration,
    Expr,
    Extreme,
    Integer,
    Norm,
    Order,
    children,
    conjunction,
    disjunction,
    negation,
    position_terms,
    rewritten,
)
from guiju.compiler.typing import check_type
from guiju.testing.clauses import clauses, decides
from guiju.testing.criteria.asking import binding
from guiju.testing.rules import Rules, visible
from guiju.testing.stepped import is_looked_up


@frozen(eq=False)
class Site:
    """A bound or a count of rows where it stands.

    Attributes:
        norm: The norm that it stands in.
        expr: The comparison, or the count.
        around: What has to hold for it to matter.
        record: The record whose rows it filters; None where it is no part of a filter.
        row: Of a filter, what holds of a row that this part of it decides on.
    """

    norm: Norm
    expr: Compare | AtLeast
    around: tuple[Expr, ...]
    record: str | None = None
    row: Expr = TRUE

    def asks(self, condition: Expr) -> tuple[Expr, ...]:
        """That ``condition`` holds where this matters; in a filter, of a row."""
        if self.record is None:
            return (*self.around, condition)
        return (*self.around, AtLeast(1, self.record, conjunction(condition, self.row)))


def sites(rules: Rules) -> Iterator[Site]:
    """The sites of all norms of the topic."""
    for norm in binding(rules):
        yield from _of_guard(norm, rules)
        yield from _of_position(norm, rules)


def standing(norm: Norm, rules: Rules) -> tuple[Expr, ...]:
    """That ``norm`` stands, and an answer shows what it says."""
    question = norm.question
    return rules.conditions(question).stands(norm), visible(question, rules, norm)


def is_bound(expr: Expr, corpus: Corpus, record: str | None = None) -> bool:
    """Whether ``expr`` compares numbers, days or members of a scale, of which one can vary and has an end."""
    match expr:
        case Compare(left=left, right=right) if left != right:
            fixed = [side for side in (left, right) if isinstance(side, Const)]
            if len(fixed) == 2 or any(side.value == NEVER for side in fixed):
                return False
            type_ = check_type(left, corpus, record)
            return isinstance(type_, Integer | Date) or (isinstance(type_, Enumeration) and type_.ordered)
        case _:
            return False


def outside_filters(expr: Expr) -> Iterator[Expr]:
    """``expr`` and its parts, but for what stands in a filter of rows, or is a row of a table."""
    yield expr
    if not isinstance(expr, AtLeast | Extreme) and not is_looked_up(expr):
        for part in children(expr):
            yield from outside_filters(part)


def _of_guard(norm: Norm, rules: Rules) -> Iterator[Site]:
    applies = rules.applies(norm)
    for clause in clauses(applies):
        match clause.expr:
            case Compare(left=left, right=right) if left == right:
                continue  # it only says that there is such a value
            case Compare() | AtLeast():
                around = (decides(applies, clause.expr),)
                turns = partial(_turns, clause.expr)
                yield from _inside(norm, clause.expr, around, turns, rules.corpus)
            case _:
                pass


def _of_position(norm: Norm, rules: Rules) -> Iterator[Site]:
    around = standing(norm, rules)
    for term in position_terms(norm.position):
        yield from _inside(norm, term, around, partial(_changes, term), rules.corpus)


def _inside(
    norm: Norm, whole: Expr, around: tuple[Expr, ...], matters: Callable[[Expr], Expr], corpus: Corpus
) -> Iterator[Site]:
    for part in dict.fromkeys(outside_filters(whole)):
        match part:
            case Compare() if is_bound(part, corpus):
                yield Site(norm, part, (*around, matters(part)))
            case AtLeast(record=record, where=where):
                own = (*around, matters(part))
                yield Site(norm, part, own)
                yield from _in_filter(norm, record, where, own, corpus)
            case Extreme(record=record, where=where):
                yield from _in_filter(norm, record, where, around, corpus)
            case _:
                pass


def _in_filter(
    norm: Norm, record: str, where: Expr, around: tuple[Expr, ...], corpus: Corpus
) -> Iterator[Site]:
    for clause in clauses(where):
        if isinstance(clause.expr, Compare) and is_bound(clause.expr, corpus, record):
            yield Site(norm, clause.expr, around, record, decides(where, clause.expr))


def _turns(clause: Expr, part: Expr) -> Expr:
    """When the truth of ``clause`` depends on that of ``part``."""
    if clause == part:
        return TRUE
    with_it, without = _given(clause, part)
    return disjunction(conjunction(with_it, negation(without)), conjunction(without, negation(with_it)))


def _changes(term: Expr, part: Expr) -> Expr:
    """When the value of ``term`` depends on the truth of ``part``."""
    return negation(Compare(Order.EQ, *_given(term, part)))


def _given(whole: Expr, part: Expr) -> tuple[Expr, Expr]:
    """``whole`` where ``part`` is true, and where it is not."""

    def replaced(by: Expr) -> Expr:
        return rewritten(whole, lambda each: by if each == part else each)

    return replaced(TRUE), replaced(FALSE)
