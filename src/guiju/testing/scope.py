"""What a case about one topic tells: every fact and record that can bear on the answer, each with a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve, field, frozen

from guiju.compiler import smt
from guiju.compiler.cone import Cone, symbols
from guiju.compiler.formulas import defined
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
    Not,
    Order,
    Today,
    Value,
)
from guiju.decisions.topics import Topic
from guiju.dsl.diagnostics import InternalError
from guiju.testing.bearing import all_in_force, bearing_on, plain_value, spoken
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
        return {
            name: row[name] if name in row else plain_value(type_, self.base.today)
            for name, type_ in fields.items()
        }


def scope_of(rules: Rules, backend: smt.Backend) -> Scope:
    """The scope of ``rules``, whose base is the least case that the assumptions allow.

    The assumptions of the corpus can hold together, or it could not have been compiled.

    Raises:
        Unanswered: The budget ended first.
        InternalError: There is none: the assumptions contradict each other.
    """
    corpus = rules.corpus
    exprs = spoken(corpus)
    bearing = bearing_on(exprs, corpus)
    told = [*bearing.assumptions, *(defined(FactRef(name)) for name in bearing.facts)]
    day = Compare(Order.EQ, Today(), Const(all_in_force(corpus), Date()))
    asked = [day, *told, *(Not(AtLeast(1, name, TRUE)) for name in bearing.records)]
    verdict = backend.solve(asked)
    if isinstance(verdict, smt.Unsat):  # some record cannot be empty, or the day cannot be that
        verdict = backend.solve(told)
    if isinstance(verdict, smt.Undecided):
        raise Unanswered(verdict.reason)
    if not isinstance(verdict, smt.Sat):
        raise InternalError(f"internal error: no case of {rules.topic.name}: {verdict}")
    found = verdict.context
    chosen = {**{n: corpus.readings[n].choices[0] for n in bearing.readings}, **found.readings}
    given = {
        n: found.case.facts.get(n, plain_value(corpus.facts[n].type, found.today)) for n in bearing.facts
    }
    base = evolve(found, case=Case(given, found.case.records), readings=chosen)
    spoken_of = frozenset(name for kind, name in symbols(exprs) if kind in ("fact", "record"))
    return Scope(
        rules, bearing.facts, bearing.records, bearing.readings, bearing.assumptions, spoken_of, base
    )
