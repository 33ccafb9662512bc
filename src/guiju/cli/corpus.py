"""From the paths of a command line to a corpus, or to the diagnostics on the error stream and status 2."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli import files
from guiju.cli.bilingual import language
from guiju.cli.failures import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guiju.checker.load import Loaded
    from guiju.compiler.kernel import Corpus
    from guiju.dsl.diagnostics import Diagnostic
    from guiju.dsl.source import Source


def read(ctx: click.Context, paths: tuple[Path, ...]) -> Loaded:
    """Load ``paths``, by default ``specs/`` here or the corpus that comes with guiju."""
    from functools import partial

    from guiju.checker import load
    from guiju.dsl.cache import TreeCache, parse_files
    from guiju.dsl.store import user_store

    kept = TreeCache(user_store())
    loaded = load.load(paths or (default(ctx),), partial(parse_files, cache=kept))
    show(ctx, loaded.diagnostics, loaded.sources)
    return loaded


def default(ctx: click.Context) -> Path:
    """Where the corpus is when no path is given."""
    import guiju

    shipped = Path(guiju.__file__).parent / "specs"
    for path in (Path("specs"), shipped):
        if path.is_dir():
            return path
    raise BadInput(
        ctx,
        "没有给出路径，当前目录下也没有 specs/。例：guiju check 草案/",
        "no path is given and there is no specs/ here. For example: guiju check drafts/",
    )


def show(ctx: click.Context, diagnostics: Iterable[Diagnostic], sources: Mapping[str, Source]) -> None:
    """Print ``diagnostics`` with their excerpts to the error stream."""
    from guiju.dsl.diagnostics import render

    for diagnostic in diagnostics:
        first, _, rest = render(diagnostic, sources, language(ctx)).partition("\n")
        if not diagnostic.place.line:  # about a file as a whole
            rest = rest.replace(f"{diagnostic.place.file}:0:1", diagnostic.place.file, 1)
        click.echo(f"{click.style(first, fg='red', bold=True)}\n{rest}\n", err=True)


def required(
    ctx: click.Context, loaded: Loaded, format: str | None = None, output: Path | None = None
) -> Corpus:
    """The corpus of ``loaded``; where there is none, say so in the format asked for and end."""
    if loaded.corpus is not None:
        return loaded.corpus
    from guiju import __version__

    engine = {"guiju": __version__}
    if format == "json":
        from guiju.checker.report.json_report import diagnostics_to_json

        emit(diagnostics_to_json(loaded.diagnostics, engine), output)
    elif format == "sarif":
        from guiju.checker.report.layout import View
        from guiju.checker.report.sarif import diagnostics_to_sarif

        emit(diagnostics_to_sarif(loaded.diagnostics, engine, View(language(ctx))), output)
    count = len(loaded.diagnostics)
    raise BadInput(
        ctx,
        f"输入中有 {count} 处错误，没有检查。",
        f"the input has {count} mistake(s); nothing was checked.",
    )


def emit(text: str, output: Path | None) -> None:
    """Write ``text`` as UTF-8 to ``output``, or to the standard output in any locale."""
    data = text.encode("utf-8")
    if output is None:
        click.echo(data, nl=False)
    else:
        files.write(output, data)
