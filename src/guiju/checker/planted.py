"""What is planted into a corpus to try the analyses: small norms of which it is known what must be found.

Each plant has norms on a question of its own and facts of its own, so that nothing of the corpus bears on it
but what it asks about: its territories, its horizon, its assumptions. Where two norms disagree, the case that
shows it is known too. Plants come in pairs that differ in one day, one unit, one territory or one assumption:
in one of the two something must be found, in the other nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import combinations

from attrs import evolve, frozen

from guiju.checker.bed import CHOICES, NUMBER, Bed, Found, Plant
from guiju.compiler.days import shift_days, shift_months, shift_workdays
from guiju.compiler.kernel import (
    LAST_YEAR,
    TRUE,
    Answer,
    AtLeast,
    Clip,
    Compare,
    Const,
    Date,
    DaysBetween,
    Deed,
    Enumeration,
    Expr,
    Extreme,
    FieldRef,
    Integer,
    MayDo,
    Modality,
    Order,
    ReadingRef,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    Sum,
    Times,
    WhichValue,
    conjunction,
    disjunction,
    negation,
)
from guiju.dsl.source import Bilingual


@frozen
class Nursery:
    """Makes the plants of a bed."""

    bed: Bed

    def pairs(self) -> Iterator[Plant]:
        """Pairs of norms on one question, of which it is known whether they disagree."""
        yield from self._of_facts()
        yield from self._of_times()
        yield from self._of_amounts()
        yield from self._of_rows()
        yield from self._of_context()
        yield from (evolve(plant, assumed=True) for plant in self._of_assumptions())

    def rules(self) -> Iterator[Plant]:
        """Single norms, of which it is known whether they can apply."""
        number, cause, effect = self.bed.fact("number"), self.bed.fact("cause"), self.bed.fact("effect")
        four, five = (Compare(Order.LE, number, Const(n, NUMBER)) for n in (4, 5))
        dead = Found("Q201")
        yield self._single(
            "能适用的规定", "a rule that applies at one value", conjunction(five, negation(four))
        )
        yield self._single("差一的规定", "a rule that misses by one", conjunction(four, negation(five)), dead)
        allowed = conjunction(cause, negation(effect))
        yield self._single("假定容许的规定", "a rule that an assumption leaves", allowed)
        both = conjunction(cause, effect)
        yield self._single("假定排除的规定", "a rule that an assumption rules out", both, dead)

    def _of_facts(self) -> Iterator[Plant]:
        flag, number, kind = self.bed.fact("flag"), self.bed.fact("number"), self.bed.fact("kind")
        record = self.bed.mark + "record"

        def rows(count: int) -> Expr:
            where = Compare(Order.LE, Const(5, NUMBER), FieldRef(record, "number"))
            return AtLeast(count, record, where)

        def least(count: int) -> Expr:
            return Compare(Order.LE, Const(count, NUMBER), number)

        def among(*members: str) -> Expr:
            type_ = self.bed.kind()
            return disjunction(*(Compare(Order.EQ, kind, Const(m, type_)) for m in members))

        shown = self.bed.mark + "number"
        yield self._pair("是否", "booleans", flag, TRUE, Found(facts={self.bed.mark + "flag": True}))
        yield self._pair("是否相反", "opposite booleans", flag, negation(flag))
        yield self._pair("数", "numbers", least(5), negation(least(6)), Found(facts={shown: 5}))
        yield self._pair("数差一", "numbers that miss by one", least(6), negation(least(6)))
        yield self._pair(
            "类", "kinds", among("b"), among("a", "b"), Found(facts={self.bed.mark + "kind": "b"})
        )
        yield self._pair("不同类", "different kinds", among("b"), among("a", "c"))
        yield self._pair("记录数", "counts of rows", rows(2), negation(rows(3)), Found(rows=2))
        yield self._pair("记录数差一", "counts that miss by one", rows(3), negation(rows(3)))
        yield self._values("数值", "values", TRUE, Found("C102", {self.bed.mark + "flag": True}))
        same = Compare(Order.EQ, number, Const(5, NUMBER))
        yield self._values("相同数值", "equal values", same)
        winner = self.bed.rule("one", "priority")
        yield self._pair(
            "优先", "priority", flag, flag, Found(facts={self.bed.mark + "flag": True}, winner=winner)
        )

    def _of_times(self) -> Iterator[Plant]:
        day, months = self.bed.fact("day"), Integer(-1, 1, "months")
        moved = ShiftMonths(day, Const(self.bed.step, months))
        reached = Const(self._moved(self.bed.day), Date())
        until, since = Compare(Order.LE, moved, reached), Compare(Order.LE, reached, moved)
        before = (self.bed.day - dt.timedelta(n) for n in range(4) if self.bed.day.toordinal() > n)
        least = min(d for d in before if d >= self.bed.corpus.horizon[0] and self._moved(d) == reached.value)
        shown = self.bed.mark + "day"
        yield self._pair("月期限", "months", until, since, Found(facts={shown: least}))
        yield self._pair("月期限差一日", "months that miss by a day", until, negation(until))
        met = "until", "since"
        apart = ("apart", "since") if self.bed.step < 0 else ("until", "apart")
        yield self._forced("先后施行", "periods in force", met, Found(facts={shown: self.bed.day}))
        yield self._forced("施行差一日", "periods that miss by a day", apart)

    def _of_amounts(self) -> Iterator[Plant]:
        """Days, working days and sums, each reached and missed by one."""
        here, day, number = self.bed.day, self.bed.fact("day"), self.bed.fact("number")
        on, shown = Compare(Order.EQ, day, Const(here, Date())), {self.bed.mark + "day": here}
        ahead = 10 * self.bed.step
        reached, days = shift_days(here, ahead), Integer(-11, 11, "days")
        moved = ShiftDays(day, Const(ahead, days))
        between = DaysBetween(day, Const(reached, Date()))
        later = reached + dt.timedelta(1)
        yield self._pair("日期限", "days", on, _is(moved, reached), Found(facts=shown))
        yield self._pair("日期限差一日", "days that miss by a day", on, _is(moved, later))
        counted = Compare(Order.EQ, between, Const(ahead, days))
        yield self._pair("相隔日数", "days between", on, counted, Found(facts=shown))
        counted = Compare(Order.EQ, between, Const(ahead + 1, days))
        yield self._pair("相隔日数差一日", "days between that miss by a day", on, counted)
        if here.year < LAST_YEAR:
            worked = ShiftWorkdays(day, Const(3, Integer(0, 3, "workdays")))
            third = shift_workdays(here, 3, self.bed.corpus.calendar)
            yield self._pair("工作日", "working days", on, _is(worked, third), Found(facts=shown))
            missed = _is(worked, third + dt.timedelta(1))
            yield self._pair("工作日差一日", "working days that miss by a day", on, missed)
        threefold = Sum((number, Times(2, number)))
        nine, ten = (Compare(Order.EQ, threefold, Const(n, Integer(0, 30))) for n in (9, 10))
        yield self._pair("数之和", "sums", nine, TRUE, Found(facts={self.bed.mark + "number": 3}))
        yield self._pair("数之和差一", "sums that miss by one", ten, TRUE)

    def _of_rows(self) -> Iterator[Plant]:
        """The first and the last day of rows, and the same the wrong way round."""
        first, last = self.bed.corpus.horizon
        if first == last:
            return
        record = self.bed.mark + "record"
        small = Compare(Order.LE, FieldRef(record, "number"), Const(5, NUMBER))
        earliest, latest = Extreme(False, record, "day", small), Extreme(True, record, "day", TRUE)
        yield self._pair("首末", "first and last", _is(earliest, first), _is(latest, last), Found(rows=2))
        yield self._pair(
            "首末颠倒", "first and last the wrong way round", _is(earliest, last), _is(latest, first)
        )

    def _moved(self, day: dt.date) -> dt.date:
        return shift_months(day, self.bed.step, Clip.DOWN)

    def _of_context(self) -> Iterator[Plant]:
        reading = self.bed.mark + "reading"
        type_ = Enumeration(reading, CHOICES)
        first, second = (Compare(Order.EQ, ReadingRef(reading), Const(c, type_)) for c in CHOICES)
        yield self._pair("读法", "readings", second, TRUE, Found(under="second"))
        yield self._pair("不同读法", "different readings", first, second)
        territories = self.bed.corpus.territories
        inner = next((t for t, above in territories.items() if above in territories), None)
        if inner is not None:
            outer = territories[inner]
            assert outer is not None
            yield self._placed("内外地域", "territories, one in the other", outer, inner, Found(place=inner))
        apart = next((two for two in combinations(territories, 2) if self._apart(*two)), None)
        if apart is not None:
            yield self._placed("不同地域", "territories apart", *apart)

    def _of_assumptions(self) -> Iterator[Plant]:
        cause, effect = self.bed.fact("cause"), self.bed.fact("effect")
        shown = {self.bed.mark + "cause": True, self.bed.mark + "effect": False}
        yield self._pair("不涉假定", "what an assumption leaves", cause, negation(effect), Found(facts=shown))
        yield self._pair("假定排除", "what an assumption rules out", cause, effect)
        for number, assumption in enumerate(self.bed.corpus.assumptions, 1):
            label = f"“{assumption.label}”" if assumption.label else f"{number}"
            name = Bilingual(f"假定{label}", f"assumption {number} {assumption.label}".rstrip())
            yield self._plant(name, f"assumption {number}", TRUE, negation(assumption.expr))

    def _apart(self, one: str, other: str) -> bool:
        return not self.bed.corpus.within(one, other) and not self.bed.corpus.within(other, one)

    # --- How a plant is made ------------------------------------------------------------------------------

    def _pair(self, zh: str, en: str, one: Expr, other: Expr, found: Found | None = None) -> Plant:
        return self._plant(Bilingual(zh, en), en, one, other, found)

    def _plant(self, name: Bilingual, key: str, one: Expr, other: Expr, found: Found | None = None) -> Plant:
        asked = MayDo(Deed(self.bed.mark + "bearer", self.bed.mark + key))
        norms = (
            self.bed.norm("one", key, one, asked, Modality.OBLIGED),
            self.bed.norm("other", key, other, asked, Modality.FORBIDDEN),
        )
        return Plant(name, norms, found)

    def _single(self, zh: str, en: str, guard: Expr, found: Found | None = None) -> Plant:
        plant = self._plant(Bilingual(zh, en), en, guard, TRUE, found)
        return evolve(plant, norms=plant.norms[:1])

    def _values(self, zh: str, en: str, guard: Expr, found: Found | None = None) -> Plant:
        asked, flag = WhichValue(self.bed.mark + en), self.bed.fact("flag")
        norms = (
            self.bed.norm("one", en, conjunction(flag, guard), asked, Answer(self.bed.fact("number"))),
            self.bed.norm("other", en, flag, asked, Answer(Const(5, NUMBER))),
        )
        return Plant(Bilingual(zh, en), norms, found)

    def _forced(self, zh: str, en: str, homes: tuple[str, str], found: Found | None = None) -> Plant:
        plant = self._pair(zh, en, TRUE, TRUE, found)
        norms = tuple(
            evolve(norm, instrument=self.bed.mark + home, law_date=self.bed.fact("day"))
            for norm, home in zip(plant.norms, homes, strict=True)
        )
        return evolve(plant, norms=norms)

    def _placed(self, zh: str, en: str, here: str, there: str, found: Found | None = None) -> Plant:
        plant = self._pair(zh, en, TRUE, TRUE, found)
        one, other = plant.norms
        return evolve(plant, norms=(evolve(one, territory=here), evolve(other, territory=there)))


def _is(day: Expr, known: dt.date) -> Expr:
    return Compare(Order.EQ, day, Const(known, Date()))
