"""One check of one corpus: every family of findings, in one call."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from attrs import field, frozen

from guiju._version import version
from guiju.checker import (
    ambiguity,
    circles,
    competence,
    conflicts,
    consequences,
    divergence,
    examples,
    feasibility,
    floors,
    gaps,
    ladders,
    open_terms,
    overlaps,
    published,
    quality,
    references,
    rungs,
    severity,
    standing,
    timing,
    transitions,
    unfounded,
    vacuity,
)
from guiju.checker.ask import Asker
from guiju.checker.bed import Bed
from guiju.checker.canary import Canaries
from guiju.checker.chains import findings as chains
from guiju.checker.finding import Finding, Report, Severity
from guiju.checker.vacuity import Census
from guiju.compiler import smt
from guiju.compiler.claims import Claims
from guiju.compiler.kernel import Corpus, digest_ready

#: What a budget is when nobody says otherwise: Z3 resource units per query.
DEFAULT_BUDGET = 20_000_000


@frozen
class Options:
    """What to check and how.

    ``families``: None for all. ``as_of``: fixes the evaluation date. ``readings``: fixed choices; the
    others range over all alternatives. ``budget``: solver resource units per query.
    """

    families: frozenset[str] | None = None
    as_of: dt.date | None = None
    readings: Mapping[str, str] = field(factory=dict)
    budget: int = DEFAULT_BUDGET
    candidate_filter: bool = True


Progress = Callable[[str, int, int], None]


def check(
    corpus: Corpus,
    options: Options = Options(),
    progress: Progress | None = None,
    claims: Claims | None = None,
) -> Report:
    """Run the analyses on ``corpus``; ``progress(stage, done, total)`` is called as they go on.

    ``claims`` is told of everything that rests on the solver's word that there is no case.

    The report has ``diagnostics``, and nothing else, when the assumptions contradict each other: then every
    proof would be vacuous.

    Raises:
        Untrustworthy: What is known to be there was not found, or the other way round (``canary``).
    """
    say = progress or (lambda stage, done, total: None)
    bed = Bed.of(corpus)
    backend = smt.Backend(bed.dug(), options.budget, slots=bed.slots, claims=claims)
    asker = Asker(corpus, backend, options.readings, options.as_of)
    engine = {**smt.engine(), "budget": str(options.budget), "guiju": version()}
    canaries = Canaries(bed, engine)
    vacuous = vacuity.contradictions(asker)
    if vacuous:
        canaries.ask_without_assumptions(asker)
        return Report((), tuple(asker.undecided), {}, digest(corpus), engine, vacuous)
    canaries.ask(asker)
    census = Census(asker)
    found: list[Finding] = []
    stages = list(_stages(asker, canaries, census, options, say))
    for number, (family, produce) in enumerate(stages):
        say(family, number, len(stages))
        if options.families is None or family in options.families:
            found.extend(_weighed(f, asker) for f in produce())
    canaries.ask(asker, again=True)
    found.sort(key=lambda f: (-f.severity, f.code, f.norms, f.subject))
    statistics = {
        "norms": len(corpus.norms),
        "questions": len({n.question for n in corpus.norms}),
        "queries": asker.backend.statistics.queries,
        "solver_checks": asker.backend.statistics.checks,
        "canaries": len(canaries.right),
        **census.statistics(),
        **published.statistics(corpus),
    }
    return Report(tuple(found), tuple(asker.undecided), statistics, digest(corpus), engine)


Stage = tuple[str, Callable[[], Iterable[Finding]]]


def _stages(
    asker: Asker, canaries: Canaries, census: Census, options: Options, say: Progress
) -> Iterator[Stage]:
    """The families in the order of their reports; the overlaps are found once, when first needed."""
    corpus = asker.corpus
    known: list[overlaps.Conflicts] = []
    beside = canaries.otherwise(asker)

    def settled() -> overlaps.Conflicts:
        if not known:
            count = partial(say, "conflict")
            planted = canaries.beside(asker)
            met = overlaps.overlaps(planted.unpinned(), options.candidate_filter, count)
            known.append(canaries.apart(met, planted, asker))
        return known[0]

    def conflict() -> Iterator[Finding]:
        yield from conflicts.findings(asker, settled())
        yield from circles.findings(asker, settled().defeats)
        yield from feasibility.together(asker)

    def rule_quality() -> Iterator[Finding]:
        unassuming = smt.Backend(corpus, options.budget, assumptions=(), claims=asker.backend.claims)
        bare = Asker(corpus, unassuming, options.readings)
        yield from quality.findings(asker, settled(), bare, census)
        yield from feasibility.unmeetable(asker)
        yield from ladders.findings(asker)
        yield from severity.findings(asker, beside, settled())
        yield from rungs.findings(asker, beside)
        canaries.ask_otherwise(beside)

    def gap() -> Iterator[Finding]:
        yield from gaps.findings(asker)
        yield from consequences.findings(asker, beside)
        yield from unfounded.findings(asker, beside)
        yield from open_terms.findings(asker, beside)
        canaries.ask_otherwise(beside)

    def time() -> Iterator[Finding]:
        yield from timing.findings(asker)
        yield from transitions.findings(asker)

    def hierarchy() -> Iterator[Finding]:
        yield from competence.findings(asker)
        yield from floors.findings(asker)

    yield "conflict", conflict
    yield "quality", rule_quality
    yield "gap", gap
    yield "time", time
    yield "hierarchy", hierarchy
    yield "reference", lambda: references.findings(corpus)
    yield "ambiguity", lambda: ambiguity.findings(asker)
    yield "example", lambda: examples.findings(asker, settled().defeats)
    yield "divergence", lambda: divergence.findings(asker, settled().defeats)
    yield "chain", lambda: chains.findings(asker)


def _weighed(finding: Finding, asker: Asker) -> Finding:
    """``finding`` with what its dates and the standing of its norms take away from it.

    What does not hold under the default readings asks to be weighed, not to be repaired.
    """
    weighed = standing.weighed(timing.said_out_of_force(finding, asker), asker.corpus)
    if weighed.by_default or weighed.severity is not Severity.ERROR:
        return weighed
    return weighed.with_severity(Severity.WARNING)


def digest(corpus: Corpus) -> str:
    """A digest of everything in the corpus that an analysis depends on."""
    plain = json.dumps(digest_ready(corpus), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()
