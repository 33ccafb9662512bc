"""A check with a certificate: what ``guiju check --certify`` and ``guiju verify`` have in common."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli import exits, files
from guiju.cli.bilingual import say
from guiju.cli.failures import BadInput

if TYPE_CHECKING:
    from guiju.checker.certify.certificate import Certificate, Options
    from guiju.checker.certify.proving import Asked
    from guiju.checker.certify.watched import Limits
    from guiju.checker.check import Options as Checked
    from guiju.checker.finding import Report
    from guiju.cli.progress import Advance
    from guiju.compiler.kernel import Corpus

#: The files of a claim on which the solvers disagree, as each was asked.
FIRST, SECOND = "first.smt2", "second.smt2"


def limits(ctx: click.Context, jobs: int | None, proof: str | None) -> Limits:
    """What the second solver may use. Ends where it is not installed: nothing was checked then."""
    try:
        from guiju.checker.certify.proving import DEFAULT_BUDGET
        from guiju.checker.certify.watched import Limits
        from guiju.compiler.smtlib.second import ProofFormat, engine

        engine()
    except ImportError as error:
        raise BadInput(
            ctx,
            f"没有安装第二求解器：pip install 'guiju[certify]'（{error}）",
            f"the second solver is not installed: pip install 'guiju[certify]' ({error})",
        ) from error
    import os

    form = None if proof is None else ProofFormat(proof)
    return Limits(DEFAULT_BUDGET, jobs=jobs or os.cpu_count() or 1, proof=form)


def checked(
    ctx: click.Context,
    corpus: Corpus,
    options: Checked,
    limits: Limits,
    beside: Path,
    proofs: Path | None,
    advance: Advance | None,
) -> tuple[Report, Certificate]:
    """A report and its certificate; what the solvers disagree on is kept ``beside`` it."""
    from guiju.checker.certify.certifying import certified

    if proofs is not None:
        proofs.mkdir(parents=True, exist_ok=True)
    return certified(corpus, options, limits, _keeping(ctx, beside, proofs, limits), advance)


def written(ctx: click.Context, certificate: Certificate, path: Path) -> None:
    """Write ``certificate`` to ``path``, and say in a line what is in it."""
    from guiju.checker.certify.certificate import to_json

    files.write(path, to_json(certificate).encode())
    told(ctx, certificate)


def status(certificate: Certificate, otherwise: int) -> int:
    """The exit status of a check with ``certificate`` that would end with ``otherwise`` without one.

    Where the solvers disagree nothing of the report can be relied on, whatever it found. What either of them
    leaves open is not clear.
    """
    from guiju.checker.certify.certificate import Result

    if certificate.counts[Result.DISAGREES]:
        return exits.UNDECIDED
    if otherwise == exits.CLEAN and (certificate.undecided or certificate.counts[Result.UNKNOWN]):
        return exits.UNDECIDED
    return otherwise


def told(ctx: click.Context, certificate: Certificate) -> None:
    """On the error stream: how many claims there are, their results, what is open, what was not asked."""
    from guiju.checker.certify.certificate import Result
    from guiju.checker.certify.comparing import RESULT

    counts = certificate.counts
    rules, canaries = certificate.counts_of_rules, certificate.counts_of_canaries
    second = certificate.engines["second"]
    rest = [(RESULT[each], counts[each]) for each in (Result.UNKNOWN, Result.DISAGREES) if counts[each]]
    more_zh = "".join(f"，{word.zh} {count}" for word, count in rest)
    more_en = "".join(f", {word.en}: {count}" for word, count in rest)
    zh = (
        f"“没有这样的情形”：条文 {sum(rules.values())} 项，答案已知的 {sum(canaries.values())} 问；"
        f"{second} 另行证明 {rules[Result.PROVED]} 项、{canaries[Result.PROVED]} 问{more_zh}。"
    )
    en = (
        f"that there is no case: {sum(rules.values())} claim(s) of the rules, "
        f"{sum(canaries.values())} canaries; {second} proved {rules[Result.PROVED]} and "
        f"{canaries[Result.PROVED]} of them again{more_en}."
    )
    click.echo(say(ctx, zh, en), err=True)
    if certificate.undecided:
        first, open_ = certificate.engines["first"], len(certificate.undecided)
        zh = f"另有 {open_} 问 {first} 未能决定，不在其中。"
        en = f"{open_} question(s) more were left undecided by {first}: they are no claims."
        click.echo(say(ctx, zh, en), err=True)

    limited = _limited(ctx, certificate.options)
    if limited:
        listed = say(ctx, "；", "; ").join(limited)
        click.echo(say(ctx, f"只查了：{listed}。", f"Only this was checked: {listed}."), err=True)


def _limited(ctx: click.Context, options: Options) -> list[str]:
    """What keeps a check with ``options`` from being about everything, each in words."""
    from guiju.checker.check import DEFAULT_BUDGET

    said: list[str] = []
    if options.families is not None:
        said.append(say(ctx, "类别 ", "families ") + ", ".join(options.families))
    if options.as_of is not None:
        said.append(say(ctx, f"日期 {options.as_of}", f"the date {options.as_of}"))
    if options.readings:
        chosen = ", ".join(f"{name}={choice}" for name, choice in sorted(options.readings.items()))
        said.append(say(ctx, f"读法 {chosen}", f"readings {chosen}"))
    if options.budget < DEFAULT_BUDGET:
        zh = f"每问的预算 {options.budget}（默认 {DEFAULT_BUDGET}）"
        en = f"with a budget of {options.budget} for each question (default {DEFAULT_BUDGET})"
        said.append(say(ctx, zh, en))
    return said


def _keeping(
    ctx: click.Context, beside: Path, proofs: Path | None, limits: Limits
) -> Callable[[Asked], None]:
    from guiju.checker.certify.certificate import Result

    def keep(asked: Asked) -> None:
        entry, reply = asked.entry, asked.reply
        if proofs is not None and reply.proof is not None and limits.proof is not None:
            files.write(proofs / f"{entry.query}.smt2", asked.script.encode())
            files.write(proofs / f"{entry.query}.{limits.proof.value}", reply.proof.encode())
        if entry.result is Result.DISAGREES:
            folder = beside.with_name(f"{beside.name}.{entry.query[:12]}")
            folder.mkdir(parents=True, exist_ok=True)
            files.write(folder / FIRST, asked.first_script().encode())
            files.write(folder / SECOND, asked.script.encode())
            zh = f"两个求解器对“{entry.about}”意见不一，两份问题保存在 {folder}。检查结果不可采信。"
            en = (
                f"the solvers disagree on {entry.about}: both questions are kept in {folder}."
                " The report cannot be relied on; please tell us."
            )
            click.echo(say(ctx, zh, en), err=True)

    return keep
