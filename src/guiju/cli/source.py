"""``guiju source``: the texts that the specs encode: the same as before? how cut? what is wrong with them?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guiju.cli import corpus as corpora
from guiju.cli import exits, files
from guiju.cli.bilingual import Command, Formatter, lang_option, language, option, say
from guiju.cli.failures import BadInput
from guiju.cli.options import output_option

if TYPE_CHECKING:
    from guiju.texts.provisions import Part

_ZH = """\
文本与编码：核对文本是不是编码时的那一份，哪些条款变了；把文本切成条款；检查文本本身的毛病。

文本可以是 txt、md 或者 docx（需要 guiju[docx]）；- 是标准输入。不写动作时就是 check。"""

_EN = """\
Texts and their encoding: is this the text that was encoded, and which provisions changed? Cut a text into
provisions; look for what is wrong with the text itself.

A text is txt, md or docx (which needs guiju[docx]); - is the standard input. Without an action: check."""

_EXAMPLES_ZH = """\
guiju source 办法.docx                          是不是编码时的文本
guiju source lock 办法.txt --instrument 某办法  记下文本的摘要
guiju source split 办法.txt --skeleton          生成目录子句
guiju source lint 草案.docx                     检查草案本身的毛病"""

_EXAMPLES_EN = """\
guiju source rules.docx                         is it the text that was encoded?
guiju source lock rules.txt --instrument ID     keep the digests of the text
guiju source split rules.txt --skeleton         write the clause that lists the provisions
guiju source lint draft.docx                    what is wrong with the draft itself"""


class Actions(Command, click.Group):
    """The actions of ``guiju source``; what is no action is a text to check."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = ("-h", "--help", "--lang")
        if args and args[0].startswith("-") and args[0] != "-" and not args[0].startswith(own):
            args = ["check", *args]  # an option of check
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in self.commands:
            return super().resolve_command(ctx, args)
        self._mistyped(ctx, args[0])
        return super().resolve_command(ctx, ["check", *args])

    def _mistyped(self, ctx: click.Context, name: str) -> None:
        import difflib

        near = difflib.get_close_matches(name, self.commands, n=1, cutoff=0.7)
        if near and not Path(name).exists():
            raise BadInput(
                ctx,
                f"没有文件 {name}。是否想写：{near[0]}？",
                f"there is no file {name}; did you mean {near[0]}?",
            )

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


def _text(function: Any) -> Any:
    return click.argument("text", type=click.Path(path_type=Path))(function)


def _specs(function: Any) -> Any:
    return click.argument("specs", nargs=-1, type=click.Path(path_type=Path))(function)


_part = option(
    "--part",
    metavar="N|TITLE",
    zh="文本含几个文件时取哪一个：序号，或者标题的一部分。",
    en="Which instrument of a text that has several: its number, or a piece of its title.",
)
_format = option(
    "--format", type=click.Choice(("text", "json")), default="text", zh="输出格式。", en="The format."
)


@click.group(
    "source",
    cls=Actions,
    words=(_ZH, _EN),
    examples=(_EXAMPLES_ZH, _EXAMPLES_EN),
    no_args_is_help=True,
    subcommand_metavar="[ACTION] TEXT [SPECS]…",
)
@lang_option
def command() -> None:
    pass


