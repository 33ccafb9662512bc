"""Hypothesis strategies for small random corpora, and for what is evaluated in them.

What is drawn is always well typed, and no evaluation of it leaves the calendar: dates lie in the corpus'
horizon, shifts are small, and at most ``MAX_SHIFTS`` of them stand inside one another. The vocabulary is
fixed, one or two of everything, so that random rules meet each other often; its bounds, the instruments'
terms, the calendar, the rules and the cases are random.

``corpora()``, ``expressions(corpus, type)`` and ``contexts(corpus)`` are the ones to start from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import combinations

from attrs import evolve, frozen
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from guiju.compiler.doctrine import Defeat, Doctrine, Grade
from guiju.compiler.kernel import (
    NEVER,
    TRUE,
    Action,
    And,
    Answer,
    Assumption,
    AtLeast,
    Authority,
    BarEnd,
    Boolean,
    Case,
    Clip,
    Combination,
    Compare,
    Const,
    Context,
    Corpus,
    Date,
    DaysBetween,
    Deed,
    DueBy,
    DueWithin,
    Enumeration,
    Expr,
    Extreme,
    Fact,
    FactRef,
    FieldRef,
    If,
    Instrument,
    Integer,
    InTerritory,
    MayDo,
    Modality,
    Norm,
    Not,
    Or,
    Order,
    Outcome,
    Passing,
    Position,
    Question,
    Rank,
    Reading,
    ReadingRef,
    Record,
    Recurs,
    RollToWorkday,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    Span,
    Strength,
    Sum,
    Times,
    Today,
    Type,
    Value,
    WhichValue,
    WorkCalendar,
    position_terms,
)

HORIZON = (dt.date(2019, 1, 1), dt.date(2032, 12, 31))
MAX_SHIFTS = 3  # of dates inside one another: 60 years of months and four of days at most

BOOLEAN = Boolean()
DATE = Date()
COUNT = Integer(0, 20)
AMOUNT = Integer(-500, 100_000, "yuan", 2)
MONTHS = Integer(-240, 240, "months")
DAYS = Integer(-400, 400, "days")
WORKDAYS = Integer(0, 30, "workdays")
HOURS = Integer(0, 720, "hours")
KIND = Enumeration("kind", ("red", "green", "blue"))
SCALE = Enumeration("scale", ("mild", "grave", "gravest"), ordered=True)

#: Every type that the vocabulary has a fact of.
TYPES: tuple[Type, ...] = (BOOLEAN, COUNT, AMOUNT, MONTHS, DAYS, WORKDAYS, HOURS, KIND, SCALE, DATE)

READINGS = {
    "first": Reading("first", ("a", "b")),
    "second": Reading("second", ("x", "y", "z")),
}
TERRITORIES = {"country": None, "north": "country", "south": "country", "town": "south", "ward": "town"}

DEEDS = (Deed("party", "practise"), Deed("party", "bid"), Deed("bureau", "report", "party"))


# --- Values and terms ------------------------------------------------------------------------------------


def values(type_: Type) -> SearchStrategy[Value]:
    """Values of ``type_``; a date lies in the horizon, often on an edge of a month."""
    match type_:
        case Boolean():
            return st.booleans()
        case Integer(low, high):
            return st.integers(low, high)
        case Enumeration(members=members):
            return st.sampled_from(members)
        case Date():
            return dates()


_FEW_DAYS = (dt.date(2024, 2, 27), dt.date(2024, 3, 2))  # few enough that drawn dates often coincide

_EDGES = tuple(
    day
    for year in range(HORIZON[0].year, HORIZON[1].year + 1)
    for month in range(1, 13)
    for day in (dt.date(year, month, 1), dt.date(year, month, 1) - dt.timedelta(days=1))
    if HORIZON[0] <= day <= HORIZON[1]
)


def dates() -> SearchStrategy[dt.date]:
    """Days of the horizon: any, and more often than chance the first and the last ones of a month."""
    return st.one_of(st.dates(*HORIZON), st.sampled_from(_EDGES), st.dates(*_FEW_DAYS))


def constants(type_: Type) -> SearchStrategy[Expr]:
    """Literals of ``type_``."""
    return values(type_).map(lambda value: Const(value, type_))


@frozen
class _Scope:
    """Where an expression is drawn: ``record`` is what an enclosing quantifier ranges over."""

    corpus: Corpus
    record: str | None = None


@st.composite
def expressions(
    draw: st.DrawFn,
    corpus: Corpus,
    type_: Type,
    depth: int = 3,
    record: str | None = None,
    shifts: int = MAX_SHIFTS,
) -> Expr:
    """Well-typed expressions of ``type_``, of at most ``depth`` nested operators.

    Inside ``record`` (the ``where`` of an ``AtLeast`` or ``Extreme``) they may use its fields, and have
    no quantifier. An integer is of ``type_``'s unit and scale, but may lie outside its bounds, unless it
    is an amount that a date is shifted by.
    """
    return _expression(draw, _Scope(corpus, record), type_, depth, shifts)


def _expression(draw: st.DrawFn, scope: _Scope, type_: Type, depth: int, shifts: int = MAX_SHIFTS) -> Expr:
    if depth <= 0 or not draw(st.integers(0, 7)):
        return _leaf(draw, scope, type_)
    match type_:
        case Boolean():
            return _condition(draw, scope, depth)
        case Integer():
            return _number(draw, scope, type_, depth)
        case Enumeration():
            return _choice(draw, scope, type_, depth, shifts)
        case Date():
            return _day(draw, scope, depth, shifts)


def _leaf(draw: st.DrawFn, scope: _Scope, type_: Type) -> Expr:
    corpus = scope.corpus
    if scope.record is not None and draw(st.booleans()):
        fields = corpus.records[scope.record].fields
        names = [name for name, held in fields.items() if _alike(held, type_)]
        if names:
            return FieldRef(scope.record, draw(st.sampled_from(names)))
    known: list[Expr] = [FactRef(fact.name) for fact in corpus.facts.values() if _alike(fact.type, type_)]
    if isinstance(type_, Boolean):
        known.append(InTerritory(draw(st.sampled_from(sorted(corpus.territories)))))
    if isinstance(type_, Date):
        known.append(Today())
    if isinstance(type_, Enumeration):
        same = [name for name, reading in corpus.readings.items() if reading_type(reading) == type_]
        known += [ReadingRef(name) for name in same]
    if draw(st.booleans()) and known:
        return draw(st.sampled_from(known))
    return draw(constants(type_))


def _alike(one: Type, other: Type) -> bool:
    if isinstance(one, Integer) and isinstance(other, Integer):
        return (one.unit, one.scale) == (other.unit, other.scale)
    return one == other


def _choice(draw: st.DrawFn, scope: _Scope, type_: Type, depth: int, shifts: int = MAX_SHIFTS) -> Expr:
    return If(
        _expression(draw, scope, BOOLEAN, depth - 1),
        _expression(draw, scope, type_, depth - 1, shifts),
        _expression(draw, scope, type_, depth - 1, shifts),
    )


def _condition(draw: st.DrawFn, scope: _Scope, depth: int) -> Expr:
    quantified = ("at least",) * 3 if scope.record is None else ()
    match draw(st.sampled_from(("compare", "compare", "compare", "not", "and", "or", "if", *quantified))):
        case "compare":
            return _comparison(draw, scope, depth - 1)
        case "not":
            return Not(_expression(draw, scope, BOOLEAN, depth - 1))
        case "and":
            return And(_several(draw, scope, BOOLEAN, depth, 0))
        case "or":
            return Or(_several(draw, scope, BOOLEAN, depth, 0))
        case "if":
            return _choice(draw, scope, BOOLEAN, depth)
        case _:
            record = draw(st.sampled_from(sorted(scope.corpus.records)))
            threshold = draw(st.sampled_from((1, 1, 2, 3, 0)))
            where = _expression(draw, _Scope(scope.corpus, record), BOOLEAN, depth - 1)
            return AtLeast(threshold, record, where)


def _several(draw: st.DrawFn, scope: _Scope, type_: Type, depth: int, least: int) -> tuple[Expr, ...]:
    count = draw(st.sampled_from((2, 2, 3, 1, least)))
    return tuple(_expression(draw, scope, type_, depth - 1) for _ in range(count))


def _comparison(draw: st.DrawFn, scope: _Scope, depth: int) -> Expr:
    readings = [reading_type(reading) for reading in scope.corpus.readings.values()]
    compared = draw(st.sampled_from([*TYPES, DATE, DATE, *readings]))
    ordered = isinstance(compared, (Integer, Date)) or (
        isinstance(compared, Enumeration) and compared.ordered
    )
    order = draw(st.sampled_from(list(Order) if ordered else [Order.EQ]))
    left = _expression(draw, scope, compared, depth)
    if compared == DATE and not draw(st.integers(0, 15)):
        return Compare(order, left, Const(NEVER, DATE))
    return Compare(order, left, _expression(draw, scope, compared, depth))


def reading_type(reading: Reading) -> Enumeration:
    """The type of the choice of ``reading``."""
    return Enumeration(reading.name, reading.choices)


def _number(draw: st.DrawFn, scope: _Scope, type_: Integer, depth: int) -> Expr:
    between = ("between",) * 3 if (type_.unit, type_.scale) == ("days", 0) else ()
    match draw(st.sampled_from(("sum", "times", "if", *between))):
        case "sum":
            return Sum(_several(draw, scope, type_, depth, 1))
        case "times":
            return Times(draw(st.integers(-3, 3)), _expression(draw, scope, type_, depth - 1))
        case "if":
            return _choice(draw, scope, type_, depth)
        case _:
            start = _expression(draw, scope, DATE, depth - 1)
            return DaysBetween(start, _expression(draw, scope, DATE, depth - 1))


def _day(draw: st.DrawFn, scope: _Scope, depth: int, shifts: int) -> Expr:
    moved = ("months", "months", "days", "workdays", "roll") if shifts > 0 else ()
    quantified = ("extreme",) * 3 if scope.record is None else ()
    what = draw(st.sampled_from(("if", *moved, *quantified)))
    if what == "if":
        return _choice(draw, scope, DATE, depth, shifts)
    if what == "extreme":
        record = draw(st.sampled_from(sorted(scope.corpus.records)))
        days = [name for name, held in scope.corpus.records[record].fields.items() if held == DATE]
        where = _expression(draw, _Scope(scope.corpus, record), BOOLEAN, depth - 1)
        return Extreme(draw(st.booleans()), record, draw(st.sampled_from(days)), where)
    day = _expression(draw, scope, DATE, depth - 1, shifts - 1)
    match what:
        case "months":
            return ShiftMonths(day, _amount(draw, scope, MONTHS), draw(st.sampled_from(Clip)))
        case "days":
            return ShiftDays(day, _amount(draw, scope, DAYS))
        case "workdays":
            return ShiftWorkdays(day, _amount(draw, scope, WORKDAYS))
        case _:
            return RollToWorkday(day)


def _amount(draw: st.DrawFn, scope: _Scope, type_: Integer) -> Expr:
    leaf = _leaf(draw, scope, type_)
    if draw(st.integers(0, 3)):
        return leaf
    return If(_expression(draw, scope, BOOLEAN, 1), leaf, _leaf(draw, scope, type_))


@st.composite
def amounts(draw: st.DrawFn, corpus: Corpus, type_: Integer) -> Expr:
    """Amounts that a date is shifted by: within the bounds of ``type_``, so never by too much."""
    return _amount(draw, _Scope(corpus), type_)


# --- The corpus ------------------------------------------------------------------------------------------


def _vocabulary() -> Corpus:
    """The fixed vocabulary, without instruments and norms."""
    declared: dict[str, Type] = {
        "party.fit": BOOLEAN,
        "party.harmful": BOOLEAN,
        "party.count": COUNT,
        "party.amount": AMOUNT,
        "party.months": MONTHS,
        "party.days": DAYS,
        "party.workdays": WORKDAYS,
        "party.hours": HOURS,
        "party.kind": KIND,
        "party.scale": SCALE,
        "party.licensed": DATE,
        "party.listed": DATE,
    }
    single = Combination.SINGLE
    return Corpus(
        horizon=HORIZON,
        territories=TERRITORIES,
        ranks={"rules": Rank("rules", 3, True), "normative": Rank("normative", 1, False)},
        authorities={
            "ministry": Authority("ministry", "rules", None, "country"),
            "bureau": Authority("bureau", "normative", "ministry", "south"),
        },
        facts={name: Fact(name, held, judgement=name == "party.harmful") for name, held in declared.items()},
        records={
            "party.event": Record(
                "party.event", {"at": DATE, "scale": SCALE, "fine": AMOUNT, "upheld": BOOLEAN}
            ),
            "party.staff": Record(
                "party.staff", {"since": DATE, "until": DATE, "months": MONTHS, "kind": KIND}
            ),
        },
        readings=READINGS,
        actions={
            "practise": Action("practise", single, "licence"),
            "bid": Action("bid", Combination.STRICTEST),
            "report": Action("report", single, passes=Passing.REPORT),
        },
        outcomes={
            "fine": Outcome("fine", AMOUNT, single, FactRef("party.fit")),
            "colour": Outcome("colour", KIND, single),
            "measure": Outcome("measure", SCALE, Combination.ALL),
            "grade": Outcome("grade", SCALE, Combination.STRICTEST, TRUE),
            "window": Outcome("window", MONTHS, Combination.MILDEST),
            "deadline": Outcome("deadline", DATE, Combination.UNSTATED),
            "listed": Outcome("listed", BOOLEAN, single),
        },
        instruments={},
        norms=(),
    )


#: The vocabulary that every drawn corpus shares.
VOCABULARY = _vocabulary()


@st.composite
def instruments(
    draw: st.DrawFn, corpus: Corpus, name: str, issuer: str, territory: str, rank: str
) -> Instrument:
    """Instruments with or without a first and last day, which may depend on a reading."""
    choice = If(
        Compare(Order.EQ, ReadingRef("first"), Const("a", reading_type(READINGS["first"]))),
        Const(draw(dates()), DATE),
        Const(draw(dates()), DATE),
    )
    start = draw(st.one_of(st.none(), st.just(Const(HORIZON[0], DATE)), constants(DATE), st.just(choice)))
    end = draw(st.one_of(st.none(), st.none(), constants(DATE), st.just(Const(NEVER, DATE))))
    return Instrument(
        name,
        name,
        issuer,
        territory,
        rank,
        start=start,
        end=end,
        topics=("practice",),
        readings=("first",) if start is choice else (),
    )


def questions(corpus: Corpus) -> SearchStrategy[Question]:
    """Questions of every kind, few enough that norms often answer the same one."""
    deeds = st.sampled_from(DEEDS)
    return st.one_of(
        st.builds(MayDo, deeds),
        st.builds(BarEnd, deeds),
        st.builds(DueBy, deeds),
        st.builds(DueWithin, deeds),
        st.builds(Recurs, deeds, st.sampled_from(("months", "days"))),
        st.builds(WhichValue, st.sampled_from(sorted(corpus.outcomes))),
    )


def positions(corpus: Corpus, question: Question, depth: int = 2) -> SearchStrategy[Position]:
    """Positions that answer ``question``."""

    def answers(type_: Type) -> SearchStrategy[Position]:
        simple = constants(type_)  # often, so that answers agree and disagree outright
        term = expressions(corpus, type_, depth)
        return st.one_of(st.just(Answer(None)), st.builds(Answer, simple), st.builds(Answer, term))

    match question:
        case MayDo():
            return st.sampled_from(Modality)
        case BarEnd() | DueBy():
            start = st.one_of(st.just(FactRef("party.listed")), expressions(corpus, DATE, 1))
            return start.flatmap(lambda day: _spans(corpus, day, depth))
        case DueWithin():
            return answers(HOURS)
        case Recurs(unit=unit):
            return answers(MONTHS if unit == "months" else DAYS)
        case WhichValue(outcome):
            return answers(corpus.outcomes[outcome].type)


def _spans(corpus: Corpus, start: Expr, depth: int) -> SearchStrategy[Position]:
    months = amounts(corpus, MONTHS).map(
        lambda n: Span(start, ShiftMonths(start, n), ShiftMonths(start, n, Clip.UP))
    )
    any_end = expressions(corpus, DATE, depth).map(lambda end: Span(start, end))
    return st.one_of(months, any_end, st.just(Span(start, Const(NEVER, DATE))))


@st.composite
def norms(
    draw: st.DrawFn, corpus: Corpus, number: int, question: Question | None = None, depth: int = 3
) -> Norm:
    """Norms of the corpus' instruments; strict ones most often."""
    instrument = draw(st.sampled_from(sorted(corpus.instruments)))
    asked = draw(questions(corpus)) if question is None else question
    place = st.sampled_from((corpus.instruments[instrument].territory, *sorted(corpus.territories)))
    law_dates = st.one_of(st.just(Today()), st.just(FactRef("party.listed")), expressions(corpus, DATE, 2))
    return Norm(
        id=f"{instrument}.n{number}",
        rule=f"{instrument}.n{number}",
        instrument=instrument,
        citations=(f"art. {number}",),
        guard=draw(expressions(corpus, BOOLEAN, depth)),
        question=asked,
        position=draw(positions(corpus, asked)),
        territory=draw(place),
        law_date=draw(law_dates),
        strength=draw(st.sampled_from((Strength.STRICT, Strength.STRICT, *Strength))),
    )


