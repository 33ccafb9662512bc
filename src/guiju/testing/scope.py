"""What a case about one topic tells: every fact and record that can bear on the answer, each with a value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from attrs import evolve, field, frozen

from guiju.compiler import smt
from guiju.compiler.cone import Cone, symbols
from guiju.compiler.formulas import defined
from guiju.compiler.kernel import (
    TRUE,
    AtLeast,
    Boolean,
    Case,
    Compare,
    Const,
    Context,
    Corpus,
    Date,
    Enumeration,
    Expr,
    FactRef,
    Integer,
    Norm,
    Not,
    Order,
    Today,
    Type,
    Value,
    WhichValue,
    position_terms,
)
from guiju.decisions.topics import Topic
from guiju.dsl.diagnostics import InternalError
from guiju.testing.rules import Rules


class Unanswered(Exception):
    """The solver's budget ended first."""


@frozen(eq=False)
class Scope:
    """A topic with everything that its tests speak of.

    Attributes:
        rules: What answers it.
        facts, records: What a case gives: what the norms and the assumptions bearing on them mention.
        readings: Those that the norms and these assumptions depend on.
        assumptions: Those that bear on what the norms mention.
        asked: The facts and records that the norms themselves mention.
        base: An unremarkable case, from which the others differ in what they are about.
    """

    rules: Rules
    facts: tuple[str, ...]
    records: tuple[str, ...]
    readings: tuple[str, ...]
    assumptions: tuple[Expr, ...]
    asked: frozenset[str]
    base: Context
    _cone: Cone = field(init=False)

    @_cone.default
    def _linked(self) -> Cone:
        return Cone.of(self.assumptions)

    @property
    def topic(self) -> Topic:
        """What is asked."""
        return self.rules.topic

    @property
    def corpus(self) -> Corpus:
        """The declarations, and the norms of the topic."""
        return self.rules.corpus

    def bearing(self, conditions: Sequence[Expr]) -> list[Expr]:
        """The assumptions that ``conditions`` are linked to; what others speak of can stay as in the base."""
        return self._cone.above(conditions)

    def complete(self, found: Context) -> Context:
        """``found`` with a value for everything that it leaves open: that of the base."""
        facts = {name: found.case.facts.get(name, self.base.case.facts[name]) for name in self.facts}
        records = {
            name: tuple(self._row(name, row) for row in found.case.records.get(name, ()))
            for name in self.records
        }
        readings = {**self.base.readings, **found.readings}
        return evolve(found, case=Case(facts, records), readings=readings)

    def _row(self, record: str, row: Mapping[str, Value]) -> Mapping[str, Value]:
        fields = self.corpus.records[record].fields
        return {name: row[name] if name in row else _any(type_, self.base) for name, type_ in fields.items()}


def scope_of(rules: Rules, backend: smt.Backend) -> Scope:
    """The scope of ``rules``, whose base is the least case that the assumptions allow.

    The assumptions of the corpus can hold together, or it could not have been compiled.

    Raises:
        Unanswered: The budget ended first.
        InternalError: There is none: the assumptions contradict each other.
    """
    corpus = rules.corpus
    exprs = spoken(corpus)
    assumptions = Cone.of([each.expr for each in corpus.assumptions]).above(exprs)
    mentioned = symbols([*exprs, *assumptions])
    facts = tuple(name for name in corpus.facts if ("fact", name) in mentioned)
    records = tuple(name for name in corpus.records if ("record", name) in mentioned)
    readings = tuple(name for name in corpus.readings if ("reading", name) in mentioned)
    asked = [
        *_day(corpus),
        *assumptions,
        *(defined(FactRef(name)) for name in facts),
        *(Not(AtLeast(1, name, TRUE)) for name in records),
    ]
    verdict = backend.solve(asked)
    if isinstance(verdict, smt.Unsat):  # some record cannot be empty, or the day cannot be that
        verdict = backend.solve([*assumptions, *(defined(FactRef(name)) for name in facts)])
    if isinstance(verdict, smt.Undecided):
        raise Unanswered(verdict.reason)
    if not isinstance(verdict, smt.Sat):
        raise InternalError(f"internal error: no case of {rules.topic.name}: {verdict}")
    chosen = {**{n: corpus.readings[n].choices[0] for n in readings}, **verdict.context.readings}
    given = {n: verdict.context.case.facts.get(n, _any(corpus.facts[n].type, verdict.context)) for n in facts}
    base = evolve(verdict.context, case=Case(given, verdict.context.case.records), readings=chosen)
    spoken_of = frozenset(name for kind, name in symbols(exprs) if kind in ("fact", "record"))
    return Scope(rules, facts, records, readings, tuple(assumptions), spoken_of, base)


def spoken(corpus: Corpus) -> list[Expr]:
    """Everything that the answers of the norms of ``corpus`` depend on, and where there must be one."""
    outcomes = {norm.question.outcome for norm in corpus.norms if isinstance(norm.question, WhichValue)}
    domains = (corpus.outcomes[name].domain for name in sorted(outcomes))
    needed = [domain for domain in domains if domain is not None]
    return [*(e for norm in corpus.norms for e in terms(norm, corpus)), *needed]


def terms(norm: Norm, corpus: Corpus) -> list[Expr]:
    """Everything that the answer of ``norm`` depends on."""
    instrument = corpus.instruments[norm.instrument]
    bounds = [bound for bound in (instrument.start, instrument.end) if bound is not None]
    return [norm.guard, norm.law_date, *position_terms(norm.position), *bounds]


def _day(corpus: Corpus) -> list[Expr]:
    """That it is the day by which every instrument of the corpus with a fixed day has come into force."""
    days = [
        bound.value
        for each in corpus.instruments.values()
        for bound in (each.start,)
        if isinstance(bound, Const) and isinstance(bound.value, dt.date)
    ]
    return [Compare(Order.EQ, Today(), Const(max(days), Date()))] if days else []


def _any(type_: Type, context: Context) -> Value:
    """Some value of ``type_``; a date: the one that is asked about."""
    match type_:
        case Boolean():
            return False
        case Integer(low, high):
            return min(max(0, low), high)
        case Enumeration(members=members):
            return members[0]
        case Date():
            return context.today
