"""How a run ends whose canaries came out wrong: with what failed, status 3, and without any finding."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli import exits
from guiju.cli.bilingual import language

if TYPE_CHECKING:
    from guiju.checker.finding import Untrustworthy

#: Of more canaries than this only the number is told: where one fails, most do.
_MOST = 5


class Refused(click.ClickException):
    """Nothing is reported, since nothing of it may be believed; said in the language of the run."""

    exit_code = exits.UNDECIDED

    def __init__(self, ctx: click.Context, error: Untrustworthy) -> None:
        super().__init__(_said(error, language(ctx)))

    def show(self, file: object = None) -> None:
        click.echo(self.message, err=True)


@contextmanager
def believed(ctx: click.Context) -> Iterator[None]:
    """End with ``Refused`` where answers turn out not to be worth believing, whatever the command."""
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:
        from guiju.checker.finding import Untrustworthy

        if isinstance(error, Untrustworthy):
            raise Refused(ctx, error) from error
        raise


@contextmanager
def reported(ctx: click.Context, format: str | None, output: Path | None) -> Iterator[None]:
    """Write in the format that was asked for that there is no report."""
    from guiju.checker.finding import Untrustworthy
    from guiju.cli import corpus as corpora

    try:
        yield
    except Untrustworthy as error:
        if format == "json":
            from guiju.checker.report.json_report import failed_canaries_to_json

            corpora.emit(failed_canaries_to_json(error), output)
        elif format == "sarif":
            from guiju.checker.report.layout import View
            from guiju.checker.report.sarif import failed_canaries_to_sarif

            corpora.emit(failed_canaries_to_sarif(error, View(language(ctx))), output)
        raise


def _said(error: Untrustworthy, lang: str) -> str:
    chinese = lang == "zh"
    failures = error.failures[:_MOST]
    first = (
        "错误：自检未通过。答案已知的问题答错了，因此其他答案一概不可信，没有输出任何结论。"
        if chinese
        else "error: the check failed its own test. A question with a known answer was answered wrongly:"
        " no other answer can be believed, and nothing is reported."
    )
    each = [
        f"  {f.canary.zh}：{f.reason.zh}" if chinese else f"  canary '{f.canary.en}': {f.reason.en}"
        for f in failures
    ]
    if len(error.failures) > len(failures):
        more = len(error.failures) - len(failures)
        each.append(f"  另有 {more} 问" if chinese else f"  and {more} more")
    engine = ", ".join(f"{name} {value}" for name, value in error.engine.items())
    last = (
        f"  这是 guiju 或者求解器的缺陷，不是条文的问题，请报告（{engine}）。"
        if chinese
        else f"  This is a defect of guiju or of its solver, not a mistake of yours: report it ({engine})."
    )
    return "\n".join((first, *each, last))
