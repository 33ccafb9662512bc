"""What is computed once: expressions that get a column of their own before others use them.

A query is a tower of subqueries, each adding columns to the one below. Norms of one instrument share much (in
force, the same premises), and an engine may not notice, inside CASE and AND. So whatever occurs twice
becomes a column, and whatever SQL would have to repeat.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from attrs import field, frozen

from guiju.compiler.kernel import (
    AtLeast,
    Const,
    Expr,
    Extreme,
    FactRef,
    FieldRef,
    If,
    InTerritory,
    ReadingRef,
    RollToWorkday,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    Today,
    children,
    walk,
)
from guiju.compiler.table.terms import Named, WorkdayCount, may_agree


def stages(roots: Iterable[Expr]) -> list[list[Named]]:
    """What to name for ``roots``, in stages: each uses names of earlier ones only."""
    plan = _Plan(dict.fromkeys(_worth_a_name(roots)))
    found: dict[int, list[Named]] = {}
    for expr in plan.named:
        level = plan.level(expr)
        if isinstance(expr, (ShiftWorkdays, RollToWorkday)):
            found.setdefault(level - 1, []).append(WorkdayCount(expr))
        found.setdefault(level, []).append(expr)
    return [found[level] for level in sorted(found)]


def _worth_a_name(roots: Iterable[Expr]) -> tuple[Expr, ...]:
    uses: Counter[Expr] = Counter()
    repeated: dict[Expr, None] = {}
    pending = list(roots)
    met: dict[Expr, None] = {}
    uses.update(pending)
    while pending:
        expr = pending.pop()
        if expr in met:
            continue
        met[expr] = None
        parts = _parts(expr)
        uses.update(parts)
        pending.extend(parts)
        repeated.update(dict.fromkeys(_repeated(expr)))
    return tuple(expr for expr in met if not _is_leaf(expr) and (uses[expr] > 1 or expr in repeated))


def _repeated(expr: Expr) -> tuple[Expr, ...]:
    """The parts of ``expr``, or itself, of which its SQL has several copies."""
    match expr:
        case If(cond, then, orelse):
            return (cond, then, orelse) if may_agree(then, orelse) else (cond,)
        case ShiftWorkdays(date, amount):
            return (expr, date, amount)
        case ShiftMonths(date, amount) | ShiftDays(date, amount):
            return (date, amount)
        case RollToWorkday(date):
            return (expr, date)
        case Extreme():
            return (expr, *_parts(expr))
        case AtLeast():
            return _parts(expr)
        case _:
            return ()


def _parts(expr: Expr) -> tuple[Expr, ...]:
    """The parts that can have a name: of a filter only what does not differ from row to row."""
    return _outside(expr.where) if isinstance(expr, (AtLeast, Extreme)) else children(expr)


def _outside(part: Expr) -> tuple[Expr, ...]:
    """The largest parts of a filter that say nothing of the row."""
    if not any(isinstance(inner, FieldRef) for inner in walk(part)):
        return () if _is_leaf(part) else (part,)
    return tuple(found for inner in children(part) for found in _outside(inner))


def _is_leaf(expr: Expr) -> bool:
    return isinstance(expr, (Const, FactRef, FieldRef, ReadingRef, Today, InTerritory))


@frozen
class _Plan:
    named: dict[Expr, None]
    _below: dict[Expr, int] = field(factory=dict)

    def level(self, expr: Expr) -> int:
        """The stage of something that is named: above everything that it uses."""
        return self._height(expr) + (2 if isinstance(expr, (ShiftWorkdays, RollToWorkday)) else 1)

    def _height(self, expr: Expr) -> int:
        """The highest stage that ``expr`` uses; 0: only what the table gives."""
        found = self._below.get(expr)
        if found is None:
            found = self._below[expr] = max((self._reach(part) for part in _parts(expr)), default=0)
        return found

    def _reach(self, part: Expr) -> int:
        return self.level(part) if part in self.named else self._height(part)
