"""One version's norms in the words that both versions share: new names, and types as wide as both need."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, field, frozen

from guiju.compiler.kernel import (
    Answer,
    Assumption,
    AtLeast,
    Const,
    Deed,
    Enumeration,
    Expr,
    Extreme,
    FactRef,
    FieldRef,
    Instrument,
    InTerritory,
    Norm,
    Outcome,
    Position,
    Question,
    ReadingRef,
    Span,
    Type,
    WhichValue,
    rewritten,
)
from guiju.testing.diff.names import ACTION, ENTITY, FACT, OUTCOME, READING, RECORD, TERRITORY, Names


@frozen(eq=False)
class Rewriter:
    """Puts the names and types that both versions share into what one of them says.

    Attributes:
        names: What goes by another name.
        wide: The enumerations of that version with those that take their place.
    """

    names: Names
    wide: Mapping[Enumeration, Enumeration]
    _known: dict[Expr, Expr] = field(factory=dict, init=False)

    def expr(self, expr: Expr) -> Expr:
        """``expr`` in shared words."""
        found = self._known.get(expr)
        if found is None:
            found = self._known[expr] = rewritten(expr, self._part)
        return found

    def type(self, type_: Type) -> Type:
        """``type_``; an enumeration as wide as both."""
        return self.wide.get(type_, type_) if isinstance(type_, Enumeration) else type_

    def norm(self, norm: Norm) -> Norm:
        """``norm`` with its question, guard, position and date; what it was made from is left out."""
        return evolve(
            norm,
            guard=self.expr(norm.guard),
            law_date=self.expr(norm.law_date),
            position=self.position(norm.position),
            question=self.question(norm.question),
            territory=self.names.of(TERRITORY, norm.territory),
            requirement=None,
        )

    def position(self, position: Position) -> Position:
        """``position`` with its terms."""
        match position:
            case Answer(value) if value is not None:
                return Answer(self.expr(value))
            case Span(start, end):
                return Span(self.expr(start), self.expr(end))
            case _:
                return position

    def question(self, question: Question) -> Question:
        """``question`` about the same deed or outcome."""
        if isinstance(question, WhichValue):
            return WhichValue(self.names.of(OUTCOME, question.outcome))
        return evolve(question, deed=self._deed(question.deed))

    def instrument(self, instrument: Instrument) -> Instrument:
        """``instrument`` with its first and last day."""
        start, end = (None if e is None else self.expr(e) for e in (instrument.start, instrument.end))
        return evolve(instrument, start=start, end=end)

    def outcome(self, outcome: Outcome) -> Outcome:
        """``outcome`` with its type and the cases in which it must have an answer."""
        domain = None if outcome.domain is None else self.expr(outcome.domain)
        name = self.names.of(OUTCOME, outcome.name)
        return evolve(outcome, name=name, type=self.type(outcome.type), domain=domain)

    def assumption(self, assumption: Assumption) -> Assumption:
        """``assumption`` on the same facts."""
        return evolve(assumption, expr=self.expr(assumption.expr))

    def _deed(self, deed: Deed) -> Deed:
        party, names = self.names.by_kind.get(ENTITY, {}), self.names
        return Deed(
            party.get(deed.bearer, deed.bearer),
            names.of(ACTION, deed.action),
            party.get(deed.patient, deed.patient),
        )

    def _part(self, part: Expr) -> Expr:
        names = self.names
        match part:
            case FactRef(name):
                return FactRef(names.of(FACT, name))
            case FieldRef(record, name):
                return FieldRef(names.of(RECORD, record), names.field(record, name))
            case AtLeast():
                return evolve(part, record=names.of(RECORD, part.record))
            case Extreme(field=name):
                return evolve(
                    part, record=names.of(RECORD, part.record), field=names.field(part.record, name)
                )
            case ReadingRef(name):
                return ReadingRef(names.of(READING, name))
            case InTerritory(territory):
                return InTerritory(names.of(TERRITORY, territory))
            case Const(value, Enumeration() as type_) if type_ in self.wide:
                return Const(value, self.wide[type_])
            case _:
                return part
