"""Renaming: an expression about another case says of it what it said of the first."""

from __future__ import annotations

import datetime as dt

from guiju.compiler.kernel import (
    Answer,
    AtLeast,
    Boolean,
    Compare,
    Const,
    Date,
    Extreme,
    FactRef,
    FieldRef,
    Integer,
    Modality,
    Order,
    Span,
    Today,
    conjunction,
)
from guiju.compiler.renaming import renamed, renamed_position

YES = Const(True, Boolean())
DAY = Const(dt.date(2024, 1, 1), Date())


def test_only_what_is_named_is_renamed() -> None:
    """A fact that both cases share keeps its name."""
    before = conjunction(FactRef("甲.一"), FactRef("甲.二"))
    assert renamed(before, {"甲.二": "甲.二′"}) == conjunction(FactRef("甲.一"), FactRef("甲.二′"))


def test_a_record_is_renamed_with_its_fields() -> None:
    """A filter ranges over the rows that its quantifier does."""
    for quantified in (
        lambda r: AtLeast(2, r, Compare(Order.EQ, FieldRef(r, "属实"), YES)),
        lambda r: Compare(Order.LT, Extreme(True, r, "日", FieldRef(r, "属实")), Today()),
    ):
        assert quantified("甲.投诉′") == renamed(quantified("甲.投诉"), {"甲.投诉": "甲.投诉′"})


def test_a_position_is_renamed_in_its_terms() -> None:
    """A modality has none."""
    names = {"甲.数": "甲.数′", "甲.日": "甲.日′"}
    sum_ = FactRef("甲.数")
    assert renamed_position(Answer(sum_), names) == Answer(FactRef("甲.数′"))
    assert renamed_position(Span(FactRef("甲.日"), DAY), names) == Span(FactRef("甲.日′"), DAY)
    assert renamed_position(Modality.OBLIGED, names) is Modality.OBLIGED
    assert renamed_position(Answer(Const(1, Integer(0, 9))), names) == Answer(Const(1, Integer(0, 9)))
