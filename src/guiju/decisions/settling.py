"""Whether the answer to one open question can make the answer definite by itself."""

from __future__ import annotations

from attrs import evolve

from guiju.compiler.kernel import (
    Case,
    Expr,
    FactRef,
    Value,
    conjunction,
    disjunction,
    negation,
)
from guiju.compiler.partial import Partial
from guiju.compiler.pinning import equal
from guiju.decisions.asking import Unanswered
from guiju.decisions.incomplete import any_value
from guiju.decisions.pairs import Pairs
from guiju.decisions.replies import same_values
from guiju.decisions.whatever import Chosen, chosen

#: So many values of one fact are tried for one that settles.
_TRIES = 20


def can_settle(fact: str, pairs: Pairs) -> bool:
    """Whether some value of ``fact`` alone makes the answer definite, as far as it can be told."""
    try:
        if fact in pairs.solver.left.corpus.records:
            goals, choice = pairs.solver.goals(), Chosen(frozenset([fact]))
            return any(chosen(pairs.solver, choice, goal, pairs.assumed) is not None for goal in goals)
        if values := pairs.values(fact):
            return any(not pairs.open_at(fact, value) and _settles(fact, value, pairs) for value in values)
        return _some_value_settles(fact, pairs)
    except Unanswered:
        return False


def _some_value_settles(fact: str, pairs: Pairs) -> bool:
    """As ``can_settle``: a value that does not settle shows two completions that another must settle too."""
    declared = pairs.solver.left.wide.facts[fact]
    learnt = [_settled(fact, pair, pairs) for pair in pairs.recent()]
    for _ in range(_TRIES):
        found = pairs.solver.find([*pairs.assumed, *learnt])
        if found is None:
            return False
        value = found.case.facts.get(fact, any_value(declared.type, pairs.solver.left.corpus))
        if _settles(fact, value, pairs):
            return True
        learnt.append(_settled(fact, pairs.found[-1], pairs))
    return False


def _settles(fact: str, value: Value, pairs: Pairs) -> bool:
    """Whether the answer is definite where ``fact`` is ``value``, which it can be."""
    there = equal(FactRef(fact), value, pairs.solver.left.wide.facts[fact].type)
    if pairs.differing([fact], there) is not None:
        return False
    return pairs.solver.can_hold([there, *pairs.assumed])


def _settled(fact: str, pair: tuple[Case, Case], pairs: Pairs) -> Expr:
    """The condition on ``fact`` under which these two, with it alike, do not get different answers."""
    sides = [_but_for(fact, case, pairs) for case in pair]
    same = [conjunction(*(side.of(v) for side in sides)) for v in pairs.solver.left.verdicts.values()]
    one, other = (tuple(each.mapped(side.of) for each in pairs.solver.left.shown) for side in sides)
    agree = conjunction(disjunction(*same), same_values(one, other))
    return disjunction(agree, *(negation(side.of(each)) for side in sides for each in pairs.assumed))


def _but_for(fact: str, case: Case, pairs: Pairs) -> Partial:
    rest = Case({name: value for name, value in case.facts.items() if name != fact}, case.records)
    return Partial(pairs.solver.left.wide, evolve(pairs.solver.left.context, case=rest))
