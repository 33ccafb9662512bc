"""Resolving the world: territories, authorities, facts, outcomes, readings and terms."""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from guiju.dsl import tree as t
from guiju.dsl import typed as y
from guiju.dsl.diagnostics import Bag
from guiju.dsl.resolve.agreement import BOOLEAN
from guiju.dsl.resolve.expressions import DATE, Scope, resolve_record
from guiju.dsl.resolve.passing import passing
from guiju.dsl.resolve.quantities import DURATIONS, declared_unit, unit_of
from guiju.dsl.resolve.symbols import Symbols, look_up, unknown
from guiju.dsl.source import Bilingual, Place
from guiju.dsl.types import Enumeration, Integer, Type, Value

#: The horizon of a corpus that declares none.
DEFAULT_HORIZON = (dt.date(2010, 1, 1), dt.date(2049, 12, 31))

#: The widest horizon: it leaves room in the exact calendar for the terms that begin in it.
WIDEST_HORIZON = (dt.date(1950, 1, 1), dt.date(2060, 12, 31))


def resolve_type(written: t.Type, symbols: Symbols, bag: Bag) -> Type | None:
    """The type that was written, or None after reporting what is wrong with it."""
    match written:
        case t.BooleanType():
            return BOOLEAN
        case t.DateType():
            return DATE
        case t.NamedType(name):
            return look_up(name, symbols.enumerations, "type", bag)
        case t.NumberType(low, high, precision, written_unit, place):
            unit, factor = unit_of(written_unit)
            scale = _scale(precision)
            if unit in DURATIONS and precision is not None:
                bag.error("E303", place, "期间须是整数", "a length of time is a whole number")
                return None
            if scale is None or (("." in low or "." in high) and precision is None):
                bag.error("E303", place, "小数位数不合", "the number of decimals is out of range (0 to 6)")
                return None
            first, last = (_scaled(x, scale, place, bag) for x in (low, high))
            if first is None or last is None:
                return None
            if first > last:
                bag.error("E303", place, "下限大于上限", "the lower bound is above the upper one")
                return None
            return Integer(first * factor, last * factor, unit, scale, declared_unit(written_unit))


def _scale(precision: str | None) -> int | None:
    """The number of decimals that was written; None when it is none from 0 to 6."""
    if precision is None:
        return 0
    few = precision.isdecimal() and len(precision) <= 3
    return int(precision) if few and int(precision) <= 6 else None


def _scaled(number: str, scale: int, place: Place, bag: Bag) -> int | None:
    whole, _, decimals = number.partition(".")
    if len(decimals) > scale or len(whole) > 15:
        bag.error("E303", place, f"{number} 超出精度或范围", f"{number} has too many digits for its type")
        return None
    return int(whole + decimals.ljust(scale, "0"))


def fact_types(symbols: Symbols, bag: Bag) -> dict[str, Type]:
    found = {name: resolve_type(fact.type, symbols, bag) for name, fact in symbols.facts.items()}
    return {name: type_ for name, type_ in found.items() if type_ is not None}


def field_types(symbols: Symbols, bag: Bag) -> dict[str, dict[str, Type]]:
    tables: dict[str, dict[str, Type]] = {}
    for name, record in symbols.records.items():
        fields: dict[str, Type] = {}
        for field in record.fields:
            type_ = resolve_type(field.type, symbols, bag)
            if field.name.text in fields:
                word = Bilingual("字段", "field")
                bag.error(
                    "E202",
                    field.place,
                    f"{word.zh} {field.name.text} 声明了两次",
                    f"{word.en} {field.name.text} is declared twice",
                )
            elif type_ is not None:
                fields[field.name.text] = type_
        tables[name] = fields
    return tables


def horizon(symbols: Symbols, bag: Bag) -> tuple[dt.date, dt.date]:
    if not symbols.horizons:
        return DEFAULT_HORIZON
    first, *others = symbols.horizons
    for other in others:
        bag.error(
            "E202",
            other.place,
            "时限声明了两次",
            "the horizon is declared twice",
            related=((first.place, Bilingual("第一次声明在这里", "first declared here")),),
        )
    low, high = first.first.date, first.last.date
    if not WIDEST_HORIZON[0] <= low <= high <= WIDEST_HORIZON[1]:
        bag.error(
            "E303",
            first.place,
            f"时限须在 {WIDEST_HORIZON[0]} 至 {WIDEST_HORIZON[1]} 之间，且先后有序",
            f"the horizon must lie between {WIDEST_HORIZON[0]} and {WIDEST_HORIZON[1]}, first day first",
        )
        return DEFAULT_HORIZON
    return low, high


