"""Hypothesis strategies for small corpora of steps: few facts and bodies, so that steps often meet.

All facts but two days are truths, so that every case of a guard can be tried.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import product

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import (
    TRUE,
    Action,
    And,
    Answer,
    AtLeast,
    Authority,
    Boolean,
    Case,
    Combination,
    Compare,
    Const,
    Context,
    Corpus,
    Date,
    Deed,
    DueBy,
    DueWithin,
    Expr,
    Fact,
    FactRef,
    HandOver,
    Instrument,
    Integer,
    MayDo,
    Modality,
    Norm,
    Not,
    Or,
    Order,
    Passing,
    Position,
    Question,
    Rank,
    Record,
    ShiftWorkdays,
    Span,
    Strength,
    Today,
    Trace,
)
from guiju.dsl.standing import Standing

TRUTHS = ("p.a", "p.b", "p.c", "p.d")
DAYS = ("p.on", "p.later")
RECORD = "p.talks"
BODIES = ("city", "office", "east", "west", "party", "")
ACTIONS = ("call", "send", "list")
HORIZON = (dt.date(2020, 1, 1), dt.date(2030, 12, 31))

Values = Mapping[str, bool]


def literals() -> SearchStrategy[Expr]:
    truths = st.sampled_from(TRUTHS).map(FactRef)
    return st.one_of(truths, truths.map(Not))


def _atoms() -> SearchStrategy[Expr]:
    late = Compare(Order.LE, FactRef("p.on"), FactRef("p.later"))
    counted = AtLeast(2, RECORD, FactRef("p.d"))
    return st.one_of(literals(), literals(), st.sampled_from((late, counted, Not(counted), TRUE)))


def _joined(inner: SearchStrategy[Expr]) -> SearchStrategy[Expr]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(st.builds(Not, inner), st.builds(And, several), st.builds(Or, several))


#: Conditions of every kind that steps are read from.
CONDITIONS: SearchStrategy[Expr] = st.recursive(_atoms(), _joined, max_leaves=4)

#: Conditions on truths alone.
GUARDS: SearchStrategy[Expr] = st.recursive(literals(), _joined, max_leaves=4)


@st.composite
def read_once(draw: st.DrawFn) -> Expr:
    """Conditions in which each fact stands once, so that each of them matters."""
    chosen = draw(st.lists(st.sampled_from(TRUTHS), min_size=1, unique=True))
    parts: list[Expr] = [Not(FactRef(n)) if draw(st.booleans()) else FactRef(n) for n in chosen]
    while len(parts) > 1:
        joined = draw(st.sampled_from((And, Or)))((parts.pop(), parts.pop()))
        parts.append(Not(joined) if draw(st.booleans()) else joined)
    return parts[0]


@st.composite
def actions(draw: st.DrawFn, name: str, done: SearchStrategy[Expr]) -> Action:
    dates = st.sampled_from(DAYS).map(FactRef)
    return Action(
        name,
        Combination.SINGLE,
        patient=draw(st.sampled_from((None, "party"))),
        done=draw(st.one_of(st.none(), done, done)),
        leaves=draw(st.sampled_from((None, Trace(RECORD, TRUE)))),
        done_on=draw(st.one_of(st.none(), dates)),
        passes=draw(st.one_of(st.none(), st.sampled_from(Passing))),
    )


@st.composite
def corpora(draw: st.DrawFn, most: int = 4) -> Corpus:
    """Up to ``most`` rules, each of a norm on an act, and often of a term, another norm and recipients."""
    norms: list[Norm] = []
    handed: list[HandOver] = []
    for number in range(draw(st.integers(1, most))):
        rule = f"law.r{number}"
        deed = Deed(
            draw(st.sampled_from(BODIES)),
            draw(st.sampled_from(ACTIONS)),
            draw(st.sampled_from(("", "party"))),
        )
        positions: list[tuple[Question, Position]] = [(MayDo(deed), draw(st.sampled_from(Modality)))]
        positions += draw(st.lists(_others(deed), max_size=2))
        norms += [
            draw(_norm(rule, f"{rule}/{place}", question, position))
            for place, (question, position) in enumerate(positions, 1)
        ]
        named = st.lists(st.sampled_from(BODIES[:-1]), max_size=2, unique=True).map(tuple)
        given = range(draw(st.integers(0, 2)))
        handed += [HandOver(rule, deed, draw(named), draw(named)) for _ in given]
    found = {name: draw(actions(name, CONDITIONS)) for name in ACTIONS}
    return world(norms, found, handed)


def _others(deed: Deed) -> SearchStrategy[tuple[Question, Position]]:
    start: SearchStrategy[Expr] = st.sampled_from((FactRef("p.on"), FactRef("p.later"), Today()))
    amount = Const(5, Integer(0, 100, "workdays"))
    spans = start.map(lambda day: Span(day, ShiftWorkdays(day, amount)))
    hours = st.sampled_from((Answer(None), Answer(Const(48, Integer(0, 720, "hours")))))
    return st.one_of(
        st.tuples(st.just(MayDo(deed)), st.sampled_from(Modality)),
        st.tuples(st.just(DueBy(deed)), spans),
        st.tuples(st.just(DueWithin(deed)), hours),
    )


@st.composite
def _norm(draw: st.DrawFn, rule: str, id_: str, question: Question, position: Position) -> Norm:
    return Norm(
        id_,
        rule,
        "law",
        (),
        draw(CONDITIONS),
        question,
        position,
        draw(st.sampled_from(("all", "all", "east", "west"))),
        draw(st.sampled_from((Today(), Today(), FactRef("p.on")))),
        draw(st.sampled_from((Strength.STRICT, Strength.STRICT, *Strength))),
        draw(st.sampled_from((Standing.READ, Standing.READ, Standing.UNVERIFIED))),
    )


@st.composite
def bare_corpora(
    draw: st.DrawFn, guard: SearchStrategy[Expr], done: SearchStrategy[Expr], most: int = 4
) -> Corpus:
    """Up to ``most`` duties under drawn guards, whose acts drawn conditions show, and nothing else."""
    count = draw(st.integers(2, most))
    norms = [
        Norm(
            f"law.r{n}",
            f"law.r{n}",
            "law",
            (),
            draw(guard),
            MayDo(Deed("city", f"act{n}")),
            Modality.OBLIGED,
            "all",
        )
        for n in range(count)
    ]
    acts = {f"act{n}": Action(f"act{n}", Combination.SINGLE, done=draw(done)) for n in range(count)}
    return world(norms, acts, [])


def world(norms: list[Norm], found: Mapping[str, Action], handed: list[HandOver]) -> Corpus:
    """A corpus of the vocabulary with these norms."""
    facts = {name: Fact(name, Boolean()) for name in TRUTHS} | {name: Fact(name, Date()) for name in DAYS}
    return Corpus(
        horizon=HORIZON,
        territories={"all": None, "east": "all", "west": "all"},
        ranks={"rules": Rank("rules", 1, False)},
        authorities={
            "city": Authority("city", "rules", None, "all"),
            "office": Authority("office", None, None, None, department_of="city"),
            "east": Authority("east", "rules", "city", "east"),
            "west": Authority("west", "rules", "city", "west"),
        },
        facts=facts,
        records={RECORD: Record(RECORD, {"on": Date()})},
        readings={},
        actions=found,
        outcomes={},
        instruments={"law": Instrument("law", "law", "city", "all", "rules")},
        norms=tuple(norms),
        hand_overs=tuple(handed),
        entities=("party",),
    )


def every_case() -> Iterator[Values]:
    """Each way in which the truths can be."""
    for each in product((False, True), repeat=len(TRUTHS)):
        yield dict(zip(TRUTHS, each, strict=True))


def holds(condition: Expr, values: Values, corpus: Corpus) -> bool:
    """Whether a condition on truths holds, by the reference evaluator."""
    return evaluate(condition, corpus, Context(Case(values), HORIZON[0], "all")) is True
