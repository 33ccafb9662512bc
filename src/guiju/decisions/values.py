"""Single values as a caller writes them: each of the type that is declared, or a problem with its place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from guiju.compiler.kernel import Boolean, Date, Enumeration, Integer, Type, Value
from guiju.decisions import units
from guiju.decisions.problems import Mistakes
from guiju.decisions.units import Unit

Horizon = tuple[dt.date, dt.date]

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_NUMERAL = re.compile(r"[+-]?\d+(\.\d+)?\Z", re.ASCII)

_Wrong = Callable[[str, str, str], None]


def value_of(value: object, type_: Type, horizon: Horizon, path: str = "") -> Value:
    """One value of ``type_``.

    Raises:
        InvalidInput: It is none.
    """
    mistakes = Mistakes()
    found = checked(value, type_, horizon, path, mistakes)
    mistakes.refuse()
    assert found is not None
    return found


def day(text: object, path: str, horizon: Horizon | None = None) -> dt.date:
    """The day that ``text`` writes as YYYY-MM-DD.

    Raises:
        InvalidInput: It writes none, or one outside ``horizon``.
    """
    mistakes = Mistakes()
    found = _day(text, horizon, path, mistakes)
    mistakes.refuse()
    assert found is not None
    return found


def shown(value: Value, type_: Type | None) -> Value | Decimal:
    """``value`` as a caller sees it, who could give it so."""
    if isinstance(type_, Integer) and isinstance(value, int):
        return units.told(value, type_)
    return value


def expected(type_: Type, horizon: Horizon) -> str:
    """What a value of ``type_`` looks like, in a few words."""
    match type_:
        case Boolean():
            return "true, false"
        case Integer(scale=scale):
            bounds = ", ".join(_bounds(unit, scale) for unit in units.of(type_))
            return f"decimal {bounds}, {scale} digits" if scale else f"integer {bounds}"
        case Enumeration(members=members):
            return ", ".join(members)
        case Date():
            return f"date YYYY-MM-DD, {horizon[0]}..{horizon[1]}"


def checked(value: object, type_: Type, horizon: Horizon, path: str, mistakes: Mistakes) -> Value | None:
    """The value; None where it is none, and what is wrong with it is noted."""

    def wrong(code: str, zh: str, en: str) -> None:
        mistakes.add(path, code, zh, en, expected(type_, horizon))

    match type_:
        case Boolean():
            if isinstance(value, bool):
                return value
            wrong("type", f"{_shown(value)} 不是 true 或 false", f"{_shown(value)} is neither true nor false")
            return None
        case Date():
            return _day(value, horizon, path, mistakes)
        case Enumeration(members=members):
            if isinstance(value, str) and value in members:
                return value
            hint = mistakes.hint(value if isinstance(value, str) else "", members)
            wrong(
                "enumeration",
                f"{_shown(value)} 不在所列之中。{hint.zh}",
                f"{_shown(value)} is not among those listed{hint.en}",
            )
            return None
        case Integer():
            return _integer(value, type_, wrong)


def _integer(value: object, type_: Integer, wrong: _Wrong) -> int | None:
    """A number in the declared unit; an object ``{"value": 3, "unit": "岁"}`` says the unit as well.

    Where a number is held in another unit than the declared one, it may be given in either, and also as a
    text with the unit: ``"18 月"``.
    """
    known = units.of(type_)
    unit = known[0]
    if isinstance(value, Mapping):
        if set(value) != {"value", "unit"}:
            wrong("type", f"{_shown(value)} 不是数", f"{_shown(value)} is no number")
            return None
        found = units.named(value["unit"], known)
        if found is None:
            words = [each.word or "-" for each in known]
            wrong("unit", f"单位应是 {'、'.join(words)}", f"the unit is {' or '.join(words)}")
            return None
        unit, value = found, value["value"]
    elif isinstance(value, str) and type_.declared is not None:
        numeral, _, name = value.partition(" ")
        found = units.named(name, known)
        if found is None or len(value) >= 50 or not _NUMERAL.match(numeral):
            wrong("type", f"{_shown(value)} 不是数", f"{_shown(value)} is no number")
            return None
        unit, value = found, Decimal(numeral)
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
    if not _numeral_fits(exact, unit, type_.scale):
        low, high = _numeral(unit.low, type_.scale), _numeral(unit.high, type_.scale)
        wrong(
            "range", f"{_shown(value)} 不在 {low} 至 {high} 之内", f"{_shown(value)} is not in {low}..{high}"
        )
        return None
    scaled = _scaled(exact, type_.scale)
    if scaled is None:
        wrong(
            "precision",
            f"{_shown(value)} 的小数位多于 {type_.scale}",
            f"{_shown(value)} has more than {type_.scale} decimals",
        )
        return None
    return scaled * unit.per


def _scaled(exact: Decimal, scale: int) -> int | None:
    """``exact`` with ``scale`` decimals as a whole number; None where it has more of them.

    By its digits: the arithmetic of decimals would round what is too long.
    """
    sign, digits, exponent = exact.as_tuple()
    assert isinstance(exponent, int)
    number = int("".join(map(str, digits)))
    if number == 0:
        return 0
    while number % 10 == 0:
        number, exponent = number // 10, exponent + 1
    if -exponent > scale:
        return None
    return int((-1 if sign else 1) * number * 10 ** (exponent + scale))


def _numeral_fits(exact: Decimal, unit: Unit, scale: int) -> bool:
    """Whether it is in range; compared before it is scaled, so that a huge exponent costs nothing."""
    return Decimal(unit.low).scaleb(-scale) <= exact <= Decimal(unit.high).scaleb(-scale)


def _bounds(unit: Unit, scale: int) -> str:
    return f"{_numeral(unit.low, scale)}..{_numeral(unit.high, scale)} {unit.word}".rstrip()


def _day(value: object, horizon: Horizon | None, path: str, mistakes: Mistakes) -> dt.date | None:
    found: dt.date | None = None
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        found = value
    elif isinstance(value, str) and _DATE.match(value):
        try:
            found = dt.date.fromisoformat(value)
        except ValueError:
            found = None
    if found is not None and (horizon is None or horizon[0] <= found <= horizon[1]):
        return found
    form = "YYYY-MM-DD" if horizon is None else expected(Date(), horizon)
    if found is None or horizon is None:
        mistakes.add(path, "date", f"{_shown(value)} 不是日期", f"{_shown(value)} is no date", form)
    else:
        mistakes.add(
            path,
            "range",
            f"{found} 不在 {horizon[0]} 至 {horizon[1]} 之内",
            f"{found} is not in {horizon[0]}..{horizon[1]}",
            form,
        )
    return None


def _numeral(value: int, scale: int) -> str:
    return str(Decimal(value).scaleb(-scale)) if scale else str(value)


def _shown(value: object) -> str:
    """What was given, short enough to be shown."""
    if isinstance(value, int) and value.bit_length() > 400:
        return "…"  # Python refuses to write numbers that are long enough
    text = "null" if value is None else str(value).lower() if isinstance(value, bool) else repr(value)
    if isinstance(value, str):
        text = f"“{value}”"
    elif isinstance(value, Decimal):
        text = str(value)
    return text if len(text) <= 40 else text[:39] + "…"
