"""Rule quality: norms that can never apply, never prevail, or add nothing; claims that do not hold (Q2xx)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiju.checker import wording
from guiju.checker.ask import Asker
from guiju.checker.candidates import by_question, on_one_branch
from guiju.checker.finding import Finding, NormRef, ProvedBy, Severity
from guiju.checker.overlaps import Conflicts
from guiju.checker.vacuity import Census
from guiju.compiler import formulas
from guiju.compiler.doctrine import Grade
from guiju.compiler.kernel import (
    Answer,
    Combination,
    Compare,
    Corpus,
    Expr,
    InTerritory,
    Modality,
    Norm,
    Order,
    Question,
    Span,
    WhichValue,
    binds,
    conjunction,
    negation,
)
from guiju.dsl.source import Bilingual


def findings(
    asker: Asker, conflicts: Conflicts, without_assumptions: Asker, census: Census
) -> Iterator[Finding]:
    """All findings about the quality of rules; ``without_assumptions`` tells why a rule is dead."""
    dead: set[str] = set()
    yield from _dead(asker, without_assumptions, census, dead)
    yield from _never_asked(asker)
    yield from _always_defeated(asker, conflicts, dead)
    yield from _redundant(asker, conflicts, dead)
    yield from _claims(asker)


def _universal(
    code: str, severity: Severity, norms: tuple[Norm, ...], zh: str, en: str, subject: str
) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        norms=tuple(NormRef.of(n) for n in norms),
        message=Bilingual(zh, en),
        proved_by=ProvedBy.UNSATISFIABLE,
        subject=subject,
    )


def _provisions(corpus: Corpus) -> Iterator[list[Norm]]:
    """What each rule says on each question: its norms with legal effect, one for each requirement."""
    found: dict[tuple[str, Question], list[Norm]] = {}
    for norm in corpus.norms:
        if binds(norm):
            found.setdefault((norm.rule, norm.question), []).append(norm)
    yield from found.values()


def _dead(asker: Asker, bare: Asker, census: Census, dead: set[str]) -> Iterator[Finding]:
    """Provisions that no case satisfies on any date; the ids of their norms are added to ``dead``."""
    corpus = asker.corpus
    for norms in _provisions(corpus):
        under = [norm for norm in norms if census.dead(norm)]
        dead.update(norm.id for norm in under)
        some = len(under) < len(norms)
        if some:  # a requirement may always be met, beside one that is not
            under = [norm for norm in under if norm.requirement is None]
        if not under:
            continue
        norm = under[0]
        why = _why(under, asker, bare)
        who, what = wording.norm(norm, corpus), wording.question(norm.question)
        says = "One of the things that" if some else "What"
        yield _universal(
            "Q201",
            Severity.ERROR,
            (norm,),
            f"{who.zh}关于“{what.zh}”的规定{'之一' if some else ''}在任何情形下都不会适用{why.zh}。",
            f"{says} {who.en} says on {what.en} can never apply{why.en}.",
            wording.subject(norm.question),
        )


def _never_asked(asker: Asker) -> Iterator[Finding]:
    """Outcomes that must have an answer under a condition that no case satisfies: nothing is asked."""
    for outcome in asker.corpus.outcomes.values():
        if outcome.domain is None:
            continue
        if asker.possible(f"{outcome.name}: domain", [outcome.domain], pinned=False) is not False:
            continue
        yield Finding(
            code="Q201",
            severity=Severity.ERROR,
            norms=(),
            message=Bilingual(
                f"“{outcome.name}”须有答案的范围不含任何情形：这一要求从不适用。",
                f"No case is in the domain where {outcome.name} must have an answer: this never applies.",
            ),
            proved_by=ProvedBy.UNSATISFIABLE,
            subject=wording.subject(WhichValue(outcome.name)),
            place=outcome.place,
        )


def _why(norms: Sequence[Norm], asker: Asker, bare: Asker) -> Bilingual:
    """What keeps dead norms from applying, where it is not their own condition."""
    corpus = asker.corpus
    if not any(
        asker.possible(f"{n.id}: in force", [_in_force(n, corpus)], (n,), pinned=False) for n in norms
    ):
        return Bilingual("（在所考虑的期间内从不施行）", ": it is in force on no day that is considered")

    def otherwise(asked: Asker) -> bool:
        applies = ((n, [formulas.applicable(n, corpus)]) for n in norms)
        return any(asked.possible(f"{n.id}: dead", a, (n,), pinned=False) for n, a in applies)

    if asker.fixed_readings and otherwise(asker.unpinned()):
        return Bilingual("（在所固定的读法之下）", " under the readings that are fixed")
    if otherwise(bare):
        return Bilingual("（在所作的假定之下）", " under the declared assumptions")
    return Bilingual("", "")


def _in_force(norm: Norm, corpus: Corpus) -> Expr:
    return conjunction(formulas.in_force(norm, corpus), InTerritory(norm.territory))


def _always_defeated(asker: Asker, conflicts: Conflicts, dead: set[str]) -> Iterator[Finding]:
    """Provisions that some norm prevails over in every case in which they apply; a union can do it too."""
    corpus = asker.corpus
    by_id = {n.id: n for n in corpus.norms}
    for norms in _provisions(corpus):
        alive = [n for n in norms if n.id not in dead]
        over = [d for n in alive for (_, loser), d in conflicts.defeats.items() if loser == n.id]
        winners = list(dict.fromkeys(by_id[d.winner] for d in over))
        if not over or not all(_shadowed(n, asker, conflicts) for n in alive):
            continue
        norm = alive[0]
        who, what = wording.norm(norm, corpus), wording.question(norm.question)
        named = list(dict.fromkeys(wording.norm(w, corpus) for w in winners))
        argued = any(d.grade is Grade.ARGUED for d in over)
        yield _universal(
            "Q202",
            Severity.WARNING,
            (norm, *winners),
            f"{who.zh}关于“{what.zh}”的规定凡能适用之处，"
            f"都有{'、'.join(n.zh for n in named)}优先，因而从不生效"
            f"{'（其中的优先有的仅可主张）' if argued else ''}。",
            f"Wherever {who.en} applies on {what.en},"
            f" {', '.join(n.en for n in named)} prevails: it never has effect"
            f"{' (some of these priorities are only argued)' if argued else ''}.",
            wording.subject(norm.question),
        )


def _shadowed(norm: Norm, asker: Asker, conflicts: Conflicts) -> bool:
    """Whether ``norm`` is surely defeated wherever it applies."""
    corpus = asker.corpus
    by_id = {n.id: n for n in corpus.norms}
    standing = [formulas.applicable(norm, corpus)]
    for winner, loser in conflicts.defeats:
        if loser == norm.id:
            w = by_id[winner]
            beats = formulas.incompatible(w.position, norm.position, Combination.SINGLE, corpus)
            standing.append(negation(conjunction(formulas.applicable(w, corpus), beats)))
    if len(standing) == 1:
        return False
    return asker.possible(f"{norm.id}: always defeated", standing, (norm,), pinned=False) is False


def _redundant(asker: Asker, conflicts: Conflicts, dead: set[str]) -> Iterator[Finding]:
    """Provisions whose every application is matched by other rules with the same position."""
    corpus = asker.corpus
    asked = by_question(corpus.norms)
    found: set[str] = set()
    for norms in _provisions(corpus):
        alive = [n for n in norms if n.id not in dead]
        covering: list[Norm] = []
        for norm in alive:
            others = [
                n
                for n in asked[norm.question]
                if n.rule != norm.rule
                and n.id not in found | dead
                and n.strength is norm.strength
                and on_one_branch(n, norm, corpus)
                and _alike(n, norm) is not None
                and _stands_in(n, norm, conflicts)
            ]
            if not others or not _covered(norm, others, asker):
                break
            covering += (n for n in _needed(norm, others, asker) if n not in covering)
        else:
            if not alive:
                continue
            found.update(n.id for n in alive)
            who, what = wording.norm(alive[0], corpus), wording.question(alive[0].question)
            named = list(dict.fromkeys(wording.norm(n, corpus) for n in covering))
            yield _universal(
                "Q203",
                Severity.INFO,
                (alive[0], *covering),
                f"{who.zh}关于“{what.zh}”的规定已包含在{'、'.join(n.zh for n in named)}之中。",
                f"What {who.en} says on {what.en} is already said by {', '.join(n.en for n in named)}.",
                wording.subject(alive[0].question),
            )


def _stands_in(one: Norm, other: Norm, conflicts: Conflicts) -> bool:
    """Whether ``one`` prevails over all that ``other`` prevails over, and yields to no more than it does."""

    def winners(norm: Norm) -> set[str]:
        return {w for w, loser in conflicts.defeats if loser == norm.id}

    def losers(norm: Norm) -> set[str]:
        return {loser for w, loser in conflicts.defeats if w == norm.id}

    return losers(other) <= losers(one) and winners(one) <= winners(other)


def _covered(norm: Norm, others: list[Norm], asker: Asker) -> bool:
    """Whether wherever ``norm`` applies one of ``others`` surely says the same."""
    corpus = asker.corpus
    uncovered = [formulas.applicable(norm, corpus)]
    for n in others:
        same = _alike(n, norm)
        assert same is not None
        uncovered.append(negation(conjunction(formulas.applicable(n, corpus), same)))
    return asker.possible(f"{norm.id}: redundant", uncovered, (norm,), pinned=False) is False


def _needed(norm: Norm, others: list[Norm], asker: Asker) -> list[Norm]:
    """As few of ``others`` as still cover ``norm``: each that can be left out is."""
    kept = list(others)
    for candidate in others:
        rest = [n for n in kept if n is not candidate]
        if rest and _covered(norm, rest, asker):
            kept = rest
    return kept


def _alike(one: Norm, other: Norm) -> Expr | None:
    """The condition under which two norms take the same position; None when they cannot."""
    match one.position, other.position:
        case Modality(), Modality():
            return conjunction() if one.position is other.position else None
        case Answer(left), Answer(right) if left is not None and right is not None:
            return Compare(Order.EQ, left, right)
        case Span(start, end), Span(start2, end2):
            return conjunction(Compare(Order.EQ, start, start2), Compare(Order.EQ, end, end2))
        case _:
            return None


def _claims(asker: Asker) -> Iterator[Finding]:
    """Statements that a text makes of itself and that a case refutes."""
    corpus: Corpus = asker.corpus
    for claim in corpus.claims:
        answered = asker.find(f"claim: {claim.label}", [negation(claim.expr)])
        if answered is None:
            continue
        title = corpus.instruments[claim.instrument].title
        cited = "、".join(claim.citations)
        yield Finding(
            code="Q204",
            severity=Severity.ERROR,
            norms=(NormRef(claim.instrument, "", claim.citations, claim.place),),
            message=Bilingual(
                f"《{title}》{cited}自己所说的“{claim.label}”不成立。",
                f"What {claim.instrument} {cited} says of itself ({claim.label}) does not hold.",
            ),
            proved_by=ProvedBy.REPLAYED,
            witness=answered.witness,
            readings=answered.under,
            by_default=answered.by_default,
            subject=claim.label,
            place=claim.place,
        )
