"""What a pair query costs, by how the solver is used.

Random rules over a few facts and dates (months, years, days, working days) all answer one question; the
queries are "do both apply, and do their answers differ" for random pairs. Prints milliseconds of CPU time:
compare ratios, not machines. Run: ``python benchmarks/solver.py [rules] [pairs]``, or with a path to ask the
same of a real corpus: ``python benchmarks/solver.py specs``.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import z3
from attrs import evolve

from guiju.checker.candidates import pairs
from guiju.checker.load import load
from guiju.compiler.formulas import applicable, incompatible
from guiju.compiler.kernel import (
    Action,
    And,
    AtLeast,
    BarEnd,
    Boolean,
    Combination,
    Compare,
    Const,
    Corpus,
    Date,
    Deed,
    Enumeration,
    Expr,
    Fact,
    FactRef,
    FieldRef,
    Instrument,
    Integer,
    Norm,
    Order,
    Record,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    Span,
    Today,
    Type,
)
from guiju.compiler.small_model import row_bound
from guiju.compiler.smt import Backend, engine
from guiju.compiler.smt.session import Session
from guiju.compiler.workdays import chinese_calendar

BUDGET = 2_000_000
KIND = Enumeration("kind", tuple("abcdefgh"))
SIZE = Integer(0, 1000)
MONTHS = Integer(0, 240, "months")
DAYS = Integer(0, 4000, "days")
WORKDAYS = Integer(0, 60, "workdays")
DEED = Deed("party", "practise")


def corpus(rules: int, rng: random.Random) -> Corpus:
    """A corpus of ``rules`` random rules that bar one deed from one date for various terms."""
    facts: dict[str, Type] = {f"flag{n}": Boolean() for n in range(6)}
    facts |= {f"kind{n}": KIND for n in range(3)} | {f"size{n}": SIZE for n in range(3)}
    facts |= {f"day{n}": Date() for n in range(3)}
    return Corpus(
        horizon=(dt.date(2010, 1, 1), dt.date(2040, 12, 31)),
        territories={"country": None} | {f"city{n}": "country" for n in range(20)},
        ranks={},
        authorities={},
        facts={name: Fact(name, type_) for name, type_ in facts.items()},
        records={"event": Record("event", {"at": Date(), "kind": KIND})},
        readings={},
        actions={"practise": Action("practise", Combination.SINGLE)},
        outcomes={},
        instruments={
            "i": Instrument("i", "i", "issuer", "country", start=Const(dt.date(2015, 1, 1), Date()))
        },
        norms=tuple(_norm(number, rng) for number in range(rules)),
        calendar=chinese_calendar(2010, 2026),
    )


def _norm(number: int, rng: random.Random) -> Norm:
    conditions = [
        rng.choice((_flag, _kind, _kind, _size, _size, _window, _events))(rng)
        for _ in range(rng.randint(2, 4))
    ]
    start = FactRef("day0")
    return Norm(
        id=f"i.r{number}",
        rule=f"i.r{number}",
        instrument="i",
        citations=(),
        guard=And(tuple(conditions)),
        question=BarEnd(DEED),
        position=Span(start, _moved(start, rng)),
        territory=rng.choice(("country", *(f"city{n}" for n in range(20)))),
    )


def _flag(rng: random.Random) -> Expr:
    return FactRef(f"flag{rng.randrange(6)}")


def _kind(rng: random.Random) -> Expr:
    return Compare(Order.EQ, FactRef(f"kind{rng.randrange(3)}"), Const(rng.choice(KIND.members), KIND))


def _size(rng: random.Random) -> Expr:
    low = Const(rng.randrange(900), SIZE)
    return Compare(Order.LE, low, FactRef(f"size{rng.randrange(3)}"))


def _window(rng: random.Random) -> Expr:
    day = FactRef(f"day{rng.randrange(3)}")
    return And((Compare(Order.LE, day, Today()), Compare(Order.LE, Today(), _moved(day, rng))))


def _events(rng: random.Random) -> Expr:
    recent = Compare(Order.LE, Today(), _moved(FieldRef("event", "at"), rng))
    return AtLeast(rng.randint(1, 2), "event", recent)


def _moved(day: Expr, rng: random.Random) -> Expr:
    match rng.randrange(10):
        case 0:
            return ShiftWorkdays(day, Const(rng.choice((5, 10, 20)), WORKDAYS))
        case 1 | 2 | 3:
            return ShiftDays(day, Const(rng.choice((30, 60, 90, 365, 1095)), DAYS))
        case _:
            return ShiftMonths(day, Const(rng.choice((1, 3, 6, 12, 24, 36, 60, 120)), MONTHS))


def queries(of: Corpus, count: int, rng: random.Random) -> list[tuple[Expr, ...]]:
    """The conditions under which random pairs of norms both apply and differ."""
    found: list[tuple[Expr, ...]] = []
    for _ in range(count):
        p, q = rng.sample(of.norms, 2)
        differ = incompatible(p.position, q.position, Combination.SINGLE, of)
        found.append((applicable(p, of), applicable(q, of), differ))
    return found


def timed(ask: Callable[[tuple[Expr, ...]], object], asked: Sequence[tuple[Expr, ...]]) -> list[float]:
    """Milliseconds of CPU time for each query."""
    spent = []
    for conditions in asked:
        begun = time.process_time()
        ask(conditions)
        spent.append(1000 * (time.process_time() - begun))
    return spent


def report(name: str, spent: list[float], against: list[float] | None = None) -> None:
    ordered = sorted(spent)
    mean, median, late = (
        sum(spent) / len(spent),
        ordered[len(spent) // 2],
        ordered[int(len(spent) * 0.99)],
    )
    ratio = f"  {sum(against) / sum(spent):5.1f} times faster" if against else ""
    print(f"{name:44} mean {mean:8.2f}  median {median:8.2f}  99% {late:8.2f} ms{ratio}")


class Selecting:
    """The alternative: one solver for all queries, each formula asserted once behind a selecting literal."""

    def __init__(self, of: Corpus, slots: dict[str, int], relevancy: int) -> None:
        self._session = Session(of, slots, BUDGET)
        self._solver: Any = None
        self._relevancy = relevancy
        self._literals: dict[int, tuple[Any, Any]] = {}

    def satisfiable(self, conditions: tuple[Expr, ...]) -> bool | None:
        formulas = self._session.query(conditions).formulas
        if any(formula is False for formula in formulas):
            return False
        if self._solver is None:
            self._solver = z3.SimpleSolver(ctx=formulas[0].ctx)
            self._solver.set("relevancy", self._relevancy)
            self._solver.set("rlimit", BUDGET)
        verdict = self._solver.check(*map(self._literal, formulas))
        return None if verdict == z3.unknown else bool(verdict == z3.sat)

    def _literal(self, formula: Any) -> Any:
        if formula.get_id() not in self._literals:
            literal = z3.Bool(f"select {formula.get_id()}", formula.ctx)
            self._solver.add(z3.Implies(literal, formula))
            self._literals[formula.get_id()] = (literal, formula)  # kept: ids are reused
        return self._literals[formula.get_id()][0]


def _kept(
    ask: Callable[[tuple[Expr, ...]], object], found: list[object]
) -> Callable[[tuple[Expr, ...]], object]:
    """``ask``, its answers kept in ``found``."""
    return lambda query: found.append(ask(query))


def of_rules(rules: int = 200, count: int = 400) -> tuple[Corpus, list[tuple[Expr, ...]]]:
    """Random rules, and the queries of random pairs of them."""
    rng = random.Random(20240229)
    found = corpus(rules, rng)
    return found, queries(found, count, rng)


def of_specs(path: Path) -> tuple[Corpus, list[tuple[Expr, ...]]]:
    """A real corpus, without its assumptions, and the queries of the pairs that its check asks about."""
    loaded = load([path]).corpus
    if loaded is None:
        sys.exit(f"{path} does not load: see guiju check {path}")
    found = evolve(loaded, assumptions=())
    return found, [
        (
            applicable(one, found),
            applicable(other, found),
            incompatible(one.position, other.position, Combination.SINGLE, found),
        )
        for one, other in pairs(found)
    ]


def measure(of: Corpus, asked: list[tuple[Expr, ...]]) -> None:
    few = asked[: max(20, len(asked) // 10)]
    print(f"{engine()}: {len(of.norms)} norms, {len(asked)} pairs, rlimit {BUDGET}")

    fresh = timed(lambda query: Backend(of, BUDGET).satisfiable(query), few)
    report(f"nothing shared ({len(few)} pairs)", fresh)
    slots = {record: max(row_bound(query).get(record, 0) for query in asked) for record in of.records}
    answers: list[list[object]] = []
    backend = Backend(of, BUDGET, slots=slots)
    for name, ask in (
        ("one solver, relevancy 2", Selecting(of, slots, 2).satisfiable),
        ("one solver, relevancy 0", Selecting(of, slots, 0).satisfiable),
        ("terms shared, a solver for each", backend.satisfiable),
    ):
        found: list[object] = []
        answers.append(found)
        report(f"{name}: first time", timed(_kept(ask, found), asked))
        again = timed(ask, asked)
        report("  terms known", again)
        report(f"  terms known ({len(few)} pairs)", again[: len(few)], fresh)
        undecided = sum(not isinstance(verdict, bool) for verdict in found)
        print(f"  satisfiable {found.count(True)}, undecided {undecided}")
    decided = [{v for v in verdicts if isinstance(v, bool)} for verdicts in zip(*answers, strict=True)]
    print(f"verdicts agree: {all(len(verdicts) < 2 for verdicts in decided)}")

    met = [query for query, verdict in zip(asked, answers[-1], strict=True) if verdict is True][: len(few)]
    before = backend.statistics.checks
    report("a canonical witness", timed(backend.solve, met))
    print(f"  in {(backend.statistics.checks - before) / max(len(met), 1):.1f} checks each")


if __name__ == "__main__":
    if sys.argv[1:] and not sys.argv[1].isdigit():
        measure(*of_specs(Path(sys.argv[1])))
    else:
        measure(*of_rules(*map(int, sys.argv[1:])))
