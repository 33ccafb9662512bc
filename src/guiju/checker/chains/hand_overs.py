"""Hand-overs that go nowhere (L001), and acts that wait for what nobody hands over (L002, L003)."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.checker import wording
from guiju.checker.ask import Asker
from guiju.checker.chains.links import Links, leads, walked
from guiju.checker.chains.reach import is_bound
from guiju.checker.chains.steps import Step, same_body
from guiju.checker.chains.timeline import Timeline, dates_before
from guiju.checker.consequences import is_whole
from guiju.checker.finding import Finding, ProvedBy, Severity
from guiju.compiler import formulas
from guiju.compiler.kernel import AtLeast, Corpus, Norm, Passing, walk
from guiju.dsl.source import Bilingual

#: What its recipient only has to know, or to keep.
_ONLY_TO_KNOW = (Passing.COPY, Passing.PUBLICATION, Passing.REGISTRATION)


def dead_ends(links: Links, timeline: Timeline, asker: Asker) -> Iterator[Finding]:
    """Hand-overs to an authority after which no rule makes anything happen."""
    reported: set[tuple[str, str, str]] = set()
    for step in links.steps:
        instrument = links.corpus.instruments[step.norm.instrument]
        if links.corpus.actions[step.deed.action].passes in _ONLY_TO_KNOW or not is_whole(instrument):
            continue
        for to in step.to:
            key = (step.norm.rule, step.deed.action, to)
            if to not in links.corpus.authorities or key in reported:
                continue
            reported.add(key)
            if not any(
                _comes_after(norm, step, links, timeline) for norm in links.responses(step, to, asker)
            ):
                yield from _dead_end(step, to, links, asker)


def _comes_after(norm: Norm, step: Step, links: Links, timeline: Timeline) -> bool:
    """Whether ``norm`` need not come before ``step``: what is dated before it does not answer it."""
    other = links.step_of(norm)
    if other is None or other.norm.rule == step.norm.rule:
        return True
    before, after = dates_before(other, links.corpus), dates_before(step, links.corpus)
    earlier = any(timeline.precedes(one, later) for one in before for later in after if one != later)
    return not earlier or bool(step.brings & other.needs)


def _dead_end(step: Step, to: str, links: Links, asker: Asker) -> Iterator[Finding]:
    corpus = links.corpus
    what = f"{step.norm.id}: handed to {to}"
    answered = asker.find(what, [formulas.applicable(step.norm, corpus)], (step.norm,))
    if answered is None:
        return
    who = wording.norm(step.norm, corpus)
    bound = is_bound(to, step.norm, corpus)
    beyond = Bilingual("", "")
    if not bound:
        beyond = Bilingual(
            "该机关不受本文件约束，须由上级或者该机关自己的规定承接。",
            " This instrument does not bind it: a rule above, or its own, would have to.",
        )
    yield answered.finding(
        "L001",
        Severity.WARNING if bound else Severity.INFO,
        (step.norm,),
        Bilingual(
            f"{who.zh}：“{wording.deed(step.deed)}”交给“{to}”，此后没有任何规定要求其办理，也没有由此产生的"
            f"后果：移交到此为止。{beyond.zh}",
            f"{who.en}: '{wording.deed(step.deed)}' goes to '{to}', and no rule makes it act on that, nor"
            f" does anything follow: it ends there.{beyond.en}",
        ),
        f"{wording.deed(step.deed)}→{to}",
        ProvedBy.STRUCTURE,
    )


def missing(links: Links, asker: Asker) -> Iterator[Finding]:
    """What an authority must act on, that another body brings about and nobody tells it."""
    reported: set[tuple[str, str]] = set()
    for link in links.candidates():
        one, other = link.one, link.other
        key = (other.norm.rule, other.bearer)
        if key in reported or not other.obliged or not _are_two_bodies(one, other, links.corpus):
            continue
        if _is_told(other.bearer, one, links) or not leads(one, other.norm, asker):
            continue
        records = sorted(name for name in link.by if name in links.corpus.records)
        reported.add(key)
        yield from _untold(one, other, records, links, asker)


def _untold(one: Step, other: Step, records: list[str], links: Links, asker: Asker) -> Iterator[Finding]:
    corpus = links.corpus
    answered = asker.find(
        f"{one.norm.id} → {other.norm.id}: untold", walked(one, other.norm, corpus), (one.norm, other.norm)
    )
    if answered is None:
        return
    first, second = wording.norm(one.norm, corpus), wording.norm(other.norm, corpus)
    does, acts = wording.deed(one.deed), wording.deed(other.deed)
    if records:
        code = "L003"
        waits = Bilingual(f"要计算“{'、'.join(records)}”", f"counts {', '.join(records)}")
    else:
        code = "L002"
        waits = Bilingual("以此为前提", "waits for that")
    yield answered.finding(
        code,
        Severity.WARNING,
        (other.norm, one.norm),
        Bilingual(
            f"{second.zh}：“{acts}”{waits.zh}，而“{does}”（{first.zh}）由另一机关作出，没有规定要求将其告知"
            f"“{other.bearer}”。",
            f"{second.en}: '{acts}' {waits.en}, but '{does}' ({first.en}) is done by another body, and no"
            f" rule has anybody tell '{other.bearer}'.",
        ),
        f"{does}→{acts}",
        ProvedBy.STRUCTURE,
    )


def _are_two_bodies(one: Step, other: Step, corpus: Corpus) -> bool:
    both = (one.bearer, other.bearer)
    return all(name in corpus.authorities for name in both) and not same_body(*both, corpus)


def _is_told(authority: str, step: Step, links: Links) -> bool:
    """Whether some hand-over brings ``authority`` what ``step`` brings about, or the public learns of it."""
    corpus = links.corpus
    for each in _carriers(step, links):
        published = corpus.actions[each.deed.action].passes is Passing.PUBLICATION
        if published or any(same_body(name, authority, corpus) for name in (*each.to, *each.copy)):
            return True
    return False


def _carriers(step: Step, links: Links) -> Iterator[Step]:
    """The steps that can be about what ``step`` brings about: a hand-over among them carries it on."""
    corpus = links.corpus
    yield from links.beside(step)
    for norm in links.following(step):
        other = links.step_of(norm)
        if other is not None and (other.needs - _counted(other, corpus)) & step.brings:
            yield other


def _counted(step: Step, corpus: Corpus) -> frozenset[str]:
    """The records of which ``step`` counts several rows: it comes after the count and cannot bring it."""
    counts = (part for part in walk(step.norm.guard) if isinstance(part, AtLeast))
    return frozenset(each.record for each in counts if each.threshold > 1 and each.record in corpus.records)
