"""What each name stands for: the tables that the rest of resolving looks names up in.

Names of one sort are unique in a corpus; different sorts may share a word. Facts, records and local terms
may be named without their entity or instrument where that is unambiguous.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from attrs import field, frozen

from guiju.dsl import tree as t
from guiju.dsl.diagnostics import Bag, did_you_mean
from guiju.dsl.source import Bilingual, Place
from guiju.dsl.types import Enumeration

D = TypeVar("D")

#: How each sort of name is called in messages.
SORTS: Mapping[str, Bilingual] = {
    "territory": Bilingual("法域", "territory"),
    "rank": Bilingual("位阶", "rank"),
    "authority": Bilingual("机关或部门", "authority or department"),
    "actor": Bilingual("主体（机关、部门或实体）", "actor (authority, department or entity)"),
    "type": Bilingual("种类或阶梯", "kind or scale"),
    "fact": Bilingual("事实", "fact"),
    "record": Bilingual("记录", "record"),
    "field": Bilingual("字段", "field"),
    "category": Bilingual("类别", "category"),
    "action": Bilingual("行为", "action"),
    "outcome": Bilingual("结果", "outcome"),
    "term": Bilingual("术语", "term"),
    "reading": Bilingual("读法", "reading"),
    "instrument": Bilingual("文件", "instrument"),
    "rule": Bilingual("规则", "rule"),
    "member": Bilingual("成员", "member"),
    "name": Bilingual("名称", "name"),
}


@frozen
class Local:
    """A declaration and the instrument (id) that it stands in, if any."""

    instrument: str | None
    declaration: t.Declaration


@frozen
class Symbols:
    """The declarations by name. Filled once by ``gather``; only read afterwards."""

    territories: dict[str, t.Territory] = field(factory=dict)
    ranks: dict[str, t.Rank] = field(factory=dict)
    authorities: dict[str, t.Authority | t.Department] = field(factory=dict)
    entities: dict[str, t.Entity] = field(factory=dict)
    enumerations: dict[str, Enumeration] = field(factory=dict)
    enumeration_places: dict[str, Place] = field(factory=dict)
    facts: dict[str, t.Fact] = field(factory=dict)
    records: dict[str, t.Record] = field(factory=dict)
    categories: dict[str, t.Category] = field(factory=dict)
    actions: dict[str, t.Action] = field(factory=dict)
    outcomes: dict[str, t.Outcome] = field(factory=dict)
    terms: dict[str, t.Term] = field(factory=dict)  # "term" when shared, "instrument.term" when local
    readings: dict[str, t.Reading] = field(factory=dict)
    instruments: dict[str, t.Instrument] = field(factory=dict)
    rules: dict[str, t.Rule] = field(factory=dict)
    short_facts: dict[str, list[str]] = field(factory=dict)
    short_records: dict[str, list[str]] = field(factory=dict)
    horizons: list[t.Horizon] = field(factory=list)
    ordered: list[Local] = field(factory=list)  # everything that belongs to an instrument, in order

    def actors(self) -> list[str]:
        return [*self.authorities, *self.entities]


def gather(files: Sequence[t.File], bag: Bag) -> Symbols:
    """Put every declaration of ``files`` into its table; a second one of the same name is reported."""
    symbols = Symbols()
    for file in files:
        instrument: str | None = None
        for declaration in file.declarations:
            if isinstance(declaration, t.Instrument):
                instrument = _instrument_id(declaration)
            _enter(symbols, declaration, instrument, bag)
    return symbols


def _instrument_id(declaration: t.Instrument) -> str:
    versions = [c.value for c in declaration.clauses if isinstance(c, t.Header) and c.key == "version"]
    version = next((v.text for v in versions if isinstance(v, t.Text)), None)
    return f"{declaration.name.text}@{version}" if version else declaration.name.text


def _enter(symbols: Symbols, declaration: t.Declaration, instrument: str | None, bag: Bag) -> None:
    match declaration:
        case t.Territory(name):
            _declare(symbols.territories, name.text, declaration, "territory", bag)
        case t.Rank(name):
            _declare(symbols.ranks, name.text, declaration, "rank", bag)
        case t.Authority(name) | t.Department(name):
            _declare(symbols.authorities, name.text, declaration, "authority", bag)
        case t.Enumeration(name, members, ordered):
            if name.text in symbols.enumerations:
                _twice(name.text, name.place, symbols.enumeration_places[name.text], "type", bag)
                return
            texts = _distinct(members, bag)
            symbols.enumerations[name.text] = Enumeration(name.text, texts, ordered)
            symbols.enumeration_places[name.text] = name.place
        case t.Entity(name, facts, records):
            _declare(symbols.entities, name.text, declaration, "actor", bag)
            for fact in facts:
                full = f"{name.text}.{fact.name.text}"
                if _declare(symbols.facts, full, fact, "fact", bag):
                    symbols.short_facts.setdefault(fact.name.text, []).append(full)
            for record in records:
                full = f"{name.text}.{record.name.text}"
                if _declare(symbols.records, full, record, "record", bag):
                    symbols.short_records.setdefault(record.name.text, []).append(full)
        case t.Category(name):
            _declare(symbols.categories, name.text, declaration, "category", bag)
        case t.Action(name):
            _declare(symbols.actions, name.text, declaration, "action", bag)
        case t.Outcome(name):
            _declare(symbols.outcomes, name.text, declaration, "outcome", bag)
        case t.Term(name):
            full = f"{instrument}.{name.text}" if instrument else name.text
            _declare(symbols.terms, full, declaration, "term", bag)
        case t.Reading(name):
            if _declare(symbols.readings, name.text, declaration, "reading", bag):
                _distinct(declaration.choices, bag)
        case t.Instrument():
            assert instrument is not None
            _declare(symbols.instruments, instrument, declaration, "instrument", bag)
        case t.Rule(name):
            if instrument is None:
                _homeless(declaration.place, "规则", "rule", bag)
                return
            if _declare(symbols.rules, f"{instrument}.{name.text}", declaration, "rule", bag):
                symbols.ordered.append(Local(instrument, declaration))
        case t.Claim() | t.Omission() | t.Power():
            if instrument is None:
                _homeless(declaration.place, "这条声明", "declaration", bag)
                return
            symbols.ordered.append(Local(instrument, declaration))
        case t.Horizon():
            symbols.horizons.append(declaration)
        case t.Assumption() | t.Example():
            symbols.ordered.append(Local(instrument, declaration))


def _homeless(place: Place, zh: str, en: str, bag: Bag) -> None:
    bag.error(
        "E406",
        place,
        f"{zh}前面没有所属的文件",
        f"this {en} stands before any instrument",
        Bilingual("请先写“文件 …”声明", "declare the instrument above it first"),
    )


def _distinct(names: Iterable[t.Name], bag: Bag) -> tuple[str, ...]:
    seen: dict[str, t.Name] = {}
    for name in names:
        if name.text in seen:
            _twice(name.text, name.place, seen[name.text].place, "member", bag)
        seen.setdefault(name.text, name)
    return tuple(seen)


def _declare(table: dict[str, D], name: str, declaration: D, sort: str, bag: Bag) -> bool:
    place: Place = declaration.place  # type: ignore[attr-defined]  # every declaration has one
    if name in table:
        _twice(name, place, table[name].place, sort, bag)  # type: ignore[attr-defined]  # as above
        return False
    table[name] = declaration
    return True


def _twice(name: str, place: Place, first: Place, sort: str, bag: Bag) -> None:
    word = SORTS[sort]
    bag.error(
        "E202",
        place,
        f"{word.zh} {name} 声明了两次",
        f"{word.en} {name} is declared twice",
        related=((first, Bilingual("第一次声明在这里", "first declared here")),),
    )


def unknown(name: t.Name | t.Ref, sort: str, known: Iterable[str], bag: Bag) -> None:
    """Report a name that stands for nothing of its sort."""
    word = SORTS[sort]
    bag.error(
        "E201",
        name.place,
        f"没有名为 {name.text} 的{word.zh}",
        f"there is no {word.en} named {name.text}",
        did_you_mean(name.text, known),
    )


def look_up(name: t.Name, table: Mapping[str, D], sort: str, bag: Bag) -> D | None:
    """The declaration of ``name``, or None after reporting that there is none."""
    found = table.get(name.text)
    if found is None:
        unknown(name, sort, table, bag)
    return found
