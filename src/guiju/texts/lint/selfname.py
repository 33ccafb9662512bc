"""What a text calls itself: 本办法 in one article and 本制度 in the next, under the title of a 机制."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.dsl.source import Bilingual, Place
from guiju.texts.lint.catalogue import noticed
from guiju.texts.lint.passages import passages
from guiju.texts.provisions import Kind, Part
from guiju.texts.remarks import Remark

_KINDS = (
    "(?:管理|暂行|实施|试行)?(?:办法|规定|细则)|条例|规则|方案|制度|机制|意见|文件|"
    "规范|准则|守则|指南|规程|导则|章程|计划|要点"
)
#: 根本制度, 基本规范, 样本意见: there 本 belongs to the word before. 本文件 is a name as well as the others.
_SELF = re.compile(rf"(?<![根基成版文样资书课原日])本(?P<kind>{_KINDS})(?![一-鿿]*》)")


def selfname(part: Part) -> Iterator[Remark]:
    """The names by which ``part`` calls itself, where there are several or none is that of its title."""
    places: dict[str, list[Place]] = {}
    for passage in passages(part, annexes=False):
        if passage.provision.kind is Kind.NOTICE or passage.provision.label.startswith("通知"):
            continue
        for match in _SELF.finditer(passage.folded):
            places.setdefault(match[0], []).append(passage.place(match.start(), len(match[0])))
    if not places:
        return
    title = part.title
    titled = re.search(rf"(?P<kind>{_KINDS})(?:[(（][^()（）]*[)）])?$", title)
    foreign = titled is not None and all(_word(name) not in _word(titled["kind"]) for name in places)
    if len(places) == 1 and not foreign:
        return
    counted = [f"{name}（{len(found)} 处）" for name, found in places.items()]
    in_english = [f"{name} ({len(found)})" for name, found in places.items()]
    first, *others = [(name, found[0]) for name, found in places.items()]
    ends_with = (
        Bilingual(f"；标题是“{titled['kind']}”", f"; its title says {titled['kind']}") if titled else None
    )
    yield noticed(
        "S141",
        first[1],
        f"文中自称{'、'.join(counted)}{ends_with.zh if ends_with else ''}",
        f"the text calls itself {', '.join(in_english)}{ends_with.en if ends_with else ''}",
        related=tuple((place, Bilingual(f"这里称{name}", f"{name} here")) for name, place in others),
    )


def _word(name: str) -> str:
    """The last two characters: 本管理办法 and 暂行办法 are 办法."""
    return name[-2:]
