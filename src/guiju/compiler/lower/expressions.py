"""Typed expressions to kernel expressions: terms put in place, comparisons reduced to three."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, frozen

from guiju.compiler import kernel as k
from guiju.dsl import typed as y
from guiju.dsl.diagnostics import InternalError
from guiju.dsl.tree import Aggregate
from guiju.dsl.types import Integer, Type


@frozen
class Lowering:
    """What expressions are lowered against: the named terms."""

    terms: Mapping[str, y.Expr]

    def lower(self, expr: y.Expr) -> k.Expr:
        """The kernel expression that means what ``expr`` means."""
        match expr:
            case y.Literal(value, type_):
                return k.Const(value, type_)
            case y.FactUse(name):
                return k.FactRef(name)
            case y.FieldUse(record, field):
                return k.FieldRef(record, field)
            case y.ReadingUse(name):
                return k.ReadingRef(name)
            case y.TermUse(name):
                return self.lower(self.terms[name])
            case y.TodayUse():
                return k.Today()
            case y.LocatedIn(territory):
                return k.InTerritory(territory)
            case y.Rows():
                return self._rows(expr)
            case y.Apply(op, args, type_):
                return self._apply(op, args, type_)

    def conjunction(self, exprs: tuple[y.Expr, ...]) -> k.Expr:
        return k.conjunction(*(self.lower(e) for e in exprs))

    def _rows(self, rows: y.Rows) -> k.Expr:
        where = self.lower(rows.where) if rows.where is not None else k.TRUE
        match rows.aggregate:
            case Aggregate.ANY:
                return k.AtLeast(1, rows.record, where)
            case Aggregate.EVERY:
                return k.Not(k.AtLeast(1, rows.record, k.negation(where)))
            case Aggregate.EARLIEST | Aggregate.LATEST:
                assert rows.field is not None
                return k.Extreme(rows.aggregate is Aggregate.LATEST, rows.record, rows.field, where)
            case Aggregate.COUNT:
                raise InternalError("a count outside a comparison reached lowering")

    def _apply(self, op: y.Op, args: tuple[y.Expr, ...], type_: Type) -> k.Expr:
        if isinstance(args[0], y.Rows) and args[0].aggregate is Aggregate.COUNT:
            literal = args[1]
            assert isinstance(literal, y.Literal)
            assert isinstance(literal.value, int)
            return self._count(op, args[0], literal.value)
        low = tuple(self.lower(arg) for arg in args)
        match op:
            case y.Op.AND:
                return k.conjunction(*low)
            case y.Op.OR:
                return k.disjunction(*low)
            case y.Op.IMPLIES:
                return k.disjunction(k.negation(low[0]), low[1])
            case y.Op.NOT:
                return k.negation(low[0])
            case y.Op.EQ | y.Op.NE | y.Op.LT | y.Op.LE | y.Op.GT | y.Op.GE:
                return _compare(op, low[0], low[1])
            case y.Op.IF:
                return k.If(low[0], low[1], low[2])
            case y.Op.ADD:
                return k.Sum(low)
            case y.Op.TIMES:
                assert isinstance(args[0], y.Literal)
                assert isinstance(args[0].value, int)
                return k.Times(args[0].value, low[1], _more_digits(type_, args[1].type))
            case y.Op.SHIFT_MONTHS:
                return k.ShiftMonths(low[0], low[1])
            case y.Op.SHIFT_DAYS:
                return k.ShiftDays(low[0], low[1])
            case y.Op.SHIFT_WORKDAYS:
                return k.ShiftWorkdays(low[0], low[1])
            case y.Op.DAYS_BETWEEN:
                return k.DaysBetween(low[0], low[1])

    def _count(self, op: y.Op, rows: y.Rows, number: int) -> k.Expr:
        where = self.lower(rows.where) if rows.where is not None else k.TRUE

        def at_least(n: int) -> k.Expr:
            return k.AtLeast(n, rows.record, where) if n > 0 else k.TRUE

        match op:
            case y.Op.GE:
                return at_least(number)
            case y.Op.GT:
                return at_least(number + 1)
            case y.Op.LT:
                return k.negation(at_least(number))
            case y.Op.LE:
                return k.negation(at_least(number + 1))
            case y.Op.EQ:
                return k.conjunction(at_least(number), k.negation(at_least(number + 1)))
            case y.Op.NE:
                return k.disjunction(k.negation(at_least(number)), at_least(number + 1))
            case _:
                raise InternalError(f"a count under {op.value} reached lowering")


def _more_digits(fine: Type, coarse: Type) -> int:
    """How many decimals more one number is held with than another."""
    assert isinstance(fine, Integer)
    assert isinstance(coarse, Integer)
    return fine.scale - coarse.scale


def _compare(op: y.Op, left: k.Expr, right: k.Expr) -> k.Expr:
    match op:
        case y.Op.EQ:
            return k.Compare(k.Order.EQ, left, right)
        case y.Op.NE:
            # A comparison with an undefined side is false, an inequality too: hence not simply Not(EQ).
            if _always_defined(left) and _always_defined(right):
                return k.Not(k.Compare(k.Order.EQ, left, right))
            defined = [k.Compare(k.Order.EQ, e, e) for e in (left, right) if not _always_defined(e)]
            return k.conjunction(*defined, k.Not(k.Compare(k.Order.EQ, left, right)))
        case y.Op.LT:
            return k.Compare(k.Order.LT, left, right)
        case y.Op.LE:
            return k.Compare(k.Order.LE, left, right)
        case y.Op.GT:
            return k.Compare(k.Order.LT, right, left)
        case _:
            return k.Compare(k.Order.LE, right, left)


def _always_defined(expr: k.Expr) -> bool:
    return not any(isinstance(e, k.Extreme) for e in k.walk(expr))


def clipped_up(expr: k.Expr) -> k.Expr:
    """``expr`` with its outermost shift by months rounded the other way (for calendar ambiguity)."""
    return evolve(expr, clip=k.Clip.UP) if isinstance(expr, k.ShiftMonths) else expr
