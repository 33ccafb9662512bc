"""``guiju diff``: what changed from one version of the rules to the next, in what they answer."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli import corpus as corpora
from guiju.cli import deciding, exits, files
from guiju.cli.bilingual import Command, lang_option, language, option, say
from guiju.cli.failures import BadInput
from guiju.cli.limits import limit_options
from guiju.cli.options import output_option

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guiju.decisions.corpus import Corpus
    from guiju.testing.diff.difference import Difference
    from guiju.testing.diff.merging import Merged
    from guiju.testing.diff.standing import Restated

_ZH = """\
比较条文的两个版本：不比文字，比答复。对每个问题，或者给出一个两版答复不同的具体情形（新增禁止、不再禁止、\
改由裁量、结果不同、期限不同……），附此前、现在的答复和依据；或者证明任何情形下答复都相同；或者说明未决。\
答复相同而优先的依据变了（原由文本明定，现在仅可主张），另行列出，也算差别。

规则改名、换序、重排版式都不算差别。改了名的事实、记录、字段、读法、行为、结果、主体，只有一种对应可能时\
自动认定并在报告中说明，否则用 --renamed 旧名=新名；--renamed 旧名= 表示它被删去了，并没有改名。类型变了\
的事实（例如数改为是否）不去猜，凡取决于它的问题都列为不能比较。

OLD 和 NEW 是 .gj 文件、目录，或者 guiju compile 编译的 .gjc。

结束状态：0 已证明处处相同；1 有差别；2 参数或者条文有错；3 没有发现差别，但有未决或者不能比较的。"""

_EN = """\
Compare two versions of rules: not their words, their answers. For each question either a case that the two \
answer differently (newly barred, newly eligible, newly left to discretion, another value, other days ...), \
with both answers and their grounds; or a proof that they answer alike in every case; or that it is \
undecided. Where one norm gives way to another on other grounds than before (settled by the text, now only \
arguable), that is listed by itself and is a difference too, although the answer stays.

New names of rules, another order, another layout are no differences. Facts, records, fields, readings, \
acts, outcomes and parties with another name are paired where only one pairing is possible, and the report \
says so; otherwise give --renamed OLD=NEW. --renamed OLD= says that it was taken away, not renamed. Where a \
fact changed its type (a number that became a truth) nothing is guessed: what rests on it cannot be compared.

OLD and NEW are .gj files, directories, or a .gjc of guiju compile.

