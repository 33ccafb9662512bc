"""What ``guiju chain`` writes: a drawing in each format, lines to a terminal or a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli import corpus as corpora
from guiju.cli import files
from guiju.cli.bilingual import language, say
from guiju.cli.failures import BadInput

if TYPE_CHECKING:
    from guiju.checker.chains.draw.drawing import Drawing
    from guiju.checker.report.layout import Line

#: From so many arrows on, what to narrow a drawing by is said.
_MANY = 60


def advise(ctx: click.Context, drawing: Drawing) -> None:
    """On the error stream: that nothing is in a drawing, or by what to narrow down a large one."""
    if not drawing.edges and not drawing.nodes:
        note = say(ctx, "注意：没有合乎所选的环节。", "note: no step is as asked for.")
        click.echo(note, err=True)
    if len(drawing.edges) <= _MANY:
        return
    counted: dict[str, int] = {}
    grounds = [*(node.ground for node in drawing.nodes), *(edge.ground for edge in drawing.edges)]
    for ground in filter(None, grounds):
        counted[ground.instrument] = counted.get(ground.instrument, 0) + 1
    most = sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:5]
    listed = "、".join(f"{name} {count}" for name, count in most)
    click.echo(
        say(
            ctx,
            f"注意：图中有 {len(drawing.nodes)} 个节点、{len(drawing.edges)} 条线。"
            f"可用 --instrument、--actor、--event、--kind 缩小；最多的文件：{listed}。",
            f"note: {len(drawing.nodes)} nodes and {len(drawing.edges)} arrows. Narrow it down with "
            f"--instrument, --actor, --event or --kind; most are in {listed}.",
        ),
        err=True,
    )


def can_draw(ctx: click.Context, format: str, output: Path | None) -> None:
    """End where a picture is asked for that cannot be drawn here."""
    from guiju.checker.chains.draw import picture

    if format == "png" and output is None:
        raise BadInput(ctx, "--format png 须有 --output FILE", "--format png needs --output FILE")
    if not picture.available():
        raise BadInput(
            ctx,
            f"--format {format} 需要 pygraphviz：pip install 'guiju[draw]'；"
            "或者用 --format dot，再由 Graphviz 的 dot 程序排版",
            f"--format {format} needs pygraphviz: pip install 'guiju[draw]'; or take --format dot "
            "and lay it out with the dot program of Graphviz",
        )


def write(ctx: click.Context, drawing: Drawing, format: str, output: Path | None) -> None:
    """Write ``drawing`` in ``format``."""
    lang = language(ctx)
    match format:
        case "mermaid":
            from guiju.checker.chains.draw import mermaid

            corpora.emit(mermaid.write(drawing, lang), output)
        case "graphml":
            from guiju.checker.chains.draw import graphml

            corpora.emit(graphml.write(drawing, lang), output)
        case "json":
            from guiju.checker.chains.draw import document

            corpora.emit(document.write(drawing, engine()), output)
        case "dot" | "svg" | "png":
            from guiju.checker.chains.draw import dot

            text = dot.write(drawing, lang)
            if format == "dot":
                corpora.emit(text, output)
            else:
                _draw(ctx, text, format, output)
        case _:
            from guiju.checker.chains.draw import table

            emit(lambda columns: table.lines(drawing, columns, lang), output)


def _draw(ctx: click.Context, dot: str, format: str, output: Path | None) -> None:
    from guiju.checker.chains.draw import picture

    try:
        drawn = picture.draw(dot, format)
    except picture.Failed as error:
        raise BadInput(ctx, f"Graphviz 不能排版：{error}", f"Graphviz could not draw it: {error}") from error
    if output is None:
        click.echo(drawn, nl=False)
    else:
        files.write(output, drawn)


def emit(lines: Callable[[int], Iterable[Line]], output: Path | None) -> None:
    """Lines for a terminal, or a pipe or file."""
    from guiju.checker.chains.draw.table import PIPE

    if output is None and sys.stdout.isatty():
        from rich.console import Console

        from guiju.cli import terminal

        terminal.show(lines(Console().width))
    else:
        from guiju.checker.report.text import join

        corpora.emit(join(lines(PIPE)), output)


def engine() -> Mapping[str, str]:
    """What wrote a document."""
    from guiju import __version__

    return {"guiju": __version__}
