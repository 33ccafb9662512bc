"""Progress on the error stream: bars in a terminal, elsewhere a line for each stage."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

Advance = Callable[[str, int, int], None]


@contextmanager
def shown(wanted: bool) -> Iterator[Advance | None]:
    """A function ``(stage, done, total)`` that shows how far each stage is, or None when not ``wanted``."""
    if not wanted:
        yield None
    elif sys.stderr.isatty():
        with _bars() as advance:
            yield advance
    else:
        yield _lines()


@contextmanager
def _bars() -> Iterator[Advance]:
    from rich.console import Console
    from rich.progress import Progress, TaskID

    with Progress(console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total or None)
            bars.update(tasks[stage], completed=done, total=total or None)

        yield advance


def _lines() -> Advance:
    seen: set[str] = set()

    def advance(stage: str, done: int, total: int) -> None:
        if stage not in seen:
            seen.add(stage)
            click.echo(f"{stage} ({total})", err=True)

    return advance
