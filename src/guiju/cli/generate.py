"""``guiju generate``: a test suite from the rules."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guiju.cli import deciding, exits, files, generate_help
from guiju.cli.bilingual import Command, lang_option, language, option, say
from guiju.cli.failures import BadInput
from guiju.cli.limits import limit_options
from guiju.cli.options import output_option, progress_option
from guiju.cli.progress import shown

if TYPE_CHECKING:
    from guiju.decisions.corpus import Corpus
    from guiju.testing.generate import Generated
    from guiju.testing.suite import Criterion, Suite

FORMATS = {"jsonl": ".jsonl", "csv": ".csv", "xlsx": ".xlsx", "pytest": ".py"}

#: Short names for several criteria.
_SEVERAL = {
    "all": (),
    "mcdc": ("masking-mcdc", "unique-cause-mcdc"),
}


class Generate(Command):
    """``guiju generate``; ``guiju generate review …`` is another command."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        if args[:1] == ["review"]:
            from guiju.cli import generate_review

            return generate_review.command.make_context(f"{info_name} review", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        return super().invoke(ctx) if ctx.command is self else ctx.command.invoke(ctx)


@click.command("generate", cls=Generate, words=generate_help.WORDS, examples=generate_help.EXAMPLES)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@option(
    "--for",
    "about",
    multiple=True,
    metavar="NAME",
    zh="只为这个问题、文件或者规则生成；可多次给出。",
    en="Only tests for this question, instrument or rule; may be given several times.",
)
@option(
    "--criteria",
    default="all",
    show_default=True,
    metavar="NAME,…",
    zh="要满足的准则，见上。",
    en="The criteria to meet, as above.",
)
@option(
    "--format",
    type=click.Choice(tuple(FORMATS)),
    zh="输出格式；默认由 --output 的后缀决定，没有则为 jsonl。",
    en="The format; by default what --output ends with, else jsonl.",
)
@output_option
@option(
    "--jobs",
    type=click.IntRange(1),
    default=lambda: os.cpu_count() or 1,
    metavar="N",
    zh="用几个进程；结果与其数目无关（默认：处理器数）。",
    en="In how many processes; the result does not depend on it (default: the processors).",
)
@option(
    "--budget",
    type=click.IntRange(1),
    metavar="N",
    zh="每次询问求解器的资源上限。",
    en="The solver's resource limit for each query.",
)
@option(
    "--show-infeasible",
    is_flag=True,
    zh="逐项列出已证明没有情形可以满足的要求，及其原因。",
    en="List what is proved to be covered by no case, and why.",
)
@progress_option
@limit_options
@lang_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    about: tuple[str, ...],
    criteria: str,
    format: str | None,
    output: Path | None,
    jobs: int,
    budget: int | None,
    show_infeasible: bool,
    progress: bool | None,
) -> None:
    chosen = format or _by_suffix(ctx, output)
    _can_write(ctx, chosen, output)
    wanted = _criteria(ctx, criteria)
    rules = deciding.rules(ctx, paths, progress)
    from guiju.decisions.batch.request import Unusable
    from guiju.testing.generate import DEFAULT_BUDGET, UnknownName, generate

    with shown(sys.stderr.isatty() if progress is None else progress) as advance:
        try:
            found = generate(
                rules,
                criteria=wanted,
                about=about,
                budget=budget or DEFAULT_BUDGET,
                jobs=jobs,
                progress=None if advance is None else lambda done, total: advance("generate", done, total),
            )
        except UnknownName as error:
            raise BadInput(ctx, error.message.zh, error.message.en) from error
    try:
        _write(ctx, found.suite, rules, chosen, output)
    except Unusable as error:
        raise BadInput(ctx, error.message.zh, error.message.en) from error
    for line in _summary(ctx, found, show_infeasible):
        click.echo(line, err=True)
    ctx.exit(exits.UNDECIDED if found.suite.undecided else exits.CLEAN)


def _by_suffix(ctx: click.Context, output: Path | None) -> str:
    if output is None:
        return "jsonl"
    for name, suffix in FORMATS.items():
        if output.suffix.lower() == suffix:
            return name
    known = ", ".join(FORMATS.values())
    raise BadInput(
        ctx,
        f"{output}：不知道是什么格式；后缀应为 {known}，或者给出 --format",
        f"{output}: no known format; it may end with {known}, or give --format",
    )


