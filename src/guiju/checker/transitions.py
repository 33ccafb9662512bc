"""Transitions: what an instrument does to times in which it was not, or will not be, in force (T406, T407).

A window that begins while the instrument is in force may end after it: does the bar go on? A rule may look at
conduct or at earlier measures from before its day: do they count? The text should say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from attrs import evolve, frozen

from guiju.checker import wording
from guiju.checker.ask import Asker, defaults
from guiju.checker.finding import Finding, NormRef, ProvedBy, Severity
from guiju.checker.sanctions import imposes
from guiju.checker.timing import force
from guiju.compiler import formulas
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import (
    And,
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
    Not,
    Or,
    Order,
    Span,
    Today,
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
    seen: set[tuple[str, str]] = set()
    for norm in asker.corpus.norms:
        if not binds(norm):
            continue
        for found in _outliving(norm, asker):
            if (norm.rule, found.subject) not in seen:
                seen.add((norm.rule, found.subject))
                yield found
    yield from _reaching_back(asker)


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


@frozen
class _Early:
    """A sanction that can rest on something from before its instrument, and the condition that it does."""

    norm: Norm
    conditions: tuple[Expr, ...]


def _reaching_back(asker: Asker) -> Iterator[Finding]:
    """One finding for each instrument and reason, of what holds by default apart from what does not."""
    corpus = asker.corpus
    found: dict[tuple[str, str, bool], list[_Early]] = {}
    for norm in corpus.norms:
        for reason, condition in _early(norm, corpus):
            each = _Early(norm, (formulas.applicable(norm, corpus), condition))
            what = f"{norm.id}: reaches back"
            if asker.possible(what, each.conditions, (norm,)):
                pinned = [*each.conditions, *defaults(each.conditions, corpus)]
                usual = asker.possible(what, pinned, (norm,)) is True
                found.setdefault((norm.instrument, reason, usual), []).append(each)
    for (instrument, reason, usual), early in found.items():
        first = early[0]
        pins = defaults(first.conditions, corpus) if usual else []
        answered = asker.find(f"{first.norm.id}: reaches back", [*first.conditions, *pins], (first.norm,))
        if answered is None:
            continue
        start = force(instrument, corpus, answered.witness.readings).start
        title = corpus.instruments[instrument].title
        cited = "、".join(dict.fromkeys(c for e in early for c in e.norm.citations))
        told, told_en = _REASONS[reason]
        yield Finding(
            code="T407",
            severity=Severity.INFO,
            norms=tuple(dict.fromkeys(NormRef.of(e.norm) for e in early)),
            message=Bilingual(
                f"《{title}》{cited}的后果可以{told}（文件自 {start} 起施行）；"
                f"施行前的是否计入，条文没有规定。",
                f"The consequences under {instrument} {cited} can {told_en} ({start}); whether what came"
                f" before counts is not said.",
            ),
            proved_by=ProvedBy.REPLAYED,
            witness=answered.witness,
            readings=() if usual else answered.under,
            by_default=usual,
            subject=f"{reason} {'default' if usual else 'reading'}",
        )


_REASONS = {
    "conduct": ("针对施行前发生的事实", "rest on facts from before its first day"),
    "measures": ("把施行前的记录计算在内", "count records from before its first day"),
}


def _early(norm: Norm, corpus: Corpus) -> Iterator[tuple[str, Expr]]:
    """The ways in which a sanction can rest on something from before the first day of its instrument."""
    start = corpus.instruments[norm.instrument].start
    if start is None or not binds(norm) or not imposes(norm, corpus):
        return
    if not isinstance(norm.law_date, Today):
        dates = _asked_for(norm.guard)
        early = [Compare(Order.LT, f, start) for f in dates if isinstance(corpus.facts[f.name].type, Date)]
        if early:
            yield "conduct", disjunction(*early)
    since = evolve(norm, guard=_counting_from(norm.guard, start, corpus))
    if since.guard != norm.guard:
        yield "measures", negation(formulas.applicable(since, corpus))


def _asked_for(guard: Expr) -> list[FactRef]:
    """The facts that a guard asks for; what only an exception speaks of is not among them."""
    match guard:
        case Not():
            return []
        case And(args) | Or(args):
            return list(dict.fromkeys(fact for arg in args for fact in _asked_for(arg)))
        case _:
            return [e for e in walk(guard) if isinstance(e, FactRef)]


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
