"""What can be read off the declarations: territory exceeded, annexes, repealed bases.

Nothing here asks the solver.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from guiju.checker import wording
from guiju.checker.finding import Finding, NormRef, ProvedBy, Severity
from guiju.checker.timing import force
from guiju.compiler.kernel import Corpus, Instrument, MayDo, WhichValue
from guiju.dsl.source import Bilingual, Place


def findings(corpus: Corpus) -> Iterator[Finding]:
    """Findings about hierarchy and references (H5xx, R6xx)."""
    yield from _territory_exceeded(corpus)
    for instrument in corpus.instruments.values():
        yield from _annexes(instrument)
        yield from _bases(instrument, corpus)


def _of_instrument(
    code: str, severity: Severity, instrument: Instrument, cited: str, place: Place, zh: str, en: str
) -> Finding:
    citations = (cited,) if cited else ()
    return Finding(
        code=code,
        severity=severity,
        norms=(NormRef(instrument.id, "", citations, place),),
        message=Bilingual(zh, en),
        proved_by=ProvedBy.STRUCTURE,
        subject=f"{instrument.id} {cited}".strip(),
        place=place,
    )


def _territory_exceeded(corpus: Corpus) -> Iterator[Finding]:
    reported: set[tuple[str, tuple[str, ...], str]] = set()
    for norm in corpus.norms:
        issuer = corpus.authorities.get(corpus.instruments[norm.instrument].issuer)
        while issuer is not None and issuer.territory is None and issuer.department_of is not None:
            issuer = corpus.authorities[issuer.department_of]
        home = issuer.territory if issuer is not None else None
        if home is None or corpus.within(norm.territory, home):
            continue
        if not isinstance(norm.question, MayDo | WhichValue):
            continue  # the end of a bar reaches as far as the bar
        provision = (norm.instrument, norm.citations, wording.subject(norm.question))
        if provision in reported:
            continue
        reported.add(provision)
        who, what = wording.norm(norm, corpus), wording.question(norm.question)
        yield Finding(
            code="H501",
            severity=Severity.ERROR,
            norms=(NormRef.of(norm),),
            message=Bilingual(
                f"{who.zh}关于“{what.zh}”的效力及于{norm.territory}，超出制定机关管辖的{home}。",
                f"What {who.en} says on {what.en} takes effect in {norm.territory}, beyond its issuer's"
                f" territory {home}.",
            ),
            proved_by=ProvedBy.STRUCTURE,
            subject=f"{norm.territory} {wording.subject(norm.question)}",
        )


def _annexes(instrument: Instrument) -> Iterator[Finding]:
    for annex in instrument.annexes:
        if annex.missing:
            yield _of_instrument(
                "R601",
                Severity.WARNING,
                instrument,
                f"附件{annex.number}",
                annex.place,
                f"《{instrument.title}》列有附件{annex.number}“{annex.title}”，但没有正文。",
                f"{instrument.id} lists annex {annex.number} ({annex.title}) but its text is missing.",
            )
        if annex.mentioned_as is not None and annex.mentioned_as != annex.title:
            yield _of_instrument(
                "R602",
                Severity.INFO,
                instrument,
                f"附件{annex.number}",
                annex.place,
                f"《{instrument.title}》附件{annex.number}题为“{annex.title}”，正文称之为“{annex.mentioned_as}”。",
                f"Annex {annex.number} of {instrument.id} is titled {annex.title} but the text calls it"
                f" {annex.mentioned_as}.",
            )


def _bases(instrument: Instrument, corpus: Corpus) -> Iterator[Finding]:
    start: dt.date | None = force(instrument.id, corpus, {}).start or instrument.issued
    for basis in instrument.bases:
        if basis.repealed is not None and start is not None and basis.repealed <= start:
            yield _of_instrument(
                "R603",
                Severity.WARNING,
                instrument,
                basis.title,
                basis.place,
                f"《{instrument.title}》自 {start} 施行，其依据“{basis.title}”已于 {basis.repealed} 废止。",
                f"{instrument.id} is in force from {start}, but its basis {basis.title} was repealed on"
                f" {basis.repealed}.",
            )
