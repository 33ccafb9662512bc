"""Random conditions, each written twice: as the typed expression that the language gives, which the project
lowers, and as a term of the proofs' ``Sample.v``.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping

from attrs import frozen

from guiju.compiler.evaluate import UNDEFINED, Result
from guiju.compiler.kernel import Expr, Value
from guiju.compiler.lower.expressions import Lowering
from guiju.dsl import typed
from guiju.dsl.source import Place
from guiju.dsl.tree import Aggregate
from guiju.dsl.types import Boolean, Date, Integer

BASE = dt.date(2020, 1, 1)
SPAN = 40  # days: few, so that dates often coincide
AMOUNT = Integer(0, 5, "yuan")
COUNT = Integer(-10, 10)
RECORDS = ("r0", "r1")
FIELDS = ("on", "until")
FACTS = ("f0", "f1", "f2")
HERE = Place("", 0)
BOOLEAN, DATE = Boolean(), Date()

Row = Mapping[str, Value]


@frozen
class Written:
    """One expression, twice."""

    typed: typed.Expr
    proof: str

    @property
    def kernel(self) -> Expr:
        return Lowering({}).lower(self.typed)


@frozen
class Where:
    """A filter, twice; ``None`` lets every row pass."""

    typed: typed.Expr | None
    proof: str


def number(date: dt.date) -> int:
    return date.toordinal()


def any_date(rng: random.Random) -> dt.date:
    return BASE + dt.timedelta(days=rng.randrange(SPAN))


def any_rows(rng: random.Random, most: int = 5) -> tuple[Row, ...]:
    return tuple(
        {
            "flag": rng.random() < 0.5,
            "amount": rng.randint(0, 5),
            "on": any_date(rng),
            "until": any_date(rng),
        }
        for _ in range(rng.randint(0, most))
    )


def row_proof(row: Row) -> str:
    on, until = row["on"], row["until"]
    assert isinstance(on, dt.date)
    assert isinstance(until, dt.date)
    return f"Row {str(row['flag']).lower()} {row['amount']} {number(on)} {number(until)}"


def records_proof(records: Mapping[str, tuple[Row, ...]]) -> str:
    return "[" + "; ".join(f"[{'; '.join(map(row_proof, records[name]))}]" for name in RECORDS) + "]"


def literal(value: Value, type_: Integer | Date) -> typed.Literal:
    return typed.Literal(value, type_, HERE)


def applied(op: typed.Op, *args: typed.Expr) -> typed.Apply:
    return typed.Apply(op, args, BOOLEAN, HERE)


def _simple(rng: random.Random, record: str) -> Where:
    match rng.randrange(3):
        case 0:
            return Where(typed.FieldUse(record, "flag", BOOLEAN, HERE), "Flagged")
        case 1:
            least, field = rng.randint(1, 5), typed.FieldUse(record, "amount", AMOUNT, HERE)
            return Where(applied(typed.Op.GE, field, literal(least, AMOUNT)), f"(AmountAtLeast {least})")
        case _:
            last, field = any_date(rng), typed.FieldUse(record, "on", DATE, HERE)
            return Where(applied(typed.Op.LE, field, literal(last, DATE)), f"(OnBy {number(last)})")


def _failing(where: Where) -> Where:
    assert where.typed is not None
    return Where(applied(typed.Op.NOT, where.typed), f"(Fails {where.proof})")


def any_filter(rng: random.Random, record: str) -> Where:
    """Few shapes, so that the same filter often comes twice: a bound counts it once."""
    one = _simple(rng, record)
    match rng.randrange(5):
        case 0:
            return Where(None, "Every")
        case 1:
            return _failing(one)
        case 2:
            other = _simple(rng, record)
            if other.proof == one.proof or one.typed is None or other.typed is None:
                return one
            return Where(applied(typed.Op.AND, one.typed, other.typed), f"(Both {one.proof} {other.proof})")
        case _:
            return one


def rows_of(
    aggregate: Aggregate, record: str, where: Where, field: str | None = None, type_: Boolean | Date = BOOLEAN
) -> typed.Rows:
    return typed.Rows(aggregate, record, where.typed, field, type_, HERE)


#: Each comparison of a count, with the least number for which neither it nor its contrary is always so.
COMPARISONS = {
    typed.Op.GE: ("GE", 1),
    typed.Op.GT: ("GT", 0),
    typed.Op.LT: ("LT'", 1),
    typed.Op.LE: ("LE'", 0),
    typed.Op.EQ: ("EQ'", 0),
    typed.Op.NE: ("NE", 0),
}


def any_count(rng: random.Random, trivial: bool = False) -> Written:
    """A count compared with a number; ``trivial``: also where it says nothing, as "at least 0" does."""
    op, (name, least) = rng.choice(list(COMPARISONS.items()))
    record = rng.choice(RECORDS)
    where = any_filter(rng, record)
    threshold = rng.randint(-1 if trivial else least, 4)
    rows = typed.Rows(Aggregate.COUNT, record, where.typed, None, COUNT, HERE)
    proof = f"(count_is {name} ({threshold}) {RECORDS.index(record)}%nat {where.proof})"
    return Written(applied(op, rows, literal(threshold, COUNT)), proof)


def any_quantified(rng: random.Random) -> Written:
    record = rng.choice(RECORDS)
    where, index = _simple(rng, record), f"{RECORDS.index(record)}%nat"
    if rng.random() < 0.5:
        return Written(rows_of(Aggregate.ANY, record, where), f"(any {index} {where.proof})")
    proof = f"(negated (any {index} {_failing(where).proof}))"
    return Written(rows_of(Aggregate.EVERY, record, where), proof)


def any_extreme(rng: random.Random) -> Written:
    """The latest or earliest date of some rows, which may be undefined."""
    record, field, latest = rng.choice(RECORDS), rng.choice(FIELDS), rng.random() < 0.5
    where = any_filter(rng, record)
    aggregate = Aggregate.LATEST if latest else Aggregate.EARLIEST
    names = f"{RECORDS.index(record)}%nat {FIELDS.index(field)}%nat"
    proof = f"(Atom (Extreme {str(latest).lower()} {names} {where.proof}))"
    return Written(rows_of(aggregate, record, where, field, DATE), proof)


def any_day(rng: random.Random, depth: int) -> Written:
    match rng.randrange(4):
        case 0:
            date = any_date(rng)
            return Written(literal(date, DATE), f"(Apply (Known (Day (Some {number(date)}))) [])")
        case 1 if depth > 0:
            cond, then, orelse = any_condition(rng, depth - 1), any_day(rng, 0), any_day(rng, 0)
            choice = typed.Apply(typed.Op.IF, (cond.typed, then.typed, orelse.typed), DATE, HERE)
            return Written(choice, f"(Apply If [{cond.proof}; {then.proof}; {orelse.proof}])")
        case _:
            return any_extreme(rng)


def any_condition(rng: random.Random, depth: int, facts: bool = False) -> Written:
    """A condition on rows, and on the facts of the proofs' situation ``C`` where ``facts`` may occur."""

    def inner() -> Written:
        return any_condition(rng, depth - 1, facts)

    if depth == 0:
        if facts and rng.random() < 0.5:
            name = rng.choice(FACTS)
            return Written(typed.FactUse(name, BOOLEAN, HERE), f"(fact C {FACTS.index(name)})")
        return any_count(rng) if rng.random() < 0.6 else any_quantified(rng)
    match rng.randrange(5):
        case 0:
            one = inner()
            return Written(applied(typed.Op.NOT, one.typed), f"(negated {one.proof})")
        case 1 | 2 as which:
            op, name = ((typed.Op.AND, "And"), (typed.Op.OR, "Or"))[which - 1]
            parts = [inner() for _ in range(rng.randint(2, 3))]
            proof = f"(Apply {name} [{'; '.join(part.proof for part in parts)}])"
            return Written(applied(op, *(part.typed for part in parts)), proof)
        case 3:
            op, name = rng.choice([(typed.Op.EQ, "EQ"), (typed.Op.LT, "LT"), (typed.Op.LE, "LE")])
            left, right = any_day(rng, depth - 1), any_day(rng, depth - 1)
            return Written(
                applied(op, left.typed, right.typed),
                f"(Apply (Compare {name}) [{left.proof}; {right.proof}])",
            )
        case _:
            return inner()


def reported(result: Result) -> list[int]:
    """A result as the proofs' ``result_report`` writes it."""
    if isinstance(result, bool):
        return [0, int(result)]
    if result is UNDEFINED:
        return [1]
    assert isinstance(result, dt.date)
    return [2, number(result)]
