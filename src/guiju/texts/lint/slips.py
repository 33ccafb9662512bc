"""Slips of the keyboard: words and punctuation twice, stray characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from guiju.texts.lint.catalogue import noticed
from guiju.texts.lint.passages import Passage, passages
from guiju.texts.provisions import Part
from guiju.texts.remarks import Remark

_HAN: Final = "[\u3400-\u9fff]"
_WORD = re.compile(rf"(?P<word>{_HAN}{{2,8}})(?P=word)")
#: Characters that stand twice by mistake only; others end one word and begin the next (以及及时, 理由由).
_PARTICLE = re.compile(r"(?<![目标])(?P<word>[的或被])(?P=word)")
_NUMERALS: Final = frozenset("零〇一二三四五六七八九十百千万")
#: Words of the shape ABAB that are one word.
_REDUPLICATED: Final = frozenset(("一一", "层层", "步步", "年年", "日日", "月月", "家家", "户户"))
_PUNCTUATION = re.compile(r"[，。；：、,;][ \t]*[，。；：、,;]")
_DOT = re.compile(rf"(?<={_HAN})[.,](?={_HAN})")


def slips(part: Part) -> Iterator[Remark]:
    """The slips in ``part``."""
    for passage in passages(part, title=True):
        yield from _doubled(passage)
        yield from _stray(passage)


def _doubled(passage: Passage) -> Iterator[Remark]:
    for pattern in (_WORD, _PARTICLE):
        for match in pattern.finditer(passage.folded):
            word = match["word"]
            if set(word) <= _NUMERALS or word in _REDUPLICATED or (len(set(match[0])) == 1 and len(word) > 1):
                continue
            yield noticed(
                "S161", passage.place(match.start(), len(match[0])), f"“{word}”重复", f"{word} is there twice"
            )
    for match in _PUNCTUATION.finditer(passage.text):
        yield noticed(
            "S163",
            passage.place(match.start(), len(match[0])),
            f"标点“{match[0]}”重复",
            f"punctuation twice: {match[0]}",
        )


def _stray(passage: Passage) -> Iterator[Remark]:
    for match in _DOT.finditer(passage.text):
        if match[0] == ",":
            continue  # a half-width comma is a matter of style
        yield noticed("S162", passage.place(match.start()), "汉字之间有“.”", "a dot between two characters")
    for at, c in enumerate(passage.text):
        kind = unicodedata.category(c)
        if c == "\ufffd" or kind == "Co" or (kind == "Cc" and c not in "\n\t"):
            yield noticed(
                "S162",
                passage.place(at),
                f"有不能显示的字符 U+{ord(c):04X}",
                f"a character that cannot be shown: U+{ord(c):04X}",
            )
    if re.fullmatch(r"[|_*#~^`]{1,3}", passage.text.strip()):
        yield noticed(
            "S162", passage.place(0), f"只有“{passage.text.strip()}”", f"nothing but {passage.text.strip()}"
        )
