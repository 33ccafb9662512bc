"""A condition in a case of which something is unknown: what it comes to, in terms of the unknown only.

Everything that the case, the date, the place and the readings settle is worked out by the reference
evaluator. What is left has, in each completion of the case, the value that the whole has there, and speaks of
nothing that is known. A row may lack a field: its missing *cell* is a fact of its own, ``party.event[0].at``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve, field, fields, frozen

from guiju.compiler.evaluate import NonValue, as_day, evaluate
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
    Fact,
    FactRef,
    FieldRef,
    If,
    Integer,
    InTerritory,
    Not,
    Or,
    Order,
    ReadingRef,
    Sum,
    Today,
    Type,
    Value,
    children,
    conjunction,
    disjunction,
    negation,
    walk,
)
from guiju.compiler.typing import check_type
from guiju.dsl.diagnostics import InternalError


def cell(record: str, row: int, name: str) -> str:
    """What the field of one row is called as a fact; rows are counted from 0."""
    return f"{record}[{row}].{name}"


def missing_cells(corpus: Corpus, context: Context) -> dict[str, tuple[str, int, str]]:
    """The fields that rows of the case lack: record, row and field by the name of the cell."""
    return {
        cell(record, number, name): (record, number, name)
        for record, rows in context.case.records.items()
        for number, row in enumerate(rows)
        for name in corpus.records[record].fields
        if name not in row
    }


def with_cells(corpus: Corpus, context: Context) -> Corpus:
    """``corpus`` with a fact for each missing cell of the case."""
    cells = {
        name: Fact(name, corpus.records[record].fields[held])
        for name, (record, _, held) in missing_cells(corpus, context).items()
    }
    return evolve(corpus, facts={**corpus.facts, **cells}) if cells else corpus


def with_rows_completed(context: Context, corpus: Corpus, cells: Mapping[str, Value]) -> Case:
    """The case of ``context`` with ``cells`` in the rows that lack them, and no longer among the facts."""
    missing = missing_cells(corpus, context)
    records = {record: [dict(row) for row in rows] for record, rows in context.case.records.items()}
    for name, (record, number, held) in missing.items():
        if name in cells:
            records[record][number][held] = cells[name]
    facts = {name: value for name, value in context.case.facts.items() if name not in missing}
    return Case(facts, {record: tuple(rows) for record, rows in records.items()})


@frozen
class Partial:
    """What is left of expressions in one incomplete case; each part is looked at once.

    Args:
        corpus: What declares the names, ``with_cells`` where rows of the case lack fields.
        context: The case with what is known of it.
        today_open: The date is unknown as well.
    """

    corpus: Corpus
    context: Context
    today_open: bool = False
    _left: dict[Expr, Expr] = field(factory=dict)

    def of(self, expr: Expr) -> Expr:
        """An expression with the value that the closed ``expr`` has, in every completion of the case.

        Raises:
            OutOfCalendar: a day outside 1901..2099 was reached.
        """
        return self._of(expr, None)

    def _of(self, expr: Expr, row: tuple[int, Mapping[str, Value]] | None) -> Expr:
        """``row``: the number and the contents of the row that an enclosing filter is at, if it is known."""
        if row is not None:
            return self._looked_at(expr, row)
        found = self._left.get(expr)
        if found is None:
            found = self._left[expr] = self._looked_at(expr, None)
        return found

    def _looked_at(self, expr: Expr, row: tuple[int, Mapping[str, Value]] | None) -> Expr:
        match expr:
            case FactRef(name) if name in self.context.case.facts:
                return Const(self.context.case.facts[name], self.corpus.facts[name].type)
            case FieldRef(record, name) if row is not None:
                number, given = row
                if name in given:
                    return Const(given[name], self.corpus.records[record].fields[name])
                return FactRef(cell(record, number, name))
            case ReadingRef(name):
                reading = self.corpus.readings[name]
                choice = self.context.readings.get(name, reading.choices[0])
                return Const(choice, Enumeration(name, reading.choices))
            case Today() if not self.today_open:
                return Const(self.context.today, Date())
            case InTerritory(territory):
                return TRUE if self.corpus.within(self.context.place, territory) else FALSE
            case AtLeast(threshold, record, where):
                return self._at_least(threshold, record, where)
            case Extreme(record=record) if record in self.context.case.records:
                return self._extreme(expr)
        return self._simplified(self._with_parts(expr, row))

    def _with_parts(self, expr: Expr, row: tuple[int, Mapping[str, Value]] | None) -> Expr:
        """``expr`` with what is left of each of its parts."""
        if not children(expr):
            return expr
        parts: dict[str, Any] = {}
        for each in fields(type(expr)):
            value = getattr(expr, each.name)
            if isinstance(value, Expr):
                parts[each.name] = self._of(value, row)
            elif isinstance(value, tuple):
                parts[each.name] = tuple(self._of(part, row) for part in value)
        copy: Expr = evolve(expr, **parts)
        return copy

    def _simplified(self, expr: Expr) -> Expr:
        """``expr``, whose parts are simplified already."""
        match expr:
            case And(args):
                return conjunction(*args)
            case Or(args):
                return disjunction(*args)
            case Not(arg):
                return negation(arg)
            case Compare(order, left, right):
                if undefined(left) or undefined(right):
                    return FALSE
                if left == right and always_defined(left):
                    return FALSE if order is Order.LT else TRUE
            case If(cond, then, orelse):
                if cond in (TRUE, FALSE) or then == orelse:
                    return orelse if cond == FALSE else then
            case _:
                pass
        return self._folded(expr)

    def _folded(self, expr: Expr) -> Expr:
        """The value of ``expr`` where its parts are literals."""
        parts = () if isinstance(expr, Extreme) else children(expr)
        if not parts or not all(isinstance(part, Const) for part in parts):
            return expr
        value = evaluate(expr, self.corpus, self.context)
        if isinstance(value, NonValue):
            raise InternalError(f"internal error: literals without a value: {expr}")
        return Const(value, _type_of(expr, value, self.corpus))

    def _at_least(self, threshold: int, record: str, where: Expr) -> Expr:
        rows = self.context.case.records.get(record)
        if rows is None:
            left = self._of(where, None)
            return TRUE if threshold <= 0 else FALSE if left == FALSE else AtLeast(threshold, record, left)
        holds = [self._of(where, (number, row)) for number, row in enumerate(rows)]
        needed = threshold - holds.count(TRUE)
        open_ = [each for each in holds if each not in (TRUE, FALSE)]
        if needed <= 0:
            return TRUE
        if needed >= len(open_):
            return conjunction(*open_) if needed == len(open_) else FALSE
        if needed == 1:
            return disjunction(*open_)
        bit = Integer(0, 1)
        counted = Sum(tuple(If(each, Const(1, bit), Const(0, bit)) for each in open_))
        return Compare(Order.LE, Const(needed, Integer(needed, needed)), counted)

    def _extreme(self, expr: Extreme) -> Expr:
        """A choice: the first row that counts and that none of those after it goes beyond."""
        rows: list[tuple[Expr, Expr]] = []
        for number, row in enumerate(self.context.case.records[expr.record]):
            holds = self._of(expr.where, (number, row))
            if holds != FALSE:
                rows.append((holds, self._of(FieldRef(expr.record, expr.field), (number, row))))
        rows.sort(key=lambda each: _rank(each[1], expr.latest))
        known = [number for number, (_, day) in enumerate(rows) if isinstance(day, Const)]
        certain = next((number for number in known if rows[number][0] == TRUE), len(rows))
        rows = rows[: certain + 1]  # what lies behind a row that counts does not matter
        found: Expr = evolve(expr, where=FALSE)
        for number in reversed(range(len(rows))):
            holds, day = rows[number]
            unbeaten = [
                disjunction(negation(other), self._simplified(Compare(Order.LE, *_ordered(expr, day, at))))
                for other, at in rows[number + 1 :]
            ]
            found = self._simplified(If(conjunction(holds, *unbeaten), day, found))
        return found


def undefined(term: Expr) -> bool:
    """Whether ``term``, as it is left, surely has no value: the earliest of no rows, or made of it."""
    match term:
        case Extreme(where=where):
            return where == FALSE
        case If(_, then, orelse):
            return undefined(then) and undefined(orelse)
        case Const() | And() | Or() | Not() | Compare() | AtLeast():
            return False
        case _:
            return any(undefined(part) for part in children(term))


def always_defined(term: Expr) -> bool:
    """Whether ``term`` has a value in every complete case: no earliest or latest row is asked for."""
    return not any(isinstance(part, Extreme) for part in walk(term))


def _ordered(expr: Extreme, day: Expr, other: Expr) -> tuple[Expr, Expr]:
    """``day`` is at least as far as ``other`` iff the first is not after the second."""
    return (other, day) if expr.latest else (day, other)


def _rank(day: Expr, latest: bool) -> int:
    """Unknown days first, then those that go farthest."""
    if not isinstance(day, Const):
        return -NEVER.toordinal() - 1
    ordinal = as_day(day.value).toordinal()
    return -ordinal if latest else ordinal


def _type_of(expr: Expr, value: Value, corpus: Corpus) -> Type:
    """The type of the literal that ``expr``, of literals only, comes to."""
    if isinstance(value, bool):
        return Boolean()
    found = check_type(expr, corpus)
    if isinstance(found, Integer) and isinstance(value, int):
        return Integer(value, value, found.unit, found.scale)
    return found
