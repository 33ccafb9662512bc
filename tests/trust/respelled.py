"""One text written in other ways that mean the same: renamed, formatted, translated, cut into files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from random import Random

from guiju.dsl.formatter import format_source
from guiju.dsl.keywords import BY_SPELLING
from guiju.dsl.lexer import Token, tokens
from guiju.dsl.parser import Parser
from guiju.dsl.source import Source

#: What is put after a name to make another of it; no name of the corpus ends so.
MARK = "_別"

#: A name after one of these is none that a text declares: a unit, a kind of passing on, a standing, a reason.
_LEADS = {"NUMBER", "_UNIT", "_PASSES", "_VERIFIED", "_BECAUSE"}

Texts = Mapping[str, str]


def formatted(texts: Texts, parser: Parser, lang: str | None = None) -> dict[str, str]:
    """Laid out anew, with every keyword in one language if one is asked for."""
    found = {}
    for name, text in texts.items():
        done = format_source(text, name, lang=lang, parser=parser).text
        assert done is not None
        found[name] = done
    return found


def renamed(texts: Texts) -> dict[str, str]:
    """With every declared name another."""
    return {name: "\n".join(_lines(text)) for name, text in texts.items()}


def twin(texts: Texts) -> dict[str, str]:
    """The same again under other names, to stand beside it: the horizon is declared once."""
    found = {}
    for name, text in renamed(texts).items():
        without = re.sub(r"(?<=\n)时限\n[-\d]+\n\.\.\n[-\d]+\n", "", f"\n{text}\n")
        found[name + MARK] = without.replace('标题\n"', f'标题\n"{MARK}')
    return found


def _lines(text: str) -> Iterator[str]:
    """One token a line would do: a declaration begins where its word stands."""
    before = ""
    for token in tokens(Source("x", text)):
        yield _other(token) if token.terminal == "NAME" and before not in _LEADS else token.text
        before = token.terminal


def _other(token: Token) -> str:
    return token.text + MARK


def split(texts: Texts, random: Random) -> dict[str, str]:
    """Each instrument with its rules in one file, each declaration before them in another; shuffled."""
    parts = [part for text in texts.values() for part in _parts(text)]
    random.shuffle(parts)
    return {f"{number}.gj": part for number, part in enumerate(parts)}


def _parts(text: str) -> list[str]:
    found: list[list[str]] = [[]]
    inside = False
    for token in tokens(Source("x", text)):
        instrument = token.terminal == "_INSTRUMENT"
        if instrument or (not inside and token.terminal in _DECLARATIONS):
            found.append([])
        inside |= instrument
        found[-1].append(token.text)
    return [" ".join(part) for part in found if part]


_WORDS = "法域 位阶 机关 部门 种类 阶梯 实体 行为类别 行为 结果 术语 假定 读法 时限"
_DECLARATIONS = {BY_SPELLING[word].terminal for word in _WORDS.split()}