def calendars() -> SearchStrategy[WorkCalendar]:
    """Working calendars with a few days off and made-up days at random, in part of the horizon."""
    return st.builds(
        WorkCalendar,
        st.frozensets(st.one_of(dates(), st.dates(*_FEW_DAYS)), max_size=8),
        st.frozensets(st.one_of(dates(), st.dates(*_FEW_DAYS)), max_size=4),
        st.sampled_from((None, (2019, 2032), (2020, 2026))),
    )


@st.composite
def corpora(draw: st.DrawFn, max_norms: int = 5, depth: int = 3, question: Question | None = None) -> Corpus:
    """Small corpora: two instruments of authorities of different rank, and up to ``max_norms`` norms.

    With ``question``, every norm answers that one.
    """
    corpus = evolve(VOCABULARY, calendar=draw(calendars()))
    issued = {
        "national": draw(instruments(corpus, "national", "ministry", "country", "rules")),
        "local": draw(instruments(corpus, "local", "bureau", "south", "normative")),
    }
    corpus = evolve(corpus, instruments=issued)
    count = draw(st.integers(1, max_norms))
    found = tuple(draw(norms(corpus, number, question, depth)) for number in range(1, count + 1))
    worldly = draw(st.one_of(st.none(), expressions(corpus, BOOLEAN, 1)))
    assumed = () if worldly is None else (Assumption("drawn", worldly),)
    return evolve(corpus, norms=found, assumptions=assumed)


