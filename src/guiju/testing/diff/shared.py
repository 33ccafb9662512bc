"""The declarations that two versions share: of each thing one, as wide as either declares it.

What cannot be made one (a number that became a truth, an amount in another unit) keeps two names; ``apart``
says so, and why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from attrs import evolve, field, frozen

from guiju.compiler.kernel import (
    Action,
    Assumption,
    Corpus,
    Enumeration,
    Expr,
    Fact,
    Outcome,
    Reading,
    Record,
    Type,
)
from guiju.dsl.source import Bilingual
from guiju.testing.diff.domains import enumerations, joined
from guiju.testing.diff.names import (
    ACTION,
    ENTITY,
    FACT,
    FIELD,
    OUTCOME,
    READING,
    RECORD,
    TERRITORY,
    Names,
)
from guiju.testing.diff.rewriting import Rewriter

#: What the old version calls something that cannot be what the new one calls so. No declared name has it.
_OLD = "@old"


class NothingShared(ValueError):
    """No day lies in the horizons of both versions."""


@frozen(eq=False)
class Shared:
    """What both versions are put over.

    Attributes:
        frame: The declarations, with the assumptions of both and without norms and instruments.
        before, after: Put what the old and the new version say into their words.
        outcomes: Those of each, the old version's first: how answers combine is each one's own.
        apart: What could not be made one, by what it is and its name, and why.
    """

    frame: Corpus
    before: Rewriter
    after: Rewriter
    outcomes: tuple[dict[str, Outcome], dict[str, Outcome]]
    apart: dict[tuple[str, str], Bilingual]


def shared(then: Corpus, now: Corpus, names: Names) -> Shared:
    """The declarations of the old version, ``then``, and of the new one as one.

    Raises:
        NothingShared: No day lies in the horizons of both.
    """
    return _Sharing(then, now, names).shared()


@frozen(eq=False)
class _Sharing:
    """Attributes: ``apart`` is filled as the declarations are put together."""

    then: Corpus
    now: Corpus
    names: Names
    apart: dict[tuple[str, str], Bilingual] = field(factory=dict)

    def shared(self) -> Shared:
        wide = self._enumerations()
        before, after = Rewriter(self.names, wide), Rewriter(Names(), wide)
        facts, other_facts = self._facts(before, after)
        records, other_fields = self._records(before, after)
        if other_facts or other_fields:
            known = self.names.by_kind
            own = {FACT: {**known[FACT], **other_facts}, FIELD: {**known.get(FIELD, {}), **other_fields}}
            before = Rewriter(Names({**known, **own}), wide)
        outcomes = self._outcomes(before, after)
        self._calendars()
        frame = evolve(
            self.now,
            horizon=self._horizon(),
            territories=self._territories(),
            entities=self._entities(),
            facts=facts,
            records=records,
            readings=self._readings(),
            outcomes={**outcomes[0], **outcomes[1]},
            actions=self._actions(),
            assumptions=self._assumptions(before, after),
            instruments={},
            examples=(),
        )
        return Shared(frame, before, after, outcomes, self.apart)

    def _enumerations(self) -> dict[Enumeration, Enumeration]:
        """What takes the place of each enumeration of either version."""
        now, wide = enumerations(self.now), {}
        for name, old in enumerations(self.then).items():
            new = now.get(self.names.kinds.get(name, name))
            whole = None if new is None else joined(old, new)
            if new is not None and isinstance(whole, Enumeration):
                wide[old] = wide[new] = whole
            elif new is not None:
                wide[old] = evolve(old, name=f"{old.name}{_OLD}")
        for name, reading in self.then.readings.items():
            other = self.now.readings.get(self.names.of(READING, name))
            if other is not None:
                choices = _choices(reading, other)
                whole = Enumeration(other.name, choices)
                wide[Enumeration(name, reading.choices)] = whole
                wide[Enumeration(other.name, other.choices)] = whole
        return {narrow: each for narrow, each in wide.items() if narrow != each}

    def _facts(self, before: Rewriter, after: Rewriter) -> tuple[dict[str, Fact], dict[str, str]]:
        """The facts, and what those of the old version are called that cannot be what has their name now."""
        found = {name: evolve(fact, type=after.type(fact.type)) for name, fact in self.now.facts.items()}
        clashing: dict[str, str] = {}
        for old, fact in self.then.facts.items():
            name = self.names.of(FACT, old)
            then = before.type(fact.type)
            now = found.get(name)
            type_ = then if now is None else joined(then, now.type)
            if type_ is None:
                clashing[old] = apart = f"{name}{_OLD}"
                for each in (name, apart):
                    self._not_one(("fact", each), name, "事实", "fact")
                found[apart] = evolve(fact, name=apart, type=then)
            else:
                found[name] = evolve(now or fact, name=name, type=type_)
        return found, clashing

    def _records(self, before: Rewriter, after: Rewriter) -> tuple[dict[str, Record], dict[str, str]]:
        """The records, and what old fields are called that cannot be what has their name now."""
        clashing: dict[str, str] = {}
        found = {
            name: evolve(each, fields={n: after.type(t) for n, t in each.fields.items()})
            for name, each in self.now.records.items()
        }
        for old, record in self.then.records.items():
            name = self.names.of(RECORD, old)
            fields: dict[str, Type] = dict(found[name].fields) if name in found else {}
            for own, type_ in record.fields.items():
                other = self.names.field(old, own)
                then = before.type(type_)
                both = joined(then, fields[other]) if other in fields else then
                if both is None:
                    self._not_one(("record", name), f"{name}.{other}", "字段", "field")
                    clashing[f"{old}.{own}"] = f"{other}{_OLD}"
                    fields[f"{other}{_OLD}"] = then
                else:
                    fields[other] = both
            found[name] = Record(name, fields)
        return found, clashing

    def _entities(self) -> tuple[str, ...]:
        old = (self.names.of(ENTITY, each) for each in self.then.entities)
        return tuple(dict.fromkeys((*self.now.entities, *old)))

    def _actions(self) -> dict[str, Action]:
        old = {self.names.of(ACTION, name): each for name, each in self.then.actions.items()}
        return {**old, **self.now.actions}

    def _readings(self) -> dict[str, Reading]:
        found = dict(self.now.readings)
        for old, reading in self.then.readings.items():
            name = self.names.of(READING, old)
            now = found.get(name)
            found[name] = evolve(now or reading, name=name, choices=_choices(reading, now or reading))
        return found

    def _outcomes(self, before: Rewriter, after: Rewriter) -> tuple[dict[str, Outcome], dict[str, Outcome]]:
        """The outcomes of each version; of one that both have, with the type that both share."""
        now = {name: after.outcome(each) for name, each in self.now.outcomes.items()}
        then = {each.name: each for each in (before.outcome(o) for o in self.then.outcomes.values())}
        for name in [*then]:
            if name not in now:
                continue
            type_ = joined(then[name].type, now[name].type)
            if type_ is None:
                self._not_one((OUTCOME, name), name, "结果", "outcome")
            else:
                then[name], now[name] = evolve(then[name], type=type_), evolve(now[name], type=type_)
        return then, now

    def _territories(self) -> dict[str, str | None]:
        found = dict(self.now.territories)
        for old, parent in self.then.territories.items():
            name = self.names.of(TERRITORY, old)
            above = None if parent is None else self.names.of(TERRITORY, parent)
            if found.setdefault(name, above) != above:
                why = Bilingual(f"地域 {name} 改属他处", f"the territory {name} lies elsewhere now")
                for place in (above, found[name]):
                    for tree in (self.now, self.then):
                        self.apart.update({("place", each): why for each in _around(place, tree)})
        return found

    def _assumptions(self, before: Rewriter, after: Rewriter) -> tuple[Assumption, ...]:
        """Those of both versions, each once; a case has to be one for either."""
        said: dict[Expr, Assumption] = {}
        for each in (
            *(after.assumption(a) for a in self.now.assumptions),
            *(before.assumption(a) for a in self.then.assumptions),
        ):
            said.setdefault(each.expr, each)
        return tuple(said.values())

    def _horizon(self) -> tuple[dt.date, dt.date]:
        (first, last), (earliest, latest) = self.then.horizon, self.now.horizon
        if max(first, earliest) > min(last, latest):
            raise NothingShared(f"{first}..{last}, {earliest}..{latest}")
        return max(first, earliest), min(last, latest)

    def _calendars(self) -> None:
        if self.then.calendar != self.now.calendar:
            self.apart["calendar", ""] = Bilingual(
                "两版所用的工作日日历不同", "the versions go by different calendars of working days"
            )

    def _not_one(self, what: tuple[str, str], name: str, zh: str, en: str) -> None:
        self.apart[what] = Bilingual(f"{zh}“{name}”改了类型", f"the {en} {name} changed its type")


def _choices(old: Reading, new: Reading) -> tuple[str, ...]:
    """The choices of both, the default of the new one first."""
    return tuple(dict.fromkeys((*new.choices, *old.choices)))


def _around(place: str | None, corpus: Corpus) -> Iterable[str]:
    """``place`` and all that it lies in."""
    while place is not None and place in corpus.territories:
        yield place
        place = corpus.territories[place]
