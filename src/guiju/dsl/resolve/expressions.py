"""Names and types inside expressions.

``Scope.infer`` returns the typed expression, or None after reporting what is wrong with it; whoever calls it
goes on with the rest. An ``expected`` type lets the bare name of a member or choice stand for itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from attrs import evolve, field, frozen

from guiju.dsl import tree as t
from guiju.dsl import typed as y
from guiju.dsl.diagnostics import Bag, did_you_mean
from guiju.dsl.resolve.agreement import (
    BOOLEAN,
    compared,
    report_count,
    report_mismatch,
    report_units,
    units_agree,
)
from guiju.dsl.resolve.arithmetic import SHIFTS, choice, shifted, total
from guiju.dsl.resolve.quantities import DURATIONS, literal, rescaled, type_name
from guiju.dsl.resolve.symbols import Symbols, unknown
from guiju.dsl.source import Bilingual, Place
from guiju.dsl.types import FIRST_YEAR, LAST_YEAR, Date, Enumeration, Integer, Type

DATE = Date()

_OPS = {
    t.Comparator.EQ: y.Op.EQ,
    t.Comparator.NE: y.Op.NE,
    t.Comparator.LT: y.Op.LT,
    t.Comparator.LE: y.Op.LE,
    t.Comparator.GT: y.Op.GT,
    t.Comparator.GE: y.Op.GE,
}
_CONNECTIVES = {t.Connective.AND: y.Op.AND, t.Connective.OR: y.Op.OR, t.Connective.IMPLIES: y.Op.IMPLIES}


def reading_type(reading: t.Reading) -> Enumeration:
    """The type of a reading: an unordered enumeration of its choices."""
    return Enumeration(reading.name.text, tuple(c.text for c in reading.choices))


@frozen
class Scope:
    """Where an expression stands: the corpus' names, its instrument, the record whose rows are in view."""

    symbols: Symbols
    fact_types: dict[str, Type]
    field_types: dict[str, dict[str, Type]]
    term_types: dict[str, Type]
    bag: Bag
    instrument: str | None = None
    record: str | None = None
    quantified: set[str] = field(factory=set)  # the terms that look at rows; filled with ``term_types``

    def within(self, instrument: str | None) -> Scope:
        return evolve(self, instrument=instrument)

    # --- Checking against a type

    def check(self, expr: t.Expr, expected: Type) -> y.Expr | None:
        """``expr`` typed, or None after reporting that it is not of the ``expected`` type."""
        found = self.infer(expr, expected)
        if found is None:
            return None
        if isinstance(expected, Integer) and isinstance(found.type, Integer):
            if units_agree(found, expected):
                return rescaled(found, max(expected.scale, found.type.scale))
            report_units(expr.place, found.type, expected, self.bag)
            return None
        if isinstance(expected, Enumeration) and isinstance(found.type, Enumeration):
            agrees = expected.name == found.type.name
        else:
            agrees = type(expected) is type(found.type)
        if agrees:
            return found
        report_mismatch(expr.place, found.type, expected, self.bag)
        return None

    def boolean(self, expr: t.Expr) -> y.Expr | None:
        return self.check(expr, BOOLEAN)

    def date(self, expr: t.Expr) -> y.Expr | None:
        return self.check(expr, DATE)

    def duration(self, expr: t.Expr) -> y.Expr | None:
        """``expr`` if it is a length of time, else None after saying so."""
        found = self.infer(expr)
        if found is None:
            return None
        if isinstance(found.type, Integer) and found.type.unit in DURATIONS:
            return found
        self.bag.error(
            "E304",
            expr.place,
            f"这里应是期间，而不是{type_name(found.type).zh}",
            f"a length of time is needed here, not {type_name(found.type).en}",
            Bilingual("例如 3年、6月、10工作日、24小时", "such as 3 years, 6 months, 10 workdays, 24 hours"),
        )
        return None

    # --- Inference

    def infer(self, expr: t.Expr, expected: Type | None = None) -> y.Expr | None:
        """The typed expression, or None after reporting what is wrong with it; a bare count is."""
        found = self._infer(expr, expected)
        if isinstance(found, y.Rows) and found.aggregate is t.Aggregate.COUNT:
            report_count(found.place, self.bag)
            return None
        return found

    def _infer(self, expr: t.Expr, expected: Type | None = None) -> y.Expr | None:
        match expr:
            case t.Ref():
                return self._ref(expr, expected)
            case t.Quantity():
                return literal(expr, expected, self.bag)
            case t.DateLiteral(date, place):
                if not FIRST_YEAR <= date.year <= LAST_YEAR:
                    self.bag.error(
                        "E303",
                        place,
                        f"日期须在 {FIRST_YEAR} 至 {LAST_YEAR} 年之间",
                        f"a date lies in the years {FIRST_YEAR} to {LAST_YEAR}",
                        Bilingual("没有期限写作“无期限”", "write 'indefinitely' where there is no end"),
                    )
                    return None
                return y.Literal(date, DATE, place)
            case t.Truth(value, place):
                return y.Literal(value, BOOLEAN, place)
            case t.Forever(place):
                return y.Literal(dt.date.max, DATE, place)
            case t.TodayIs(place):
                return y.TodayUse(DATE, place)
            case t.Located(territory, place):
                if territory.text not in self.symbols.territories:
                    unknown(territory, "territory", self.symbols.territories, self.bag)
                    return None
                return y.LocatedIn(territory.text, BOOLEAN, place)
            case t.Logic(connective, args, place):
                return self._all(_CONNECTIVES[connective], args, place)
            case t.Negation(arg, place):
                return self._all(y.Op.NOT, (arg,), place)
            case t.Comparison():
                return self._comparison(expr)
            case t.Membership(arg, members, place):
                return self._membership(arg, members, place)
            case t.Conditional(cond, then, orelse, place):
                return self._conditional(cond, then, orelse, place, expected)
            case t.Choice():
                return self._choice(expr, expected)
            case t.Calculation():
                return self._calculation(expr)
            case t.Multiple(factor, arg, place):
                return self._multiple(factor, arg, place)
            case t.Aggregation():
                return self._aggregation(expr)
            case t.DaysFromTo(start, end, place):
                first, last = self.date(start), self.date(end)
                if first is None or last is None:
                    return None
                days = Integer(-73_000, 73_000, "days")
                return y.Apply(y.Op.DAYS_BETWEEN, (first, last), days, place)
            case t.MemberCount(name, place):
                enumeration = self.symbols.enumerations.get(name.text)
                if enumeration is None:
                    unknown(name, "type", self.symbols.enumerations, self.bag)
                    return None
                count = len(enumeration.members)
                return y.Literal(count, Integer(count, count), place)

    def _all(self, op: y.Op, args: tuple[t.Expr, ...], place: Place) -> y.Expr | None:
        found = [self.boolean(arg) for arg in args]
        sound = tuple(f for f in found if f is not None)
        return y.Apply(op, sound, BOOLEAN, place) if len(sound) == len(found) else None

    # --- Names

    def _ref(self, ref: t.Ref, expected: Type | None) -> y.Expr | None:
        found = self._meaning(ref)
        if isinstance(expected, Enumeration) and len(ref.parts) == 1:
            same = isinstance(found, y.Expr) and getattr(found.type, "name", None) == expected.name
            if ref.text in expected.members and not same:
                return y.Literal(ref.text, expected, ref.place)
        if found is not None:
            return found
        if len(ref.parts) == 2:
            enumeration = self.symbols.enumerations.get(ref.parts[0].text)
            if enumeration is not None and ref.parts[1].text in enumeration.members:
                return y.Literal(ref.parts[1].text, enumeration, ref.place)
        if isinstance(expected, Enumeration):
            self.bag.error(
                "E201",
                ref.place,
                f"{expected.name} 没有成员 {ref.text}",
                f"{expected.name} has no member {ref.text}",
                did_you_mean(ref.text, expected.members)
                or Bilingual(
                    f"成员有：{'、'.join(expected.members)}", f"it has {', '.join(expected.members)}"
                ),
            )
            return None
        homes = [e for e in self.symbols.enumerations.values() if ref.text in e.members]
        if len(homes) == 1:
            return y.Literal(ref.text, homes[0], ref.place)
        if homes:
            self.ambiguous(ref, [e.name for e in homes])
            return None
        if not self._declared(ref.text):  # what is declared but wrong was reported where it stands
            unknown(ref, "name", self._known(), self.bag)
        return None

    def _declared(self, text: str) -> bool:
        s = self.symbols
        return (
            text in s.facts
            or text in s.short_facts
            or bool({text, f"{self.instrument}.{text}"} & set(s.terms))
        )

    def _meaning(self, ref: t.Ref) -> y.Expr | None:
        """What ``ref`` stands for besides members of enumerations; None when nothing."""
        text, place, symbols = ref.text, ref.place, self.symbols
        if self.record is not None and text in self.field_types[self.record]:
            return y.FieldUse(self.record, text, self.field_types[self.record][text], place)
        for term in (f"{self.instrument}.{text}", text):
            if term in self.term_types:
                if self.record is not None and term in self.quantified:
                    self._nested(place)
                return y.TermUse(term, self.term_types[term], place)
        if text in self.fact_types:
            return y.FactUse(text, self.fact_types[text], place)
        short = symbols.short_facts.get(text, [])
        if len(short) > 1:
            self.ambiguous(ref, short)
        for name in short:
            if name in self.fact_types:  # else something is wrong with its declaration
                return y.FactUse(name, self.fact_types[name], place)
        if text in symbols.readings:
            return y.ReadingUse(text, reading_type(symbols.readings[text]), place)
        return None

    def _known(self) -> list[str]:
        s = self.symbols
        fields = list(self.field_types[self.record]) if self.record else []
        members = [m for e in s.enumerations.values() for m in e.members]
        terms = [name.rsplit(".", 1)[-1] for name in self.term_types]
        return [*fields, *s.facts, *s.short_facts, *terms, *s.readings, *members]

    def ambiguous(self, ref: t.Ref, meanings: Sequence[str]) -> None:
        """Report a short name that may stand for several."""
        names = "、".join(meanings)
        self.bag.error(
            "E203", ref.place, f"{ref.text} 不明确，可能是：{names}", f"{ref.text} is ambiguous: {names}"
        )

    # --- Comparisons

    def _bare_member(self, expr: t.Expr) -> bool:
        """Whether ``expr`` is a bare name that only an expected type can give a meaning to."""
        if not isinstance(expr, t.Ref) or len(expr.parts) != 1:
            return isinstance(expr, t.Quantity) and expr.unit is None
        text, s = expr.text, self.symbols
        in_row = self.record is not None and text in self.field_types[self.record]
        named = text in s.short_facts or text in s.readings or text in self.term_types
        return not (in_row or named or f"{self.instrument}.{text}" in self.term_types)

    def _comparison(self, expr: t.Comparison) -> y.Expr | None:
        if self._bare_member(expr.left) and not self._bare_member(expr.right):
            right = self._infer(expr.right)
            left = self._infer(expr.left, right.type if right else None)
        else:
            left = self._infer(expr.left)
            right = self._infer(expr.right, left.type if left else None)
        if left is None or right is None:
            return None
        return compared(_OPS[expr.comparator], left, right, expr.place, self.bag)

    def _membership(self, arg: t.Expr, members: tuple[t.Name, ...], place: Place) -> y.Expr | None:
        subject = self.infer(arg)
        if subject is None:
            return None
        if not isinstance(subject.type, Enumeration):
            self.bag.error(
                "E301",
                place,
                f"“属于”的左边应是种类或阶梯，而不是{type_name(subject.type).zh}",
                f"the left side of 'in' must be a kind or a scale, not {type_name(subject.type).en}",
            )
            return None
        found: list[y.Expr] = []
        for name in members:
            member = self._ref(t.Ref((name,), name.place), subject.type)
            if member is None:
                return None
            found.append(y.Apply(y.Op.EQ, (subject, member), BOOLEAN, name.place))
        return y.Apply(y.Op.OR, tuple(found), BOOLEAN, place)

    # --- Choices

    def _conditional(
        self, cond: t.Expr, then: t.Expr, orelse: t.Expr, place: Place, expected: Type | None
    ) -> y.Expr | None:
        test = self.boolean(cond)
        branches = self._alike((then, orelse), expected)
        if test is None or branches is None:
            return None
        return choice(test, branches[0], branches[1], place)

    def _alike(self, exprs: Sequence[t.Expr], expected: Type | None) -> list[y.Expr] | None:
        """``exprs`` of one type; where none is expected, one that has its own gives it to the rest."""
        if expected is None:
            telling = self.infer(next((e for e in exprs if not self._bare_member(e)), exprs[0]))
            if telling is None:
                return None
            expected = telling.type
        found = [self.check(e, expected) for e in exprs]
        sound = [e for e in found if e is not None]
        return sound if len(sound) == len(found) else None

    def _choice(self, expr: t.Choice, expected: Type | None) -> y.Expr | None:
        subject = self._ref(expr.subject, None)
        if subject is None:
            return None
        if not isinstance(subject.type, Enumeration):
            report_mismatch(expr.subject.place, subject.type, None, self.bag)
            return None
        arms: dict[str, y.Expr] = {}
        values = self._alike([arm.value for arm in expr.arms], expected)
        if values is None:
            return None
        for arm, value in zip(expr.arms, values, strict=True):
            if self._ref(t.Ref((arm.member,), arm.member.place), subject.type) is None:
                return None
            if arm.member.text in arms:
                self.bag.error(
                    "E202",
                    arm.member.place,
                    f"{arm.member.text} 出现了两次",
                    f"{arm.member.text} stands here twice",
                )
            arms[arm.member.text] = value
        missing = [m for m in subject.type.members if m not in arms]
        if missing:
            self.bag.error(
                "E409",
                expr.place,
                f"“择”没有覆盖：{'、'.join(missing)}",
                f"'choose' does not cover {', '.join(missing)}",
            )
            return None
        *most, last = subject.type.members
        result = arms[last]
        for member_name in reversed(most):
            test = y.Apply(
                y.Op.EQ,
                (subject, y.Literal(member_name, subject.type, expr.place)),
                BOOLEAN,
                expr.place,
            )
            result = choice(test, arms[member_name], result, expr.place)
        return result

    # --- Arithmetic

    def _calculation(self, expr: t.Calculation) -> y.Expr | None:
        left, right = self.infer(expr.left), self.infer(expr.right)
        if left is None or right is None:
            return None
        adds = expr.operator is t.Arithmetic.ADD
        match left.type, right.type:
            case Date(), Integer(unit=unit) if unit in SHIFTS:
                return shifted(left, right, unit, adds, expr.place, self.bag)
            case Date(), Date():
                self.bag.error(
                    "E301",
                    expr.place,
                    "日期之间不能相加减",
                    "dates cannot be added or subtracted",
                    Bilingual(
                        "相差的天数写作 天数(起, 止)", "write daysbetween(start, end) for the days between"
                    ),
                )
                return None
            case Integer() as a, Integer() as b:
                if not (units_agree(left, b) or units_agree(right, a)):
                    report_units(expr.place, a, b, self.bag)
                    return None
                return total(left, right, adds, expr.place)
            case a, b:
                bad = b if isinstance(a, Integer | Date) else a
                report_mismatch(expr.place, bad, None, self.bag)
                return None

    def _multiple(self, factor: str, arg: t.Expr, place: Place) -> y.Expr | None:
        found = self.infer(arg)
        if found is None:
            return None
        if not isinstance(found.type, Integer) or "." in factor:
            report_mismatch(place, found.type, Integer(0, 0), self.bag)
            return None
        by = int(factor)
        type_ = evolve(found.type, low=by * found.type.low, high=by * found.type.high)
        return y.Apply(y.Op.TIMES, (y.Literal(by, Integer(by, by), place), found), type_, place)

    # --- Records

    def _aggregation(self, expr: t.Aggregation) -> y.Expr | None:
        if self.record is not None:
            self._nested(expr.place)
            return None
        dated = expr.aggregate in (t.Aggregate.EARLIEST, t.Aggregate.LATEST)
        parts = expr.subject.parts[:-1] if dated else expr.subject.parts
        record = self._record(t.Ref(parts, expr.subject.place)) if parts else None
        if record is None:
            if not parts:
                unknown(expr.subject, "record", self._records(), self.bag)
            return None
        name: str | None = None
        if dated:
            name = expr.subject.parts[-1].text
            field_type = self.field_types[record].get(name)
            if field_type is None:
                unknown(expr.subject.parts[-1], "field", self.field_types[record], self.bag)
                return None
            if not isinstance(field_type, Date):
                report_mismatch(expr.subject.place, field_type, DATE, self.bag)
                return None
        where = evolve(self, record=record).boolean(expr.where) if expr.where is not None else None
        if expr.where is not None and where is None:
            return None
        types: dict[t.Aggregate, Type] = {t.Aggregate.COUNT: Integer(0, 1_000_000)}
        type_ = DATE if dated else types.get(expr.aggregate, BOOLEAN)
        return y.Rows(expr.aggregate, record, where, name, type_, expr.place)

    def _nested(self, place: Place) -> None:
        self.bag.error(
            "E305",
            place,
            "“其中”的条件里不能再用个数、任一、每一、最早、最晚（也不能经由术语）",
            "count, any, every, earliest and latest cannot be nested, nor by way of a term",
            Bilingual(
                "请把里面的条件提到外面，用“且”相连",
                "take the inner condition outside and join it with 'and'",
            ),
        )

    def _records(self) -> list[str]:
        return [*self.symbols.records, *self.symbols.short_records]

    def _record(self, ref: t.Ref) -> str | None:
        return resolve_record(ref, self.symbols, self.bag)


def resolve_record(ref: t.Ref, symbols: Symbols, bag: Bag) -> str | None:
    """The full name of the record that ``ref`` names, or None after reporting that there is none."""
    if ref.text in symbols.records:
        return ref.text
    short = symbols.short_records.get(ref.text, [])
    if len(short) == 1:
        return short[0]
    if short:
        names = "、".join(short)
        bag.error(
            "E203", ref.place, f"{ref.text} 不明确，可能是：{names}", f"{ref.text} is ambiguous: {names}"
        )
    else:
        unknown(ref, "record", [*symbols.records, *symbols.short_records], bag)
    return None
