"""What a finding may claim when it rests on a norm that was not read in its own text.

A second-hand norm makes at most a warning; an unverified one at most a question. Either is said.
"""

from __future__ import annotations

from attrs import evolve

from guiju.checker.finding import Finding, NormRef, Severity
from guiju.compiler.kernel import Corpus, Standing
from guiju.dsl.source import Bilingual

_CEILING = {Standing.SECOND_HAND: Severity.WARNING, Standing.UNVERIFIED: Severity.INFO}
_REMARK = {
    Standing.SECOND_HAND: Bilingual("据转述，未读到原文", "known second-hand: its text was not read"),
    Standing.UNVERIFIED: Bilingual(
        "尚未核实，只作为问题提出", "not verified: this is a question, not a finding of fault"
    ),
}
_ORDER = (Standing.READ, Standing.SECOND_HAND, Standing.UNVERIFIED)


def weighed(finding: Finding, corpus: Corpus) -> Finding:
    """``finding`` with its severity capped by the least known of the norms that it rests on, and so said."""
    if finding.family == "example":
        return finding
    known = {ref: standing_of(ref, corpus) for ref in finding.norms}
    doubtful = [ref for ref, standing in known.items() if standing is not Standing.READ]
    if not doubtful:
        return finding
    worst = max((known[ref] for ref in doubtful), key=_ORDER.index)
    zh = "；".join(
        f"《{corpus.instruments[r.instrument].title}》{_cited(r)}{_REMARK[known[r]].zh}" for r in doubtful
    )
    en = "; ".join(f"{r.instrument} {_cited(r)}: {_REMARK[known[r]].en}" for r in doubtful)
    return evolve(
        finding,
        severity=min(finding.severity, _CEILING[worst]),
        message=Bilingual(f"{finding.message.zh}（{zh}。）", f"{finding.message.en} ({en}.)"),
        details={**finding.details, "standing": worst.value},
    )


def _cited(ref: NormRef) -> str:
    return "、".join(ref.citations)


def standing_of(ref: NormRef, corpus: Corpus) -> Standing:
    """How well the provision that ``ref`` names is known."""
    for norm in corpus.norms:
        if norm.rule == ref.rule:
            return norm.standing
    for power in corpus.powers:
        if not ref.rule and (power.instrument, power.citations) == (ref.instrument, ref.citations):
            return power.standing
    header = corpus.instruments.get(ref.instrument)
    return header.standing if header is not None else Standing.READ
