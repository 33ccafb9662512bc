"""Which unknown facts to ask next: the smallest set that makes the answer definite, whatever they turn out.

The answer is the verdict and, of an outcome, the values.

A set does not suffice iff there are two completions that agree on it and get different answers; the facts in
which the two differ then contain one that must be asked. So the sets of differences that were found give a
smallest candidate, a minimum hitting set, and the solver is asked for two completions that agree on the
candidate.

*The answer is minimum.* Let ``S`` be a minimum hitting set of some differences, and suffice. A set ``T``
that suffices meets each difference: the two completions agree on everything outside of it, so if ``T`` did
not meet it they would agree on ``T``, and have one answer. So ``T`` is a hitting set, and not smaller. ∎

Each record counts as one fact. A fact may be asked for that no norm speaks of, where it settles by what is
assumed what the norms do speak of; among smallest sets, those that norms speak of are preferred.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from guiju.compiler import smt
from guiju.compiler.kernel import Context, Corpus, Question, position_terms
from guiju.compiler.resolve import Defeats
from guiju.decisions.asking import Solver, Unanswered
from guiju.decisions.hitting import minimum_hitting_set
from guiju.decisions.incomplete import Incomplete, incomplete, unknowns
from guiju.decisions.pairs import Pairs
from guiju.decisions.settling import can_settle

#: More differences than this are not gathered.
MOST_DIFFERENCES = 300
#: With more unknown facts than this that the norms speak of, no smallest set is sought: it could take
#: minutes, and whoever asks has many questions before them anyhow.
MOST_FACTS = 30


@frozen
class Decisive:
    """What to ask next.

    Attributes:
        facts: Facts and records (and cells, ``record[0].field``, of rows that lack them) in the order to ask:
            those that more norms speak of first, then as declared; but before all others one with an answer
            that alone makes the answer definite, if there is one. Empty: it is definite already.
        minimum: ``facts`` are proved to be as few as can be; False: they suffice, and may be more than
            needed.
        matters: For each of ``facts`` the norms of the question whose application depends on it.
        undecided: Reasons, where the solver's budget ended first: ``facts`` suffice, but may be too many.
    """

    facts: tuple[str, ...]
    minimum: bool
    matters: Mapping[str, tuple[str, ...]]
    undecided: tuple[str, ...] = ()


def decisive(
    question: Question,
    corpus: Corpus,
    defeats: Defeats,
    context: Context,
    backend: smt.Backend,
    most: int = MOST_DIFFERENCES,
    at_once: int = MOST_FACTS,
) -> Decisive:
    """The smallest set of unknown facts such that to know them makes the answer to ``question`` definite.

    Args:
        question, corpus, defeats, context, backend: As of ``possible_verdicts``.
        most: Differences to gather before the smallest set is given up for one without a superfluous member.
        at_once: With more unknown facts than this that the norms speak of, all of them are given.
    """
    left = incomplete(question, corpus, defeats, context)
    pairs = Pairs.of(Solver.of(left, backend))
    if len(pairs.spoken) > at_once:
        return _all_spoken_of(pairs, left)
    undecided: list[str] = []
    facts, minimum = _smallest(pairs, most, undecided)
    matters = {fact: _norms_through(fact, left) for fact in facts}
    by_norms = sorted(facts, key=lambda fact: -len(matters[fact]))
    first = next((fact for fact in by_norms if can_settle(fact, pairs)), None) if len(facts) > 1 else None
    ordered = sorted(by_norms, key=lambda fact: fact != first)
    return Decisive(
        tuple(ordered), minimum, {fact: matters[fact] for fact in ordered}, tuple(dict.fromkeys(undecided))
    )


def _all_spoken_of(pairs: Pairs, left: Incomplete) -> Decisive:
    """Everything that the norms still speak of: it suffices, and takes no search."""
    matters = {fact: _norms_through(fact, left) for fact in pairs.spoken}
    ordered = sorted(pairs.spoken, key=lambda fact: -len(matters[fact]))
    return Decisive(tuple(ordered), False, {fact: matters[fact] for fact in ordered})


def _smallest(pairs: Pairs, most: int, undecided: list[str]) -> tuple[tuple[str, ...], bool]:
    """A sufficient set, and whether it is proved to have the fewest members."""
    try:
        if not pairs.solver.consistent() or pairs.differing(pairs.names[:0]) is None:
            return (), True
        found = _minimum(pairs, most)
    except Unanswered as reason:
        undecided.append(str(reason))
        found = None
    return (found, True) if found is not None else (_irredundant(pairs, undecided), False)


def _minimum(pairs: Pairs, most: int) -> tuple[str, ...] | None:
    """None where the differences are too many."""
    differences = [
        frozenset([name])
        for name in pairs.names
        if pairs.neighbours_differ(name) or pairs.differing(set(pairs.names) - {name}) is not None
    ]
    while len(differences) < most:
        candidate = minimum_hitting_set(differences, pairs.names)
        if candidate is None:
            return None
        found = pairs.differing(candidate)
        if found is None:
            return candidate
        differences.append(_shrunk(found, pairs))
    return None


def _shrunk(difference: frozenset[str], pairs: Pairs) -> frozenset[str]:
    """A difference inside of ``difference`` of which no proper part is one."""
    kept = difference
    for name in sorted(difference, key=pairs.names.index):
        if name in kept and len(kept) > 1:
            smaller = pairs.differing(set(pairs.names) - (kept - {name}))
            kept = smaller if smaller is not None else kept
    return kept


def _irredundant(pairs: Pairs, undecided: list[str]) -> tuple[str, ...]:
    """What the norms speak of, less one after the other what is superfluous."""
    kept = list(pairs.spoken)
    for name in reversed(pairs.spoken):
        fewer = [each for each in kept if each != name]
        try:
            if pairs.differing(fewer) is None:
                kept = fewer
        except Unanswered as reason:
            undecided.append(str(reason))
    return tuple(kept)


def _norms_through(fact: str, left: Incomplete) -> tuple[str, ...]:
    """The norms that speak of ``fact``, or else of what is linked to it by what is assumed."""
    spoken = {norm.id: unknowns([norm.guard, *position_terms(norm.position)]) for norm in left.norms}
    direct = tuple(norm for norm, names in spoken.items() if fact in names)
    if direct:
        return direct
    about = [each for each in left.assumed if fact in unknowns([each])]
    linked = unknowns([*about, *left.bearing(*about)])
    return tuple(norm for norm, names in spoken.items() if names & linked)
