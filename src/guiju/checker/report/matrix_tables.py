"""A matrix as tables of text: the one place that decides the order and wording of a comparison.

Terminal, Markdown, HTML and spreadsheet all show these tables. A cell may have several lines.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from guiju.checker import wording
from guiju.checker.compare.matrix import Column, Matrix
from guiju.checker.compare.provisions import Provision
from guiju.checker.compare.relations import Kind, Relation
from guiju.checker.timing import Period
from guiju.compiler.kernel import NEVER, Instrument, Standing
from guiju.dsl.source import Bilingual

KIND: Mapping[Kind, Bilingual] = {
    Kind.CONFLICT: Bilingual("冲突，没有定论", "conflict, unsettled"),
    Kind.SETTLED: Bilingual("冲突，已有定论", "conflict, settled"),
    Kind.DIVERGES: Bilingual("各地不同", "diverge"),
    Kind.UNDECIDED: Bilingual("未决", "undecided"),
    Kind.SAME: Bilingual("相同", "the same"),
    Kind.COMPATIBLE: Bilingual("可以并存", "compatible"),
    Kind.APART: Bilingual("互不相及", "never meet"),
}
_WHY: Mapping[Kind, Bilingual] = {
    Kind.UNDECIDED: Bilingual("求解预算用尽", "the budget ran out"),
    Kind.SAME: Bilingual(
        "都在施行时，对同样的情形作同样的规定", "while both are in force, they say the same of the same cases"
    ),
    Kind.COMPATIBLE: Bilingual(
        "有情形两者都管，所答不相抵触", "both speak of some case, and nothing in them collides"
    ),
    Kind.APART: Bilingual("没有两者都管的情形", "no case is governed by both"),
}
_STANDING = {
    Standing.SECOND_HAND: Bilingual("（据转述）", "(second-hand)"),
    Standing.UNVERIFIED: Bilingual("（未核实，不参与比较）", "(not verified, not compared)"),
}
_STATUS = {
    -1: Bilingual("尚未施行", "not yet in force"),
    0: Bilingual("施行中", "in force"),
    1: Bilingual("已失效", "no longer in force"),
}


@frozen
class Table:
    """Rows of cells under a header. ``keys``: how many first cells only repeat what they name."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    keys: int = 0

    def sparse(self) -> Iterator[tuple[str, ...]]:
        """The rows without the first cells that the row above has already."""
        above: tuple[str, ...] = ()
        for row in self.rows:
            repeated = self.keys if row[: self.keys] == above[: self.keys] else 0
            yield ("",) * repeated + row[repeated:]
            above = row


@frozen
class Tables:
    """What is shown of one topic: its provisions, how the instruments stand, and who is silent."""

    title: str
    provisions: Table
    relations: Table
    notes: tuple[str, ...]


def tables(matrix: Matrix, lang: str) -> Tables:
    """The tables of ``matrix`` in one language."""

    def word(zh: str, en: str) -> str:
        return zh if lang == "zh" else en

    on = (word(f"{matrix.date} 的状态", f"on {matrix.date}"),) if matrix.date is not None else ()
    header = (
        word("地域", "territory"),
        word("文件", "instrument"),
        word("施行", "in force"),
        *on,
        word("条款", "provision"),
        word("规定", "what it says"),
        word("条件", "conditions"),
    )
    rows = tuple(row for column in matrix.columns for row in _rows(column, matrix.date, lang))
    stand = tuple(_relation(r, matrix, lang) for r in matrix.relations)
    between = (
        word("甲", "one"),
        word("乙", "the other"),
        word("关系", "relation"),
        word("说明", "explanation"),
    )
    return Tables(
        matrix.topic,
        Table(header, rows, 3 + len(on)),
        Table(between, stand),
        tuple(_notes(matrix, lang)),
    )


def named(instrument: Instrument, lang: str) -> str:
    """An instrument by its title; in English its id goes first, by which commands know it."""
    return f"《{instrument.title}》" if lang == "zh" else f"{instrument.id} 《{instrument.title}》"


def status(period: Period, day: dt.date) -> int:
    """-1, 0, 1: before, in or after the time in force."""
    return 1 if day > period.end else 0 if period.covers(day) else -1


