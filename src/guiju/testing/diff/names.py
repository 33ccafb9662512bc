"""What goes by another name in the new version: as the user says, and where only one thing can be meant.

A thing that only the old version has and one that only the new version has are taken for the same where they
are of one type and belong to one party, and neither could be paired with anything else. What was taken so is
part of the report: a reader may know better, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from attrs import field, frozen

from guiju.compiler.kernel import Corpus, Record, Type
from guiju.dsl.diagnostics import did_you_mean
from guiju.dsl.source import Bilingual
from guiju.testing.diff.domains import alike, enumerations, shape

#: What can have another name, in the order in which it is paired.
ENTITY, KIND, FACT, RECORD, FIELD = "entity", "kind", "fact", "record", "field"
READING, ACTION, OUTCOME, TERRITORY = "reading", "action", "outcome", "territory"


class UnknownName(ValueError):
    """What was said to be renamed is not in the old version, or its new name not in the new one."""

    def __init__(self, message: Bilingual) -> None:
        super().__init__(message.en)
        self.message = message


@frozen
class Renamed:
    """Something that goes by another name now. ``given``: the user said so."""

    what: str
    old: str
    new: str
    given: bool


@frozen
class Names:
    """The new names of what has one, by what it is and the old name."""

    by_kind: Mapping[str, Mapping[str, str]] = field(factory=dict)

    def of(self, what: str, name: str) -> str:
        """The name in the new version; of a fact or record of a renamed party the party's name too."""
        known = self.by_kind.get(what, {})
        if name in known or what not in (FACT, RECORD):
            return known.get(name, name)
        party, dot, rest = name.partition(".")
        return f"{self.of(ENTITY, party)}{dot}{rest}"

    def field(self, record: str, name: str) -> str:
        """The new name of a field, by the old names."""
        return self.by_kind.get(FIELD, {}).get(f"{record}.{name}", name)

    @property
    def kinds(self) -> Mapping[str, str]:
        """The enumerations that have another name."""
        return self.by_kind.get(KIND, {})


def paired(old: Corpus, new: Corpus, given: Mapping[str, str]) -> tuple[Names, tuple[Renamed, ...]]:
    """The names, and what was taken for the same.

    Args:
        old, new: The declarations of the versions.
        given: Old name to new name, as the user says; an empty new name: it was taken away.

    Raises:
        UnknownName: There is nothing of the old name, or nothing of that kind of the new name.
    """
    pairing = _Pairing(old, new, given)
    pairing.run()
    if unused := [name for name in given if name not in pairing.used]:
        raise _unknown(unused[0], given[unused[0]], old, new)
    return Names(pairing.names), tuple(pairing.found)


