"""``guiju generate review``: what a drafter marked in the workbook of a suite."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from guiju.cli import corpus as corpora
from guiju.cli import deciding, exits
from guiju.cli.bilingual import Command, lang_option, language, option, say
from guiju.cli.failures import BadInput
from guiju.cli.options import output_option

if TYPE_CHECKING:
    from guiju.decisions.problems import Problem
    from guiju.testing.suite import Suite

_ZH = """\
读回审阅过的测试集：起草人认为哪些预期的答案是错的，应当看哪几条规则。

MARKED 是 guiju generate --format xlsx 生成、由起草人填过的工作簿：“结论”一栏填 对、错 或 存疑 \
（right、wrong、unsure 也可以），“意见”一栏写理由。可以排序、筛选，可以删去不看的行；\
不要改动编号、表头和隐藏的工作表。没有填的行不算。

规则改过之后，用 --suite 给出新的测试集：预期已经不同的，列出来重新审阅；已经没有的，也列出来。

结束状态：0 没有标为错的；1 有；2 参数或者工作簿有错，每处错误都指出是哪一格。"""

_EN = """\
Read back a suite that was reviewed: which expected answers a drafter holds for wrong, and which rules to \
look at.

MARKED is a workbook that guiju generate --format xlsx wrote and a drafter filled in: right, wrong or \
unsure (or 对, 错, 存疑) under judgement, and the reason under remark. Rows may be sorted, filtered or \
removed; ids, heads and the hidden sheet must stay as they are. Rows that are not filled in do not count.

When the rules have changed since, give the new suite with --suite: tests that expect something else now are \
listed to be reviewed again, and so are those that it has no more.

Exit status: 0 nothing is marked as wrong; 1 something is; 2 mistakes in arguments or in the workbook, each \
with its cell."""

_EXAMPLES_ZH = """\
guiju generate review 已审.xlsx                         哪些标为错，看哪几条规则
guiju generate review 已审.xlsx --suite 新测试集.jsonl  规则改过之后
guiju generate review 已审.xlsx --format json           每个标注一行 JSON"""

_EXAMPLES_EN = """\
guiju generate review marked.xlsx                    what is marked as wrong, and the rules to look at
guiju generate review marked.xlsx --suite new.jsonl  after the rules have changed
guiju generate review marked.xlsx --format json      a line of JSON for each mark"""


@click.command("review", cls=Command, words=(_ZH, _EN), examples=(_EXAMPLES_ZH, _EXAMPLES_EN))
@click.argument("marked", metavar="MARKED", type=click.Path(path_type=Path, dir_okay=False))
@option(
    "--suite",
    "suite_path",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="SUITE.jsonl",
    zh="现在的测试集（JSON Lines）；否则是工作簿生成时的。",
    en="The suite as it is now (JSON Lines); else as it was when the workbook was made.",
)
@option(
    "--format",
    type=click.Choice(("text", "json")),
    zh="输出格式；json 每个标注一行。",
    en="The format; json is a line for each mark.",
)
@output_option
@lang_option
@click.pass_context
def command(
    ctx: click.Context, marked: Path, suite_path: Path | None, format: str | None, output: Path | None
) -> None:
    _can_read_xlsx(ctx)
    from guiju.decisions.problems import InvalidInput
    from guiju.testing.conform.groups import Usual
    from guiju.testing.formats.review import reviewed, to_jsonl
    from guiju.testing.formats.review_input import read_review
    from guiju.testing.formats.review_words import review_lines
    from guiju.testing.formats.words import Words

    try:
        book = read_review(marked.read_bytes(), marked.name)
        now = None if suite_path is None else _suite(suite_path)
    except InvalidInput as error:
        _refuse(ctx, error.problems)
    review = reviewed(book, now)
    if format == "json":
        corpora.emit(to_jsonl(review), output)
    else:
        words = Words(language(ctx), book.kept.titles, usual=Usual.of(book.kept.suite.tests))
        deciding.show(review_lines(review, book.kept.suite, words), format, output)
    ctx.exit(exits.FINDINGS if review.wrong else exits.CLEAN)


def _suite(path: Path) -> Suite:
    from guiju.testing.formats.jsonl import read

    return read(path.read_bytes(), path.name)


def _refuse(ctx: click.Context, problems: Sequence[Problem]) -> NoReturn:
    """End with every mistake; each message begins with its file and cell or line."""
    for each in problems:
        wanted = say(ctx, f"。应为 {each.expected}", f"; expected: {each.expected}") if each.expected else ""
        click.echo(each.message.in_language(language(ctx)).rstrip("。") + wanted, err=True)
    count = len(problems)
    raise BadInput(ctx, f"有 {count} 处错误，没有读入任何标注。", f"{count} mistake(s); no mark was taken.")


def _can_read_xlsx(ctx: click.Context) -> None:
    import importlib.util

    if importlib.util.find_spec("openpyxl") is None:
        raise BadInput(
            ctx,
            "读 XLSX 需要 openpyxl：pip install 'guiju[xlsx]'",
            "to read XLSX needs openpyxl: pip install 'guiju[xlsx]'",
        )