@command.command(
    "check",
    cls=Command,
    words=(
        "核对文本与锁、与目录。\n\n结束状态：0 相同且齐全；1 有差异；2 文本或者参数有错。",
        "compare a text with its lock and with the list of provisions of the spec.\n\n"
        "Exit status: 0 the same and complete; 1 differences; 2 mistakes in the text or the arguments.",
    ),
    examples=("guiju source check 办法.docx\nguiju source check 汇编.txt --part 2 --format json specs/",) * 2,
)
@_text
@_specs
@option(
    "--instrument",
    metavar="NAME",
    zh="是哪个文件的文本；默认按标题找。",
    en="The instrument that it is the text of; by default found by its title.",
)
@_part
@_format
@output_option
@lang_option
@click.pass_context
def check(
    ctx: click.Context,
    text: Path,
    specs: tuple[Path, ...],
    instrument: str | None,
    part: str | None,
    format: str,
    output: Path | None,
) -> None:
    from guiju.cli import texts
    from guiju.texts import comparison
    from guiju.texts.report import checked, noticed
    from guiju.texts.split import split

    reading = texts.read(ctx, text)
    cut = split(reading.source)
    parts = texts.chosen(ctx, cut, part)
    held = texts.specs(ctx, specs)
    pairs: list[tuple[Part, str | None]]
    if instrument is not None:
        name = texts.instrument(ctx, held, instrument)
        pairs = [(parts[0] if part is not None else texts.part_of(ctx, cut, held, name), name)]
    else:
        pairs = texts.matched(cut, parts, held)
    compared = [
        comparison.compare(cut, each, held.encodings[name], held.locks.get(name), held.locks)
        for each, name in pairs
        if name is not None
    ]
    if not compared:
        raise _unknown(ctx, [each.title for each, _ in pairs])
    unmatched = [each.title or "-" for each, name in pairs if name is None]
    if format == "json":
        document = {
            "text": noticed.of_reading(reading),
            "instruments": checked.as_data(compared),
            "unmatched": unmatched,
        }
        corpora.emit(noticed.to_json(document), output)
    else:
        lang = language(ctx)
        remarks = noticed.shown(reading.remarks, reading.source, lang)
        corpora.emit(remarks + checked.text(compared, unmatched, lang), output)
    ctx.exit(exits.CLEAN if all(each.same for each in compared) else exits.FINDINGS)


def _unknown(ctx: click.Context, titles: list[str]) -> BadInput:
    shown = "".join(f"《{title}》" for title in titles if title) or say(ctx, "（无标题）", "(no title)")
    return BadInput(
        ctx,
        f"库中没有与这个文本相合的文件：{shown}。用 --instrument 指明，或者给出它的 specs",
        f"no instrument of the corpus fits this text: {shown}. Name one with --instrument, or give its specs",
    )


@command.command(
    "lock",
    cls=Command,
    words=(
        "把文本的摘要写入规则文件旁边的 .lock。\n\n锁里没有文本，只有每一条款的摘要，可以提交。",
        "write the digests of a text to the .lock beside its spec.\n\n"
        "A lock holds no text, only a digest for each provision, and is meant to be committed.",
    ),
    examples=("guiju source lock 办法.txt --instrument 某办法\nguiju source lock 汇编.txt specs/",) * 2,
)
@_text
@_specs
@option(
    "--instrument",
    metavar="NAME",
    zh="是哪个文件的文本；默认按标题找。",
    en="The instrument that it is the text of; by default found by its title.",
)
@_part
@lang_option
@click.pass_context
def lock(
    ctx: click.Context, text: Path, specs: tuple[Path, ...], instrument: str | None, part: str | None
) -> None:
    from guiju.cli import texts
    from guiju.texts import locks
    from guiju.texts.normal import normalised
    from guiju.texts.report import noticed
    from guiju.texts.split import split

    reading = texts.read(ctx, text)
    cut = split(reading.source)
    parts = texts.chosen(ctx, cut, part)
    held = texts.specs(ctx, specs)
    click.echo(noticed.shown(reading.remarks, reading.source, language(ctx)), err=True, nl=False)
    if instrument is not None:
        name = texts.instrument(ctx, held, instrument)
        one = parts[0] if part is not None else texts.part_of(ctx, cut, held, name)
        title = held.encodings[name].title
        if part is None and title and normalised(one.title) != normalised(title):
            raise BadInput(
                ctx,
                f"文本题为《{one.title}》，{name} 题为《{title}》。确是同一文件时写 --part 1",
                f"the text is titled 《{one.title}》, {name} 《{title}》. If they are one, say --part 1",
            )
        pairs = [(one, name)]
    else:
        titled = {normalised(each.title): name for name, each in held.encodings.items() if each.title}
        pairs = [(each, titled[normalised(each.title)]) for each in parts if normalised(each.title) in titled]
        if not pairs:
            raise _unknown(ctx, [each.title for each in parts if each is not cut.notice])
    for each, name in pairs:
        made = locks.lock(cut, each)
        spec = held.files[name]
        kept = {other: held.locks[other] for other in held.locks if held.files[other] == spec}
        path = texts.lock_file(spec)
        files.write(path, locks.to_json({**kept, name: made}).encode("utf-8"))
        zh = f"{name}：{len(made.provisions)} 条摘要写入 {path}"
        click.echo(say(ctx, zh, f"{name}: {len(made.provisions)} digests written to {path}"))


