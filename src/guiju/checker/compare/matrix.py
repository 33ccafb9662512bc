"""The matrix of a topic: each jurisdiction's provisions, when they are in force, and how they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import product

from attrs import evolve, frozen

from guiju.checker.check import DEFAULT_BUDGET
from guiju.checker.compare.provisions import Provision, provisions
from guiju.checker.compare.relations import Relation, relations
from guiju.checker.compare.topics import answered_by, in_order
from guiju.checker.finding import Undecided
from guiju.checker.timing import Period, force
from guiju.compiler.kernel import Corpus, Instrument
from guiju.dsl.diagnostics import Diagnostic


@frozen
class Column:
    """What one instrument says of the topic.

    ``periods``: when it is in force, under each choice of the readings that this depends on; the default
    first.
    """

    instrument: Instrument
    periods: tuple[tuple[Mapping[str, str], Period], ...]
    provisions: tuple[Provision, ...]


@frozen
class Matrix:
    """A topic across the jurisdictions of a corpus: from wide to narrow territories.

    ``silent``: the instruments that do not speak of it. ``date``: the day that the relations are about; None:
    any day.
    """

    topic: str
    columns: tuple[Column, ...]
    relations: tuple[Relation, ...]
    silent: tuple[Instrument, ...]
    undecided: tuple[Undecided, ...] = ()
    date: dt.date | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


def matrix(topic: str, corpus: Corpus, date: dt.date | None = None, budget: int = DEFAULT_BUDGET) -> Matrix:
    """Compare what the instruments of ``corpus`` say of ``topic``, an action or an outcome."""
    norms = answered_by(corpus).get(topic, ())
    speaking = {norm.instrument for norm in norms}
    ordered = _ordered(corpus)
    columns = tuple(
        Column(i, _periods(i, corpus), provisions([n for n in norms if n.instrument == i.id], corpus))
        for i in ordered
        if i.id in speaking
    )
    stand = relations(evolve(corpus, norms=norms), [c.instrument.id for c in columns], date, budget)
    silent = tuple(i for i in ordered if i.id not in speaking)
    return Matrix(topic, columns, stand.pairs, silent, stand.undecided, date, stand.diagnostics)


def _ordered(corpus: Corpus) -> list[Instrument]:
    """The instruments from wide to narrow territories, then in the order of the corpus."""
    width = {t: n for n, t in enumerate(in_order(corpus.territories, corpus))}
    return sorted(corpus.instruments.values(), key=lambda i: width[i.territory])


def _periods(instrument: Instrument, corpus: Corpus) -> tuple[tuple[Mapping[str, str], Period], ...]:
    names = instrument.readings
    choices = [
        dict(zip(names, combination, strict=True))
        for combination in product(*(corpus.readings[n].choices for n in names))
    ]
    return tuple((chosen, force(instrument.id, corpus, chosen)) for chosen in choices)
