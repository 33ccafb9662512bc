"""Edges of the calendar: month ends, 29 February, days off and made-up working days, inside each term.

A term is a day that is reached from another by months, days or working days, or by passing over days off.
Each edge is asked for where the term matters: in a bound on its last day, and in what the norm says.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from attrs import evolve, frozen

from guiju.checker.phrasing import phrase
from guiju.compiler.kernel import (
    FALSE,
    TRUE,
    AtLeast,
    Clip,
    Compare,
    Const,
    Corpus,
    Date,
    Expr,
    Extreme,
    FactRef,
    FieldRef,
    If,
    Order,
    RollToWorkday,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    Today,
    children,
    conjunction,
    disjunction,
    negation,
    position_terms,
    walk,
)
from guiju.dsl.source import Bilingual
from guiju.testing.criteria.asking import asked, binding
from guiju.testing.criteria.bounds import Bound, days_after
from guiju.testing.criteria.rows import as_facts, with_fields
from guiju.testing.criteria.sites import Site, outside_filters, standing
from guiju.testing.obligations import Obligation
from guiju.testing.rules import Rules
from guiju.testing.suite import Criterion

Term = ShiftMonths | ShiftDays | ShiftWorkdays | RollToWorkday


@frozen(eq=False)
class Edge:
    """One edge inside a term.

    Attributes:
        condition: That the term is at it.
        zh, en: What is said of the term.
        beside: Whether an error about it shows on the day after as well as on the day itself.
    """

    condition: Expr
    zh: str
    en: str
    beside: bool = False

    def text(self, term: Term, corpus: Corpus, record: str | None, when: Bilingual) -> Bilingual:
        """The edge of ``term`` in words, with the day that is looked at."""
        said = phrase(as_facts(term), with_fields(corpus, record))
        return Bilingual(f"{said.zh}，{self.zh}{when.zh}", f"{said.en}, {self.en}{when.en}")


_ON = Bilingual("：当日", ": that day")
_AFTER = Bilingual("：次日", ": the day after")
_GIVEN = Bilingual("", "")


def obligations(rules: Rules, sites: Iterable[Site]) -> Iterator[Obligation]:
    """The edges of each term in one of ``sites``, on its day, and of each term that a norm gives."""
    for site in sites:
        if isinstance(site.expr, Compare):
            yield from _in_bound(site, site.expr, rules.corpus)
    for norm in binding(rules):
        given = [(whole, term) for whole in position_terms(norm.position) for term in _terms(whole)]
        around = standing(norm, rules) if given else ()
        for whole, term in given:
            for edge in edges(term, rules.corpus):
                text = edge.text(term, rules.corpus, None, _GIVEN)
                conditions = (*around, reached(whole, term), edge.condition)
                yield asked(Criterion.BOUNDARY, [norm], conditions, text)


def _in_bound(site: Site, compare: Compare, corpus: Corpus) -> Iterator[Obligation]:
    bound = Bound.of(compare, corpus, site.record)
    for side in (compare.left, compare.right):
        for term in _terms(side):
            for edge in edges(term, corpus):
                for step, when in ((0, _ON), (1, _AFTER)):
                    on_day = bound.at(step)
                    if on_day is None or (step and not (edge.beside and bound.last)):
                        continue
                    condition = conjunction(on_day, reached(side, term), edge.condition)
                    text = edge.text(term, corpus, site.record, when)
                    yield asked(Criterion.BOUNDARY, [site.norm], site.asks(condition), text)


def edges(term: Term, corpus: Corpus) -> Iterator[Edge]:
    """The edges that ``term`` can have in the calendar of ``corpus``."""
    match term:
        case ShiftMonths():
            yield from _month_ends(term, corpus)
            yield from _leap_days(term, corpus)
        case ShiftDays():
            yield from _leap_days(term, corpus)
        case ShiftWorkdays(day):
            before = days_after(term, -1)
            yield Edge(_off(day), "自休息日起算", "counted from a day off")
            yield Edge(_off(before), "前一日为休息日", "right after a day off")
            between = [
                conjunction(Compare(Order.LT, day, made_up), Compare(Order.LE, made_up, term))
                for made_up in _made_up(corpus)
            ]
            if between:
                words = "期间有调休上班日", "with a made-up working day in it"
                yield Edge(disjunction(*between), *words)
        case RollToWorkday(day):
            yield Edge(_off(day), "原定之日为休息日", "where it falls on a day off")
            if _made_up(corpus):
                words = "原定之日为调休上班日", "where it falls on a made-up working day"
                yield Edge(_one_of(day, _made_up(corpus)), *words)


def reached(whole: Expr, part: Expr) -> Expr:
    """When the value of the term ``whole`` is got by way of ``part``."""
    if whole == part:
        return TRUE
    match whole:
        case If(cond, then, orelse):
            return disjunction(
                conjunction(cond, reached(then, part)),
                conjunction(negation(cond), reached(orelse, part)),
                reached(cond, part),
            )
        case AtLeast() | Extreme():
            return FALSE
        case _:
            return disjunction(*(reached(each, part) for each in children(whole)))


def _terms(whole: Expr) -> list[Term]:
    """The terms in ``whole`` that can run from several days, outside of filters."""
    parts = dict.fromkeys(outside_filters(whole))
    return [part for part in parts if isinstance(part, Term) and _varies(part)]


def _varies(term: Term) -> bool:
    return any(isinstance(part, FactRef | FieldRef | Today | Extreme) for part in walk(term))


def _month_ends(term: ShiftMonths, corpus: Corpus) -> Iterator[Edge]:
    down, up = evolve(term, clip=Clip.DOWN), evolve(term, clip=Clip.UP)
    if _can_be(term, corpus, lambda length, reached: length > reached):
        yield Edge(_differ(down, up), "该月无此日", "in a month that has no such day", beside=True)
    into_longer = _into_longer(down, corpus)
    if into_longer != FALSE:
        words = "自月末起算，进入更长的月份", "counted from the end of a month into a longer one"
        yield Edge(into_longer, *words, beside=True)


def _into_longer(term: ShiftMonths, corpus: Corpus) -> Expr:
    """That ``term``, clipped down, runs from the last day of a month to one that has more days."""
    by = _months(term)
    if by is not None:
        # One of a few days: the solver finds that much sooner than by counting.
        numbers = (n for n in _horizon(corpus) if _length(n) < _length(n + by))
        ends = (dt.date(n // 12, n % 12 + 1, _length(n)) for n in numbers)
        return _one_of(term.date, [Const(day, Date()) for day in ends])
    # Counting from the day after and going back a day comes to the same, but there.
    around = days_after(ShiftMonths(days_after(term.date, 1), term.amount, Clip.UP), -1)
    return _differ(around, term)


def _can_be(term: Term, corpus: Corpus, wanted: Callable[[int, int], bool]) -> bool:
    """Whether ``term`` can lead between months of such lengths; so it can where its months are not known."""
    by = _months(term)
    return by is None or any(wanted(_length(n), _length(n + by)) for n in _horizon(corpus))


def _months(term: Term) -> int | None:
    """By how many months ``term`` moves a day, where that is a literal."""
    match term:
        case ShiftMonths(amount=Const(int() as amount)):
            return amount
        case _:
            return None


def _horizon(corpus: Corpus) -> range:
    """The months of the horizon, counted from the year 0."""
    first, last = corpus.horizon
    return range(12 * first.year + first.month - 1, 12 * last.year + last.month)


def _length(month: int) -> int:
    """How many days that month has."""
    return calendar.monthrange(month // 12, month % 12 + 1)[1]


def _leap_days(term: ShiftMonths | ShiftDays, corpus: Corpus) -> Iterator[Edge]:
    first, last = corpus.horizon
    days = [dt.date(year, 2, 29) for year in range(first.year, last.year + 1) if calendar.isleap(year)]
    leaps = [Const(day, Date()) for day in days if first <= day <= last]
    if leaps:
        yield Edge(_one_of(term.date, leaps), "自 2 月 29 日起算", "counted from 29 February")
        if _can_be(term, corpus, lambda length, reached: reached == 29 <= length):
            yield Edge(_one_of(term, leaps), "算至 2 月 29 日", "reaching 29 February")


def _made_up(corpus: Corpus) -> list[Const]:
    first, last = corpus.horizon
    return [Const(day, Date()) for day in sorted(corpus.calendar.made_up) if first <= day <= last]


def _one_of(day: Expr, days: Iterable[Expr]) -> Expr:
    return disjunction(*(Compare(Order.EQ, day, each) for each in days))


def _off(day: Expr) -> Expr:
    """That ``day``, which there is, is no working day."""
    return _differ(RollToWorkday(day), day)


def _differ(one: Expr, other: Expr) -> Expr:
    return negation(Compare(Order.EQ, one, other))
