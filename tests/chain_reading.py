"""The chains of a corpus as anybody would read them from its norms: loops over everything, slow and obvious.

It shares no code with the analysis and is what its graphs are compared with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import networkx as nx

from guiju.compiler.kernel import (
    Action,
    And,
    Answer,
    AtLeast,
    Const,
    Corpus,
    DueBy,
    DueWithin,
    Expr,
    Extreme,
    FactRef,
    MayDo,
    Modality,
    Norm,
    Not,
    Or,
    Passing,
    Span,
    Strength,
    children,
)
from guiju.dsl.standing import Standing

#: Step, who passes on, to whom ("" where none is named), as what, and whether only a copy.
Edge = tuple[str, str, str, Passing, bool]

#: A fact or record, and whether it is asked for (or comes to be) holding or not.
Sign = tuple[str, bool]


def steps(corpus: Corpus) -> list[Norm]:
    """The norms by which somebody must or may act."""
    return [
        norm
        for norm in corpus.norms
        if isinstance(norm.question, MayDo)
        and norm.position in (Modality.OBLIGED, Modality.PERMITTED)
        and norm.strength is not Strength.ENCOURAGED
        and norm.standing is not Standing.UNVERIFIED
    ]


def passed_on(corpus: Corpus) -> Counter[Edge]:
    """Who passes what on to whom, by which step."""
    found: set[Edge] = set()
    for norm in steps(corpus):
        assert isinstance(norm.question, MayDo)
        deed = norm.question.deed
        action = corpus.actions[deed.action]
        kind = action.passes or Passing.REPORT
        handed = [each for each in corpus.hand_overs if each.rule == norm.rule and each.deed == deed]
        for each in handed:
            for name in each.to:
                found.add((norm.id, deed.bearer, name, kind, False))
            for name in each.copy:
                found.add((norm.id, deed.bearer, name, Passing.COPY, True))
            if not each.to and not each.copy:
                found.add((norm.id, deed.bearer, "", kind, False))
        patient = deed.patient or action.patient
        if not handed and action.passes is not None and patient:
            found.add((norm.id, deed.bearer, patient, action.passes, False))
    return Counter(found)


def read(expr: Expr, wanted: bool = True) -> set[Sign]:
    """What ``expr`` asks to hold and not to hold, if it is to be ``wanted``."""
    match expr:
        case FactRef(name):
            return {(name, wanted)}
        case Not(arg):
            return read(arg, not wanted)
        case And(args) | Or(args):
            return {sign for arg in args for sign in read(arg, wanted)}
        case AtLeast(record=record, where=where):
            return {(record, wanted), *either_way(where)}
        case _:
            return either_way(expr)


def either_way(expr: Expr) -> set[Sign]:
    """What ``expr`` speaks of: it may matter by holding and by not holding."""
    return {(name, holding) for name in names(expr) for holding in (True, False)}


def names(expr: Expr) -> Iterator[str]:
    """The facts and records that ``expr`` speaks of."""
    match expr:
        case FactRef(name):
            yield name
        case AtLeast(record=record) | Extreme(record=record):
            yield record
        case _:
            pass
    for part in children(expr):
        yield from names(part)


def asked(norm: Norm, corpus: Corpus) -> set[Sign]:
    """What sets a step going: its guard, the date of its law, and where its terms begin."""
    found = read(norm.guard)
    for date in (norm.law_date, *term_starts(norm, corpus)):
        found |= {(name, True) for name in names(date)}
    return found


def term_starts(norm: Norm, corpus: Corpus) -> Iterator[Expr]:
    """The days from which the terms of a step count, where they count from an event."""
    assert isinstance(norm.question, MayDo)
    for other in corpus.norms:
        if other.rule != norm.rule:
            continue
        match other.question, other.position:
            case DueBy(deed), Span(start, _) if deed == norm.question.deed and list(names(start)):
                yield start
            case DueWithin(deed), position if deed == norm.question.deed:
                if position in [Answer(value) for value in _constants(position)]:
                    yield other.law_date
            case _:
                pass


def _constants(position: object) -> list[Expr]:
    match position:
        case Answer(Const(int()) as value):
            return [value]
        case _:
            return []


def brought(action: Action) -> set[Sign]:
    """What holds and what does not once an act was done."""
    found = read(action.done) if action.done is not None else set()
    if action.done_on is not None:
        found |= {(name, True) for name in names(action.done_on)}
    if action.leaves is not None:
        found.add((action.leaves.record, True))
    return found


def events(corpus: Corpus) -> dict[tuple[str, str], set[Sign]]:
    """For each step, ``("before", id)`` the events that set it going and ``("after", id)`` what it brings."""
    found: dict[tuple[str, str], set[Sign]] = {}
    for norm in steps(corpus):
        assert isinstance(norm.question, MayDo)
        found["before", norm.id] = asked(norm, corpus)
        found["after", norm.id] = brought(corpus.actions[norm.question.deed.action])
    return found


def follow(corpus: Corpus) -> set[tuple[str, str]]:
    """The pairs of steps, at one place, of which the first brings about what the second asks for."""
    told = events(corpus)
    return {
        (one.id, other.id)
        for one in steps(corpus)
        for other in steps(corpus)
        if one.id != other.id
        and told["after", one.id] & told["before", other.id]
        and _meet(one, other, corpus)
    }


def _meet(one: Norm, other: Norm, corpus: Corpus) -> bool:
    return any(_covers(one, place, corpus) and _covers(other, place, corpus) for place in corpus.territories)


def _covers(norm: Norm, place: str, corpus: Corpus) -> bool:
    here: str | None = place
    while here is not None and here != norm.territory:
        here = corpus.territories.get(here)
    return here is not None


def passings(graph: nx.MultiDiGraph[str]) -> Counter[Edge]:
    """The edges of an actor graph, to be compared with ``passed_on``."""
    return Counter(
        (data["step"].norm.id, one, other, data["passing"], data["copy"])
        for one, other, data in graph.edges(data=True)
    )


def edges(graph: nx.DiGraph[tuple[str, str]]) -> dict[tuple[str, str, bool], bool]:
    """The edges of an event graph: step, event, whether the step comes first; and whether the event holds."""
    return {
        (one[1], other[1], True) if one[0] == "step" else (other[1], one[1], False): holding
        for one, other, holding in graph.edges(data="holding")
    }


def expected_edges(corpus: Corpus) -> dict[tuple[str, str, bool], bool]:
    """The same, from the norms: an event that matters either way is one that holds."""
    return {
        (step, name, when == "after"): (name, True) in signs
        for (when, step), signs in events(corpus).items()
        for name, _ in signs
    }
