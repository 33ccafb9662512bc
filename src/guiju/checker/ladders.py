"""Ladders: rules that count earlier measures, and the rules whose measures they count (Q206, Q208).

A *rung* is a norm whose guard asks for at least so many rows of a record. A norm *climbs* to it when the
action that it orders or allows leaves such a row. One set of facts that climbs twice reaches a rung made for
the second offence; a rung whose own measure counts again leads back to itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from attrs import frozen

from guiju.checker import wording
from guiju.checker.ask import Asker
from guiju.checker.candidates import on_one_branch
from guiju.checker.finding import Finding, Severity
from guiju.checker.grounds import Grounds
from guiju.compiler import formulas
from guiju.compiler.kernel import (
    AtLeast,
    Corpus,
    MayDo,
    Modality,
    Norm,
    Trace,
    binds,
    conjunction,
    walk,
)
from guiju.dsl.source import Bilingual


@frozen
class Rung:
    """A norm and the count that it asks for."""

    norm: Norm
    count: AtLeast


@frozen
class Climb:
    """A norm that orders or allows what leaves a row."""

    norm: Norm
    leaves: Trace


def findings(asker: Asker) -> Iterator[Finding]:
    """All findings about ladders."""
    rungs, climbs = list(_rungs(asker.corpus)), list(_climbs(asker.corpus))
    reported: set[tuple[str, str]] = set()
    grounds = Grounds(asker)
    for rung in rungs:
        below = [c for c in climbs if _counts(rung, c, asker)]
        for found in (*_twice(rung, below, grounds, asker), *_around(rung, below, asker)):
            key = (found.code, rung.norm.rule)
            if key not in reported:
                reported.add(key)
                yield found


def _rungs(corpus: Corpus) -> Iterator[Rung]:
    """The norms that count; a count that is only denied makes no rung (its guard could hold without rows)."""
    for norm in corpus.norms:
        if binds(norm) and isinstance(norm.question, MayDo):
            for count in dict.fromkeys(e for e in walk(norm.guard) if isinstance(e, AtLeast)):
                if count.threshold >= 1:
                    yield Rung(norm, count)


def _climbs(corpus: Corpus) -> Iterator[Climb]:
    for norm in corpus.norms:
        if not binds(norm) or norm.position not in (Modality.OBLIGED, Modality.PERMITTED):
            continue
        if isinstance(norm.question, MayDo):
            leaves = corpus.actions[norm.question.deed.action].leaves
            if leaves is not None:
                yield Climb(norm, leaves)


def _row(rung: Rung, climb: Climb) -> AtLeast:
    """That as many rows as the rung counts are of the kind that the climb leaves."""
    where = conjunction(rung.count.where, climb.leaves.where)
    return AtLeast(rung.count.threshold, rung.count.record, where)


def _counts(rung: Rung, climb: Climb, asker: Asker) -> bool:
    """Whether rows that ``climb`` leaves can carry the count that ``rung`` asks for."""
    if climb.leaves.record != rung.count.record or not on_one_branch(rung.norm, climb.norm, asker.corpus):
        return False
    applies = formulas.applicable(rung.norm, asker.corpus)
    what = f"{climb.norm.id} → {rung.norm.id}: counted"
    return asker.possible(what, [applies, _row(rung, climb)], (rung.norm, climb.norm)) is True


def _twice(rung: Rung, below: list[Climb], grounds: Grounds, asker: Asker) -> Iterator[Finding]:
    """One set of facts that two rules answer with measures that are both counted."""
    if rung.count.threshold < 2:
        return
    corpus = asker.corpus
    firsts = [c for c in below if not _counting(c.norm, rung.count.record)]
    for one, other in combinations(firsts, 2):
        if one.norm.rule == other.norm.rule or not on_one_branch(one.norm, other.norm, corpus):
            continue
        same = grounds.alone(one.norm, other.norm)
        if same is None:
            continue
        both = [formulas.applicable(c.norm, corpus) for c in (one, other)]
        both += [AtLeast(1, c.leaves.record, _row(rung, c).where) for c in (one, other)]  # it counts them
        norms = (one.norm, other.norm)
        answered = asker.find(f"{one.norm.id} + {other.norm.id} → {rung.norm.id}", [*both, same], norms)
        if answered is None:
            continue
        a, b, top = (wording.norm(n, corpus) for n in (*norms, rung.norm))
        yield answered.finding(
            "Q206",
            Severity.WARNING,
            (rung.norm, one.norm, other.norm),
            Bilingual(
                f"同一事实可以同时引起{a.zh}和{b.zh}的措施，两者都会被{top.zh}计数"
                f"（满 {rung.count.threshold} 次）：一次违规是否算两次，条文没有说明。",
                f"One set of facts can draw the measures of both {a.en} and {b.en}, and {top.en} counts both"
                f" ({rung.count.threshold} are enough): whether one breach counts twice is not said.",
            ),
            rung.count.record,
        )
        return  # one pair shows it


def _counting(norm: Norm, record: str) -> bool:
    return any(isinstance(e, AtLeast) and e.record == record for e in walk(norm.guard))


def _around(rung: Rung, below: list[Climb], asker: Asker) -> Iterator[Finding]:
    """A rung whose own rule orders what is counted again."""
    corpus = asker.corpus
    for climb in below:
        if climb.norm.rule != rung.norm.rule:
            continue
        conditions = [formulas.applicable(climb.norm, corpus), _row(rung, climb)]
        answered = asker.find(f"{rung.norm.id}: counts its own", conditions, (rung.norm,))
        if answered is None:
            continue
        who, what = wording.norm(rung.norm, corpus), wording.question(climb.norm.question)
        yield answered.finding(
            "Q208",
            Severity.WARNING,
            (rung.norm,),
            Bilingual(
                f"{who.zh}在满 {rung.count.threshold} 次时实施“{what.zh}”，这一次本身又计入次数："
                f"此后再有一次即再次触发，是否如此，条文没有说明。",
                f"{who.en} orders {what.en} when {rung.count.threshold} are counted, and that one is counted"
                f" again: the next one triggers it anew; whether that is meant is not said.",
            ),
            wording.subject(climb.norm.question),
        )
