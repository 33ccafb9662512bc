"""Working days that no calendar tells yet: what a check of later years rests on."""

from __future__ import annotations

from collections.abc import Iterable

from guiju.compiler.kernel import Corpus, Expr, RollToWorkday, ShiftWorkdays, distinct, position_terms


def counts_workdays(terms: Iterable[Expr]) -> bool:
    """Whether some part of ``terms`` counts working days."""
    return any(isinstance(part, ShiftWorkdays | RollToWorkday) for part in distinct(terms))


def statistics(corpus: Corpus) -> dict[str, int]:
    """``working_days_published_until``: the last year whose working days are known, where it matters.

    Cases of later years are checked as if their weeks were plain ones. Nothing is said where no rule counts
    working days, or where no later day is considered. 0: no year is known.
    """
    last = 0 if corpus.calendar.published is None else corpus.calendar.published[1]
    if corpus.horizon[1].year <= last:
        return {}
    terms = [t for n in corpus.norms for t in (n.guard, n.law_date, *position_terms(n.position))]
    terms += [each.expr for each in corpus.assumptions]
    terms += [each.domain for each in corpus.outcomes.values() if each.domain is not None]
    terms += [
        day for each in corpus.instruments.values() for day in (each.start, each.end) if day is not None
    ]
    return {"working_days_published_until": last} if counts_workdays(terms) else {}
