"""``guiju conform``: whether another implementation answers the tests of a suite as the rules do."""

from __future__ import annotations

import json
import os
import shlex
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from guiju.cli import corpus as corpora
from guiju.cli import exits, progress
from guiju.cli.bilingual import Command, lang_option, language, option, say
from guiju.cli.failures import BadInput

if TYPE_CHECKING:
    from guiju.testing.running import Implementation, Level, Results
    from guiju.testing.suite import Suite

_ZH = """\
用测试集检验另一个实现：逐个提问，比较答复，按规则归并不符之处，每组给出最小的情形。

SUITE 是 guiju generate 写出的 JSON Lines 文件；- 为标准输入。实现可以是服务（--url，POST 一个请求，需要 \
guiju[conform]），也可以是程序（--command，标准输入每行一个请求，标准输出每行一个答复，次序相同）。\
答复至少要有 verdict；还说了什么，就比较什么，除非 --level 要求得更多。格式见 docs/howto/conform.md。

429 和 503 会稍后重试，按 Retry-After 等待。密钥由环境变量 GUIJU_TOKEN 或 --header 给出，不会输出。

结束状态：0 全部相符；1 有不符；2 参数或测试集有错，或者无法提问；3 没有不符，但有的测试没有得到答复。"""

_EN = """\
Put a test suite to another implementation: ask every test, compare the answers, and show what differs by \
rule, each with its smallest case.

SUITE is a file of JSON Lines as guiju generate writes it; - is the standard input. The implementation is a \
service (--url: a request is a POST; needs guiju[conform]) or a program (--command: a request to a line on \
its standard input, an answer to a line on its output, in the same order). An answer has a verdict at least; \
what else it says is compared too, unless --level demands more. The forms are in docs/howto/conform.md.

A service that answers 429 or 503 is asked again later, as Retry-After says. A key is given in GUIJU_TOKEN \
or by --header, and never shown.

Exit status: 0 all agree; 1 some do not; 2 mistakes in the arguments or the suite, or nobody to ask; 3 none \
disagrees, and some got no answer."""

_EXAMPLES_ZH = """\
guiju conform 套.jsonl --url http://localhost:8000
guiju conform 套.jsonl --url https://内网/判定 --jobs 2 --rate 10 --junit 结果.xml
guiju conform 套.jsonl --command "python 判定.py" --level verdict"""

_EXAMPLES_EN = """\
guiju conform suite.jsonl --url http://localhost:8000
guiju conform suite.jsonl --url https://intranet/decide --jobs 2 --rate 10 --junit results.xml
guiju conform suite.jsonl --command "python decide.py" --level verdict"""

#: A run of fewer tests shows no progress.
_MANY: Final = 50


@click.command("conform", cls=Command, words=(_ZH, _EN), examples=(_EXAMPLES_ZH, _EXAMPLES_EN))
@click.argument("suite", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@option(
    "--url", zh="服务的地址；没有路径则为 /v1/decide。", en="The service; without a path, /v1/decide there."
)
@option("--command", "program", metavar="CMD", zh="程序及其参数；不经 shell。", en="A program; no shell.")
@option("--per-case", is_flag=True, zh="每个测试都重新启动程序。", en="Start the program for each test.")
@option(
    "--level",
    type=click.Choice(("verdict", "values", "grounds")),
    zh="要求的程度：结论；值、期限与义务；依据。默认：答复说了什么就比较什么。",
    en="What must be right: the verdict; values and days too; grounds too. By default whatever is said.",
)
@option(
    "--question", "questions", multiple=True, metavar="NAME", zh="只问这个问题。", en="Only this question."
)
@option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=4,
    show_default=True,
    zh="同时进行的请求，或 --per-case 的程序。",
    en="Requests, or programs with --per-case, at a time.",
)
@option(
    "--rate",
    type=click.FloatRange(0.01, 100_000),
    metavar="N",
    zh="每秒至多 N 个请求；默认不限。",
    en="At most N requests a second; by default as they come.",
)
@option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    zh="等待一个答复的时限。",
    en="How long to wait for an answer.",
)
@option(
    "--retries",
    type=click.IntRange(0, 20),
    default=4,
    show_default=True,
    zh="繁忙（429、503）或连接中断时重试的次数。",
    en="How often to ask again where a service is busy (429, 503) or the connection breaks.",
)
@option(
    "--header",
    "headers",
    multiple=True,
    metavar="'NAME: VALUE'",
    zh="随每个请求发送；不会输出。",
    en="Sent with each request; never shown.",
)
@option(
    "--junit",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    zh="另写一份 JUnit XML。",
    en="Write JUnit XML as well.",
)
@option("--format", type=click.Choice(("text", "json")), default="text", zh="输出格式。", en="The format.")
@option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    zh="写入文件而不是标准输出。",
    en="Write to a file, not to the standard output.",
)
@option(
    "--limit-shown",
    type=click.IntRange(0),
    default=20,
    show_default=True,
    zh="文本中至多列出的组数。",
    en="The most groups that the text shows.",
)
@lang_option
@click.pass_context
def command(
    ctx: click.Context,
    suite: Path,
    url: str | None,
    program: str | None,
    per_case: bool,
    level: str | None,
    questions: tuple[str, ...],
    jobs: int,
    rate: float | None,
    timeout: float,
    retries: int,
    headers: tuple[str, ...],
    junit: Path | None,
    format: str,
    output: Path | None,
    limit_shown: int,
) -> None:
    from guiju.testing.running import Level

    if (url is None) == (program is None):
        raise BadInput(ctx, "请给出 --url 或 --command，二者之一", "give --url or --command, and not both")
    implementation: Implementation
    if url is not None:
        implementation = _service(ctx, url, headers, jobs, rate, timeout, retries)
    else:
        implementation = _program(ctx, program or "", per_case, jobs, timeout)
    asked = _only(ctx, _read(ctx, suite), questions)
    results = _run(ctx, asked, implementation, None if level is None else Level(level))
    _tell(ctx, results, junit, format, output, limit_shown)
    ctx.exit(_status(results))


