"""``guiju format``: lay out ``.gj`` files, or say which ones are not."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import frozen

from guiju.cli import corpus as corpora
from guiju.cli import exits, files
from guiju.cli.bilingual import Command, lang_option, option, say
from guiju.cli.failures import BadInput

if TYPE_CHECKING:
    from guiju.dsl.diagnostics import Diagnostic

_EXAMPLES_ZH = """\
guiju format specs/              整理目录下的所有 .gj 文件
guiju format --check specs/      只检查，不改动；有要整理的则结束状态为 1
guiju format --diff 草案.gj      显示会作的改动
guiju format --stdin < 草案.gj   从标准输入到标准输出"""

_EXAMPLES_EN = """\
guiju format specs/              format every .gj file of a directory
guiju format --check specs/      only check; exit with 1 if a file would change
guiju format --diff draft.gj     show what would change
guiju format --stdin < draft.gj  from the standard input to the standard output"""


@frozen
class Outcome:
    """A source and its layout: ``after`` None when the source has mistakes."""

    name: str
    before: str
    after: str | None
    diagnostics: tuple[Diagnostic, ...]


@click.command(
    "format",
    cls=Command,
    words=(
        "整理 .gj 文件的格式。有语法错误的文件不改动，结束状态为 2。",
        "Format .gj files. A file with mistakes is left as it is, and the exit status is 2.",
    ),
    examples=(_EXAMPLES_ZH, _EXAMPLES_EN),
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@option("--check", is_flag=True, zh="只检查，不改动。", en="Only check; change nothing.")
@option(
    "--diff", is_flag=True, zh="显示会作的改动，不改动文件。", en="Show what would change; change nothing."
)
@option(
    "--stdin",
    "from_stdin",
    is_flag=True,
    zh="从标准输入读，写到标准输出。",
    en="Read the standard input, write the standard output.",
)
@lang_option
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...], check: bool, diff: bool, from_stdin: bool) -> None:
    if from_stdin == bool(paths):
        raise BadInput(ctx, "请给出路径，或者 --stdin（二者之一）", "give paths or --stdin, one of them")
    quiet = check or diff
    if from_stdin:
        outcomes = [_formatted(ctx, "<stdin>", sys.stdin.buffer.read())]
    else:
        outcomes = [_formatted(ctx, str(path), path.read_bytes()) for path in _existing(ctx, paths)]
    changed = [o for o in outcomes if o.after is not None and o.after != o.before]
    for outcome in outcomes:
        _report(ctx, outcome)
    if diff:
        click.echo("".join(_difference(outcome) for outcome in changed), nl=False)
    elif from_stdin and not check:
        for outcome in outcomes:
            corpora.emit(outcome.after or "", None)
    elif not check:
        for outcome in changed:
            files.write(Path(outcome.name), (outcome.after or "").encode("utf-8"))
    if not from_stdin:
        _sum(ctx, outcomes, changed, quiet)
    broken = any(outcome.after is None for outcome in outcomes)
    ctx.exit(exits.BAD_INPUT if broken else exits.FINDINGS if changed and quiet else exits.CLEAN)


def _existing(ctx: click.Context, paths: tuple[Path, ...]) -> list[Path]:
    for path in paths:
        if not path.exists():
            raise BadInput(ctx, f"没有这个文件或者目录：{path}", f"no such file or directory: {path}")
    found = list(dict.fromkeys(files.sources(paths)))
    if not found:
        shown = ", ".join(str(path) for path in paths)
        raise BadInput(ctx, f"{shown} 中没有 .gj 文件", f"there are no .gj files in {shown}")
    return found


def _formatted(ctx: click.Context, name: str, data: bytes) -> Outcome:
    try:
        before = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(ctx, f"{name} 不是 UTF-8 文本", f"{name} is not UTF-8 text") from error
    from guiju.dsl.formatter import format_source
    from guiju.dsl.parser import Parser
    from guiju.dsl.store import user_store
    from guiju.dsl.tables import load_engine

    windows = "\r\n" in before
    formatted = format_source(before.replace("\r\n", "\n"), name, parser=Parser(load_engine(user_store())))
    after = formatted.text
    if after is not None and windows:  # the ends of lines are the checkout's affair
        after = after.replace("\n", "\r\n")
    return Outcome(name, before, after, formatted.diagnostics)


def _report(ctx: click.Context, outcome: Outcome) -> None:
    from guiju.dsl.source import Source

    corpora.show(ctx, outcome.diagnostics, {outcome.name: Source(outcome.name, outcome.before)})


def _difference(outcome: Outcome) -> str:
    before, after = outcome.before.splitlines(), (outcome.after or "").splitlines()
    lines = difflib.unified_diff(before, after, outcome.name, outcome.name, lineterm="")
    return "".join(f"{line}\n" for line in lines)


def _sum(ctx: click.Context, outcomes: list[Outcome], changed: list[Outcome], quiet: bool) -> None:
    for outcome in changed if quiet else ():
        click.echo(say(ctx, f"需要整理：{outcome.name}", f"would change: {outcome.name}"), err=True)
    whole, some = len(outcomes), len(changed)
    if quiet:
        text = say(ctx, f"{whole} 个文件，{some} 个需要整理。", f"{whole} file(s), {some} would change.")
    else:
        text = say(ctx, f"{whole} 个文件，整理了 {some} 个。", f"{whole} file(s), {some} changed.")
    click.echo(text, err=True)
