"""What a norm says, taken apart so that one part of it can be written otherwise at little cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve, fields, frozen

from guiju.compiler.kernel import (
    And,
    Answer,
    Corpus,
    Expr,
    Norm,
    Not,
    Or,
    Position,
    RollToWorkday,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    Span,
    children,
    conjunction,
    disjunction,
    negation,
    position_terms,
)
from guiju.testing.mutations.reach import stays_in_calendar
from guiju.testing.stepped import is_looked_up


@frozen(eq=False)
class Parts:
    """The guard, the position's terms and the law date of ``norm``, each distinct part of them once.

    A part that stands at several places is one: an implementation has one definition for it, and gets it
    wrong at all of them.

    Attributes:
        norm: Whose they are.
        all: Every part of them, the outer ones first.
    """

    norm: Norm
    all: tuple[Expr, ...]
    _around: Mapping[Expr, tuple[Expr, ...]]
    _places: Mapping[Expr, int]  # inner parts before those that they stand in

    def around(self, part: Expr) -> tuple[Expr, ...]:
        """The expressions that ``part`` stands in directly."""
        return self._around.get(part, ())

    def instead(self, old: Expr, new: Expr, corpus: Corpus) -> Norm | None:
        """The norm with ``new`` wherever ``old`` stands. What is not around ``old`` stays the same objects.

        None where a date that never left the calendar may leave it.
        """
        written: dict[Expr, Expr] = {old: new}
        for outer in self._outer(old):
            written[outer] = _rebuilt(outer, written)
        moved = ((a, b) for a, b in written.items() if isinstance(b, _MOVED))
        if any(stays_in_calendar(a, corpus) and not stays_in_calendar(b, corpus) for a, b in moved):
            return None
        norm = self.norm
        return evolve(
            norm,
            guard=written.get(norm.guard, norm.guard),
            position=_written(norm.position, written),
            law_date=written.get(norm.law_date, norm.law_date),
        )

    def _outer(self, part: Expr) -> list[Expr]:
        found: set[Expr] = set()
        pending = [part]
        while pending:
            for outer in self.around(pending.pop()):
                if outer not in found:
                    found.add(outer)
                    pending.append(outer)
        return sorted(found, key=lambda outer: self._places[outer])


_MOVED = (ShiftMonths, ShiftDays, ShiftWorkdays, RollToWorkday)


def parts_of(norm: Norm) -> Parts:
    """``norm`` taken apart."""
    all_: dict[Expr, None] = {}
    around: dict[Expr, dict[Expr, None]] = {}
    places: dict[Expr, int] = {}
    for root in (norm.guard, *position_terms(norm.position), norm.law_date):
        _gather(root, all_, around, places)
    return Parts(norm, tuple(all_), {inner: tuple(each) for inner, each in around.items()}, places)


def _gather(
    expr: Expr, all_: dict[Expr, None], around: dict[Expr, dict[Expr, None]], places: dict[Expr, int]
) -> None:
    if expr in all_:
        return
    all_[expr] = None
    for inner in () if is_looked_up(expr) else children(expr):
        around.setdefault(inner, {})[expr] = None
        _gather(inner, all_, around, places)
    places[expr] = len(places)


def _rebuilt(expr: Expr, written: Mapping[Expr, Expr]) -> Expr:
    match expr:
        case And(args):
            return conjunction(*(written.get(arg, arg) for arg in args))
        case Or(args):
            return disjunction(*(written.get(arg, arg) for arg in args))
        case Not(arg):
            return negation(written.get(arg, arg))
        case _:
            inner: dict[str, Any] = {}
            for each in fields(type(expr)):
                value = getattr(expr, each.name)
                if isinstance(value, tuple):
                    inner[each.name] = tuple(written.get(arg, arg) for arg in value)
                elif isinstance(value, Expr):
                    inner[each.name] = written.get(value, value)
            copy: Expr = evolve(expr, **inner)
            return copy


def _written(position: Position, written: Mapping[Expr, Expr]) -> Position:
    match position:
        case Answer(value) if value is not None and value in written:
            return Answer(written[value])
        case Span(start, end) if start in written or end in written:
            return Span(written.get(start, start), written.get(end, end))
        case _:
            return position
