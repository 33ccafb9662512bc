"""A case that is being written: it can be changed until a condition holds, or does not, by a hair.

No solver is asked: a fact that an atom compares takes the value that it is compared with, or the next one,
carried back through the arithmetic on its way. What comes of it is looked at by the reference evaluator.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from attrs import define, evolve, field, frozen

from guiju.compiler.cone import symbols
from guiju.compiler.days import OutOfCalendar, shift_days, shift_months
from guiju.compiler.evaluate import NonValue, evaluate
from guiju.compiler.kernel import (
    NEVER,
    And,
    AtLeast,
    Boolean,
    Case,
    Compare,
    Context,
    Corpus,
    Date,
    DaysBetween,
    Enumeration,
    Expr,
    Extreme,
    FactRef,
    FieldRef,
    If,
    Integer,
    Not,
    Or,
    RollToWorkday,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    Sum,
    Times,
    Type,
    Value,
    children,
)
from guiju.testing.bearing import plain_value
from guiju.testing.clauses import parts
from guiju.testing.plain_case import Subject

_T = TypeVar("_T")
Row = dict[str, Value]

#: One of several; never asked about none.
Pick = Callable[[Sequence[_T]], _T]

#: How often all parts of a condition are gone through.
_PASSES = 3
#: How often the assumptions are gone through: what one of them changes another may speak of.
_ROUNDS = 8


@frozen(eq=False)
class _Slot:
    """A place for a value, and where an expression asks for it."""

    expr: Expr
    held_in: Row
    name: str
    type: Type
    symbol: tuple[str, str]


@define(eq=False)
class Draft:
    """A complete case that can be changed.

    Attributes:
        about: What it tells.
        context: Its day, place and readings; and what it is taken back to where nothing else helps.
        facts, records: What it tells so far.
        settled: What was set on purpose, and is left alone where another change will do.
    """

    about: Subject
    base: Context
    context: Context
    facts: Row = field(init=False)
    records: dict[str, list[Row]] = field(init=False)
    settled: set[tuple[str, str]] = field(factory=set, init=False)
    _moved: set[tuple[str, str]] = field(factory=set, init=False)  # by a repair: what it leads to comes next

    @facts.default
    def _from_base(self) -> Row:
        return dict(self.base.case.facts)

    @records.default
    def _rows_of_base(self) -> dict[str, list[Row]]:
        return {name: [dict(row) for row in rows] for name, rows in self.base.case.records.items()}

    @property
    def corpus(self) -> Corpus:
        """The declarations."""
        return self.about.corpus

    def written(self) -> Context:
        """The case as it is now."""
        records = {name: tuple(dict(row) for row in rows) for name, rows in self.records.items()}
        return evolve(self.context, case=Case(dict(self.facts), records))

    def holds(self, condition: Expr, row: Row | None = None) -> bool:
        """Whether ``condition`` holds now."""
        records = {name: tuple(rows) for name, rows in self.records.items()}
        now = evolve(self.context, case=Case(self.facts, records))
        return evaluate(condition, self.corpus, now, row) is True

    def meet(self, condition: Expr, wanted: bool, pick: Pick[Expr], value: Pick[Value]) -> None:
        """Change facts so that ``condition`` holds, or does not: at its edge, where it is an atom.

        It can fail: where what is asked for contradicts itself, or is out of reach for such simple means.
        """
        self._meet(condition, wanted, None, _Drawn(pick, value))
        self.settled |= symbols([condition])

    def repair(self) -> None:
        """Change facts until every assumption holds; what was set on purpose only where nothing else does."""
        for _ in range(_ROUNDS):
            broken = [each for each in self.about.assumptions if not self.holds(each)]
            if not broken:
                return
            for each in broken:
                self._ensure(each, True, None, None)
        for each in self.about.assumptions:
            if not self.holds(each):
                self._back(self.about.linked(each))

    def new_row(self, record: str) -> Row:
        """One more row of ``record``, of plain values."""
        fields = self.corpus.records[record].fields
        row = {name: plain_value(type_, self.context.today) for name, type_ in fields.items()}
        self.records[record].append(row)
        return row

    # --- Details

    def _back(self, names: frozenset[tuple[str, str]]) -> None:
        """Take what ``names`` names back to what it is in the base, where the assumptions hold."""
        self.facts |= {name: v for name, v in self.base.case.facts.items() if ("fact", name) in names}
        for name, rows in self.base.case.records.items():
            if ("record", name) in names:
                self.records[name] = [dict(row) for row in rows]
        if any(kind in ("context", "reading") for kind, _ in names):
            self.context = self.base

    def _ensure(self, condition: Expr, wanted: bool, row: Row | None, drawn: _Drawn | None) -> bool:
        if self.holds(condition, row) is not wanted:
            self._meet(condition, wanted, row, drawn)
        return self.holds(condition, row) is wanted

    def _meet(self, condition: Expr, wanted: bool, row: Row | None, drawn: _Drawn | None) -> None:
        match condition:
            case Not(arg):
                self._meet(arg, not wanted, row, drawn)
            case And(args) | Or(args):
                if isinstance(condition, And) is wanted:
                    for _ in range(_PASSES):  # what makes one of them hold can undo another
                        met = [self._ensure(arg, wanted, row, drawn) for arg in args]
                        if all(met):
                            break
                else:
                    self._one_of(args, wanted, row, drawn)
            case If(cond, then, orelse) if parts(condition):
                branch = then if self.holds(cond, row) else orelse
                self._ensure(branch, wanted, row, drawn)
            case AtLeast(threshold, record, where):
                self._count(threshold if wanted else threshold - 1, record, where, drawn)
            case FactRef() | FieldRef() | Compare():
                self._atom(condition, wanted, row, drawn)
            case _:
                pass  # the day, the place and the readings are not changed here

    def _one_of(self, args: Sequence[Expr], wanted: bool, row: Row | None, drawn: _Drawn | None) -> None:
        if drawn is not None and args:
            self._ensure(drawn.pick(args), wanted, row, drawn)
            return
        for arg in sorted(args, key=lambda arg: len(symbols([arg]) & self.settled)):
            before = dict(self.facts)
            if self._ensure(arg, wanted, row, None):
                return
            self.facts = before

    def _count(self, count: int, record: str, where: Expr, drawn: _Drawn | None) -> None:
        """Have ``count`` rows of ``record`` for which ``where`` holds."""
        rows = self.records[record]
        counted = [row for row in rows if self.holds(where, row)]
        for row in counted[count:]:
            self.records[record] = [each for each in self.records[record] if each is not row]
        for _ in range(count - len(counted)):
            self._ensure(where, True, self.new_row(record), drawn)

    def _atom(self, atom: Expr, wanted: bool, row: Row | None, drawn: _Drawn | None) -> None:
        choices = [(slot, self._values(slot, atom, wanted, row)) for slot in self._slots(atom, row)]
        open_ = [(slot, values) for slot, values in choices if values]
        if not open_:
            return
        if drawn is None:
            slot, values = min(open_, key=lambda choice: self._reluctance(choice[0]))
            slot.held_in[slot.name] = values[0]
            self._moved.add(slot.symbol)
        else:
            expr = drawn.pick([slot.expr for slot, _ in open_])
            slot, values = next(choice for choice in open_ if choice[0].expr == expr)
            slot.held_in[slot.name] = drawn.value(values)

    def _reluctance(self, slot: _Slot) -> int:
        return 2 if slot.symbol in self.settled else int(slot.symbol in self._moved)

    def _slots(self, expr: Expr, row: Row | None) -> Iterator[_Slot]:
        """The places whose values ``expr`` depends on, without the conditions on rows."""
        match expr:
            case FactRef(name):
                yield _Slot(expr, self.facts, name, self.corpus.facts[name].type, ("fact", name))
            case FieldRef(record, name) if row is not None:
                type_ = self.corpus.records[record].fields[name]
                yield _Slot(expr, row, name, type_, ("record", record))
            case Extreme(record=record, field=name, where=where):
                if not any(self.holds(where, each) for each in self.records[record]):
                    self._ensure(where, True, self.new_row(record), None)
                for each in self.records[record]:
                    if self.holds(where, each):
                        yield _Slot(expr, each, name, Date(), ("record", record))
            case AtLeast():
                return
            case _:
                for part in children(expr):
                    yield from self._slots(part, row)

    def _values(self, slot: _Slot, atom: Expr, wanted: bool, row: Row | None) -> list[Value]:
        """The values for ``slot`` with which ``atom`` comes to ``wanted``, those at the edge first."""
        before = slot.held_in[slot.name]
        found: list[Value] = []
        for each in self._suggested(slot, atom, row):
            slot.held_in[slot.name] = each
            if self.holds(atom, row) is wanted:
                found.append(each)
        slot.held_in[slot.name] = before
        return found

    def _suggested(self, slot: _Slot, atom: Expr, row: Row | None) -> list[Value]:
        edges: list[Value] = []
        if isinstance(atom, Compare):
            for one, other in ((atom.left, atom.right), (atom.right, atom.left)):
                target = self._value(other, row)
                edge = None if target is None else self._back_from(one, slot, target, row)
                if edge is not None:
                    edges.append(edge)
        return within(slot.type, self.corpus, edges)

    def _back_from(self, expr: Expr, slot: _Slot, target: Value, row: Row | None) -> Value | None:
        """What ``slot`` has to hold for ``expr`` to come to ``target``, or close to it."""
        if expr == slot.expr:
            return target
        match expr:
            case If(cond, then, orelse):
                branch = then if self.holds(cond, row) else orelse
                return self._back_from(branch, slot, target, row)
            case RollToWorkday(date):
                return self._back_from(date, slot, target, row)
            case ShiftMonths(date, amount) | ShiftDays(date, amount) | ShiftWorkdays(date, amount):
                count = self._value(amount, row)
                moved = _moved(target, expr, count) if isinstance(count, int) else None
                return None if moved is None else self._back_from(date, slot, moved, row)
            case Times(factor, arg) if factor and isinstance(target, int):
                return self._back_from(arg, slot, target // factor, row)
            case Sum(args) if isinstance(target, int):
                return self._back_from_sum(args, slot, target, row)
            case DaysBetween(start, end) if isinstance(target, int):
                for part, fixed, days in ((end, start, target), (start, end, -target)):
                    day = self._value(fixed, row)
                    moved = _shifted(day, days) if isinstance(day, dt.date) else None
                    found = None if moved is None else self._back_from(part, slot, moved, row)
                    if found is not None:
                        return found
        return None

    def _back_from_sum(self, args: Sequence[Expr], slot: _Slot, target: int, row: Row | None) -> Value | None:
        for number, arg in enumerate(args):
            others = [self._value(each, row) for n, each in enumerate(args) if n != number]
            rest = sum(each for each in others if isinstance(each, int))
            found = self._back_from(arg, slot, target - rest, row)
            if found is not None:
                return found
        return None

    def _value(self, term: Expr, row: Row | None) -> Value | None:
        found = evaluate(term, self.corpus, self.written(), row)
        return None if isinstance(found, NonValue) or found == NEVER else found


@frozen(eq=False)
class _Drawn:
    """How a choice is made that is left open."""

    pick: Pick[Expr]
    value: Pick[Value]


def within(type_: Type, corpus: Corpus, edges: Iterable[Value]) -> list[Value]:
    """``edges`` and the values next to them, as far as they are of ``type_``; all where these are few."""
    match type_:
        case Boolean():
            return [False, True]
        case Enumeration(members=members):
            return list(dict.fromkeys((*(e for e in edges if e in members), *members)))
        case Integer(low, high):
            numbers = [n for e in edges if isinstance(e, int) for n in (e, e - 1, e + 1)]
            return list(dict.fromkeys(n for n in numbers if low <= n <= high))
        case Date():
            first, last = corpus.horizon
            near = [_shifted(e, n) for e in edges if isinstance(e, dt.date) for n in (0, -1, 1)]
            return list(dict.fromkeys(day for day in near if day is not None and first <= day <= last))


def _moved(target: Value, shift: Expr, count: int) -> dt.date | None:
    """The day that ``shift`` by ``count`` moves to ``target``, or about that day."""
    if not isinstance(target, dt.date):
        return None
    match shift:
        case ShiftMonths(clip=clip):
            try:
                return shift_months(target, -count, clip)
            except OutOfCalendar:
                return None
        case ShiftWorkdays():
            return _shifted(target, -count - 2 * (count // 5))
        case _:
            return _shifted(target, -count)


def _shifted(day: dt.date, days: int) -> dt.date | None:
    try:
        return shift_days(day, days)
    except OutOfCalendar:
        return None
