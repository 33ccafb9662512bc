"""Finite slices of all contexts: few enough to try each, and sayable as conditions, so that a solver can too.

A slice lists the values of each fact, the rows of each record, the choices of each reading, the dates and the
places. What it does not list does not matter to what is asked of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations_with_replacement, product
from math import comb, prod
from random import Random
from typing import Any

from attrs import frozen

from guiju.compiler.kernel import (
    TRUE,
    AtLeast,
    Case,
    Compare,
    Const,
    Context,
    Corpus,
    Date,
    Enumeration,
    Expr,
    FactRef,
    FieldRef,
    InTerritory,
    Order,
    ReadingRef,
    Today,
    Type,
    Value,
    conjunction,
    disjunction,
    negation,
)

Row = Mapping[str, Value]


@frozen
class Rows:
    """Every list of up to ``most`` rows, each of them one of ``values``; their order does not count."""

    values: tuple[Row, ...]
    most: int

    @property
    def count(self) -> int:
        """So many lists: often more than ``len`` may say."""
        return comb(len(self.values) + self.most, self.most)

    def __iter__(self) -> Iterator[tuple[Row, ...]]:
        for number in range(self.most + 1):
            yield from combinations_with_replacement(self.values, number)


Key = tuple[str, str]  # a fact, record or reading by its name; the day or the place
Values = tuple[Any, ...] | Rows


@frozen
class Slice:
    """All contexts that take their values from these lists. None is empty, and none repeats a value.

    ``whole``: no value that is worth trying was left out, because there would have been too many contexts.
    """

    facts: Mapping[str, tuple[Value, ...]]
    records: Mapping[str, Rows]
    readings: Mapping[str, tuple[str, ...]]
    days: tuple[dt.date, ...]
    places: tuple[str, ...]
    whole: bool = True

    @property
    def size(self) -> int:
        """How many contexts it has."""
        return prod(map(count, self.lists().values()))

    def lists(self) -> dict[Key, Values]:
        """What it lists."""
        return {
            **{("fact", name): values for name, values in self.facts.items()},
            **{("record", name): rows for name, rows in self.records.items()},
            **{("reading", name): values for name, values in self.readings.items()},
            ("day", ""): self.days,
            ("place", ""): self.places,
        }

    def around(self) -> Iterator[Context]:
        """Each date, place and choice of readings, with a case of which nothing is known."""
        for place, day, choices in product(self.places, self.days, product(*self.readings.values())):
            yield Context(Case(), day, place, dict(zip(self.readings, choices, strict=True)))

    def contexts(self) -> Iterator[Context]:
        """Each context, in a fixed order."""
        for around in self.around():
            for facts in product(*self.facts.values()):
                for rows in product(*self.records.values()):
                    given = dict(zip(self.facts, facts, strict=True))
                    case = Case(given, dict(zip(self.records, rows, strict=True)))
                    yield Context(case, around.today, around.place, around.readings)

    def conditions(self, corpus: Corpus) -> list[Expr]:
        """What holds in these contexts and in no others, as far as a case is asked for what they list."""
        found = [_one_of(FactRef(n), values, corpus.facts[n].type) for n, values in self.facts.items()]
        for name, choices in self.readings.items():
            found.append(_one_of(ReadingRef(name), choices, Enumeration(name, corpus.readings[name].choices)))
        for name, rows in self.records.items():
            found += _among(name, rows, corpus)
        found.append(_one_of(Today(), self.days, Date()))
        found.append(disjunction(*(exactly(place, corpus) for place in self.places)))
        return found


def thinned(slice_: Slice, limit: int, random: Random, keep: Context | None = None) -> Slice:
    """``slice_`` with values left out by chance, the longest lists first, down to ``limit`` contexts.

    What ``keep`` has stays, and is put in where it is not there: then there may be more.
    """
    if slice_.size <= limit:
        return slice_
    lists = slice_.lists()
    kept = _parts(keep) if keep is not None else {}
    for key, value in kept.items():
        if key in lists:
            lists[key] = _with(lists[key], value)
    while prod(map(count, lists.values())) > limit:
        fewer = {key: _less(values, key in kept, kept.get(key)) for key, values in lists.items()}
        able = [key for key in lists if fewer[key]]
        if not able:
            break
        longest = max(count(lists[key]) for key in able)
        key = random.choice([each for each in able if count(lists[each]) == longest])
        lists[key] = random.choice(fewer[key])

    def of(kind: str) -> dict[str, Any]:
        return {name: values for (each, name), values in lists.items() if each == kind}

    days, places = of("day")[""], of("place")[""]
    return Slice(of("fact"), of("record"), of("reading"), days, places, whole=False)


def count(values: Values) -> int:
    """How many values there are; of a record, how many lists of rows."""
    return values.count if isinstance(values, Rows) else len(values)


def _parts(context: Context) -> dict[Key, Any]:
    found: dict[Key, Any] = {("day", ""): context.today, ("place", ""): context.place}
    found |= {("fact", name): value for name, value in context.case.facts.items()}
    found |= {("record", name): rows for name, rows in context.case.records.items()}
    return found | {("reading", name): choice for name, choice in context.readings.items()}


def _with(values: Values, value: Any) -> Values:
    """``values`` with one more; of a record, with these rows."""
    if not isinstance(values, Rows):
        return values if value in values else (*values, value)
    more = [row for n, row in enumerate(value) if row not in values.values and row not in value[:n]]
    return Rows((*values.values, *more), max(values.most, len(value)))


def _less(values: Values, is_kept: bool, kept: Any) -> list[Values]:
    """``values`` without one that need not stay; of a record, without one value of rows, or one row."""
    if not isinstance(values, Rows):
        gone = [n for n, value in enumerate(values) if not is_kept or value != kept]
        return [(*values[:n], *values[n + 1 :]) for n in gone] if len(values) > 1 else []
    rows = kept if is_kept else ()
    gone = [n for n, row in enumerate(values.values) if row not in rows]
    if gone and len(values.values) > 1:
        return [Rows((*values.values[:n], *values.values[n + 1 :]), values.most) for n in gone]
    return [Rows(values.values, values.most - 1)] if values.most > len(rows) else []


def pinned(context: Context, corpus: Corpus) -> dict[Key, Expr]:
    """What the context says, one condition for each thing that it speaks of."""
    case = context.case
    found = {("fact", n): _one_of(FactRef(n), (v,), corpus.facts[n].type) for n, v in case.facts.items()}
    found |= {("record", name): _exactly_rows(name, rows, corpus) for name, rows in case.records.items()}
    for name, choice in context.readings.items():
        type_ = Enumeration(name, corpus.readings[name].choices)
        found["reading", name] = _one_of(ReadingRef(name), (choice,), type_)
    found["day", ""] = _one_of(Today(), (context.today,), Date())
    found["place", ""] = exactly(context.place, corpus)
    return found


def exactly(place: str, corpus: Corpus) -> Expr:
    """The place is ``place`` itself and nothing inside it."""
    inside = [InTerritory(p) for p, parent in corpus.territories.items() if parent == place]
    return conjunction(InTerritory(place), *map(negation, inside))


def _among(record: str, rows: Rows, corpus: Corpus) -> list[Expr]:
    """The record has one of these lists of rows."""
    fields = corpus.records[record].fields
    alike = [
        conjunction(*(_one_of(FieldRef(record, f), (value,), fields[f]) for f, value in row.items()))
        for row in rows.values
    ]
    return [
        negation(AtLeast(1, record, negation(disjunction(*alike)))),
        negation(AtLeast(rows.most + 1, record, TRUE)),
    ]


def _exactly_rows(record: str, rows: Sequence[Row], corpus: Corpus) -> Expr:
    """The record has these rows and no others."""
    fields = corpus.records[record].fields
    found = [negation(AtLeast(len(rows) + 1, record, TRUE))]
    for row in rows:
        alike = [_one_of(FieldRef(record, name), (value,), fields[name]) for name, value in row.items()]
        found.append(AtLeast(sum(row == other for other in rows), record, conjunction(*alike)))
    return conjunction(*found)


def _one_of(term: Expr, values: tuple[Value, ...], type_: Type) -> Expr:
    return disjunction(*(Compare(Order.EQ, term, Const(value, type_)) for value in values))
