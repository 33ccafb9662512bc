"""Counts, any, every, earliest and latest: the proofs' results and bounds are the project's."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from attrs import frozen

from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import Case, Context, Corpus
from guiju.compiler.small_model import row_bound
from proofs import written
from proofs.written import RECORDS, Row, Written

BARE = Corpus((dt.date(1901, 1, 1), dt.date(2099, 12, 31)), {}, {}, {}, {}, {}, {}, {}, {}, {}, ())

Evaluate = Callable[[Sequence[str]], list[Any]]


@frozen
class Asked:
    """A query and the rows that it is asked of."""

    records: Mapping[str, tuple[Row, ...]]
    query: tuple[Written, ...]


def asked(rng: random.Random) -> Asked:
    records = {name: written.any_rows(rng) for name in RECORDS}
    query = [written.any_condition(rng, rng.randint(0, 3)) for _ in range(rng.randint(0, 2))]
    query.append(rng.choice([written.any_count(rng, trivial=True), written.any_day(rng, 1)]))
    return Asked(records, tuple(query))


def expected(case: Asked) -> list[list[int]]:
    """What the proofs' ``query_report`` has to say: the results, then the bound of each record."""
    context = Context(Case({}, case.records), written.BASE, "")
    exprs = [each.kernel for each in case.query]
    bound = row_bound(exprs)
    results = [written.reported(evaluate(expr, BARE, context)) for expr in exprs]
    return [*results, [bound.get(name, 0) for name in RECORDS]]


def term(case: Asked) -> str:
    query = "; ".join(each.proof for each in case.query)
    return f"query_report {len(RECORDS)} {written.records_proof(case.records)} [{query}]"


def agree(count: int, seed: int, evaluated: Evaluate) -> None:
    rng = random.Random(seed)
    cases = [asked(rng) for _ in range(count)]
    wanted = [expected(case) for case in cases]
    assert {kind for report in wanted for kind, *_ in report[:-1]} == {0, 1, 2}
    terms = ";\n".join(map(term, cases))
    for case, want, found in zip(cases, wanted, evaluated([f"[{terms}]"])[0], strict=True):
        assert found == want, case


def test_rows_agree(evaluated: Evaluate) -> None:
    """The result of each condition and day, and how many rows of each record the query needs."""
    agree(250, 3, evaluated)


@pytest.mark.slow
def test_many_rows_agree(evaluated: Evaluate) -> None:
    agree(3000, 5, evaluated)
