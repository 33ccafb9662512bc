"""Ranges as regular expressions, for schemas: what a number or a day looks like when it is written as a text.

The expressions use nothing that an implementation of JSON Schema could lack: no look-ahead, no classes but
``[0-9]``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby


def decimals(low: int, high: int, scale: int) -> str:
    """The numerals whose value, times ten to the ``scale``, is a whole number from ``low`` to ``high``.

    >>> decimals(0, 150, 1)
    '^(-0+(\\\\.0+)?|\\\\+?0*([0-9]|1[0-4])(\\\\.[0-9]0*)?|\\\\+?0*15(\\\\.00*)?)$'
    """
    found: list[str] = []
    if low < 0:
        found += _unsigned("-", max(-high, 0), -low, scale)
    elif low == 0:
        found.append("-0+(\\.0+)?")
    if high >= 0:
        found += _unsigned("\\+?", max(low, 0), high, scale)
    return f"^({'|'.join(found)})$"


def days(first: dt.date, last: dt.date) -> str:
    """The days ``YYYY-MM-DD`` from ``first`` to ``last``; that such a day exists is for ``format`` to say.

    >>> days(dt.date(2019, 1, 1), dt.date(2021, 12, 31))
    '^(2019-[0-9]{2}-[0-9]{2}|202[01]-[0-9]{2}-[0-9]{2})$'
    """
    # No month is 00 and no day is later than 31, so that whole years need no list of their months.
    low = f"{first.year:04}" + ("0000" if first.timetuple().tm_yday == 1 else f"{first:%m%d}")
    high = f"{last.year:04}" + ("9999" if (last.month, last.day) == (12, 31) else f"{last:%m%d}")
    return f"^({'|'.join(_dashed(each) for each in _between(low, high))})$"


Digits = tuple[str, ...]  # for each place the digits that may stand there: "7", "[2-5]"

_ANY = "[0-9]"


def _unsigned(sign: str, low: int, high: int, scale: int) -> Iterator[str]:
    """The numerals after ``sign``, with as many zeros in front and behind as one likes."""
    if scale == 0:
        yield f"{sign}0*{_whole(low, high)}(\\.0+)?"
        return
    (first, start), (last, end) = divmod(low, 10**scale), divmod(high, 10**scale)
    most = 10**scale - 1
    if first == last:
        yield f"{sign}0*{_whole(first, first)}{_fraction(start, end, scale)}"
        return
    if start > 0:
        yield f"{sign}0*{_whole(first, first)}{_fraction(start, most, scale)}"
        first += 1
    whole = last if end == most else last - 1
    if first <= whole:
        yield f"{sign}0*{_whole(first, whole)}{_fraction(0, most, scale)}"
    if end < most:
        yield f"{sign}0*{_whole(last, last)}{_fraction(0, end, scale)}"


def _whole(low: int, high: int) -> str:
    """The whole numbers from ``low`` to ``high``; zeros in front are allowed for where this is used."""
    longest = len(str(high))
    found: list[str] = []
    if low == 0 and longest > 1:
        shorter = longest if high == 10**longest - 1 else longest - 1
        found.append(f"[0-9]{{1,{shorter}}}" if shorter > 1 else "[0-9]")
        low = 10**shorter
    for length in range(len(str(low)), longest + 1):
        least, most = max(low, 10 ** (length - 1) if length > 1 else 0), min(high, 10**length - 1)
        found += [_joined(each) for each in _between(str(least), str(most))]
    return found[0] if len(found) == 1 else f"({'|'.join(found)})"


def _fraction(low: int, high: int, scale: int) -> str:
    """The decimals, where they are ``low`` to ``high`` when written with ``scale`` digits."""
    found: list[str] = []
    for length in range(1, scale + 1):
        unit = 10 ** (scale - length)
        least, most = -(-low // unit), high // unit
        if least <= most:
            rest = "0*" if length == scale else ""
            between = _between(str(least).zfill(length), str(most).zfill(length))
            found += [_joined(each) + rest for each in between]
    inner = f"({'|'.join(found)})" if len(found) > 1 else found[0]
    return f"(\\.{inner})?" if low == 0 else f"\\.{inner}"


def _between(low: str, high: str) -> Iterator[Digits]:
    """The texts of as many digits from ``low`` to ``high``, in the order of the alphabet."""
    length = len(low)
    if low == "0" * length and high == "9" * length:
        yield (_ANY,) * length
    elif low[0] == high[0]:
        for rest in _between(low[1:], high[1:]) if length > 1 else [()]:
            yield (low[0], *rest)
    elif length == 1:
        yield (_one_of(int(low), int(high)),)
    else:
        first, last = int(low[0]), int(high[0])
        if low[1:] != "0" * (length - 1):
            for rest in _between(low[1:], "9" * (length - 1)):
                yield (low[0], *rest)
            first += 1
        whole = last if high[1:] == "9" * (length - 1) else last - 1
        if first <= whole:
            yield (_one_of(first, whole), *(_ANY,) * (length - 1))
        if whole < last:
            for rest in _between("0" * (length - 1), high[1:]):
                yield (high[0], *rest)


def _one_of(first: int, last: int) -> str:
    if first == last:
        return str(first)
    return f"[{first}{last}]" if last == first + 1 else f"[{first}-{last}]"


def _joined(digits: Digits) -> str:
    """One after the other, with runs of any digit counted."""
    runs = ((digit, len(list(group))) for digit, group in groupby(digits))
    return "".join(_times(digit, number) for digit, number in runs)


def _times(digit: str, number: int) -> str:
    return digit if number == 1 else f"{digit}{{{number}}}" if digit == _ANY else digit * number


def _dashed(digits: Digits) -> str:
    return "-".join(_joined(part) for part in (digits[:4], digits[4:6], digits[6:]))
