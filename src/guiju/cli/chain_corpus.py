"""From the paths of ``guiju chain`` to the steps of a corpus, and to who answers questions about them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli import corpus as corpora
from guiju.cli import exits
from guiju.cli.bilingual import say

if TYPE_CHECKING:
    from guiju.checker.ask import Asker
    from guiju.checker.chains.links import Links


def steps(
    ctx: click.Context, paths: tuple[Path, ...], format: str | None = None, output: Path | None = None
) -> tuple[Links, Asker]:
    """The steps of the corpus and who answers questions about them."""
    import attrs

    from guiju.checker import check as checking
    from guiju.checker.ask import Asker
    from guiju.checker.chains.links import Links
    from guiju.compiler import smt

    loaded = corpora.read(ctx, paths)
    corpus = corpora.required(ctx, loaded, format, output)
    refused = checking.check(corpus, checking.Options(families=frozenset())).diagnostics
    if refused:  # assumptions that contradict each other: nothing could ever happen
        corpora.show(ctx, refused, loaded.sources)
        corpora.required(ctx, attrs.evolve(loaded, corpus=None, diagnostics=refused), format, output)
    return Links.of(corpus), Asker(corpus, smt.Backend(corpus, checking.DEFAULT_BUDGET))


def dead_ends(links: Links, asker: Asker) -> frozenset[tuple[str, str]]:
    """The hand-overs that ``guiju check`` calls dead ends: rule, and act with recipient."""
    from guiju.checker.chains.hand_overs import dead_ends as found_dead_ends
    from guiju.checker.chains.timeline import timeline

    return frozenset(
        (found.norms[0].rule, found.subject) for found in found_dead_ends(links, timeline(links), asker)
    )


def end(ctx: click.Context, asker: Asker) -> None:
    """End with the status for undecided questions, if there are any."""
    if asker.undecided:
        click.echo(
            say(
                ctx,
                f"注意：有 {len(asker.undecided)} 个问题未决。",
                f"note: {len(asker.undecided)} question(s) undecided.",
            ),
            err=True,
        )
        ctx.exit(exits.UNDECIDED)
