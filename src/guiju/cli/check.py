"""``guiju check``: check a corpus and report what was found."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli import corpus as corpora
from guiju.cli import exits
from guiju.cli.bilingual import Command, lang_option, language, option, say
from guiju.cli.failures import BadInput
from guiju.cli.limits import limit_options
from guiju.cli.options import output_option, progress_option

if TYPE_CHECKING:
    from guiju.checker.finding import Report
    from guiju.checker.report.baseline import Comparison
    from guiju.checker.report.layout import View

FAMILIES = (
    "conflict",
    "quality",
    "gap",
    "time",
    "hierarchy",
    "reference",
    "ambiguity",
    "example",
    "divergence",
    "chain",
)
LEVELS = ("error", "warning", "info")

_ZH = """\
检查 .gj 文件，列出结论：每条都写明涉及的条款，并附具体情形或者证明的依据。

路径可以是文件或者目录；不给路径时检查当前目录下的 specs/，没有则检查随附的条文。

结束状态：0 没有达到 --fail-on 的结论；1 有；2 参数或者条文有错，没有检查；
3 没有这样的结论，但有未决的问题，或者自检未通过、结论不可信。"""

_EN = """\
Check .gj files and report findings: each with its provisions, and a case that shows it or what proves it.

A path is a file or a directory; by default specs/ here, else the corpus that comes with guiju.

