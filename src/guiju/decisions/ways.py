"""What would make an act eligible, for a decision that was made: as data, and in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from guiju.checker.check import DEFAULT_BUDGET
from guiju.checker.report.layout import Line, Piece, View
from guiju.compiler.verdicts import Verdict
from guiju.decisions import summary_words as words
from guiju.decisions.decision import Decision, Value, plain
from guiju.decisions.engine import Asked
from guiju.decisions.values import shown

if TYPE_CHECKING:
    from guiju.decisions.change import Way as Found
    from guiju.decisions.corpus import Corpus


@frozen
class Way:
    """One way to make an act eligible.

    Attributes:
        by: ``change`` of facts today, ``waiting`` as things are, or ``both``.
        possible: There is such a way. None where the solver could not tell, for the reasons in ``undecided``.
        facts: What has to be changed, and to what.
        first: From which day on it is eligible, where time must pass.
        last: Until when, where that is known to come.
    """

    by: str
    possible: bool | None
    facts: Mapping[str, Value]
    first: dt.date | None = None
    last: dt.date | None = None
    undecided: tuple[str, ...] = ()


def ways(corpus: Corpus, decision: Decision) -> tuple[Way, ...]:
    """How what was asked about in ``decision`` can become eligible; none where it is already.

    Args:
        corpus: What answered.
        decision: On one act.

    Raises:
        LookupError: No one question was asked.
        ValueError: It was asked about an outcome.
    """
    from guiju.decisions.change import ways_to
    from guiju.decisions.incomplete import backend_for

    topic = corpus.questions[decision.answer.topic]
    if topic.deed is None:
        raise ValueError(f"{topic.name} is an outcome: eligible is only said of an act")
    if decision.verdict is Verdict.ELIGIBLE:
        return ()
    frame = corpus.declarations
    asked = Asked(
        decision.on, decision.at, {**frame.default_readings(), **decision.readings}, decision.law_date
    )
    found = ways_to(
        (Verdict.ELIGIBLE,),
        topic.question,
        evolve(frame, norms=corpus.artifact.norms(topic.name)),
        corpus.artifact.head.defeats,
        asked.context(corpus.read_case(decision.case).case),
        backend_for(frame, DEFAULT_BUDGET),
        corpus.horizon[1],
    )
    return tuple(_way(each, corpus) for each in found)


def to_dict(way: Way) -> dict[str, object]:
    """``way`` as plain JSON values."""
    found = plain(way)
    assert isinstance(found, dict)
    return found


def lines(found: Iterable[Way], view: View) -> Iterator[Line]:
    """The ways in words."""
    listed = list(found)
    yield ()
    yield (Piece(view.say("怎样才可以", "what would make it eligible"), "label"),)
    if not listed:
        yield (Piece(view.say("  已经可以。", "  it is already."), "dim"),)
    for way in listed:
        yield (Piece(f"  {_told(way, view)}", "value" if way.possible else "dim"),)


def _way(found: Found, corpus: Corpus) -> Way:
    facts = corpus.declarations.facts
    if found.change is None:
        return Way(found.by.value, None if found.undecided else False, {}, undecided=found.undecided)
    changed = {name: shown(value, facts[name].type) for name, value in found.change.facts.items()}
    return Way(found.by.value, True, changed, found.change.from_, found.change.until)


def _told(way: Way, view: View) -> str:
    by = {
        "change": view.say("改变事实", "by changing facts"),
        "waiting": view.say("等待", "by waiting"),
        "both": view.say("改变事实并等待", "by changing facts and waiting"),
    }[way.by]
    colon = view.say("：", ": ")
    if way.possible is None:
        reasons = "; ".join(way.undecided)
        return by + colon + view.say(f"求解器未答（{reasons}）", f"the solver gave up ({reasons})")
    if not way.possible:
        return by + colon + view.say("没有办法", "there is no way")
    parts = [words.fact(name, value, view) for name, value in way.facts.items()]
    if way.first is not None:
        parts.append(view.say(f"自 {way.first} 起", f"from {way.first} on"))
    if way.last is not None:
        parts.append(view.say(f"至 {way.last} 为止", f"until {way.last}"))
    return by + colon + view.say("；", "; ").join(parts)
