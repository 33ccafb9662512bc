"""Expressions of the kernel in words, for a reader of regulations: 机构.已登记，且 企业.人数超过 50 人.

Faithful before fluent: a phrase says what its expression says, no more and no less. Names stay as the specs
write them; connectives are Chinese or English. A negation is drawn into a comparison (不超过, not 并非超过)
only where both sides always have a value: an atom over an undefined side is false, its negation true.
"""

from __future__ import annotations

from attrs import frozen

from guiju.checker import phrasing_terms, wording
from guiju.compiler.kernel import (
    FALSE,
    TRUE,
    And,
    AtLeast,
    Compare,
    Const,
    Corpus,
    Date,
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
    Sum,
    Today,
    walk,
)
from guiju.compiler.typing import check_type
from guiju.dsl.source import Bilingual

#: For each kind of ordered value: left < right, left <= right, and with the sides exchanged.
_NUMBER = (("少于", "less than"), ("不超过", "at most"), ("超过", "more than"), ("不少于", "at least"))
_DATE = (("早于", "before"), ("不晚于", "no later than"), ("晚于", "after"), ("不早于", "no earlier than"))
_SCALE = (("低于", "below"), ("不高于", "at most"), ("高于", "above"), ("不低于", "at least"))


def phrase(expr: Expr, corpus: Corpus) -> Bilingual:
    """``expr`` in words: a condition as a clause, a term as a noun phrase."""
    return _Phrasing(corpus).of(expr)


def conditions(expr: Expr, corpus: Corpus) -> tuple[Bilingual, ...]:
    """The conjuncts of ``expr`` in words, one each; none where it always holds."""
    parts = expr.args if isinstance(expr, And) else (expr,)
    phrasing = _Phrasing(corpus)
    alone = len(parts) == 1
    return tuple(phrasing.of(p) if alone else phrasing.operand(p) for p in parts if p != TRUE)


def noun(term: Expr, corpus: Corpus) -> Bilingual:
    """A term in words that can stand among others: in brackets where it would fall apart."""
    return _Phrasing(corpus).operand(term)


def duration(amount: Expr, unit: str, corpus: Corpus) -> Bilingual:
    """An amount of time in ``unit``; whole years as years."""
    return phrasing_terms.duration(amount, unit, _Phrasing(corpus).operand)


