"""Source texts for the tests: a rich sample, random texts that parse or do not; and trees without places."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.extra.lark import from_lark
from hypothesis.strategies import SearchStrategy

from guiju.dsl.keywords import KEYWORDS
from guiju.dsl.source import Place
from guiju.dsl.tables import build_engine

#: Every declaration, clause and expression of the language, without a mistake.
RICH = (Path(__file__).parent / "dsl" / "rich.gj").read_text(encoding="utf-8")

_NAMES = ["甲", "乙", "当事人", "技师", "年龄", "x", "Ärztin", "_a1", "不得了"]
_SYMBOLS = {
    "_RANGE": "..",
    "EQ": "=＝",
    "NE": "≠",
    "LT": "<＜",
    "LE": "≤",
    "GT": ">＞",
    "GE": "≥",
    "_PLUS": "+＋",
    "MINUS": "-－",
    "_TIMES": "*×",
    "_LBRACE": "{｛",
    "_RBRACE": "}｝",
    "_LPAR": "(（",
    "_RPAR": ")）",
    "_LSQB": "[［",
    "_RSQB": "]］",
    "_COMMA": ",，、",
    "_COLON": ":：",
    "_DOT": ".．",
    "_BAR": "|｜",
}


def _terminals() -> dict[str, SearchStrategy[str]]:
    words: dict[str, SearchStrategy[str]] = {k.terminal: st.sampled_from([k.zh, k.en]) for k in KEYWORDS}
    words |= {name: st.sampled_from(list(text)) for name, text in _SYMBOLS.items()}
    words["_RANGE"] = st.just("..")
    words["NAME"] = st.sampled_from(_NAMES)
    words["NUMBER"] = st.sampled_from(["0", "3", "12.50", "１２", "007"])
    words["DATE"] = st.dates().map(lambda date: date.isoformat())
    words["STRING"] = st.sampled_from(
        ['"a"', "“第一条”", "「“引”文」", '""', '"第四条第一款第二项"', '" # 不是注释 "', '“一"二”']
    )
    gaps = st.sampled_from(
        [" ", " ", " ", "\n", "  ", "\t", "\n\n\n", "\r\n", " # 注\n", "\n#注 \n", "\n  # 注\n"]
    )
    return {name: st.tuples(word, gaps).map("".join) for name, word in sorted(words.items())}


_DECLARATION_RULES = [
    "territory", "rank", "authority", "department", "kind", "scale", "entity", "action", "outcome", "term",
    "assumption", "reading", "horizon", "instrument", "rule", "claim", "omit", "example",
]  # fmt: skip

TERMINALS = _terminals()


def declarations() -> SearchStrategy[str]:
    """Random texts of one declaration that the grammar admits, in both languages, with comments anywhere."""
    engine = build_engine()

    def of_rule(rule: str) -> SearchStrategy[str]:
        _, rules, _ = engine.grammar.compile([rule], ())
        reachable = {symbol.name for r in rules for symbol in r.expansion if symbol.is_term}
        return from_lark(engine, start=rule, explicit={n: TERMINALS[n] for n in sorted(reachable)})

    return st.one_of([of_rule(rule) for rule in _DECLARATION_RULES])


def files() -> SearchStrategy[str]:
    """Random texts of several declarations that the grammar admits."""
    return st.lists(declarations(), max_size=4).map("".join)


def words() -> SearchStrategy[str]:
    """Random sequences of words of the language, seldom grammatical."""
    word = st.sampled_from(sorted(TERMINALS)).flatmap(TERMINALS.__getitem__)
    return st.lists(word, max_size=60).map("".join)


def shape(value: Any) -> Any:
    """A tree with its places erased, as something that compares and prints well."""
    if isinstance(value, Place):
        return None
    if isinstance(value, tuple):
        return tuple(shape(item) for item in value)
    if attrs.has(type(value)) and not isinstance(value, enum.Enum):
        fields = {a.name: getattr(value, a.name) for a in attrs.fields(type(value)) if a.name != "place"}
        return (type(value).__name__, {name: shape(item) for name, item in fields.items()})
    return value
