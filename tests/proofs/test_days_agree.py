"""The calendar that is proved about and the one that evaluates: the same days on many cases."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import pytest

from guiju.compiler.days import OutOfCalendar
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import (
    Case,
    Clip,
    Compare,
    Const,
    Context,
    Corpus,
    Date,
    DaysBetween,
    Expr,
    Integer,
    Order,
    ShiftDays,
    ShiftMonths,
)
from guiju.compiler.smt.keys import date_of, key_of, number_of_key

FIRST, LAST = dt.date(1901, 1, 1), dt.date(2099, 12, 31)
EDGES = [
    *(dt.date(year, 2, 28) for year in (1901, 2000, 2023, 2024, 2099)),
    *(dt.date(year, 2, 29) for year in (1904, 2000, 2024, 2096)),
    *(dt.date(2024, month, 31) for month in (1, 3, 5, 7, 8, 10, 12)),
    *(dt.date(2025, month, 30) for month in (1, 4, 6, 9, 11)),
    *(dt.date(2025, month, 1) for month in (1, 3)),
    dt.date(1999, 12, 31),
    FIRST,
    LAST,
]
MONTHS = (0, 1, -1, 2, 3, 11, 12, -12, 13, 24, 36, 48, -48, 120, 1200)
NOWHERE = Corpus((FIRST, LAST), {}, {}, {}, {}, {}, {}, {}, {}, {}, ())
NOTHING = Context(Case(), FIRST, "")

Evaluate = Callable[[Sequence[str]], list[Any]]


def value(expr: Expr) -> Any:
    return evaluate(expr, NOWHERE, NOTHING)


def day(date: dt.date) -> Const:
    return Const(date, Date())


def number(amount: int, unit: str) -> Const:
    return Const(amount, Integer(-5000, 5000, unit))


def expected(one: dt.date, other: dt.date, months: int, days: int) -> list[int]:
    """What the proofs' ``day_report`` has to say, by the reference evaluator and the solver's numbers."""
    moves = [(months, Clip.DOWN), (months, Clip.UP), (months - months % 12, Clip.DOWN)]
    reached = [
        date_of(key_of(one)),
        *(value(ShiftMonths(day(one), number(amount, "months"), clip)) for amount, clip in moves),
        value(ShiftDays(day(one), number(days, "days"))),
    ]
    ahead = key_of(other) - key_of(one)
    assert value(Compare(Order.LT, day(one), day(other))) is (ahead > 0)
    between = value(DaysBetween(day(one), day(other)))
    numbers = [1, key_of(one), one.toordinal(), number_of_key(key_of(one)), ahead, between]
    return numbers + [part for each in reached for part in (each.year, each.month, each.day)]


def cases(count: int, seed: int) -> list[tuple[dt.date, dt.date, int, int]]:
    """The edges with each move, and ``count`` at random; none that leaves the calendar."""
    rng = random.Random(seed)

    def any_day() -> dt.date:
        return dt.date.fromordinal(rng.randint(FIRST.toordinal(), LAST.toordinal()))

    edges = [
        (date, rng.choice(EDGES), months, rng.randint(-40, 40)) for date, months in product(EDGES, MONTHS)
    ]
    drawn = [(any_day(), any_day(), rng.randint(-600, 600), rng.randint(-400, 400)) for _ in range(count)]
    return [case for case in edges + drawn if _stays(*case)]


def _stays(one: dt.date, other: dt.date, months: int, days: int) -> bool:
    try:
        expected(one, other, months, days)
    except OutOfCalendar:
        return False
    return True


def term(one: dt.date, other: dt.date, months: int, days: int) -> str:
    first, second = (f"(Date {date.year} {date.month} {date.day})" for date in (one, other))
    return f"day_report {first} {second} ({months}) ({days})"


def agree(count: int, seed: int, evaluated: Evaluate) -> None:
    drawn = cases(count, seed)
    assert len(drawn) > count
    terms = "; ".join(term(*case) for case in drawn)
    for case, found in zip(drawn, evaluated([f"[{terms}]"])[0], strict=True):
        assert found == expected(*case), case


def test_days_agree(evaluated: Evaluate) -> None:
    """Order key, day number and every move, at the edges of months and years and at random."""
    agree(200, 7, evaluated)


@pytest.mark.slow
def test_many_days_agree(evaluated: Evaluate) -> None:
    agree(5000, 11, evaluated)


def test_the_same_days_exist(evaluated: Evaluate) -> None:
    """A day is valid in the proofs iff Python's calendar has it."""
    years, months, days = (1901, 1999, 2000, 2023, 2024, 2099, 2100), range(14), range(33)

    def exists(year: int, month: int, number: int) -> int:
        try:
            return int(bool(dt.date(year, month, number)))
        except ValueError:
            return 0

    wanted = [exists(*each) for each in product(years, months, days)]
    tried = "; ".join(f"Date {y} {m} {d}" for y, m, d in product(years, months, days))
    assert evaluated([f"map (fun a => if is_valid a then 1 else 0) [{tried}]"]) == [wanted]
