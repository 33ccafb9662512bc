"""Numbers that repeat, are skipped or go backwards: of articles, divisions, items and annexes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve

from guiju.dsl.source import Bilingual, Place
from guiju.texts.lint.catalogue import noticed
from guiju.texts.numbering import Mark, Style
from guiju.texts.provisions import Kind, Part, Provision
from guiju.texts.remarks import Remark

_ANNEX = re.compile(r"附[件录](?P<number>[0-9]+)(?P<again>\[[0-9]+\])?")

Counted = tuple[tuple[int, int], Provision]  # number and inserted number


def numbers(part: Part) -> Iterator[Remark]:
    """What is wrong with the numbers of ``part``."""
    every = list(part.walk())
    yield from _sequence(_counted(p for p in every if p.kind is Kind.ARTICLE))
    yield from _divisions([p for p in part.provisions if p.kind is Kind.DIVISION])
    for top in part.provisions:
        yield from _items(top)
    plan = [p for p in part.provisions if p.kind is Kind.ITEM]
    yield from _sequence(_counted(plan))
    yield from _annexes([p for p in part.provisions if p.kind is Kind.ANNEX])


def _counted(provisions: Iterable[Provision]) -> list[Counted]:
    return [((p.mark.number, p.mark.of or 0), p) for p in provisions if p.mark is not None]


def _sequence(counted: Sequence[Counted], start: int = 1) -> Iterator[Remark]:
    """One run of numbers, which should begin at ``start``."""
    before: tuple[int, int] = (start - 1, 0)
    seen: dict[tuple[int, int], Provision] = {}
    for now, provision in counted:
        name = _name(provision)
        if now == (1, 0) and len(seen) > 1:
            yield noticed("S103", _at(provision), f"编号又从{name}开始", f"the numbers begin again at {name}")
            seen = {}
        elif now in seen:
            first = seen[now]
            yield noticed(
                "S101",
                _at(provision),
                f"{name}的编号重复",
                f"the number {name} is used twice",
                related=((_at(first), Bilingual("前一处在这里", "it is used here before")),),
            )
        elif now < before:
            yield noticed("S103", _at(provision), f"编号倒退到{name}", f"the numbers go back to {name}")
        elif now not in ((before[0] + 1, 0), (before[0], before[1] + 1)):
            missing = _missing(provision, before[0] + 1, now[0] - 1)
            yield noticed(
                "S102", _at(provision), f"{name}之前缺{missing.zh}", f"{missing.en} is missing before {name}"
            )
        seen.setdefault(now, provision)
        before = now


def _at(provision: Provision) -> Place:
    """Where its number stands."""
    return evolve(provision.place, length=len(provision.written.strip()) or provision.place.length)


def _name(provision: Provision) -> str:
    return provision.written.strip() or provision.label


def _missing(provision: Provision, first: int, last: int) -> Bilingual:
    """The numbers from ``first`` to ``last`` in the style of ``provision``."""
    mark = provision.mark
    if mark is None or last < first:
        return Bilingual("前面的编号", "an earlier number")
    pieces = [Mark(mark.style, n, None, 0).piece for n in (first, last) if mark.style is not Style.CIRCLED]
    if not pieces:
        pieces = [str(first), str(last)]
    shown = pieces[0] if first == last else f"{pieces[0]}至{pieces[1]}"
    return Bilingual(shown, pieces[0] if first == last else f"{pieces[0]} to {pieces[1]}")


def _divisions(divisions: Sequence[Provision]) -> Iterator[Remark]:
    for style in (Style.BOOK, Style.CHAPTER):
        counted = _counted(d for d in divisions if d.mark is not None and d.mark.style is style)
        bare = [d for d in divisions if d.mark is None]
        if counted and bare and style is Style.CHAPTER:
            yield noticed(
                "S104",
                bare[0].place,
                f"有 {len(bare)} 个标题没有编号，其他的有（{_name(counted[0][1])}）",
                f"{len(bare)} heading(s) have no number, others have ({_name(counted[0][1])})",
                related=tuple((d.place, Bilingual("这里也没有", "nor has this one")) for d in bare[1:]),
            )
            if counted[0][0][0] <= len(bare) + 1:  # the bare ones are counted silently
                yield from _sequence(counted, counted[0][0][0])
                continue
        yield from _sequence(counted)
    run: list[Provision] = []
    for division in (*divisions, None):
        if division is not None and division.mark is not None and division.mark.style is Style.SECTION:
            run.append(division)
        elif division is None or division.mark is not None:
            yield from _sequence(_counted(run))
            run = []


def _items(top: Provision) -> Iterator[Remark]:
    """The lists inside ``top``; one may go on counting where the one before it, of its style, ended."""
    last: dict[Style, int] = {}
    for holder in top.walk():
        if holder.kind is Kind.ANNEX_LIST and holder is not top:
            continue
        run = [c for c in holder.children if c.mark is not None and c.kind in (Kind.ITEM, Kind.ANNEX_LIST)]
        if not run or run[0].mark is None:
            continue
        style, first = run[0].mark.style, run[0].mark.number
        start = first if first == last.get(style, 0) + 1 else 1
        yield from _sequence(_counted(run), start)
        last[style] = max((c.mark.number for c in run if c.mark is not None), default=0)


def _annexes(annexes: Sequence[Provision]) -> Iterator[Remark]:
    before = 0
    for annex in annexes:
        match = _ANNEX.fullmatch(annex.label)
        if match is None:
            continue
        number = int(match["number"])
        if match["again"]:
            yield noticed(
                "S101",
                annex.place,
                f"{annex.written}的编号重复",
                f"the number of {annex.written} is used twice",
            )
        elif number < before:
            yield noticed(
                "S103", annex.place, f"编号倒退到{annex.written}", f"the numbers go back to {annex.written}"
            )
        elif number > before + 1:
            yield noticed(
                "S102",
                annex.place,
                f"{annex.written}之前缺附件{before + 1}",
                f"附件{before + 1} is missing before {annex.written}",
            )
        before = max(before, number)
