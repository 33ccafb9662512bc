"""What the commands that decide have in common: the rules, the case, the day, and refusing what is wrong."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from guiju.cli import corpus as corpora
from guiju.cli import exits
from guiju.cli.bilingual import language, say
from guiju.cli.failures import BadInput

if TYPE_CHECKING:
    from guiju.checker.report.layout import Line
    from guiju.decisions.corpus import Corpus
    from guiju.decisions.problems import Problem

#: The law is applied where it is in force, so the day that begins there is meant: UTC+8 all year round.
_CHINA = dt.timezone(dt.timedelta(hours=8))


def rules(ctx: click.Context, paths: tuple[Path, ...], progress: bool | None = None) -> Corpus:
    """The corpus in ``paths``, by default ``specs/`` here or what comes with guiju.

    Args:
        progress: Show how far compiling is, where that is needed; None: in a terminal.
    """
    from guiju.cli.progress import shown
    from guiju.decisions.loading import InvalidSpecs, load

    with shown(sys.stderr.isatty() if progress is None else progress) as advance:
        told = partial(advance, "compile") if advance is not None else None
        try:
            return load(paths or (corpora.default(ctx),), progress=told)
        except InvalidSpecs as error:
            mistakes = error
        except ValueError as error:
            raise BadInput(
                ctx, f"条文不能用于作答：{error}", f"these rules cannot answer: {error}"
            ) from error
    corpora.show(ctx, mistakes.diagnostics, mistakes.sources)
    count = len(mistakes.diagnostics)
    raise BadInput(
        ctx,
        f"条文中有 {count} 处错误，没有作答。",
        f"the rules have {count} mistake(s); nothing was answered.",
    ) from mistakes


def today() -> dt.date:
    """The day it is in China."""
    return dt.datetime.now(_CHINA).date()


def case(ctx: click.Context, path: Path) -> object:
    """The case in a file of JSON; ``-`` is the standard input."""
    from guiju.decisions.json_input import parse
    from guiju.decisions.problems import InvalidInput

    data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    try:
        return parse(data)
    except InvalidInput as error:
        reason = error.problems[0].message
        name = "<stdin>" if str(path) == "-" else str(path)
        raise BadInput(ctx, f"{name}：{reason.zh}", f"{name}: {reason.en}") from error


def readings(ctx: click.Context, given: Iterable[str]) -> Mapping[str, str]:
    """The choices of ``--reading NAME=CHOICE``; whether there are such readings is for the corpus to say."""
    fixed: dict[str, str] = {}
    for text in given:
        name, equals, choice = (part.strip() for part in text.replace("＝", "=").partition("="))
        if not equals:
            raise BadInput(ctx, f"--reading {text}：应写作 名称=读法", f"--reading {text}: write NAME=CHOICE")
        if fixed.setdefault(name, choice) != choice:
            raise BadInput(ctx, f"--reading {name} 给出了两种读法", f"--reading {name} is given twice")
    return fixed


def refuse(
    ctx: click.Context, problems: Iterable[Problem], format: str | None = None, output: Path | None = None
) -> NoReturn:
    """End with every mistake in the input, each with its place; as JSON, too, where that was asked for."""
    listed = list(problems)
    for each in listed:
        message = each.message.in_language(language(ctx)).rstrip("。")
        wanted = say(ctx, f"。应为 {each.expected}", f"; expected: {each.expected}") if each.expected else ""
        where = click.style(each.path, bold=True) + say(ctx, "：", ": ") if each.path else ""
        click.echo(f"{where}{message}{wanted}", err=True)
    if format == "json":
        document = {"problems": [each.to_dict() for each in listed]}
        corpora.emit(json.dumps(document, ensure_ascii=False, indent=2) + "\n", output)
    count = len(listed)
    raise BadInput(
        ctx, f"输入有 {count} 处错误，没有作答。", f"the input has {count} mistake(s); nothing was answered."
    )


def show(lines: Iterable[Line], format: str | None, output: Path | None) -> None:
    """Lines in colour for a terminal, else as plain text."""
    if format is None and output is None and sys.stdout.isatty():
        from guiju.cli import terminal

        terminal.show(lines)
    else:
        from guiju.checker.report.text import join

        corpora.emit(join(lines), output)


def status(undetermined: bool) -> int:
    """The exit status of an answer: whatever the verdict, it is an answer, unless it is none."""
    return exits.UNDECIDED if undetermined else exits.CLEAN
