"""``guiju log``: whether a decision log is as it was written, and what is in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from guiju.cli import exits
from guiju.cli.bilingual import Command, Formatter, lang_option, language, option, say
from guiju.cli.failures import BadInput

if TYPE_CHECKING:
    from guiju.decisions.log import DecisionLog, Receipt, Recorded

_ZH = """\
决定日志：每个已答复的请求一条，记下所问、所答、时间、密钥编号、条文库的摘要和引擎的版本。\
每条的摘要都包含上一条的摘要，所以改动、删除、插入、调换任何一条都会被发现。

LOG 是 SQLite 文件，或者 SQLAlchemy 的 URL（如 postgresql://…）；也可以由环境变量 GUIJU_LOG 给出，\
密码就不会出现在进程列表里。这里的命令只读，不改动日志。需要 guiju[http]。

日志自身唯一看不出的，是有人从某一条起把末尾截去或者全部重写。为此请定期把 guiju log head 的输出\
存到别处，核对时用 --head 给出。"""

_EN = """\
The decision log: one entry for each answered request, with what was asked, what was answered, when, the id \
of the key, the digest of the corpus and the version of the engine. The digest of each entry covers that of \
the one before, so an entry that is altered, removed, inserted or moved is found.

LOG is a file of SQLite, or a URL of SQLAlchemy (such as postgresql://…). The variable GUIJU_LOG can give it \
too, which keeps a password out of the list of processes. These commands only read. They need guiju[http].

One thing cannot be seen from within: that somebody cut off the end, or wrote everything anew from some \
entry on. So keep the output of guiju log head somewhere else, and give it back with --head."""

_EXAMPLES_ZH = """\
guiju log verify 决定.db                       是否完好
guiju log head 决定.db > /另处/head            留下末条的序号和摘要
guiju log verify 决定.db --head "$(cat head)"  末尾是否也完好
guiju log show 决定.db --request 7f3a          某个请求问了什么，答了什么
guiju log export 决定.db > 决定.jsonl          全部导出，每行一条"""

_EXAMPLES_EN = """\
guiju log verify decisions.db                       is it intact?
guiju log head decisions.db > /elsewhere/head       keep number and digest of the last entry
guiju log verify decisions.db --head "$(cat head)"  is its end intact, too?
guiju log show decisions.db --request 7f3a          what a request asked and was answered
guiju log export decisions.db > decisions.jsonl     all of it, an entry to a line"""


class Actions(Command, click.Group):
    """The actions of ``guiju log``."""

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


class _Damaged(BadInput):
    """The log is damaged: that answers what was asked, and is no mistake of whoever asks."""

    exit_code = exits.FINDINGS


def _log(function: Any) -> Any:
    return click.argument("log", metavar="LOG", envvar="GUIJU_LOG")(function)


_format = option(
    "--format", type=click.Choice(("text", "json")), default="text", zh="输出格式。", en="The format."
)


@click.group(
    "log",
    cls=Actions,
    words=(_ZH, _EN),
    examples=(_EXAMPLES_ZH, _EXAMPLES_EN),
    no_args_is_help=True,
    subcommand_metavar="ACTION LOG",
)
@lang_option
def command() -> None:
    pass


@command.command(
    "verify",
    cls=Command,
    words=(
        "核对日志是否完好，不完好则指出从哪一条起。\n\n"
        "指出的是第一处：digest 内容与摘要不符，link 不接上一条，gap 序号有缺，head 末条不对，"
        "unreadable 数据库读不下去。不给 --head 时，看不出末尾是否被截断。\n\n"
        "结束状态：0 完好；1 不完好；2 参数有错，或者日志打不开。",
        "tell whether a log is intact, and if not, from which entry on.\n\n"
        "It names the first fault: digest, a content that is not that of its digest; link, an entry that "
        "does not continue the one before; gap, a missing number; head, an end that is not the right one; "
        "unreadable, where the database cannot read on. Without --head nobody can see that the end was cut "
        "off.\n\nExit status: 0 intact; 1 not; 2 mistakes in the arguments, or the log cannot be opened.",
    ),
    examples=('guiju log verify 决定.db\nguiju log verify 决定.db --head "$(cat head)" --format json',) * 2,
)
@_log
@option(
    "--head",
    metavar="SEQ:DIGEST",
    zh="以前 guiju log head 的输出：日志必须仍然含有这一条。",
    en="What guiju log head printed earlier: the log must still have that entry.",
)
@_format
@lang_option
@click.pass_context
def verify(ctx: click.Context, log: str, head: str | None, format: str) -> None:
    expected = None if head is None else _head(ctx, head)
    with _opened(ctx, log) as opened:
        result = opened.verify(expected)
    from guiju.decisions.log import wording

    _emit(wording.result_json(result) if format == "json" else wording.result(result, language(ctx)))
    ctx.exit(exits.CLEAN if result.intact else exits.FINDINGS)


@command.command(
    "head",
    cls=Command,
    words=(
        "输出末条的序号和摘要，供存到别处。\n\n空日志是 0 和 64 个零。",
        "print number and digest of the last entry, to be kept elsewhere.\n\n"
        "For an empty log that is 0 and 64 zeros.",
    ),
    examples=("guiju log head 决定.db",) * 2,
)
@_log
@lang_option
@click.pass_context
def head_(ctx: click.Context, log: str) -> None:
    with _opened(ctx, log) as opened:
        _emit(str(opened.head()))


@command.command(
    "show",
    cls=Command,
    words=(
        "列出日志的内容，可以按请求和日期选取。\n\n"
        "内容与其摘要不符的会标明；各条之间的衔接由 verify 核对。\n\n"
        "结束状态：0 已列出；1 已列出，但有的内容与摘要不符；2 参数有错，或者日志打不开。",
        "show what is in a log, all of it or by request and date.\n\n"
        "Entries whose content is not that of their digest are marked; how they are linked is for verify.\n\n"
        "Exit status: 0 shown; 1 shown, but some are marked; 2 mistakes in the arguments, or the log cannot "
        "be opened.",
    ),
    examples=(
        "guiju log show 决定.db --since 2026-11-01\nguiju log show 决定.db --request 7f3a --format json",
    )
    * 2,
)
@_log
@option("--request", metavar="ID", zh="只看这个请求的。", en="Only those of this request.")
@option(
    "--since",
    type=click.DateTime(("%Y-%m-%d",)),
    metavar="YYYY-MM-DD",
    zh="只看这一天（UTC）起的。",
    en="Only those from this day (UTC) on.",
)
@option(
    "--until",
    type=click.DateTime(("%Y-%m-%d",)),
    metavar="YYYY-MM-DD",
    zh="只看到这一天（UTC，含当天）为止的。",
    en="Only those up to and including this day (UTC).",
)
@_format
@lang_option
@click.pass_context
def show(
    ctx: click.Context,
    log: str,
    request: str | None,
    since: dt.datetime | None,
    until: dt.datetime | None,
    format: str,
) -> None:
    from guiju.decisions.log import wording
    from guiju.decisions.log.verification import is_whole

    first = since and since.replace(tzinfo=dt.UTC)
    last = until and until.replace(tzinfo=dt.UTC) + dt.timedelta(days=1, microseconds=-1)
    altered = count = 0
    with _opened(ctx, log) as opened:
        for each in opened.entries(first, last, request):
            whole = is_whole(each)
            if format == "json":
                _emit(
                    (",\n" if count else '{"version":1,"entries":[\n') + wording.as_json(each, whole), end=""
                )
            else:
                _emit(wording.as_text(each, whole, language(ctx)))
            count, altered = count + 1, altered + (not whole)
    if format == "json":
        _emit("\n]}" if count else '{"version":1,"entries":[]}')
    else:
        zh = f"共 {count} 条，其中 {altered} 条的内容与摘要不符。" if altered else f"共 {count} 条。"
        en = f"{count} entries, {altered} of them altered." if altered else f"{count} entries."
        _emit(say(ctx, zh, en))
    ctx.exit(exits.FINDINGS if altered else exits.CLEAN)


@command.command(
    "export",
    cls=Command,
    words=(
        "导出全部内容，每行一个 JSON 对象，任何程序都能核对。\n\n"
        "一行去掉 digest 一项，余下字节的 SHA-256 就是 digest。导出时逐条核对，遇到第一处不完好即停止。\n\n"
        "结束状态：0 完好，已导出；1 不完好，只导出了之前的；2 参数有错，或者日志打不开。",
        "write all of a log, one JSON object to a line, so that any program can verify it.\n\n"
        "The SHA-256 of a line without its member digest is that digest. The chain is verified on the way: "
        "the export ends before the first entry that is not intact.\n\n"
        "Exit status: 0 intact and exported; 1 not intact, only what is before was exported; 2 mistakes in "
        "the arguments, or the log cannot be opened.",
    ),
    examples=("guiju log export 决定.db > 决定.jsonl",) * 2,
)
@_log
@lang_option
@click.pass_context
def export(ctx: click.Context, log: str) -> None:
    from guiju.decisions.log import wording
    from guiju.decisions.log.chain import line

    def write(entry: Recorded) -> None:
        _emit(line(entry))

    with _opened(ctx, log) as opened:
        result = opened.verify(visit=write)
    if not result.intact:
        click.echo(wording.result(result, language(ctx)), err=True)
        ctx.exit(exits.FINDINGS)


@contextmanager
def _opened(ctx: click.Context, log: str) -> Iterator[DecisionLog]:
    from guiju.decisions.log import LogDamaged, LogError, open_log

    try:
        with open_log(log, read_only=True) as opened:
            yield opened
    except LogDamaged as error:
        raise _Damaged(ctx, error.reason.zh, error.reason.en) from error
    except LogError as error:
        raise BadInput(ctx, error.reason.zh, error.reason.en) from error


def _head(ctx: click.Context, text: str) -> Receipt:
    from guiju.decisions.log import Receipt

    head = Receipt.parse(text)
    if head is None:
        raise BadInput(
            ctx,
            f"--head {text}：应写作 序号:摘要，摘要是 64 位十六进制数，如 guiju log head 所输出",
            f"--head {text}: write SEQ:DIGEST with 64 hexadecimal digits, as guiju log head prints it",
        )
    return head


def _emit(text: str, end: str = "\n") -> None:
    """Write as UTF-8 in any locale."""
    click.echo((text + end).encode("utf-8"), nl=False)
