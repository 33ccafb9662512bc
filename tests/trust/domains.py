"""Which values are worth trying: those on, just below and just above the boundaries of some conditions.

Days come from the calendar's edges as well: ends of months, 29 February, the ends of the horizon, and where
the terms that the conditions speak of lead from these.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import prod
from random import Random

from attrs import frozen

from guiju.compiler.days import shift_days, shift_months, shift_workdays
from guiju.compiler.kernel import (
    NEVER,
    AtLeast,
    Boolean,
    Clip,
    Compare,
    Const,
    Corpus,
    Date,
    Enumeration,
    Expr,
    Extreme,
    FactRef,
    FieldRef,
    Integer,
    InTerritory,
    ReadingRef,
    Times,
    Today,
    Type,
    Value,
    walk,
)
from trust.slices import Row, Rows, Slice

Symbol = tuple[str, str]

#: A record is tried with at most so many different rows.
_MOST_ROWS = 40


def symbols(exprs: Iterable[Expr]) -> dict[Symbol, None]:
    """What ``exprs`` speak of, in their order: facts, fields, records, readings, the date, the place."""
    found: dict[Symbol, None] = {}
    for part in (part for expr in exprs for part in walk(expr)):
        match part:
            case FactRef(name):
                found["fact", name] = None
            case FieldRef(record, name) | Extreme(record=record, field=name):
                found["record", record] = None
                found["field", f"{record}.{name}"] = None
            case AtLeast(record=record):
                found["record", record] = None
            case ReadingRef(name):
                found["reading", name] = None
            case Today():
                found["today", ""] = None
            case InTerritory():
                found["place", ""] = None
            case _:
                pass
    return found


def linked(asked: Sequence[Expr], corpus: Corpus) -> list[Expr]:
    """The assumptions that share something with ``asked``, or with one that does (docs/semantics.md, 9.7)."""
    spoken = {name for name in symbols(asked) if name[0] != "field"}
    left = [(a.expr, {n for n in symbols([a.expr]) if n[0] != "field"}) for a in corpus.assumptions]
    found: list[Expr] = []
    while near := [each for each in left if each[1] & spoken or not each[1]]:
        left = [each for each in left if each not in near]
        found += [expr for expr, _ in near]
        spoken |= {name for _, names in near for name in names}
    return found


def slice_of(exprs: Sequence[Expr], corpus: Corpus, random: Random) -> Slice:
    """The contexts around the boundaries of ``exprs``.

    A record has up to as many rows as the small-model theorem asks for, counted here anew, and one more; of
    its different rows, where there are too many, some are drawn.
    """
    names, whole = symbols(exprs), True
    numbers, days = _numbers(exprs), _days(exprs, corpus)

    def values(symbol: Symbol, type_: Type) -> tuple[Value, ...]:
        match type_:
            case Boolean():
                return (False, True)
            case Enumeration(members=members):
                return members
            case Date():
                return days
            case Integer(low, high):
                near = numbers.get(symbol, set())
                return tuple(sorted({min(high, max(low, n)) for n in {low, high} | near}))

    records: dict[str, Rows] = {}
    for name in (n for kind, n in names if kind == "record"):
        fields = corpus.records[name].fields
        used = {
            f: values(("field", f"{name}.{f}"), t)
            for f, t in fields.items()
            if ("field", f"{name}.{f}") in names
        }
        records[name] = Rows(_rows(used, random), _bound(exprs, name) + 1)
        whole &= len(records[name].values) == prod(map(len, used.values()))
    return Slice(
        {n: values((kind, n), corpus.facts[n].type) for kind, n in names if kind == "fact"},
        records,
        {n: corpus.readings[n].choices for kind, n in names if kind == "reading"},
        days if ("today", "") in names else days[:1],
        _places(exprs, corpus),
        whole,
    )


def _bound(exprs: Sequence[Expr], record: str) -> int:
    """How many rows decide ``exprs``: the thresholds of the counts and one for each extreme (9.4)."""
    atoms = {part for expr in exprs for part in walk(expr) if isinstance(part, AtLeast | Extreme)}
    return sum(
        max(atom.threshold, 0) if isinstance(atom, AtLeast) else 1 for atom in atoms if atom.record == record
    )


def _rows(fields: Mapping[str, tuple[Value, ...]], random: Random) -> tuple[Row, ...]:
    """The rows with these values in their fields; where there are too many, some of them."""
    if prod(map(len, fields.values())) <= _MOST_ROWS:
        return tuple(dict(zip(fields, row, strict=True)) for row in product(*fields.values()))
    drawn = dict.fromkeys(tuple(map(random.choice, fields.values())) for _ in range(_MOST_ROWS))
    return tuple(dict(zip(fields, row, strict=True)) for row in drawn)


def _numbers(exprs: Sequence[Expr]) -> dict[Symbol, set[int]]:
    """For each whole number, the values around those that it is compared with."""
    found: dict[Symbol, set[int]] = {}
    compared = {part for expr in exprs for part in walk(expr) if isinstance(part, Compare)}
    for each in compared:
        parts = walk(each)
        constants = {p.value for p in parts if isinstance(p, Const) and isinstance(p.type, Integer)}
        factors = {abs(p.factor) for p in parts if isinstance(p, Times) and p.factor}
        plain = {n for n in constants if isinstance(n, int)} | {0}
        edges = plain | {n // factor for n in plain for factor in factors}
        near = {n + step for n in edges for step in (-1, 0, 1)}
        for symbol in symbols(parts[:1]):
            found.setdefault(symbol, set()).update(near)
    return found


@frozen
class _Term:
    """A distance between days, as a condition speaks of it."""

    unit: str
    amount: int

    def from_(self, day: dt.date, corpus: Corpus) -> list[dt.date]:
        """Where it leads, forwards and back, with the days beside."""
        match self.unit:
            case "months":
                ends = [shift_months(day, n, clip) for n in (self.amount, -self.amount) for clip in Clip]
            case "workdays":
                ends = [shift_workdays(day, abs(self.amount), corpus.calendar)]
            case _:
                ends = [shift_days(day, n) for n in (self.amount, -self.amount)]
        return [shift_days(end, step) for end in ends for step in (-1, 0, 1)]


def _days(exprs: Sequence[Expr], corpus: Corpus) -> tuple[dt.date, ...]:
    """Boundaries, edges of the calendar, and the days at the distances in question from one such edge."""
    parts = [part for expr in exprs for part in walk(expr)]
    constants = [part for part in parts if isinstance(part, Const)]
    named = {c.value for c in constants if isinstance(c.value, dt.date) and c.value != NEVER}
    terms = {
        _Term(c.type.unit or "", c.value)
        for c in constants
        if isinstance(c.type, Integer) and isinstance(c.value, int) and abs(c.value) <= 1200
        if c.type.unit in ("months", "days", "workdays")
    }
    first, last = corpus.horizon
    latest = max((day.year for day in named if first <= day <= last), default=first.year)
    leap = dt.date(next((y for y in range(latest, last.year + 1) if y % 4 == 0), 2024), 2, 29)
    found = {
        first,
        last,
        leap,
        dt.date(leap.year, 1, 31),
        *(d + dt.timedelta(n) for d in named for n in (-1, 0, 1)),
    }
    for term in sorted(terms, key=str):
        found.update(term.from_(leap, corpus))
    return tuple(sorted(day for day in found if first <= day <= last))


def _places(exprs: Sequence[Expr], corpus: Corpus) -> tuple[str, ...]:
    """One place for each set of the territories in question that a place can lie in."""
    asked = [n for n in corpus.territories if InTerritory(n) in {p for e in exprs for p in walk(e)}]
    kinds: dict[tuple[bool, ...], str] = {}
    for place in corpus.territories:
        kinds.setdefault(tuple(corpus.within(place, each) for each in asked), place)
    return tuple(kinds.values())
