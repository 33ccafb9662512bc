"""``guiju interview``: asks for what an answer depends on, one fact at a time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from guiju.cli import corpus as corpora
from guiju.cli import deciding
from guiju.cli.bilingual import Command, lang_option, language, option, say

if TYPE_CHECKING:
    from guiju.checker.report.layout import View
    from guiju.compiler.kernel import Type
    from guiju.decisions.decision import Decision
    from guiju.decisions.interview import Interview, Question

_ZH = """\
在终端上逐一询问事实，最能决定答案的先问，并说明它因哪一条而重要；答案一经确定即停，不问无关的事。

不替人作任何假定：有默认值的事实，也要按回车确认才取默认值。可以回答 不知道（接着问别的）、回退\
（改上一个回答）、退出。--save 留下问到的案件，没有问到的记为 null，供 guiju decide --case 使用。

结束状态：0 已确定；2 参数或者条文有错；3 没有确定（有的不知道，或者退出了）。"""

_EN = """\
Ask for facts in a terminal, one at a time, the most decisive first, and say which article makes it matter. \
It ends as soon as the answer is definite, and never asks what cannot matter.

Nothing is assumed: a declared default is taken only when it is confirmed with Enter. The other answers are \
unknown (then something else is asked), back (to change the last answer) and quit. --save keeps the case, \
with null for what was not asked, for guiju decide --case.

Exit status: 0 definite; 2 mistakes in arguments or rules; 3 not definite, for something is not known, or \
quit."""

_BACK = frozenset({"回退", "返回", "back"})
_QUIT = frozenset({"退出", "quit", "exit"})
_UNKNOWN = frozenset({"不知道", "未知", "unknown", "?", "？"})


@click.command(
    "interview",
    cls=Command,
    words=(_ZH, _EN),
    examples=("guiju interview --question 设摊 --at 北苑区 --save 案件.json",) * 2,
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@option(
    "--question",
    "-q",
    required=True,
    metavar="NAME",
    zh="所问：行为或者结果的名称。",
    en="An act or an outcome.",
)
@option(
    "--on", metavar="YYYY-MM-DD", zh="所问之日；默认今天。", en="The day that is asked about; default today."
)
@option("--at", required=True, metavar="PLACE", zh="地域。", en="The territory.")
@option(
    "--case",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    zh="已经知道的事实。",
    en="What is known already.",
)
@option(
    "--reading",
    "readings",
    multiple=True,
    metavar="NAME=CHOICE",
    zh="选取一处含糊的读法；可以重复。",
    en="Choose for a reading; repeatable.",
)
@option(
    "--save",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    zh="把案件写入文件。",
    en="Write the case to a file.",
)
@lang_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    question: str,
    on: str | None,
    at: str,
    case: Path | None,
    readings: tuple[str, ...],
    save: Path | None,
) -> None:
    from guiju.checker.report.layout import View
    from guiju.compiler.verdicts import Verdict
    from guiju.decisions.interview import Interview
    from guiju.decisions.problems import InvalidInput
    from guiju.decisions.summary import decision_lines

    known = {} if case is None else deciding.case(ctx, case)
    chosen = deciding.readings(ctx, readings)
    rules = deciding.rules(ctx, paths)
    view = View(language(ctx), corpus=rules.declarations)
    try:
        begun = Interview.begin(
            rules,
            question,
            on=on or deciding.today(),
            at=at,
            case=cast("Mapping[str, Any]", known),
            readings=chosen,
        )
        begun.decision()
    except InvalidInput as error:
        deciding.refuse(ctx, error.problems)
    ended, decision = _dialogue(ctx, begun, view)
    if save is not None:
        corpora.emit(json.dumps(ended.case(), ensure_ascii=False, indent=2) + "\n", save)
    click.echo()
    deciding.show(decision_lines(decision, view), None, None)
    ctx.exit(deciding.status(decision.verdict is Verdict.UNDETERMINED))


def _dialogue(ctx: click.Context, interview: Interview, view: View) -> tuple[Interview, Decision]:
    """Ask until nothing is left to ask, or the person quits."""
    from guiju.decisions.problems import InvalidInput

    decision = interview.decision()
    while (asked := interview.next(decision)) is not None:
        _pose(ctx, len(interview.told) + 1, asked, view)
        while True:
            typed = click.prompt(
                say(ctx, "回答", "answer"), default="", show_default=False, prompt_suffix="> "
            )
            word = typed.strip().casefold()
            if word in _QUIT:
                return interview, decision
            try:
                told = interview.back() if word in _BACK else _told(interview, asked, typed)
                decision = told.decision()
            except InvalidInput as error:
                click.echo(f"  {error.problems[0].message.in_language(language(ctx))}")
                continue
            interview = told
            break
    return interview, decision


def _told(interview: Interview, asked: Question, typed: str) -> Interview:
    from guiju.decisions.interview import read

    if typed.strip().casefold() in _UNKNOWN:
        return interview.tell(asked, None)
    if not typed.strip() and asked.default is not None:
        return interview.tell(asked, asked.default)
    return interview.tell(asked, read(typed, asked, interview.corpus))


def _pose(ctx: click.Context, number: int, asked: Question, view: View) -> None:
    """The question, what can be answered, and why it matters."""
    from guiju.decisions.summary_words import provisions

    click.echo(
        f"\n{number}. {click.style(asked.name, bold=True)}{say(ctx, '：', ': ')}{_values(ctx, asked, view)}"
    )
    if asked.matters:
        click.echo(f"   {say(ctx, '有关', 'see')} {provisions(asked.matters, view)}")
    if asked.judgement:
        click.echo(say(ctx, "   须由有权机关认定", "   for an authority to judge"))


def _values(ctx: click.Context, asked: Question, view: View) -> str:
    """What can be answered, and what Enter answers."""
    from guiju.checker.report.values import in_words
    from guiju.decisions.values import value_of

    assert view.corpus is not None
    if asked.type is None:
        return say(ctx, "有几条？", "how many?")
    values = _allowed(ctx, asked.type, view)
    if asked.default is None:
        return values
    default = in_words(value_of(asked.default, asked.type, view.corpus.horizon), asked.type, view.lang)
    return values + say(ctx, f"（回车：{default}）", f" (Enter: {default})")


def _allowed(ctx: click.Context, type_: Type, view: View) -> str:
    from guiju.checker.report.values import decimal
    from guiju.checker.report.words import DURATION
    from guiju.compiler.kernel import Boolean, Date, Enumeration, Integer
    from guiju.decisions import units

    match type_:
        case Boolean():
            return say(ctx, "是 / 否", "yes / no")
        case Enumeration(members=members):
            return "  ".join(f"{number} {member}" for number, member in enumerate(members, 1))
        case Integer(scale=scale):
            name = type_.declared or type_.unit
            word = view.word(DURATION[name]) if name is not None and name in DURATION else name or ""
            declared = units.of(type_)[0]
            least, most = decimal(declared.low, scale), decimal(declared.high, scale)
            return say(ctx, f"{least} 至 {most} {word}", f"{least} to {most} {word}").rstrip()
        case Date():
            assert view.corpus is not None
            first, last = view.corpus.horizon
            return say(ctx, f"日期，{first} 至 {last}", f"a date, {first} to {last}")
