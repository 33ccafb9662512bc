"""The instruments that a text cites: with a number or without, and always under one name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from attrs import frozen

from guiju.dsl.source import Bilingual, Place
from guiju.texts.lint.catalogue import noticed
from guiju.texts.lint.passages import passages
from guiju.texts.normal import normalised
from guiju.texts.outline import KINDS
from guiju.texts.provisions import Kind, Part, Split
from guiju.texts.remarks import Remark

#: Titles that, in form, are instruments. What is a law or regulation of the state needs no number.
_INSTRUMENT = re.compile(rf"(?:{KINDS})(?:[(][^()]*[)])?$")
_NO_NUMBER_NEEDED = re.compile(r"(?:(?<!办)法|法典|条例)(?:[(][^()]*[)])?$")
_NUMBER = re.compile(
    r"\s*[(](?P<number>[^()]*(?:[号令]|[\[〔【][0-9]{4}|[A-Z]{2,}[0-9/T -]*[0-9])[^()]*)[)]"
    r"|\s*(?P<bare>第?\s*[0-9]+\s*号)"
)
_ANNEX = re.compile(r"\s*[(]\s*(?:见|详见)?附[件表]")
#: Near-equal from here on, and only for titles that are long enough for a slip to be likely.
_NEAR: Final = 0.9
_LONG: Final = 8
#: Where two titles may differ and still be two: at the beginning, in the place or the authority.
_PLACE: Final = 6
_COUNTED = re.compile(r"[0-9一二三四五六七八九十]")
_EDITION = re.compile(r"[(](?:试行|暂行|修订|草案)[)]$")
_STATE: Final = "中华人民共和国"


@frozen
class Citation:
    """One mention of an instrument by its title."""

    title: str  # folded
    number: str | None
    annex: bool
    place: Place


def cited(split: Split, part: Part) -> Iterator[Remark]:
    """What is to be said of the citations of ``part``."""
    citations = list(_citations(part))
    own = {normalised(p.title) for p in split.all if p.title} | _annex_titles(split)
    yield from _without_number(citations, own)
    yield from _two_numbers(citations)
    yield from _two_names([c for c in citations if not c.annex], own)


def _citations(part: Part) -> Iterator[Citation]:
    """Each 《…》 of the text, also those around others."""
    for passage in passages(part):
        opened: list[int] = []
        for at, c in enumerate(passage.folded):
            if c == "《":
                opened.append(at)
            elif c == "》" and opened:
                start = opened.pop()
                title = passage.folded[start + 1 : at]
                if "\n" in title or not title.strip():
                    continue
                after = passage.folded[at + 1 : at + 60]
                number = _NUMBER.match(after)
                yield Citation(
                    "".join(title.split()),
                    (number["number"] or number["bare"]) if number is not None else None,
                    _ANNEX.match(after) is not None,
                    passage.place(start, at - start + 1),
                )


def _annex_titles(split: Split) -> set[str]:
    lines = (
        line.text
        for part in split.all
        for top in part.provisions
        if top.kind in (Kind.ANNEX, Kind.ANNEX_LIST)
        for p in top.walk()
        for line in p.lines
    )
    return {normalised(line.rstrip("；;。，, ")) for line in lines}


def _without_number(citations: Sequence[Citation], own: set[str]) -> Iterator[Remark]:
    numbered = {normalised(c.title) for c in citations if c.number is not None}
    told = set(own)
    for citation in citations:
        title = normalised(citation.title)
        if (
            citation.annex
            or title in numbered
            or title in told
            or _INSTRUMENT.search(citation.title) is None
            or _NO_NUMBER_NEEDED.search(citation.title) is not None
        ):
            continue
        told.add(title)
        yield noticed(
            "S131",
            citation.place,
            f"引用《{citation.title}》没有写文号",
            f"《{citation.title}》 is cited without its number",
        )


def _two_numbers(citations: Sequence[Citation]) -> Iterator[Remark]:
    first: dict[str, Citation] = {}
    for citation in citations:
        if citation.number is None:
            continue
        before = first.setdefault(normalised(citation.title), citation)
        one, other = normalised(before.number or ""), normalised(citation.number)
        if not (one.endswith(other) or other.endswith(one)):
            yield noticed(
                "S133",
                citation.place,
                f"《{citation.title}》的文号是“{citation.number}”，前面是“{before.number}”",
                f"《{citation.title}》 has the number {citation.number} here and {before.number} before",
                related=((before.place, Bilingual("前一处在这里", "it is cited here before")),),
            )


def _two_names(citations: Sequence[Citation], own: set[str]) -> Iterator[Remark]:
    first: Mapping[str, Citation] = {c.title: c for c in reversed(citations)}
    ordered = sorted(first.values(), key=lambda c: c.place)
    for one, other in combinations(ordered, 2):
        if {normalised(one.title), normalised(other.title)} <= own:
            continue
        if _short(one.title) == _short(other.title) or _near(one.title, other.title):
            yield noticed(
                "S132",
                other.place,
                f"《{other.title}》与《{one.title}》似是同一文件",
                f"《{other.title}》 and 《{one.title}》 seem to be one instrument",
                related=((one.place, Bilingual("另一名称在这里", "the other name is here")),),
            )


def _short(title: str) -> str:
    """``title`` without the name of the state, edition and typography."""
    return normalised(_EDITION.sub("", title)).removeprefix(_STATE)


def _near(one: str, other: str) -> bool:
    """Whether two titles are so close that one of them is probably a slip."""
    first, second = _short(one), _short(other)
    if min(len(first), len(second)) < _LONG or _kind(first) != _kind(second):
        return False
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    if matcher.ratio() < _NEAR:
        return False
    differing = [op for op in matcher.get_opcodes() if op[0] != "equal"]
    return all(
        i1 >= _PLACE and not _COUNTED.search(first[i1:i2] + second[j1:j2]) for _, i1, i2, j1, j2 in differing
    )


def _kind(title: str) -> str:
    match = _INSTRUMENT.search(title)
    return match[0] if match is not None else ""
