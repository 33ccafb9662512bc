"""``guiju compare``: one question across jurisdictions, as a table."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli import corpus as corpora
from guiju.cli import exits, files
from guiju.cli.bilingual import Command, lang_option, language, option
from guiju.cli.failures import BadInput
from guiju.cli.limits import limit_options
from guiju.cli.options import output_option

if TYPE_CHECKING:
    from guiju.checker.compare.matrix import Matrix
    from guiju.checker.load import Loaded
    from guiju.compiler.kernel import Corpus

_ZH = """\
把各地对同一问题的规定并列成表：谁、怎样规定，什么条件，何时施行，彼此是冲突、不同还是相同，谁没有规定。

问题是行为或者结果的名称，也可以只写开头或者其中一段。路径与 guiju check 相同：存在的文件或者目录，\
以及写作路径的（含 / 或者以 .gj 结尾），算路径；其余算问题。

结束状态：0 已列出；2 参数或者条文有错；3 已列出，但有未决的问题。"""

_EN = """\
Put what each jurisdiction says of one question side by side: who says what, under which conditions, in \
force when; whether they conflict, differ or agree; and who is silent.

A question is the name of an action or an outcome, or the beginning or a part of it. Paths are as for \
guiju check: what exists as a file or directory, or is written as a path (with a / or ending in .gj), is a \
path; all else is a question.

