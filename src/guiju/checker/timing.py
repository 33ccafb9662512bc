"""Time: when instruments are in force, one-off dates that have passed, months that round two ways (T4xx)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import product

from attrs import evolve, frozen

from guiju.checker import wording
from guiju.checker.ask import Asker
from guiju.checker.finding import Finding, NormRef, ProvedBy, Severity
from guiju.compiler import formulas
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import (
    NEVER,
    Case,
    Compare,
    Const,
    Context,
    Corpus,
    DueBy,
    Expr,
    Instrument,
    Norm,
    Order,
    Span,
    Standing,
    Today,
    negation,
)
from guiju.dsl.source import Bilingual


@frozen
class Period:
    """First and last day in force; ``start`` None: not known; ``end`` NEVER: no end."""

    start: dt.date | None
    end: dt.date

    def covers(self, day: dt.date) -> bool:
        return (self.start is None or self.start <= day) and day <= self.end


def force(instrument: str, corpus: Corpus, readings: Mapping[str, str]) -> Period:
    """When an instrument is in force under the given readings (defaults for the others)."""
    header = corpus.instruments[instrument]
    chosen = {**corpus.default_readings(), **readings}
    context = Context(Case(), corpus.horizon[0], next(iter(corpus.territories), ""), chosen)

    def day(expr: Expr | None) -> dt.date | None:
        found = evaluate(expr, corpus, context) if expr is not None else None
        return found if isinstance(found, dt.date) else None

    return Period(day(header.start), day(header.end) or NEVER)


def findings(asker: Asker) -> Iterator[Finding]:
    """All findings about time."""
    for instrument in asker.corpus.instruments.values():
        yield from _in_force(instrument, asker)
    yield from _one_off_dates(asker)
    yield from _calendar(asker)


def _finding(
    code: str,
    severity: Severity,
    instrument: Instrument,
    zh: str,
    en: str,
    readings: tuple[Mapping[str, str], ...] = (),
    by_default: bool = True,
) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        norms=(NormRef(instrument.id, "", (), instrument.place),),
        message=Bilingual(zh, en),
        proved_by=ProvedBy.STRUCTURE,
        readings=readings,
        by_default=by_default,
        subject=instrument.id,
        place=instrument.place,
    )


def _choices(instrument: Instrument, asker: Asker) -> list[dict[str, str]]:
    options = [
        (asker.fixed_readings[n],) if n in asker.fixed_readings else asker.corpus.readings[n].choices
        for n in instrument.readings
    ]
    return [dict(zip(instrument.readings, c, strict=True)) for c in product(*options)]


def _in_force(instrument: Instrument, asker: Asker) -> Iterator[Finding]:
    corpus = asker.corpus
    title = f"《{instrument.title}》"
    if instrument.start is None and instrument.standing is Standing.READ:
        yield _finding(
            "T402",
            Severity.WARNING,
            instrument,
            f"{title}没有写明从哪一天起施行；分析时按一直有效处理。",
            f"{instrument.id} does not say from which day it is in force; it is taken to be in force.",
        )
    if instrument.end_open:
        yield _finding(
            "T408",
            Severity.WARNING,
            instrument,
            f"{title}没有写明何时失效；分析时按一直有效处理。",
            f"{instrument.id} does not say when it ends; it is taken to have no end.",
        )
    periods = [(c, force(instrument.id, corpus, c)) for c in _choices(instrument, asker)]
    if len({p for _, p in periods}) > 1:
        spoken = [(c, _in_words(p, len({q.start for _, q in periods}) > 1)) for c, p in periods]
        listed = "；".join(f"{_reading(c)}：{words.zh}" for c, words in spoken)
        listed_en = "; ".join(f"{_reading(c)}: {words.en}" for c, words in spoken)
        yield _finding(
            "T403",
            Severity.WARNING,
            instrument,
            f"{title}的有效期因读法而异：{listed}（第一种为默认）。",
            f"How long {instrument.id} is in force depends on a reading: {listed_en}"
            f" (the first is the default).",
        )
    if asker.as_of is None:
        return
    out = [(c, p) for c, p in periods if not p.covers(asker.as_of)]
    if not out:
        return
    default = periods[0][1]
    still = [_reading(c) for c, p in periods if p.covers(asker.as_of)]
    span = f"{default.start or '?'} 至 {wording.day(default.end).zh}"
    span_en = f"{default.start or '?'} to {wording.day(default.end).en}"
    by_default = not default.covers(asker.as_of)
    under = tuple(c for c, _ in out) if len(out) < len(periods) else ()
    if by_default:
        note = f"；仅在读法“{'、'.join(still)}”下仍有效" if still else ""
        note_en = f"; only under {', '.join(still)} is it still in force" if still else ""
        zh = (
            f"{title}在 {asker.as_of} 不施行（默认读法下有效期为 {span}）{note}。它只适用于其施行期间的事实。"
        )
        en = (
            f"{instrument.id} is out of force on {asker.as_of} (by default in force {span_en}){note_en}."
            f" It applies only to facts of its time."
        )
    else:
        doubt = "、".join(_reading(c) for c, _ in out)
        zh = f"{title}在 {asker.as_of} 是否施行取决于读法：默认有效（{span}），在读法“{doubt}”下已不施行。"
        en = (
            f"Whether {instrument.id} is in force on {asker.as_of} depends on a reading: by default it is"
            f" ({span_en}), under {doubt} it is not."
        )
    yield _finding(
        "T401",
        Severity.WARNING if by_default else Severity.INFO,
        instrument,
        zh,
        en,
        readings=under,
        by_default=by_default,
    )


def _in_words(period: Period, with_start: bool) -> Bilingual:
    since = f"自 {period.start} " if with_start else ""
    since_en = f"from {period.start} " if with_start else ""
    if period.end == NEVER:
        return Bilingual(f"{since}无终期", f"{since_en}without end")
    return Bilingual(f"{since}至 {period.end}", f"{since_en}until {period.end}")


def _reading(choices: Mapping[str, str]) -> str:
    return "、".join(f"{name}={choice}" for name, choice in choices.items())


def said_out_of_force(finding: Finding, asker: Asker) -> Finding:
    """``finding`` with the remark that an instrument of it is out of force on the date that was asked for."""
    if asker.as_of is None or finding.family in ("time", "example"):
        return finding
    out = [
        id_
        for id_ in dict.fromkeys(n.instrument for n in finding.norms)
        if id_ in asker.corpus.instruments
        and not force(id_, asker.corpus, asker.fixed_readings).covers(asker.as_of)
    ]
    if not out:
        return finding
    titles = "、".join(f"《{asker.corpus.instruments[id_].title}》" for id_ in out)
    words = Bilingual(
        f"{finding.message.zh}（{titles}在 {asker.as_of} 不施行，只涉及其施行期间的事实。）",
        f"{finding.message.en} ({', '.join(out)} out of force on {asker.as_of}:"
        f" this concerns facts of its time only.)",
    )
    return evolve(finding, message=words, details={**finding.details, "out_of_force": "、".join(out)})


def _one_off_dates(asker: Asker) -> Iterator[Finding]:
    """Duties that are due once, on a fixed day: it has passed, or the instrument goes on after it."""
    for norm in asker.corpus.norms:
        match norm:
            case Norm(question=DueBy(), position=Span(Today(), Const(dt.date() as due))):
                words = _one_off(norm, due, asker)
            case _:
                continue
        if words is not None:
            yield Finding(
                code="T404",
                severity=Severity.INFO if asker.as_of is None else Severity.WARNING,
                norms=(NormRef.of(norm),),
                message=words,
                proved_by=ProvedBy.STRUCTURE,
                subject=wording.subject(norm.question),
            )


def _one_off(norm: Norm, due: dt.date, asker: Asker) -> Bilingual | None:
    who, what = wording.norm(norm, asker.corpus), wording.question(norm.question)
    if asker.as_of is not None:
        if due >= asker.as_of:
            return None
        return Bilingual(
            f"{who.zh}为“{what.zh}”规定的一次性期日 {due} 已过，此后何时办，条文没有规定。",
            f"The one-off date {due} that {who.en} gives for {what.en} has passed; the text does not say when"
            f" it is due after that.",
        )
    if force(norm.instrument, asker.corpus, asker.fixed_readings).end <= due:
        return None
    return Bilingual(
        f"{who.zh}只为“{what.zh}”规定了一次性的期日 {due}，而文件此后仍然施行："
        f"此后是否还办、何时办，条文没有规定。",
        f"{who.en} gives one date only for {what.en}, {due}, and its instrument goes on after it: whether and"
        f" when it is to be done then is not said.",
    )


def _calendar(asker: Asker) -> Iterator[Finding]:
    """Windows whose end differs with how a missing day of the month is rounded."""
    corpus = asker.corpus
    for norm in corpus.norms:
        if not isinstance(norm.position, Span) or norm.position.end_up is None:
            continue
        span = norm.position
        assert span.end_up is not None
        conditions = [
            formulas.applicable(norm, corpus),
            negation(Compare(Order.EQ, span.end, span.end_up)),
        ]
        answered = asker.find(f"{norm.id}: calendar", conditions, (norm,))
        if answered is None:
            continue
        w = answered.witness
        context = Context(w.case, w.date, w.place, w.readings)
        start, down, up = (evaluate(e, corpus, context) for e in (span.start, span.end, span.end_up))
        who = wording.norm(norm, corpus)
        yield Finding(
            code="T405",
            severity=Severity.INFO,
            norms=(NormRef.of(norm),),
            message=Bilingual(
                f"{who.zh}按月（年）计算的期间自 {start} 起，届满月份没有对应日："
                f"止于月末为 {down}，顺至次月为 {up}；条文没有写明（民法典第二百零二条取月末）。",
                f"A period in months under {who.en} that begins on {start} has no corresponding day:"
                f" it ends on {down} at the month's end, on {up} if carried over; the text does not say"
                f" (Civil Code art. 202 takes the month's end).",
            ),
            proved_by=ProvedBy.REPLAYED,
            witness=w,
            readings=answered.under,
            by_default=answered.by_default,
            subject=wording.subject(norm.question),
        )
