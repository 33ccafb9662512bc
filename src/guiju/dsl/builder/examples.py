"""Examples: one function for each rule of this part of the grammar."""

from __future__ import annotations

from typing import Any

from guiju.dsl import tree as t
from guiju.dsl.builder.at import At, Children, at_most_once, every, note_of


def example(at: At, c: Children) -> t.Example:
    headers = every(c, t.Header)

    def only(key: str, zh: str) -> Any:
        return at_most_once(at, [(x.value, x.place) for x in headers if x.key == key], zh, key)

    date = only("asof", "于")
    return t.Example(
        label=c[0],
        date=date.date if date else None,
        area=only("area", "地域"),
        given=every(c, t.Given),
        expected=every(c, t.ExpectDeontic | t.ExpectValue | t.ExpectConflict | t.ExpectSilent),
        note=note_of(c),
        place=c[0].place,
    )


def on_date(at: At, c: Children) -> t.Header:
    return t.Header("asof", c[0], at.place)


def given(at: At, c: Children) -> t.Given:
    return t.Given(c[0], c[2], at.place)


def rows(at: At, c: Children) -> tuple[t.Row, ...]:
    return every(c, t.Row)


def row(at: At, c: Children) -> t.Row:
    return t.Row(tuple(x for x in c if x is not None), at.place)


def pair(at: At, c: Children) -> tuple[t.Name, t.Expr]:
    return (c[0], c[1])


def expect(at: At, c: Children) -> Any:
    return c[0]


def expect_deontic(at: At, c: Children) -> t.ExpectDeontic:
    return t.ExpectDeontic(c[0], c[1], c[2], c[3], c[4], at.place)


def until(at: At, c: Children) -> t.Until:
    return t.Until(c[0], at.place)


def expect_value(at: At, c: Children) -> t.ExpectValue:
    return t.ExpectValue(c[0], c[1], at.place)


def expect_conflict(at: At, c: Children) -> t.ExpectConflict:
    return t.ExpectConflict(c[0], at.place)


def expect_silent(at: At, c: Children) -> t.ExpectSilent:
    return t.ExpectSilent(c[0], at.place)
