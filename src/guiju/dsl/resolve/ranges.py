"""Whether values fit where they stand: in the range of a fact or outcome, in the horizon, and constant.

What an example gives is a case, and a case holds values; a header speaks of no case at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from guiju.dsl import typed as y
from guiju.dsl.diagnostics import Bag
from guiju.dsl.source import Place
from guiju.dsl.types import Integer, Type


def check(program: y.Program, bag: Bag) -> None:
    """Report each value that could not be one: of an example, of a rule's outcome, in a header."""
    first, last = program.horizon
    for example in program.examples:
        _day(example.date, example.place, first, last, bag)
        for value, type_ in _given(example, program):
            if any(isinstance(e, (*_OF_A_CASE, y.ReadingUse)) for e in y.parts(value, program.terms)):
                bag.error("E301", value.place, "例中所给的须是常值", "what an example gives is a constant")
            else:
                _value(value, type_, first, last, bag)
    for fact in program.facts.values():
        if isinstance(fact.default, dt.date):
            _day(fact.default, fact.place, first, last, bag)
    for rule in program.rules:
        for effect in rule.effects:
            if isinstance(effect, y.Valued) and not isinstance(effect.value, y.Unstated):
                _outcome(effect.value, program.outcomes[effect.outcome], program, bag)
    for instrument in program.instruments.values():
        for day in (instrument.start, instrument.end):
            if day is not None and any(isinstance(e, _OF_A_CASE) for e in y.parts(day, program.terms)):
                bag.error(
                    "E301",
                    day.place,
                    "施行和失效的日期只能取决于读法，不能取决于个案",
                    "when an instrument is in force may depend on readings, not on a case",
                )


#: What an expression draws from a case and its context.
_OF_A_CASE = (y.FactUse, y.FieldUse, y.Rows, y.TodayUse, y.LocatedIn)


def _given(example: y.Example, program: y.Program) -> Iterator[tuple[y.Expr, Type]]:
    for name, value in example.facts.items():
        yield value, program.facts[name].type
    for record, rows in example.records.items():
        for row in rows:
            for field, value in row.items():
                yield value, program.records[record].fields[field]


def _outcome(value: y.Expr, outcome: y.Outcome, program: y.Program, bag: Bag) -> None:
    """Report a number that has more decimals than the outcome, or surely lies outside its range."""
    match value:
        case y.Apply(op=y.Op.IF, args=(_, then, orelse)):
            _outcome(then, outcome, program, bag)
            _outcome(orelse, outcome, program, bag)
        case y.TermUse(name):
            _outcome(program.terms[name], outcome, program, bag)
        case _:
            held, declared = value.type, outcome.type
            if not isinstance(held, Integer) or not isinstance(declared, Integer):
                return
            if held.scale > declared.scale:
                bag.error("E303", value.place, "小数位数超出结果的精度", "more decimals than the outcome has")
                return
            finer = 10 ** (declared.scale - held.scale)
            if held.low * finer > declared.high or held.high * finer < declared.low:
                bag.error(
                    "E303", value.place, "数值超出结果的范围", "the number is out of the outcome's range"
                )


def _value(value: y.Expr, type_: Type, first: dt.date, last: dt.date, bag: Bag) -> None:
    if not isinstance(value, y.Literal):
        return
    held = value.value
    if isinstance(held, dt.date):
        _day(held, value.place, first, last, bag)
    elif isinstance(type_, Integer) and isinstance(value.type, Integer) and isinstance(held, int):
        if value.type.scale != type_.scale:
            bag.error("E303", value.place, "小数位数超出事实的精度", "more decimals than the fact has")
        elif not type_.low <= held <= type_.high:
            bag.error("E303", value.place, "数值超出事实的范围", "the number is out of the fact's range")


def _day(day: dt.date, place: Place, first: dt.date, last: dt.date, bag: Bag) -> None:
    if not first <= day <= last:
        bag.error(
            "E303",
            place,
            f"{day} 不在时限 {first} 至 {last} 之内",
            f"{day} lies outside the horizon {first} to {last}",
        )
