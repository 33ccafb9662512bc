"""A plain case about some questions, and all that bears on them: where cases drawn at random start from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from attrs import evolve, field, frozen

from guiju.checker.ask import defaults
from guiju.checker.check import DEFAULT_BUDGET
from guiju.compiler import smt
from guiju.compiler.cone import Cone, symbols
from guiju.compiler.formulas import applicable, defined
from guiju.compiler.kernel import (
    TRUE,
    AtLeast,
    Case,
    Compare,
    Const,
    Context,
    Corpus,
    Date,
    Expr,
    FactRef,
    InTerritory,
    Modality,
    Norm,
    Not,
    Order,
    Today,
    WhichValue,
    negation,
)
from guiju.decisions.problems import InvalidInput, Problem
from guiju.dsl.source import Bilingual
from guiju.testing.bearing import all_in_force, bearing_on, plain_value, spoken
from guiju.testing.scope import Unanswered


@frozen(eq=False)
class Subject:
    """Some norms with all that a case about them tells.

    Attributes:
        corpus: The declarations, and the norms.
        facts, records: What the norms, the acts that they are about and the assumptions linked to these
            speak of.
        readings: Those that the norms and these assumptions depend on.
        assumptions: The assumptions.
    """

    corpus: Corpus
    facts: tuple[str, ...]
    records: tuple[str, ...]
    readings: tuple[str, ...]
    assumptions: tuple[Expr, ...]
    _cone: Cone = field(init=False)

    @_cone.default
    def _linked(self) -> Cone:
        return Cone.of(self.assumptions)

    def linked(self, assumption: Expr) -> frozenset[tuple[str, str]]:
        """What ``assumption`` and all assumptions linked to it speak of."""
        return symbols(self._cone.above([assumption]))


def subject(frame: Corpus, norms: Sequence[Norm]) -> Subject:
    """What bears on ``norms`` of the corpus that ``frame`` declares."""
    corpus = evolve(frame, norms=tuple(norms))
    exprs = [*spoken(corpus), *_of_deeds(corpus)]
    found = bearing_on(exprs, corpus)
    return Subject(corpus, found.facts, found.records, found.readings, found.assumptions)


def plain_case(
    about: Subject, on: dt.date | None = None, at: str | None = None, *, unbarred: bool = True
) -> Context:
    """The least case that the assumptions allow under the default readings.

    Args:
        about: What it tells.
        on: The day that is asked about; None: the first one on which all instruments are in force.
        at: The place; None: the first one in which most of the norms hold.
        unbarred: Whether it is to be one in which no prohibition applies, as far as that can be.

    Raises:
        InvalidInput: The assumptions allow no case on that day at that place.
        Unanswered: The solver's budget ended first.
    """
    corpus = about.corpus
    backend = smt.Backend(corpus, DEFAULT_BUDGET)
    place = _most_regulated(corpus) if at is None else at
    told = [*about.assumptions, *(defined(FactRef(name)) for name in about.facts), *_exactly(place, corpus)]
    told += defaults(told, corpus)
    day = all_in_force(corpus) if on is None else on
    told.append(Compare(Order.EQ, Today(), Const(day, Date())))
    wishes: list[Expr] = [Not(AtLeast(1, name, TRUE)) for name in about.records]
    wishes += _unforbidden(corpus) if unbarred else []
    verdict = backend.solve([*told, *wishes])
    if not isinstance(verdict, smt.Sat):
        verdict = backend.solve(told, prefer=wishes)
    if isinstance(verdict, smt.Undecided):
        raise Unanswered(verdict.reason)
    if isinstance(verdict, smt.Unsat):
        raise InvalidInput([_no_case(day, place)])
    found = verdict.context
    records = {
        name: tuple(
            {field: row.get(field, plain_value(type_, day)) for field, type_ in fields.items()}
            for row in found.case.records.get(name, ())
        )
        for name, fields in ((name, corpus.records[name].fields) for name in about.records)
    }
    facts = {name: found.case.facts[name] for name in about.facts}
    return Context(Case(facts, records), day, place, corpus.default_readings())


def force_days(corpus: Corpus) -> list[dt.date]:
    """The days within the horizon on which an instrument comes into force or is last in force."""
    first, last = corpus.horizon
    bounds = (bound for each in corpus.instruments.values() for bound in (each.start, each.end))
    days = (bound.value for bound in bounds if isinstance(bound, Const))
    return sorted({day for day in days if isinstance(day, dt.date) and first <= day <= last})


def _most_regulated(corpus: Corpus) -> str:
    def held(place: str) -> int:
        return sum(corpus.within(place, norm.territory) for norm in corpus.norms)

    return max(corpus.territories, key=held)


def _exactly(place: str, corpus: Corpus) -> list[Expr]:
    inside = (name for name, parent in corpus.territories.items() if parent == place)
    return [InTerritory(place), *(Not(InTerritory(name)) for name in inside)]


def _unforbidden(corpus: Corpus) -> list[Expr]:
    forbidding = (norm for norm in corpus.norms if norm.position is Modality.FORBIDDEN)
    return [negation(applicable(norm, corpus)) for norm in forbidding]


def _of_deeds(corpus: Corpus) -> list[Expr]:
    """What tells whether and when the acts that the norms are about were done."""
    deeds = (norm.question.deed for norm in corpus.norms if not isinstance(norm.question, WhichValue))
    actions = [corpus.actions[action] for action in dict.fromkeys(deed.action for deed in deeds)]
    told = (term for action in actions for term in (action.done, action.undone, action.done_on))
    return [term for term in told if term is not None]


def _no_case(day: dt.date, place: str) -> Problem:
    return Problem(
        "/on",
        "impossible-case",
        Bilingual(
            f"{day} 在{place}没有假定所容许的情形", f"the assumptions allow no case on {day} at {place}"
        ),
    )