def territories(symbols: Symbols, bag: Bag) -> dict[str, str | None]:
    """Each territory's parent; a parent that is unknown or closes a circle is reported and left out."""
    parents: dict[str, str | None] = {}
    for name, declaration in symbols.territories.items():
        parent = declaration.parent
        if parent is not None and look_up(parent, symbols.territories, "territory", bag) is None:
            parent = None
        parents[name] = parent.text if parent is not None else None
    for name in symbols.territories:
        seen = [name]
        while (above := parents[seen[-1]]) is not None and above not in seen:
            seen.append(above)
        if above == name:
            circle = " → ".join([*seen, name])
            bag.error(
                "E402",
                symbols.territories[name].place,
                f"法域互相包含：{circle}",
                f"territories contain each other: {circle}",
            )
            parents[name] = None
    return parents


def authorities(symbols: Symbols, bag: Bag) -> dict[str, y.Authority]:
    found: dict[str, y.Authority] = {}
    for name, declaration in symbols.authorities.items():
        match declaration:
            case t.Authority(_, rank, superior, territory, place):
                for written, table, sort in (
                    (rank, symbols.ranks, "rank"),
                    (superior, symbols.authorities, "authority"),
                    (territory, symbols.territories, "territory"),
                ):
                    if written is not None and written.text not in table:
                        unknown(written, sort, table, bag)
                found[name] = y.Authority(name, _text(rank), _text(superior), _text(territory), None, place)
            case t.Department(_, home, place):
                look_up(home, symbols.authorities, "authority", bag)
                found[name] = y.Authority(name, None, None, None, home.text, place)
    known: set[str] = set()
    for name in found:
        circle = _above(name, found)
        if circle[-1] == name and len(circle) > 1 and name not in known:
            known.update(circle)
            shown = " → ".join(circle)
            bag.error(
                "E402",
                found[name].place,
                f"机关互为上级：{shown}",
                f"authorities are above each other: {shown}",
            )
    return found


def _above(name: str, found: dict[str, y.Authority]) -> list[str]:
    """``name`` and those above it in order; it ends where one comes back."""
    chain = [name]
    while (here := found.get(chain[-1])) is not None:
        next_ = here.department_of or here.superior
        if next_ is None:
            break
        chain.append(next_)
        if chain.index(next_) < len(chain) - 1:
            break
    return chain


def _text(name: t.Name | None) -> str | None:
    return name.text if name is not None else None


def ranks(symbols: Symbols) -> dict[str, y.Rank]:
    return {
        name: y.Rank(name, int(float(rank.level)), rank.statutory, rank.place)
        for name, rank in symbols.ranks.items()
    }


def actor_name(actor: t.Actor, symbols: Symbols, bag: Bag) -> str:
    """The name of an actor; "" when it is left open or unknown."""
    if isinstance(actor, t.Unspecified):
        return ""
    if actor.text not in symbols.authorities and actor.text not in symbols.entities:
        unknown(actor, "actor", symbols.actors(), bag)
        return ""
    return actor.text


def actions(scope: Scope) -> dict[str, y.Action]:
    symbols, bag = scope.symbols, scope.bag
    found: dict[str, y.Action] = {}
    for name, a in symbols.actions.items():
        bearer = actor_name(a.bearer, symbols, bag) if a.bearer is not None else None
        patient = actor_name(a.patient, symbols, bag) if a.patient is not None else None
        note = a.note.text if a.note else ""
        combination = a.combination or "SINGLE"
        found[name] = y.Action(
            name,
            bearer,
            patient,
            _class_of(a.legal_class, scope),
            combination,
            scope.boolean(a.done) if a.done is not None else None,
            _done_on(a, scope),
            scope.boolean(a.undone) if a.undone is not None else None,
            _trace(a.leaves, scope) if a.leaves is not None else None,
            passing(a.passes, bag) if a.passes is not None else None,
            note,
            a.place,
        )
    return found


def _done_on(a: t.Action, scope: Scope) -> y.Expr | None:
    """The date on which an action was done: only beside a condition that says whether it was."""
    if a.done_on is None:
        return None
    if a.done is None:
        scope.bag.error(
            "E416",
            a.done_on.place,
            f"行为 {a.name.text} 没有写明怎样算已作，“作于”无从说起",
            f"action {a.name.text} does not say in which cases it was done: no date of that can be given",
            Bilingual("请一并写明“已作 条件”", "write 'done CONDITION' as well"),
        )
    return scope.date(a.done_on)


def _class_of(name: t.Name | None, scope: Scope) -> str | None:
    """The class of an act: any word, until the corpus declares its classes."""
    known = scope.symbols.categories
    if name is not None and known and name.text not in known:
        unknown(name, "category", known, scope.bag)
    return _text(name)


def _trace(written: t.Trace, scope: Scope) -> y.Trace | None:
    record = resolve_record(written.record, scope.symbols, scope.bag)
    if record is None:
        return None
    where = evolve(scope, record=record).boolean(written.where) if written.where is not None else None
    return y.Trace(record, where, written.place)


def categories(symbols: Symbols) -> dict[str, y.Category]:
    return {
        name: y.Category(name, c.sanction, c.note.text if c.note else "", c.place)
        for name, c in symbols.categories.items()
    }


