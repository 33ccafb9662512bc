"""Which pairs of norms are worth a query: same question, one branch of the territory tree, boxes that meet.

Pairs come out of an index by question, never out of a loop over all norms. The filter only drops pairs that
surely cannot disagree; a test runs the conflict analysis without it and must find the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from guiju.checker.boxes import Box, box
from guiju.compiler import formulas
from guiju.compiler.kernel import (
    Answer,
    Combination,
    Corpus,
    Modality,
    Norm,
    Question,
    binds,
    may_contradict,
)

Pair = tuple[Norm, Norm]


def by_question(norms: Iterable[Norm]) -> dict[Question, list[Norm]]:
    """The norms with legal effect, by the question that they answer, in the order of the corpus."""
    found: dict[Question, list[Norm]] = {}
    for norm in norms:
        if binds(norm):
            found.setdefault(norm.question, []).append(norm)
    return found


def pairs(corpus: Corpus, filtered: bool = True) -> Iterator[Pair]:
    """The pairs of norms whose positions may disagree."""
    boxes: dict[str, Box] = {}
    for question, norms in by_question(corpus.norms).items():
        for one, other in combinations(norms, 2):
            if not may_disagree(one, other, corpus.combination(question)):
                continue
            if filtered:
                if not on_one_branch(one, other, corpus):
                    continue
                for norm in (one, other):
                    if norm.id not in boxes:
                        boxes[norm.id] = box(formulas.applicable(norm, corpus))
                if boxes[one.id].disjoint(boxes[other.id]):
                    continue
            yield one, other


def may_disagree(one: Norm, other: Norm, combination: Combination) -> bool:
    """Whether two positions on one question can be incompatible at all, whatever the case."""
    if not may_contradict(one, other):
        return False
    match one.position, other.position:
        case Modality(), Modality():
            return one.position is not other.position and Modality.FORBIDDEN in (one.position, other.position)
        case Answer(left), Answer(right):
            told = left is not None and right is not None and left != right
            return told and combination in (Combination.SINGLE, Combination.UNSTATED)
        case _:
            return (
                combination in (Combination.SINGLE, Combination.UNSTATED) and one.position != other.position
            )


def on_one_branch(one: Norm, other: Norm, corpus: Corpus) -> bool:
    """Whether some place lies in both norms' territories."""
    return corpus.within(one.territory, other.territory) or corpus.within(other.territory, one.territory)
