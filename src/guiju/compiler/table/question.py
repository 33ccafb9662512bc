"""One question on columns: the norms that answer it, settled, and where two of them disagree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import combinations

from attrs import evolve, field, frozen

from guiju.compiler import formulas
from guiju.compiler.kernel import (
    FALSE,
    Answer,
    Corpus,
    Expr,
    FactRef,
    MayDo,
    Modality,
    Norm,
    Question,
    Strength,
    binds,
    may_contradict,
    position_terms,
)
from guiju.compiler.resolve import Defeats
from guiju.compiler.table.columns import Columns, OnePlace
from guiju.compiler.table.settling import Settling

#: Stands for a law date that is a column: no fact has an empty name.
LAW_DATE = FactRef("")


@frozen
class Asked:
    """A question, settled: everything that its SQL is made of. Norms are known by their place in ``norms``.

    Attributes:
        question: What is asked.
        norms: The norms that answer it and bind.
        applies: When each applies.
        terms: The terms of the position of each.
        clashes: When two disagree, for the pairs that ever do, the lesser first.
        beaten_by: The norms that prevail over each where they disagree.
    """

    question: Question
    norms: tuple[Norm, ...]
    applies: tuple[Expr, ...]
    terms: tuple[tuple[Expr, ...], ...]
    clashes: Mapping[tuple[int, int], Expr]
    beaten_by: Mapping[int, tuple[int, ...]] = field(factory=dict)

    def roots(self) -> list[Expr]:
        """All expressions that must be computed."""
        return [*self.applies, *(term for terms in self.terms for term in terms), *self.clashes.values()]

    def clash(self, one: int, other: int) -> Expr:
        return self.clashes.get((min(one, other), max(one, other)), FALSE)

    def strict(self) -> list[int]:
        """The norms that make the answer firm."""
        return [
            n
            for n, norm in enumerate(self.norms)
            if self._counts(norm) and norm.strength is Strength.STRICT and norm.position != Answer(None)
        ]

    def lenient(self) -> list[int]:
        """The norms that bear on the verdict and leave room."""
        strict = self.strict()
        return [n for n, norm in enumerate(self.norms) if self._counts(norm) and n not in strict]

    def _counts(self, norm: Norm) -> bool:
        return not isinstance(self.question, MayDo) or norm.position is Modality.FORBIDDEN


def asked(
    question: Question,
    norms: Iterable[Norm],
    corpus: Corpus,
    defeats: Defeats,
    columns: Columns,
    readings: Mapping[str, str],
) -> Asked:
    """``question`` as it is left under ``readings`` and what ``columns`` fixes for all rows."""
    settling = Settling(
        corpus,
        readings,
        columns.on if isinstance(columns.on, dt.date) else None,
        columns.at.name if isinstance(columns.at, OnePlace) else None,
    )
    fixed = columns.law_date if isinstance(columns.law_date, dt.date) else None
    found = tuple(
        evolve(norm, law_date=LAW_DATE) if isinstance(columns.law_date, str) else norm
        for norm in norms
        if norm.question == question and binds(norm)
    )
    combination = corpus.combination(question)
    clashes = {
        (i, j): settling.of(formulas.incompatible(one.position, other.position, combination, corpus))
        for (i, one), (j, other) in combinations(enumerate(found), 2)
        if may_contradict(one, other)
    }
    clashes = {pair: clash for pair, clash in clashes.items() if clash != FALSE}
    beaten_by = {
        j: tuple(
            i
            for i, winner in enumerate(found)
            if (min(i, j), max(i, j)) in clashes and (winner.id, loser.id) in defeats
        )
        for j, loser in enumerate(found)
    }
    return Asked(
        question,
        found,
        tuple(settling.of(formulas.applicable(norm, corpus, fixed)) for norm in found),
        tuple(tuple(map(settling.of, position_terms(norm.position))) for norm in found),
        clashes,
        {norm: winners for norm, winners in beaten_by.items() if winners},
    )
