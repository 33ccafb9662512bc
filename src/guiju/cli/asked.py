"""What the arguments of a check ask for, held against the corpus: an unknown name is an error."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from guiju.checker.finding import FAMILIES, NormRef, Report
from guiju.checker.report.baseline import Baseline, Comparison, Unreadable, compare, parse
from guiju.checker.report.selection import Selection, cites
from guiju.cli.bilingual import say
from guiju.cli.failures import BadInput
from guiju.compiler.kernel import Corpus
from guiju.dsl.diagnostics import did_you_mean


def readings(ctx: click.Context, corpus: Corpus, given: Iterable[str]) -> Mapping[str, str]:
    """The choices that ``--reading NAME=CHOICE`` fixes."""
    fixed: dict[str, str] = {}
    for text in given:
        name, equals, choice = (part.strip() for part in text.replace("＝", "=").partition("="))
        if not equals:
            raise BadInput(ctx, f"--reading {text}：应写作 名称=读法", f"--reading {text}: write NAME=CHOICE")
        reading = corpus.readings.get(name)
        if reading is None:
            raise _unknown(ctx, "读法", "reading", name, corpus.readings)
        if choice not in reading.choices:
            raise _unknown(ctx, f"{name} 的读法", f"choice for {name}", choice, reading.choices)
        if fixed.setdefault(name, choice) != choice:
            raise BadInput(ctx, f"--reading {name} 给出了两种读法", f"--reading {name} is given twice")
    return fixed


def date(
    ctx: click.Context, corpus: Corpus, given: dt.datetime | None, option: str = "--as-of"
) -> dt.date | None:
    """The date of ``option``. Outside the horizon nothing could be found, which must not look clean."""
    if given is None:
        return None
    day, (first, last) = given.date(), corpus.horizon
    if not first <= day <= last:
        raise BadInput(
            ctx,
            f"{option} {day} 不在条文的时间范围 {first} 至 {last} 之内",
            f"{option} {day} lies outside the horizon of the corpus, {first} to {last}",
        )
    return day


def selection(
    ctx: click.Context,
    corpus: Corpus,
    instruments: tuple[str, ...],
    article: str | None,
    between: tuple[str, str] | None,
) -> Selection:
    """The selection by ``--instrument``, ``--article`` and ``--between``."""
    names = {name: name for name in corpus.instruments}
    names |= {held.title: name for name, held in corpus.instruments.items()}
    rules = {norm.rule: norm.rule for norm in corpus.norms}
    if article is not None and not any(cites(NormRef.of(norm), article) for norm in corpus.norms):
        note = say(ctx, f"注意：没有规则引用 {article}。", f"note: no rule cites {article}.")
        click.echo(note, err=True)
    first, second = between or (None, None)
    return Selection(
        instruments=tuple(_resolved(ctx, each, names, "文件", "instrument") for each in instruments),
        article=article,
        between=(
            _resolved(ctx, first, names | rules, "文件或者规则", "instrument or rule"),
            _resolved(ctx, second, names | rules, "文件或者规则", "instrument or rule"),
        )
        if first and second
        else None,
    )


def baseline(ctx: click.Context, path: Path | None) -> Baseline | None:
    """The baseline in ``path``."""
    if path is None:
        return None
    try:
        parsed = parse(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadInput(
            ctx, f"基线 {path} 不是 UTF-8 文本", f"the baseline {path} is not UTF-8 text"
        ) from error
    if isinstance(parsed, Unreadable):
        reason = parsed.reason
        raise BadInput(ctx, f"基线 {path}：{reason.zh}", f"the baseline {path}: {reason.en}")
    return parsed


def compared(report: Report, known: Baseline | None, families: frozenset[str] | None) -> Comparison | None:
    """``report`` against the baseline, if there is one; ``families`` are those that were checked."""
    if known is None:
        return None
    letters = {letter for letter, family in FAMILIES.items() if families is None or family in families}
    return compare(report, known, None if families is None else frozenset(letters))


def _resolved(ctx: click.Context, name: str, known: Mapping[str, str], zh: str, en: str) -> str:
    found = known.get(name.strip().removeprefix("《").removesuffix("》"))
    if found is None:
        raise _unknown(ctx, zh, en, name, known)
    return found


def _unknown(ctx: click.Context, zh: str, en: str, name: str, known: Iterable[str]) -> BadInput:
    listed = list(known)
    hint = did_you_mean(name, listed)
    shown = "、".join(listed[:20]) + (" …" if len(listed) > 20 else "") or say(ctx, "（无）", "(none)")
    return BadInput(
        ctx,
        f"没有{zh} {name!r}。{hint.zh if hint else f'已有的：{shown}'}",
        f"there is no {en} {name!r}; {hint.en if hint else f'known: {shown}'}",
    )
