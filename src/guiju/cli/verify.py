"""``guiju verify``: make a certificate again, and say what differs."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli import certifying, exits
from guiju.cli import corpus as corpora
from guiju.cli.bilingual import Command, lang_option, language, option, say
from guiju.cli.failures import BadInput
from guiju.cli.limits import limit_options
from guiju.cli.options import progress_option

if TYPE_CHECKING:
    from guiju.checker.certify.certificate import Certificate
    from guiju.checker.check import Options
    from guiju.compiler.kernel import Corpus

_ZH = """\
重新检查，由第二个求解器重新证明，逐项与证书比较，说明有什么不同。

证书由 guiju check --certify 写成；选项（类别、日期、读法、预算）取自证书。版本不同只作说明；\
条文、结论、所问或者结果不同，才算不同。

结束状态：0 相同；1 有不同；2 不是证书，或者条文有错、不能照证书检查；3 没有不同，但有任何一个求解器未决的，\
或者两个求解器不一致。"""

_EN = """\
Check again, have the second solver prove it again, and say where that is not what the certificate says.

guiju check --certify writes a certificate; families, date, readings and budget are taken from it. \
Another version is only mentioned; other rules, findings, claims or results are differences.

Exit status: 0 the same; 1 something differs; 2 no certificate, or rules that cannot be checked as it says; \
3 the same, but either solver leaves something open; or the solvers disagree."""

_EXAMPLES_ZH = """\
guiju check specs/ --certify 证书.json     写成证书
guiju verify 证书.json specs/              核对"""

_EXAMPLES_EN = """\
guiju check specs/ --certify certificate.json     write a certificate
guiju verify certificate.json specs/              verify it"""


@click.command("verify", cls=Command, words=(_ZH, _EN), examples=(_EXAMPLES_ZH, _EXAMPLES_EN))
@click.argument("certificate", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    metavar="N",
    zh="第二个求解器的进程数；默认为处理器数。",
    en="Processes of the second solver; by default one for each processor.",
)
@progress_option
@limit_options
@lang_option
@click.pass_context
def command(
    ctx: click.Context,
    certificate: Path,
    paths: tuple[Path, ...],
    jobs: int | None,
    progress: bool | None,
) -> None:
    from attrs import evolve

    from guiju.checker.certify.comparing import differences
    from guiju.cli.progress import shown

    kept = _read(ctx, certificate)
    limits = certifying.limits(ctx, jobs, None)
    loaded = corpora.read(ctx, paths)
    corpus = corpora.required(ctx, loaded)
    options = _options(ctx, kept, corpus)
    with shown(sys.stderr.isatty() if progress is None else progress) as advance:
        report, now = certifying.checked(ctx, corpus, options, limits, certificate, None, advance)
    if report.diagnostics:  # assumptions that contradict each other: nothing was checked, nothing is the same
        corpora.show(ctx, report.diagnostics, loaded.sources)
        corpora.required(ctx, evolve(loaded, corpus=None, diagnostics=report.diagnostics))
    found = list(differences(kept, now))
    for each in found:
        mark = say(ctx, "不同：", "differs: ") if each.matters else say(ctx, "说明：", "note: ")
        click.echo(mark + (each.text.zh if language(ctx) == "zh" else each.text.en))
    certifying.told(ctx, now)
    otherwise = exits.FINDINGS if any(each.matters for each in found) else exits.CLEAN
    if otherwise == exits.CLEAN:
        click.echo(say(ctx, "与证书相同。", "It is what the certificate says."))
    ctx.exit(certifying.status(now, otherwise))


def _read(ctx: click.Context, path: Path) -> Certificate:
    from guiju.checker.certify.certificate import Unreadable, from_json

    try:
        return from_json(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise BadInput(ctx, f"{path}：不是 UTF-8 文本", f"{path}: it is not UTF-8 text") from error
    except Unreadable as error:
        raise BadInput(ctx, f"{path}：{error.reason.zh}", f"{path}: {error.reason.en}") from error


def _options(ctx: click.Context, kept: Certificate, corpus: Corpus) -> Options:
    """The options of the certificate, as far as the rules still know what it names."""
    from guiju.checker.check import Options
    from guiju.checker.finding import FAMILIES
    from guiju.cli import asked

    given = kept.options
    day = None if given.as_of is None else dt.datetime.combine(given.as_of, dt.time())
    for name, choice in given.readings.items():
        reading = corpus.readings.get(name)
        if reading is None or choice not in reading.choices:
            raise BadInput(
                ctx,
                f"证书固定了读法 {name}={choice}，条文中没有",
                f"the certificate fixes the reading {name}={choice}, which the rules do not have",
            )
    unknown = set(given.families or ()) - set(FAMILIES.values())
    if unknown:
        names = "、".join(sorted(unknown))
        raise BadInput(ctx, f"证书中的类别未知：{names}", f"unknown families in the certificate: {names}")
    families = None if given.families is None else frozenset(given.families)
    as_of = asked.date(ctx, corpus, day, say(ctx, "证书固定的日期", "the date that the certificate fixes,"))
    return Options(families, as_of, dict(given.readings), given.budget)
