"""Incomplete cases: the rules that are proved to keep what is known, and those that evaluate."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import frozen

from guiju.compiler.evaluate import UNDEFINED, UNKNOWN, Result, evaluate
from guiju.compiler.kernel import (
    And,
    AtLeast,
    Boolean,
    Case,
    Compare,
    Const,
    Context,
    Corpus,
    Date,
    Expr,
    Extreme,
    FactRef,
    FieldRef,
    If,
    Integer,
    Not,
    Or,
    Order,
    Record,
    ShiftDays,
    Value,
)

BASE = dt.date(2020, 1, 1)
DAYS, UNIT = 12, Integer(-20, 20, "days")
RECORDS = ("r0", "r1")
TESTS = {Order.EQ: "Z.eqb", Order.LT: "Z.ltb", Order.LE: "Z.leb"}
FIELDS = {"flag": Boolean(), "on": Date()}
BARE = Corpus(
    (dt.date(1901, 1, 1), dt.date(2099, 12, 31)),
    {},
    {},
    {},
    {},
    {name: Record(name, FIELDS) for name in RECORDS},
    {},
    {},
    {},
    {},
    (),
)

Row = Mapping[str, Value]
Evaluate = Callable[[Sequence[str]], list[Any]]


@frozen
class Told:
    """An incomplete case: facts and fields that are absent are unknown, and so is an absent record."""

    facts: Mapping[str, Value]
    records: Mapping[str, tuple[Row, ...]]

    def flag(self, name: str) -> str:
        return _truth(self.facts.get(name))

    def rows(self, record: str, dated: bool) -> str:
        """The truth of the flag of each row, with its date where ``dated``."""
        if record not in self.records:
            return "None"
        pairs = [(_truth(row.get("flag")), _day(row.get("on"))) for row in self.records[record]]
        return f"(Some [{'; '.join(f'({t}, {d})' if dated else t for t, d in pairs)}])"


@frozen
class Written:
    kernel: Expr
    proof: str


def _truth(value: Value | None) -> str:
    return "None" if value is None else f"(Some {str(value).lower()})"


def _day(value: Value | None) -> str:
    if value is None:
        return "None"
    assert isinstance(value, dt.date)
    return f"(Some {value.toordinal()})"


def told(rng: random.Random) -> Told:
    def row() -> Row:
        full = {"flag": rng.random() < 0.5, "on": BASE + dt.timedelta(days=rng.randrange(DAYS))}
        return {name: value for name, value in full.items() if rng.random() < 0.8}

    facts = {f"f{index}": rng.random() < 0.5 for index in range(3) if rng.random() < 0.6}
    records = {name: tuple(row() for _ in range(rng.randrange(4))) for name in RECORDS if rng.random() < 0.85}
    number = {"n": rng.randint(-9, 9)} if rng.random() < 0.6 else {}
    return Told({**facts, **number}, records)


def a_truth(rng: random.Random, case: Told, depth: int) -> Written:
    def inner() -> Written:
        return a_truth(rng, case, depth - 1)

    if depth == 0:
        if rng.random() < 0.5:
            name = f"f{rng.randrange(3)}"
            return Written(FactRef(name), case.flag(name))
        record, least = rng.choice(RECORDS), rng.randrange(4)
        proof = f"(Unknown.at_least {least} {case.rows(record, dated=False)})"
        return Written(AtLeast(least, record, FieldRef(record, "flag")), proof)
    match rng.randrange(5):
        case 0:
            one = inner()
            return Written(Not(one.kernel), f"(Unknown.negated {one.proof})")
        case 1 | 2 as which:
            parts = [inner() for _ in range(rng.randint(0, 3))]
            kernel = (And, Or)[which - 1](tuple(part.kernel for part in parts))
            name = ("all_hold", "any_holds")[which - 1]
            return Written(kernel, f"(Unknown.{name} [{'; '.join(part.proof for part in parts)}])")
        case 3:
            cond, then, orelse = inner(), inner(), inner()
            kernel = If(cond.kernel, then.kernel, orelse.kernel)
            return Written(
                kernel, f"(Unknown.chosen truth_eq_dec None {cond.proof} {then.proof} {orelse.proof})"
            )
        case _:
            order, left, right = rng.choice(list(Order)), a_day(rng, case, 1), a_day(rng, case, 1)
            proof = f"(Unknown.comparison {TESTS[order]} {left.proof} {right.proof})"
            return Written(Compare(order, left.kernel, right.kernel), proof)


def a_day(rng: random.Random, case: Told, depth: int) -> Written:
    match rng.randrange(5):
        case 0:
            date = BASE + dt.timedelta(days=rng.randrange(DAYS))
            return Written(Const(date, Date()), f"(Unknown.Value {date.toordinal()})")
        case 1 if depth > 0:
            number = case.facts.get("n")
            amount = "Unknown.Unknown" if number is None else f"(Unknown.Value ({number}))"
            moved = a_day(rng, case, depth - 1)
            proof = f"(Unknown.strict Z.add {moved.proof} {amount})"
            return Written(ShiftDays(moved.kernel, FactRef("n")), proof)
        case 2 if depth > 0:
            cond = a_truth(rng, case, 0)
            then, orelse = a_day(rng, case, depth - 1), a_day(rng, case, depth - 1)
            kernel = If(cond.kernel, then.kernel, orelse.kernel)
            parts = f"{cond.proof} {then.proof} {orelse.proof}"
            return Written(kernel, f"(Unknown.chosen outcome_eq_dec Unknown.Unknown {parts})")
        case _:
            record, latest = rng.choice(RECORDS), rng.random() < 0.5
            proof = f"(Unknown.extreme_day {str(latest).lower()} {case.rows(record, dated=True)})"
            return Written(Extreme(latest, record, "on", FieldRef(record, "flag")), proof)


def reported(result: Result) -> list[int]:
    if result is UNKNOWN:
        return [3]
    if result is UNDEFINED:
        return [1]
    if isinstance(result, bool):
        return [0, int(result)]
    assert isinstance(result, dt.date)
    return [2, result.toordinal()]


def test_what_an_incomplete_case_tells_agrees(evaluated: Evaluate) -> None:
    """Connectives, choices, comparisons, strict terms, thresholds and extremes, with much that is unknown."""
    rng = random.Random(13)
    wanted, terms = [], []
    for _ in range(300):
        case = told(rng)
        context = Context(Case(case.facts, case.records), BASE, "")
        one, day = a_truth(rng, case, rng.randint(0, 3)), a_day(rng, case, 2)
        wanted.append([reported(evaluate(each.kernel, BARE, context)) for each in (one, day)])
        terms.append(f"[truth_report {one.proof}; outcome_report {day.proof}]")
    assert {tuple(found[:1]) for pair in wanted for found in pair} == {(0,), (1,), (2,), (3,)}
    printed = evaluated([f"[{'; '.join(terms)}]"])[0]
    for term, want, found in zip(terms, wanted, printed, strict=True):
        assert found == want, term
