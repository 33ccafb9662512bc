"""Valid inputs made almost valid: of bytes, of the words of a text, of the values of JSON.

Each function takes a ``random.Random``, so that a seed gives the same input again, and other inputs
(``pool``) to take parts from.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from random import Random
from typing import Any

from guiju.dsl.keywords import KEYWORDS
from guiju.dsl.lexer import tokens
from guiju.dsl.source import Source

_WORDS = (
    *(word for keyword in KEYWORDS for word in (keyword.zh, keyword.en)),
    *(
        "0",
        "-1",
        "1.5",
        "99999999999999999999",
        "１２",
        "2024-02-29",
        "2025-02-29",
        "9999-12-31",
        "0000-00-00",
    ),
    *('"第一条"', '"', "“", "”", "#", "\\", "\n", "(", ")", "{", "}", "[", "]", "..", ".", ",", ":", "|"),
    *("=", "≠", "<", "≤", ">", "≥", "+", "-", "*", "\ufeff", "\x00", "\u2028", "é", "𠀀", "不存在的名称"),
)

_INTERESTING = (b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\r", b"\n", b'"', b"\\", b"{", b"[", b",")

_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 17, 2**63, 10**39, 10**60, 0.1, -0.0, 1e308, float("nan"), float("inf")),
    *("", " ", "x", "不存在", "\x00", "\ud800", "a" * 5000, "２０２５-01-01", "1e5", "-5", "True", "null"),
    *("2025-01-15", "2025-02-29", "0001-01-01", "9999-12-31", "2025-1-1", "2025-01-15T00:00:00Z", "12.345"),
    *([], {}, [[]], [None], {"": None}, [1, "a", {}], {"a": {"b": {"c": []}}}),
)


def mutated_bytes(random: Random, data: bytes, pool: Sequence[bytes]) -> bytes:
    """``data`` with a few bytes changed, taken out, repeated, or taken from another input."""
    for _ in range(random.choice((1, 1, 1, 2, 4, 16))):
        at = random.randint(0, len(data))
        until = min(len(data), at + random.choice((1, 1, 2, 8, 64, 1024)))
        match random.randrange(6):
            case 0 if at < len(data):
                data = data[:at] + bytes([data[at] ^ 1 << random.randrange(8)]) + data[at + 1 :]
            case 1:
                data = data[:at] + data[until:]
            case 2:
                data = data[:at] + data[at:until] * 2 + data[until:]
            case 3:
                data = data[:at] + random.choice(_INTERESTING) + data[at:]
            case 4:
                other = random.choice(pool)
                start = random.randint(0, len(other))
                data = data[:at] + other[start : start + random.choice((1, 8, 64, 512))] + data[until:]
            case _:
                data = data[:at] + random.randbytes(random.choice((1, 2, 4))) + data[until:]
    return data


def mutated_words(random: Random, data: bytes, pool: Sequence[bytes]) -> bytes:
    """A text with a few words changed, taken out, exchanged, repeated or taken from another text."""
    words = _words(data)
    other = _words(random.choice(pool))
    for _ in range(random.choice((1, 1, 1, 2, 3, 8))):
        at = random.randint(0, max(0, len(words) - 1))
        until = min(len(words), at + random.choice((1, 1, 1, 2, 5, 20)))
        start = random.randint(0, len(other))
        match random.randrange(7):
            case 0:
                words[at:until] = []
            case 1:
                words[at:at] = words[at:until]
            case 2:
                words[at : at + 1] = [random.choice(_WORDS)]
            case 3:
                words[at:at] = [random.choice(_WORDS)]
            case 4 if words:  # often of the same sort, so that the text still parses
                there = random.randrange(len(words))
                words[at], words[there] = words[there], words[at]
            case 5 if words:
                words[at] = random.choice(words)
            case _:
                words[at:until] = other[start : start + random.choice((1, 3, 12))]
    return " ".join(words).encode("utf-8", "surrogatepass")


def exchanged_words(random: Random, data: bytes, pool: Sequence[bytes]) -> bytes:
    """A text with words in the places of others of their sort: it mostly parses, and seldom has types."""
    words = _words(data)
    sorts: dict[str, list[str]] = {}
    for word in (*words, *_words(random.choice(pool)), *_WORDS):
        sorts.setdefault(_sort(word), []).append(word)
    for _ in range(random.choice((1, 1, 2, 3, 6))):
        if words:
            at = random.randrange(len(words))
            words[at] = random.choice(sorts[_sort(words[at])])
    found = " ".join(words).encode("utf-8", "surrogatepass")
    return mutated_words(random, found, pool) if random.random() < 0.2 else found


def mutated_json(random: Random, data: bytes, pool: Sequence[bytes]) -> bytes:
    """JSON, or lines of JSON, with a few values changed, taken out, renamed or taken from elsewhere."""
    lines = data.split(b"\n")
    at = random.randrange(len(lines))
    try:
        value = json.loads(lines[at])
    except ValueError:
        try:
            lines, at, value = [data], 0, json.loads(data)
        except ValueError:
            return mutated_bytes(random, data, pool)
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        value = _changed(random, value)
    lines[at] = json.dumps(value, ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass")
    if random.random() < 0.1:
        random.shuffle(lines)
    found = b"\n".join(lines)
    return mutated_bytes(random, found, pool) if random.random() < 0.15 else found


def _words(data: bytes) -> list[str]:
    """The words of a text; the ends of lines are words, too: a comment would take in what follows it."""
    text = data.decode("utf-8", "surrogatepass" if b"\xed" in data else "replace")
    found: list[str] = []
    line = 1
    for token in tokens(Source("x", text), comments=True):
        if token.line > line:
            found.append("\n")
            line = token.line
        found.append(token.text)
    return found


def _sort(word: str) -> str:
    if word.isspace():
        return "space"
    if word[0].isdecimal():
        return "date" if word.count("-") == 2 else "number"
    if word[0] in '"“「':
        return "string"
    if not (word[0].isalpha() or word[0] == "_"):
        return "symbol"
    return "keyword" if word in _WORDS else "name"


def _changed(random: Random, value: Any) -> Any:
    """``value`` with one value somewhere inside it changed."""
    places = list(_places(value))
    holder, key = random.choice(places) if places else (None, None)
    if holder is None or random.random() < 0.02:
        return random.choice(_VALUES)
    match random.randrange(7):
        case 0:
            del holder[key]
        case 1 | 2:
            holder[key] = copy.deepcopy(random.choice(_VALUES))
        case 3:
            other, name = random.choice(places)
            holder[key] = copy.deepcopy(other[name])
        case 4 if isinstance(holder, dict):
            holder[random.choice(("", "x", f"{key}x", str(key)[:-1], "format", "\ud800"))] = holder.pop(key)
        case 5 if isinstance(holder, list):
            holder.append(copy.deepcopy(holder[key]))
        case _:
            holder[key] = _near(random, holder[key])
    return value


def _near(random: Random, value: Any) -> Any:
    """Something much like ``value``."""
    match value:
        case bool():
            return random.choice((not value, int(value), str(value)))
        case int() | float():
            return random.choice((value + 1, value - 1, -value, value * 10**6, value / 3, str(value)))
        case str():
            cut = random.randint(0, len(value))
            return random.choice(
                (value[:cut], value[cut:] + value[:cut], value + value, [value], f" {value}")
            )
        case list():
            return [*value, *copy.deepcopy(value)]
        case dict():
            return list(value.items())
        case _:
            return {}


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Where values stand: each as its holder and its key or index."""
    found: list[tuple[Any, Any]] = []
    pending = [value] if isinstance(value, dict | list) else []
    while pending:
        holder = pending.pop()
        keys = list(holder) if isinstance(holder, dict) else range(len(holder))
        found += [(holder, key) for key in keys]
        pending += [holder[key] for key in keys if isinstance(holder[key], dict | list)]
    return found
