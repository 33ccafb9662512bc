"""Options that several commands have, with one help text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from guiju.cli.bilingual import option

F = TypeVar("F", bound=Callable[..., object])


def output_option(function: F) -> F:
    """Declare ``--output``: a path, or None for the standard output."""
    return option(
        "--output",
        "-o",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        zh="写入文件，而不是标准输出。",
        en="Write to a file instead of the standard output.",
    )(function)


def progress_option(function: F) -> F:
    """Declare ``--progress``: None where it was not said (``progress.wanted``)."""
    return option(
        "--progress/--no-progress",
        default=None,
        zh="在错误流上显示进度；默认仅在终端显示。",
        en="Show progress on the error stream; by default only in a terminal.",
    )(function)