def defeats(corpus: Corpus) -> SearchStrategy[Mapping[tuple[str, str], Defeat]]:
    """Relations without a circle on the norms of ``corpus``: a part of a random ranking."""

    def among(ranked: list[str]) -> SearchStrategy[Mapping[tuple[str, str], Defeat]]:
        pairs = list(combinations(ranked, 2))
        if not pairs:
            return st.just({})
        return st.lists(st.sampled_from(pairs), unique=True).map(
            lambda chosen: {
                (winner, loser): Defeat(winner, loser, Doctrine.SUPERIOR, Grade.STATUTE)
                for winner, loser in chosen
            }
        )

    return st.permutations([norm.id for norm in corpus.norms]).flatmap(among)


# --- Cases and contexts ----------------------------------------------------------------------------------


@st.composite
def cases(draw: st.DrawFn, corpus: Corpus, complete: bool = True, max_rows: int = 3) -> Case:
    """Cases of ``corpus``; incomplete ones lack facts, fields, or a whole record."""

    def given(types: Mapping[str, Type]) -> SearchStrategy[dict[str, Value]]:
        needed = {name: values(held) for name, held in types.items()}
        return st.fixed_dictionaries(needed) if complete else st.fixed_dictionaries({}, optional=needed)

    facts = draw(given({fact.name: fact.type for fact in corpus.facts.values()}))
    records: dict[str, tuple[Mapping[str, Value], ...]] = {}
    for name, record in corpus.records.items():
        if complete or draw(st.integers(0, 3)):
            records[name] = tuple(draw(st.lists(given(record.fields), max_size=max_rows)))
    return Case(facts, records)


