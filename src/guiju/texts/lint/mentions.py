"""Mentions of the text's own provisions that it does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from attrs import frozen

from guiju.texts.lint.catalogue import noticed
from guiju.texts.lint.passages import Passage, passages
from guiju.texts.numbering import paragraph
from guiju.texts.numerals import CHINESE, chinese, value
from guiju.texts.provisions import Kind, Part, Provision
from guiju.texts.remarks import Remark

_N: Final = f"(?:[{CHINESE}]{{1,9}}|[0-9]{{1,4}})"
_MENTION = re.compile(
    rf"第\s*(?P<first>{_N})(?P<more>(?:\s*[、,和及至到或与-]\s*第?\s*{_N})*)\s*条(?:之(?P<of>[一二三四五六七八九十]{{1,3}}))?"
    rf"(?:\s*第\s*(?P<paragraph>{_N})\s*款)?(?:\s*第\s*[(]?\s*(?P<item>{_N})\s*[)]?\s*项)?"
)
#: What precedes a mention of an article of this very text.
_OWN = re.compile(r"本[一-鿿]{0,4}$")
_BARE = re.compile(r"(?:按照|依照|依据|根据|违反|符合|适用|除|见)$")
_CHAIN = re.compile(r"(?:[、,，和及与或至到]|以及|或者)$")


@frozen
class _Article:
    paragraphs: int
    items: frozenset[int]


def mentions(part: Part) -> Iterator[Remark]:
    """The articles, paragraphs and items that ``part`` names as its own and does not have."""
    articles = {
        (p.mark.number, p.mark.of or 0): _article(p) for p in part.walk() if p.kind is Kind.ARTICLE and p.mark
    }
    if articles:
        for passage in passages(part):
            yield from _in(passage, articles)


def _article(article: Provision) -> _Article:
    paragraphs = [c for c in article.children if c.kind is Kind.PARAGRAPH]
    items = [
        c for holder in (article, *paragraphs) for c in holder.children if c.kind is Kind.ITEM and c.mark
    ]
    return _Article(len(paragraphs) or 1, frozenset(i.mark.number for i in items if i.mark is not None))


def _in(passage: Passage, articles: dict[tuple[int, int], _Article]) -> Iterator[Remark]:
    ours, end = False, 0
    for match in _MENTION.finditer(passage.folded):
        before = passage.folded[end : match.start()]
        if not ((before.strip() and _CHAIN.fullmatch(before.strip())) or (not before and end)):
            above = passage.folded[: match.start()].rstrip()
            ours = _OWN.search(above) is not None or _BARE.search(above) is not None
        end = match.end()
        if not ours:
            continue
        for number, inserted in _numbers(match):
            place = passage.place(match.start(), len(match[0]))
            article = articles.get((number, inserted))
            name = f"第{chinese(min(number, 9999))}条" + (f"之{chinese(inserted)}" if inserted else "")
            if article is None:
                yield noticed("S121", place, f"文中没有{name}", f"the text has no {name}")
                continue
            asked = value(match["paragraph"] or "") or 0
            if asked > article.paragraphs:
                yield noticed(
                    "S121", place, f"{name}没有{paragraph(asked)}", f"{name} has no {paragraph(asked)}"
                )
            item = value(match["item"] or "")
            if item is not None and item not in article.items:
                yield noticed(
                    "S121", place, f"{name}没有第({chinese(item)})项", f"{name} has no item ({chinese(item)})"
                )


def _numbers(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The articles that a mention names: 第十四、十五条 names two."""
    of = value(match["of"] or "") or 0
    numbers = [value(n) for n in (match["first"], *re.findall(_N, match["more"]))]
    for n, number in enumerate(numbers, start=1):
        if number is not None:
            yield number, of if n == len(numbers) else 0
