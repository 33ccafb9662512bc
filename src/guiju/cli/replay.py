"""``guiju replay``: whether recorded decisions come out the same."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli import corpus as corpora
from guiju.cli import deciding, exits
from guiju.cli.bilingual import Command, lang_option, language, option, say
from guiju.cli.failures import BadInput

if TYPE_CHECKING:
    from guiju.decisions.replay import BadRecord, Difference, Replay

_ZH = """\
按记录把决定重新作一遍，说明结果是否相同，不同在哪里。

RECORD 是 guiju decide --format json 的输出；或者 JSON Lines，每行一条：决定、服务的答复，或者\
guiju log export 导出的日志。- 为标准输入。答案与条文库分开来说：条文改了，答案可能照旧。

结束状态：0 答案相同；1 有不同的；2 有不是记录的。"""

_EN = """\
Make recorded decisions again, and say whether they come out the same, and if not, in what.

RECORD is what guiju decide --format json wrote; or JSON Lines, one to a line: decisions, answers of the \
service, or a decision log as guiju log export writes it. A - is the standard input. The answer is told \
apart from the rules: they may have changed and the answer not.

Exit status: 0 the same answers; 1 some are not; 2 something is no record."""

_EXAMPLES_ZH = """\
guiju replay 决定.json                     用 specs/ 或随附的条文
guiju replay 决定.json 旧条文.gjc          用当时的条文
guiju log export 决定.db | guiju replay -  整个日志"""

_EXAMPLES_EN = """\
guiju replay decision.json                     by specs/, or the rules that come with guiju
guiju replay decision.json old-rules.gjc       by the rules of then
guiju log export decisions.db | guiju replay - a whole log"""


@click.command("replay", cls=Command, words=(_ZH, _EN), examples=(_EXAMPLES_ZH, _EXAMPLES_EN))
@click.argument("record", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@option("--format", type=click.Choice(("text", "json")), default="text", zh="输出格式。", en="The format.")
@lang_option
@click.pass_context
def command(ctx: click.Context, record: Path, paths: tuple[Path, ...], format: str) -> None:
    from guiju.decisions.replay import BadRecord, replay

    rules = deciding.rules(ctx, paths)
    count = other = bad = 0
    for number, (where, document) in enumerate(_records(ctx, record), 1):
        count = number
        try:
            found = replay(document, rules)
        except BadRecord as error:
            bad += 1
            _tell(_json_of(where, error) if format == "json" else _wrong(ctx, where, error))
            continue
        other += not found.same
        _tell(_json_of(where, found) if format == "json" else _words(ctx, where, found))
    if count != 1 and format == "text":
        zh = f"{count} 条记录：相同 {count - other - bad}，不同 {other}，不是记录 {bad}。"
        en = f"{count} records: {count - other - bad} the same, {other} different, {bad} no record."
        _tell([say(ctx, zh, en)])
    ctx.exit(exits.BAD_INPUT if bad else exits.FINDINGS if other else exits.CLEAN)


def _records(ctx: click.Context, path: Path) -> Iterator[tuple[str, object]]:
    """The records in a file with where they stand; what cannot be read is no record."""
    from guiju.decisions.json_input import Limits, parse
    from guiju.decisions.problems import InvalidInput

    limits = Limits(size=100_000_000, depth=64)
    name = "<stdin>" if str(path) == "-" else str(path)
    stream = sys.stdin.buffer if name == "<stdin>" else path.open("rb")
    with stream:
        first = stream.readline()
        try:
            parse(first, limits)
        except InvalidInput:  # no JSON Lines: then one document
            try:
                yield name, parse(first + stream.read(), limits)
            except InvalidInput as error:
                reason = error.problems[0].message
                raise BadInput(ctx, f"{name}：{reason.zh}", f"{name}: {reason.en}") from error
            return
        line, number, several = first, 1, False
        while line:
            following = stream.readline()
            several = several or bool(following.strip())
            if line.strip():
                where = f"{name}:{number}" if several else name
                try:
                    yield where, parse(line, limits)
                except InvalidInput:
                    yield where, None
            line, number = following, number + 1


def _words(ctx: click.Context, where: str, found: Replay) -> list[str]:
    """What came of one record, in lines."""
    by = []
    if not found.same_corpus:
        then, now = (digest[:16] for digest in found.digest)
        by.append(say(ctx, f"条文库不同（{then}… → {now}…）", f"other rules ({then}… → {now}…)"))
    if not found.same_engine:
        by.append(say(ctx, "版本不同", "another version"))
    note = say(ctx, f"，{'，'.join(by)}", f", {', '.join(by)}") if by else ""
    if found.same:
        return [f"{where}{say(ctx, '：相同', ': same answer')}{note}"]
    lines = [f"{where}{say(ctx, '：不同', ': different answer')}{note}"]
    for problem in found.refused:
        refused = say(ctx, "不再接受此案件", "the case is not taken any more")
        lines.append(
            f"  {problem.path} {refused}{say(ctx, '：', ': ')}{problem.message.in_language(language(ctx))}"
        )
    return [*lines, *(f"  {_difference(ctx, each)}" for each in found.differences)]


def _difference(ctx: click.Context, each: Difference) -> str:
    before, now = (_shown(ctx, side) for side in (each.before, each.now))
    return say(ctx, f"{each.path}：原为 {before}，现为 {now}", f"{each.path}: was {before}, is {now}")


def _shown(ctx: click.Context, value: object) -> str:
    from guiju.decisions.replay import ABSENT

    if value == ABSENT:
        return say(ctx, "（无）", "(nothing)")
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 200 else text[:199] + "…"


def _wrong(ctx: click.Context, where: str, error: BadRecord) -> list[str]:
    lang = language(ctx)
    reasons = say(ctx, "；", "; ").join(
        f"{p.path} {p.message.in_language(lang)}".strip() for p in error.problems
    )
    return [f"{where}{say(ctx, '：不是记录：', ': no record: ')}{reasons}"]


def _json_of(where: str, found: Replay | BadRecord) -> list[str]:
    """One line of JSON."""
    document: dict[str, object] = {"record": where}
    if isinstance(found, ValueError):
        document |= {"result": "bad", "problems": [each.to_dict() for each in found.problems]}
    else:
        document |= {
            "result": "same" if found.same else "different",
            "same_corpus": found.same_corpus,
            "same_engine": found.same_engine,
            "differences": [
                {"path": each.path, "before": each.before, "now": each.now} for each in found.differences
            ],
            "problems": [each.to_dict() for each in found.refused],
        }
    return [json.dumps(document, ensure_ascii=False, default=str)]


def _tell(lines: list[str]) -> None:
    corpora.emit("".join(f"{line}\n" for line in lines), None)