def facts(scope: Scope) -> dict[str, y.Fact]:
    found: dict[str, y.Fact] = {}
    for name, fact in scope.symbols.facts.items():
        type_ = scope.fact_types.get(name)
        if type_ is None:
            continue
        default: Value | None = None
        if fact.default is not None:
            typed = scope.check(fact.default, type_)
            if isinstance(typed, y.Literal):
                default = typed.value
                if isinstance(type_, Integer) and _finer(typed.type, type_):
                    scope.bag.error(
                        "E303",
                        fact.default.place,
                        "小数位数超出事实的精度",
                        "more decimals than the fact has",
                    )
                elif isinstance(type_, Integer) and not type_.low <= int(default) <= type_.high:  # type: ignore[arg-type]  # an integer's literal
                    scope.bag.error(
                        "E303", fact.default.place, "默认值超出范围", "the default is out of the fact's range"
                    )
            elif typed is not None:
                scope.bag.error("E301", fact.default.place, "默认值须是常值", "a default is a literal")
        note = fact.note.text if fact.note else ""
        ordered = isinstance(type_, Integer) or (isinstance(type_, Enumeration) and type_.ordered)
        if fact.gravity and not ordered:
            scope.bag.error(
                "E307",
                fact.place,
                f"{name} 没有次序，不能表示轻重",
                f"{name} has no order: it cannot measure gravity",
                Bilingual("请用整数或“阶梯”", "use an integer or a scale"),
            )
        if fact.judgement and fact.changeable:
            scope.bag.error(
                "E417",
                fact.place,
                f"{name} 由执法人员判断，当事人不能改变",
                f"{name} is judged by an official: it is not the party's to change",
                Bilingual("请删去“判断”或者“可改”", "leave out 'judgement' or 'changeable'"),
            )
        found[name] = y.Fact(
            name,
            type_,
            default,
            fact.judgement,
            fact.background,
            fact.gravity,
            fact.changeable,
            note,
            fact.place,
        )
    return found


def _finer(found: Type, declared: Integer) -> bool:
    return isinstance(found, Integer) and found.scale > declared.scale


def outcomes(scope: Scope) -> dict[str, y.Outcome]:
    found: dict[str, y.Outcome] = {}
    for name, o in scope.symbols.outcomes.items():
        type_ = resolve_type(o.type, scope.symbols, scope.bag)
        domain = scope.boolean(o.domain) if o.domain is not None else None
        if type_ is None:
            continue
        ordered = not hasattr(type_, "ordered") or type_.ordered
        if o.combination in ("STRICTEST", "MILDEST") and not ordered:
            scope.bag.error(
                "E307",
                o.place,
                f"{name} 的成员没有次序，不能从重或从轻",
                f"the members of {name} have no order: they cannot combine as strictest or mildest",
                Bilingual("请声明为“阶梯”", "declare it as a scale"),
            )
        legal_class = _class_of(o.legal_class, scope)
        found[name] = y.Outcome(name, type_, legal_class, o.combination or "SINGLE", domain, o.place)
    return found


def readings(symbols: Symbols) -> dict[str, y.Reading]:
    return {
        name: y.Reading(
            name,
            tuple(c.text for c in r.choices),
            tuple(c.text for c in r.citations),
            r.note.text if r.note else "",
            r.place,
        )
        for name, r in symbols.readings.items()
    }


def terms(scope: Scope) -> dict[str, y.Expr]:
    """The typed expression of each term; ``scope.term_types`` is filled on the way.

    A term may use another that is declared later; terms that use each other in a circle are reported.
    """
    declared = scope.symbols.terms
    done: dict[str, y.Expr] = {}
    failed: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in done or name in failed:
            return
        if name in above:
            circle = " → ".join([*above[above.index(name) :], name])
            scope.bag.error(
                "E401",
                declared[name].place,
                f"术语互相定义：{circle}",
                f"terms are defined by each other: {circle}",
            )
            failed.update(above[above.index(name) :])
            return
        home = name.rsplit(".", 1)[0] if "." in name else None
        for used in _names_in(declared[name].expr):
            for candidate in (f"{home}.{used}", used):
                if candidate in declared:
                    visit(candidate, (*above, name))
                    break
        if name in failed:
            return
        typed = scope.within(home).infer(declared[name].expr)
        if typed is None:
            failed.add(name)
            return
        done[name] = typed
        scope.term_types[name] = typed.type
        if any(isinstance(e, y.Rows) for e in y.parts(typed, done)):
            scope.quantified.add(name)

    for name in declared:
        visit(name, ())
    return done


def _names_in(expr: object) -> list[str]:
    """The texts of all references inside a syntax tree."""
    found: list[str] = []
    pending = [expr]
    while pending:
        here = pending.pop()
        if isinstance(here, t.Ref):
            found.append(here.text)
        elif isinstance(here, tuple):
            pending.extend(here)
        elif hasattr(here, "__attrs_attrs__") and not isinstance(here, Place):
            pending.extend(getattr(here, a.name) for a in here.__attrs_attrs__)
    return found
