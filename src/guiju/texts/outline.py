"""What each line of a text is, as far as it and its neighbours tell: a mark, a heading, a title, prose."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Final

from attrs import frozen

from guiju.texts import numbering
from guiju.texts.lines import Line
from guiju.texts.numbering import Mark, Style
from guiju.texts.numerals import CHINESE, value

DIVISIONS: Final = frozenset(numbering.DIVISIONS.values())
#: Words that a title ends with.
KINDS: Final = (
    "条例|规定|办法|细则|规则|方案|制度|机制|意见|通知|决定|标准|规范|准则|守则|指南|指引|计划|规划|要点|措施|章程|"
    "公约|程序|规程|导则|目录|清单|纲要|通告|公告|函|批复|法|法典"
)
_TITLE = re.compile(rf".*(?:{KINDS})(?:[(][^()]{{1,12}}[)])?$")
_EDITION = re.compile(r"[(](?:试行|暂行|草案|修订|修正|征求意见稿|送审稿|[0-9]{4}年?(?:版|修订|修正)?)[)]$")
_SENTENCE_END: Final = "。；;：:！!？?…"
_CLOSING: Final = "”’\"')）]】》〉"
_UNFINISHED: Final = "，,、（(《“"


@frozen
class Entry:
    """A line with its mark, if it begins with one."""

    line: Line
    mark: Mark | None

    @property
    def blank(self) -> bool:
        return self.line.blank

    @property
    def bare(self) -> str:
        """The line folded and without spaces."""
        return "".join(self.line.folded.split())

    @property
    def rest(self) -> Line:
        """What follows the mark."""
        if self.mark is None:
            return self.line
        start = self.line.indent + self.mark.length
        while start < len(self.line.text) and self.line.folded[start] == " ":
            start += 1
        return self.line.after(start)

    @property
    def written(self) -> str:
        """The mark as it stands in the text."""
        return self.line.text[self.line.indent : len(self.line.text) - len(self.rest.text)]

    @property
    def division(self) -> bool:
        return self.mark is not None and self.mark.style in DIVISIONS

    @property
    def article(self) -> bool:
        return self.mark is not None and self.mark.style is Style.ARTICLE

    @property
    def ended(self) -> bool:
        """Whether the line ends as a sentence or an item does."""
        return ends(self.bare)

    @property
    def unfinished(self) -> bool:
        """Whether the line breaks off inside a clause."""
        return self.bare.endswith(tuple(_UNFINISHED))

    @property
    def short(self) -> bool:
        """Whether it could be a heading: a few characters, none of them punctuation."""
        return 0 < len(self.bare) <= 30 and not re.search("[,。;:!?，；：、]", self.bare)

    @property
    def title(self) -> bool:
        """Whether it could be the title of an instrument, or the last line of one."""
        return (
            self.mark is None
            and len(self.bare) <= 120
            and not self.ended
            and not self.unfinished
            and _TITLE.match(self.bare) is not None
        )

    @property
    def edition(self) -> bool:
        """Whether it is what follows a title in brackets: （试行）."""
        return _EDITION.match(self.bare) is not None


def entries(lines: Sequence[Line]) -> tuple[Entry, ...]:
    """Each line with its mark."""
    return tuple(Entry(line, numbering.mark(line.folded.lstrip())) for line in lines)


def ends(bare: str) -> bool:
    """Whether ``bare`` ends as a sentence or an item does, closing quotes and brackets apart."""
    inner = bare.rstrip(_CLOSING)
    return inner.endswith(tuple(_SENTENCE_END))


def wrapped(part: Sequence[Entry]) -> bool:
    """Whether the lines of ``part`` were broken at a width, so that a line is no paragraph.

    Of the lines that are followed directly by one without a mark, most then do not end as sentences do.
    """
    counted = broken = 0
    for one, following in itertools.pairwise(part):
        if one.blank or following.blank or following.mark is not None or one.division or len(one.bare) < 12:
            continue
        counted += 1
        broken += not one.ended
    return counted >= 4 and broken > 0.6 * counted


# --- annexes ------------------------------------------------------------------------------------------------

_N = f"[{CHINESE}]{{1,3}}|[0-9]{{1,2}}"
_HEAD = re.compile(
    rf"附\s*(?P<kind>件|表|录|图)?\s*(?P<number>{_N})?\s*(?P<mark>[:.、-])?\s*(?P<rest>.*?)\s*$"
)


@frozen
class AnnexHead:
    """The heading of an annex or an entry of a list; ``title`` begins at ``offset`` of the line."""

    kind: str  # 附件, 附表, …
    number: int | None
    title: str
    offset: int

    @property
    def label(self) -> str:
        return self.kind + (str(self.number) if self.number is not None else "")


def annex_head(entry: Entry) -> AnnexHead | None:
    """``entry`` as the heading of an annex; None when it is none."""
    text = entry.line.folded
    match = _HEAD.match(text, entry.line.indent)
    if (
        match is None
        or entry.mark is not None
        or not (match["kind"] or match["number"] or match["mark"] == ":")
    ):
        return None
    between = text[match.end("number") if match["number"] else match.start() : match.start("rest")]
    rest = match["rest"]
    if match["number"]:
        if rest and not (match["mark"] or between[-1:].isspace()):
            return None  # 附件1盖章后……
        if rest and ((ends(rest) and not rest.endswith((";", "；"))) or len(rest) > 80 or rest[0] == "附"):
            return None
        if match["mark"] == "、":
            return None  # 附件1、附件2……
    elif (rest and match["mark"] != ":") or (match["kind"] is None and match["mark"] != ":"):
        return None  # 附则, 附近……
    kind = f"附{match['kind'] or '件'}"
    number = value(match["number"]) if match["number"] else None
    return AnnexHead(
        kind, number, entry.line.text[match.start("rest") : match.end("rest")], match.start("rest")
    )
