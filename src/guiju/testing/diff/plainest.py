"""A case that shows a change, as unremarkable as it can be, and what in it is telling."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve

from guiju.compiler.cone import symbols
from guiju.compiler.days import OutOfCalendar, shift_months
from guiju.compiler.kernel import Case, Clip, Context, Expr, Value
from guiju.testing.bearing import terms
from guiju.testing.scope import Scope
from guiju.testing.search import Search
from guiju.testing.seen import Seen


def plainest(context: Context, conditions: Sequence[Expr], wishes: Sequence[Expr], search: Search) -> Context:
    """``context`` with each reading as by default and as like the base as can be, while all this holds.

    What of ``wishes`` holds in it is kept. What stands in the way of one change may be changed after it: it
    is gone through until nothing more can be.
    """
    corpus = search.scope.corpus
    kept = [*conditions, *(wish for wish in wishes if Seen(corpus, context).holds(wish))]
    found = context
    for name, choice in context.readings.items():
        first = corpus.readings[name].choices[0]
        tried = evolve(found, readings={**found.readings, name: first})
        if choice != first and Seen(corpus, tried).all_hold(kept):
            found = tried
    for names in _together(found, search.scope.base):
        facts = {**found.case.facts, **{name: search.scope.base.case.facts[name] for name in names}}
        tried = evolve(found, case=evolve(found.case, facts=facts))
        if Seen(corpus, tried).all_hold(kept):
            found = tried
    nearer = _in_years(found, search.scope.base.today.year - found.today.year, corpus.horizon)
    if nearer is not None and Seen(corpus, nearer).all_hold(kept):
        found = nearer
    while (plainer := search.plainer(found, kept)) != found:
        found = plainer
    return found


def _in_years(context: Context, years: int, horizon: tuple[dt.date, dt.date]) -> Context | None:
    """``context`` with all its days as many years later; None where one would leave ``horizon``.

    How far days are apart matters more than the years that they lie in.
    """
    first, last = horizon

    def moved(values: Mapping[str, Value]) -> dict[str, Value]:
        return {name: later(value) if isinstance(value, dt.date) else value for name, value in values.items()}

    def later(day: dt.date) -> dt.date:
        reached = shift_months(day, 12 * years, Clip.DOWN)
        if not first <= reached <= last:
            raise OutOfCalendar(str(reached))
        return reached

    try:
        records = {name: tuple(moved(row) for row in rows) for name, rows in context.case.records.items()}
        return evolve(context, case=Case(moved(context.case.facts), records), today=later(context.today))
    except OutOfCalendar:
        return None


def _together(context: Context, base: Context) -> Iterator[Sequence[str]]:
    """Facts that are not as in ``base``, by party and then in ever smaller groups.

    Days that have to follow each other can only be changed together.
    """
    other = [name for name, value in context.case.facts.items() if base.case.facts[name] != value]
    yield other
    for party in dict.fromkeys(name.partition(".")[0] for name in other):
        yield [name for name in other if name.partition(".")[0] == party]
    size = len(other) // 2
    while size > 1:
        yield from (other[start : start + size] for start in range(0, len(other), size))
        size //= 2


def telling(context: Context, scope: Scope) -> tuple[str, ...]:
    """What is not as in the base; without what had to follow because of assumptions, and no norm asks for."""
    corpus, base = scope.corpus, scope.base
    asked = symbols([expr for norm in corpus.norms for expr in terms(norm, corpus)])
    told = context.case
    facts = [name for name, value in told.facts.items() if base.case.facts[name] != value]
    records = [name for name, rows in told.records.items() if rows]
    return (
        *(name for name in facts if ("fact", name) in asked),
        *(name for name in records if ("record", name) in asked),
    )
