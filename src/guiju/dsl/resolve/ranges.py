"""Whether what an example gives lies in the ranges that its facts declare, and its days in the horizon."""

from __future__ import annotations

import datetime as dt

from guiju.dsl import typed as y
from guiju.dsl.diagnostics import Bag
from guiju.dsl.source import Place
from guiju.dsl.types import Integer, Type


def check(program: y.Program, bag: Bag) -> None:
    """Report each value of an example that no case could have."""
    first, last = program.horizon
    for example in program.examples:
        _day(example.date, example.place, first, last, bag)
        for name, value in example.facts.items():
            _value(value, program.facts[name].type, first, last, bag)
        for record, rows in example.records.items():
            for row in rows:
                for field, value in row.items():
                    _value(value, program.records[record].fields[field], first, last, bag)


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
