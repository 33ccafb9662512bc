"""Gaps: what the text leaves open, and cases that an outcome must answer and nothing does (G3xx)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve

from guiju.checker import wording
from guiju.checker.ask import Asker, defaults
from guiju.checker.finding import Finding, NormRef, ProvedBy, Severity
from guiju.compiler import formulas
from guiju.compiler.kernel import (
    Context,
    Corpus,
    Expr,
    Gap,
    InTerritory,
    Norm,
    Today,
    WhichValue,
    conjunction,
    disjunction,
    negation,
)
from guiju.compiler.resolve import resolve
from guiju.dsl.source import Bilingual

#: For each thing left open: its code, and what is missing in words.
_OPEN = {
    "recipient": ("G302", Bilingual("没有写明交给谁", "does not name the recipient")),
    "deadline": ("G303", Bilingual("没有写明时限", "does not give the deadline")),
    "term": ("G304", Bilingual("没有写明期限多长", "does not say how long it lasts")),
    "start": ("G304", Bilingual("没有写明从何时起算", "does not say from when it runs")),
    "period": ("G304", Bilingual("没有写明多久一次", "does not say how often")),
    "bearer": ("G305", Bilingual("没有写明由谁来做", "does not say who must act")),
    "value": ("G306", Bilingual("没有写明具体内容或数额", "does not say which value or amount")),
}


def findings(asker: Asker) -> Iterator[Finding]:
    """All gaps of the corpus."""
    yield from _unspecified(asker)
    yield from _unanswered(asker)


def _unspecified(asker: Asker) -> Iterator[Finding]:
    """One finding for each thing that a provision leaves open; what only a reading brings says which."""
    corpus = asker.corpus
    found: dict[tuple[str, str, tuple[str, ...], str], Finding] = {}
    for gap in corpus.gaps:
        key = (gap.what, gap.instrument, gap.citations, gap.action)
        if key in found and found[key].by_default:
            continue
        under = _readings(gap, asker)
        if under is None or key not in found:
            found[key] = _left_open(gap, under, corpus)
    yield from found.values()


def _readings(gap: Gap, asker: Asker) -> tuple[Mapping[str, str], ...] | None:
    """The readings under which the rule of ``gap`` says anything; None where it does by default."""
    conditions = [formulas.applicable(n, asker.corpus) for n in asker.corpus.norms if n.rule == gap.rule]
    if not conditions:
        return None
    says = [disjunction(*conditions)]
    what = f"{gap.rule}: left open"
    if asker.possible(what, [*says, *defaults(says, asker.corpus)]) is not False:
        return None
    answered = asker.find(what, says)
    return answered.under if answered is not None else None


def _left_open(gap: Gap, under: tuple[Mapping[str, str], ...] | None, corpus: Corpus) -> Finding:
    code, what = _OPEN[gap.what]
    title = corpus.instruments[gap.instrument].title
    cited = "、".join(gap.citations)
    does = wording.modal(gap.modality)
    return Finding(
        code=code,
        severity=Severity.WARNING,
        norms=(NormRef(gap.instrument, gap.rule, gap.citations, gap.place),),
        message=Bilingual(
            f"《{title}》{cited}：“{does.zh}{gap.action}”{what.zh}。",
            f"{gap.instrument} {cited}: on '{does.en}{gap.action}' it {what.en}.",
        ),
        proved_by=ProvedBy.STRUCTURE,
        readings=under or (),
        by_default=under is None,
        subject=f"{gap.what}:{gap.action}",
    )


def _unanswered(asker: Asker) -> Iterator[Finding]:
    """Outcomes that must have an answer on a domain: a case of the domain in which no norm applies."""
    corpus = asker.corpus
    for outcome in corpus.outcomes.values():
        if outcome.domain is None:
            continue
        question = WhichValue(outcome.name)
        norms = [n for n in corpus.norms if n.question == question]
        silent = [negation(formulas.applicable(n, corpus)) for n in norms]
        # Where none of its instruments is in force, there is no text to blame; a text that never answers is.
        governed = disjunction(*(_governs(n, corpus) for n in norms or corpus.norms))

        def shows(context: Context, question: WhichValue = question) -> bool:
            return resolve(question, corpus, {}, context).gap

        answered = asker.find(
            f"gap: {outcome.name}", [outcome.domain, governed, *silent], norms, replay=shows
        )
        if answered is None:
            continue
        yield Finding(
            code="G301",
            severity=Severity.ERROR,
            norms=tuple(NormRef.of(n) for n in norms),
            message=Bilingual(
                f"“{outcome.name}”在其范围内应有答案，但存在没有任何条文作答的情形。",
                f"{outcome.name} must have an answer, but there is a case that no norm answers.",
            ),
            proved_by=ProvedBy.REPLAYED,
            witness=answered.witness,
            readings=answered.under,
            by_default=answered.by_default,
            subject=wording.subject(question),
            place=outcome.place,
        )


def _governs(norm: Norm, corpus: Corpus) -> Expr:
    """The condition that the text of ``norm`` is there to answer; without a law date, on the date itself."""
    dated = formulas.defined(norm.law_date)
    today = formulas.in_force(evolve(norm, law_date=Today()), corpus)
    force = disjunction(formulas.in_force(norm, corpus), conjunction(negation(dated), today))
    return conjunction(InTerritory(norm.territory), force)
