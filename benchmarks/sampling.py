"""Random cases near the edges of some norms: where backends, or implementations, would come apart.

A fact takes the values that the norms compare it with, the values next to these, and any other; dates lie
about one day, at the distances that the norms speak of. Cases that are given, such as examples, are changed
in a few
places: they reach what chance alone would not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from random import Random

from attrs import evolve, frozen

from guiju.compiler.days import shift_days, shift_months
from guiju.compiler.kernel import (
    AtLeast,
    Boolean,
    Case,
    Clip,
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
    Integer,
    Norm,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    Type,
    Value,
    position_terms,
    walk,
)

_MOST_ROWS = 4


@frozen
class Sampler:
    """Draws contexts for ``norms``; ``sampler`` makes one.

    Attributes:
        corpus: What declares the names.
        facts, records: Those that the norms ask for.
        values: The values that each fact or field is compared with.
        months, days: The distances between dates that the norms speak of.
        seeds: Contexts to start from.
    """

    corpus: Corpus
    facts: tuple[str, ...]
    records: tuple[str, ...]
    values: Mapping[str, tuple[Value, ...]]
    months: tuple[int, ...]
    days: tuple[int, ...]
    seeds: tuple[Context, ...]

    def draw(self, random: Random, place: str, readings: Mapping[str, str], unknown: float = 0.0) -> Context:
        """A context at ``place`` under ``readings``; each fact is left unknown with that probability."""
        if self.seeds and random.random() < 0.7:
            seed = random.choice(self.seeds)
            today = self._near(seed.today, random) if random.random() < 0.5 else seed.today
            names = random.sample(self.facts, min(len(self.facts), random.choice((0, 1, 1, 2, 4))))
            case = self._changed(seed.case, names, today, random)
        else:
            today = self._any_day(random)
            case = self._changed(Case({}, {}), self.facts, today, random, every_record=True)
        if unknown:
            kept = {n: v for n, v in case.facts.items() if random.random() >= unknown}
            case = Case(kept, {n: r for n, r in case.records.items() if random.random() >= unknown})
        return Context(case, today, place, readings)

    def _changed(
        self, case: Case, names: Iterable[str], today: dt.date, random: Random, every_record: bool = False
    ) -> Case:
        facts = {n: case.facts[n] for n in self.facts if n in case.facts}
        for name in names:
            facts[name] = self._value(name, self.corpus.facts[name].type, today, random)
        for name in self.facts:
            if name not in facts:  # complete, so that every backend has to answer
                facts[name] = self._value(name, self.corpus.facts[name].type, today, random)
        records = {
            name: self._rows(name, today, random)
            if every_record or random.random() < 0.3
            else case.records.get(name, ())
            for name in self.records
        }
        return Case(facts, records)

    def _rows(self, record: str, today: dt.date, random: Random) -> tuple[Mapping[str, Value], ...]:
        fields = self.corpus.records[record].fields
        return tuple(
            {name: self._value(f"{record}.{name}", type_, today, random) for name, type_ in fields.items()}
            for _ in range(random.randint(0, _MOST_ROWS))
        )

    def _value(self, name: str, type_: Type, today: dt.date, random: Random) -> Value:
        known = self.values.get(name, ())
        match type_:
            case Boolean():
                return random.random() < 0.5
            case Enumeration(members=members):
                return random.choice(members)
            case Date():
                return self._near(today, random)
            case Integer(low, high):
                numbers = [v for v in known if isinstance(v, int)]
                if numbers and random.random() < 0.8:
                    return min(high, max(low, random.choice(numbers) + random.choice((-1, 0, 0, 1))))
                return random.randint(low, high)

    def _near(self, day: dt.date, random: Random) -> dt.date:
        """A day at a distance that the norms speak of, or a day more or less; inside the horizon."""
        first, last = self.corpus.horizon
        months = random.choice((0, 0, *self.months, *(-m for m in self.months)))
        days = random.choice((0, 0, *self.days, *(-d for d in self.days)))
        moved = shift_days(shift_months(day, months, Clip.DOWN), days + random.choice((-1, 0, 0, 1)))
        return min(last, max(first, moved))

    def _any_day(self, random: Random) -> dt.date:
        first, last = self.corpus.horizon
        day = dt.date.fromordinal(random.randint(first.toordinal(), last.toordinal()))
        if random.random() < 0.3:  # the end of a month, where months are of different lengths
            day = shift_days(day.replace(day=1), -1)
        return min(last, max(first, day))


def sampler(norms: Sequence[Norm], corpus: Corpus, seeds: Iterable[Context] = ()) -> Sampler:
    """A sampler of cases for ``norms``, starting from ``seeds``, which may be any contexts of ``corpus``."""
    parts = [part for norm in norms for expr in _exprs(norm, corpus) for part in walk(expr)]
    values: dict[str, set[Value]] = {}
    for part in parts:
        if isinstance(part, Compare):
            for one, other in ((part.left, part.right), (part.right, part.left)):
                if isinstance(other, Const) and (name := _name(one)) is not None:
                    values.setdefault(name, set()).add(other.value)
    facts = tuple(dict.fromkeys(part.name for part in parts if isinstance(part, FactRef)))
    records = tuple(dict.fromkeys(part.record for part in parts if isinstance(part, AtLeast | Extreme)))
    moved = [(p, p.amount.value) for p in parts if isinstance(p, _MOVES) and isinstance(p.amount, Const)]
    return Sampler(
        corpus,
        facts,
        records,
        {name: tuple(sorted(found, key=str)) for name, found in values.items()},
        tuple(sorted({abs(int(str(n))) for p, n in moved if isinstance(p, ShiftMonths)})),
        tuple(sorted({abs(int(str(n))) for p, n in moved if not isinstance(p, ShiftMonths)})),
        tuple(evolve(seed, law_date=None) for seed in seeds),
    )


_MOVES = (ShiftMonths, ShiftDays, ShiftWorkdays)


def _exprs(norm: Norm, corpus: Corpus) -> list[Expr]:
    instrument = corpus.instruments[norm.instrument]
    force = [bound for bound in (instrument.start, instrument.end) if bound is not None]
    return [norm.guard, norm.law_date, *position_terms(norm.position), *force]


def _name(expr: Expr) -> str | None:
    match expr:
        case FactRef(name):
            return name
        case FieldRef(record, name):
            return f"{record}.{name}"
        case _:
            return None
