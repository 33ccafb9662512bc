"""Drawing the case: which facts of a plain one change, and to what. Needs Hypothesis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from attrs import evolve, frozen
from hypothesis import strategies as st

from guiju.compiler.cone import symbols
from guiju.compiler.formulas import applicable
from guiju.compiler.kernel import (
    Compare,
    Const,
    Context,
    Date,
    Expr,
    FactRef,
    FieldRef,
    Integer,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    Type,
    Value,
    walk,
)
from guiju.testing.bearing import spoken
from guiju.testing.clauses import clauses
from guiju.testing.draft import Draft, Row, within
from guiju.testing.plain_case import Subject, force_days

#: Before each change one in so many stops.
_STOPS: Final = 5
#: No more changes than this; and no more rows of a record, other than those that a norm asks for.
_MOST, _MOST_ROWS = 12, 4


@frozen(eq=False)
class Edges:
    """Where the answers of some norms may change.

    Attributes:
        about: The norms, and what a case about them tells.
        norms: When each of them applies, of those that depend on the case.
        clauses: The clauses of these conditions.
        values: What each fact or field (``record.field``) is compared with.
        days: The distances in days between dates that the norms speak of.
        force: The days on which an instrument begins or ceases to be in force.
    """

    about: Subject
    norms: tuple[Expr, ...]
    clauses: tuple[Expr, ...]
    values: Mapping[str, tuple[Value, ...]]
    days: tuple[int, ...]
    force: tuple[dt.date, ...]


def edges_of(about: Subject) -> Edges:
    """The edges of the norms of ``about``."""
    corpus = about.corpus
    applied = [applicable(norm, corpus) for norm in corpus.norms]
    atoms = [clause.expr for condition in applied for clause in clauses(condition)]
    walked = [part for expr in spoken(corpus) for part in walk(expr)]
    values: dict[str, dict[Value, None]] = {}
    for part in walked:
        if isinstance(part, Compare):
            for one, other in ((part.left, part.right), (part.right, part.left)):
                if isinstance(other, Const) and isinstance(one, FactRef | FieldRef):
                    values.setdefault(_key(one), {})[other.value] = None
    return Edges(
        about,
        tuple(condition for condition in dict.fromkeys(applied) if _depends(condition)),
        tuple(atom for atom in dict.fromkeys(atoms) if _depends(atom)),
        {name: tuple(found) for name, found in values.items()},
        tuple(sorted({days for part in walked for days in _distance(part)})),
        tuple(force_days(corpus)),
    )


@frozen(eq=False)
class Drawing:
    """Draws cases by ``draw``. The first choice is always the plainest."""

    draw: st.DrawFn
    edges: Edges

    def asked(self, base: Context) -> Context:
        """A day, a place and readings; the case is that of ``base``."""
        corpus = self.edges.about.corpus
        near = within(Date(), corpus, [base.today, *self.edges.force])
        today = self._one([base.today, *near]) if self._often() else self._any_day()
        assert isinstance(today, dt.date)
        place = base.place if self._often() else self.draw(st.sampled_from(list(corpus.territories)))
        readings = dict(base.readings)
        while self.edges.about.readings and not self._often():
            name = self.draw(st.sampled_from(self.edges.about.readings))
            readings[name] = self.draw(st.sampled_from(corpus.readings[name].choices))
        return evolve(base, today=today, place=place, readings=readings)

    def case(self, base: Context, asked: Context) -> Context:
        """A case that differs from that of ``base`` in a few places, in the context of ``asked``.

        Args:
            base: A case that the assumptions allow.
            asked: The day, the place and the readings; where none is allowed with them, those of ``base``
                are taken.
        """
        draft = Draft(self.edges.about, base, asked)
        kinds = [
            change
            for change, over in (
                (self._clause, self.edges.clauses),
                (self._norm, self.edges.norms),
                (self._fact, self.edges.about.facts),
                (self._row, self.edges.about.records),
            )
            if over
        ]
        for _ in range(_MOST):
            if not kinds or not self.draw(st.integers(0, _STOPS - 1)):
                break
            self.draw(st.sampled_from(kinds))(draft)
        draft.repair()
        return draft.written()

    # --- The changes

    def _clause(self, draft: Draft) -> None:
        clause = self.draw(st.sampled_from(self.edges.clauses))
        draft.meet(clause, self.draw(st.booleans()), self._part, self._one)

    def _norm(self, draft: Draft) -> None:
        draft.meet(self.draw(st.sampled_from(self.edges.norms)), True, self._part, self._one)

    def _fact(self, draft: Draft) -> None:
        name = self.draw(st.sampled_from(self.edges.about.facts))
        draft.facts[name] = self._value(name, draft.corpus.facts[name].type, draft.facts[name], draft)
        draft.settled.add(("fact", name))

    def _row(self, draft: Draft) -> None:
        record = self.draw(st.sampled_from(self.edges.about.records))
        rows = draft.records[record]
        if rows and (len(rows) >= _MOST_ROWS or self.draw(st.booleans())):
            rows.pop()
        else:
            self._filled(record, draft.new_row(record), draft)
        draft.settled.add(("record", record))

    def _filled(self, record: str, row: Row, draft: Draft) -> None:
        for name, type_ in draft.corpus.records[record].fields.items():
            row[name] = self._value(f"{record}.{name}", type_, row[name], draft)

    # --- The values

    def _value(self, name: str, type_: Type, now: Value, draft: Draft) -> Value:
        """A value at or next to those that the norms compare with, or any other."""
        corpus = self.edges.about.corpus
        edges: list[Value] = [now, *self.edges.values.get(name, ())]
        if isinstance(type_, Date):
            today = draft.context.today
            edges += [today, *(each for each in draft.facts.values() if isinstance(each, dt.date))]
            near = (today.toordinal() + sign * days for days in self.edges.days for sign in (-1, 1))
            edges += [dt.date.fromordinal(each) for each in near]
        known = within(type_, corpus, edges)
        if self._often() or not isinstance(type_, Integer | Date):
            return self._one(known)
        if isinstance(type_, Integer):
            return self.draw(st.integers(type_.low, type_.high))
        return self._any_day()

    def _any_day(self) -> dt.date:
        return self.draw(st.dates(*self.edges.about.corpus.horizon))

    def _often(self) -> bool:
        return self.draw(st.integers(0, 4)) < 4

    def _one(self, values: Sequence[Value]) -> Value:
        return self.draw(st.sampled_from(values))

    def _part(self, parts: Sequence[Expr]) -> Expr:
        return self.draw(st.sampled_from(parts))


def _depends(condition: Expr) -> bool:
    """Whether it depends on what a case tells."""
    return any(kind in ("fact", "record") for kind, _ in symbols([condition]))


def _key(asked: FactRef | FieldRef) -> str:
    return asked.name if isinstance(asked, FactRef) else f"{asked.record}.{asked.field}"


def _distance(part: Expr) -> tuple[int, ...]:
    """How many days ``part`` moves a date by, about; none where it moves none by a fixed distance."""
    match part:
        case ShiftMonths(amount=Const(value=int(months))):
            return (_days_of(abs(months)),)
        case ShiftDays(amount=Const(value=int(days))):
            return (abs(days),)
        case ShiftWorkdays(amount=Const(value=int(days))):
            return (days + 2 * (days // 5),)
        case _:
            return ()


def _days_of(months: int) -> int:
    return round(months * 365.2425 / 12)
