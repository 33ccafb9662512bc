"""An expression about another case: the same but for facts and records that go by other names.

To ask about two cases in one query, each expression is copied with the other case's names put in
(``docs/semantics.md`` §9.4, remark b). What is not renamed both cases share.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from guiju.compiler.kernel import (
    Answer,
    AtLeast,
    Expr,
    Extreme,
    FactRef,
    FieldRef,
    Position,
    Span,
    rewritten,
)

#: Facts by their full name and records by theirs; no fact has the name of a record.
Names = Mapping[str, str]


def renamed(expr: Expr, names: Names) -> Expr:
    """``expr`` with each fact and record of ``names`` under its other name."""

    def change(part: Expr) -> Expr:
        match part:
            case FactRef(name) if name in names:
                return FactRef(names[name])
            case FieldRef(record, name) if record in names:
                return FieldRef(names[record], name)
            case AtLeast() | Extreme() if part.record in names:
                return evolve(part, record=names[part.record])
            case _:
                return part

    return rewritten(expr, change)


def renamed_position(position: Position, names: Names) -> Position:
    """``position`` with its terms renamed."""
    match position:
        case Answer(value) if value is not None:
            return Answer(renamed(value, names))
        case Span(start, end):
            return Span(renamed(start, names), renamed(end, names))
        case _:
            return position