@frozen(eq=False)
class _Pairing:
    old: Corpus
    new: Corpus
    given: Mapping[str, str]
    names: dict[str, dict[str, str]] = field(factory=dict)
    found: list[Renamed] = field(factory=list)
    used: set[str] = field(factory=set)

    def run(self) -> None:
        old, new = self.old, self.new
        self._pair(ENTITY, old.entities, new.entities, self._same_party)
        kinds, later = enumerations(old), enumerations(new)
        self._pair(KIND, kinds, later, lambda a, b: _share(kinds[a].members, later[b].members))
        self._pair(FACT, old.facts, new.facts, self._same_fact)
        self._pair(RECORD, old.records, new.records, self._same_record)
        for name, record in old.records.items():
            other = new.records.get(self._names().of(RECORD, name))
            if other is not None:
                self._pair_fields(name, record, other)
        self._pair(READING, old.readings, new.readings, self._same_reading)
        self._pair(ACTION, old.actions, new.actions, self._same_action)
        self._pair(OUTCOME, old.outcomes, new.outcomes, self._same_outcome)
        self._pair(TERRITORY, old.territories, new.territories, lambda a, b: False)

    def _names(self) -> Names:
        return Names(self.names)

    def _pair(
        self, what: str, before: Iterable[str], after: Iterable[str], same: Callable[[str, str], bool]
    ) -> None:
        then, now = list(before), list(after)
        known = self.names.setdefault(what, {})
        for name in then:
            if name in self.given and self.given[name] in ("", *now):
                self.used.add(name)
                if self.given[name]:
                    self._take(what, name, self.given[name], given=True)
        taken = {*known.values()}
        gone = [name for name in then if name not in self.given and self._names().of(what, name) not in now]
        kept = {self._names().of(what, name) for name in then if name not in gone}
        added = [name for name in now if name not in kept and name not in taken]
        for one in gone:
            candidates = [other for other in added if same(one, other)]
            if len(candidates) == 1 and sum(same(each, candidates[0]) for each in gone) == 1:
                self._take(what, one, candidates[0], given=False)

    def _take(self, what: str, old: str, new: str, given: bool) -> None:
        self.names[what][old] = new
        if old != new:
            self.found.append(Renamed(what, old, new, given))

    def _pair_fields(self, name: str, record: Record, other: Record) -> None:
        kinds = self._names().kinds
        then = {f"{name}.{each}": type_ for each, type_ in record.fields.items()}
        now = {f"{name}.{each}": type_ for each, type_ in other.fields.items()}
        before = dict(self.names.get(FIELD, {}))
        number = len(self.found)
        own = {
            old: f"{name}.{new.rpartition('.')[2]}"
            for old, new in self.given.items()
            if old in then and new.rpartition(".")[0] in ("", other.name)
        }
        fields = _Pairing(self.old, self.new, {**own})
        fields._pair(FIELD, then, now, lambda a, b: alike(then[a], now[b], kinds))
        self.used.update(fields.used)
        short = {old: new.rpartition(".")[2] for old, new in fields.names[FIELD].items()}
        self.names[FIELD] = {**before, **short}
        self.found[number:] = fields.found

    def _same_party(self, one: str, other: str) -> bool:
        return _share(_of_party(one, self.old), _of_party(other, self.new))

    def _same_fact(self, one: str, other: str) -> bool:
        return self._within_party(FACT, one, other) and self._alike(
            self.old.facts[one].type, self.new.facts[other].type
        )

    def _same_record(self, one: str, other: str) -> bool:
        then, now = self.old.records[one].fields.values(), self.new.records[other].fields.values()
        return self._within_party(RECORD, one, other) and shape(then, self._names().kinds) == shape(now, {})

    def _same_reading(self, one: str, other: str) -> bool:
        return set(self.old.readings[one].choices) == set(self.new.readings[other].choices)

    def _same_action(self, one: str, other: str) -> bool:
        then, now, names = self.old.actions[one], self.new.actions[other], self._names()
        parties = [None if each is None else names.of(ENTITY, each) for each in (then.bearer, then.patient)]
        return parties == [now.bearer, now.patient] and then.combination is now.combination

    def _same_outcome(self, one: str, other: str) -> bool:
        then, now = self.old.outcomes[one], self.new.outcomes[other]
        return then.combination is now.combination and self._alike(then.type, now.type)

    def _alike(self, one: Type, other: Type) -> bool:
        return alike(one, other, self._names().kinds)

    def _within_party(self, what: str, one: str, other: str) -> bool:
        return self._names().of(what, one).partition(".")[0] == other.partition(".")[0]


def _share(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether they have something in common, or nothing by which to tell."""
    then, now = set(one), set(other)
    return bool(then & now) or not (then or now)


def _of_party(party: str, corpus: Corpus) -> list[str]:
    names = (*corpus.facts, *corpus.records)
    return [rest for head, _, rest in (name.partition(".") for name in names) if head == party]


def _everything(corpus: Corpus) -> list[str]:
    fields = [f"{name}.{each}" for name, record in corpus.records.items() for each in record.fields]
    named = (corpus.entities, enumerations(corpus), corpus.facts, corpus.records, fields, corpus.readings)
    return [name for group in (*named, corpus.actions, corpus.outcomes, corpus.territories) for name in group]


def _unknown(old: str, new: str, before: Corpus, after: Corpus) -> UnknownName:
    known, later = _everything(before), _everything(after)
    if old not in known:
        hint = did_you_mean(old, known)
        return UnknownName(
            Bilingual(
                f"旧版中没有“{old}”。{hint.zh if hint else '事实和记录要写全名，例如 摊主.年龄'}",
                f"the old version has no {old}; "
                + (hint.en if hint else "facts and records are named in full, like 摊主.年龄"),
            )
        )
    hint = did_you_mean(new, later)
    return UnknownName(
        Bilingual(
            f"新版中没有与“{old}”同类的“{new}”。{hint.zh if hint else ''}",
            f"the new version has no {new} of the kind of {old}{f'; {hint.en}' if hint else ''}",
        )
    )
