"""From the arguments of ``guiju source`` to a text, its parts, and what the specs say of them."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import frozen

from guiju.cli import corpus as corpora
from guiju.cli.failures import BadInput

if TYPE_CHECKING:
    from guiju.dsl.diagnostics import Diagnostic
    from guiju.texts.comparison import Encoding
    from guiju.texts.locks import Lock
    from guiju.texts.provisions import Part, Split
    from guiju.texts.reading import Reading


@frozen
class Specs:
    """What a corpus says of its texts: of each instrument the title, the list of provisions, the lock."""

    encodings: Mapping[str, Encoding]
    files: Mapping[str, Path]  # the spec of each instrument
    locks: Mapping[str, Lock]


def read(ctx: click.Context, path: Path) -> Reading:
    """The text in ``path``; ``-`` is the standard input."""
    from guiju.dsl.diagnostics import Diagnostic
    from guiju.texts import reading

    if str(path) == "-":
        name, data = "<stdin>", sys.stdin.buffer.read()
    else:
        name, data = str(path), path.read_bytes()
    found = reading.read(name, data)
    if isinstance(found, Diagnostic):
        raise refused(ctx, found)
    return found


def refused(ctx: click.Context, diagnostic: Diagnostic) -> BadInput:
    """What is wrong with a file, as the end of the run."""
    place = diagnostic.place
    where = f"{place.file}:{place.line}" if place.line else place.file
    hint = diagnostic.hint
    return BadInput(
        ctx,
        f"{where}：{diagnostic.code}：{diagnostic.message.zh}" + (f"。{hint.zh}" if hint else ""),
        f"{where}: {diagnostic.code}: {diagnostic.message.en}" + (f"; {hint.en}" if hint else ""),
    )


def chosen(ctx: click.Context, split: Split, part: str | None) -> tuple[Part, ...]:
    """The parts of a text that ``--part`` names: by number or by a piece of the title; by default all."""
    if part is None:
        return split.all
    if part.isdecimal() and 1 <= int(part) <= len(split.all):
        return (split.all[int(part) - 1],)
    wanted = "".join(part.split())
    found = [p for p in split.all if p.title == wanted] or [p for p in split.all if wanted in p.title]
    if len(found) == 1:
        return (found[0],)
    listed = "\n".join(f"  {n}. {p.title or '-'}" for n, p in enumerate(split.all, start=1))
    problem = ("不止一部分", "is in several titles") if found else ("没有这一部分", "is no part of the text")
    raise BadInput(
        ctx,
        f"--part {part}：{problem[0]}。各部分：\n{listed}",
        f"--part {part} {problem[1]}. The parts:\n{listed}",
    )


def specs(ctx: click.Context, paths: Sequence[Path]) -> Specs:
    """What the corpus at ``paths`` says of its texts, with the locks beside its files."""
    from guiju.checker.coverage import coverage
    from guiju.texts.comparison import Encoding

    loaded = corpora.read(ctx, tuple(paths))
    corpus = corpora.required(ctx, loaded)
    unmarked = {row.instrument: row.uncovered for row in coverage(loaded)}
    encodings = {
        name: Encoding(name, held.title, held.contents, unmarked.get(name, ()))
        for name, held in corpus.instruments.items()
    }
    files = {name: Path(held.place.file) for name, held in corpus.instruments.items()}
    locks: dict[str, Lock] = {}
    for file in dict.fromkeys(files.values()):
        locks |= {name: lock for name, lock in locks_of(ctx, file).items() if files.get(name) == file}
    return Specs(encodings, files, locks)


def lock_file(spec: Path) -> Path:
    """Where the locks of the instruments of a spec are."""
    from guiju.texts.locks import SUFFIX

    return spec.with_suffix(SUFFIX)


def locks_of(ctx: click.Context, spec: Path) -> Mapping[str, Lock]:
    """The locks beside a spec; empty when there are none."""
    from guiju.dsl.diagnostics import Diagnostic
    from guiju.texts.locks import from_json

    path = lock_file(spec)
    if not path.exists():
        return {}
    found = from_json(str(path), path.read_bytes())
    if isinstance(found, Diagnostic):
        raise refused(ctx, found)
    return found


def instrument(ctx: click.Context, held: Specs, name: str) -> str:
    """The instrument that ``--instrument`` names, by its id or its title."""
    from guiju.dsl.diagnostics import did_you_mean

    if name in held.encodings:
        return name
    bare = name.strip("《》")
    by_title = [key for key, each in held.encodings.items() if each.title == bare]
    if len(by_title) == 1:
        return by_title[0]
    titles = {each.title for each in held.encodings.values() if each.title}
    hint = did_you_mean(bare, [*held.encodings, *sorted(titles)])
    raise BadInput(
        ctx,
        f"--instrument {name}：库中没有这个文件。{hint.zh if hint else ''}",
        f"--instrument {name}: the corpus has no such instrument. {hint.en if hint else ''}".rstrip(),
    )


def part_of(ctx: click.Context, split: Split, held: Specs, name: str) -> Part:
    """The part of a text that is, or comes closest to, an instrument."""
    from guiju.texts.comparison import likeness
    from guiju.texts.locks import lock
    from guiju.texts.normal import normalised

    if not split.parts:
        return split.all[0]
    if len(split.parts) == 1:
        return split.parts[0]
    title = normalised(held.encodings[name].title)
    named = [part for part in split.parts if normalised(part.title) == title]
    if named:
        return named[0]
    own = held.locks.get(name)
    if own is not None:
        return max(split.parts, key=lambda part: likeness(own, lock(split, part)))
    listed = "\n".join(f"  {n}. {p.title or '-'}" for n, p in enumerate(split.all, start=1))
    raise BadInput(
        ctx,
        f"文本有几部分，没有一部分题为《{held.encodings[name].title}》；请用 --part 指明：\n{listed}",
        f"none of the parts is titled 《{held.encodings[name].title}》; choose one with --part:\n{listed}",
    )


def matched(split: Split, parts: Sequence[Part], held: Specs) -> list[tuple[Part, str | None]]:
    """Each part with the instrument that it is the text of: by its title, else by most of its provisions."""
    from guiju.texts.comparison import best
    from guiju.texts.locks import lock
    from guiju.texts.normal import normalised

    by_title = {normalised(each.title): name for name, each in held.encodings.items() if each.title}
    found: list[tuple[Part, str | None]] = []
    for part in parts:
        if part is split.notice:
            continue
        name = by_title.get(normalised(part.title)) if part.title else None
        found.append((part, name or best(lock(split, part), held.locks)))
    return found
