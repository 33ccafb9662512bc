"""Whom a rule can tell to act and send to: recipients outside its territory (L008)."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.checker import wording
from guiju.checker.ask import Asker
from guiju.checker.chains.links import Links
from guiju.checker.finding import Finding, ProvedBy, Severity
from guiju.compiler import formulas
from guiju.compiler.kernel import Corpus, Norm
from guiju.dsl.source import Bilingual


def outside(links: Links, asker: Asker) -> Iterator[Finding]:
    """Hand-overs to an authority whose territory and the rule's have no place in common."""
    corpus = links.corpus
    for step in links.steps:
        for to in (*step.to, *step.copy):
            territory = territory_of(to, corpus)
            if territory is None or _meet(step.norm, territory, corpus):
                continue
            answered = asker.find(
                f"{step.norm.id}: handed to {to}", [formulas.applicable(step.norm, corpus)], (step.norm,)
            )
            if answered is None:
                continue
            who, deed = wording.norm(step.norm, corpus), wording.deed(step.deed)
            yield answered.finding(
                "L008",
                Severity.WARNING,
                (step.norm,),
                Bilingual(
                    f"{who.zh}适用于“{step.norm.territory}”，而“{deed}”交给的“{to}”只管“{territory}”。",
                    f"{who.en} applies in {step.norm.territory}, but '{to}', which '{deed}' goes to, is"
                    f" competent in {territory}.",
                ),
                f"{deed}→{to}",
                ProvedBy.STRUCTURE,
            )


def territory_of(name: str, corpus: Corpus) -> str | None:
    """The territory of an authority, or of the one whose department it is; None where none is known."""
    known = corpus.authorities.get(name)
    while known is not None and known.territory is None and known.department_of is not None:
        known = corpus.authorities.get(known.department_of)
    return known.territory if known is not None else None


def _meet(norm: Norm, territory: str, corpus: Corpus) -> bool:
    return corpus.within(norm.territory, territory) or corpus.within(territory, norm.territory)
