"""A text in sections: the notice that covers it, the instruments in it, their titles, bodies and annexes.

Regulations reach us as a page of a website gives them: a notice, the instrument, its annexes, or a notice
whose annexes are instruments; nothing marks where one ends but its heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import evolve, frozen

from guiju.texts.lines import Line
from guiju.texts.numbering import Style
from guiju.texts.outline import AnnexHead, Entry, annex_head, ends, entries


@frozen
class Annex:
    """An annex: its heading, the line of that, and what follows up to the next heading."""

    head: AnnexHead
    heading: Entry
    body: tuple[Entry, ...]


@frozen
class AnnexList:
    """The list of annexes (附件：1.…；2.…): the line that it begins with, and its entries."""

    heading: Entry
    first: Entry | None  # the entry on the line of the heading
    entries: tuple[Entry, ...]


@frozen
class Instrument:
    """One instrument in sections, in the order of the text."""

    before: tuple[Entry, ...]  # the notice, or what a website puts first
    heading: Annex | None  # where it is itself an annex of a notice
    title: tuple[Entry, ...]
    contents: tuple[Entry, ...]  # a table of contents
    front: tuple[Entry, ...]  # between the title and the first number
    body: tuple[Entry, ...]
    after: tuple[Entry, ...]  # behind the last provision
    listed: AnnexList | None
    behind: tuple[Entry, ...]  # behind the list
    annexes: tuple[Annex, ...]


@frozen
class Sections:
    """The instruments; ``notice`` is set where they are its annexes."""

    notice: Instrument | None
    instruments: tuple[Instrument, ...]


def sections(text: Sequence[Entry]) -> Sections:
    """Cut ``text``."""
    heads = _heads(text)
    main = tuple(text[: heads[0][0]] if heads else text)
    annexes = [
        Annex(head, text[at], tuple(text[at + 1 : heads[n + 1][0] if n + 1 < len(heads) else len(text)]))
        for n, (at, head) in enumerate(heads)
    ]
    if _has_articles(main) or not (own := [a for a in annexes if _instrument(a, main)]):
        several = _restarts(main)
        cut = [_cut(part) for part in several]
        cut[-1] = evolve(cut[-1], annexes=tuple(annexes))
        return Sections(None, tuple(cut))
    found: list[Instrument] = []
    loose: list[Annex] = []  # before the first instrument: annexes of the notice itself
    for annex in annexes:
        if annex in own:
            found.append(evolve(_cut(annex.body), heading=annex))
        elif found:
            found[-1] = evolve(found[-1], annexes=(*found[-1].annexes, annex))
        else:
            loose.append(annex)
    blank = all(e.blank for e in main) and not loose
    return Sections(None if blank else evolve(_notice(main), annexes=tuple(loose)), tuple(found))


def _heads(text: Sequence[Entry]) -> list[tuple[int, AnnexHead]]:
    """The lines that an annex begins with: no entries of a list."""
    found = [(at, head) for at, entry in enumerate(text) if (head := annex_head(entry)) is not None]
    heads = []
    for n, (at, head) in enumerate(found):
        later = found[n + 1 :]
        if head.number is None and _begins_list(text, at, head, bool(later)):
            continue
        if head.title and any(h.label == head.label for _, h in later):
            continue  # an entry of a list: the annex itself comes further down
        following = next((e for e in text[at + 1 :] if not e.blank), None)
        if head.title and following is not None and annex_head(following) is not None and later:
            continue
        heads.append((at, head))
    return heads


def _begins_list(text: Sequence[Entry], at: int, head: AnnexHead, later: bool) -> bool:
    if head.title:
        return re.match(r"[0-9]{1,2}\s*[.、．]", head.title) is not None or later or _nothing(text[at + 1 :])
    following = next((e for e in text[at + 1 :] if not e.blank), None)
    return following is not None and following.mark is not None and following.mark.style is Style.DOT


def _nothing(rest: Sequence[Entry]) -> bool:
    """Whether no annex can follow: a signature at most."""
    return sum(not e.blank for e in rest) <= 3


def _has_articles(part: Sequence[Entry]) -> bool:
    return any(e.article for e in part)


def _instrument(annex: Annex, main: Sequence[Entry]) -> bool:
    """Whether an annex of a text without articles is an instrument of its own."""
    if _has_articles(annex.body):
        return True
    plain = not any(e.mark is not None and e.mark.style is Style.COMMA for e in main)
    commas = sum(e.mark is not None and e.mark.style is Style.COMMA for e in annex.body)
    first = next((e for e in annex.body if not e.blank), None)
    return plain and commas >= 2 and first is not None and first.title


def _restarts(main: tuple[Entry, ...]) -> list[tuple[Entry, ...]]:
    """``main`` cut where the articles begin anew under a title of their own."""
    cuts, seen = [0], False
    for at, entry in enumerate(main):
        if not entry.article:
            continue
        if seen and entry.mark is not None and entry.mark.number == 1 and entry.mark.of is None:
            title = _title_above(main, at)
            if title is not None and title > cuts[-1]:
                cuts.append(title)
        seen = True
    return [main[a:b] for a, b in zip(cuts, [*cuts[1:], len(main)], strict=True)]


def _title_above(main: Sequence[Entry], at: int) -> int | None:
    """Where the title begins under which the article at ``at`` stands: only headings lie between."""
    found = None
    for n in range(at - 1, -1, -1):
        entry = main[n]
        if entry.title:
            found = n
        elif found is not None or not (entry.blank or entry.division or entry.short or entry.edition):
            break
    return found


def _cut(part: tuple[Entry, ...]) -> Instrument:
    """The sections of one instrument, without annexes."""
    contents, rest = _contents(part)
    articles = _has_articles(part)
    first = next(
        (n for n, e in enumerate(rest) if e.mark is not None and (e.article or e.division or not articles)),
        len(rest),
    )
    above = max((n for n in range(first) if not rest[n].blank), default=None)
    if contents is None and above is not None and _heading(rest, above):
        first = above
    front, body = rest[:first], rest[first:]
    before, title, between = _titled(front, contents[0] if contents is not None else len(front))
    body, listed, behind = _listed(body)
    body, after = _tail(body)
    table = part[contents[0] : contents[1]] if contents is not None else ()
    return Instrument(before, None, title, tuple(table), between, body, after, listed, behind, ())


def _contents(part: tuple[Entry, ...]) -> tuple[tuple[int, int] | None, tuple[Entry, ...]]:
    """Where a table of contents stands, and the rest without it: its first heading comes again behind it."""
    at = next((n for n, e in enumerate(part) if e.bare == "目录"), None)
    if at is None:
        return None, part
    listed = next((n for n in range(at + 1, len(part)) if not part[n].blank), None)
    if listed is None or part[listed].mark is None:
        return None, part
    first = part[listed].mark
    again = next(
        (n for n in range(listed + 1, len(part)) if (m := part[n].mark) is not None and first is not None
         and (m.style, m.number) == (first.style, first.number)),
        None,
    )  # fmt: skip
    if again is None:
        return None, part
    return (at, again), (*part[:at], *part[again:])


def _heading(part: Sequence[Entry], at: int) -> bool:
    """Whether the line at ``at``, which an article or a division follows, is a heading without a number."""
    entry = part[at]
    return (
        entry.mark is None
        and entry.short
        and not entry.title
        and not entry.edition
        and len(entry.bare) <= 20
        and not re.search("[0-9(]", entry.bare)
        and any(e.title for e in part[:at])
        and not any(e.ended for e in part[_last_title(part, at) : at])
    )


def _last_title(part: Sequence[Entry], at: int) -> int:
    return max(n for n in range(at) if part[n].title)


def _titled(
    front: tuple[Entry, ...], limit: int
) -> tuple[tuple[Entry, ...], tuple[Entry, ...], tuple[Entry, ...]]:
    """``front`` as what is before the title, the title, and what is between it and the first number."""
    last = next((n for n in range(min(limit, len(front)) - 1, -1, -1) if front[n].title), None)
    if last is None:
        filled = [n for n, e in enumerate(front) if not e.blank]
        if not filled or front[filled[0]].ended or not front[filled[0]].short:
            return (), (), front
        last = filled[0]
    start = last
    if last > 0 and _title_goes_on(front[last - 1], front[last]):
        start = last - 1
    end = last + 1
    following = next((n for n in range(end, len(front)) if not front[n].blank), None)
    if following is not None and front[following].edition:
        end = following + 1
    return front[:start], front[start:end], front[end:]


def _title_goes_on(above: Entry, last: Entry) -> bool:
    """Whether a title began on the line above: 关于……的 / 通知."""
    if above.mark is not None or above.blank or above.ended or re.search("[0-9]年", above.bare):
        return False
    return len(last.bare) <= 4 or (above.bare.startswith("关于") and not above.title)


def _listed(body: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], AnnexList | None, tuple[Entry, ...]]:
    """``body`` up to a list of annexes, the list, and what is behind it."""
    at = next((n for n, e in enumerate(body) if annex_head(e) is not None), None)
    if at is None:
        return body, None, ()
    entry = body[at]
    head = annex_head(entry)
    assert head is not None
    offset = entry.line.indent if head.number is not None else head.offset
    heading = Entry(_slice(entry, 0, offset), None)
    rest = entry.line.after(offset)
    first = None
    if not rest.blank:
        first = _entry(rest) if head.number is None else Entry(rest, None)
    end, last = at + 1, at + 1
    while end < len(body):
        item = body[end]
        if (item.mark is not None and item.mark.style is Style.DOT) or annex_head(item) is not None:
            last = end + 1
        elif not item.blank:
            break
        end += 1
    return body[:at], AnnexList(heading, first, body[at + 1 : last]), body[last:]


def _slice(entry: Entry, start: int, end: int) -> Line:
    """A part of the line of ``entry``."""
    return evolve(entry.line, text=entry.line.text[start:end], columns=entry.line.columns[start:end])


def _entry(line: Line) -> Entry:
    return entries((line,))[0]


def _notice(main: tuple[Entry, ...]) -> Instrument:
    """A text without provisions of its own."""
    body, listed, behind = _listed(main)
    end = next((n for n, e in enumerate(body) if e.ended), len(body))
    before, title, between = _titled(body[:end], end)
    return Instrument(before, None, title, (), (*between, *body[end:]), (), (), listed, behind, ())


def _tail(body: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """``body`` without the lines at its end that are no provisions: they end as no sentence does."""
    cut = len(body)
    for n in range(len(body) - 1, -1, -1):
        entry = body[n]
        if entry.blank:
            continue
        if entry.mark is not None or len(entry.bare) > 60 or _sentence(entry.bare):
            break
        cut = n
    above = next((e for e in reversed(body[:cut]) if not e.blank), None)
    return (body[:cut], body[cut:]) if above is not None and above.ended else (body, ())


def _sentence(bare: str) -> bool:
    return ends(bare) and not (bare.startswith("(") and bare.endswith(")"))
