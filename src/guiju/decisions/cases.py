"""A case as a caller writes it, to a case of the kernel; every mistake in it is found and placed.

In JSON a case is an object for each party, ``{"摊贩": {"年龄": 18, "处罚": [{"日期": "2025-03-01"}]}}``, or
the same with full names, ``{"摊贩.年龄": 18}``. A fact that is not given takes its declared default; without
one, and where null is given, it is unknown. A record that is not given has no rows; null is unknown.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from attrs import frozen

from guiju.compiler.kernel import (
    Boolean,
    Case,
    Corpus,
    Date,
    Enumeration,
    Integer,
    Type,
    Value,
)
from guiju.decisions.problems import InvalidInput, Problem, pointer
from guiju.dsl.diagnostics import did_you_mean
from guiju.dsl.source import Bilingual

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_NUMERAL = re.compile(r"[+-]?\d+(\.\d+)?\Z", re.ASCII)

_Wrong = Callable[[str, str, str], None]


@frozen
class Given:
    """A case as it was given.

    Attributes:
        case: With the defaults of facts that were not given; records that were not given are empty.
        facts: The names of the facts and records that were given a value.
        unknown: Those that were given as null: not even a default is taken for them.
    """

    case: Case
    facts: frozenset[str]
    unknown: frozenset[str]

    @property
    def entities(self) -> frozenset[str]:
        """The parties that the case tells something of."""
        return frozenset(name.partition(".")[0] for name in (*self.facts, *self.unknown))


def read(data: object, corpus: Corpus, at: tuple[str | int, ...] = ()) -> Given:
    """The case that ``data``, plain JSON values, tells.

    Args:
        data: An object of objects, or of full names.
        corpus: What declares the facts; only its facts, records, entities and horizon are looked at.
        at: Where ``data`` stands in what the caller sent, for the paths of problems.

    Raises:
        InvalidInput: With every problem that was found.
    """
    problems: list[Problem] = []
    facts: dict[str, Value] = {}
    records: dict[str, tuple[Mapping[str, Value], ...]] = {}
    unknown: set[str] = set()
    seen: set[str] = set()
    for name, value, path in _members(data, corpus, at, problems):
        if name in seen:
            problems.append(_problem(path, "duplicate-key", f"“{name}”给出了两次", f"{name} is given twice"))
            continue
        seen.add(name)
        if value is None:
            unknown.add(name)
        elif name in corpus.facts:
            found = _value(value, corpus.facts[name].type, corpus, path, problems)
            if found is not None:
                facts[name] = found
        else:
            records[name] = tuple(_rows(value, name, corpus, path, problems))
    if problems:
        raise InvalidInput(problems)
    return _given(facts, records, unknown, corpus)


def value_of(value: object, type_: Type, corpus: Corpus, path: str = "") -> Value:
    """One value of ``type_``.

    Raises:
        InvalidInput: It is none.
    """
    problems: list[Problem] = []
    found = _value(value, type_, corpus, path, problems)
    if found is None:
        raise InvalidInput(problems)
    return found


def day(text: object, path: str, horizon: tuple[dt.date, dt.date] | None = None) -> dt.date:
    """The day that ``text`` writes as YYYY-MM-DD.

    Raises:
        InvalidInput: It writes none, or one outside ``horizon``.
    """
    problems: list[Problem] = []
    found = _day(text, horizon, path, problems)
    if found is None:
        raise InvalidInput(problems)
    return found


def expected(type_: Type, horizon: tuple[dt.date, dt.date]) -> str:
    """What a value of ``type_`` looks like, in a few words."""
    match type_:
        case Boolean():
            return "true, false"
        case Integer(low, high, unit, scale):
            of = f" {unit}" if unit else ""
            bounds = f"{_numeral(low, scale)}..{_numeral(high, scale)}{of}"
            return f"decimal {bounds}, {scale} digits" if scale else f"integer {bounds}"
        case Enumeration(members=members):
            return ", ".join(members)
        case Date():
            return f"date YYYY-MM-DD, {horizon[0]}..{horizon[1]}"


def _members(
    data: object, corpus: Corpus, at: tuple[str | int, ...], problems: list[Problem]
) -> Iterator[tuple[str, object, str]]:
    """The facts and records in ``data`` by full name, with their paths."""
    if not isinstance(data, Mapping):
        problems.append(_problem(pointer(*at), "type", "案情应是一个对象", "a case is an object", "object"))
        return
    for key, value in data.items():
        path = pointer(*at, str(key))
        if not isinstance(key, str):
            problems.append(_problem(path, "type", "名称应是文字", "a name is a text", "text"))
        elif key in corpus.facts or key in corpus.records:
            yield key, value, path
        elif key in corpus.entities and isinstance(value, Mapping):
            for inner, each in value.items():
                full, inside = f"{key}.{inner}", pointer(*at, key, str(inner))
                if full in corpus.facts or full in corpus.records:
                    yield full, each, inside
                else:
                    problems.append(_unknown(inside, full, corpus))
        elif key in corpus.entities:
            problems.append(
                _problem(path, "type", f"“{key}”之下应是一个对象", f"below {key} stands an object", "object")
            )
        else:
            problems.append(_unknown(path, key, corpus))


def _unknown(path: str, name: str, corpus: Corpus) -> Problem:
    names = [*corpus.facts, *corpus.records]
    entity, dot, _ = name.partition(".")
    if not dot:
        kind, code, known = ("主体", "unknown-entity", list(corpus.entities))
        en = "party"
    else:
        kind, code, en = "事实", "unknown-fact", "fact"
        known = [n for n in names if n.startswith(f"{entity}.")] or names
    hint = did_you_mean(name, [*known, *names])
    listed = ", ".join(known[:12]) + (" …" if len(known) > 12 else "")
    return _problem(
        path,
        code,
        f"没有{kind}“{name}”。{hint.zh if hint else ''}",
        f"there is no {en} {name}{f'; {hint.en}' if hint else ''}",
        listed,
    )


def _rows(
    value: object, record: str, corpus: Corpus, path: str, problems: list[Problem]
) -> Iterator[Mapping[str, Value]]:
    fields = corpus.records[record].fields
    if not isinstance(value, list | tuple):
        problems.append(
            _problem(path, "type", f"“{record}”应是各行的列表", f"{record} is a list of rows", "array")
        )
        return
    for number, row in enumerate(value):
        here = f"{path}/{number}"
        if not isinstance(row, Mapping):
            problems.append(_problem(here, "type", "一行应是一个对象", "a row is an object", "object"))
            continue
        found: dict[str, Value] = {}
        for name, each in row.items():
            inside = here + pointer(str(name))
            if name not in fields:
                hint = did_you_mean(str(name), fields)
                problems.append(
                    _problem(
                        inside,
                        "unknown-field",
                        f"“{record}”没有字段“{name}”。{hint.zh if hint else ''}",
                        f"{record} has no field {name}{f'; {hint.en}' if hint else ''}",
                        ", ".join(fields),
                    )
                )
            elif each is not None:
                one = _value(each, fields[name], corpus, inside, problems)
                if one is not None:
                    found[name] = one
        yield found


def _given(
    facts: dict[str, Value],
    records: dict[str, tuple[Mapping[str, Value], ...]],
    unknown: set[str],
    corpus: Corpus,
) -> Given:
    defaults = {
        name: fact.default
        for name, fact in corpus.facts.items()
        if fact.default is not None and name not in unknown
    }
    empty = {name: () for name in corpus.records if name not in unknown}
    case = Case({**defaults, **facts}, {**empty, **records})
    return Given(case, frozenset({*facts, *records}), frozenset(unknown))


def _value(value: object, type_: Type, corpus: Corpus, path: str, problems: list[Problem]) -> Value | None:
    """The value, or None and what is wrong with it."""

    def wrong(code: str, zh: str, en: str) -> None:
        problems.append(_problem(path, code, zh, en, expected(type_, corpus.horizon)))

    match type_:
        case Boolean():
            if isinstance(value, bool):
                return value
            wrong("type", f"{_shown(value)} 不是 true 或 false", f"{_shown(value)} is neither true nor false")
            return None
        case Date():
            return _day(value, corpus.horizon, path, problems)
        case Enumeration(members=members):
            if isinstance(value, str) and value in members:
                return value
            hint = did_you_mean(value, members) if isinstance(value, str) else None
            wrong(
                "enumeration",
                f"{_shown(value)} 不在所列之中。{hint.zh if hint else ''}",
                f"{_shown(value)} is not among those listed{f'; {hint.en}' if hint else ''}",
            )
            return None
        case Integer():
            return _integer(value, type_, wrong)


def _integer(value: object, type_: Integer, wrong: _Wrong) -> int | None:
    """A number in the type's unit; an object ``{"value": 3, "unit": "岁"}`` says the unit as well."""
    if isinstance(value, Mapping):
        if set(value) != {"value", "unit"}:
            wrong("type", f"{_shown(value)} 不是数", f"{_shown(value)} is no number")
            return None
        if value["unit"] != type_.unit:
            unit = type_.unit or "-"
            wrong("unit", f"单位应是 {unit}", f"the unit is {unit}")
            return None
        value = value["value"]
    if isinstance(value, bool) or not isinstance(value, int | Decimal | float | str):
        wrong("type", f"{_shown(value)} 不是数", f"{_shown(value)} is no number")
        return None
    if isinstance(value, str) and not (type_.scale and len(value) < 50 and _NUMERAL.match(value)):
        wrong("type", f"{_shown(value)} 不是数", f"{_shown(value)} is no number")
        return None
    exact = Decimal(repr(value) if isinstance(value, float) else value)
    if not exact.is_finite():
        wrong("number", f"{value} 不是数", f"{value} is no number")
        return None
    if not _numeral_fits(exact, type_):
        low, high = _numeral(type_.low, type_.scale), _numeral(type_.high, type_.scale)
        wrong(
            "range", f"{_shown(value)} 不在 {low} 至 {high} 之内", f"{_shown(value)} is not in {low}..{high}"
        )
        return None
    scaled = exact.scaleb(type_.scale)
    if scaled != int(scaled):
        wrong(
            "precision",
            f"{_shown(value)} 的小数位多于 {type_.scale}",
            f"{_shown(value)} has more than {type_.scale} decimals",
        )
        return None
    return int(scaled)


