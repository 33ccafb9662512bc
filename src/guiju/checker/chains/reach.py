"""Whom a rule can tell to act, and send to (L008): nobody elsewhere, and nobody above its issuer."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.checker import wording
from guiju.checker.ask import Asker
from guiju.checker.chains.links import Links
from guiju.checker.chains.steps import same_body
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


def beyond(links: Links, asker: Asker) -> Iterator[Finding]:
    """Duties of an authority that the issuer of the rule cannot tell what to do."""
    corpus = links.corpus
    for step in links.steps:
        known = step.bearer in corpus.authorities and territory_of(step.bearer, corpus) is not None
        if not step.obliged or not known or is_bound(step.bearer, step.norm, corpus):
            continue
        applies = [formulas.applicable(step.norm, corpus)]
        answered = asker.find(f"{step.norm.id}: tells {step.bearer}", applies, (step.norm,))
        if answered is None:
            continue
        who, issuer = wording.norm(step.norm, corpus), corpus.instruments[step.norm.instrument].issuer
        yield answered.finding(
            "L008",
            Severity.WARNING,
            (step.norm,),
            Bilingual(
                f"{who.zh}由“{issuer}”制定，却要求“{step.bearer}”{step.deed.action}：该机关是其上级，或者不在其"
                f"辖区之内，不受本文件约束。",
                f"{who.en} was issued by '{issuer}', and has '{step.bearer}' do '{step.deed.action}': that"
                f" one is above it or outside of its territory, and is not bound by it.",
            ),
            wording.deed(step.deed),
            ProvedBy.STRUCTURE,
        )


def is_bound(authority: str, norm: Norm, corpus: Corpus) -> bool:
    """Whether the issuer of ``norm`` can tell ``authority`` what to do: it is no higher and lies no wider.

    Of one whose territory is not known nobody can say so.
    """
    issuer = corpus.instruments[norm.instrument].issuer
    own, other = territory_of(issuer, corpus) or norm.territory, territory_of(authority, corpus)
    if other is None or not corpus.within(other, own):
        return False
    return not any(same_body(above, authority, corpus) for above in _above(issuer, corpus))


def _above(issuer: str, corpus: Corpus) -> Iterator[str]:
    """The superiors of an authority, from the next one up."""
    known = corpus.authorities.get(issuer)
    while known is not None and known.superior is not None:
        yield known.superior
        known = corpus.authorities.get(known.superior)


def territory_of(name: str, corpus: Corpus) -> str | None:
    """The territory of an authority, or of the one whose department it is; None where none is known."""
    known = corpus.authorities.get(name)
    while known is not None and known.territory is None and known.department_of is not None:
        known = corpus.authorities.get(known.department_of)
    return known.territory if known is not None else None


def _meet(norm: Norm, territory: str, corpus: Corpus) -> bool:
    return corpus.within(norm.territory, territory) or corpus.within(territory, norm.territory)
