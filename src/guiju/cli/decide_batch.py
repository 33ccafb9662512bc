"""``guiju decide --input``: one question for every row of a file; ``--sql``: the query for another engine."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from attrs import frozen

from guiju.cli import corpus as corpora
from guiju.cli import deciding, exits
from guiju.cli.bilingual import F, language, option, say
from guiju.cli.failures import BadInput

if TYPE_CHECKING:
    from guiju.decisions.batch import Opening, Request, Summary, Watch

_FORMATS = ("parquet", "csv", "jsonl", "xlsx")
_ENDINGS = {".parquet": "parquet", ".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".xlsx": "xlsx"}
_SHOWN = 12  # facts or columns in one line of what is told first


@frozen
class Given:
    """What the options for single cases and for files have in common, as it was given."""

    paths: tuple[Path, ...]
    case: Path | None
    question: str | None
    on: str | None
    at: str | None
    law_date: str | None
    readings: tuple[str, ...]
    ways: bool
    format: str | None
    output: Path | None


_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    option(
        "--input",
        "input_",
        type=click.Path(path_type=Path, dir_okay=False, exists=True),
        metavar="FILE",
        zh="对文件的每一行作答：.parquet、.csv、.jsonl、.xlsx；此时 --on、--at 也可以是列名。",
        en="Answer every row of a file: .parquet, .csv, .jsonl, .xlsx; --on and --at may then name columns.",
    ),
    option(
        "--rejects",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        zh="有错的行写到这里；默认为 OUTPUT.rejects.jsonl。",
        en="Where rows with mistakes go; default OUTPUT.rejects.jsonl.",
    ),
    option(
        "--column",
        "columns",
        multiple=True,
        metavar="FACT=HEADER",
        zh="事实所在的列，表头不是全名时用；可以重复。",
        en="The column of a fact, where its header is not the full name; repeatable.",
    ),
    option(
        "--id", "id_", metavar="HEADER", zh="区分各行的列，原样保留。", en="The column that tells rows apart."
    ),
    option(
        "--keep",
        multiple=True,
        metavar="HEADER",
        zh="原样保留的列；可以重复。",
        en="Pass a column through; repeatable.",
    ),
    option("--sheet", metavar="NAME", zh="工作表；默认第一张。", en="The sheet; default the first."),
    option(
        "--encoding",
        type=click.Choice(("auto", "utf-8", "gb18030")),
        zh="CSV 的编码；默认自动识别。",
        en="Of CSV; told by itself by default.",
    ),
    option("--input-format", type=click.Choice(_FORMATS), zh="输入的格式。", en="The format of the input."),
    option("--output-format", type=click.Choice(_FORMATS), zh="输出的格式。", en="The format of the output."),
    option(
        "--engine",
        type=click.Choice(("auto", "table", "native")),
        zh="table 成批用 SQL，native 逐行；答案相同。",
        en="table: chunks by SQL; native: row by row. The answers are the same.",
    ),
    option("--full", is_flag=True, zh="每行给出决定的全部。", en="Give the whole decision of each row."),
    option(
        "--solve-limit",
        type=click.IntRange(0),
        metavar="N",
        zh="最多向求解器问多少种不完整的案件；默认 1000。",
        en="Ask the solver about at most so many different incomplete cases; default 1000.",
    ),
    option("--no-solve", is_flag=True, zh="不用求解器。", en="Do not ask the solver."),
    option(
        "--verify",
        type=click.IntRange(0),
        metavar="N",
        zh="由参照求值器重算的行数；默认 500。",
        en="How many answers the reference evaluator works out again; default 500.",
    ),
    option(
        "--sql",
        metavar="DIALECT",
        zh="不作答，输出在别的引擎上作答的查询，如 spark、trino。",
        en="Print the query that answers in another engine, such as spark or trino.",
    ),
)


def options(function: F) -> F:
    """Declare the options of files."""
    for each in reversed(_OPTIONS):
        function = each(function)
    return function


def wanted(ctx: click.Context, batch: Mapping[str, Any]) -> bool:
    """Whether a file is asked about, or a query for one; their other options need either."""
    if batch["input_"] is not None or batch["sql"] is not None:
        return True
    for name, value in batch.items():
        if value:
            flag = "--" + {"columns": "column", "id_": "id"}.get(name, name).replace("_", "-")
            raise BadInput(ctx, f"{flag} 须有 --input", f"{flag} needs --input")
    return False


def run(ctx: click.Context, given: Given, batch: Mapping[str, Any]) -> NoReturn:
    """Answer the rows of a file, or print the query; end with the status of that."""
    from guiju.decisions.batch import Unusable
    from guiju.decisions.problems import InvalidInput

    for flag, value in (("--case", given.case), ("--law-date", given.law_date), ("--ways", given.ways)):
        if value:
            raise BadInput(ctx, f"{flag} 不与 --input、--sql 同用", f"{flag} is not for --input and --sql")
    if given.question is None:
        raise BadInput(ctx, "需要 --question", "--question is needed")
    try:
        if batch["sql"] is not None:
            corpora.emit(_query(ctx, given, batch), given.output)
            ctx.exit(exits.CLEAN)
        summary = _answered(ctx, given, batch)
    except Unusable as error:
        raise BadInput(ctx, error.message.zh, error.message.en) from error
    except InvalidInput as error:
        deciding.refuse(ctx, error.problems)
    ctx.exit(exits.FINDINGS if summary.rejected else exits.CLEAN)


def _answered(ctx: click.Context, given: Given, batch: Mapping[str, Any]) -> Summary:
    from guiju.decisions.batch import opened

    request = _request(ctx, given, batch)
    corpus = deciding.rules(ctx, given.paths)
    going = opened(corpus, request)
    try:
        _open(ctx, going.opening)
        with _progress(ctx) as watch:
            summary = going.go(watch)
    finally:
        going.close()
    if given.format == "json":
        click.echo(json.dumps(_as_json(summary), ensure_ascii=False))
    _close(ctx, summary, request)
    return summary


def _request(ctx: click.Context, given: Given, batch: Mapping[str, Any]) -> Request:
    from guiju.decisions.batch import Input, Request

    path: Path = batch["input_"]
    if given.output is None:
        raise BadInput(ctx, "需要 --output", "--output is needed")
    solve = batch["solve_limit"] if batch["solve_limit"] is not None else 1000
    return Request(
        question=given.question or "",
        on=given.on or str(deciding.today()),
        at=given.at,
        input=Input(
            path,
            _format(ctx, path, batch["input_format"], "--input"),
            batch["encoding"] or "auto",
            batch["sheet"],
        ),
        output=given.output,
        output_format=_format(ctx, given.output, batch["output_format"], "--output"),
        rejects=batch["rejects"] or given.output.with_name(f"{given.output.name}.rejects.jsonl"),
        columns=_columns(ctx, batch["columns"]),
        id=batch["id_"],
        keep=batch["keep"],
        engine=batch["engine"] or "auto",
        full=batch["full"],
        readings=deciding.readings(ctx, given.readings),
        solve=0 if batch["no_solve"] else solve,
        verify=500 if batch["verify"] is None else batch["verify"],
        seed=random.SystemRandom().getrandbits(32),
    )


def _query(ctx: click.Context, given: Given, batch: Mapping[str, Any]) -> str:
    from guiju.decisions.batch import portable

    if given.at is None:
        raise BadInput(ctx, "需要 --at", "--at is needed")
    return portable.query(
        deciding.rules(ctx, given.paths),
        given.question or "",
        given.on or str(deciding.today()),
        given.at,
        batch["sql"],
        columns=_columns(ctx, batch["columns"]),
        key=batch["id_"],
        readings=deciding.readings(ctx, given.readings),
    )


def _format(ctx: click.Context, path: Path, given: str | None, flag: str) -> str:
    found = given or _ENDINGS.get(path.suffix.lower())
    if found is None:
        endings = ", ".join(_ENDINGS)
        raise BadInput(
            ctx,
            f"{flag} {path}：后缀应是 {endings}，或者用 {flag}-format 指明",
            f"{flag} {path}: its ending is none of {endings}; say it with {flag}-format",
        )
    return found


def _columns(ctx: click.Context, given: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in given:
        name, equals, header = (part.strip() for part in each.partition("="))
        if not equals or not name or not header:
            raise BadInput(ctx, f"--column {each}：应写作 事实=表头", f"--column {each}: write FACT=HEADER")
        if found.setdefault(name, header) != header:
            raise BadInput(ctx, f"--column {name} 给出了两列", f"--column {name} is given two columns")
    return found


def _open(ctx: click.Context, opening: Opening) -> None:
    """Say where each fact comes from."""
    lines = [each.zh if language(ctx) == "zh" else each.en for each in opening.notes]
    if opening.columns is None:
        lines.append(say(ctx, "每行自己写明事实", "each line says its facts"))
    else:
        mapped = [n if n == header else f"{n}={header}" for n, header in opening.columns.items()]
        defaults = [f"{name}={value}" for name, value in opening.defaults.items()]
        lines += [
            _listed(ctx, "有列的事实", "facts with a column", mapped),
            _listed(ctx, "取默认值", "taking their default", defaults),
            _listed(ctx, "未知，没有列也没有默认值", "unknown, without column or default", opening.unknown),
            _listed(ctx, "没有行的记录", "records without rows", opening.empty),
            _listed(ctx, "不用的列", "columns not used", opening.ignored),
        ]
    for line in filter(None, lines):
        click.echo(line, err=True)


def _listed(ctx: click.Context, zh: str, en: str, names: Any) -> str:
    """A line on some names, or nothing where there are none."""
    found = list(names)
    shown = say(ctx, "、", ", ").join(found[:_SHOWN]) + (" …" if len(found) > _SHOWN else "")
    return say(ctx, f"{zh}（{len(found)}）：{shown}", f"{en} ({len(found)}): {shown}") if found else ""


def _close(ctx: click.Context, summary: Summary, request: Request) -> None:
    """The counts, and what to look at."""
    counted = ", ".join(f"{name} {count}" for name, count in sorted(summary.verdicts.items()))
    click.echo(
        say(
            ctx,
            f"读入 {summary.read} 行 = 作答 {summary.answered} + 拒绝 {summary.rejected}；"
            f"参照求值器重算 {summary.verified} 行，全部一致",
            f"{summary.read} rows read = {summary.answered} answered + {summary.rejected} rejected;"
            f" {summary.verified} worked out again by the reference evaluator, all agree",
        )
        + (f"\n{counted}" if counted else ""),
        err=True,
    )
    if summary.unsolved:
        click.echo(
            say(
                ctx,
                f"{summary.unsolved} 行因事实未知而不确定，没有问求解器（--no-solve 或已到 --solve-limit）",
                f"{summary.unsolved} rows are undetermined and the solver was not asked about them"
                " (--no-solve, or --solve-limit was reached)",
            ),
            err=True,
        )
    if summary.rejected:
        click.echo(say(ctx, f"被拒的行：{request.rejects}", f"rejected rows: {request.rejects}"), err=True)


def _as_json(summary: Summary) -> dict[str, object]:
    return {
        "read": summary.read,
        "answered": summary.answered,
        "rejected": summary.rejected,
        "verdicts": dict(sorted(summary.verdicts.items())),
        "verified": summary.verified,
        "solved": summary.solved,
        "unsolved": summary.unsolved,
    }


@contextmanager
def _progress(ctx: click.Context) -> Iterator[Watch]:
    """Rows, rate and rejects on a terminal; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield lambda read, rejected, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    start = time.monotonic()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("", total=None)

        def watch(read: int, rejected: int, total: int | None) -> None:
            rate = read / max(time.monotonic() - start, 0.001)
            told = say(
                ctx,
                f"{read:,} 行，每秒 {rate:,.0f} 行，拒绝 {rejected:,}",
                f"{read:,} rows, {rate:,.0f} a second, {rejected:,} rejected",
            )
            bars.update(task, completed=read, total=total, description=told)

        yield watch
