"""How Chinese instruments number their provisions: the mark before one, and the label by which it is cited.

Depends on nothing but numerals, so that whoever compares citations may use it. A *mark* is what stands at the
beginning of a line (第三条, （一）, 1.). A *label* is a citation: ``第八条(一)3``, ``第十三条第二款``,
``附件1(6)``. A *key* is a label taken apart, in which brackets, widths and kinds of numerals do not count.
"""

from __future__ import annotations

import enum
import re
from typing import Final

from attrs import frozen

from guiju.texts.numerals import CHINESE, CIRCLED, chinese, value


class Style(enum.Enum):
    """The kinds of marks, each named by its first one."""

    BOOK = "第一编"
    CHAPTER = "第一章"
    SECTION = "第一节"
    ARTICLE = "第一条"
    COMMA = "一、"
    BRACKET = "（一）"
    DOT = "1."
    DIGIT_BRACKET = "（1）"
    HALF_BRACKET = "1)"
    CIRCLED = "①"


#: The divisions above the articles: they are no provisions and no part of a label.
DIVISIONS: Final = {"编": Style.BOOK, "章": Style.CHAPTER, "节": Style.SECTION}


@frozen
class Mark:
    """A mark: its style, its number, what it adds to that number (第十条之一), and its length in the line."""

    style: Style
    number: int
    of: int | None
    length: int

    @property
    def piece(self) -> str:
        """What the mark contributes to a label."""
        match self.style:
            case Style.ARTICLE:
                inserted = f"之{chinese(self.of)}" if self.of is not None else ""
                return f"第{_counted(self.number)}条{inserted}"
            case Style.BOOK | Style.CHAPTER | Style.SECTION:
                return f"第{_counted(self.number)}{self.style.value[-1]}"
            case Style.COMMA:
                return _counted(self.number)
            case Style.BRACKET:
                return f"({_counted(self.number)})"
            case Style.DOT:
                return str(self.number)
            case Style.DIGIT_BRACKET | Style.HALF_BRACKET:
                return f"({self.number})"
            case Style.CIRCLED:
                return CIRCLED[self.number - 1]


_N: Final = f"[{CHINESE}]{{1,9}}|[0-9]{{1,4}}"
_C: Final = f"[{CHINESE}]{{1,9}}"
#: What follows a number in a reference to an article, which may well stand at the beginning of a line.
_CITED: Final = (
    r"(?!\s*(?:第\s*(?:[0-9]{1,3}|[一二三四五六七八九十]+)\s*[款项目]|[、,，]\s*第|[和及与或至到]第"
    r"|规定的|所列|所称的|的规定|中的))"
)
_MARKS: Final = (
    (
        None,
        re.compile(
            rf"第\s*(?P<n>{_N})\s*条(?:\s*之\s*(?P<of>[一二三四五六七八九十]{{1,3}}|[0-9]{{1,2}})(?![般些]))?{_CITED}"
        ),
    ),
    (None, re.compile(rf"第\s*(?P<n>{_N})\s*(?P<division>[编章节])(?![一-鿿]*[,，。；;])")),
    (Style.BRACKET, re.compile(rf"\(\s*(?P<n>{_C})\s*\)")),
    (Style.DIGIT_BRACKET, re.compile(r"\(\s*(?P<n>[0-9]{1,3})\s*\)")),
    (Style.COMMA, re.compile(rf"(?P<n>{_C})\s*[、.](?![{CHINESE}][、级类])")),
    (Style.DOT, re.compile(r"(?P<n>[0-9]{1,3})\s*(?:[.、](?![0-9]))")),
    (Style.HALF_BRACKET, re.compile(r"(?P<n>[0-9]{1,3})\s*\)")),
    (Style.CIRCLED, re.compile(rf"(?P<n>[{CIRCLED}])")),
)


def mark(line: str) -> Mark | None:
    """The mark at the beginning of ``line``, which is folded to ASCII widths and has no spaces before it."""
    for style, pattern in _MARKS:
        match = pattern.match(line)
        if match is None:
            continue
        number = value(match["n"])
        if number is None or number == 0:
            continue
        groups = match.groupdict()
        of = value(groups["of"]) if groups.get("of") else None
        found = style or (DIVISIONS[groups["division"]] if groups.get("division") else Style.ARTICLE)
        return Mark(found, number, of, match.end())
    return None


def joined(prefix: str, piece: str) -> str:
    """``piece`` under ``prefix``: a bare number gets brackets where it would run into what is before it."""
    if prefix and prefix[-1] in f"0123456789{CHINESE}" and not piece.startswith(("(", "第", *CIRCLED)):
        return f"{prefix}({piece})"
    return prefix + piece


def paragraph(number: int) -> str:
    """The piece of the ``number``-th paragraph of an article."""
    return f"第{_counted(number)}款"


def _counted(number: int) -> str:
    return chinese(number) if number <= 9999 else str(number)


# --- labels compared ----------------------------------------------------------------------------------------

#: A label taken apart: (kind, number, inserted number), from the outside in.
Key = tuple[tuple[str, int, int], ...]

_ANNEXES: Final = {"附件": "附件", "附": "附件", "附表": "附表", "附录": "附录", "附图": "附图"}
_PIECES: Final = re.compile(
    rf"第(?P<unit>{_N})(?P<kind>[编章节条款目])(?:之(?P<of>[一二三四五六七八九十]{{1,3}}|[0-9]{{1,2}}))?"
    rf"|第\(?(?P<nth>{_N})\)?项"
    rf"|(?P<annex>附件|附表|附录|附图|附)(?P<annexed>{_N})?"
    rf"|\((?P<bracketed>{_N})\)"
    rf"|(?P<bare>{_N}|[{CIRCLED}])[.、]?"
    rf"|(?P<named>通知|引言)"
)


def plain(label: str) -> str:
    """``label`` with ASCII brackets and digits and without spaces."""
    folded = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in label)
    return "".join(folded.split())


def key(label: str) -> Key | None:
    """``label`` taken apart; None when it is not built as labels are."""
    text, at = plain(label), 0
    found: list[tuple[str, int, int]] = []
    while at < len(text):
        match = _PIECES.match(text, at)
        if match is None:
            return None
        if match["named"]:
            found.append((match["named"], 0, 0))
        elif match["annex"]:
            found.append((_ANNEXES[match["annex"]], value(match["annexed"] or "0") or 0, 0))
        elif match["unit"]:
            found.append((match["kind"], value(match["unit"]) or 0, value(match["of"] or "0") or 0))
        else:
            number = match["nth"] or match["bracketed"] or match["bare"]
            found.append(("项", value(number) or 0, 0))
        at = match.end()
    return tuple(found)


def without_paragraphs(taken: Key) -> Key:
    """``taken`` without its paragraphs: 第八条第一款(三) as 第八条(三)."""
    return tuple(piece for piece in taken if piece[0] != "款")


def same(one: str, other: str) -> bool:
    """Whether two labels name one place, as far as the labels tell."""
    first, second = key(one), key(other)
    return plain(one) == plain(other) if first is None or second is None else first == second


def inside(inner: str, outer: str) -> bool:
    """Whether ``inner`` is ``outer`` or a part of it, as far as the labels tell."""
    first, second = key(inner), key(outer)
    if first is None or second is None:
        return plain(inner) == plain(outer)
    return first[: len(second)] == second
