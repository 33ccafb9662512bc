"""References: annexes, bases, provisions and titles that an instrument refers to, names, numbering (R6xx).

All of it can be read off the headers: nothing here asks the solver.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from guiju.checker import numbering
from guiju.checker.finding import Finding, NormRef, ProvedBy, Severity
from guiju.checker.timing import force
from guiju.compiler.kernel import Corpus, Instrument, Reference
from guiju.dsl.resolve.coverage import covers
from guiju.dsl.source import Bilingual, Place

_BREAKS = {
    numbering.Break.SKIPS: Bilingual("有缺号", "skips a number"),
    numbering.Break.GOES_BACK: Bilingual("倒序", "goes back"),
}


def findings(corpus: Corpus) -> Iterator[Finding]:
    """All findings about references."""
    for instrument in corpus.instruments.values():
        yield from _annexes(instrument)
        yield from _bases(instrument, corpus)
        for reference in instrument.references:
            yield from _dangling(instrument, reference)
            yield from _outdated(instrument, reference, corpus)
        yield from _names(instrument)
        yield from _numbering(instrument)


def _of_instrument(
    code: str,
    severity: Severity,
    instrument: Instrument,
    cited: str | tuple[str, ...],
    place: Place,
    zh: str,
    en: str,
    subject: str = "",
) -> Finding:
    citations = (cited,) if isinstance(cited, str) else cited
    return Finding(
        code=code,
        severity=severity,
        norms=(NormRef(instrument.id, "", citations, place),),
        message=Bilingual(zh, en),
        proved_by=ProvedBy.STRUCTURE,
        subject=subject or f"{instrument.id} {'、'.join(citations)}",
        place=place,
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


def _dangling(instrument: Instrument, reference: Reference) -> Iterator[Finding]:
    """Provisions of its own that an instrument refers to and does not have."""
    if reference.title is not None or not instrument.contents:
        return
    for provision in reference.provisions:
        if any(covers(provision, p) or covers(p, provision) for p in instrument.contents):
            continue
        cited = "、".join(reference.citations)
        yield _of_instrument(
            "R604",
            Severity.WARNING,
            instrument,
            reference.citations,
            reference.place,
            f"《{instrument.title}》{cited}引用本文{provision}，而本文没有这一条款。",
            f"{instrument.id} {cited} refers to its own {provision}, which it does not have.",
            f"{instrument.id} → {provision}",
        )


def _outdated(instrument: Instrument, reference: Reference, corpus: Corpus) -> Iterator[Finding]:
    """Instruments that it refers to and that were repealed or renamed, before it took effect or since."""
    if reference.title is None or (reference.repealed is None and reference.renamed is None):
        return
    cited = "、".join(reference.citations)
    start = force(instrument.id, corpus, {}).start or instrument.issued
    early = reference.repealed is not None and start is not None and reference.repealed <= start
    zh, en = [], []
    if reference.repealed is not None:
        zh.append(f"已于 {reference.repealed} 废止" + ("（早于本文件施行）" if early else ""))
        en.append(f"was repealed on {reference.repealed}" + (" (before it took effect)" if early else ""))
    if reference.renamed is not None:
        zh.append(f"现称“{reference.renamed}”")
        en.append(f"is now called {reference.renamed}")
    yield _of_instrument(
        "R605",
        Severity.WARNING if reference.repealed is not None else Severity.INFO,
        instrument,
        reference.citations,
        reference.place,
        f"《{instrument.title}》{cited}引用的“{reference.title}”{'，'.join(zh)}；"
        f"条文没有说明是否随其修订而改适用新文本。",
        f"{reference.title}, to which {instrument.id} {cited} refers, {' and '.join(en)}; the text does not"
        f" say whether a later text is meant.",
        f"{instrument.id} → {reference.title}",
    )


def _names(instrument: Instrument) -> Iterator[Finding]:
    for variants in instrument.variants:
        listed = "、".join(f"“{name}”" for name in variants.names)
        yield _of_instrument(
            "R606",
            Severity.INFO,
            instrument,
            variants.citations,
            variants.place,
            f"《{instrument.title}》对{variants.thing}前后用了不同的名称：{listed}；是否同一，条文没有说明。",
            f"{instrument.id} calls {variants.thing} by several names: {', '.join(variants.names)}; the text"
            f" does not say that they are one.",
            f"{instrument.id} {variants.thing}",
        )


def _numbering(instrument: Instrument) -> Iterator[Finding]:
    """Provisions whose numbers, among their neighbours, skip one or go back."""
    for before, after, kind in numbering.breaks(instrument.contents):
        words = _BREAKS[kind]
        yield _of_instrument(
            "R607",
            Severity.INFO,
            instrument,
            (before, after),
            instrument.place,
            f"《{instrument.title}》的编号在{before}与{after}之间{words.zh}。",
            f"The numbering of {instrument.id} {words.en} between {before} and {after}.",
            f"{instrument.id} {before} {after}",
        )
