"""``guiju coverage``: which articles are encoded, which are left out and why, which are not covered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli import corpus as corpora
from guiju.cli import exits
from guiju.cli.bilingual import Command, lang_option, option, say
from guiju.cli.options import output_option

if TYPE_CHECKING:
    from guiju.checker.coverage import InstrumentCoverage


@click.command(
    "coverage",
    cls=Command,
    words=(
        "列出每个文件已编码的条款、注明理由而未编码的条款和遗漏的条款。有遗漏时结束状态为 1。",
        "List for each instrument the articles that are encoded, those that are left out with the reason, "
        "and those that are not covered. The exit status is 1 when some are not.",
    ),
    examples=("guiju coverage\nguiju coverage --format json specs/",) * 2,
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@option("--format", type=click.Choice(("text", "json")), default="text", zh="输出格式。", en="The format.")
@output_option
@lang_option
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...], format: str, output: Path | None) -> None:
    loaded = corpora.read(ctx, paths)
    corpora.required(ctx, loaded, format, output)
    from guiju.checker import coverage

    rows = coverage.coverage(loaded)
    corpora.emit(_json(rows) if format == "json" else _text(ctx, rows), output)
    ctx.exit(exits.FINDINGS if any(row.uncovered for row in rows) else exits.CLEAN)


def _text(ctx: click.Context, rows: Sequence[InstrumentCoverage]) -> str:
    lines: list[str] = []
    for row in rows:
        lines.append(f"《{row.title}》（{row.instrument}）" if row.title else row.instrument)
        done, omitted, left = len(row.encoded), len(row.omitted), len(row.uncovered)
        zh = f"  条款 {row.total}：已编码 {done}，注明理由 {omitted}，遗漏 {left}"
        en = f"  {row.total} articles: {done} encoded, {omitted} left out, {left} not covered"
        lines.append(say(ctx, zh, en))
        for citation, reason, note in row.omitted:
            lines.append(f"    - {citation}{say(ctx, '：', ': ')}{reason}{f' ({note})' if note else ''}")
        lines.append(_share(ctx, row))
        lines += [f"    ! {citation}{say(ctx, '：遗漏', ': not covered')}" for citation in row.uncovered]
    total, left = sum(row.total for row in rows), sum(len(row.uncovered) for row in rows)
    zh = f"共 {len(rows)} 个文件，{total} 条，遗漏 {left} 条。"
    en = f"{len(rows)} instrument(s), {total} articles, {left} not covered."
    return "\n".join([*lines, say(ctx, zh, en)]) + "\n"


def _share(ctx: click.Context, row: InstrumentCoverage) -> str:
    """How much of an instrument a machine can check: without a judgement, and with nothing left open."""
    full, part = len(row.checkable), len(row.partly)
    return say(
        ctx,
        f"  可检验 {full} 条（{row.share:.0%}），另有 {part} 条有待判断或未写全",
        f"  {full} checkable ({row.share:.0%}), {part} more in part: a judgement, or something left open",
    )


def _json(rows: Sequence[InstrumentCoverage]) -> str:
    document = [
        {
            "instrument": row.instrument,
            "title": row.title,
            "total": row.total,
            "encoded": list(row.encoded),
            "omitted": [{"citation": c, "reason": reason, "note": note} for c, reason, note in row.omitted],
            "uncovered": list(row.uncovered),
            "checkable": list(row.checkable),
            "partly_checkable": list(row.partly),
        }
        for row in rows
    ]
    return json.dumps({"version": 1, "instruments": document}, ensure_ascii=False, indent=2) + "\n"
