"""Two versions of a corpus over one set of declarations, so that one case can be put to both.

What both declare is as wide as either declares it; what only one declares is there for that one. What cannot
be made one (a number that became a truth, an amount in another unit) keeps two names, and no question that
depends on it is compared. Instruments, and how answers combine, stay each version's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from attrs import evolve, field, frozen

from guiju.compiler.cone import symbols
from guiju.compiler.kernel import (
    Assumption,
    Corpus,
    Enumeration,
    Expr,
    Fact,
    InTerritory,
    Norm,
    Outcome,
    Reading,
    Record,
    RollToWorkday,
    ShiftWorkdays,
    Type,
    walk,
)
from guiju.compiler.resolve import Defeats
from guiju.decisions.corpus import Corpus as Deciding
from guiju.decisions.topics import Topic, topics
from guiju.dsl.source import Bilingual
from guiju.testing.diff import declared
from guiju.testing.diff.declared import Declared
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
    Renamed,
    paired,
)
from guiju.testing.diff.rewriting import Rewriter
from guiju.testing.scope import terms

#: What the old version calls something that cannot be what the new one calls so. No declared name has it.
_OLD = "@old"


class NothingShared(ValueError):
    """No day lies in the horizons of both versions."""


@frozen(eq=False)
class Version:
    """One version over the shared declarations.

    Attributes:
        digest: That of the corpus as it was loaded.
        corpus: Its norms, instruments and ways to combine answers, and the shared declarations.
        defeats: Which of its norms prevail over which.
        topics: What it answers, by name, with the norms that do.
        assumptions: Its own.
        facts, fields, readings, territories: What it declares itself, under the shared names: the types of
            facts, of fields by record and name, the choices of readings, the places.
    """

    digest: str
    corpus: Corpus
    defeats: Defeats
    topics: Mapping[str, tuple[Topic, tuple[Norm, ...]]]
    assumptions: tuple[Assumption, ...]
    facts: Mapping[str, Type]
    fields: Mapping[tuple[str, str], Type]
    readings: Mapping[str, tuple[str, ...]]
    territories: frozenset[str]


@frozen(eq=False)
class Merged:
    """Both versions over one set of declarations.

    Attributes:
        frame: The shared declarations, with the assumptions of both.
        old, new: The versions.
        renamed: What was taken for the same under another name.
        declared: What is declared otherwise.
        apart: What cannot be compared, by what it is and its name, and why.
    """

    frame: Corpus
    old: Version
    new: Version
    renamed: tuple[Renamed, ...]
    declared: tuple[Declared, ...]
    apart: Mapping[tuple[str, str], Bilingual] = field(factory=dict)

    def incomparable(self, topic: str) -> tuple[Bilingual, ...]:
        """Why the answers to ``topic`` cannot be compared; empty where they can."""
        found: list[Bilingual] = []
        for version in (self.old, self.new):
            norms = version.topics[topic][1] if topic in version.topics else ()
            exprs = [e for norm in norms for e in terms(norm, version.corpus)]
            spoken_of = {*symbols(exprs), (OUTCOME, topic), *(("place", n.territory) for n in norms)}
            parts = [part for expr in exprs for part in walk(expr)]
            spoken_of |= {("place", part.territory) for part in parts if isinstance(part, InTerritory)}
            if any(isinstance(part, ShiftWorkdays | RollToWorkday) for part in parts):
                spoken_of.add(("calendar", ""))
            found += [why for what, why in self.apart.items() if what in spoken_of]
        return tuple(dict.fromkeys(found))


def merged(old: Deciding, new: Deciding, given: Mapping[str, str]) -> Merged:
    """Both versions over one set of declarations.

    Args:
        old, new: The versions, loaded.
        given: What has another name now, as the user says: old name to new.

    Raises:
        UnknownName: ``given`` speaks of what is not there.
        NothingShared: No day lies in the horizons of both.
    """
    names, renamed = paired(old.declarations, new.declarations, given)
    return _Merging(old, new, names).merged(renamed)


@frozen(eq=False)
class _Merging:
    """Attributes: ``then`` and ``now`` are the declarations; ``apart`` is filled as they are merged."""

    old: Deciding
    new: Deciding
    names: Names
    apart: dict[tuple[str, str], Bilingual] = field(factory=dict)

    @property
    def then(self) -> Corpus:
        return self.old.declarations

    @property
    def now(self) -> Corpus:
        return self.new.declarations

    def merged(self, renamed: tuple[Renamed, ...]) -> Merged:
        wide = self._enumerations()
        before, after = Rewriter(self.names, wide), Rewriter(Names(), wide)
        facts, other_facts = self._facts(before, after)
        records, other_fields = self._records(before, after)
        if other_facts or other_fields:
            known = self.names.by_kind
            own = {FACT: {**known[FACT], **other_facts}, FIELD: {**known.get(FIELD, {}), **other_fields}}
            before = Rewriter(Names({**known, **own}), wide)
        outcomes = self._outcomes(before, after)
        assumptions = self._assumptions(before, after)
        self._calendars()
        frame = evolve(
            self.now,
            horizon=self._horizon(),
            territories=self._territories(),
            entities=tuple(
                dict.fromkeys((*self.now.entities, *(self.names.of(ENTITY, e) for e in self.then.entities)))
            ),
            facts=facts,
            records=records,
            readings=self._readings(),
            outcomes={**outcomes[0], **outcomes[1]},
            actions=dict(self.now.actions),
            assumptions=assumptions,
            instruments={},
            examples=(),
        )
        return Merged(
            frame=frame,
            old=self._version(self.old, before, frame, outcomes[0]),
            new=self._version(self.new, after, frame, outcomes[1]),
            renamed=renamed,
            declared=tuple(declared.changes(self.then, self.now, self.names)),
            apart=self.apart,
        )

    def _version(
        self, of: Deciding, rewriter: Rewriter, frame: Corpus, outcomes: Mapping[str, Outcome]
    ) -> Version:
        whole = of.kernel
        actions = {rewriter.names.of(ACTION, name): each for name, each in whole.actions.items()}
        norms = tuple(rewriter.norm(norm) for norm in whole.norms)
        corpus = evolve(
            frame,
            norms=norms,
            instruments={name: rewriter.instrument(each) for name, each in whole.instruments.items()},
            outcomes={**frame.outcomes, **outcomes},
            actions={**frame.actions, **actions},
            ranks=whole.ranks,
            authorities=whole.authorities,
        )
        names = rewriter.names
        return Version(
            digest=of.digest,
            corpus=corpus,
            defeats=of.artifact.head.defeats,
            topics=topics(corpus),
            assumptions=tuple(rewriter.assumption(each) for each in whole.assumptions),
            facts={names.of(FACT, name): fact.type for name, fact in whole.facts.items()},
            fields={
                (names.of(RECORD, record.name), names.field(record.name, name)): type_
                for record in whole.records.values()
                for name, type_ in record.fields.items()
            },
            readings={names.of(READING, name): each.choices for name, each in whole.readings.items()},
            territories=frozenset(names.of(TERRITORY, name) for name in whole.territories),
        )

    # --- Declarations

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
            *(after.assumption(a) for a in self.new.kernel.assumptions),
            *(before.assumption(a) for a in self.old.kernel.assumptions),
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
