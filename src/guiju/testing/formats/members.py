"""Plain JSON values to typed ones, strictly: each reader notes what is wrong and goes on with a stand-in.

The stand-ins are never seen: whoever reads refuses the whole input where anything was noted.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from attrs import evolve, frozen

from guiju.decisions.decision import Value
from guiju.decisions.problems import Mistakes, pointer
from guiju.dsl.source import Bilingual

T = TypeVar("T")

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DECIMAL = re.compile(r"-?\d+(\.\d+|(\.\d+)?E[+-]\d+)", re.ASCII)


@frozen
class Spot:
    """A place in an input, and where mistakes are noted.

    Attributes:
        said: The file and the line, to stand before each message.
        path: What leads to it, beginning with the line.
        mistakes: What was noted so far.
    """

    said: Bilingual
    path: tuple[str | int, ...]
    mistakes: Mistakes

    def inside(self, *parts: str | int) -> Spot:
        """A place within this one."""
        return evolve(self, path=(*self.path, *parts))

    def wrong(self, code: str, zh: str, en: str, expected: str = "") -> None:
        """Note a mistake here."""
        self.mistakes.add(pointer(*self.path), code, self.said.zh + zh, self.said.en + en, expected)

    def muted(self) -> Spot:
        """Where what follows from a mistake that was noted goes."""
        return evolve(self, mistakes=Mistakes())


Reads = Callable[[object, Spot], T]


@frozen
class Members:
    """An object of JSON whose members are known to be there, or were noted to be missing."""

    given: Mapping[str, object]
    spot: Spot

    def take(self, name: str, reads: Reads[T]) -> T:
        """The member ``name`` as ``reads`` takes it."""
        if name in self.given:
            return reads(self.given[name], self.spot.inside(name))
        return reads(None, self.spot.muted())


def members(value: object, spot: Spot, names: Sequence[str]) -> Members:
    """``value`` as an object that has exactly the members ``names``."""
    if not isinstance(value, Mapping):
        spot.wrong("type", "应是一个对象", "is no object", "object")
        return Members({}, spot)
    for name in names:
        if name not in value:
            spot.inside(name).wrong("missing", f"缺少 {name}", f"{name} is missing")
    for name in value:
        if name not in names:
            hint = spot.mistakes.hint(name, names)
            zh = f"没有成员“{name}”。{hint.zh}".rstrip("。")
            spot.inside(name).wrong("unknown-member", zh, f"there is no member {name}{hint.en}")
    return Members({name: value[name] for name in names if name in value}, spot)


def text(value: object, spot: Spot) -> str:
    """A text."""
    if isinstance(value, str):
        return value
    spot.wrong("type", "应是文字", "is no text", "text")
    return ""


def truth(value: object, spot: Spot) -> bool:
    """True or false."""
    if isinstance(value, bool):
        return value
    spot.wrong("type", "应是 true 或 false", "is neither true nor false", "true, false")
    return False


def number(value: object, spot: Spot) -> int:
    """A whole number that is not negative."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    spot.wrong("number", "应是非负整数", "is no whole number from 0", "integer 0..")
    return 0


def day(value: object, spot: Spot) -> dt.date:
    """A day."""
    found = _day(value)
    if found is None:
        spot.wrong("date", "应是日期", "is no date", "YYYY-MM-DD")
        return dt.date.min
    return found


def one_of(*words: str) -> Reads[str]:
    """Reads one of some texts."""

    def read(value: object, spot: Spot) -> str:
        if isinstance(value, str) and value in words:
            return value
        hint = spot.mistakes.hint(value if isinstance(value, str) else "", words)
        zh = f"不在所列之中。{hint.zh}".rstrip("。")
        spot.wrong("enumeration", zh, f"is not among those listed{hint.en}", ", ".join(words))
        return words[0]

    return read


def optional(reads: Reads[T]) -> Reads[T | None]:
    """Reads null, or what ``reads`` does."""
    return lambda value, spot: None if value is None else reads(value, spot)


def several(reads: Reads[T]) -> Reads[tuple[T, ...]]:
    """Reads a list."""

    def read(value: object, spot: Spot) -> tuple[T, ...]:
        if not isinstance(value, list):
            spot.wrong("type", "应是列表", "is no list", "array")
            return ()
        return tuple(reads(each, spot.inside(place)) for place, each in enumerate(value))

    return read


def named(reads: Reads[T]) -> Reads[dict[str, T]]:
    """Reads an object whose names are not fixed."""

    def read(value: object, spot: Spot) -> dict[str, T]:
        if not isinstance(value, Mapping):
            spot.wrong("type", "应是一个对象", "is no object", "object")
            return {}
        return {name: reads(each, spot.inside(name)) for name, each in value.items()}

    return read


def plain_value(value: object, spot: Spot) -> object:
    """Any JSON value without fractions: an exact decimal is written as a text."""
    match value:
        case Mapping():
            return {name: plain_value(each, spot.inside(name)) for name, each in value.items()}
        case list():
            return [plain_value(each, spot.inside(place)) for place, each in enumerate(value)]
        case Decimal():
            spot.wrong("number", "小数应写成文字", "a decimal is written as a text", '"12.50"')
            return None
        case _:
            return value


def value(given: object, spot: Spot) -> Value | None:
    """A value of an outcome, as ``plain`` wrote it; null: left open by the text."""
    match given:
        case str() if _DECIMAL.fullmatch(given):
            return Decimal(given)
        case str():
            return _day(given) or given
        case bool() | int() | None:
            return given
        case _:
            spot.wrong("type", "不是值", "is no value", "text, integer, true, false, null")
            return None


def days(value: object, spot: Spot) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day, either of which may be missing."""
    if not isinstance(value, list) or len(value) != 2:
        spot.wrong("type", "应是首日和末日", "is no first and last day", "[YYYY-MM-DD|null, YYYY-MM-DD|null]")
        return None, None
    first, last = several(optional(day))(value, spot)
    return first, last


def _day(value: object) -> dt.date | None:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None
