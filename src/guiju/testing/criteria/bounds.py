"""Below, at and above: the three cases on a bound, as conditions and in words.

A number is moved by one unit of its last decimal, a day by a day, a member of a scale to its neighbour. Where
there is no such value, there is no such case.
"""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from guiju.checker import wording
from guiju.checker.phrasing import noun, phrase
from guiju.compiler.days import FIRST_DAY, LAST_DAY
from guiju.compiler.kernel import (
    Compare,
    Const,
    Corpus,
    Date,
    Enumeration,
    Expr,
    FactRef,
    FieldRef,
    Integer,
    Order,
    ShiftDays,
    Sum,
    Today,
    Type,
    conjunction,
    disjunction,
)
from guiju.compiler.typing import check_type
from guiju.dsl.source import Bilingual

#: One below the bound, on it, one above it.
STEPS = (-1, 0, 1)

_NUMBER = {-1: ("刚好少于", "just under"), 0: ("恰为", "exactly"), 1: ("刚好超过", "just over")}
_SCALE = {
    -1: ("比“{b}”低一档", "one step below {b}"),
    0: ("恰为“{b}”", "exactly {b}"),
    1: ("比“{b}”高一档", "one step above {b}"),
}
_DAY = {
    -1: ("为{b}的前一日", "the day before {b}"),
    0: ("与{b}同日", "the same day as {b}"),
    1: ("为{b}的次日", "the day after {b}"),
}
_LAST = {
    -1: ("为{p}最后一日的前一日（{l}）", "the day before the last day of {p} ({l})"),
    0: ("为{p}的最后一日（{l}）", "the last day of {p} ({l})"),
    1: ("为{p}届满的次日（{l}）", "the day after {p} ends ({l})"),
}
_FIRST = {
    -1: ("为{p}开始的前一日（{l}）", "the day before {p} begins ({l})"),
    0: ("为{p}的第一日（{l}）", "the first day of {p} ({l})"),
    1: ("为{p}的第二日（{l}）", "the second day of {p} ({l})"),
}


@frozen(eq=False)
class Bound:
    """A comparison, as what varies against its limit.

    Attributes:
        side, limit: The two sides of the comparison.
        type: The type of ``side``.
        horizon: The days that a case can tell.
        last: Whether ``limit`` ends the values below it, as in "until" and "later than"; otherwise it begins
            those above it. None: an equality.
    """

    side: Expr
    limit: Expr
    type: Type
    horizon: tuple[dt.date, dt.date]
    last: bool | None

    @classmethod
    def of(cls, compare: Compare, corpus: Corpus, record: str | None = None) -> Bound:
        """The bound that ``compare`` is; of two sides, what varies is the one that a case gives."""
        left, right = compare.left, compare.right
        turned = isinstance(left, Const) or (_is_given(right) and not _is_given(left))
        side, limit = (right, left) if turned else (left, right)
        last = None if compare.order is Order.EQ else (compare.order is Order.LE) == (side is left)
        return cls(side, limit, check_type(side, corpus, record), corpus.horizon, last)

    def at(self, step: int) -> Expr | None:
        """That ``side`` is ``step`` (-1, 0 or 1) above ``limit``; None: there is no such value."""
        if isinstance(self.limit, Const):
            moved = self._constant(step)
            return None if moved is None else Compare(Order.EQ, self.side, moved)
        if step == 0:
            return Compare(Order.EQ, self.side, self.limit)
        match self.type:
            case Integer(unit=unit, scale=scale):
                by = Const(step, Integer(step, step, unit, scale))
                return Compare(Order.EQ, self.side, Sum((self.limit, by)))
            case Date():
                # The order follows from the distance, and spares the solver to work it out from the calendar.
                low, high = (self.limit, self.side) if step > 0 else (self.side, self.limit)
                return conjunction(self._days_off(step), Compare(Order.LT, low, high))
            case Enumeration(members=members):
                return self._neighbours(members, step)
            case _:
                return None

    def _days_off(self, step: int) -> Expr:
        if _is_given(self.side):  # such a day lies well within the calendar
            return Compare(Order.EQ, days_after(self.side, -step), self.limit)
        return Compare(Order.EQ, self.side, days_after(self.limit, step))

    def text(self, step: int, corpus: Corpus, period: Bilingual | None = None) -> Bilingual:
        """``at(step)`` in words; ``period`` is what begins or ends on the limit, where that has a name."""
        side, limit = noun(self.side, corpus), noun(self.limit, corpus)
        bare = phrase(self.limit, corpus)
        if isinstance(self.type, Integer):
            return self._number_text(step, side, limit)
        if isinstance(self.type, Enumeration):
            zh, en = _SCALE[step]
        else:
            zh, en = (_DAY if period is None else _LAST if self.last else _FIRST)[step]
        p = period or Bilingual("", "")
        return Bilingual(
            f"{side.zh}{zh.format(b=limit.zh, p=p.zh, l=bare.zh)}",
            f"{side.en} is {en.format(b=limit.en, p=p.en, l=bare.en)}",
        )

    def _number_text(self, step: int, side: Bilingual, limit: Bilingual) -> Bilingual:
        zh, en = _NUMBER[step]
        moved = self._constant(step) if step and isinstance(self.limit, Const) else None
        if moved is None:
            return Bilingual(f"{side.zh}{zh} {limit.zh}", f"{side.en} is {en} {limit.en}")
        is_ = wording.value(moved.value, self.type)
        return Bilingual(f"{side.zh}为 {is_.zh}，{zh} {limit.zh}", f"{side.en} is {is_.en}, {en} {limit.en}")

    def _constant(self, step: int) -> Const | None:
        """The limit, a literal, moved by ``step``; None where ``side`` cannot be that."""
        match self.limit:
            case Const(dt.date() as day):
                first, last = self.horizon if _is_given(self.side) else (FIRST_DAY, LAST_DAY)
                moved = day + dt.timedelta(days=step)
                return Const(moved, Date()) if first <= moved <= last else None
            case Const(str() as member, Enumeration(members=members) as type_):
                place = members.index(member) + step
                return Const(members[place], type_) if 0 <= place < len(members) else None
            case Const(int() as number, Integer(unit=unit, scale=scale)):
                moved_to = number + step
                assert isinstance(self.type, Integer)
                if not self.type.low <= moved_to <= self.type.high:
                    return None
                return Const(moved_to, Integer(moved_to, moved_to, unit, scale))
            case _:
                return None

    def _neighbours(self, members: tuple[str, ...], step: int) -> Expr:
        pairs = [(limit, limit + step) for limit in range(len(members)) if 0 <= limit + step < len(members)]

        def are(side: Expr, place: int) -> Expr:
            return Compare(Order.EQ, side, Const(members[place], self.type))

        return disjunction(*(conjunction(are(self.limit, a), are(self.side, b)) for a, b in pairs))


def _is_given(expr: Expr) -> bool:
    return isinstance(expr, FactRef | FieldRef | Today)


def days_after(day: Expr, number: int) -> Expr:
    """``day`` moved by that many days."""
    return ShiftDays(day, Const(number, Integer(number, number, "days")))