@frozen
class _Phrasing:
    """``record``: whose rows a filter ranges over, for the types of its fields."""

    corpus: Corpus
    record: str | None = None

    def of(self, expr: Expr) -> Bilingual:
        match expr:
            case Const(value, type_):
                return {TRUE: Bilingual("一律", "always"), FALSE: Bilingual("从不", "never")}.get(
                    expr, wording.value(value, type_)
                )
            case FactRef(name) | FieldRef(field=name):
                return Bilingual(name, name)
            case ReadingRef(name):
                return Bilingual(f"读法“{name}”", f"the reading {name}")
            case Today():
                return Bilingual("今日", "today")
            case InTerritory(place):
                return Bilingual(f"在{place}", f"in {place}")
            case Not(arg):
                return self._not(arg)
            case And(args):
                return _joined(args, "，且 ", " and ", self)
            case Or(args):
                return self._members(args) or _joined(args, " 或 ", " or ", self)
            case Compare(order, left, right):
                return self._compared(order, left, right)
            case AtLeast():
                return self._rows(expr)
            case If(cond, then, orelse):
                return self._chosen(cond, then, orelse)
            case Extreme():
                return self._extreme(expr)
            case _:
                return phrasing_terms.term(expr, self.operand)

    def operand(self, expr: Expr) -> Bilingual:
        """``expr`` in brackets where it would fall apart among other words."""
        inner = self.of(expr)
        if isinstance(expr, Or) and self._members(expr.args) is not None:
            return inner
        if isinstance(expr, And | Or | If | Sum):
            return Bilingual(f"（{inner.zh}）", f"({inner.en})")
        return inner

    # --- Conditions

    def _not(self, arg: Expr) -> Bilingual:
        match arg:
            case Compare(Order.EQ, left, right) if left != right:
                a, b = self.operand(left), self.operand(right)
                return Bilingual(f"{a.zh}不为“{b.zh}”", f"{a.en} is not {b.en}")
            case Compare(Order.LT, left, right) if _defined(left, right):
                return self._compared(Order.LE, right, left)
            case Compare(Order.LE, left, right) if _defined(left, right):
                return self._compared(Order.LT, right, left)
            case AtLeast():
                return self._too_few(arg)
            case Or(args) if (listed := _listed(args)) is not None:
                subject, members = self.operand(listed[0]), self._named(listed[1])
                return Bilingual(
                    f"{subject.zh}不为{members.zh}中的任何一个", f"{subject.en} is none of {members.en}"
                )
            case FactRef() | FieldRef() | InTerritory():
                inner = self.of(arg)
                return Bilingual(f"非 {inner.zh}", f"not {inner.en}")
            case _:
                inner = self.of(arg)
                return Bilingual(f"并非（{inner.zh}）", f"not ({inner.en})")

    def _compared(self, order: Order, left: Expr, right: Expr) -> Bilingual:
        if left == right:
            a = self.operand(left)
            return Bilingual(f"有{a.zh}可言", f"there is such a day as {a.en}")
        if order is Order.EQ:
            a, b = self.operand(left), self.operand(right)
            if isinstance(left, ReadingRef):
                return Bilingual(f"{a.zh}取“{b.zh}”", f"{a.en} is taken as {b.en}")
            named = isinstance(check_type(left, self.corpus, self.record), Enumeration)
            return Bilingual(f"{a.zh}为“{b.zh}”" if named else f"{a.zh}等于 {b.zh}", f"{a.en} is {b.en}")
        strict = order is Order.LT
        if isinstance(left, Const) and not isinstance(right, Const):  # the one that varies goes first
            left, right, chosen = right, left, 2 if strict else 3
        else:
            chosen = 0 if strict else 1
        zh, en = self._words(left)[chosen]
        a, b = self.operand(left), self.operand(right)
        return Bilingual(f"{a.zh}{zh} {b.zh}", f"{a.en} is {en} {b.en}")

    def _words(self, side: Expr) -> tuple[tuple[str, str], ...]:
        match check_type(side, self.corpus, self.record):
            case Date():
                return _DATE
            case Enumeration():
                return _SCALE
            case _:
                return _NUMBER

    def _members(self, args: tuple[Expr, ...]) -> Bilingual | None:
        """One fact that equals one of several members (属于)."""
        listed = _listed(args)
        if listed is None:
            return None
        subject, members = self.operand(listed[0]), self._named(listed[1])
        return Bilingual(f"{subject.zh}为{members.zh}之一", f"{subject.en} is one of {members.en}")

    def _named(self, members: tuple[Expr, ...]) -> Bilingual:
        values = [self.of(member) for member in members]
        return Bilingual("、".join(f"“{v.zh}”" for v in values), ", ".join(v.en for v in values))

    def _chosen(self, cond: Expr, then: Expr, orelse: Expr) -> Bilingual:
        match cond:
            case Compare(Order.EQ, ReadingRef(name), Const(str() as choice)):
                return self._by_reading(name, choice, then, orelse)
            case _:
                a, b, c = self.of(cond), self.of(then), self.of(orelse)
                return Bilingual(f"{a.zh}时{b.zh}，否则{c.zh}", f"{b.en} if {a.en}, else {c.en}")

    def _by_reading(self, name: str, choice: str, then: Expr, orelse: Expr) -> Bilingual:
        """What each choice for one reading gives (择)."""
        left = [c for c in self.corpus.readings[name].choices if c != choice]
        given = [(choice, self.of(then))]
        while isinstance(orelse, If):
            match orelse.cond:
                case Compare(Order.EQ, ReadingRef(same), Const(str() as another)) if same == name:
                    given.append((another, self.of(orelse.then)))
                    left.remove(another)
                    orelse = orelse.orelse
                case _:
                    break
        given.append(("、".join(left), self.of(orelse)))
        return Bilingual(
            f"读法“{name}”{'，'.join(f'取“{c}”则{w.zh}' for c, w in given)}",
            f"under the reading {name}: {', '.join(f'{w.en} if {c}' for c, w in given)}",
        )

    # --- Rows

    def _filter(self, record: str, where: Expr) -> Bilingual:
        if where == TRUE:
            return Bilingual("", "")
        inner = _Phrasing(self.corpus, record).of(where)
        return Bilingual(f"（{inner.zh}）", f" ({inner.en})")

    def _rows(self, rows: AtLeast) -> Bilingual:
        those = self._filter(rows.record, rows.where)
        if rows.threshold <= 1:
            return Bilingual(f"有{rows.record}{those.zh}", f"there is a row of {rows.record}{those.en}")
        return Bilingual(
            f"{rows.record}{those.zh}不少于 {rows.threshold} 条",
            f"at least {rows.threshold} rows of {rows.record}{those.en}",
        )

    def _too_few(self, rows: AtLeast) -> Bilingual:
        if rows.threshold == 1 and isinstance(rows.where, Not):
            every = _Phrasing(self.corpus, rows.record).of(rows.where.arg)
            return Bilingual(f"每条{rows.record}都{every.zh}", f"every row of {rows.record}: {every.en}")
        those = self._filter(rows.record, rows.where)
        if rows.threshold == 1:
            return Bilingual(f"没有{rows.record}{those.zh}", f"there is no row of {rows.record}{those.en}")
        return Bilingual(
            f"{rows.record}{those.zh}少于 {rows.threshold} 条",
            f"fewer than {rows.threshold} rows of {rows.record}{those.en}",
        )

    def _extreme(self, expr: Extreme) -> Bilingual:
        those = self._filter(expr.record, expr.where)
        which, which_en = ("最晚", "latest") if expr.latest else ("最早", "earliest")
        return Bilingual(
            f"{expr.record}{those.zh}中{which}的{expr.field}",
            f"the {which_en} {expr.field} of {expr.record}{those.en}",
        )


def _joined(args: tuple[Expr, ...], zh: str, en: str, phrasing: _Phrasing) -> Bilingual:
    parts = [phrasing.operand(arg) for arg in args]
    return Bilingual(zh.join(p.zh for p in parts), en.join(p.en for p in parts))


def _listed(args: tuple[Expr, ...]) -> tuple[Expr, tuple[Expr, ...]] | None:
    """The one term and the literals that it may equal, where a disjunction says nothing else."""
    sides = [(a.left, a.right) for a in args if isinstance(a, Compare) and a.order is Order.EQ]
    if not sides or len(sides) < len(args) or len({left for left, _ in sides}) > 1:
        return None
    if not all(isinstance(right, Const) for _, right in sides):
        return None
    return sides[0][0], tuple(right for _, right in sides)


def _defined(*terms: Expr) -> bool:
    return not any(isinstance(e, Extreme) for term in terms for e in walk(term))
