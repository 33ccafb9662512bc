"""Transitions: what an instrument does to times in which it was not, or will not be, in force (T406, T407).

A window that begins while the instrument is in force may end after it: does the bar go on? A rule may look at
conduct or at earlier measures from before its day: do they count? The text should say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from attrs import evolve

from guiju.checker import wording
from guiju.checker.ask import Asker
from guiju.checker.competence import decrees
from guiju.checker.finding import Finding, NormRef, ProvedBy, Severity
from guiju.checker.timing import force
from guiju.compiler import formulas
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import (
    AtLeast,
    BarEnd,
    Compare,
    Context,
    Corpus,
    Date,
    Expr,
    Extreme,
    FactRef,
    FieldRef,
    Norm,
    Order,
    Span,
    binds,
    conjunction,
    disjunction,
    negation,
    rewritten,
    walk,
)
from guiju.dsl.source import Bilingual


def findings(asker: Asker) -> Iterator[Finding]:
    """All findings about windows that outlive their instrument and rules that reach back before theirs."""
    seen: set[tuple[str, str, str]] = set()
    for norm in asker.corpus.norms:
        if not binds(norm):
            continue
        for found in (*_outliving(norm, asker), *_reaching_back(norm, asker)):
            key = (found.code, norm.rule, found.subject)
            if key not in seen:
                seen.add(key)
                yield found


def _outliving(norm: Norm, asker: Asker) -> Iterator[Finding]:
    corpus = asker.corpus
    end = corpus.instruments[norm.instrument].end
    if end is None or not isinstance(norm.question, BarEnd) or not isinstance(norm.position, Span):
        return
    late = Compare(Order.LT, end, norm.position.end)
    answered = asker.find(
        f"{norm.id}: outlives {norm.instrument}", [formulas.applicable(norm, corpus), late], (norm,)
    )
    if answered is None:
        return
    w = answered.witness
    context = Context(w.case, w.date, w.place, w.readings)
    last, until = (evaluate(e, corpus, context) for e in (norm.position.end, end))
    who, what = wording.norm(norm, corpus), wording.question(norm.question)
    shown = wording.day(last) if isinstance(last, dt.date) else Bilingual("?", "?")
    yield Finding(
        code="T406",
        severity=Severity.INFO,
        norms=(NormRef.of(norm),),
        message=Bilingual(
            f"{who.zh}：{what.zh}可以持续到 {shown.zh}，"
            f"而文件至 {until} 即失效；此后是否继续，条文没有规定。",
            f"{who.en}: {what.en} can be {shown.en}, while the instrument ends on {until}; whether the period"
            f" goes on is not said.",
        ),
        proved_by=ProvedBy.REPLAYED,
        witness=w,
        readings=answered.under,
        by_default=answered.by_default,
        subject=wording.subject(norm.question),
    )


def _reaching_back(norm: Norm, asker: Asker) -> Iterator[Finding]:
    """A consequence that depends on something from before the first day of its instrument."""
    corpus = asker.corpus
    start = corpus.instruments[norm.instrument].start
    legal_class = decrees(norm, corpus)
    if start is None or legal_class is None:
        return
    category = corpus.categories.get(legal_class)
    if category is None or not category.sanction:
        return
    what = f"{norm.id}: reaches back"
    applies = formulas.applicable(norm, corpus)
    early = [Compare(Order.LT, FactRef(name), start) for name in _conduct_dates(norm.guard, corpus)]
    since = evolve(norm, guard=_counting_from(norm.guard, start, corpus))
    counted = negation(formulas.applicable(since, corpus)) if since.guard != norm.guard else None
    for reason, condition in (("conduct", disjunction(*early) if early else None), ("measures", counted)):
        if condition is None:
            continue
        answered = asker.find(what, [applies, condition], (norm,))
        if answered is None:
            continue
        first = force(norm.instrument, corpus, answered.witness.readings).start
        who, on = wording.norm(norm, corpus), wording.question(norm.question)
        told, told_en = _REASONS[reason]
        yield Finding(
            code="T407",
            severity=Severity.INFO,
            norms=(NormRef.of(norm),),
            message=Bilingual(
                f"{who.zh}关于“{on.zh}”的后果可以{told}（文件自 {first} 起施行）；"
                f"施行前的是否计入，条文没有规定。",
                f"What {who.en} says on {on.en} can {told_en} ({first}); whether what came before counts is"
                f" not said.",
            ),
            proved_by=ProvedBy.REPLAYED,
            witness=answered.witness,
            readings=answered.under,
            by_default=answered.by_default,
            subject=f"{reason} {wording.subject(norm.question)}",
        )


_REASONS = {
    "conduct": ("针对施行前发生的事实", "rest on facts from before its first day"),
    "measures": ("把施行前的记录计算在内", "count records from before its first day"),
}


def _conduct_dates(guard: Expr, corpus: Corpus) -> list[str]:
    """The dates in a guard that say when something was done, not where a procedure stands."""
    names = dict.fromkeys(e.name for e in walk(guard) if isinstance(e, FactRef))
    return [n for n in names if isinstance(corpus.facts[n].type, Date) and not corpus.facts[n].background]


def _counting_from(guard: Expr, start: Expr, corpus: Corpus) -> Expr:
    """``guard`` as it reads when only the rows from ``start`` on are looked at."""

    def change(expr: Expr) -> Expr:
        if not isinstance(expr, AtLeast | Extreme):
            return expr
        dates = [
            name for name, type_ in corpus.records[expr.record].fields.items() if isinstance(type_, Date)
        ]
        if len(dates) != 1:
            return expr
        recent = Compare(Order.LE, start, FieldRef(expr.record, dates[0]))
        return evolve(expr, where=conjunction(expr.where, recent))

    return rewritten(guard, change)
