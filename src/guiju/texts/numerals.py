"""Chinese numerals as provisions are counted with them: 一百零八 to 108 and back."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = "零一二三四五六七八九"
_VALUES: Final = {
    **{digit: value for value, digit in enumerate(_DIGITS)},
    "〇": 0,
    "两": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
}
_UNITS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}

#: Every character of a Chinese numeral, for a character class.
CHINESE: Final = "".join((*_VALUES, *_UNITS))
#: ① to ⑳, ㉑ to ㉟ and ㊱ to ㊿.
CIRCLED: Final = "".join(map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))))


def value(numeral: str) -> int | None:
    """The number that ``numeral`` (Chinese, circled or decimal, of either width) writes, or None."""
    if numeral.isdecimal():
        return int(numeral) if len(numeral) <= 9 else None  # no provision has such a number
    if len(numeral) == 1 and numeral in CIRCLED:
        return CIRCLED.index(numeral) + 1
    if not numeral or any(c not in _VALUES and c not in _UNITS for c in numeral):
        return None
    if all(c in _VALUES for c in numeral):  # read out digit by digit: 二〇二五
        return int("".join(str(_VALUES[c]) for c in numeral))
    total, digit, smallest = 0, None, 10_000
    for c in numeral:
        if c in _VALUES:
            if digit:  # two digits without a unit between them: 二三十
                return None
            digit = _VALUES[c]
            continue
        unit = _UNITS[c]
        if unit >= smallest or (digit == 0 and unit != 10):
            return None
        total += (digit or 1) * unit
        digit, smallest = None, unit
    return total + (digit or 0)


def chinese(number: int) -> str:
    """``number`` (0 to 9999) as it is written in a citation: 十 and not 一十, 一百一十, 一百零八."""
    if not 0 <= number <= 9999:
        raise ValueError(f"no numeral for {number}")
    if number == 0:
        return "零"
    written, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit == 0:
            gap = bool(written)
            continue
        written += ("零" if gap else "") + _DIGITS[digit] + name
        gap = False
    return written[1:] if written.startswith("一十") else written