def _can_write(ctx: click.Context, format: str, output: Path | None) -> None:
    if format != "xlsx":
        return
    if output is None:
        raise BadInput(ctx, "--format xlsx 须有 --output FILE", "--format xlsx needs --output FILE")
    if importlib.util.find_spec("openpyxl") is None:
        raise BadInput(
            ctx,
            "--format xlsx 需要 openpyxl：pip install 'guiju[xlsx]'",
            "--format xlsx needs openpyxl: pip install 'guiju[xlsx]'",
        )


def _criteria(ctx: click.Context, given: str) -> tuple[Criterion, ...]:
    from guiju.dsl.diagnostics import did_you_mean
    from guiju.testing.suite import Criterion

    known = {each.value: each for each in Criterion}
    found: list[Criterion] = []
    for word in given.replace("，", ",").split(","):
        name = word.strip().lower()
        if name in known:
            found.append(known[name])
        elif name in _SEVERAL:
            found += [known[each] for each in _SEVERAL[name]] or known.values()
        else:
            names = [*known, *_SEVERAL]
            hint, listed = did_you_mean(name, names), ", ".join(names)
            raise BadInput(
                ctx,
                f"没有准则 {name!r}。{hint.zh if hint else f'已有的：{listed}'}",
                f"there is no criterion {name!r}; {hint.en if hint else f'known: {listed}'}",
            )
    return tuple(dict.fromkeys(found))


def _write(ctx: click.Context, suite: Suite, rules: Corpus, format: str, output: Path | None) -> None:
    lang = language(ctx)
    match format:
        case "csv":
            from guiju.testing.formats.csv_output import to_csv

            data = to_csv(suite, rules.declarations, lang)
        case "xlsx":
            from guiju.testing.formats.xlsx import to_xlsx

            data = to_xlsx(suite, rules.declarations, lang)
        case "pytest":
            from guiju.testing.formats.pytest_module import to_pytest

            data = to_pytest(suite, lang, rules.declarations).encode()
        case _:
            from guiju.testing.formats.jsonl import to_jsonl

            data = to_jsonl(suite).encode()
    if output is None:
        click.echo(data, nl=False)
    else:
        files.write(output, data)


# --- What is said of it


def _summary(ctx: click.Context, found: Generated, listed: bool) -> Iterator[str]:
    from guiju.testing.formats.words import CRITERION

    suite = found.suite
    for criterion, count in suite.counts.items():
        zh, en = CRITERION[criterion].zh, CRITERION[criterion].en
        feasible = count.total - count.infeasible
        rest_zh = f"，证明不可能 {count.infeasible}" if count.infeasible else ""
        rest_en = f", proved impossible {count.infeasible}" if count.infeasible else ""
        if criterion.value == "mutants":
            rest_zh = rest_zh.replace("不可能", "等价")
            rest_en = rest_en.replace("impossible", "equivalent")
        if count.undecided:
            rest_zh += f"，未决 {count.undecided}"
            rest_en += f", undecided {count.undecided}"
        yield say(ctx, f"{zh}：{count.met}/{feasible}{rest_zh}", f"{en}: {count.met} of {feasible}{rest_en}")
    masked = sum(each.mutation.masked for each in found.topics)
    if masked:
        yield say(
            ctx,
            f"其中 {masked} 个变异只能由依据看出，结论、数值与日期总相同（已证明）",
            f"of the mutants {masked} show only in the grounds: verdict, values and days are proved the same",
        )
    candidates = sum(each.candidates for each in found.topics)
    queries = sum(each.queries for each in found.topics)
    smallest = sum(each.smallest for each in found.topics)
    yield say(
        ctx,
        f"测试 {len(suite.tests)} 个，选自 {candidates} 个情形（求解 {queries} 次）；"
        f"{len(found.topics)} 个问题中，{smallest} 个证明不能更少",
        f"{len(suite.tests)} tests out of {candidates} cases ({queries} searches);"
        f" for {smallest} of {len(found.topics)} questions it is proved that fewer would not do",
    )
    if listed:
        yield from _listed(ctx, suite)
    for each in suite.undecided:
        yield say(ctx, f"未决：{each.zh}", f"undecided: {each.en}")


def _listed(ctx: click.Context, suite: Suite) -> Iterable[str]:
    lines: list[tuple[str, str]] = []
    for each in suite.infeasible:
        about = ", ".join(each.norms)
        zh = f"不可能：{about}：{each.text.zh}（{each.criterion.value}）。{each.because.zh}"
        en = f"impossible: {about}: {each.text.en} ({each.criterion.value}); {each.because.en}"
        lines.append((zh, en))
    return (say(ctx, *each) for each in lines)