Exit status: 0 no finding at or above --fail-on; 1 some; 2 mistakes in arguments or sources, nothing was
checked; 3 no such finding, but undecided questions, or the check failed its own test and says nothing."""

_EXAMPLES_ZH = """\
guiju check                                  检查 specs/
guiju check 草案.gj --family conflict        只查冲突
guiju check --between 甲办法 乙办法          只看两个文件之间
guiju check --article 第八条 --severity info 只看引用第八条的结论
guiju check --as-of 2026-07-01               固定日期
guiju check --format json -o report.json     写成 JSON
guiju check --baseline report.json           只报告新出现的结论
guiju check --certify 证书.json              由第二个求解器另行证明"""

_EXAMPLES_EN = """\
guiju check                                  check specs/
guiju check draft.gj --family conflict       conflicts only
guiju check --between first second           only between two instruments
guiju check --article 第八条 --severity info only findings that cite article 8
guiju check --as-of 2026-07-01               on one date
guiju check --format json -o report.json     write JSON
guiju check --baseline report.json           report only what is new
guiju check --certify certificate.json       have a second solver prove it again"""


@click.command("check", cls=Command, words=(_ZH, _EN), examples=(_EXAMPLES_ZH, _EXAMPLES_EN))
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@option(
    "--format",
    type=click.Choice(("text", "json", "sarif")),
    zh="输出格式；默认终端里为彩色文本，管道里为纯文本。",
    en="The format; by default text, with colours in a terminal.",
)
@output_option
@option(
    "--family",
    "families",
    type=click.Choice(FAMILIES),
    multiple=True,
    zh="只做这一类检查；可以重复。",
    en="Look only for this family; repeatable.",
)
@option(
    "--severity",
    type=click.Choice(LEVELS),
    default="info",
    zh="只显示这个级别及以上的结论；不影响结束状态。",
    en="Show only findings of this severity and above; no effect on the exit status.",
)
@option(
    "--instrument",
    "instruments",
    multiple=True,
    metavar="NAME",
    zh="只看涉及这个文件的结论；可以给出几次。",
    en="Only findings about this instrument; may be given several times.",
)
@option(
    "--article",
    metavar="TEXT",
    zh="只看引用这一条的结论，例如 第八条。",
    en="Only findings that cite this, such as 第八条.",
)
@option(
    "--between",
    nargs=2,
    metavar="A B",
    zh="只看这两个文件（或者两条规定）之间的结论。",
    en="Only findings between these two instruments (or rules).",
)
@option(
    "--fail-on",
    type=click.Choice((*LEVELS, "never")),
    default="error",
    zh="有这个级别及以上的结论时，结束状态为 1（默认 error）。",
    en="Exit with 1 on findings of this severity and above (default error).",
)
@option(
    "--as-of",
    type=click.DateTime(("%Y-%m-%d",)),
    metavar="YYYY-MM-DD",
    zh="固定所问的日期；否则考虑所有日期。",
    en="The date asked about; otherwise every date.",
)
@option(
    "--reading",
    "readings",
    multiple=True,
    metavar="NAME=CHOICE",
    zh="固定一处含糊的读法；可以重复。",
    en="Fix the choice for a reading; repeatable.",
)
@option(
    "--budget",
    type=click.IntRange(min=1),
    metavar="N",
    zh="每个问题的求解预算（求解器的资源单位）。",
    en="The budget of each question, in the solver's resource units.",
)
@option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    zh="以前的 JSON 报告或者指纹列表：只报告新的结论。",
    en="An earlier JSON report or a list of fingerprints: report only what is new.",
)
@option(
    "--certify",
    "certificate",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    zh="每一项“没有这样的情形”都由第二个求解器另行证明，证书写入文件（以 guiju verify 核对）。",
    en="Have a second solver prove every “no such case” again, and write a certificate (guiju verify).",
)
@option(
    "--proofs",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    zh="把第二个求解器的证明写入这个目录；须有 --certify。",
    en="Write the proofs of the second solver into this folder; needs --certify.",
)
@option(
    "--proof-format",
    type=click.Choice(("cpc", "alethe")),
    default="cpc",
    zh="证明的格式（默认 cpc）。",
    en="The format of the proofs (default cpc).",
)
@progress_option
@option(
    "--no-filter", is_flag=True, hidden=True, zh="不预先筛选规则对。", en="Do not filter pairs beforehand."
)
@limit_options
@lang_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    format: str | None,
    output: Path | None,
    families: tuple[str, ...],
    severity: str,
    instruments: tuple[str, ...],
    article: str | None,
    between: tuple[str, str] | None,
    fail_on: str,
    as_of: dt.datetime | None,
    readings: tuple[str, ...],
    budget: int | None,
    baseline: Path | None,
    certificate: Path | None,
    proofs: Path | None,
    proof_format: str,
    progress: bool | None,
    no_filter: bool,
) -> None:
    import attrs

    from guiju.checker import check as checking
    from guiju.checker.finding import Severity
    from guiju.checker.report.layout import View
    from guiju.checker.report.selection import at_least, select
    from guiju.cli import asked, certifying, targets, untrustworthy
    from guiju.cli.progress import shown

    known = asked.baseline(ctx, baseline)
    if proofs is not None and certificate is None:
        raise BadInput(ctx, "--proofs 须与 --certify 一起使用", "--proofs needs --certify")
    if output is not None or certificate is not None:
        read = paths or (corpora.default(ctx),)
        targets.apart(ctx, {"--output": output, "--certify": certificate, "--proofs": proofs}, read)
        targets.apart(ctx, {"--certify": certificate}, () if baseline is None else (baseline,))
    second = certifying.limits(ctx, None, proof_format if proofs else None) if certificate else None
    loaded = corpora.read(ctx, paths)
    corpus = corpora.required(ctx, loaded, format, output)
    options = checking.Options(
        families=frozenset(families) or None,
        as_of=asked.date(ctx, corpus, as_of),
        readings=asked.readings(ctx, corpus, readings),
        budget=budget or checking.DEFAULT_BUDGET,
        candidate_filter=not no_filter,
    )
    selection = asked.selection(ctx, corpus, instruments, article, between)
    visibly = sys.stderr.isatty() if progress is None else progress
    with untrustworthy.reported(ctx, format, output), shown(visibly) as advance:
        if certificate is None or second is None:
            report, proved = checking.check(corpus, options, advance), None
        else:
            report, proved = certifying.checked(ctx, corpus, options, second, certificate, proofs, advance)
    if report.diagnostics:  # assumptions that contradict each other: every proof would be empty
        corpora.show(ctx, report.diagnostics, loaded.sources)
        corpora.required(
            ctx, attrs.evolve(loaded, corpus=None, diagnostics=report.diagnostics), format, output
        )

    comparison = asked.compared(report, known, options.families)
    selected = select(comparison.report if comparison else report, selection)
    visible = at_least(selected, Severity[severity.upper()])
    view = View(language(ctx), loaded.sources, corpus)
    hidden = len(selected.findings) - len(visible.findings)
    _write(visible, view, format, output, comparison, _notes(ctx, comparison, hidden))
    if proved is not None and certificate is not None:
        certifying.written(ctx, proved, certificate)
        ctx.exit(certifying.status(proved, status(selected, fail_on)))
    ctx.exit(status(selected, fail_on))


def status(report: Report, fail_on: str) -> int:
    """The exit status for ``report``: findings first, then what is undecided."""
    from guiju.checker.finding import Severity

    level = None if fail_on == "never" else Severity[fail_on.upper()]
    if level is not None and any(finding.severity >= level for finding in report.findings):
        return exits.FINDINGS
    return exits.UNDECIDED if report.undecided else exits.CLEAN


def _write(
    report: Report,
    view: View,
    format: str | None,
    output: Path | None,
    comparison: Comparison | None,
    notes: list[str],
) -> None:
    if format == "json":
        from guiju.checker.report.json_report import to_json

        corpora.emit(to_json(report, view.corpus, comparison), output)
    elif format == "sarif":
        from guiju.checker.report.sarif import to_sarif

        corpora.emit(to_sarif(report, view), output)
    elif format is None and output is None and sys.stdout.isatty():
        from guiju.checker.report.layout import report_lines
        from guiju.cli import terminal

        terminal.show(report_lines(report, view, notes))
    elif output is None:
        from guiju.checker.report.text import to_text

        click.echo(to_text(report, view, notes), nl=False)
    else:
        from guiju.checker.report.text import to_text

        corpora.emit(to_text(report, view, notes), output)


def _notes(ctx: click.Context, comparison: Comparison | None, hidden: int) -> list[str]:
    notes = []
    if comparison is not None:
        known, gone = comparison.known, len(comparison.gone)
        notes.append(
            say(
                ctx,
                f"基线中已有的结论 {known} 条，未列出；基线中的结论有 {gone} 条不再出现。",
                f"{known} known from the baseline, not shown; {gone} of the baseline are gone.",
            )
        )
    if hidden:
        notes.append(
            say(ctx, f"另有 {hidden} 条级别较低的结论未显示。", f"{hidden} of lower severity are not shown.")
        )
    return notes