@st.composite
def contexts(draw: st.DrawFn, corpus: Corpus, complete: bool = True, max_rows: int = 3) -> Context:
    """Contexts of ``corpus``; ``complete``: the case gives every fact and field."""
    return Context(
        case=draw(cases(corpus, complete, max_rows)),
        today=draw(dates()),
        place=draw(st.sampled_from(sorted(corpus.territories))),
        readings={
            name: draw(st.sampled_from(reading.choices))
            for name, reading in corpus.readings.items()
            if draw(st.booleans())
        },
        law_date=draw(st.one_of(st.none(), st.none(), dates())),
    )


@st.composite
def completions(draw: st.DrawFn, corpus: Corpus, context: Context) -> Context:
    """Contexts that give all that ``context`` gives, and everything that it lacks."""
    other = draw(cases(corpus))
    facts = {**other.facts, **context.case.facts}
    records = {**other.records}
    for name, rows in context.case.records.items():
        fields = {field: values(held) for field, held in corpus.records[name].fields.items()}
        records[name] = tuple({**draw(st.fixed_dictionaries(fields)), **row} for row in rows)
    return evolve(context, case=Case(facts, records))


def parts(corpus: Corpus) -> Iterator[Expr]:
    """Every expression that stands directly in ``corpus``: in instruments, norms, outcomes, assumptions."""
    for instrument in corpus.instruments.values():
        yield from (day for day in (instrument.start, instrument.end) if day is not None)
    for norm in corpus.norms:
        yield norm.guard
        yield norm.law_date
        yield from position_terms(norm.position)
        if isinstance(norm.position, Span) and norm.position.end_up is not None:
            yield norm.position.end_up
    yield from (outcome.domain for outcome in corpus.outcomes.values() if outcome.domain is not None)
    yield from (assumption.expr for assumption in corpus.assumptions)
