"""``guiju chain``: who hands over to whom, what that sets going, and how long it takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guiju.cli import chain_corpus, chain_help, chain_names, chain_output, check
from guiju.cli import corpus as corpora
from guiju.cli.bilingual import Command, Formatter, lang_option, language, option, say
from guiju.cli.failures import BadInput
from guiju.cli.options import output_option

if TYPE_CHECKING:
    from guiju.checker.report.layout import Line


class Actions(Command, click.Group):
    """The actions of ``guiju chain``."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        assert isinstance(formatter, Formatter)
        rows = [
            (name, say(ctx, *(words.split("\n")[0] for words in command.words)))
            for name, command in self.commands.items()
            if isinstance(command, Command)
        ]
        with formatter.section(say(ctx, "动作", "Actions")):
            formatter.write_dl(rows)
        click.Command.format_options(self, ctx, formatter)


@click.group(
    "chain",
    cls=Actions,
    words=chain_help.CHAIN,
    examples=chain_help.CHAIN_EXAMPLES,
    no_args_is_help=True,
    subcommand_metavar="ACTION [PATH]...",
)
@lang_option
def command() -> None:
    pass


def _paths(function: Any) -> Any:
    return click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")(function)


@command.command("show", cls=Command, words=chain_help.SHOW, examples=chain_help.SHOW_EXAMPLES)
@_paths
@option(
    "--actors",
    "graph",
    flag_value="actors",
    default="actors",
    zh="谁把什么交给谁（默认）。",
    en="Who passes what to whom (the default).",
)
@option("--events", "graph", flag_value="events", zh="什么引起什么。", en="What sets off what.")
@option(
    "--instrument",
    "instruments",
    multiple=True,
    metavar="NAME",
    zh="只看这个文件的。",
    en="Only what this instrument says.",
)
@option(
    "--actor",
    "actors",
    multiple=True,
    metavar="NAME",
    zh="只看涉及这一方的；未定 指没有写明的。",
    en="Only what this one sends or receives; 未定: whoever is not named.",
)
@option(
    "--event",
    "events",
    multiple=True,
    metavar="NAME",
    zh="只看由这个事件引起或者产生它的。",
    en="Only what this event sets going, or what brings it about.",
)
@option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND",
    zh="只看这一种：报告、移送、转介、抄送、报批、公布、暂停、登记、扣分。",
    en="Only this kind: report, transfer, referral, copy, approval, publication, suspension, registration, "
    "deduction.",
)
@option(
    "--format",
    type=click.Choice(("table", "mermaid", "graphml", "json", "dot", "svg", "png")),
    default="table",
    zh="输出格式；png 须有 --output。",
    en="The format; png needs --output.",
)
@output_option
@lang_option
@click.pass_context
def show(
    ctx: click.Context,
    paths: tuple[Path, ...],
    graph: str,
    instruments: tuple[str, ...],
    actors: tuple[str, ...],
    events: tuple[str, ...],
    kinds: tuple[str, ...],
    format: str,
    output: Path | None,
) -> None:
    if format in ("svg", "png"):
        chain_output.can_draw(ctx, format, output)
    links, asker = chain_corpus.steps(ctx, paths, format, output)
    wanted = chain_names.wanted(ctx, links, instruments, actors, events, kinds)
    if graph == "actors":
        from guiju.checker.chains.draw import actors as drawn

        drawing = drawn.draw(links, wanted, chain_corpus.dead_ends(links, asker))
    else:
        from guiju.checker.chains.draw import events as drawn_events

        drawing = drawn_events.draw(links, wanted)
    chain_output.advise(ctx, drawing)
    chain_output.write(ctx, drawing, format, output)
    chain_corpus.end(ctx, asker)


