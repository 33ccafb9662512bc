"""Inverted severity (Q205): graver conduct draws the milder sanction.

A fact measures how grave the conduct is. Two cases are equal but for it; in the graver one every answer that
stands is milder than one that stands in the other, on the same facts. Compared are the values of ordered
outcomes and the ends of bars that begin on one day. What may but need not be imposed is no measure of the
less grave case; and that another instrument prevails is settled among the conflicts.

Where the text does not say how answers combine, all of them stand and nothing is inverted, unless the special
rule prevails over another of its instrument. That is asked as a supposition, and said: special is the rule
whose guard implies the other's, or the one of two about the same facts that alone speaks of the gravity.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import frozen

from guiju.checker import graded, wording
from guiju.checker.ask import Asker
from guiju.checker.finding import Finding, NormRef, ProvedBy, Severity
from guiju.checker.graded import Standing
from guiju.checker.grounds import Grounds
from guiju.checker.otherwise import Otherwise, Pair
from guiju.checker.overlaps import Conflicts
from guiju.checker.sanctions import conduct, mentioned
from guiju.compiler import formulas
from guiju.compiler.kernel import (
    FALSE,
    TRUE,
    BarEnd,
    Combination,
    Compare,
    Const,
    Context,
    Corpus,
    Enumeration,
    Expr,
    Fact,
    FactRef,
    MayDo,
    Modality,
    Norm,
    Order,
    Question,
    Strength,
    conjunction,
    disjunction,
    negation,
    position_terms,
)
from guiju.compiler.renaming import Names, renamed, renamed_position
from guiju.dsl.source import Bilingual


@frozen
class _Prevailing:
    """What stands; ``supposed``: because the milder norm is taken for the special one."""

    standing: Standing
    supposed: bool = False


def findings(asker: Asker, beside: Otherwise, conflicts: Conflicts) -> Iterator[Finding]:
    """One finding for each fact that measures gravity and pair of rules."""
    corpus = asker.corpus
    grounds = Grounds(asker)
    for fact in corpus.facts.values():
        if not fact.gravity:
            continue
        shown: set[tuple[str, str]] = set()
        for question, norms in graded.questions(corpus).items():
            if not any(_speaks(norm, fact) for norm in norms):
                continue
            for harsh in norms:
                for mild in norms:
                    if (harsh.rule, mild.rule) in shown or not _worth_asking(harsh, mild, asker):
                        continue
                    rulings = list(_rulings(harsh, mild, fact, asker, conflicts))
                    same = grounds.shared(harsh, mild) if rulings else None
                    for ruling in rulings if same is not None else []:
                        assert same is not None
                        finding = _inverted(fact, question, harsh, mild, norms, ruling, same, beside)
                        if finding is not None:
                            shown.add((harsh.rule, mild.rule))
                            yield finding
                            break


# --- Queries ---------------------------------------------------------------------------------------


def _speaks(norm: Norm, fact: Fact) -> bool:
    return fact.name in mentioned([norm.guard, *position_terms(norm.position)])


def _worth_asking(harsh: Norm, mild: Norm, asker: Asker) -> bool:
    """Whether ``mild`` can be milder, and the two speak of some conduct that they or an assumption share."""
    if harsh.strength is Strength.DISCRETIONARY or graded.milder(mild.position, harsh.position) == FALSE:
        return False
    about = [conduct([n.guard, *asker.bearing([n.guard])], asker.corpus) for n in (harsh, mild)]
    return harsh is mild or bool(about[0] & about[1])


def _rulings(
    harsh: Norm, mild: Norm, fact: Fact, asker: Asker, conflicts: Conflicts
) -> Iterator[_Prevailing]:
    """The defeats, and the supposition that ``mild`` is the special rule where the text leaves it open.

    Of those only under which ``fact`` can make a difference to whether ``harsh`` stands.
    """
    corpus, settled = asker.corpus, list(conflicts.defeats)
    standing = Standing.under(settled, corpus)
    if any(_speaks(norm, fact) for norm in (harsh, *standing.winners.get(harsh.id, ()))):
        yield _Prevailing(standing)
    unstated = corpus.combination(harsh.question) is Combination.UNSTATED
    if not unstated or harsh.instrument != mild.instrument or not _speaks(mild, fact):
        return
    if not any({o.one.id, o.other.id} == {harsh.id, mild.id} for o in conflicts.overlaps):
        return
    supposed = Standing.under([*settled, (mild.id, harsh.id)], corpus)
    special = not _speaks(harsh, fact) or (_implies(mild, harsh, asker) and not _implies(harsh, mild, asker))
    if special:
        yield _Prevailing(supposed, supposed=True)


def _implies(one: Norm, other: Norm, asker: Asker) -> bool:
    what = f"{one.id} ⊃ {other.id}"
    return asker.possible(what, [one.guard, negation(other.guard)], (one, other), pinned=False) is False


def _inverted(
    fact: Fact,
    question: Question,
    harsh: Norm,
    mild: Norm,
    norms: Sequence[Norm],
    ruling: _Prevailing,
    same: Expr,
    beside: Otherwise,
) -> Finding | None:
    corpus, standing = beside.asker.corpus, ruling.standing
    names = beside.names({fact.name})
    combination = corpus.combination(question)

    def graver(norm: Norm) -> Expr:
        return renamed(standing.of(norm), names)

    def lower(norm: Norm, than: Norm) -> Expr:
        return graded.milder(renamed_position(norm.position, names), than.position)

    conditions = [
        standing.of(harsh),
        Compare(Order.LT, FactRef(fact.name), FactRef(names[fact.name])),
        graver(mild),
        lower(mild, harsh),
        same,
        renamed(same, names),
    ]
    if harsh.instrument != mild.instrument:
        conditions.append(negation(renamed(formulas.applicable(harsh, corpus), names)))
    for other in norms:
        if other is mild:
            continue
        # What adds up may be graver in sum: then nothing else may stand in the graver case.
        below = FALSE if combination is Combination.ALL else lower(other, harsh)
        conditions.append(disjunction(negation(graver(other)), below))
        if combination is Combination.MILDEST:
            conditions.append(disjunction(negation(standing.of(other)), lower(mild, other)))
    conditions += (negation(renamed(a, names)) for a in _open_ended(question, norms, corpus))

    def shows(cases: tuple[Context, ...]) -> bool:
        before, after = (standing.among(norms, case) for case in cases[:2])
        return (
            harsh.id in before
            and mild.id in after
            and graded.milder_in(after[mild.id], before[harsh.id], question, corpus)
            and (
                combination is Combination.MILDEST
                or all(graded.milder_in(p, before[harsh.id], question, corpus) for p in after.values())
            )
        )

    what = f"{harsh.id} × {mild.id}: {fact.name}"
    wishes = [_next_to_each_other(fact, names)]
    found = beside.find(what, {fact.name}, conditions, (harsh, mild), wishes, shows)
    return None if found is None else _finding(fact, question, harsh, mild, norms, ruling, found, corpus)


def _open_ended(question: Question, norms: Sequence[Norm], corpus: Corpus) -> Iterator[Expr]:
    """The conditions of bars on the same deed of which no end is given: they are not milder."""
    if isinstance(question, BarEnd):
        ending = {norm.rule for norm in norms}
        for norm in corpus.norms:
            barred = norm.question == MayDo(question.deed) and norm.position is Modality.FORBIDDEN
            if barred and norm.rule not in ending:
                yield formulas.applicable(norm, corpus)


def _next_to_each_other(fact: Fact, names: Names) -> Expr:
    """That the two values of ``fact`` are neighbours: the plainest case to show."""
    less, more = FactRef(fact.name), FactRef(names[fact.name])
    if not isinstance(fact.type, Enumeration):
        return TRUE
    members = [Const(member, fact.type) for member in fact.type.members]
    return disjunction(
        *(conjunction(Compare(Order.EQ, less, a), Compare(Order.EQ, more, b)) for a, b in pairwise(members))
    )


# --- Words -----------------------------------------------------------------------------------------


def _finding(
    fact: Fact,
    question: Question,
    harsh: Norm,
    mild: Norm,
    norms: Sequence[Norm],
    ruling: _Prevailing,
    found: Pair,
    corpus: Corpus,
) -> Finding:
    before, after = found.contexts[0], found.contexts[1]
    less, more = (wording.value(c.case.facts[fact.name], fact.type) for c in (before, after))
    type_ = wording.outcome_type(question, corpus)
    drawn = wording.position(ruling.standing.among(norms, before)[harsh.id], type_, harsh.strength)
    then = wording.position(ruling.standing.among(norms, after)[mild.id], type_, mild.strength)
    by, instead, what = wording.norm(harsh, corpus), wording.norm(mild, corpus), wording.question(question)
    supposed = Bilingual("", "")
    if ruling.supposed:
        supposed = Bilingual(
            f"条文没有写明两者如何合并；这里假定{instead.zh}作为特别规定优先，两者并用则不倒置。",
            f" The text does not say how the two combine; this supposes that {instead.en} prevails as the"
            f" special rule, and does not hold where both are imposed.",
        )
    return Finding(
        code="Q205",
        severity=Severity.WARNING,
        norms=(NormRef.of(harsh), NormRef.of(mild)) if harsh.rule != mild.rule else (NormRef.of(harsh),),
        message=Bilingual(
            f"“{fact.name}”由“{less.zh}”加重为“{more.zh}”而其他相同，“{what.zh}”反而减轻："
            f"{drawn.zh}（{by.zh}）变为{then.zh}（{instead.zh}）。{supposed.zh}",
            f"When {fact.name} goes from '{less.en}' up to '{more.en}' and all else is equal, {what.en} gets"
            f" milder: {drawn.en} ({by.en}) becomes {then.en} ({instead.en}).{supposed.en}",
        ),
        proved_by=ProvedBy.REPLAYED,
        witness=found.answered.witness,
        readings=found.answered.under,
        by_default=found.answered.by_default,
        subject=f"{wording.subject(question)}:{fact.name}",
        details={fact.name: f"{less.zh} < {more.zh}"},
    )
