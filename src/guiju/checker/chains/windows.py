"""Windows that a chain can outlast (L011): a period counted back from an act that nothing bounds."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from guiju.checker.ask import Asker
from guiju.checker.chains.links import Links
from guiju.checker.chains.schedule import schedule
from guiju.checker.chains.steps import brought_about
from guiju.checker.chains.terms import any_day
from guiju.checker.chains.timeline import Timeline
from guiju.checker.finding import Finding, ProvedBy, Severity
from guiju.checker.sanctions import citing, listed
from guiju.compiler import formulas
from guiju.compiler.kernel import (
    Compare,
    Const,
    Corpus,
    Expr,
    FactRef,
    Norm,
    Not,
    Order,
    ShiftDays,
    ShiftMonths,
    binds,
    walk,
)
from guiju.dsl.source import Bilingual


@frozen
class LookBack:
    """``event`` counts only if it lies in the time before ``act``."""

    event: str
    act: str


def outlasted(timeline: Timeline, links: Links, asker: Asker) -> Iterator[Finding]:
    """One finding for each act and what is looked back for from it, if the act may come at any time after."""
    corpus = links.corpus
    acts = {name for action in corpus.actions.values() for name in brought_about(action).holding}
    found: dict[tuple[str, LookBack], list[Norm]] = {}
    for norm in corpus.norms:
        if binds(norm):
            for back in dict.fromkeys(_look_backs(norm.guard)):
                if back.act in acts:
                    found.setdefault((norm.instrument, back), []).append(norm)
    for (_, back), norms in found.items():
        if not _is_bounded(back, timeline.at(norms[0].territory, corpus), corpus):
            yield from _finding(back, citing(norms), asker)


def _finding(back: LookBack, norms: list[Norm], asker: Asker) -> Iterator[Finding]:
    applies = formulas.applicable(norms[0], asker.corpus)
    answered = asker.find(f"{norms[0].id}: looks back from {back.act}", [applies], norms)
    if answered is None:
        return
    where = listed(norms)
    yield answered.finding(
        "L011",
        Severity.INFO,
        norms,
        Bilingual(
            f"{where.zh}只看“{back.act}”之前一段时间内的“{back.event}”，而从“{back.event}”到“{back.act}”没有期限："
            f"作出得越晚，落在期间之外的越多。",
            f"{where.en} look back from '{back.act}' for '{back.event}', and nothing bounds the time between"
            f" the two: the later the act, the more falls out of the period.",
        ),
        f"{back.event}→{back.act}",
        ProvedBy.STRUCTURE,
    )


def _look_backs(guard: Expr) -> Iterator[LookBack]:
    """The dates that ``guard`` compares with a time before another date, or that are not before it."""
    for part in walk(guard):
        match part:
            case Compare(_, early, FactRef(event)) | Not(Compare(Order.LT | Order.LE, FactRef(event), early)):
                yield from (LookBack(event, act) for act in _counted_back(early) if act != event)
            case _:
                pass


def _counted_back(term: Expr) -> Iterator[str]:
    for part in walk(term):
        match part:
            case ShiftMonths(FactRef(act), Const(int(amount), _)) if amount < 0:
                yield act
            case ShiftDays(FactRef(act), Const(int(amount), _)) if amount < 0:
                yield act
            case _:
                pass


def _is_bounded(back: LookBack, timeline: Timeline, corpus: Corpus) -> bool:
    """Whether the act has a last day once the event is known."""
    if back.event not in timeline.graph:
        return False
    due = schedule(timeline, back.event, any_day(corpus), corpus.calendar).get(back.act)
    return due is not None and due.firm
