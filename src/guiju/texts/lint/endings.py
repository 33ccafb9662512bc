"""How paragraphs and the items of a list end: with ；  all but the last, with 。 the last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from guiju.dsl.source import Place
from guiju.texts.lint.catalogue import noticed
from guiju.texts.outline import ends
from guiju.texts.provisions import Kind, Part, Provision
from guiju.texts.remarks import Remark

_CLOSING = "”’\"')）]】》〉"
_CONJUNCTION = re.compile(r"(?<=[;；])(?:或者|以及|并且|或|和|并)$")


def endings(part: Part) -> Iterator[Remark]:
    """What ends wrongly in ``part``."""
    for top in part.provisions:
        if top.kind is Kind.ANNEX_LIST:
            continue
        yield from _lists(top, goes_on=False)
        if top.kind is Kind.ARTICLE:
            yield from _paragraphs(top)


def _lists(holder: Provision, goes_on: bool) -> Iterator[Remark]:
    """The lists in ``holder``; ``goes_on``: a further item of an upper list follows it."""
    items = [c for c in holder.children if c.kind is Kind.ITEM]
    if len(items) >= 2:
        yield from _list(items, goes_on)
    for n, child in enumerate(holder.children):
        follows = child.kind is Kind.ITEM and n + 1 < len(holder.children)
        yield from _lists(child, goes_on or follows)


def _list(items: Sequence[Provision], goes_on: bool) -> Iterator[Remark]:
    ending = [_ending(item) for item in items]
    inner = [end for item, end in zip(items[:-1], ending[:-1], strict=True) if not item.children]
    if not inner or inner.count("；") * 2 < len(inner):
        return
    for item, end in zip(items[:-1], ending[:-1], strict=True):
        name = item.written.strip()
        if item.children or end in ("；", "："):
            continue
        if end == "。":
            yield noticed(
                "S112",
                _end_of(item),
                f"{name}以句号结束，其他各项用分号",
                f"{name} ends with a full stop, the other items with a semicolon",
            )
        elif end:
            yield noticed(
                "S112",
                _end_of(item),
                f"{name}以“{end}”结束，其他各项用分号",
                f"{name} ends with {end}, the others not",
            )
        else:
            yield noticed(
                "S113", _end_of(item), f"{name}末尾没有标点", f"{name} has no punctuation at its end"
            )
    last, end = items[-1], ending[-1]
    name = last.written.strip()
    if last.children or end in ("。", "："):
        return
    if end == "；" and not goes_on:
        yield noticed(
            "S111",
            _end_of(last),
            f"最后一项{name}以分号结束：应为句号，或者后面缺项",
            f"{name} is the last item and ends with a semicolon: a full stop is due, or an item is missing",
        )
    elif end in ("，", "、"):
        yield noticed(
            "S111",
            _end_of(last),
            f"最后一项{name}以“{end}”结束：句子没有完，或者在这里断了行",
            f"{name}, the last item, ends with {end}: the sentence is unfinished, or the line is broken here",
        )
    elif not end:
        yield noticed(
            "S113", _end_of(last), f"最后一项{name}末尾没有句号", f"{name}, the last item, has no full stop"
        )


def _paragraphs(article: Provision) -> Iterator[Remark]:
    """Paragraphs of prose that do not end as sentences do."""
    for provision in article.walk():
        prose = provision.kind in (Kind.ARTICLE, Kind.PARAGRAPH) and not provision.empty
        if (
            prose
            and not provision.children
            and not ends(_bare(provision))
            and not _bare(provision).endswith("》")
        ):
            yield noticed(
                "S113",
                _end_of(provision),
                f"{provision.label}末尾没有标点",
                f"{provision.label} has no punctuation at its end",
            )


def _bare(provision: Provision) -> str:
    return "".join(provision.text.split())


def _ending(item: Provision) -> str:
    """The punctuation that an item ends with, in its Chinese form; empty when there is none."""
    if any(c.kind is Kind.PARAGRAPH for c in item.children):
        return "。"
    bare = _CONJUNCTION.sub("", _bare(item)).rstrip(_CLOSING)
    last = bare[-1:]
    return {";": "；", ",": "，", ":": "：", ".": "。", "！": "。", "？": "。", "…": "。"}.get(
        last, last if last in "；，：。、" else ""
    )


def _end_of(provision: Provision) -> Place:
    for line in reversed(provision.lines):
        if not line.blank:
            return line.place(provision.place.file, len(line.text.rstrip()) - 1)
    return provision.place
