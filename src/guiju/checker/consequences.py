"""Duties without consequence (G307): to break them makes no difference to any sanction.

A sanction attaches to a duty iff some case breaks the duty and draws the sanction, and would not draw it if
the facts of the breach were otherwise and everything else were as it is. No sanction of any instrument that
applies in the same place may attach, and the instrument must sanction the same party for something: one that
sanctions nobody is reported once, for all its duties. Only instruments whose provisions are listed are asked:
where only some are encoded nobody knows what the others say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from guiju.checker import phrasing, wording
from guiju.checker.ask import Answered, Asker
from guiju.checker.candidates import on_one_branch
from guiju.checker.finding import Finding, NormRef, ProvedBy, Severity
from guiju.checker.otherwise import Otherwise
from guiju.checker.sanctions import (
    bearer,
    citing,
    conduct,
    imposes,
    is_sanction,
    listed,
    mentioned,
    sanctioned,
)
from guiju.checker.violations import breach, broken, facts_of, is_duty
from guiju.compiler import formulas
from guiju.compiler.kernel import (
    Corpus,
    Expr,
    Instrument,
    MayDo,
    Modality,
    Norm,
    Question,
    Standing,
    Strength,
    conjunction,
    disjunction,
    negation,
)
from guiju.compiler.renaming import renamed
from guiju.dsl.source import Bilingual
from guiju.texts import numerals


@frozen
class Idle:
    """Norms of one rule on one act that no sanction attaches to.

    ``proved_by``: what shows it; None where nothing could: no fact of a case tells that they were broken.
    ``broken``: the readings under which they can be broken at all.
    """

    norms: tuple[Norm, ...]
    proved_by: ProvedBy | None
    broken: Answered | None = None


def findings(asker: Asker, beside: Otherwise) -> Iterator[Finding]:
    """One finding for each rule and act; one for all acts of a party of which no fact tells; one for an
    instrument that sanctions nobody.
    """
    corpus = asker.corpus
    if not any(category.sanction for category in corpus.categories.values()):
        return
    for instrument in corpus.instruments.values():
        if not is_whole(instrument):
            continue
        own = [n for n in corpus.norms if n.instrument == instrument.id]
        sanctions = [n for n in own if is_sanction(n, corpus)]
        reached = frozenset(party for n in sanctions for party in sanctioned(n, corpus))
        duties = _duties([n for n in own if not sanctions or bearer(n) in reached], corpus)
        idle = [found for group in duties if (found := _idle(group, beside)) is not None]
        if not sanctions and idle:
            yield _of_the_whole(instrument, idle, corpus)
        elif sanctions:
            yield from (_finding(found, corpus) for found in idle if found.proved_by is not None)
            yield from _untold(instrument, duties, idle, corpus)


def is_whole(instrument: Instrument) -> bool:
    """Whether all that ``instrument`` says is at hand: it was read, and its contents begin with number one.

    Contents that begin elsewhere are an excerpt.
    """
    runs = [re.search(f"[{numerals.CHINESE}0-9]+", citation) for citation in instrument.contents]
    numbers = {numerals.value(run[0]) for run in runs if run is not None}
    return 1 in numbers and instrument.standing is Standing.READ


# --- Queries ---------------------------------------------------------------------------------------


def _duties(norms: Sequence[Norm], corpus: Corpus) -> list[list[Norm]]:
    """What each rule firmly asks of a party about one act: a norm, or one for each requirement."""
    groups: dict[tuple[str, Question], list[Norm]] = {}
    for norm in norms:
        if norm.strength is Strength.STRICT and norm.standing is Standing.READ and is_duty(norm, corpus):
            groups.setdefault((norm.rule, norm.question), []).append(norm)
    return list(groups.values())


def _idle(group: Sequence[Norm], beside: Otherwise) -> Idle | None:
    corpus = beside.asker.corpus
    told = [norm for norm in group if breach(norm, corpus) is not None]
    if not told:
        # A requirement says nothing of what is done without it.
        return Idle(tuple(group), None) if group[0].requirement is None else None
    judged = [(norm, _unattached(norm, beside)) for norm in told]
    proofs = [proof for _, proof in judged if proof is not None]
    if not proofs:
        return None
    by = ProvedBy.UNSATISFIABLE if ProvedBy.UNSATISFIABLE in proofs else ProvedBy.STRUCTURE
    found = tuple(norm for norm, proof in judged if proof is not None)
    acts = disjunction(*(act for norm in found if (act := broken(norm, corpus)) is not None))
    answered = None
    if any(norm.readings for norm in found):
        answered = evolve(beside.asker, as_of=None).find(f"{found[0].id}: broken", [acts], found)
    return Idle(found, by, answered)


def _unattached(norm: Norm, beside: Otherwise) -> ProvedBy | None:
    """What shows that no sanction attaches to ``norm``; None where one does, or nobody knows."""
    corpus, asker = beside.asker.corpus, beside.asker
    act = broken(norm, corpus)
    if act is None:
        return None
    varied = _varied(norm, corpus)
    speaking = [
        s
        for s in corpus.norms
        if imposes(s, corpus)
        and s.strength is not Strength.ENCOURAGED
        and on_one_branch(s, norm, corpus)
        and mentioned([s.guard]) & varied
    ]
    what = f"{norm.id}: consequence"
    if speaking:
        names = beside.names(varied)
        kept = negation(renamed(act, names))
        drawn = [_draws(s, corpus) for s in speaking]
        attached = disjunction(*(conjunction(d, negation(renamed(d, names))) for d in drawn))
        if beside.possible(what, varied, [act, kept, attached], (norm,)) is not False:
            return None
    # What nobody can break needs no consequence; it is a finding of its own.
    if not asker.possible(what, [act], (norm,), pinned=False):
        return None
    return ProvedBy.UNSATISFIABLE if speaking else ProvedBy.STRUCTURE


def _varied(norm: Norm, corpus: Corpus) -> frozenset[str]:
    """The facts of the breach, and those that an assumption ties to one of them: neither moves alone."""
    facts = facts_of(norm, corpus)
    return facts | conduct([a.expr for a in corpus.assumptions if mentioned([a.expr]) & facts], corpus)


def _draws(sanction: Norm, corpus: Corpus) -> Expr:
    """The condition that ``sanction`` is drawn; one that only may be law counts too: the doubt is its own."""
    return formulas.applicable(evolve(sanction, standing=Standing.READ), corpus)


# --- Words -----------------------------------------------------------------------------------------


def _finding(idle: Idle, corpus: Corpus) -> Finding:
    norm = idle.norms[0]
    assert idle.proved_by is not None
    who, asked = wording.norm(norm, corpus), _asked(idle, corpus)
    return Finding(
        code="G307",
        severity=Severity.INFO,
        norms=(NormRef.of(norm),),
        message=Bilingual(
            f"{who.zh}{asked.zh}；是否违反，不影响已编文件中的任何处理。",
            f"{who.en} {asked.en}; whether that is broken makes no difference to any sanction in the corpus.",
        ),
        proved_by=idle.proved_by,
        readings=idle.broken.under if idle.broken is not None else (),
        by_default=idle.broken is None or idle.broken.by_default,
        subject=wording.subject(norm.question),
    )


def _untold(
    instrument: Instrument, duties: Sequence[Sequence[Norm]], idle: Sequence[Idle], corpus: Corpus
) -> Iterator[Finding]:
    """The acts of a party of which no fact tells, unless none tells of any: then nobody wrote them down."""
    for party in dict.fromkeys(bearer(group[0]) for group in duties):
        untold = [found for found in idle if found.proved_by is None and bearer(found.norms[0]) == party]
        told = [g for g in duties if bearer(g[0]) == party and breach(g[0], corpus) is not None]
        if not untold or not told:
            continue
        rules = citing([norm for found in untold for norm in found.norms])
        cited = listed(rules)
        yield Finding(
            code="G307",
            severity=Severity.INFO,
            norms=tuple(NormRef.of(n) for n in rules),
            message=Bilingual(
                f"《{instrument.title}》{cited.zh}对“{party}”所设的义务或者禁止，"
                f"没有事实表示其被违反，因而没有处理能以此为条件（若有这样的事实，请在行为上写明）。",
                f"No fact of a case tells that what {instrument.id} {cited.en} asks of {party} was broken,"
                f" so no sanction can depend on it (if some fact does, say so of the action).",
            ),
            proved_by=ProvedBy.STRUCTURE,
            subject=f"untold:{party}",
        )


def _of_the_whole(instrument: Instrument, idle: Sequence[Idle], corpus: Corpus) -> Finding:
    rules = citing([norm for found in idle for norm in found.norms])
    cited = listed(rules)
    proved = any(found.proved_by is ProvedBy.UNSATISFIABLE for found in idle)
    return Finding(
        code="G307",
        severity=Severity.INFO,
        norms=tuple(NormRef.of(n) for n in rules),
        message=Bilingual(
            f"《{instrument.title}》没有任何处理的规定，别的文件的处理也不取决于它："
            f"所设的义务和禁止（{cited.zh}）违反了没有后果。",
            f"{instrument.id} has no sanction at all, and none elsewhere depends on it: breaking its duties"
            f" and bans ({cited.en}) has no consequence.",
        ),
        proved_by=ProvedBy.UNSATISFIABLE if proved else ProvedBy.STRUCTURE,
        subject=instrument.id,
        place=instrument.place,
    )


def _asked(idle: Idle, corpus: Corpus) -> Bilingual:
    """What the norms ask of whom."""
    norm = idle.norms[0]
    assert isinstance(norm.question, MayDo)
    deed = wording.deed(norm.question.deed)
    wanted = [n.requirement.condition for n in idle.norms if n.requirement is not None]
    if wanted:
        words = [phrasing.phrase(w, corpus) for w in wanted]
        return Bilingual(
            f"要求“{deed}”须{'，须'.join(w.zh for w in words)}",
            f"requires for '{deed}' that {', and that '.join(w.en for w in words)}",
        )
    if norm.position is Modality.FORBIDDEN:
        return Bilingual(f"禁止“{deed}”", f"forbids '{deed}'")
    return Bilingual(f"规定应“{deed}”", f"demands '{deed}'")
