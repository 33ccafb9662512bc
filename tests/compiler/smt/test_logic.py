"""Terms mean the same whether what they are made of is known or is a variable, and known ones stay plain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import Any

import pytest
import z3

from guiju.compiler.kernel import Order
from guiju.compiler.smt import logic
from guiju.compiler.smt.dates import Whole, compare_numbers

BOOLEANS = (False, True)


def plain(term: Any, values: Sequence[tuple[Any, int]]) -> Any:
    """The Python value of ``term`` where the variables have these values."""
    if isinstance(term, bool | int):
        return term
    known = [(v, z3.BoolVal(x) if isinstance(x, bool) else z3.IntVal(x)) for v, x in values]
    found = z3.simplify(z3.substitute(term, *known))
    return z3.is_true(found) if z3.is_bool(found) else found.as_long()


def made(make: Callable[..., Any], *args: Any) -> Iterator[Any]:
    """What ``make`` gives for ``args``, each of them known or a variable, as a plain value."""
    for which in product(BOOLEANS, repeat=len(args)):
        variables = [z3.Bool(f"b{i}") if isinstance(a, bool) else z3.Int(f"n{i}") for i, a in enumerate(args)]
        given = [
            variable if open_ else arg for open_, variable, arg in zip(which, variables, args, strict=True)
        ]
        term = make(*given)
        if not any(which):
            assert isinstance(term, bool | int)
        yield plain(term, list(zip(variables, args, strict=True)))


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_all_and_any(count: int) -> None:
    """Of nothing, too."""
    for args in product(BOOLEANS, repeat=count):
        assert set(made(lambda *a: logic.conj(a), *args)) == {all(args)}
        assert set(made(lambda *a: logic.disj(a), *args)) == {any(args)}


def test_not_implies_and_same() -> None:
    for a, b in product(BOOLEANS, repeat=2):
        assert set(made(logic.neg, a)) == {not a}
        assert set(made(logic.implies, a, b)) == {not a or b}
        assert set(made(logic.same, a, b)) == {a == b}


def test_choices() -> None:
    """Of numbers and of truth values; two equal ones are no choice."""
    for cond, a, b in product(BOOLEANS, repeat=3):
        assert set(made(logic.choose_truth, cond, a, b)) == {a if cond else b}
        for one, other in ((3, 5), (5, 3), (4, 4)):
            assert set(made(logic.choose, cond, one, other)) == {one if cond else other}
    assert logic.choose(z3.Bool("c"), 4, 4) == 4
    number = z3.Int("n")
    assert logic.choose(z3.Bool("c"), number, number) is number


def test_comparisons() -> None:
    for a, b in product(range(3), repeat=2):
        assert set(made(logic.eq, a, b)) == {a == b}
        assert set(made(logic.le, a, b)) == {a <= b}
        assert set(made(logic.lt, a, b)) == {a < b}


def test_intervals_and_sets() -> None:
    """In any order, with gaps and without, of nothing and with repetitions."""
    for low, high, number in product(range(4), range(4), range(-1, 5)):
        if low <= high:
            assert set(made(lambda n, lo=low, hi=high: logic.within(n, lo, hi), number)) == {
                low <= number <= high
            }
    for values in ((), (2,), (1, 2), (3, 1, 2), (1, 3), (1, 2, 4), (5, 1, 4, 2)):
        for number in range(7):
            assert set(made(lambda n, among=values: logic.among(n, among), number)) == {number in values}


@pytest.mark.parametrize("numbers", [(), (3,), (3, -4), (3, -4, 5), (1, -1), (0, 0)])
def test_sums(numbers: tuple[int, ...]) -> None:
    assert set(made(lambda *a: logic.total(a), *numbers)) == {sum(numbers)}


def test_multiples() -> None:
    """Nothing times a variable is nothing, and once it is itself."""
    for factor, number in product((-2, -1, 0, 1, 3), (-5, 0, 7)):
        assert set(made(lambda n, by=factor: logic.times(by, n), number)) == {factor * number}
    variable = z3.Int("n")
    assert logic.times(0, variable) == 0
    assert logic.times(1, variable) is variable


@pytest.mark.parametrize("threshold", [-1, 0, 1, 2, 3, 4])
def test_thresholds(threshold: int) -> None:
    for args in product(BOOLEANS, repeat=3):
        found = set(made(lambda *a: logic.at_least(threshold, a), *args))
        assert found == {sum(args) >= threshold}


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_step_functions(count: int) -> None:
    """The value of the last piece that has begun; the first one reaches down without end."""
    pieces = [(3 * i, 10 * i) for i in range(count)]
    for number in range(-4, 3 * count + 2):
        expected = next((value for first, value in reversed(pieces) if first <= number), 0)
        assert set(made(lambda n: logic.piecewise(n, pieces), number)) == {expected}


INTERVALS = [(low, high) for low in range(3) for high in range(low, 3)]


@pytest.mark.parametrize("order", Order)
def test_bounds_decide_a_comparison_only_where_they_suffice(order: Order) -> None:
    """Whatever the two numbers are between their bounds; and then they do decide it."""
    holds = {Order.EQ: int.__eq__, Order.LT: int.__lt__, Order.LE: int.__le__}[order]
    a, b = z3.Ints("a b")
    for (low, high), (other_low, other_high) in product(INTERVALS, repeat=2):
        found = compare_numbers(order, Whole(a, low, high), Whole(b, other_low, other_high))
        pairs = list(product(range(low, high + 1), range(other_low, other_high + 1)))
        assert all(plain(found, [(a, x), (b, y)]) is holds(x, y) for x, y in pairs)
        if order is not Order.EQ and len({holds(x, y) for x, y in pairs}) == 1:
            assert isinstance(found, bool)
