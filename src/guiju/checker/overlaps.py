"""Overlaps: the pairs of norms that can apply to one case and disagree, and who prevails in each.

They hold for any date and any reading: the conflict findings, the examples and later the decisions all rest
on the same defeats.
"""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from guiju.checker import wording
from guiju.checker.ask import Asker
from guiju.checker.candidates import pairs
from guiju.compiler import formulas
from guiju.compiler.doctrine import Defeat, Settlement, settle
from guiju.compiler.kernel import (
    Combination,
    Expr,
    Norm,
    negation,
)
from guiju.compiler.resolve import (
    Defeats,
)

Progress = Callable[[int, int], None]


@frozen
class Overlap:
    """A pair of norms that can apply together and disagree, and what the doctrine says of it."""

    one: Norm
    other: Norm
    disagree: Expr
    settlement: Settlement


@frozen
class Conflicts:
    """All overlaps, and the defeats among them: what the other analyses and the decisions build on."""

    overlaps: tuple[Overlap, ...]
    defeats: Defeats


def overlaps(asker: Asker, filtered: bool = True, progress: Progress | None = None) -> Conflicts:
    """Find every pair that can disagree, and settle it by the doctrine.

    Pairs under a combination that the law leaves unstated are overlaps too; they are never settled.
    """
    corpus = asker.corpus
    found: list[Overlap] = []
    candidates = list(pairs(corpus, filtered))
    for number, (one, other) in enumerate(candidates):
        if progress is not None:
            progress(number, len(candidates))
        disagree = _disagree(one, other, asker)
        if disagree is None:
            continue
        both = [formulas.applicable(one, corpus), formulas.applicable(other, corpus), disagree]
        if not asker.possible(what(one, other), both, (one, other)):
            continue
        stated = corpus.combination(one.question) is not Combination.UNSTATED
        settled = settle(one, other, corpus, _implies(asker)) if stated else None
        found.append(Overlap(one, other, disagree, settled))
    defeats = {
        (o.settlement.winner, o.settlement.loser): o.settlement
        for o in found
        if isinstance(o.settlement, Defeat)
    }
    return Conflicts(tuple(found), defeats)


def what(one: Norm, other: Norm) -> str:
    """A pair and its question, for the list of what was not decided."""
    return f"{one.id} × {other.id}: {wording.subject(one.question)}"


def _disagree(one: Norm, other: Norm, asker: Asker) -> Expr | None:
    try:
        return formulas.incompatible(one.position, other.position, Combination.SINGLE, asker.corpus)
    except formulas.Incomparable as error:
        asker.note(what(one, other), f"unsupported: {error}", (one, other))
        return None


def _implies(asker: Asker) -> Callable[[Norm, Norm], bool | None]:
    def implies(m: Norm, n: Norm) -> bool | None:
        what = f"{m.id} ⊃ {n.id}"
        counterexample = asker.possible(what, [m.guard, negation(n.guard)], (m, n), pinned=False)
        return None if counterexample is None else not counterexample

    return implies
