"""Boundaries: numbers, days and members of a scale below, at and above each bound, where it decides.

Counts of rows likewise: one fewer than are asked for, so many, one more. The edges of the calendar, which
lie inside the terms, are in ``calendar_edges``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from attrs import evolve

from guiju.checker.phrasing import phrase
from guiju.compiler.kernel import (
    AtLeast,
    BarEnd,
    Compare,
    Corpus,
    Date,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    Span,
    conjunction,
    negation,
)
from guiju.dsl.source import Bilingual
from guiju.testing.criteria import calendar_edges
from guiju.testing.criteria.asking import asked, once
from guiju.testing.criteria.bounds import STEPS, Bound
from guiju.testing.criteria.rows import as_facts, with_fields
from guiju.testing.criteria.sites import Site, outside_filters, sites
from guiju.testing.obligations import Obligation
from guiju.testing.rules import Rules
from guiju.testing.scope import Scope
from guiju.testing.suite import Criterion

_TERM = Bilingual("期限", "the term")
_BARS = {
    "forbidden": Bilingual("禁止期限", "the bar"),
    "permitted": Bilingual("许可期限", "the permission"),
    "obliged": Bilingual("义务期限", "the duty"),
}


def obligations(scope: Scope) -> Iterator[Obligation]:
    """For each bound of a norm the cases below, at and above it; for each term the edges of the calendar."""
    found = list(sites(scope.rules))
    bounds = (each for site in found for each in _on(site, scope.rules))
    return once(chain(bounds, calendar_edges.obligations(scope.rules, found)))


def _on(site: Site, rules: Rules) -> Iterator[Obligation]:
    match site.expr:
        case AtLeast():
            yield from _counts(site, site.expr, rules.corpus)
        case Compare():
            yield from _steps(site, site.expr, rules)


def _steps(site: Site, compare: Compare, rules: Rules) -> Iterator[Obligation]:
    bound = Bound.of(compare, rules.corpus, site.record)
    for step in STEPS:
        condition = bound.at(step)
        if condition is not None:
            yield asked(
                Criterion.BOUNDARY, [site.norm], site.asks(condition), _text(site, bound, step, rules)
            )


def _text(site: Site, bound: Bound, step: int, rules: Rules) -> Bilingual:
    if site.record is None:
        return bound.text(step, rules.corpus, _period(site, bound, rules))
    flat = evolve(bound, side=as_facts(bound.side), limit=as_facts(bound.limit))
    said = flat.text(step, with_fields(rules.corpus, site.record))
    return Bilingual(f"有一条：{said.zh}", f"there is a row: {said.en}")


def _period(site: Site, bound: Bound, rules: Rules) -> Bilingual | None:
    """What begins or ends on the limit: a bar, a term, or the time in which an instrument is in force."""
    if not isinstance(bound.type, Date) or bound.last is None:
        return None
    norm, instrument = site.norm, rules.corpus.instruments[site.norm.instrument]
    windows = ((n.question, n.position) for n in rules.corpus.norms if n.rule == norm.rule)
    for question, window in windows:
        if isinstance(window, Span) and bound.limit == (window.end if bound.last else window.start):
            return _BARS[question.modality] if isinstance(question, BarEnd) else _TERM
    if bound.limit == (instrument.end if bound.last else instrument.start):
        return Bilingual(f"《{instrument.title}》有效期", f"the time in which {instrument.id} is in force")
    moved = (isinstance(p, ShiftMonths | ShiftDays | ShiftWorkdays) for p in outside_filters(bound.limit))
    return _TERM if any(moved) else None


def _counts(site: Site, rows: AtLeast, corpus: Corpus) -> Iterator[Obligation]:
    if rows.threshold == 0:
        return
    said = phrase(rows, corpus)
    for count in (rows.threshold + step for step in STEPS):
        exactly = conjunction(evolve(rows, threshold=count), negation(evolve(rows, threshold=count + 1)))
        yield asked(
            Criterion.BOUNDARY,
            [site.norm],
            site.asks(exactly),
            Bilingual(
                f"恰有 {count} 条，要看是否“{said.zh}”",
                f"exactly {count} row{'s' if count != 1 else ''}, where it matters whether {said.en}",
            ),
        )
