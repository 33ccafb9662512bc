"""A check whose every "clear" is proved again, and the certificate of it."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from guiju.checker import check as checking
from guiju.checker.bed import Bed
from guiju.checker.certify.certificate import Certificate, Entry, Options
from guiju.checker.certify.proving import Asked, Progress, prove, queries
from guiju.checker.certify.watched import Limits
from guiju.checker.finding import Report
from guiju.compiler.claims import Claim
from guiju.compiler.kernel import Corpus
from guiju.compiler.smtlib.second import engine


def certified(
    corpus: Corpus,
    options: checking.Options,
    limits: Limits,
    told: Callable[[Asked], None] = lambda asked: None,
    progress: Progress | None = None,
) -> tuple[Report, Certificate]:
    """The report on ``corpus``, and the certificate of the claims that it rests on.

    No pair of norms is set aside beforehand: that two cannot meet is a claim as well.

    Args:
        corpus: What to check.
        options: What of it, as for a check.
        limits: What the second solver may use.
        told: Told of each claim with the reply to it: for what is to be kept of them.
        progress: Told how far it is.

    Raises:
        Missing: The second solver is not installed.
    """
    second = engine()
    claims: list[Claim] = []
    report = checking.check(corpus, evolve(options, candidate_filter=False), progress, claims.append)
    entries: list[Entry] = []
    if not report.diagnostics:
        for asked in prove(queries(claims, Bed.of(corpus)), limits, progress):
            told(asked)
            entries.append(asked.entry)
    engines = {
        "guiju": report.engine["guiju"],
        "first": f"{report.engine['name']} {report.engine['version']}",
        "second": f"{second['name']} {second['version']}",
        "second_budget": str(limits.budget),
    }
    families = None if options.families is None else tuple(sorted(options.families))
    return report, Certificate(
        corpus=report.corpus_digest,
        options=Options(families, options.as_of, dict(options.readings), options.budget),
        engines=engines,
        findings=tuple(sorted({finding.fingerprint for finding in report.findings})),
        undecided=tuple(sorted(each.question for each in report.undecided)),
        entries=tuple(entries),
    )
