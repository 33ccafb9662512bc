"""Annexes: mentioned and there, listed and there, under one title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from guiju.dsl.source import Bilingual, Place
from guiju.texts.lint.catalogue import noticed
from guiju.texts.lint.passages import passages
from guiju.texts.normal import normalised
from guiju.texts.numerals import CHINESE, value
from guiju.texts.provisions import Kind, Part, Provision, Split
from guiju.texts.remarks import Remark

_N: Final = f"[{CHINESE}]{{1,3}}|[0-9]{{1,2}}"
_MENTION = re.compile(rf"附件\s*(?P<number>{_N})(?![0-9])")
#: A title and the annex that it is said to be: 《……》（附件3）.
_TITLED = re.compile(rf"《(?P<title>[^《》]{{2,80}})》\s*[(]\s*(?:见|详见)?附件\s*(?P<number>{_N})\s*[)]")

Named = tuple[str, Place]  # a title and where it stands


def annexes(split: Split, part: Part) -> Iterator[Remark]:
    """What does not fit between the annexes of ``part``, its list of them and what it says of them."""
    bodies = _bodies(part)
    if part is split.notice:
        bodies = {**bodies, **_instruments(split)}
    listed = _listed(part)
    if part is not split.notice and split.notice is not None and not bodies and not listed:
        return  # what is one of several annexes may speak of the others
    yield from _titles(part, bodies, listed)
    yield from _mentioned(part, bodies, listed)
    missing = {number: named for number, named in listed.items() if number not in bodies}
    if missing and (bodies or part is not split.notice):
        for number, (title, place) in missing.items():
            yield noticed(
                "S123",
                place,
                f"附件{number}“{title}”没有正文",
                f"附件{number} ({title}) is listed but has no text",
            )


def _bodies(part: Part) -> Mapping[int, Named]:
    found = {}
    for annex in part.provisions:
        number = re.fullmatch(r"附件([0-9]+)", annex.label)
        if annex.kind is Kind.ANNEX and number is not None:
            found[int(number[1])] = _title_of(annex)
    return found


def _title_of(annex: Provision) -> Named:
    for provision in annex.walk():
        for line in provision.lines:
            if not line.blank:
                return line.text.strip(), line.place(annex.place.file, line.indent, len(line.text.strip()))
    return "", annex.place


def _instruments(split: Split) -> Mapping[int, Named]:
    """The instruments that are annexes of a notice."""
    found = {}
    for part in split.parts:
        number = re.fullmatch(r"附件([0-9]+)", part.annex)
        place = next((p.place for p in part.walk() if p.kind is Kind.TITLE), None)
        if number is not None and place is not None:
            found[int(number[1])] = (part.title, place)
    return found


def _listed(part: Part) -> Mapping[int, Named]:
    found: dict[int, Named] = {}
    for entry in (c for p in part.provisions if p.kind is Kind.ANNEX_LIST for c in p.children):
        number = entry.mark.number if entry.mark is not None else None
        if number is None:
            head = re.search(r"[0-9]+", entry.label)
            number = int(head[0]) if head is not None else 1
        found.setdefault(number, (entry.text.strip().rstrip("；;。，,、"), entry.place))
    return found


def _titles(part: Part, bodies: Mapping[int, Named], listed: Mapping[int, Named]) -> Iterator[Remark]:
    for number, (title, place) in listed.items():
        if number in bodies and not _same(title, bodies[number][0]):
            yield _differ(number, title, bodies[number], place)
    known = {**listed, **bodies}
    for passage in passages(part, annexes=False):
        for match in _TITLED.finditer(passage.folded):
            meant = value(match["number"]) or 0
            title = passage.text[match.start("title") : match.end("title")]
            if meant in known and not _same(title, known[meant][0]):
                yield _differ(meant, title, known[meant], passage.place(match.start("title"), len(title)))


def _differ(number: int, title: str, other: Named, place: Place) -> Remark:
    return noticed(
        "S124",
        place,
        f"这里称附件{number}为“{title}”，附件{number}题为“{other[0]}”",
        f"附件{number} is called {title} here, its title is {other[0]}",
        related=((other[1], Bilingual("题名在这里", "the title is here")),),
    )


def _same(one: str, other: str) -> bool:
    """Whether two titles agree; one may leave out the beginning of the other, such as the place."""
    first, second = normalised(one), normalised(other)
    return not first or not second or first.endswith(second) or second.endswith(first)


def _mentioned(part: Part, bodies: Mapping[int, Named], listed: Mapping[int, Named]) -> Iterator[Remark]:
    said = set[int]()
    for passage in passages(part, annexes=False):
        if passage.provision.kind is Kind.ANNEX_LIST:
            continue
        for match in _MENTION.finditer(passage.folded):
            meant = value(match["number"])
            if meant is None or _foreign(passage.folded[: match.start()]):
                continue
            said.add(meant)
            if meant not in bodies and meant not in listed:
                yield noticed(
                    "S122",
                    passage.place(match.start(), len(match[0])),
                    f"没有附件{meant}",
                    f"there is no annex {meant}",
                )
    for number, (title, place) in bodies.items():
        if number not in said and number not in listed:
            yield noticed(
                "S125",
                place,
                f"正文没有提到附件{number}“{title}”",
                f"the text does not mention annex {number} ({title})",
            )


def _foreign(before: str) -> bool:
    """Whether an annex is that of another instrument: 《……》附件1."""
    return re.search(r"》(?:[(][^()]*[)])?\s*的?$", before) is not None
