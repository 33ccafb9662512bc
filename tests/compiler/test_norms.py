"""Which norms have an effect, and which two can contradict each other at all."""

from __future__ import annotations

from itertools import product

import pytest
from attrs import evolve

from guiju.compiler.kernel import (
    TRUE,
    Answer,
    Deed,
    MayDo,
    Modality,
    Norm,
    Position,
    Span,
    Standing,
    Strength,
    Today,
    binds,
    may_contradict,
    position_terms,
)

NORM = Norm("n", "n", "law", (), TRUE, MayDo(Deed("party", "practise")), Modality.OBLIGED, "country", Today())


def norm(strength: Strength = Strength.STRICT, standing: Standing = Standing.READ) -> Norm:
    return evolve(NORM, strength=strength, standing=standing)


@pytest.mark.parametrize(("strength", "standing"), list(product(Strength, Standing)))
def test_what_is_encouraged_or_unverified_does_not_bind(strength: Strength, standing: Standing) -> None:
    """Everything else does, also what was read in an explanation only."""
    loose = strength is Strength.ENCOURAGED or standing is Standing.UNVERIFIED
    assert binds(norm(strength, standing)) is not loose


@pytest.mark.parametrize(("one", "other"), list(product(Strength, Strength)))
def test_two_that_only_allow_a_value_leave_the_choice_open(one: Strength, other: Strength) -> None:
    """One that binds firmly contradicts one that allows; what does not bind contradicts nothing."""
    expected = Strength.ENCOURAGED not in (one, other) and {one, other} != {Strength.DISCRETIONARY}
    assert may_contradict(norm(one), norm(other)) is expected
    for unverified in (norm(one, Standing.UNVERIFIED), norm(other, Standing.UNVERIFIED)):
        assert may_contradict(unverified, norm()) is False
        assert may_contradict(norm(), unverified) is False


@pytest.mark.parametrize(
    ("position", "terms"),
    [
        (Modality.OBLIGED, ()),
        (Answer(None), ()),
        (Answer(TRUE), (TRUE,)),
        (Span(Today(), TRUE), (Today(), TRUE)),
        (Span(Today(), TRUE, Today()), (Today(), TRUE)),
    ],
)
def test_the_terms_of_a_position(position: Position, terms: tuple[object, ...]) -> None:
    """Those that must be defined; the other way to round an end is none of them."""
    assert position_terms(position) == terms