def _read(ctx: click.Context, path: Path) -> Suite:
    from guiju.decisions.problems import InvalidInput
    from guiju.testing.formats import jsonl

    name = "<stdin>" if str(path) == "-" else str(path)
    data = sys.stdin.buffer.read() if name == "<stdin>" else path.read_bytes()
    try:
        return jsonl.read(data, name)
    except InvalidInput as error:
        lang = language(ctx)
        for problem in error.problems:
            click.echo(f"{problem.path} {problem.message.in_language(lang)}".strip(), err=True)
        count = len(error.problems)
        raise BadInput(
            ctx, f"{name} 不是测试集：{count} 处错误", f"{name} is no suite: {count} mistake(s)"
        ) from error


def _only(ctx: click.Context, suite: Suite, questions: tuple[str, ...]) -> Suite:
    """The tests of ``questions``, of all where none is named."""
    from attrs import evolve

    from guiju.dsl.diagnostics import did_you_mean

    known = list(dict.fromkeys(test.question for test in suite.tests))
    for name in questions:
        if name not in known:
            hint = did_you_mean(name, known)
            raise BadInput(
                ctx,
                f"测试集里没有问题“{name}”。{hint.zh if hint else ''}",
                f"the suite has no question {name}{f'; {hint.en}' if hint else ''}",
            )
    if questions:
        suite = evolve(suite, tests=tuple(test for test in suite.tests if test.question in questions))
    if not suite.tests:
        raise BadInput(ctx, "测试集里没有测试", "the suite has no tests")
    return suite


def _service(
    ctx: click.Context,
    url: str,
    headers: tuple[str, ...],
    jobs: int,
    rate: float | None,
    timeout: float,
    retries: int,
) -> Implementation:
    from importlib.util import find_spec
    from urllib.parse import urlsplit

    if find_spec("httpx") is None:
        raise BadInput(
            ctx,
            "--url 需要 httpx：pip install 'guiju[conform]'",
            "--url needs httpx: pip install 'guiju[conform]'",
        )
    from guiju.testing.conform.service import Service

    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise BadInput(
            ctx,
            "--url：应以 http:// 或 https:// 开头，如 http://localhost:8000",
            "--url: write http:// or https:// and the host, as in http://localhost:8000",
        )
    return Service(url, _headers(ctx, headers), jobs, rate, timeout, retries)


def _headers(ctx: click.Context, given: tuple[str, ...]) -> dict[str, str]:
    """The headers, by their names in small letters; with the key of the environment, where there is one."""
    token = os.environ.get("GUIJU_TOKEN", "").strip()
    found = {"authorization": f"Bearer {token}"} if token else {}
    for text in given:
        name, colon, value = (part.strip() for part in text.partition(":"))
        if not (name.isascii() and name.replace("-", "").replace("_", "").isalnum() and colon):
            raise BadInput(
                ctx, "--header：应写作 '名称: 值'", "--header: write 'Name: value'"
            )  # without what was given: it may be a secret
        found[name.lower()] = value
    if not all(value.isascii() and value.isprintable() for value in found.values()):
        raise BadInput(
            ctx,
            "--header 或 GUIJU_TOKEN：值只能用 ASCII 字符",
            "--header or GUIJU_TOKEN: a value is ASCII text",
        )
    return found


def _program(ctx: click.Context, given: str, per_case: bool, jobs: int, timeout: float) -> Implementation:
    from guiju.testing.conform.command import Command as Program

    try:
        arguments = shlex.split(given)
    except ValueError as error:
        raise BadInput(ctx, f"--command：{error}", f"--command: {error}") from error
    if not arguments:
        raise BadInput(ctx, "--command 是空的", "--command is empty")
    return Program(arguments, per_case, jobs, timeout)


def _run(ctx: click.Context, suite: Suite, implementation: Implementation, level: Level | None) -> Results:
    from guiju.testing.conform.unusable import Unusable
    from guiju.testing.running import run

    stage = say(ctx, "提问", "asking")
    with progress.shown(len(suite.tests) >= _MANY) as advance:
        told = None if advance is None else partial(advance, stage)
        try:
            return run(suite, implementation, level, told)
        except Unusable as error:
            raise BadInput(ctx, error.message.zh, error.message.en) from error


def _tell(
    ctx: click.Context, results: Results, junit: Path | None, format: str, output: Path | None, shown: int
) -> None:
    from guiju.testing.conform.report import to_json, to_text
    from guiju.testing.conform.words import Words

    words = Words(language(ctx))
    if junit is not None:
        from guiju.testing.conform.junit import to_junit

        corpora.emit(to_junit(results, words), junit)
    if format == "json":
        text = json.dumps(to_json(results), ensure_ascii=False, indent=2) + "\n"
    else:
        text = "".join(f"{line}\n" for line in to_text(results, words, shown))
    corpora.emit(text, output)
    if results.interrupted:
        note = say(ctx, "已中断：以上是此前的结果。", "interrupted: this is what was found so far.")
        click.echo(note, err=True)


def _status(results: Results) -> int:
    if results.interrupted:
        return exits.INTERRUPTED
    if results.disagreeing:
        return exits.FINDINGS
    return exits.UNDECIDED if results.failed or results.missing else exits.CLEAN
