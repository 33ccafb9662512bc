"""A context as conditions: what pins a query to one case, so that the solver answers for that case alone."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

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
    Extreme,
    FactRef,
    FieldRef,
    InTerritory,
    Not,
    Order,
    ReadingRef,
    Today,
    Type,
    Value,
    conjunction,
    walk,
)


def equal(term: Expr, value: Value, type_: Type) -> Expr:
    """``term`` has that value."""
    return Compare(Order.EQ, term, Const(value, type_))


def within(context: Context, exprs: Iterable[Expr]) -> Context:
    """``context`` with only the facts and records that ``exprs`` mention."""
    used = [e for expr in exprs for e in walk(expr)]
    facts = {e.name for e in used if isinstance(e, FactRef)}
    records = {e.record for e in used if isinstance(e, AtLeast | Extreme)}
    case = Case(
        {n: v for n, v in context.case.facts.items() if n in facts},
        {n: rows for n, rows in context.case.records.items() if n in records},
    )
    return evolve(context, case=case)


def pins(context: Context, corpus: Corpus) -> list[Expr]:
    """Conditions that hold in ``context`` and, for what can be said in the kernel, in no other.

    Rows have no order in the kernel: for each row there are as many like it as ``context`` has, and no more
    rows. What ``context`` leaves unknown stays open.
    """
    found: list[Expr] = [equal(Today(), context.today, Date())]
    for place in corpus.territories:
        here = InTerritory(place)
        found.append(here if corpus.within(context.place, place) else Not(here))
    for name, reading in corpus.readings.items():
        choice = context.readings.get(name, reading.choices[0])
        found.append(equal(ReadingRef(name), choice, Enumeration(name, reading.choices)))
    for name, value in context.case.facts.items():
        found.append(equal(FactRef(name), value, corpus.facts[name].type))
    for record, rows in context.case.records.items():
        fields = corpus.records[record].fields
        for row in rows:
            alike = conjunction(*(equal(FieldRef(record, name), row[name], fields[name]) for name in row))
            found.append(AtLeast(sum(row == other for other in rows), record, alike))
        found.append(Not(AtLeast(len(rows) + 1, record, TRUE)))
    return found