Exit status: 0 proved to be the same everywhere; 1 differences; 2 mistakes in arguments or rules; 3 no \
difference was found, but something is undecided or cannot be compared."""

_EXAMPLES_ZH = """\
guiju diff 条文/ 修订稿/                                   哪些情形答复不同
guiju diff 条文/ 修订稿/ --question 设摊 --show equal      一个问题；相同的也列出
guiju diff 条文/ 修订稿/ --renamed 摊主.已登记=摊主.登记过
guiju diff 条文/ 修订稿/ --tests 新测试.jsonl              修订所需的测试，附新的答复
guiju diff 条文/ 修订稿/ --suite 旧测试.jsonl              既有的测试哪些答复变了
guiju diff 旧.gjc 新.gjc --format markdown -o 差别.md"""

_EXAMPLES_EN = """\
guiju diff rules/ draft/                                 which cases are answered differently
guiju diff rules/ draft/ --question 设摊 --show equal    one question; show it though it is the same
guiju diff rules/ draft/ --renamed 摊主.已登记=摊主.登记过
guiju diff rules/ draft/ --tests new.jsonl               the tests that the change needs
guiju diff rules/ draft/ --suite old.jsonl               which existing tests get another answer
guiju diff old.gjc new.gjc --format markdown -o changes.md"""


@click.command("diff", cls=Command, words=(_ZH, _EN), examples=(_EXAMPLES_ZH, _EXAMPLES_EN))
@click.argument("old", type=click.Path(path_type=Path, exists=True))
@click.argument("new", type=click.Path(path_type=Path, exists=True))
@option(
    "--question",
    "-q",
    "questions",
    multiple=True,
    metavar="NAME",
    zh="只比较这个问题：行为或者结果的名称；可以重复。",
    en="Compare only this question, an act or an outcome by name; repeatable.",
)
@option(
    "--renamed",
    multiple=True,
    metavar="OLD=NEW",
    zh="旧版的名称在新版中叫什么；事实写全名，例如 摊主.年龄；可以重复。",
    en="What something of the old version is called in the new one; facts in full; repeatable.",
)
@option(
    "--reading",
    "readings",
    multiple=True,
    metavar="NAME=CHOICE",
    zh="只在这种读法下比较；可以重复。",
    en="Compare under this reading only; repeatable.",
)
@option(
    "--show",
    type=click.Choice(("changes", "equal")),
    default="changes",
    zh="equal：答复相同的问题也列出。",
    en="equal: list the questions too whose answers are the same.",
)
@option(
    "--tests",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    zh="写出修订所需的测试（JSON Lines），附新版的答复。",
    en="Write the tests that the change needs (JSON Lines), with the new answers.",
)
@option(
    "--suite",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    zh="列出一个既有测试集中答复变了的和不能再问的测试。",
    en="List the tests of an existing suite that get another answer or can no longer be asked.",
)
@option(
    "--budget",
    type=click.IntRange(min=0),
    metavar="N",
    zh="每次求解的资源上限；0 为不限。",
    en="The solver's resource limit for each query; 0 is none.",
)
@option(
    "--format",
    type=click.Choice(("text", "json", "markdown")),
    default="text",
    zh="输出格式。",
    en="The format.",
)
@output_option
@limit_options
@lang_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    old: Path,
    new: Path,
    questions: tuple[str, ...],
    renamed: tuple[str, ...],
    readings: tuple[str, ...],
    show: str,
    tests: Path | None,
    suite: Path | None,
    budget: int | None,
    format: str,
    output: Path | None,
) -> None:
    names = _renamed(ctx, renamed)
    fixed = deciding.readings(ctx, readings)
    existing = None if suite is None else suite.read_bytes()
    before, after = deciding.rules(ctx, (old,)), deciding.rules(ctx, (new,))
    both = _merged(ctx, before, after, names)
    _check_readings(ctx, both, fixed)
    wanted = _topics(ctx, questions, both)
    limit = _limit(budget)
    difference = _compared(ctx, both, wanted, fixed, limit)
    if tests is not None:
        _write_tests(ctx, difference, after, tests, limit)
    restated = None if existing is None else _restated(ctx, existing, str(suite), after)
    _write(ctx, difference, show == "equal", restated, format, output)
    ctx.exit(exits.FINDINGS if difference.different else exits.UNDECIDED if difference.open else exits.CLEAN)


def _renamed(ctx: click.Context, given: Iterable[str]) -> dict[str, str]:
    """What ``--renamed OLD=NEW`` says."""
    found: dict[str, str] = {}
    for text in given:
        old, equals, new = (part.strip() for part in text.replace("＝", "=").partition("="))
        if not equals or not old:
            raise BadInput(
                ctx,
                f"--renamed {text}：应写作 旧名=新名，例如 摊主.已登记=摊主.登记过",
                f"--renamed {text}: write OLD=NEW, for instance 摊主.已登记=摊主.登记过",
            )
        if found.setdefault(old, new) != new:
            raise BadInput(ctx, f"--renamed {old} 给出了两次", f"--renamed {old} is given twice")
    return found


def _merged(ctx: click.Context, old: Corpus, new: Corpus, renamed: Mapping[str, str]) -> Merged:
    from guiju.testing.diff.merging import merged
    from guiju.testing.diff.names import UnknownName
    from guiju.testing.diff.shared import NothingShared

    try:
        return merged(old, new, renamed)
    except UnknownName as error:
        raise BadInput(ctx, f"--renamed：{error.message.zh}", f"--renamed: {error.message.en}") from error
    except NothingShared as error:
        raise BadInput(
            ctx,
            f"两版的时限没有共同的日子（{error}），没有可比的情形",
            f"the horizons of the versions have no day in common ({error}): there is nothing to compare",
        ) from error


def _check_readings(ctx: click.Context, both: Merged, fixed: Mapping[str, str]) -> None:
    from guiju.dsl.diagnostics import did_you_mean

    for name, choice in fixed.items():
        reading = both.frame.readings.get(name)
        if reading is None:
            hint = did_you_mean(name, both.frame.readings)
            raise BadInput(
                ctx,
                f"没有读法“{name}”。{hint.zh if hint else ''}",
                f"there is no reading {name}{f'; {hint.en}' if hint else ''}",
            )
        if choice not in reading.choices:
            listed = "、".join(reading.choices)
            raise BadInput(
                ctx,
                f"读法“{name}”没有“{choice}”，可以是 {listed}",
                f"the reading {name} has no choice {choice}; it has {listed}",
            )


def _topics(ctx: click.Context, asked: Iterable[str], both: Merged) -> list[str] | None:
    from guiju.decisions.topics import UnknownTopic, find
    from guiju.testing.diff.comparing import topics_of

    known = topics_of(both)
    try:
        return list(dict.fromkeys(find(name, known).name for name in asked)) or None
    except UnknownTopic as error:
        raise BadInput(ctx, error.message.zh, error.message.en) from error


def _limit(budget: int | None) -> int:
    from guiju.checker.check import DEFAULT_BUDGET

    return DEFAULT_BUDGET if budget is None else budget


def _compared(
    ctx: click.Context, both: Merged, wanted: list[str] | None, fixed: Mapping[str, str], budget: int
) -> Difference:
    from guiju.cli.progress import shown
    from guiju.testing.diff.comparing import NoCase, compare

    with shown(sys.stderr.isatty()) as advance:
        told = None if advance is None else partial(advance, "diff")
        try:
            return compare(both, wanted, fixed, budget, told)
        except NoCase as error:
            raise BadInput(
                ctx,
                "两版的假定相互矛盾，没有两版都承认的情形，无从比较",
                "the assumptions of the versions contradict each other: there is no case that both allow",
            ) from error


def _write_tests(ctx: click.Context, difference: Difference, new: Corpus, path: Path, budget: int) -> None:
    from guiju.testing.diff.new_tests import suite_for
    from guiju.testing.formats.jsonl import to_jsonl

    made = suite_for(difference, new, new.engine, budget)
    files.write(path, to_jsonl(made.suite).encode())
    for left in made.left_out:
        click.echo(
            say(
                ctx,
                f"没有测试：{left}（新版没有这样的问题，或者写不出这个情形）",
                f"no test: {left} (the new version has no such question, or no words for the case)",
            ),
            err=True,
        )


def _restated(ctx: click.Context, data: bytes, name: str, new: Corpus) -> Restated:
    from guiju.decisions.problems import InvalidInput
    from guiju.testing.diff.standing import restated
    from guiju.testing.formats.jsonl import read

    try:
        suite = read(data, name)
    except InvalidInput as error:
        deciding.refuse(ctx, error.problems)
    return restated(suite.tests, new)


def _write(
    ctx: click.Context,
    difference: Difference,
    equal: bool,
    restated: Restated | None,
    format: str,
    output: Path | None,
) -> None:
    from guiju.checker.report.layout import View

    view = View(language(ctx), corpus=difference.frame)
    if format == "json":
        from guiju import __version__
        from guiju.testing.diff.report_json import to_json

        corpora.emit(to_json(difference, {"guiju": __version__}, equal, restated), output)
    elif format == "markdown":
        from guiju.testing.diff.report_markdown import to_markdown

        corpora.emit(to_markdown(difference, view, equal, restated), output)
    else:
        from guiju.testing.diff.report_text import lines

        deciding.show(lines(difference, view, equal, restated), None, output)
