"""From syntax trees to one typed program, with every mistake found on the way.

The order: gather the names, then types, terms and outcomes, then instruments and rules. A declaration that is
wrong is reported and left out; a program with diagnostics must not be lowered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from attrs import frozen

from guiju.dsl import tree as t
from guiju.dsl import typed as y
from guiju.dsl.diagnostics import Bag, Diagnostic
from guiju.dsl.resolve import calendar, coverage, examples, instruments, ranges, rules, world
from guiju.dsl.resolve.around import World
from guiju.dsl.resolve.expressions import Scope
from guiju.dsl.resolve.symbols import Symbols, gather

__all__ = ["Resolved", "resolve"]


@frozen
class Resolved:
    """The program, and what is wrong with it; only a program without diagnostics may be used."""

    program: y.Program
    diagnostics: tuple[Diagnostic, ...]


def resolve(files: Sequence[t.File]) -> Resolved:
    """Resolve and type-check ``files`` as one corpus."""
    bag = Bag()
    symbols = gather(files, bag)
    scope = Scope(symbols, world.fact_types(symbols, bag), world.field_types(symbols, bag), {}, bag)
    terms = world.terms(scope)
    actions, outcomes = world.actions(scope), world.outcomes(scope)
    around = World(scope, actions, outcomes)
    found = {id_: instruments.instrument(id_, i, around) for id_, i in symbols.instruments.items()}
    headers = {id_: i for id_, i in found.items() if i is not None}
    parts = _parts(symbols, headers, around)
    coverage.check(symbols, headers, bag)
    program = y.Program(
        horizon=world.horizon(symbols, bag),
        territories=world.territories(symbols, bag),
        ranks=world.ranks(symbols),
        authorities=world.authorities(symbols, bag),
        enumerations=symbols.enumerations,
        facts=world.facts(scope),
        records={
            name: y.Record(name, scope.field_types[name], r.place) for name, r in symbols.records.items()
        },
        entities=tuple(symbols.entities),
        categories=world.categories(symbols),
        actions=actions,
        outcomes=outcomes,
        terms=terms,
        readings=world.readings(symbols),
        assumptions=tuple(p for p in parts if isinstance(p, y.Assumption)),
        instruments=headers,
        rules=tuple(p for p in parts if isinstance(p, y.Rule)),
        powers=tuple(p for p in parts if isinstance(p, y.Power)),
        claims=tuple(p for p in parts if isinstance(p, y.Claim)),
        omissions=tuple(p for p in parts if isinstance(p, y.Omission)),
        examples=tuple(p for p in parts if isinstance(p, y.Example)),
    )
    _versions(program, bag)
    ranges.check(program, bag)
    calendar.check(program, bag)
    return Resolved(program, bag.sorted())


Part = y.Assumption | y.Rule | y.Power | y.Claim | y.Omission | y.Example | None


def _parts(symbols: Symbols, headers: Mapping[str, y.Instrument], around: World) -> list[Part]:
    found: list[Part] = []
    for local in symbols.ordered:
        home, declaration = local.instrument, local.declaration
        match declaration:
            case t.Rule(name) if home is not None:
                found.append(rules.rule(f"{home}.{name.text}", home, declaration, headers.get(home), around))
            case t.Power() if home is not None and home in headers:
                found.append(instruments.power(home, declaration, headers[home], around))
            case t.Claim() if home is not None:
                found.append(instruments.claim(home, declaration, around))
            case t.Omission() if home is not None:
                found.append(instruments.omission(home, declaration))
            case t.Assumption():
                found.append(instruments.assumption(home, declaration, around))
            case t.Example():
                found.append(examples.example(home, declaration, around))
            case _:
                pass
    return found


def _versions(program: y.Program, bag: Bag) -> None:
    """Report versions of one instrument (``name@version``) whose times in force surely overlap."""
    dated = [
        (i, _fixed(i.start, dt.date.min), _fixed(i.end, dt.date.max)) for i in program.instruments.values()
    ]
    for index, (one, start, end) in enumerate(dated):
        for other, start2, end2 in dated[:index]:
            same = one.id.split("@")[0] == other.id.split("@")[0]
            if same and start <= end2 and start2 <= end:
                bag.error(
                    "E403",
                    one.place,
                    f"{one.id} 与 {other.id} 的有效期重叠",
                    f"{one.id} and {other.id} are in force at the same time",
                )


def _fixed(day: y.Expr | None, otherwise: dt.date) -> dt.date:
    if isinstance(day, y.Literal) and isinstance(day.value, dt.date):
        return day.value
    return otherwise