Exit status: 0 shown; 2 mistakes in arguments or sources; 3 shown, but something is undecided."""

_EXAMPLES_ZH = """\
guiju compare --list                         哪些问题有两地以上作答
guiju compare 订立服务合同                   一个问题，各地对照
guiju compare 合同 告知 条文/                名称里的一段即可；只看 条文/
guiju compare --all --format html -o 对照.html
guiju compare 订立服务合同 --on 2025-01-01   某一天施行的规定"""

_EXAMPLES_EN = """\
guiju compare --list                         which questions two or more places answer
guiju compare 订立服务合同                   one question, place by place
guiju compare 合同 告知 rules/               parts of names will do; only rules/
guiju compare --all --format html -o all.html
guiju compare 订立服务合同 --on 2025-01-01   as things stand on a day"""


@click.command("compare", cls=Command, words=(_ZH, _EN), examples=(_EXAMPLES_ZH, _EXAMPLES_EN))
@click.argument("arguments", nargs=-1, metavar="QUESTION... [PATH]...")
@option(
    "--list",
    "listed",
    is_flag=True,
    zh="只列出两地以上作答的问题。",
    en="Only list what two or more places answer.",
)
@option(
    "--all",
    "every",
    is_flag=True,
    zh="对照所有两地以上作答的问题。",
    en="Compare all that two or more places answer.",
)
@option(
    "--on",
    type=click.DateTime(("%Y-%m-%d",)),
    metavar="YYYY-MM-DD",
    zh="这一天的状态；否则考虑所有日期。",
    en="As things stand on this day; otherwise on any.",
)
@option(
    "--format",
    type=click.Choice(("text", "markdown", "html", "json", "xlsx")),
    default="text",
    zh="输出格式；xlsx 须有 --output，并须安装 guiju[xlsx]。",
    en="The format; xlsx needs --output, and guiju[xlsx] to be installed.",
)
@output_option
@limit_options
@lang_option
@click.pass_context
def command(
    ctx: click.Context,
    arguments: tuple[str, ...],
    listed: bool,
    every: bool,
    on: dt.datetime | None,
    format: str,
    output: Path | None,
) -> None:
    questions, paths = _told_apart(arguments)
    if format == "xlsx":
        _can_write_xlsx(ctx, output)
    if not listed and every == bool(questions):
        raise BadInput(
            ctx,
            "请给出要对照的问题，或者用 --all；guiju compare --list 列出有哪些问题。",
            "name a question to compare, or give --all; guiju compare --list shows which there are.",
        )
    loaded = corpora.read(ctx, paths)
    corpus = corpora.required(ctx, loaded, format, output)
    if listed:
        corpora.emit(_list(corpus), output)
        return
    from guiju.checker.compare.matrix import matrix
    from guiju.checker.compare.topics import shared
    from guiju.cli import asked

    topics = shared(corpus) if every else _topics(ctx, questions, corpus)
    date = asked.date(ctx, corpus, on, "--on")
    found = []
    for topic in topics:
        compared = matrix(topic, corpus, date)
        _refused(ctx, compared, loaded, format, output)
        found.append(compared)
    _write(ctx, found, format, output)
    ctx.exit(exits.UNDECIDED if any(m.undecided for m in found) else exits.CLEAN)


def _told_apart(arguments: Iterable[str]) -> tuple[list[str], tuple[Path, ...]]:
    """The questions and the paths among ``arguments``."""
    asked, paths = [], []
    for argument in arguments:
        separated = os.sep in argument or (os.altsep is not None and os.altsep in argument)
        if separated or argument.endswith(files.SUFFIX) or Path(argument).exists():
            paths.append(Path(argument))
        else:
            asked.append(argument)
    return asked, tuple(paths)


def _topics(ctx: click.Context, asked: Sequence[str], corpus: Corpus) -> tuple[str, ...]:
    """The topics that the questions name, each once."""
    from guiju.checker.compare.topics import matching, topics
    from guiju.dsl.diagnostics import did_you_mean

    found: list[str] = []
    for word in asked:
        named = matching(word.strip(), corpus)
        if not named:
            hint = did_you_mean(word, topics(corpus))
            raise BadInput(
                ctx,
                f"没有行为或者结果 {word!r}。{hint.zh if hint else 'guiju compare --list 列出有哪些问题。'}",
                f"there is no action or outcome {word!r};"
                f" {hint.en if hint else 'guiju compare --list shows which there are.'}",
            )
        found += named
    return tuple(dict.fromkeys(found))


def _list(corpus: Corpus) -> str:
    from guiju.checker.compare.topics import answered_by, jurisdictions, shared

    norms = answered_by(corpus)
    rows = ((topic, "、".join(jurisdictions(norms[topic], corpus))) for topic in shared(corpus))
    return "".join(f"{topic}\t{places}\n" for topic, places in rows)


def _refused(ctx: click.Context, compared: Matrix, loaded: Loaded, format: str, output: Path | None) -> None:
    """End where the assumptions contradict each other: every answer would be empty."""
    if compared.diagnostics:
        import attrs

        corpora.show(ctx, compared.diagnostics, loaded.sources)
        broken = attrs.evolve(loaded, corpus=None, diagnostics=compared.diagnostics)
        corpora.required(ctx, broken, format, output)


def _can_write_xlsx(ctx: click.Context, output: Path | None) -> None:
    import importlib.util

    if output is None:
        raise BadInput(ctx, "--format xlsx 须有 --output FILE", "--format xlsx needs --output FILE")
    if importlib.util.find_spec("openpyxl") is None:
        raise BadInput(
            ctx,
            "--format xlsx 需要 openpyxl：pip install 'guiju[xlsx]'",
            "--format xlsx needs openpyxl: pip install 'guiju[xlsx]'",
        )


def _write(ctx: click.Context, found: Sequence[Matrix], format: str, output: Path | None) -> None:
    from guiju.checker.report.matrix_tables import tables

    lang = language(ctx)
    if format == "json":
        from guiju import __version__
        from guiju.checker.report.matrix_json import to_json

        corpora.emit(to_json(found, {"guiju": __version__}), output)
        return
    pages = [tables(matrix, lang) for matrix in found]
    match format:
        case "markdown":
            from guiju.checker.report.matrix_markdown import to_markdown

            corpora.emit(to_markdown(pages), output)
        case "html":
            from guiju.checker.report.matrix_html import to_html

            corpora.emit(to_html(pages, lang), output)
        case "xlsx":
            from guiju.checker.report.matrix_xlsx import to_xlsx

            assert output is not None
            files.write(output, to_xlsx(pages, lang))
        case _:
            from guiju.cli import grid

            if output is None and sys.stdout.isatty():
                from rich.console import Console

                from guiju.cli import terminal

                terminal.show(grid.lines(pages, Console().width, lang))
            else:
                from guiju.checker.report.text import join

                corpora.emit(join(grid.lines(pages, grid.PIPE, lang)), output)