@command.command("paths", cls=Command, words=chain_help.PATHS, examples=chain_help.PATHS_EXAMPLES)
@_paths
@option(
    "--from",
    "start",
    required=True,
    metavar="NAME",
    zh="从这个事件或者这一方起。",
    en="The event or actor to begin with.",
)
@option(
    "--to",
    "ends",
    multiple=True,
    metavar="NAME",
    zh="只看到这里为止的；可以重复。",
    en="Only chains that reach this; repeatable.",
)
@option(
    "--limit",
    type=click.IntRange(1),
    default=50,
    metavar="N",
    show_default=True,
    zh="最多列出几条。",
    en="How many chains to list at most.",
)
@lang_option
@click.pass_context
def paths_(
    ctx: click.Context, paths: tuple[Path, ...], start: str, ends: tuple[str, ...], limit: int
) -> None:
    from guiju.checker.chains.draw import path_lines
    from guiju.checker.chains.draw import paths as chains
    from guiju.checker.chains.draw.timing import Timing
    from guiju.checker.chains.timeline import timeline

    links, asker = chain_corpus.steps(ctx, paths)
    order = timeline(links)
    first, is_event = chain_names.either(ctx, "--from", start, order, links)
    last = [chain_names.either(ctx, "--to", each, order, links) for each in ends]
    if any(kind != is_event for _, kind in last):
        raise BadInput(
            ctx,
            "--from 和 --to 须同为事件，或者同为参与者",
            "--from and --to must both be events, or both actors",
        )
    feasible = chains.Feasible(asker)
    until = frozenset(name for name, _ in last)
    corpus, lang = links.corpus, language(ctx)
    found: Iterator[tuple[Line, ...]]
    if is_event:
        of_events = chains.of_events(order, first, until, feasible)
        found = (tuple(path_lines.of_events(each, corpus, lang)) for each in of_events)
    else:
        timing = Timing.of(corpus)
        of_actors = chains.of_actors(links, first, until, feasible)
        found = (tuple(path_lines.of_actors(each, corpus, timing, lang)) for each in of_actors)
    chain_output.emit(_grouped(ctx, list(islice(_distinct(found), limit + 1)), limit), None)
    chain_corpus.end(ctx, asker)


@command.command("schedule", cls=Command, words=chain_help.SCHEDULE, examples=chain_help.SCHEDULE_EXAMPLES)
@_paths
@option(
    "--from", "start", required=True, metavar="EVENT", zh="开始的事件。", en="The event that it begins with."
)
@option(
    "--on",
    type=click.DateTime(("%Y-%m-%d",)),
    required=True,
    metavar="YYYY-MM-DD",
    zh="它发生在哪一天。",
    en="The day on which that comes.",
)
@option(
    "--at",
    metavar="PLACE",
    zh="只按适用于这个地域的规定；默认各地的都算。",
    en="By the rules that apply at this place alone; by default those of all places.",
)
@option("--format", type=click.Choice(("text", "json")), default="text", zh="输出格式。", en="The format.")
@output_option
@lang_option
@click.pass_context
def schedule_(
    ctx: click.Context,
    paths: tuple[Path, ...],
    start: str,
    on: dt.datetime,
    at: str | None,
    format: str,
    output: Path | None,
) -> None:
    from guiju.checker.chains.draw import dated
    from guiju.checker.chains.links import Links
    from guiju.checker.chains.schedule import schedule
    from guiju.checker.chains.timeline import timeline
    from guiju.cli import asked
    from guiju.compiler.days import OutOfCalendar

    loaded = corpora.read(ctx, paths)
    corpus = corpora.required(ctx, loaded, format, output)
    order = timeline(Links.of(corpus))
    if at is not None:
        order = order.at(chain_names.place(ctx, "--at", at, corpus), corpus)
    day = asked.date(ctx, corpus, on, "--on")
    assert day is not None
    first = chain_names.event(ctx, "--from", start, order.events)
    try:
        found = schedule(order, first, day, corpus.calendar)
    except OutOfCalendar as error:
        raise BadInput(ctx, f"--on {day}：{error}", f"--on {day}: {error}") from error
    if format == "json":
        corpora.emit(dated.to_json(found, corpus, chain_output.engine()), output)
    else:
        chain_output.emit(lambda columns: dated.lines(found, corpus, columns, language(ctx)), output)


def _check(**arguments: Any) -> None:
    assert check.command.callback is not None
    check.command.callback(families=("chain",), **arguments)


command.add_command(
    Command(
        "check",
        params=[each for each in check.command.params if each.name != "families"],
        callback=_check,
        words=chain_help.CHECK,
        examples=chain_help.CHECK_EXAMPLES,
    )
)


def _distinct(found: Iterable[tuple[Line, ...]]) -> Iterator[tuple[Line, ...]]:
    """Each once: norms of one rule may differ in their conditions alone, which are not shown."""
    seen = set()
    for each in found:
        if each not in seen:
            seen.add(each)
            yield each


def _grouped(
    ctx: click.Context, found: Sequence[Sequence[Line]], limit: int
) -> Callable[[int], Iterator[Line]]:
    from guiju.checker.report.layout import Piece

    def lines(columns: int) -> Iterator[Line]:
        for each in found[:limit]:
            yield from each
            yield ()
        if len(found) > limit:
            more = say(
                ctx,
                f"另有更多，未列出：用 --limit 多列，或者用 --to 指明终点。只列出了前 {limit} 条。",
                f"there are more: only the first {limit} are listed. --limit lists more, --to names an end.",
            )
        else:
            more = say(ctx, f"共 {len(found)} 条链条。", f"{len(found)} chain(s).")
        yield (Piece(more, "dim"),)

    return lines
