"""Kernel expressions as SQL: the rules of ``docs/semantics.md`` §3 on columns.

SQL's NULL is *unknown*: its AND, OR, NOT and comparisons are Kleene's, and its functions are NULL where an
argument is. *Undefined* is a condition of its own beside the value, true or false and never NULL, for the
few terms that can be undefined at all. Then the results are those of the reference, also in incomplete
cases: as well informed, with one exception. Where the reference finds that a day leaves the calendar and
stops, the value is NULL.

What several expressions share, and what is expensive, has been given a name before (``stages``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import frozen
from sqlglot import exp

from guiju.compiler.days import FIRST_DAY, LAST_DAY
from guiju.compiler.kernel import (
    NEVER,
    And,
    AtLeast,
    Clip,
    Compare,
    Const,
    Corpus,
    DaysBetween,
    Enumeration,
    Expr,
    Extreme,
    FactRef,
    FieldRef,
    If,
    InTerritory,
    Not,
    Or,
    Order,
    ReadingRef,
    RollToWorkday,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    Sum,
    Times,
    Today,
    Value,
)
from guiju.compiler.table import sql
from guiju.compiler.table.inversion import stays_inside
from guiju.compiler.table.records import at_least, extreme
from guiju.compiler.table.scales import on_scale
from guiju.compiler.table.sql import Sql, case, compared, literal
from guiju.compiler.table.workdays import Workdays
from guiju.dsl.diagnostics import InternalError

_ORDERS: Mapping[Order, type[exp.Binary]] = {Order.EQ: exp.EQ, Order.LT: exp.LT, Order.LE: exp.LTE}


@frozen(eq=False)
class Term:
    """A value, which is NULL where it is unknown or undefined, and when it is undefined (None: never)."""

    value: Sql
    undefined: Sql | None = None

    def copy(self) -> Term:
        return Term(self.value.copy(), None if self.undefined is None else self.undefined.copy())


@frozen
class WorkdayCount:
    """The number, among all working days, of the one that a day is moved to: a step on the way there."""

    move: ShiftWorkdays | RollToWorkday


Named = Expr | WorkdayCount


@frozen(eq=False)
class Terms:
    """Prints settled expressions.

    Attributes:
        corpus: What declares their names.
        workdays: Its working days.
        column: The column for a fact, a record's rows, the date or the place.
        named: What has a name already, with the columns that hold it.
    """

    corpus: Corpus
    workdays: Workdays
    column: Callable[[FactRef | Today | InTerritory | AtLeast | Extreme], Sql]
    named: Mapping[Named, Term]
    _variables: sql.Variables

    def of(self, expr: Expr, row: str | None = None) -> Term:
        """``expr`` as SQL; ``row`` is the variable that holds the row, inside a filter."""
        found = self.named.get(expr)  # nothing that differs from row to row has a name
        return found.copy() if found is not None else self._of(expr, row)

    def count(self, move: ShiftWorkdays | RollToWorkday, row: str | None = None) -> Sql:
        """The count of working days up to the one that ``move`` leads to."""
        day = self.of(move.date, row).value
        if isinstance(move, RollToWorkday):
            return sql.total([self._counted(day, row, before=True), literal(1)])
        return sql.total([self._counted(day, row), self.of(move.amount, row).value])

    def _of(self, expr: Expr, row: str | None) -> Term:
        def condition(part: Expr) -> Sql:
            return self.of(part, row).value

        match expr:
            case Const(value):
                return Term(literal(value))
            case FactRef() | Today():
                return Term(self.column(expr))
            case FieldRef(field=name):
                if row is None:
                    raise InternalError(f"internal error: a field outside of a row: {expr}")
                return Term(sql.row_field(row, name))
            case InTerritory(territory):
                places = [place for place in self.corpus.territories if self.corpus.within(place, territory)]
                return Term(sql.member(self.column(expr), places))
            case Not(arg):
                return Term(sql.negated(condition(arg)))
            case And(args):
                return Term(sql.all_of([condition(arg) for arg in args]))
            case Or(args):
                return Term(sql.any_of(self._alternatives(args, row)))
            case Compare():
                return Term(self._comparison(expr, row))
            case If(cond, then, orelse):
                return _choice(
                    condition(cond), self.of(then, row), self.of(orelse, row), may_agree(then, orelse)
                )
            case Sum(args):
                terms = [self.of(arg, row) for arg in args]
                return _strict(sql.total([term.value for term in terms]), terms)
            case Times(factor, arg):
                term = self.of(arg, row)
                return _strict(exp.Mul(this=literal(factor), expression=sql.operand(term.value)), [term])
            case ShiftMonths() | ShiftDays() | ShiftWorkdays() | RollToWorkday():
                return self._move(expr, row)
            case DaysBetween(start, end):
                one, other = self.of(start, row), self.of(end, row)
                days = exp.cast(sql.days_from(one.value, other.value), "bigint")
                ends = [
                    compared(exp.NEQ, self.of(day, row).value, literal(NEVER))
                    for day in (start, end)
                    if _may_be_never(day)
                ]
                return _strict(case((sql.all_of(ends), days)) if ends else days, [one, other])
            case AtLeast(threshold, _, where):
                rows = self.column(expr)
                return Term(
                    at_least(threshold, rows, lambda each: self.of(where, each).value, self._variables)
                )
            case Extreme(latest, _, name, where):
                rows = self.column(expr)
                return Term(
                    *extreme(latest, name, rows, lambda each: self.of(where, each).value, self._variables)
                )
            case ReadingRef():
                raise InternalError(f"internal error: an open reading: {expr}")

    def _alternatives(self, args: Sequence[Expr], row: str | None) -> list[Sql]:
        """The conditions of a disjunction; where several ask for members of one term, they become one."""
        members: dict[Expr, list[str]] = {}
        others: list[Expr] = []
        for arg in args:
            match arg:
                case Compare(Order.EQ, term, Const(value=str() as member)):
                    members.setdefault(term, []).append(member)
                case Compare(Order.EQ, Const(value=str() as member), term):
                    members.setdefault(term, []).append(member)
                case _:
                    others.append(arg)
        found = [sql.member(self.of(term, row).value, among) for term, among in members.items()]
        return [*found, *(self.of(other, row).value for other in others)]

    def _comparison(self, expr: Compare, row: str | None) -> Sql:
        left, right = self.of(expr.left, row), self.of(expr.right, row)
        undefined = [term.undefined for term in (left, right) if term.undefined is not None]
        if expr.left == expr.right:
            undefined = undefined[:1]
        if expr.order is not Order.EQ and (scale := self._scale(expr.left)) is not None:
            holds = on_scale(expr, left.value, right.value, scale.members)
        else:
            holds = compared(_ORDERS[expr.order], left.value, right.value)
        # Undefined is known: the conjunction is false whatever else is NULL.
        return sql.all_of([*map(sql.negated, undefined), sql.operand(holds)]) if undefined else holds

    def _scale(self, expr: Expr) -> Enumeration | None:
        """The enumeration that ``expr`` has its value in, if it has."""
        match expr:
            case Const(type=Enumeration() as found):
                return found
            case FactRef(name) if name in self.corpus.facts:
                held = self.corpus.facts[name].type
            case FieldRef(record, name):
                held = self.corpus.records[record].fields[name]
            case If(then=then):
                return self._scale(then)
            case _:
                return None
        return held if isinstance(held, Enumeration) else None

    def _move(self, move: ShiftMonths | ShiftDays | ShiftWorkdays | RollToWorkday, row: str | None) -> Term:
        day = self.of(move.date, row)
        amount = Term(literal(0)) if isinstance(move, RollToWorkday) else self.of(move.amount, row)
        fixed = isinstance(move, RollToWorkday) or isinstance(move.amount, Const)
        branches: list[tuple[Sql, Sql]] = []
        if _may_be_never(move.date):  # NEVER stays where it is, by whatever amount that is known
            never = compared(exp.EQ, day.value.copy(), literal(NEVER))
            known = [] if fixed else [sql.given(amount.value.copy())]
            branches.append((sql.all_of([never, *known]), literal(NEVER)))
        if isinstance(move, (ShiftWorkdays, RollToWorkday)):
            if not fixed:
                stays = compared(exp.EQ, amount.value.copy(), literal(0))
                branches.append((stays, day.value.copy()))
            return _strict(case(*branches, orelse=self._workday(move, row)), [day, amount])
        reached = _moved(move, day.value, amount.value)
        if not fixed:
            branches.append((sql.between(reached, FIRST_DAY, LAST_DAY), reached.copy()))
        elif (inside := stays_inside(move, self.corpus.calendar)) is not None:
            branches.append((sql.between(day.value.copy(), *inside), reached))
        return _strict(case(*branches, orelse=sql.nothing("date")), [day, amount])

    def _workday(self, move: ShiftWorkdays | RollToWorkday, row: str | None) -> Sql:
        if row is None:
            count = self.named[WorkdayCount(move)].value
            return self.workdays.day(count.copy)
        return self._variables.let(
            self.count(move, row), lambda name: self.workdays.day(lambda: exp.to_identifier(name))
        )

    def _counted(self, day: Sql, row: str | None, before: bool = False) -> Sql:
        if row is None:
            return sql.operand(self.workdays.count(day.copy, before))
        return self._variables.let(
            day, lambda name: self.workdays.count(lambda: exp.to_identifier(name), before)
        )


def may_agree(then: Expr, orelse: Expr) -> bool:
    """Whether two branches can come to the same: literals that have nothing in common cannot."""
    one, other = _literals(then), _literals(orelse)
    return one is None or other is None or not one.isdisjoint(other)


def _literals(branch: Expr) -> frozenset[Value] | None:
    """What a choice among literals can come to; None for anything else."""
    match branch:
        case Const(value):
            return frozenset((value,))
        case If(_, then, orelse):
            one, other = _literals(then), _literals(orelse)
            return None if one is None or other is None else one | other
        case _:
            return None


def _choice(cond: Sql, then: Term, orelse: Term, may_agree: bool) -> Term:
    """The branch that is taken; under an unknown condition what both have in common, if they may."""
    branches = [(cond, then.value), (sql.negated(cond.copy()), orelse.value)]
    if may_agree:
        agree = compared(exp.EQ, then.value.copy(), orelse.value.copy())
        branches.append((agree, then.value.copy()))
    value = case(*branches)
    if then.undefined is None and orelse.undefined is None:
        return Term(value)
    one, other = then.undefined or exp.false(), orelse.undefined or exp.false()
    undefined = case(
        (cond.copy(), one),
        (sql.negated(cond.copy()), other),
        orelse=sql.both(one.copy(), other.copy()),
    )
    return Term(value, undefined)


def _moved(move: ShiftMonths | ShiftDays, day: Sql, amount: Sql) -> Sql:
    if isinstance(move, ShiftDays):
        return sql.moved(day.copy(), amount, "DAY")
    down = sql.moved(day.copy(), amount, "MONTH")
    if move.clip is Clip.DOWN:
        return down
    clipped = compared(exp.GT, exp.Day(this=day.copy()), exp.Day(this=down.copy()))
    return sql.moved(down, case((clipped, literal(1)), orelse=literal(0)), "DAY")


def _strict(value: Sql, terms: Sequence[Term]) -> Term:
    undefined = [term.undefined for term in terms if term.undefined is not None]
    return Term(value, sql.any_of(undefined) if undefined else None)


def _may_be_never(day: Expr) -> bool:
    """Whether ``day`` can be NEVER, which no case holds: only a literal can bring it in."""
    match day:
        case Const(value):
            return value == NEVER
        case If(_, then, orelse):
            return _may_be_never(then) or _may_be_never(orelse)
        case ShiftMonths(date=date) | ShiftDays(date, _) | ShiftWorkdays(date, _) | RollToWorkday(date):
            return _may_be_never(date)
        case _:
            return False
