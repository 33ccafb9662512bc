"""Clauses, when one decides, and many cases looked at at once: against truth tables and the evaluator."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import And, Boolean, Case, Context, Expr, FactRef, If, Not, Or
from guiju.testing.clauses import clauses, conjuncts, decides, parts, replaced
from guiju.testing.grid import Grid, members
from guiju.testing.seen import Seen
from strategies import VOCABULARY, contexts, corpora, expressions

NAMES = ("甲", "乙", "丙", "丁")
FACTS = [FactRef(name) for name in NAMES]


def connectives(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        several.map(And),
        several.map(Or),
        inner.map(Not),
        st.builds(lambda a, b, c: If(a, Not(b), Not(c)), inner, inner, inner),
    )


CONDITIONS = st.recursive(st.sampled_from(FACTS), connectives, max_leaves=8)


def value(condition: Expr, given: dict[str, bool]) -> bool:
    """The truth table, in Python's own words."""
    match condition:
        case FactRef(name):
            return given[name]
        case And(args):
            return all(value(arg, given) for arg in args)
        case Or(args):
            return any(value(arg, given) for arg in args)
        case Not(arg):
            return not value(arg, given)
        case If(cond, then, orelse):
            return value(then if value(cond, given) else orelse, given)
    raise AssertionError(condition)


def cases() -> list[dict[str, bool]]:
    return [dict(zip(NAMES, each, strict=True)) for each in product((False, True), repeat=len(NAMES))]


def holds(condition: Expr, given: dict[str, bool]) -> bool:
    context = Context(Case(given), VOCABULARY.horizon[0], next(iter(VOCABULARY.territories)))
    found = evaluate(condition, VOCABULARY, context)
    assert isinstance(found, bool)
    return found


@given(CONDITIONS, st.sampled_from(FACTS))
def test_a_clause_decides_exactly_where_flipping_it_flips_the_condition(
    condition: Expr, clause: Expr
) -> None:
    assert isinstance(clause, FactRef)
    derived = decides(condition, clause)
    for given_ in cases():
        flipped = {**given_, clause.name: not given_[clause.name]}
        assert holds(derived, given_) == (value(condition, given_) != value(condition, flipped))


@given(CONDITIONS)
def test_conjuncts_say_together_what_the_condition_says(condition: Expr) -> None:
    for given_ in cases():
        assert all(holds(each, given_) for each in conjuncts(condition)) == value(condition, given_)


@given(CONDITIONS)
def test_each_clause_is_where_it_is_said_to_be(condition: Expr) -> None:
    for each in clauses(condition):
        here = condition
        for step in each.steps:
            here = parts(here)[step]
        assert here == each.expr
        assert replaced(condition, each.steps, each.expr) == condition
    assert {each.expr for each in clauses(condition)} == _facts(condition)


def _facts(condition: Expr) -> set[Expr]:
    return {condition} if isinstance(condition, FactRef) else set().union(*map(_facts, parts(condition)))


@given(st.data())
def test_many_cases_at_once_come_to_what_each_comes_to_alone(data: st.DataObject) -> None:
    corpus = data.draw(corpora())
    conditions = data.draw(st.lists(expressions(corpus, Boolean()), min_size=1, max_size=4))
    drawn = data.draw(st.lists(contexts(corpus), min_size=1, max_size=6))
    grid = Grid()
    for number, context in enumerate(drawn):
        grid.add(Seen(corpus, context))
        if number % 2:  # in between cases are added
            grid.holding(conditions[0])
    for condition in conditions:
        expected = [n for n, c in enumerate(drawn) if evaluate(condition, corpus, c) is True]
        assert list(members(grid.holding(condition))) == expected
        assert [Seen(corpus, c).holds(condition) for c in drawn] == [n in expected for n in range(len(drawn))]
    together = [n for n, c in enumerate(drawn) if all(evaluate(x, corpus, c) is True for x in conditions)]
    assert list(members(grid.holding_all(conditions))) == together
