"""What a suite can be asked to cover, each criterion as the obligations that it makes of some rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from guiju.testing.criteria import boundaries, clauses, defeats, pairs, pairwise, readings, rules
from guiju.testing.obligations import Obligation, Pair
from guiju.testing.scope import Scope
from guiju.testing.suite import Criterion

#: Criteria that ask for two cases at once; the most demanding, so cases are looked for first.
PAIRS: Mapping[Criterion, Callable[[Scope], Iterator[Pair]]] = {
    Criterion.UNIQUE_CAUSE: clauses.unique_cause,
}

#: Criteria that ask for single cases, the more demanding first.
CASES: Mapping[Criterion, Callable[[Scope], Iterator[Obligation]]] = {
    Criterion.BOUNDARY: boundaries.obligations,
    Criterion.READINGS: readings.obligations,
    Criterion.DEFEATS: defeats.obligations,
    Criterion.PAIRS: pairs.obligations,
    Criterion.PAIRWISE: pairwise.obligations,
    Criterion.MASKING: clauses.masking,
    Criterion.CLAUSE: clauses.each_way,
    Criterion.RULE: rules.obligations,
}
