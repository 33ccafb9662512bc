"""What is left of an expression when the readings are chosen, and perhaps the date and the place.

From kernel to kernel: what is left has the same result as the whole, in every case at that date and place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from attrs import evolve, field, fields, frozen

from guiju.compiler.days import OutOfCalendar
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import (
    FALSE,
    NEVER,
    TRUE,
    And,
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
    Extreme,
    FactRef,
    FieldRef,
    If,
    Integer,
    InTerritory,
    Not,
    Or,
    ReadingRef,
    Today,
    Type,
    Value,
    children,
    conjunction,
    disjunction,
    negation,
)
from guiju.compiler.table.inversion import without_moves


@frozen
class Settling:
    """Settles expressions; each part is looked at once.

    Attributes:
        corpus: What declares their names.
        readings: The choice for each reading; absent: the default.
        on: The date of evaluation, where it is the same for all.
        at: The place, where it is the same for all.
    """

    corpus: Corpus
    readings: Mapping[str, str]
    on: dt.date | None
    at: str | None
    _known: dict[Expr, Expr] = field(factory=dict)

    def of(self, expr: Expr) -> Expr:
        """An expression with the result of ``expr`` in every case; a literal where that is one value."""
        found = self._known.get(expr)
        if found is None:
            found = self._known[expr] = self._of(expr)
        return found

    def _of(self, expr: Expr) -> Expr:
        match expr:
            case Const() | FactRef() | FieldRef():
                return expr
            case Today():
                return expr if self.on is None else Const(self.on, Date())
            case ReadingRef(name):
                choices = self.corpus.readings[name].choices
                return Const(self.readings.get(name, choices[0]), Enumeration(name, choices))
            case InTerritory(territory):
                if self.at is None:
                    return expr
                return TRUE if self.corpus.within(self.at, territory) else FALSE
            case Not(arg):
                return negation(self.of(arg))
            case And(args):
                return conjunction(*map(self.of, args))
            case Or(args):
                return disjunction(*map(self.of, args))
            case If(cond, then, orelse):
                return _choice(self.of(cond), self.of(then), self.of(orelse))
            case AtLeast(threshold, _, where):
                return TRUE if threshold == 0 else evolve(expr, where=self.of(where))
            case Extreme(where=where):
                return evolve(expr, where=self.of(where))
            case _:
                settled = self._parts(expr)
                if all(isinstance(part, Const) for part in children(settled)):
                    return self._worked_out(settled)
                return (
                    without_moves(settled, self.corpus.calendar) if isinstance(settled, Compare) else settled
                )

    def _parts(self, expr: Expr) -> Expr:
        parts: dict[str, Any] = {}
        for each in fields(type(expr)):
            value = getattr(expr, each.name)
            if isinstance(value, Expr):
                parts[each.name] = self.of(value)
            elif isinstance(value, tuple):
                parts[each.name] = tuple(map(self.of, value))
        return evolve(expr, **parts)

    def _worked_out(self, expr: Expr) -> Expr:
        """The literal that ``expr``, made of literals, comes to; itself where that is out of the calendar."""
        try:
            value = evaluate(expr, self.corpus, Context(Case(), NEVER, ""))
        except OutOfCalendar:
            return expr
        assert isinstance(value, Value)
        return Const(value, _type(value))


def _choice(cond: Expr, then: Expr, orelse: Expr) -> Expr:
    """The choice between settled branches; under an unknown condition what both come to, or unknown."""
    if cond in (TRUE, FALSE) or then == orelse:
        return then if cond == TRUE or then == orelse else orelse
    if then == TRUE:
        return disjunction(cond, orelse)
    if then == FALSE:
        return conjunction(negation(cond), orelse)
    if orelse == TRUE:
        return disjunction(negation(cond), then)
    if orelse == FALSE:
        return conjunction(cond, then)
    return If(cond, then, orelse)


def _type(value: Value) -> Type:
    if isinstance(value, bool):
        return Boolean()
    if isinstance(value, int):
        return Integer(value, value)
    assert isinstance(value, dt.date)  # a member of an enumeration is never worked out from others
    return Date()
