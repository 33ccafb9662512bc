"""Competence: what an issuer may not decree, by territory (H501) and by class of act (H502).

Who may decree what is law, and stands in the corpus as powers: from a rank upward, or nobody. A norm
*decrees* an act of a class when it burdens somebody with it (forbids or demands it of an entity) or has it
done by an authority. A lower norm that only repeats what a norm of sufficient rank says decrees nothing new,
and that is proved, not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiju.checker import wording
from guiju.checker.ask import Asker, defaults
from guiju.checker.candidates import by_question, on_one_branch
from guiju.checker.finding import Finding, NormRef, ProvedBy, Severity
from guiju.checker.timing import force
from guiju.compiler import formulas
from guiju.compiler.kernel import (
    Answer,
    Corpus,
    Instrument,
    MayDo,
    Modality,
    Norm,
    Power,
    Question,
    WhichValue,
    binds,
    negation,
)
from guiju.dsl.source import Bilingual


def findings(asker: Asker) -> Iterator[Finding]:
    """All findings about competence."""
    yield from _territory_exceeded(asker.corpus)
    yield from _power_exceeded(asker)


def _territory_exceeded(corpus: Corpus) -> Iterator[Finding]:
    reported: set[tuple[str, tuple[str, ...], str]] = set()
    for norm in corpus.norms:
        issuer = corpus.authorities.get(corpus.instruments[norm.instrument].issuer)
        while issuer is not None and issuer.territory is None and issuer.department_of is not None:
            issuer = corpus.authorities[issuer.department_of]
        home = issuer.territory if issuer is not None else None
        if home is None or corpus.within(norm.territory, home):
            continue
        if not isinstance(norm.question, MayDo | WhichValue):
            continue  # the end of a bar reaches as far as the bar
        provision = (norm.instrument, norm.citations, wording.subject(norm.question))
        if provision in reported:
            continue
        reported.add(provision)
        who, what = wording.norm(norm, corpus), wording.question(norm.question)
        yield Finding(
            code="H501",
            severity=Severity.ERROR,
            norms=(NormRef.of(norm),),
            message=Bilingual(
                f"{who.zh}关于“{what.zh}”的效力及于{norm.territory}，超出制定机关管辖的{home}。",
                f"What {who.en} says on {what.en} takes effect in {norm.territory}, beyond its issuer's"
                f" territory {home}.",
            ),
            proved_by=ProvedBy.STRUCTURE,
            subject=f"{norm.territory} {wording.subject(norm.question)}",
        )


# --- Power ------------------------------------------------------------------------------------------


def decrees(norm: Norm, corpus: Corpus) -> str | None:
    """The class of act that ``norm`` decrees, or None: it burdens nobody, or its act has no class."""
    if not binds(norm):
        return None
    match norm.question, norm.position:
        case MayDo(deed), Modality() as position:
            burdens = (
                (Modality.FORBIDDEN, Modality.OBLIGED)
                if deed.bearer in corpus.entities
                else (Modality.OBLIGED, Modality.PERMITTED)
            )
            return corpus.actions[deed.action].legal_class if position in burdens else None
        case WhichValue(outcome), Answer():
            return corpus.outcomes[outcome].legal_class
        case _:
            return None


def _power_exceeded(asker: Asker) -> Iterator[Finding]:
    corpus = asker.corpus
    asked = by_question(corpus.norms)
    decreed: dict[tuple[str, str, Question], list[Norm]] = {}
    for norm in corpus.norms:
        legal_class = decrees(norm, corpus)
        if legal_class is not None:
            decreed.setdefault((norm.instrument, legal_class, norm.question), []).append(norm)
    for (_, legal_class, question), norms in decreed.items():
        beyond = [p for p in corpus.powers if legal_class in p.classes and _exceeds(norms[0], p, corpus)]
        own = [n for n in norms if not _said_above(n, beyond, asked[question], asker)] if beyond else []
        usual = [n for n in own if _by_default(n, asker)]
        for group, by_default in ((usual, True), ([n for n in own if n not in usual], False)):
            if group and (found := _finding(group, legal_class, beyond, by_default, asker)) is not None:
                yield found


def _by_default(norm: Norm, asker: Asker) -> bool:
    """Whether ``norm`` can apply when everything is read as it is by default."""
    applies = [formulas.applicable(norm, asker.corpus)]
    return asker.possible(f"{norm.id}: by default", [*applies, *defaults(applies, asker.corpus)]) is True


def _level(norm: Norm, corpus: Corpus) -> int | None:
    rank = corpus.instruments[norm.instrument].rank
    return corpus.ranks[rank].level if rank is not None else None


def _exceeds(norm: Norm, power: Power, corpus: Corpus) -> bool:
    """Whether ``power`` does not reach down to the rank of ``norm``, where it applies."""
    holder = corpus.instruments[power.instrument]
    if norm.instrument == power.instrument or not corpus.within(norm.territory, holder.territory):
        return False
    level = _level(norm, corpus)
    if power.rank is None:
        above = corpus.ranks[holder.rank].level if holder.rank is not None else None
        return level is not None and above is not None and level < above
    return level is not None and level < corpus.ranks[power.rank].level


def _said_above(norm: Norm, beyond: Sequence[Power], asked: Sequence[Norm], asker: Asker) -> bool:
    """Whether norms of sufficient rank say the same wherever ``norm`` applies."""
    corpus = asker.corpus
    nobody = any(power.rank is None for power in beyond)
    needed = max(corpus.ranks[p.rank].level for p in beyond if p.rank is not None) if not nobody else None
    own = _level(norm, corpus)
    above = [
        n
        for n in asked
        if binds(n)
        and n.position == norm.position
        and on_one_branch(n, norm, corpus)
        and (level := _level(n, corpus)) is not None
        and (own is None or level > own)
        and (needed is None or level >= needed)
    ]
    if not above:
        return False
    uncovered = [
        formulas.applicable(norm, corpus),
        *(negation(formulas.applicable(n, corpus)) for n in above),
    ]
    return asker.possible(f"{norm.id}: said by a higher norm", uncovered, (norm,), pinned=False) is False


def _finding(
    norms: Sequence[Norm], legal_class: str, beyond: Sequence[Power], usual: bool, asker: Asker
) -> Finding | None:
    """One for all provisions of an instrument that decree the same, by default or only if read otherwise."""
    corpus = asker.corpus
    what = wording.question(norms[0].question)
    applies = formulas.applicable(norms[0], corpus)
    answered = None if usual else asker.find(f"{norms[0].id}: decreed", [applies], norms[:1])
    if not usual and answered is None:
        return None
    instrument = corpus.instruments[norms[0].instrument]
    rank = instrument.rank
    cited = "、".join(dict.fromkeys(c for n in norms for c in n.citations))
    who = Bilingual(f"《{instrument.title}》{cited}", f"{instrument.id} {cited}")
    named = [_power_in_words(p, instrument, corpus) for p in beyond]
    anchors = tuple(NormRef(p.instrument, "", p.citations, p.place) for p in beyond)
    return Finding(
        code="H502",
        severity=Severity.WARNING,
        norms=(*dict.fromkeys(NormRef.of(n) for n in norms), *anchors),
        message=Bilingual(
            f"{who.zh}就“{what.zh}”作出属于“{legal_class}”的规定，而该文件的位阶是{rank}："
            f"{'；'.join(n.zh for n in named)}。请核对有无上位依据。",
            f"{who.en} decrees, on {what.en}, an act of the class {legal_class}; its instrument's rank is"
            f" {rank}: {'; '.join(n.en for n in named)}. Check for a basis in higher law.",
        ),
        proved_by=ProvedBy.STRUCTURE,
        readings=answered.under if answered is not None else (),
        by_default=usual,
        subject=f"{legal_class} {wording.subject(norms[0].question)}",
        details={"class": legal_class},
    )


def _power_in_words(power: Power, lower: Instrument, corpus: Corpus) -> Bilingual:
    holder = corpus.instruments[power.instrument]
    cited = "、".join(power.citations)
    since, began = force(holder.id, corpus, {}).start, force(lower.id, corpus, {}).start
    later = since is not None and began is not None and began < since
    note = f"（自 {since} 起施行，晚于该文件）" if later else ""
    note_en = f" (in force from {since}, after that instrument)" if later else ""
    if power.rank is None:
        return Bilingual(
            f"按《{holder.title}》{cited}，这类文件不得作此规定{note}",
            f"by {holder.id} {cited} no such instrument may decree it{note_en}",
        )
    return Bilingual(
        f"按《{holder.title}》{cited}，{power.rank}以下的文件无权作此规定{note}",
        f"by {holder.id} {cited} no instrument below the rank {power.rank} has the power{note_en}",
    )
