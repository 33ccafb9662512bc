"""Names that drift: two names so close that they are probably meant for one thing.

Only names that the text itself sets apart (in quotes), authorities, and words in Latin letters are compared,
and only a difference that is typical of a slip is told: a false alarm here costs more than a miss.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from guiju.dsl.source import Bilingual, Place
from guiju.texts.lint.catalogue import noticed
from guiju.texts.lint.passages import passages
from guiju.texts.provisions import Part
from guiju.texts.remarks import Remark

_QUOTED = re.compile(r"“(?P<name>[^“”\n]{6,30})”")
#: A quoted name is compared when it ends as the name of a thing does: a slogan is no name.
_THING: Final = (
    "系统",
    "平台",
    "模块",
    "名单",
    "清单",
    "目录",
    "档案",
    "网站",
    "数据库",
    "信息库",
    "专栏",
    "账户",
)
_NEAR: Final = 0.7
_AUTHORITY = re.compile(r"[省市区县州盟旗][一-鿿]{2,10}?(?:局|厅|委员会)")
#: What shortens the name of an authority without another being meant.
_SHORTENED = re.compile(r"监督管理|管理|监管")
_LATIN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{3,}(?![A-Za-z0-9])")
_COUNTED = re.compile(r"[0-9一二三四五六七八九十]")


def names(part: Part) -> Iterator[Remark]:
    """The names of ``part`` that drift."""
    yield from _things(part)
    yield from _authorities(part)
    yield from _latin(part)


def _things(part: Part) -> Iterator[Remark]:
    places: dict[str, Place] = {}
    for passage in passages(part):
        for match in _QUOTED.finditer(passage.text):
            if match["name"].endswith(_THING):
                places.setdefault(match["name"], passage.place(match.start("name"), len(match["name"])))
    for one, other in combinations(places, 2):
        if _close(one, other):
            yield _two(one, places[one], other, places[other])


def _close(one: str, other: str) -> bool:
    if one[-2:] != other[-2:] or one[:2] != other[:2]:
        return False
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    differing = "".join(
        one[i1:i2] + other[j1:j2] for op, i1, i2, j1, j2 in matcher.get_opcodes() if op != "equal"
    )
    return matcher.ratio() >= _NEAR and not _COUNTED.search(differing)


def _authorities(part: Part) -> Iterator[Remark]:
    found: dict[str, dict[str, Place]] = {}
    introduced: set[str] = set()
    for passage in passages(part):
        introduced.update(re.findall(r"[(]以下[简统合]?称[:“\"]?([^)”\"]+)", passage.folded))
        for match in _AUTHORITY.finditer(passage.text):
            same = found.setdefault(_SHORTENED.sub("", match[0]), {})
            same.setdefault(match[0], passage.place(match.start(), len(match[0])))
    for same in found.values():
        if len(same) > 1 and not introduced & set(same):
            one, other = list(same)[:2]
            yield _two(one, same[one], other, same[other])


def _latin(part: Part) -> Iterator[Remark]:
    found: dict[str, dict[str, Place]] = {}
    for passage in passages(part, annexes=False):
        for match in _LATIN.finditer(passage.folded):
            written = found.setdefault(match[0].lower(), {})
            written.setdefault(match[0], passage.place(match.start(), len(match[0])))
    for written in found.values():
        if len(written) > 1:
            (one, first), (other, second), *_ = written.items()
            yield noticed(
                "S143",
                second,
                f"“{other}”前面写作“{one}”",
                f"{other} is written {one} before",
                related=((first, Bilingual("前一处在这里", "it is written so here")),),
            )


def _two(one: str, first: Place, other: str, second: Place) -> Remark:
    return noticed(
        "S142",
        second,
        f"“{other}”与“{one}”名称相近，是否同一事物？",
        f"{other} and {one} are close: are they one thing?",
        related=((first, Bilingual("另一名称在这里", "the other name is here")),),
    )
