"""How long a chain takes: terms that hang on an event that nothing bounds (L007)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from attrs import frozen

from guiju.checker import wording
from guiju.checker.ask import Asker
from guiju.checker.chains.links import Links, before, in_turn
from guiju.checker.chains.schedule import Due, path, schedule
from guiju.checker.chains.steps import Step, Unit
from guiju.checker.chains.timeline import Leg, Timeline
from guiju.checker.finding import Finding, ProvedBy, Severity
from guiju.compiler.kernel import Corpus, InTerritory, Norm
from guiju.dsl.source import Bilingual

_UNITS: Mapping[Unit, Bilingual] = {
    Unit.HOURS: Bilingual("小时", "hours"),
    Unit.DAYS: Bilingual("日", "days"),
    Unit.WORKDAYS: Bilingual("个工作日", "working days"),
    Unit.MONTHS: Bilingual("个月", "months"),
}


@frozen
class Span:
    """How long a chain takes.

    Attributes:
        legs: From the event that it begins with to the one that it ends with.
    """

    legs: tuple[Leg, ...]

    @property
    def terms(self) -> tuple[Leg, ...]:
        """The legs that a term bounds."""
        return tuple(leg for leg in self.legs if leg.bounded and leg.due is None)

    @property
    def open_legs(self) -> tuple[Leg, ...]:
        """The legs that nothing bounds."""
        return tuple(leg for leg in self.legs if not leg.bounded)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps on the way."""
        return tuple(leg.step for leg in self.legs if leg.step is not None)


def spans(timeline: Timeline, links: Links) -> Iterator[Span]:
    """The longest chains in which a term hangs on an event that nothing bounds, by beginning and end.

    A leg without a bound after the last term is no part of them: there the text sets no timetable. Each is
    of one place, and comes with the place whose own rules have a part in it.
    """
    for place in timeline.places():
        here = timeline.at(place, links.corpus)
        for start in here.beginnings():
            found = schedule(here, start, any_day(links.corpus), links.corpus.calendar)
            late = [Span(path(found, event)) for event, due in found.items() if _hangs(due, found)]
            for one in late:
                longer = any(other.legs[: len(one.legs)] == one.legs and other != one for other in late)
                if not longer and any(step.norm.territory == place for step in one.steps):
                    yield one


def unbounded(timeline: Timeline, links: Links, asker: Asker) -> Iterator[Finding]:
    """Chains with a timetable that does not hold from end to end, with the legs that break it."""
    corpus = links.corpus
    for span in spans(timeline, links):
        if all(_is_due(leg) for leg in span.open_legs):
            continue
        steps = list(dict.fromkeys(span.steps))
        norms = [step.norm for step in steps]
        conditions = [InTerritory(n.territory) for n in norms] + [before(step, corpus) for step in steps]
        conditions += [in_turn(one, other, corpus) for one, other in pairwise(norms)]
        answered = asker.find(f"chain to {span.legs[-1].end}", conditions, norms)
        if answered is None:
            continue
        first, last = span.legs[0].start, span.legs[-1].end
        total, open_ = in_words(span), [_leg(each, corpus) for each in span.open_legs if not _is_due(each)]
        have = "1 step has" if len(open_) == 1 else f"{len(open_)} steps have"
        ending = _outlasted(norms, corpus)
        yield answered.finding(
            "L007",
            Severity.WARNING,
            norms,
            Bilingual(
                f"从“{first}”到“{last}”：写明的期限合计 {total.zh}，但有 {len(open_)} 个环节没有期限："
                f"{'；'.join(words.zh for words in open_)}。其后的期限因此不能起算，"
                f"全程没有最长时间{ending.zh}。",
                f"From '{first}' to '{last}': the terms are {total.en}, but {have} none:"
                f" {'; '.join(words.en for words in open_)}. The terms after them need never begin, and the"
                f" whole has no bound{ending.en}.",
            ),
            f"{first}→{last}",
            ProvedBy.STRUCTURE,
        )


def _is_due(leg: Leg) -> bool:
    """Whether the step of ``leg`` is due by a day that the case gives, counted from no event."""
    return leg.step is not None and leg.step.by_day


def _outlasted(norms: Sequence[Norm], corpus: Corpus) -> Bilingual:
    """That some instrument of the chain ends, and the chain need not have ended by then."""
    found = dict.fromkeys(n.instrument for n in norms if corpus.instruments[n.instrument].end is not None)
    if not found:
        return Bilingual("", "")
    titles = "、".join(f"《{corpus.instruments[name].title}》" for name in found)
    return Bilingual(
        f"，可以长过{titles}的有效期",
        f", and may outlast {', '.join(found)}, which is in force for a time only",
    )


def in_words(span: Span) -> Bilingual:
    """The terms of a chain one by one, and their units: ``10+5+10 个工作日``."""
    by_unit: dict[Unit, list[str]] = {}
    for leg in span.terms:
        assert leg.term is not None
        for amount, unit in leg.term.lengths:
            by_unit.setdefault(unit, []).append(str(amount))
    zh = [f"{'+'.join(amounts)} {_UNITS[unit].zh}" for unit, amounts in by_unit.items()]
    en = [f"{'+'.join(amounts)} {_UNITS[unit].en}" for unit, amounts in by_unit.items()]
    return Bilingual("、".join(zh), " and ".join(en))


def _leg(leg: Leg, corpus: Corpus) -> Bilingual:
    """A leg without a bound in words: what happens, who does it if anybody must, what is said of when."""
    if leg.step is None:
        return Bilingual(
            f"“{leg.start}”至“{leg.end}”（无人作出）", f"'{leg.start}' to '{leg.end}' (done by nobody)"
        )
    deed, said = wording.deed(leg.step.deed), _said(leg.step, corpus)
    return Bilingual(f"“{deed}”{said.zh}", f"'{deed}'{said.en}")


def _said(step: Step, corpus: Corpus) -> Bilingual:
    """What a text says of when a step is due that bounds nothing."""
    action = step.deed.action
    left_open = any(g.what == "start" and (g.rule, g.action) == (step.norm.rule, action) for g in corpus.gaps)
    if left_open or any(each.start is None and each.amount is not None for each in step.terms):
        return Bilingual("（没有写明从何时起算）", " (from when its term runs is not said)")
    if step.recurring:
        return Bilingual("（只写明多久一次）", " (only how often is said)")
    return Bilingual("", "")


def _hangs(due: Due, found: Mapping[str, Due]) -> bool:
    """Whether a term counts from an event that has no last day."""
    return due.by is not None and due.bounded and not due.firm and not found[due.by.start].firm


def any_day(corpus: Corpus) -> dt.date:
    """Some day: which one does not matter to what has a bound."""
    first, last = corpus.horizon
    return first + (last - first) // 2
