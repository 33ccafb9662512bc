"""What the versions declare otherwise: what is there, of which type, with which default."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from guiju.checker import wording
from guiju.compiler.kernel import Boolean, Corpus, Date, Enumeration, Instrument, Integer, Type
from guiju.dsl.source import Bilingual
from guiju.testing.diff.domains import enumerations
from guiju.testing.diff.names import ACTION, ENTITY, FACT, OUTCOME, READING, RECORD, TERRITORY, Names

#: What each kind of thing is called.
WORDS: Mapping[str, Bilingual] = {
    "entity": Bilingual("主体", "party"),
    "kind": Bilingual("种类", "kind"),
    "fact": Bilingual("事实", "fact"),
    "record": Bilingual("记录", "record"),
    "field": Bilingual("字段", "field"),
    "reading": Bilingual("读法", "reading"),
    "action": Bilingual("行为", "act"),
    "outcome": Bilingual("结果", "outcome"),
    "territory": Bilingual("地域", "territory"),
    "instrument": Bilingual("文件", "instrument"),
    "horizon": Bilingual("时限", "horizon"),
    "calendar": Bilingual("工作日日历", "calendar of working days"),
}

_GONE = Bilingual("新版没有", "not in the new version")
_CAME = Bilingual("新版才有", "only in the new version")


@frozen
class Declared:
    """One thing that the versions declare otherwise.

    Attributes:
        what: What kind of thing (``WORDS``).
        name: Its name in the version that has it, the new one where both do.
        text: What is otherwise.
        matters: Who gives no more than the rules demand gets another answer because of it: a default changed.
    """

    what: str
    name: str
    text: Bilingual
    matters: bool = False


def changes(old: Corpus, new: Corpus, names: Names) -> Iterator[Declared]:
    """What ``new`` declares otherwise than ``old``, what goes by another name being the same."""
    for what, then, now in (
        (ENTITY, old.entities, new.entities),
        (FACT, old.facts, new.facts),
        (RECORD, old.records, new.records),
        (READING, old.readings, new.readings),
        (ACTION, old.actions, new.actions),
        (OUTCOME, old.outcomes, new.outcomes),
        (TERRITORY, old.territories, new.territories),
    ):
        yield from _there(what, {names.of(what, name): name for name in then}, now)
    yield from _types(old, new, names)
    yield from _members(old, new, names)
    yield from _defaults(old, new, names)
    yield from _instruments(old, new)
    if old.horizon != new.horizon:
        (first, last), (earliest, latest) = old.horizon, new.horizon
        yield Declared("horizon", "", _became(f"{first}..{last}", f"{earliest}..{latest}"))
    if old.calendar != new.calendar:
        yield Declared("calendar", "", Bilingual("两版不同", "not the same in both"))


def _there(what: str, then: Mapping[str, str], now: Iterable[str]) -> Iterator[Declared]:
    present = set(now)
    for name, own in then.items():
        if name not in present:
            yield Declared(what, own, _GONE)
    for name in now:
        if name not in then:
            yield Declared(what, name, _CAME)


def _types(old: Corpus, new: Corpus, names: Names) -> Iterator[Declared]:
    for own, fact in old.facts.items():
        now = new.facts.get(names.of(FACT, own))
        if now is not None:
            yield from _retyped("fact", now.name, fact.type, now.type)
    for own, record in old.records.items():
        other = new.records.get(names.of(RECORD, own))
        if other is None:
            continue
        fields = {names.field(own, name): type_ for name, type_ in record.fields.items()}
        full = {f"{other.name}.{name}": f"{own}.{name}" for name in fields}
        yield from _there("field", full, [f"{other.name}.{name}" for name in other.fields])
        for name, type_ in fields.items():
            if name in other.fields:
                yield from _retyped("field", f"{other.name}.{name}", type_, other.fields[name])
    for own, outcome in old.outcomes.items():
        later = new.outcomes.get(names.of(OUTCOME, own))
        if later is not None:
            yield from _retyped("outcome", later.name, outcome.type, later.type)


def _retyped(what: str, name: str, then: Type, now: Type) -> Iterator[Declared]:
    if isinstance(then, Enumeration) and isinstance(now, Enumeration):
        return  # told once, of the enumeration
    if then != now:
        before, after = _type(then), _type(now)
        yield Declared(what, name, Bilingual(*_pair(before, after)))


def _members(old: Corpus, new: Corpus, names: Names) -> Iterator[Declared]:
    now = enumerations(new)
    for name, then in enumerations(old).items():
        later = now.get(names.kinds.get(name, name))
        if later is not None and (then.members, then.ordered) != (later.members, later.ordered):
            if not later.ordered and not then.ordered and set(then.members) == set(later.members):
                continue
            yield Declared("kind", later.name, _became("、".join(then.members), "、".join(later.members)))
    for own, reading in old.readings.items():
        other = new.readings.get(names.of(READING, own))
        if other is not None and set(other.choices) != set(reading.choices):
            yield Declared(
                "reading", other.name, _became(" | ".join(reading.choices), " | ".join(other.choices))
            )


def _defaults(old: Corpus, new: Corpus, names: Names) -> Iterator[Declared]:
    for own, fact in old.facts.items():
        now = new.facts.get(names.of(FACT, own))
        if now is not None and type(now.type) is type(fact.type) and now.default != fact.default:
            before, after = (
                wording.value(each.default, each.type)
                if each.default is not None
                else Bilingual("没有", "none")
                for each in (fact, now)
            )
            words = Bilingual(*_pair(before, after))
            yield Declared(
                "fact", now.name, Bilingual(f"默认值{words.zh}", f"its default: {words.en}"), matters=True
            )
    for own, reading in old.readings.items():
        other = new.readings.get(names.of(READING, own))
        if other is not None and other.choices[0] != reading.choices[0]:
            words = _became(reading.choices[0], other.choices[0])
            yield Declared(
                "reading",
                other.name,
                Bilingual(f"默认读法{words.zh}", f"its default: {words.en}"),
                matters=True,
            )


def _instruments(old: Corpus, new: Corpus) -> Iterator[Declared]:
    """Instruments that came and went; one of the same title or number is the same, whatever its id."""
    left = list(new.instruments.values())
    for then in old.instruments.values():
        now = next((each for each in left if each.id == then.id), None)
        now = now or next((each for each in left if _same_document(then, each)), None)
        if now is None:
            yield Declared(
                "instrument", then.title or then.id, Bilingual("新版没有", "not in the new version")
            )
            continue
        left.remove(now)
        if now.id != then.id:
            yield Declared("instrument", now.title or now.id, _became(then.id, now.id))
    for each in left:
        yield Declared("instrument", each.title or each.id, _CAME)


def _same_document(one: Instrument, other: Instrument) -> bool:
    if one.number is not None or other.number is not None:
        return one.number == other.number
    return one.title == other.title


def _type(type_: Type) -> Bilingual:
    match type_:
        case Boolean():
            return Bilingual("是否", "yes or no")
        case Date():
            return Bilingual("日期", "a day")
        case Enumeration(name=name):
            return Bilingual(name, name)
        case Integer(low, high):
            first, last = wording.value(low, type_), wording.value(high, type_)
            return Bilingual(f"{first.zh} 至 {last.zh}", f"{first.en} to {last.en}")


def _pair(before: Bilingual, after: Bilingual) -> tuple[str, str]:
    return f"由 {before.zh} 改为 {after.zh}", f"was {before.en}, is {after.en}"


def _became(before: str, after: str) -> Bilingual:
    return Bilingual(*_pair(Bilingual(before, before), Bilingual(after, after)))