def _numeral_fits(exact: Decimal, type_: Integer) -> bool:
    """Whether it is in range; compared before it is scaled, so that a huge exponent costs nothing."""
    return Decimal(type_.low).scaleb(-type_.scale) <= exact <= Decimal(type_.high).scaleb(-type_.scale)


def _day(
    value: object, horizon: tuple[dt.date, dt.date] | None, path: str, problems: list[Problem]
) -> dt.date | None:
    found: dt.date | None = None
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        found = value
    elif isinstance(value, str) and _DATE.match(value):
        try:
            found = dt.date.fromisoformat(value)
        except ValueError:
            found = None
    form = "YYYY-MM-DD" if horizon is None else expected(Date(), horizon)
    if found is None:
        problems.append(
            _problem(path, "date", f"{_shown(value)} 不是日期", f"{_shown(value)} is no date", form)
        )
        return None
    if horizon is not None and not horizon[0] <= found <= horizon[1]:
        problems.append(
            _problem(
                path,
                "range",
                f"{found} 不在 {horizon[0]} 至 {horizon[1]} 之内",
                f"{found} is not in {horizon[0]}..{horizon[1]}",
                form,
            )
        )
        return None
    return found


def _numeral(value: int, scale: int) -> str:
    return str(Decimal(value).scaleb(-scale)) if scale else str(value)


def _shown(value: object) -> str:
    """What was given, short enough to be shown."""
    text = "null" if value is None else str(value).lower() if isinstance(value, bool) else repr(value)
    if isinstance(value, str):
        text = f"“{value}”"
    elif isinstance(value, Decimal):
        text = str(value)
    return text if len(text) <= 40 else text[:39] + "…"


def _problem(path: str, code: str, zh: str, en: str, expected: str = "") -> Problem:
    return Problem(path, code, Bilingual(zh, en), expected)
