"""The table backend on the real corpus: its examples and random rows, against the reference."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterable, Mapping

import pytest
from attrs import evolve

from guiju.checker.load import Loaded
from guiju.compiler.doctrine import Defeat, settle
from guiju.compiler.kernel import (
    AtLeast,
    Boolean,
    Case,
    Context,
    Corpus,
    Date,
    Enumeration,
    Expr,
    Extreme,
    FactRef,
    Integer,
    Norm,
    Question,
    Type,
    Value,
    position_terms,
    walk,
)
from guiju.compiler.resolve import Defeats
from guiju.compiler.table import Columns, OnePlace, PlaceColumn, compile_question
from table_rows import DATE, KEY, PLACE, answers, reference, table

pytestmark = pytest.mark.xdist_group("specs")

ROWS = 150
BIGGEST = 10
ON = dt.date(2026, 3, 31)  # the end of a month, so that months are clipped


@pytest.fixture(scope="module")
def corpus(whole: Loaded) -> Corpus:
    assert whole.corpus is not None
    return whole.corpus


@pytest.fixture(scope="module")
def defeats(corpus: Corpus) -> Defeats:
    """What text and rank settle, which takes no solver."""
    pairs = ((one, other) for one in corpus.norms for other in corpus.norms if one.question == other.question)
    settled = (settle(one, other, corpus, lambda *_: None) for one, other in pairs if one.id < other.id)
    return {(found.winner, found.loser): found for found in settled if isinstance(found, Defeat)}


def biggest(corpus: Corpus) -> list[Question]:
    """The questions that most norms answer."""
    return [question for question, _ in Counter(norm.question for norm in corpus.norms).most_common(BIGGEST)]


def agree(corpus: Corpus, defeats: Defeats, question: Question, contexts: list[Context], on: Columns) -> None:
    named = [name for name in corpus.facts if on.of_fact(name) is not None]
    compiled = compile_question(question, corpus.norms, corpus, defeats, on, contexts[0].readings)
    for row, context in zip(answers(compiled, table(corpus, contexts, named)), contexts, strict=True):
        expected = reference(question, compiled, corpus, defeats, context)
        shown = {name: value for name, value in row.items() if name != KEY}
        assert shown == {name: expected[name] for name in shown}


@pytest.mark.parametrize("place", range(BIGGEST))
def test_random_rows_are_answered_as_by_the_reference(corpus: Corpus, defeats: Defeats, place: int) -> None:
    """The biggest questions, with a date and place for each row and with one for all, some facts missing."""
    question = biggest(corpus)[place]
    norms = [norm for norm in corpus.norms if norm.question == question]
    rng = random.Random(place)
    contexts = [drawn(corpus, norms, rng) for _ in range(ROWS)]
    agree(corpus, defeats, question, contexts, Columns(DATE, PlaceColumn(PLACE), key=KEY))
    for choice in range(2):  # the default readings, and the last choices of all
        readings = {name: reading.choices[-choice] for name, reading in corpus.readings.items()}
        here = evolve(contexts[0], today=ON, place=norms[0].territory, readings=readings)
        shared = [evolve(here, case=context.case) for context in contexts]
        agree(corpus, defeats, question, shared, Columns(ON, OnePlace(here.place), key=KEY))


@pytest.mark.slow
def test_the_examples_of_the_corpus_are_answered_as_by_the_reference(
    corpus: Corpus, defeats: Defeats
) -> None:
    """Each example, on the questions that it is about; what no example of a query gives, its table lacks."""
    alike: dict[object, list[tuple[Question, Context]]] = {}
    for example in corpus.examples:
        on = example.context
        for question in dict.fromkeys(expectation.question for expectation in example.expectations):
            setting = (question, tuple(sorted(on.readings.items())), on.law_date)
            alike.setdefault(setting, []).append((question, on))
    for asked in alike.values():
        contexts = [context for _, context in asked]
        named = {name for context in contexts for name in context.case.facts}
        lacking = {name: None for name in corpus.facts if name not in named}
        columns = Columns(DATE, PlaceColumn(PLACE), lacking, law_date=contexts[0].law_date, key=KEY)
        agree(corpus, defeats, asked[0][0], contexts, columns)
    assert sum(map(len, alike.values())) > 700


def drawn(corpus: Corpus, norms: list[Norm], rng: random.Random) -> Context:
    """A random case of what ``norms`` speak of; one in three lacks some of it."""
    missing = rng.choice((0.0, 0.0, 0.1))
    parts = [part for expr in expressions(corpus, norms) for part in walk(expr)]
    names = dict.fromkeys(part.name for part in parts if isinstance(part, FactRef))
    records = dict.fromkeys(part.record for part in parts if isinstance(part, (AtLeast, Extreme)))

    def given(types: Mapping[str, Type]) -> dict[str, Value]:
        return {name: value(held, rng) for name, held in types.items() if rng.random() >= missing}

    facts = given({name: corpus.facts[name].type for name in names})
    rows = {
        name: tuple(given(corpus.records[name].fields) for _ in range(rng.randrange(4)))
        for name in records
        if rng.random() >= missing
    }
    territories = [norm.territory for norm in norms] * 3 + list(corpus.territories)
    return Context(Case(facts, rows), day(rng), rng.choice(territories))


def expressions(corpus: Corpus, norms: list[Norm]) -> Iterable[Expr]:
    for norm in norms:
        instrument = corpus.instruments[norm.instrument]
        yield from (norm.guard, norm.law_date, *position_terms(norm.position))
        yield from (bound for bound in (instrument.start, instrument.end) if bound is not None)


def value(type_: Type, rng: random.Random) -> Value:
    match type_:
        case Boolean():
            return rng.random() < 0.5
        case Integer(low, high):
            return rng.choice((low, high, rng.randint(low, high), rng.randint(low, min(high, low + 5))))
        case Enumeration(members=members):
            return rng.choice(members)
        case Date():
            return day(rng)


def day(rng: random.Random) -> dt.date:
    """A day of the last years or the next ones, often at the end of a month."""
    found = ON + dt.timedelta(rng.choice((rng.randint(-900, 60), rng.randint(-40, 40), -31, -90, -92, -365)))
    return found.replace(day=1) - dt.timedelta(1) if rng.random() < 0.3 else found