@command.command(
    "split",
    cls=Command,
    words=(
        "把文本切成条款，列出各条款的编号。\n\n--skeleton 生成规则文件的目录子句。",
        "cut a text into provisions and print their labels.\n\n"
        "--skeleton writes the clause of a spec that lists them.",
    ),
    examples=("guiju source split 办法.txt\nguiju source split 办法.txt --skeleton",) * 2,
)
@_text
@_part
@option(
    "--skeleton", is_flag=True, zh="只输出目录子句。", en="Write only the clause that lists the provisions."
)
@_format
@output_option
@lang_option
@click.pass_context
def split_(
    ctx: click.Context, text: Path, part: str | None, skeleton: bool, format: str, output: Path | None
) -> None:
    from guiju.cli import texts
    from guiju.texts.report import noticed, tree
    from guiju.texts.split import split

    reading = texts.read(ctx, text)
    cut = split(reading.source)
    parts = texts.chosen(ctx, cut, part)
    if skeleton:
        wanted = [p for p in parts if part is not None or p is not cut.notice]
        corpora.emit("\n".join(f"# {p.title}\n{tree.skeleton(cut, p)}" for p in wanted), output)
    elif format == "json":
        document = {"text": noticed.of_reading(reading), "parts": tree.as_data(cut, parts)}
        corpora.emit(noticed.to_json(document), output)
    else:
        remarks = noticed.shown(reading.remarks, reading.source, language(ctx))
        corpora.emit(remarks + tree.tree(parts, language(ctx)), output)


@command.command(
    "lint",
    cls=Command,
    words=(
        "检查文本本身的毛病：编号、标点、附件、引用、名称，不需要编码。\n\n"
        "结束状态：0 没有达到 --fail-on 的；1 有；2 文本或者参数有错。",
        "look for what is wrong with a text itself: numbers, punctuation, annexes, citations, names.\n\n"
        "Exit status: 0 nothing at or above --fail-on; 1 something; 2 mistakes in file or arguments.",
    ),
    examples=("guiju source lint 草案.docx\nguiju source lint 草案.docx --severity warning --format json",)
    * 2,
)
@_text
@_part
@option(
    "--severity",
    type=click.Choice(("error", "warning", "info")),
    default="info",
    zh="只显示这个级别及以上的；不影响结束状态。",
    en="Show only what is of this severity and above; no effect on the exit status.",
)
@option(
    "--fail-on",
    type=click.Choice(("error", "warning", "info", "never")),
    default="warning",
    zh="有这个级别及以上的，结束状态为 1（默认 warning）。",
    en="Exit with 1 on what is of this severity and above (default warning).",
)
@_format
@output_option
@lang_option
@click.pass_context
def lint_(
    ctx: click.Context,
    text: Path,
    part: str | None,
    severity: str,
    fail_on: str,
    format: str,
    output: Path | None,
) -> None:
    from guiju.cli import texts
    from guiju.texts.lint import lint
    from guiju.texts.remarks import Severity, at_least, ordered
    from guiju.texts.report import noticed
    from guiju.texts.split import split

    reading = texts.read(ctx, text)
    cut = split(reading.source)
    found = ordered(remark for each in texts.chosen(ctx, cut, part) for remark in lint(cut, each))
    every = (*reading.remarks, *found)
    shown = [remark for remark in every if at_least(remark, Severity(severity))]
    if format == "json":
        document = {
            "text": noticed.of_reading(reading),
            "remarks": noticed.as_data([r for r in shown if r in found]),
        }
        corpora.emit(noticed.to_json(document), output)
    else:
        lang = language(ctx)
        corpora.emit(noticed.shown(shown, reading.source, lang) + noticed.counted(every, lang), output)
    failing = fail_on != "never" and any(at_least(remark, Severity(fail_on)) for remark in found)
    ctx.exit(exits.FINDINGS if failing else exits.CLEAN)
