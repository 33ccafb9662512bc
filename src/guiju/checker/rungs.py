"""Gaps in a ladder (Q207): less and more grave conduct is sanctioned, and what lies between is not.

A fact measures how grave the conduct is. Three cases are equal but for it: in the least and in the most grave
a sanction answers the same question; in the one between none does, and no other sanction that depends on the
fact applies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiju.checker import wording
from guiju.checker.ask import Asker
from guiju.checker.candidates import by_question
from guiju.checker.finding import Finding, NormRef, ProvedBy, Severity
from guiju.checker.otherwise import Otherwise, Pair
from guiju.checker.sanctions import citing, is_sanction, listed, mentioned
from guiju.compiler import formulas
from guiju.compiler.kernel import (
    Compare,
    Context,
    Corpus,
    Fact,
    FactRef,
    Norm,
    Order,
    Question,
    disjunction,
    negation,
    position_terms,
)
from guiju.compiler.renaming import renamed
from guiju.compiler.resolve import applicable
from guiju.dsl.source import Bilingual


def findings(asker: Asker, beside: Otherwise) -> Iterator[Finding]:
    """One finding for each fact that measures gravity and question."""
    corpus = asker.corpus
    sanctions = [n for n in corpus.norms if is_sanction(n, corpus)]
    for fact in corpus.facts.values():
        if not fact.gravity:
            continue
        depending = [n for n in sanctions if _speaks(n, fact)]
        for question, norms in by_question(depending).items():
            same = [n for n in sanctions if n.question == question]
            found = _broken(fact, norms, [*same, *(n for n in depending if n not in same)], beside)
            if found is not None:
                yield _finding(fact, question, norms, found, corpus)


def _speaks(norm: Norm, fact: Fact) -> bool:
    return fact.name in mentioned([norm.guard, *position_terms(norm.position)])


def _broken(fact: Fact, norms: Sequence[Norm], silent: Sequence[Norm], beside: Otherwise) -> Pair | None:
    """Three cases: one of ``norms`` applies in the first and the last, none of ``silent`` in between."""
    corpus, varied = beside.asker.corpus, {fact.name}
    between, above = beside.names(varied, 1), beside.names(varied, 2)
    drawn = disjunction(*(formulas.applicable(n, corpus) for n in norms))
    conditions = [
        drawn,
        renamed(drawn, above),
        *(negation(renamed(formulas.applicable(n, corpus), between)) for n in silent),
        Compare(Order.LT, FactRef(fact.name), FactRef(between[fact.name])),
        Compare(Order.LT, FactRef(between[fact.name]), FactRef(above[fact.name])),
    ]

    def shows(cases: tuple[Context, ...]) -> bool:
        less, middle, more = cases
        return all(any(applicable(n, corpus, c) is True for n in norms) for c in (less, more)) and not any(
            applicable(n, corpus, middle) is not False for n in silent
        )

    what = f"{fact.name}: {wording.subject(norms[0].question)}"
    return beside.find(what, varied, conditions, norms, replay=shows)


def _finding(fact: Fact, question: Question, norms: Sequence[Norm], found: Pair, corpus: Corpus) -> Finding:
    cases = found.contexts
    less, middle, more = (wording.value(c.case.facts[fact.name], fact.type) for c in cases)
    drawn = [n for n in norms if any(applicable(n, corpus, c) is True for c in (cases[0], cases[2]))]
    rules = citing(drawn)
    cited, what = listed(rules), wording.question(question)
    titles = list(dict.fromkeys(n.instrument for n in rules))
    named = "、".join(f"《{corpus.instruments[t].title}》" for t in titles)
    return Finding(
        code="Q207",
        severity=Severity.WARNING,
        norms=tuple(NormRef.of(n) for n in rules),
        message=Bilingual(
            f"“{fact.name}”为“{less.zh}”或者“{more.zh}”时，{named}{cited.zh}都对“{what.zh}”有规定，"
            f"居于其间的“{middle.zh}”却没有任何处理。",
            f"Where {fact.name} is '{less.en}' or '{more.en}', {', '.join(titles)} {cited.en} answers"
            f" {what.en}; '{middle.en}', which lies between, draws no sanction.",
        ),
        proved_by=ProvedBy.REPLAYED,
        witness=found.answered.witness,
        readings=found.answered.under,
        by_default=found.answered.by_default,
        subject=f"{wording.subject(question)}:{fact.name}",
        details={fact.name: f"{less.zh} < {middle.zh} < {more.zh}"},
    )
