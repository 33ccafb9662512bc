"""The columns of a file and what they are: facts, records, the date, the place, what is passed through.

A column that could be meant as a fact and is none is a mistake: leaving it out would answer another case.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from guiju.compiler.kernel import Corpus
from guiju.decisions.batch.request import Request, Unusable, is_day
from guiju.dsl.diagnostics import did_you_mean
from guiju.dsl.source import Bilingual


@frozen
class Columns:
    """What stands in which column, by its index.

    Attributes:
        header: The names of all columns.
        facts: Facts and records.
        on: The day that is asked about: a column, or one day for all.
        at: The place: a column (by index), or one for all.
        id: The column that tells rows apart.
        keep: What else is passed through.
        ignored: Columns that are nothing of these.
    """

    header: tuple[str, ...]
    facts: Mapping[str, int]
    on: int | dt.date
    at: int | str
    id: int | None = None
    keep: tuple[int, ...] = ()
    ignored: tuple[str, ...] = field(default=())

    def of_path(self, path: str) -> str | None:
        """The header of the column that a problem at ``path`` is about."""
        parts = [part.replace("~1", "/").replace("~0", "~") for part in path.split("/")[1:]]
        match parts:
            case ["case", name, *_] if name in self.facts:
                return self.header[self.facts[name]]
            case ["cells", name, *_]:
                return name
            case ["on"] if isinstance(self.on, int):
                return self.header[self.on]
            case ["at"] if isinstance(self.at, int):
                return self.header[self.at]
            case _:
                return None


def columns(header: tuple[str, ...], request: Request, corpus: Corpus) -> Columns:
    """What the columns of ``header`` are.

    Raises:
        Unusable: Two columns have one name, an option names none, or a column could be meant as a fact.
    """
    indexes = _indexes(header)
    facts = dict(_given(indexes, request, corpus))
    for name, index in indexes.items():
        if (name in corpus.facts or name in corpus.records) and index not in facts.values():
            if name in facts:
                raise Unusable(
                    f"“{name}”有两列：{name}、{header[facts[name]]}",
                    f"two columns give {name}: {name}, {header[facts[name]]}",
                )
            facts[name] = index
    on = _on(request, indexes)
    at = _at(request, indexes, corpus)
    id_ = None if request.id is None else _index(request.id, indexes, "--id")
    keep = tuple(_index(name, indexes, "--keep") for name in dict.fromkeys(request.keep))
    used = {*facts.values(), on, at, id_, *keep}
    ignored = [name for name, index in indexes.items() if index not in used]
    problems = [p for name in ignored if (p := _meant_as_fact(name, corpus)) is not None]
    if problems:
        raise Unusable("\n".join(p.zh for p in problems), "\n".join(p.en for p in problems))
    return Columns(header, facts, on, at, id_, keep, tuple(ignored))


def _indexes(header: tuple[str, ...]) -> dict[str, int]:
    """The columns that have a name."""
    found: dict[str, int] = {}
    for index, name in enumerate(header):
        if name in found:
            first = found[name] + 1
            raise Unusable(
                f"表头“{name}”重复：第 {first} 列和第 {index + 1} 列",
                f"the header {name} occurs twice: columns {first} and {index + 1}",
            )
        if name:
            found[name] = index
    return found


def _given(indexes: Mapping[str, int], request: Request, corpus: Corpus) -> Iterator[tuple[str, int]]:
    """The facts that ``--column`` maps."""
    known = [*corpus.facts, *corpus.records]
    taken: dict[int, str] = {}
    for name, head in request.columns.items():
        if name not in corpus.facts and name not in corpus.records:
            hint = did_you_mean(name, known)
            raise Unusable(
                f"--column {name}={head}：没有事实“{name}”。{hint.zh if hint else ''}",
                f"--column {name}={head}: there is no fact {name}{f'; {hint.en}' if hint else ''}",
            )
        index = _index(head, indexes, f"--column {name}")
        if index in taken:
            raise Unusable(
                f"--column：{head} 一列给了“{taken[index]}”和“{name}”两个事实",
                f"--column: {head} is given for two facts, {taken[index]} and {name}",
            )
        taken[index] = name
        yield name, index


def _on(request: Request, indexes: Mapping[str, int]) -> int | dt.date:
    if request.on is None:
        raise Unusable(
            "需要 --on：日期，或者日期所在的列", "--on is needed: a day, or the column that holds it"
        )
    day = is_day(request.on)
    return day if day is not None else _index(request.on, indexes, "--on")


def _at(request: Request, indexes: Mapping[str, int], corpus: Corpus) -> int | str:
    if request.at is None:
        raise Unusable(
            "需要 --at：地域，或者地域所在的列", "--at is needed: a place, or the column that holds it"
        )
    if request.at in corpus.territories:
        if request.at in indexes:
            raise Unusable(
                f"--at {request.at} 既是地域又是一列的表头", f"--at {request.at} is both a place and a header"
            )
        return request.at
    return _index(request.at, indexes, "--at", corpus.territories)


def _index(name: str, indexes: Mapping[str, int], option: str, others: Iterable[str] = ()) -> int:
    if name in indexes:
        return indexes[name]
    known = [*others, *indexes]
    hint = did_you_mean(name, known)
    listed = "、".join(known[:12]) + (" …" if len(known) > 12 else "")
    raise Unusable(
        f"{option} {name}：没有这一列。{hint.zh if hint else f'已有：{listed}'}",
        f"{option} {name}: there is no such column; {hint.en if hint else f'known: {listed}'}",
    )


def _meant_as_fact(name: str, corpus: Corpus) -> Bilingual | None:
    """What to say of a column that looks like a fact: it begins with a party, or is nearly one's name."""
    known = [*corpus.facts, *corpus.records]
    bare = [full for full in known if full.partition(".")[2] == name]
    hint = did_you_mean(name, known) if "." in name else None
    if bare:
        hint = Bilingual(f"是否想写：{'、'.join(bare[:3])}？", f"did you mean {' or '.join(bare[:3])}?")
    if hint is None and name.partition(".")[0] not in corpus.entities:
        return None
    way = Bilingual(
        "用 --column 事实=表头 对应，或用 --keep 原样保留", "map it with --column FACT=HEADER, or --keep it"
    )
    return Bilingual(
        f"列“{name}”不是事实。{hint.zh if hint else ''}{way.zh}",
        f"the column {name} is no fact; {hint.en + ' ' if hint else ''}{way.en}",
    )
