"""Undefined terms that decide a sanction (G309).

A judgement decides a sanction iff some case draws it, and would not if only the judgement came out otherwise.
What an assumption settles is defined: then no case differs in it alone. So is what a text counts or checks of
itself. One finding for each instrument and judgement.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiju.checker.ask import Asker
from guiju.checker.finding import Finding, NormRef, ProvedBy, Severity
from guiju.checker.otherwise import Otherwise, Pair
from guiju.checker.sanctions import citing, is_sanction, listed, mentioned
from guiju.compiler import formulas
from guiju.compiler.kernel import Context, Corpus, Expr, Fact, Instrument, Norm, negation
from guiju.compiler.renaming import renamed
from guiju.compiler.resolve import applicable
from guiju.dsl.source import Bilingual

#: So many sanctions are looked at for a case to show.
_TRIED = 3


def findings(asker: Asker, beside: Otherwise) -> Iterator[Finding]:
    """One finding for each instrument and judgement that decides a sanction of it."""
    corpus = asker.corpus
    checked = mentioned(claim.expr for claim in corpus.claims)
    open_terms = [
        f for f in corpus.facts.values() if f.judgement and not f.background and f.name not in checked
    ]
    for instrument in corpus.instruments.values():
        sanctions = [n for n in corpus.norms if n.instrument == instrument.id and is_sanction(n, corpus)]
        for fact in open_terms:
            decided = [s for s in sanctions if fact.name in mentioned([s.guard])]
            yield from _deciding(fact, decided, instrument, beside)


def _deciding(
    fact: Fact, sanctions: Sequence[Norm], instrument: Instrument, beside: Otherwise
) -> Iterator[Finding]:
    corpus, varied = beside.asker.corpus, {fact.name}
    queries: dict[Expr, list[Expr]] = {}
    decided: list[Norm] = []
    for sanction in sanctions:
        applies = formulas.applicable(sanction, corpus)
        if applies not in queries:
            asked = [applies, negation(renamed(applies, beside.names(varied)))]
            possible = beside.possible(f"{sanction.id}: {fact.name} decides", varied, asked, (sanction,))
            queries[applies] = asked if possible else []
        if queries[applies]:
            decided.append(sanction)
    if not decided:
        return
    shown: Pair | None = None
    # The plainest is shown: with the fewest ways to read it, and by default if one of the first is.
    for plain in sorted(decided, key=lambda n: len(n.readings))[:_TRIED]:

        def shows(cases: tuple[Context, ...], sanction: Norm = plain) -> bool:
            return [applicable(sanction, corpus, case) for case in cases[:2]] == [True, False]

        asked = queries[formulas.applicable(plain, corpus)]
        found = beside.find(f"{plain.id}: {fact.name} decides", varied, asked, (plain,), replay=shows)
        if found is not None and (shown is None or found.answered.by_default):
            shown = found
        if shown is not None and shown.answered.by_default:
            break
    if shown is not None:
        yield _finding(fact, decided, shown, instrument, corpus)


def _finding(
    fact: Fact, decided: Sequence[Norm], found: Pair, instrument: Instrument, corpus: Corpus
) -> Finding:
    rules = citing(decided)
    cited = listed(rules)
    return Finding(
        code="G309",
        severity=Severity.INFO,
        norms=tuple(NormRef.of(n) for n in rules),
        message=Bilingual(
            f"《{instrument.title}》{cited.zh}是否予以处理，可以只取决于“{fact.name}”，"
            f"而它由人判断，没有规则或者假定给出标准。",
            f"Whether {instrument.id} {cited.en} imposes its sanction can depend on {fact.name} alone,"
            f" which is a judgement for which no rule or assumption gives a standard.",
        ),
        proved_by=ProvedBy.REPLAYED,
        witness=found.answered.witness,
        readings=found.answered.under,
        by_default=found.answered.by_default,
        subject=f"{instrument.id}:{fact.name}",
    )
