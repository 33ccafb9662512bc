"""Hypothesis strategies of cases and requests for a corpus: for the property tests of whoever uses the rules.

A case begins as a plain one, in which nothing is forbidden if that can be, and is changed in a few places:
until a norm applies, until one of its clauses holds by a hair or fails by one, or at any single fact. What
fails is shrunk back to the plain case with the one change that matters.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from attrs import evolve

from guiju.compiler.kernel import Case, Context
from guiju.decisions.corpus import Corpus
from guiju.decisions.decision import plain
from guiju.decisions.problems import InvalidInput, Problem
from guiju.decisions.topics import UnknownTopic, find
from guiju.decisions.values import day, shown
from guiju.dsl.source import Bilingual
from guiju.testing.plain_case import Subject, plain_case, subject

try:
    from hypothesis import strategies as st

    from guiju.testing.drawing import Drawing, Edges, edges_of
except ImportError as error:
    raise ImportError(
        "测试策略需要 hypothesis / the strategies need hypothesis: pip install 'guiju[testing]'"
    ) from error


def cases(
    corpus: Corpus,
    question: str | None = None,
    *,
    on: dt.date | str | None = None,
    at: str | None = None,
    complete: bool = True,
    unknown: Collection[str] | None = None,
) -> st.SearchStrategy[dict[str, Any]]:
    """Cases as ``corpus.decide`` takes them: plain JSON values by full name, possible under the assumptions.

    They are near the edges of the rules: at what these compare with, or one off. The plain case that they
    start from is worked out at once, which takes about a second for a large question: make the strategy
    once.

    Args:
        corpus: The rules.
        question: The name of an act or an outcome, of which a case tells all that bears on it; None: all that
            bears on anything.
        on: The day that will be asked about, by which dates lie; None: the first one on which every
            instrument is in force.
        at: The place; None: the first one in which most of the rules hold. It only matters where an
            assumption speaks of it.
        complete: Whether all is known; otherwise some of it may be null.
        unknown: What alone may be null, by full name; None: anything. Without effect on complete cases.

    Raises:
        InvalidInput: There is no such question, place, fact or day, or no case on that day.
        Unanswered: The solver found no plain case within its budget.
    """
    about = _subject(corpus, _named(corpus, question))
    today = None if on is None else day(on, "/on", corpus.horizon)
    base = plain_case(about, today, _place(corpus, at), unbarred=question is not None)
    edges = edges_of(about)
    open_ = () if complete else _may_be_null(about, unknown)

    def case(draw: st.DrawFn) -> dict[str, Any]:
        told = _told(Drawing(draw, edges).case(base, base), about)
        return {**told, **dict.fromkeys(draw(st.lists(st.sampled_from(open_), unique=True)) if open_ else ())}

    return st.composite(case)()


def requests(corpus: Corpus, question: str | None = None) -> st.SearchStrategy[dict[str, Any]]:
    """Requests as ``POST /v1/decide`` takes them: ``question``, ``case``, ``on``, ``at``, ``readings``.

    The case is complete, as those of ``cases`` are. The day lies by one on which an instrument comes into
    force or ceases to be, or anywhere in the horizon; readings are mostly the default ones.

    Args:
        corpus: The rules.
        question: What is asked; None: any question of the corpus.

    Raises:
        InvalidInput: There is no such question.
        Unanswered: The solver found no plain case within its budget.
    """
    topic = _named(corpus, question)
    whole = _subject(corpus, topic)
    base = plain_case(whole, unbarred=topic is not None)
    names = list(corpus.questions) if topic is None else [topic]
    known: dict[str, Edges] = {}

    def request(draw: st.DrawFn) -> dict[str, Any]:
        name = draw(st.sampled_from(names))
        if name not in known:
            known[name] = edges_of(_subject(corpus, name))
        about = known[name].about
        plainly = evolve(base, case=_part(base.case, about))
        drawing = Drawing(draw, known[name])
        found = drawing.case(plainly, drawing.asked(plainly))
        return {
            "question": name,
            "case": _told(found, about),
            "on": found.today.isoformat(),
            "at": found.place,
            "readings": {n: chosen for n, chosen in found.readings.items() if chosen != base.readings[n]},
        }

    return st.composite(request)()


def _named(corpus: Corpus, question: str | None) -> str | None:
    """The full name of ``question``.

    Raises:
        InvalidInput: There is no such question.
    """
    if question is None:
        return None
    try:
        return find(question, corpus.questions).name
    except UnknownTopic as error:
        raise InvalidInput([Problem("/question", "unknown-question", error.message)]) from None


def _subject(corpus: Corpus, topic: str | None) -> Subject:
    names = corpus.questions if topic is None else [topic]
    norms = [norm for name in names for norm in corpus.artifact.norms(name)]
    return subject(corpus.declarations, norms)


def _place(corpus: Corpus, at: str | None) -> str | None:
    if at is not None and at not in corpus.places:
        known = ", ".join(corpus.places)
        message = Bilingual(f"没有地域“{at}”", f"there is no place {at}")
        raise InvalidInput([Problem("/at", "unknown-place", message, known)])
    return at


def _may_be_null(about: Subject, unknown: Collection[str] | None) -> tuple[str, ...]:
    told = (*about.facts, *about.records)
    strange = [name for name in unknown or () if name not in told]
    if strange:
        raise InvalidInput(
            Problem(
                "/unknown",
                "unknown-fact",
                Bilingual(f"这些情形不涉及“{name}”", f"{name} is no part of these cases"),
                ", ".join(told[:12]) + (" …" if len(told) > 12 else ""),
            )
            for name in strange
        )
    return tuple(name for name in told if unknown is None or name in unknown)


def _part(case: Case, about: Subject) -> Case:
    """What ``case`` tells of ``about``."""
    facts = {name: case.facts[name] for name in about.facts}
    return Case(facts, {name: case.records[name] for name in about.records})


def _told(found: Context, about: Subject) -> dict[str, Any]:
    """The case of ``found`` as plain JSON values by full name."""
    corpus, case = about.corpus, found.case
    told: dict[str, object] = {n: shown(case.facts[n], corpus.facts[n].type) for n in about.facts}
    for name in about.records:
        fields = corpus.records[name].fields
        told[name] = [{n: shown(value, fields[n]) for n, value in row.items()} for row in case.records[name]]
    return {name: plain(value) for name, value in told.items()}
