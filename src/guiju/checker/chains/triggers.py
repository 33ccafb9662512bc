"""What is waited for and nobody brings about (L004), and bars that nothing ends (L005)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from functools import reduce

from guiju.checker import wording
from guiju.checker.ask import Asker
from guiju.checker.chains.links import Links
from guiju.checker.chains.nearby import Nearby
from guiju.checker.chains.steps import Signs, brought_about, signs
from guiju.checker.finding import Finding, ProvedBy, Severity
from guiju.checker.sanctions import citing, listed, mentioned
from guiju.compiler import formulas
from guiju.compiler.kernel import (
    TRUE,
    Action,
    BarEnd,
    MayDo,
    Modality,
    Norm,
    WhichValue,
    binds,
    conjunction,
    negation,
)
from guiju.dsl.source import Bilingual


def nobody_acts(links: Links, asker: Asker) -> Iterator[Finding]:
    """Acts that other rules wait for and that no rule makes or lets anybody do."""
    corpus = links.corpus
    spoken_of = {n.question.deed.action for n in corpus.norms if not isinstance(n.question, WhichValue)}
    otherwise = _done_by_somebody(links)
    for action in corpus.actions.values():
        if action.name in spoken_of or action.bearer in corpus.entities:
            continue
        waiting = citing(_waiting(action, otherwise, links, asker))
        if not waiting:
            continue
        condition = conjunction(action.done or TRUE, waiting[0].guard)
        answered = asker.find(f"{action.name}: waited for", [condition], waiting)
        if answered is None:
            continue
        where = listed(waiting)
        yield answered.finding(
            "L004",
            Severity.WARNING,
            waiting,
            Bilingual(
                f"“{action.name}”是{where.zh}的前提，但没有规定由谁作出，也没有规定应当作出：链条在此中断。",
                f"{where.en} wait for '{action.name}', but no rule says who does it or that anybody must: the"
                f" chain breaks off there.",
            ),
            action.name,
            ProvedBy.STRUCTURE,
        )


def _done_by_somebody(links: Links) -> Signs:
    """The facts that acts bring about which some rule makes or lets somebody do, or which are a party's own.

    Records are left out: the rows of one act do not stand for those of another.
    """
    corpus = links.corpus
    done = {step.deed.action for step in links.steps}
    acts = [each for each in corpus.actions.values() if each.name in done or each.bearer in corpus.entities]
    found = reduce(Signs.__or__, map(brought_about, acts), Signs())
    return Signs(found.holding & corpus.facts.keys(), found.failing)


def _waiting(action: Action, otherwise: Signs, links: Links, asker: Asker) -> list[Norm]:
    """The norms that can only be called for once ``action`` was done, for what is not done ``otherwise``."""
    brought = brought_about(action)
    named = [n for name in sorted(brought.holding - otherwise.holding) for n in links.needing.get(name, ())]
    named += [n for name in sorted(brought.failing - otherwise.failing) for n in links.missing.get(name, ())]
    return [norm for norm in dict.fromkeys(named) if _waits(norm, action, links, asker)]


def _waits(norm: Norm, action: Action, links: Links, asker: Asker) -> bool:
    """Whether ``norm`` can be called for once ``action`` was done, and not before."""
    what = f"{norm.id}: after {action.name}"
    if action.done is None:
        return asker.possible(what, [norm.guard], (norm,)) is True
    if asker.possible(what, [norm.guard, action.done], (norm,)) is not True:
        return False
    step = links.step_of(norm)
    dated = mentioned([action.done_on] if action.done_on is not None else [])
    if dated & (step.dates if step is not None else mentioned([norm.law_date])):
        return True
    without = [norm.guard, negation(action.done)]
    return asker.possible(f"{norm.id}: without {action.name}", without, (norm,)) is False


def without_way_back(links: Links, asker: Asker) -> Iterator[Finding]:
    """Bars of no stated length that no rule lifts."""
    corpus = links.corpus
    open_ended = {
        (gap.rule, gap.action)
        for gap in corpus.gaps
        if gap.what == "term" and gap.modality is Modality.FORBIDDEN
    }
    ways = Nearby.of(corpus, _ways_back(links))
    for norm in corpus.norms:
        if not isinstance(norm.question, MayDo) or norm.position is not Modality.FORBIDDEN or not binds(norm):
            continue
        if (norm.rule, norm.question.deed.action) not in open_ended or _is_lifted(norm, ways, links, asker):
            continue
        answered = asker.find(f"{norm.id}: barred", [formulas.applicable(norm, corpus)], (norm,))
        if answered is None:
            continue
        who, what = wording.norm(norm, corpus), wording.question(norm.question)
        yield answered.finding(
            "L005",
            Severity.WARNING,
            (norm,),
            Bilingual(
                f"{who.zh}：“不得{what.zh}”没有写明多久，也没有任何规定写明何时、由谁解除：没有恢复的途径。",
                f"{who.en}: the bar on '{what.en}' has no stated length, and no rule says when or by whom it"
                f" is lifted: there is no way back.",
            ),
            wording.subject(norm.question),
            ProvedBy.STRUCTURE,
        )


def _ways_back(links: Links) -> Iterator[tuple[Hashable, Norm]]:
    """What can lift a bar: a permission, the end of its window, a step that ends what it rests on."""
    for norm in links.corpus.norms:
        if isinstance(norm.question, MayDo) and norm.position is Modality.PERMITTED:
            yield norm.question, norm
        elif isinstance(norm.question, BarEnd):
            yield (norm.rule, norm.question.deed), norm
    for step in links.steps:
        yield from (((name, True), step.norm) for name in step.brings)
        yield from (((name, False), step.norm) for name in step.ends)


def _is_lifted(norm: Norm, ways: Nearby, links: Links, asker: Asker) -> bool:
    """Whether some rule allows the act again or ends the bar, or some step ends what the bar rests on.

    Also where it is undecided whether a step does: nobody is blamed on a guess.
    """
    assert isinstance(norm.question, MayDo)
    if ways.meeting([norm.question, (norm.rule, norm.question.deed)], norm):
        return True
    asked = signs(norm.guard)
    against = [*((name, True) for name in asked.failing), *((name, False) for name in asked.holding)]
    for other in ways.meeting(against, norm):
        step = links.step_of(other)
        assert step is not None
        done = links.corpus.actions[step.deed.action].done
        what = f"{norm.id}: after {other.id}"
        if done is not None and asker.possible(what, [norm.guard, done], (norm, other)) is not True:
            return True
    return False
