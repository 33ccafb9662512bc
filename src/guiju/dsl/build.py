"""From Lark's parse tree to our syntax tree: one method for each rule of ``grammar.lark``.

Trusts that the tree came out of that grammar. A few mistakes that the grammar cannot see (a date that does
not exist) go into the bag.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from lark import Token, Transformer, Tree
from lark.tree import Meta
from lark.visitors import v_args

from guiju.dsl import tree as t
from guiju.dsl.diagnostics import Bag
from guiju.dsl.source import Place

_COMPARATORS = {
    "EQ": t.Comparator.EQ,
    "NE": t.Comparator.NE,
    "LT": t.Comparator.LT,
    "BELOW": t.Comparator.LT,
    "LE": t.Comparator.LE,
    "AT_MOST": t.Comparator.LE,
    "GT": t.Comparator.GT,
    "EXCEEDS": t.Comparator.GT,
    "GE": t.Comparator.GE,
    "AT_LEAST": t.Comparator.GE,
}
_MODALITIES = {"MUST": t.Modality.MUST, "MUST_NOT": t.Modality.MUST_NOT, "MAY": t.Modality.MAY}


def build(parsed: Tree[Token], file: str, bag: Bag) -> t.Declaration:
    """The declaration that ``parsed`` stands for."""
    declaration: t.Declaration = _Builder(file, bag).transform(parsed)
    return declaration


def _first(children: list[Any], kind: Any) -> Any:
    return next((c for c in children if isinstance(c, kind)), None)


def _all(children: list[Any], kind: Any) -> tuple[Any, ...]:
    return tuple(c for c in children if isinstance(c, kind))


class _Note(t.Text):
    """A note clause, told apart from other strings while its declaration is built."""


@v_args(meta=True)
class _Builder(Transformer[Token, Any]):
    def __init__(self, file: str, bag: Bag) -> None:
        super().__init__(visit_tokens=True)
        self.file = file
        self.bag = bag

    # Tokens

    def _token_place(self, token: Token) -> Place:
        return Place(self.file, token.line or 1, token.column or 1, max(1, len(token)))

    def NAME(self, token: Token) -> t.Name:  # noqa: N802 (Lark names the callback after the terminal)
        return t.Name(str(token), self._token_place(token))

    def STRING(self, token: Token) -> t.Text:  # noqa: N802
        return t.Text(str(token)[1:-1].strip(), self._token_place(token))

    def DATE(self, token: Token) -> t.DateLiteral:  # noqa: N802
        place = self._token_place(token)
        try:
            return t.DateLiteral(dt.date.fromisoformat(str(token)), place)
        except ValueError:
            self.bag.error("E106", place, f"没有 {token} 这一天", f"there is no day {token}")
            return t.DateLiteral(dt.date(2000, 1, 1), place)

    def _place(self, meta: Meta) -> Place:
        if meta.empty:
            return Place(self.file, 1)
        length = meta.end_column - meta.column if meta.end_line == meta.line else 1
        return Place(self.file, meta.line, meta.column, max(1, length))

    def declaration(self, meta: Meta, c: list[Any]) -> Any:
        return c[0]

    # The world

    def territory(self, meta: Meta, c: list[Any]) -> t.Territory:
        return t.Territory(c[0], c[1], c[0].place)

    def rank(self, meta: Meta, c: list[Any]) -> t.Rank:
        return t.Rank(c[0], str(c[1]), c[2] is not None, c[0].place)

    def authority(self, meta: Meta, c: list[Any]) -> t.Authority:
        return t.Authority(c[0], c[1], c[2], c[3], c[0].place)

    def department(self, meta: Meta, c: list[Any]) -> t.Department:
        return t.Department(c[0], c[1], c[0].place)

    def kind(self, meta: Meta, c: list[Any]) -> t.Enumeration:
        names = _all(c, t.Name)
        return t.Enumeration(names[0], names[1:], False, names[0].place)

    def scale(self, meta: Meta, c: list[Any]) -> t.Enumeration:
        names = _all(c, t.Name)
        return t.Enumeration(names[0], names[1:], True, names[0].place)

    def entity(self, meta: Meta, c: list[Any]) -> t.Entity:
        return t.Entity(c[0], _all(c, t.Fact), _all(c, t.Record), _first(c, _Note), c[0].place)

    def fact(self, meta: Meta, c: list[Any]) -> t.Fact:
        marks = c[2:]
        default = next((m[1] for m in marks if isinstance(m, tuple)), None)
        return t.Fact(c[0], c[1], default, "judgement" in marks, _first(marks, _Note), c[0].place)

    def default(self, meta: Meta, c: list[Any]) -> tuple[str, t.Expr]:
        return ("default", c[0])

    def judgement(self, meta: Meta, c: list[Any]) -> str:
        return "judgement"

    def record(self, meta: Meta, c: list[Any]) -> t.Record:
        return t.Record(c[0], _all(c, t.Field), _first(c, _Note), c[0].place)

    def field_of(self, meta: Meta, c: list[Any]) -> t.Field:
        return t.Field(c[0], c[1], _first(c, _Note), c[0].place)

    def boolean_type(self, meta: Meta, c: list[Any]) -> t.BooleanType:
        return t.BooleanType(self._place(meta))

    def date_type(self, meta: Meta, c: list[Any]) -> t.DateType:
        return t.DateType(self._place(meta))

    def named_type(self, meta: Meta, c: list[Any]) -> t.NamedType:
        return t.NamedType(c[0], c[0].place)

    def integer_type(self, meta: Meta, c: list[Any]) -> t.NumberType:
        return t.NumberType(c[0], c[1], None, _unit(c[2]), self._place(meta))

    def decimal_type(self, meta: Meta, c: list[Any]) -> t.NumberType:
        return t.NumberType(c[0], c[1], str(c[2]), _unit(c[3]), self._place(meta))

    def signed(self, meta: Meta, c: list[Any]) -> str:
        return "".join(c)

    def action(self, meta: Meta, c: list[Any]) -> t.Action:
        name, bearer, patient, legal_class, combination = c[:5]
        return t.Action(name, bearer, patient, legal_class, combination, _first(c, _Note), name.place)

    def combination(self, meta: Meta, c: list[Any]) -> str:
        return str(c[0].type)

    def outcome(self, meta: Meta, c: list[Any]) -> t.Outcome:
        return t.Outcome(c[0], c[1], c[2], c[3], _first(c, _Note), c[0].place)

    def term(self, meta: Meta, c: list[Any]) -> t.Term:
        return t.Term(c[0], c[2], _first(c, _Note), c[0].place)

    def assumption(self, meta: Meta, c: list[Any]) -> t.Assumption:
        return t.Assumption(c[0], c[1], _first(c, _Note), self._place(meta))

    def reading(self, meta: Meta, c: list[Any]) -> t.Reading:
        names = _all(c, t.Name)
        citations = tuple(x for x in c if isinstance(x, t.Text) and not isinstance(x, _Note))
        return t.Reading(names[0], names[1:], citations, _first(c, _Note), names[0].place)

    def horizon(self, meta: Meta, c: list[Any]) -> t.Horizon:
        return t.Horizon(c[0], c[1], self._place(meta))

    def note(self, meta: Meta, c: list[Any]) -> _Note:
        return _Note(c[0].text, c[0].place)

    # Instruments

    def instrument(self, meta: Meta, c: list[Any]) -> t.Instrument:
        return t.Instrument(c[0], tuple(c[1:]), c[0].place)

    def _header(self, meta: Meta, key: str, value: Any) -> t.Header:
        return t.Header(key, value, self._place(meta))

    def version(self, meta: Meta, c: list[Any]) -> t.Header:
        return self._header(meta, "version", c[0])

    def title(self, meta: Meta, c: list[Any]) -> t.Header:
        return self._header(meta, "title", c[0])

    def numbered(self, meta: Meta, c: list[Any]) -> t.Header:
        return self._header(meta, "numbered", c[0])

    def issuer(self, meta: Meta, c: list[Any]) -> t.Header:
        return self._header(meta, "issuer", c[0])

    def ranked(self, meta: Meta, c: list[Any]) -> t.Header:
        return self._header(meta, "ranked", c[0])

    def area(self, meta: Meta, c: list[Any]) -> t.Header:
        return self._header(meta, "area", c[0])

    def issued(self, meta: Meta, c: list[Any]) -> t.Header:
        return self._header(meta, "issued", c[0])

    def starts(self, meta: Meta, c: list[Any]) -> t.Header:
        return self._header(meta, "starts", c[0])

    def ends(self, meta: Meta, c: list[Any]) -> t.Header:
        return self._header(meta, "ends", c[0])

    def repeals(self, meta: Meta, c: list[Any]) -> t.Header:
        return self._header(meta, "repeals", c[0])

    def basis(self, meta: Meta, c: list[Any]) -> t.Basis:
        return t.Basis(c[0], c[1].date if c[1] else None, self._place(meta))

    def yields(self, meta: Meta, c: list[Any]) -> t.Yields:
        return t.Yields(c[0], self._place(meta))

    def prevails(self, meta: Meta, c: list[Any]) -> t.Prevails:
        return t.Prevails(c[0], c[1] or (), c[2], self._place(meta))

    def topic(self, meta: Meta, c: list[Any]) -> t.Topics:
        return t.Topics(c[0], self._place(meta))

    def annex(self, meta: Meta, c: list[Any]) -> t.Annex:
        return t.Annex(str(c[0]), c[1], c[2], c[3] is not None, self._place(meta))

    def contents(self, meta: Meta, c: list[Any]) -> t.Contents:
        return t.Contents(tuple(c), self._place(meta))

    def names(self, meta: Meta, c: list[Any]) -> tuple[t.Name, ...]:
        return tuple(c)

    def omit(self, meta: Meta, c: list[Any]) -> t.Omission:
        at = next(i for i, x in enumerate(c) if isinstance(x, t.Name))
        return t.Omission(tuple(c[:at]), c[at], c[at + 1], self._place(meta))

    def claim(self, meta: Meta, c: list[Any]) -> t.Claim:
        note = _first(c, _Note)
        rest = [x for x in c if x is not None and x is not note]
        return t.Claim(rest[0], tuple(rest[1:-1]), rest[-1], note, rest[0].place)

    # Rules

    def rule(self, meta: Meta, c: list[Any]) -> t.Rule:
        name, clauses = c[0], c[1:]

        def single(key: str, what: str) -> Any:
            found = [value for k, value, _ in clauses if k == key]
            for k, _, place in [x for x in clauses if x[0] == key][1:]:
                self.bag.error("E105", place, f"一条规则只能有一个{what}", f"a rule has only one '{k}' clause")
            return found[0] if found else None

        def every(key: str) -> tuple[Any, ...]:
            return tuple(value for k, value, _ in clauses if k == key)

        clauses = [(x.key, x.value, x.place) if isinstance(x, t.Header) else x for x in clauses]
        clauses = [("note", x, x.place) if isinstance(x, _Note) else x for x in clauses]
        return t.Rule(
            name=name,
            citations=tuple(x for group in every("cites") for x in group),
            group=single("group", "组"),
            area=single("area", "地域"),
            when=every("when"),
            unless=every("unless"),
            occurred=single("occurred", "事发"),
            effects=every("then"),
            overrides=tuple(x for group in every("overrides") for x in group),
            strength=single("strength", "强度"),
            note=single("note", "注"),
            place=name.place,
        )

    def cites(self, meta: Meta, c: list[Any]) -> Any:
        return ("cites", tuple(c), self._place(meta))

    def group(self, meta: Meta, c: list[Any]) -> Any:
        return ("group", c[0], self._place(meta))

    def when(self, meta: Meta, c: list[Any]) -> Any:
        return ("when", c[0], self._place(meta))

    def unless(self, meta: Meta, c: list[Any]) -> Any:
        return ("unless", c[0], self._place(meta))

    def occurred(self, meta: Meta, c: list[Any]) -> Any:
        return ("occurred", c[0], self._place(meta))

    def then(self, meta: Meta, c: list[Any]) -> Any:
        return ("then", c[0], self._place(meta))

    def overrides(self, meta: Meta, c: list[Any]) -> Any:
        return ("overrides", tuple(c), self._place(meta))

    def normally(self, meta: Meta, c: list[Any]) -> Any:
        return ("strength", "normally", self._place(meta))

    def encouraged(self, meta: Meta, c: list[Any]) -> Any:
        return ("strength", "encouraged", self._place(meta))

    def deontic(self, meta: Meta, c: list[Any]) -> t.Deontic:
        return t.Deontic(c[0], c[1], c[2], tuple(c[3:]), self._place(meta))

    def modality(self, meta: Meta, c: list[Any]) -> t.Modality:
        return _MODALITIES[c[0].type]

    def valued(self, meta: Meta, c: list[Any]) -> t.Valued:
        return t.Valued(c[0], c[1], False, self._place(meta))

    def may_valued(self, meta: Meta, c: list[Any]) -> t.Valued:
        return t.Valued(c[1], c[2], True, self._place(meta))

    def required(self, meta: Meta, c: list[Any]) -> t.Required:
        return t.Required(c[0], c[1], c[2], self._place(meta))

    def actor(self, meta: Meta, c: list[Any]) -> t.Actor:
        return c[0] if isinstance(c[0], t.Name) else t.Unspecified(self._place(meta))

    def actors(self, meta: Meta, c: list[Any]) -> tuple[t.Actor, ...]:
        return tuple(c)

    def unspecified(self, meta: Meta, c: list[Any]) -> t.Unspecified:
        return t.Unspecified(self._place(meta))

    def on(self, meta: Meta, c: list[Any]) -> t.On:
        return t.On(c[0], self._place(meta))

    def to(self, meta: Meta, c: list[Any]) -> t.Recipients:
        return t.Recipients(c[0], False, self._place(meta))

    def copy(self, meta: Meta, c: list[Any]) -> t.Recipients:
        return t.Recipients(c[0], True, self._place(meta))

    def within(self, meta: Meta, c: list[Any]) -> t.Within:
        return t.Within(c[0], c[1], self._place(meta))

    def due(self, meta: Meta, c: list[Any]) -> t.Due:
        return t.Due(c[0], self._place(meta))

    def lasting(self, meta: Meta, c: list[Any]) -> t.Lasting:
        return t.Lasting(c[0], c[1], self._place(meta))

    def each(self, meta: Meta, c: list[Any]) -> t.Each:
        return t.Each(c[0], self._place(meta))

    # Examples

    def example(self, meta: Meta, c: list[Any]) -> t.Example:
        date = next((x[1] for x in c if isinstance(x, tuple) and x[0] == "date"), None)
        area = _first(c, t.Header)
        expected = _all(c, t.ExpectDeontic | t.ExpectValue | t.ExpectConflict | t.ExpectSilent)
        note = _first(c, _Note)
        return t.Example(
            c[0], date, area.value if area else None, _all(c, t.Given), expected, note, c[0].place
        )

    def on_date(self, meta: Meta, c: list[Any]) -> Any:
        return ("date", c[0].date)

    def given(self, meta: Meta, c: list[Any]) -> t.Given:
        return t.Given(c[0], c[2], self._place(meta))

    def rows(self, meta: Meta, c: list[Any]) -> tuple[t.Row, ...]:
        return _all(c, t.Row)

    def row(self, meta: Meta, c: list[Any]) -> t.Row:
        return t.Row(tuple(x for x in c if x is not None), self._place(meta))

    def pair(self, meta: Meta, c: list[Any]) -> tuple[t.Name, t.Expr]:
        return (c[0], c[1])

    def expect(self, meta: Meta, c: list[Any]) -> Any:
        return c[0]

    def expect_deontic(self, meta: Meta, c: list[Any]) -> t.ExpectDeontic:
        return t.ExpectDeontic(c[0], c[1], c[2], c[3], self._place(meta))

    def expect_value(self, meta: Meta, c: list[Any]) -> t.ExpectValue:
        return t.ExpectValue(c[0], c[1], self._place(meta))

    def expect_conflict(self, meta: Meta, c: list[Any]) -> t.ExpectConflict:
        return t.ExpectConflict(c[0], self._place(meta))

    def expect_silent(self, meta: Meta, c: list[Any]) -> t.ExpectSilent:
        return t.ExpectSilent(c[0], self._place(meta))

    # Expressions

    def implies(self, meta: Meta, c: list[Any]) -> t.Logic:
        return t.Logic(t.Connective.IMPLIES, (c[0], c[1]), self._place(meta))

    def or_(self, meta: Meta, c: list[Any]) -> t.Logic:
        return t.Logic(t.Connective.OR, tuple(c), self._place(meta))

    def and_(self, meta: Meta, c: list[Any]) -> t.Logic:
        return t.Logic(t.Connective.AND, tuple(c), self._place(meta))

    def not_(self, meta: Meta, c: list[Any]) -> t.Negation:
        return t.Negation(c[0], self._place(meta))

    def comparator(self, meta: Meta, c: list[Any]) -> t.Comparator:
        return _COMPARATORS[c[0].type]

    def compare(self, meta: Meta, c: list[Any]) -> t.Comparison:
        return t.Comparison(c[1], c[0], c[2], self._place(meta))

    def in_(self, meta: Meta, c: list[Any]) -> t.Membership:
        return t.Membership(c[0], c[1], self._place(meta))

    def add(self, meta: Meta, c: list[Any]) -> t.Calculation:
        return t.Calculation(t.Arithmetic.ADD, c[0], c[1], self._place(meta))

    def subtract(self, meta: Meta, c: list[Any]) -> t.Calculation:
        return t.Calculation(t.Arithmetic.SUBTRACT, c[0], c[2], self._place(meta))

    def times(self, meta: Meta, c: list[Any]) -> t.Multiple:
        return t.Multiple(str(c[0]), c[1], self._place(meta))

    def ref(self, meta: Meta, c: list[Any]) -> t.Ref:
        return t.Ref(tuple(c), self._place(meta))

    def today(self, meta: Meta, c: list[Any]) -> t.TodayIs:
        return t.TodayIs(self._place(meta))

    def at(self, meta: Meta, c: list[Any]) -> t.Located:
        return t.Located(c[0], self._place(meta))

    def if_(self, meta: Meta, c: list[Any]) -> t.Conditional:
        return t.Conditional(c[0], c[1], c[2], self._place(meta))

    def choose(self, meta: Meta, c: list[Any]) -> t.Choice:
        return t.Choice(c[0], tuple(c[1:]), self._place(meta))

    def arm(self, meta: Meta, c: list[Any]) -> t.Arm:
        return t.Arm(c[0], c[1])

    def _aggregation(self, meta: Meta, c: list[Any], aggregate: t.Aggregate) -> t.Aggregation:
        return t.Aggregation(aggregate, c[0], c[1], self._place(meta))

    def count(self, meta: Meta, c: list[Any]) -> t.Aggregation:
        return self._aggregation(meta, c, t.Aggregate.COUNT)

    def any_(self, meta: Meta, c: list[Any]) -> t.Aggregation:
        return self._aggregation(meta, c, t.Aggregate.ANY)

    def every(self, meta: Meta, c: list[Any]) -> t.Aggregation:
        return self._aggregation(meta, c, t.Aggregate.EVERY)

    def earliest(self, meta: Meta, c: list[Any]) -> t.Aggregation:
        return self._aggregation(meta, c, t.Aggregate.EARLIEST)

    def latest(self, meta: Meta, c: list[Any]) -> t.Aggregation:
        return self._aggregation(meta, c, t.Aggregate.LATEST)

    def days_between(self, meta: Meta, c: list[Any]) -> t.DaysFromTo:
        return t.DaysFromTo(c[0], c[1], self._place(meta))

    def members(self, meta: Meta, c: list[Any]) -> t.MemberCount:
        return t.MemberCount(c[0], self._place(meta))

    def quantity(self, meta: Meta, c: list[Any]) -> t.Quantity:
        return t.Quantity(str(c[0]), _unit(c[1]), self._place(meta))

    def negative(self, meta: Meta, c: list[Any]) -> t.Quantity:
        return t.Quantity(f"-{c[1]}", _unit(c[2]), self._place(meta))

    def date(self, meta: Meta, c: list[Any]) -> t.DateLiteral:
        literal: t.DateLiteral = c[0]
        return literal

    def true(self, meta: Meta, c: list[Any]) -> t.Truth:
        return t.Truth(True, self._place(meta))

    def false(self, meta: Meta, c: list[Any]) -> t.Truth:
        return t.Truth(False, self._place(meta))

    def forever(self, meta: Meta, c: list[Any]) -> t.Forever:
        return t.Forever(self._place(meta))


def _unit(token: Token | t.Name | None) -> str | None:
    if token is None:
        return None
    return token.text if isinstance(token, t.Name) else str(token.type)