def _rows(column: Column, date: dt.date | None, lang: str) -> Iterator[tuple[str, ...]]:
    instrument = column.instrument
    on = (_status(column, date, lang),) if date is not None else ()
    for provision in column.provisions:
        yield (
            instrument.territory,
            named(instrument, lang),
            in_force(column, lang),
            *on,
            _cited(provision, instrument, lang),
            "\n".join(_positions(provision, lang)),
            "\n".join(_conditions(provision, lang)),
        )


def _cited(provision: Provision, instrument: Instrument, lang: str) -> str:
    area = "" if provision.territory == instrument.territory else provision.territory
    only = Bilingual(f"\n仅在{area}", f"\nonly in {area}").in_language(lang) if area else ""
    return f"{'、'.join(provision.citations) or provision.rule}{only}"


def _positions(provision: Provision, lang: str) -> Iterator[str]:
    if provision.standing in _STANDING:
        yield _STANDING[provision.standing].in_language(lang)
    yield from (p.in_language(lang) for p in provision.positions)


def _conditions(provision: Provision, lang: str) -> Iterator[str]:
    if not provision.conditions:
        yield Bilingual("一律", "always").in_language(lang)
    yield from (c.in_language(lang) for c in provision.conditions)
    if provision.law_date is not None:
        day = provision.law_date
        yield Bilingual(f"（施行与否以{day.zh}为准）", f"(in force as of {day.en})").in_language(lang)


def in_force(column: Column, lang: str) -> str:
    """From when until when, by default; and that it depends on readings, where it does."""
    period = column.periods[0][1]
    start = str(period.start) if period.start is not None else "?"
    if period.end == NEVER:
        said = Bilingual(f"{start} 起", f"from {start}")
    else:
        end = wording.day(period.end)
        said = Bilingual(f"{start} 至 {end.zh}", f"{start} to {end.en}")
    if len({p for _, p in column.periods}) == 1:
        return said.in_language(lang)
    names = list(column.periods[0][0])
    zh, en = "、".join(f"“{n}”" for n in names), ", ".join(names)
    return Bilingual(f"{said.zh}\n（因读法{zh}而异）", f"{said.en}\n(depends on {en})").in_language(lang)


def _status(column: Column, date: dt.date, lang: str) -> str:
    by_default, *others = dict.fromkeys(status(p, date) for _, p in column.periods)
    said = _STATUS[by_default].in_language(lang)
    if not others:
        return said
    other = ", ".join(_STATUS[o].in_language(lang) for o in others)
    return said + Bilingual(f"\n（别的读法下{other}）", f"\n({other} under another reading)").in_language(
        lang
    )


def _relation(relation: Relation, matrix: Matrix, lang: str) -> tuple[str, ...]:
    titles = {c.instrument.id: named(c.instrument, lang) for c in matrix.columns}
    only = Bilingual("（默认读法下不成立）", " (not under the default reading)").in_language(lang)
    why = [f"{f.code} {f.message.in_language(lang)}{'' if f.by_default else only}" for f in relation.findings]
    if not why:
        why = [_WHY[relation.kind].in_language(lang)]
    own = Bilingual("（自身）", "(itself)").in_language(lang)
    return (
        titles[relation.one],
        titles[relation.other] if relation.other != relation.one else own,
        KIND[relation.kind].in_language(lang),
        "\n".join(why),
    )


def _notes(matrix: Matrix, lang: str) -> Iterator[str]:
    if not matrix.columns:
        yield Bilingual("没有文件规定此事。", "No instrument speaks of it.").in_language(lang)
    if matrix.silent:
        names = _listed(matrix.silent, lang)
        yield Bilingual(f"没有规定此事的文件：{names}。", f"Silent on it: {names}.").in_language(lang)
    for question in matrix.undecided:
        yield Bilingual(
            f"未决：{question.question}（{question.reason}）",
            f"undecided: {question.question} ({question.reason})",
        ).in_language(lang)


def _listed(instruments: Sequence[Instrument], lang: str) -> str:
    return (
        Bilingual("、", ", ")
        .in_language(lang)
        .join(
            f"{named(i, lang)}{Bilingual(f'（{i.territory}）', f' ({i.territory})').in_language(lang)}"
            for i in instruments
        )
    )
