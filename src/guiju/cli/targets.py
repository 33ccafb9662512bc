"""Where a command writes: never onto what it reads, and never twice to one file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path

import click

from guiju.cli.failures import BadInput
from guiju.cli.files import SUFFIX


def apart(ctx: click.Context, targets: Mapping[str, Path | None], inputs: Iterable[Path]) -> None:
    """End where one of ``targets``, by their options, is one of ``inputs`` or below one, or another target.

    A pipe or a device (``/dev/null``) takes whatever is written to it, and has nothing to lose.
    """
    given = {name: path for name, path in targets.items() if path is not None and not _special(path)}
    if not given:
        return
    for (one, path), (other, same) in combinations(given.items(), 2):
        if _same(path, same):
            raise BadInput(
                ctx,
                f"{one} 与 {other} 是同一个文件：{path}",
                f"{one} and {other} are the same file: {path}",
            )
    for source in _files(inputs):
        for name, path in given.items():
            if _same(path, source):
                raise BadInput(
                    ctx,
                    f"{name} 会覆盖输入文件 {source}",
                    f"{name} would overwrite {source}, which is an input",
                )


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        yield from path.rglob(f"*{SUFFIX}") if path.is_dir() else (path,)


def _special(path: Path) -> bool:
    return path.exists() and not path.is_file() and not path.is_dir()


def _same(one: Path, other: Path) -> bool:
    """Whether both are one file, by whatever name, or will be one."""
    return one.resolve() == other.resolve() or (one.exists() and other.exists() and one.samefile(other))
