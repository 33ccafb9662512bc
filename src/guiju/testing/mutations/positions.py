"""Mistakes in what a norm gives: a ban taken for a permission, another value, a choice for a command."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from guiju.checker.wording import outcome_type
from guiju.compiler.kernel import (
    Answer,
    Boolean,
    Const,
    Corpus,
    Integer,
    Modality,
    Norm,
    Span,
    Strength,
    Type,
    WhichValue,
)
from guiju.dsl.source import Bilingual
from guiju.testing.mutations.change import Wrong
from guiju.testing.mutations.literals import neighbours, variants
from guiju.testing.mutations.words import Words, instead

_TAKEN_FOR = {
    Modality.FORBIDDEN: Modality.PERMITTED,
    Modality.PERMITTED: Modality.FORBIDDEN,
    Modality.OBLIGED: Modality.PERMITTED,
}
_MODALITIES = {
    Modality.FORBIDDEN: Bilingual("不得", "must not"),
    Modality.PERMITTED: Bilingual("可", "may"),
    Modality.OBLIGED: Bilingual("应", "must"),
}
_STRENGTHS = {
    Strength.STRICT: Bilingual("硬性规定", "binding"),
    Strength.DISCRETIONARY: Bilingual("裁量规定", "at discretion"),
    Strength.IN_PRINCIPLE: Bilingual("原则性规定", "in principle"),
}


def mistakes(norm: Norm, corpus: Corpus, words: Words) -> Iterator[Wrong]:
    """Every mistake in the position of ``norm`` and in how firmly it binds."""
    match norm.position:
        case Modality() as here:
            other = _TAKEN_FOR[here]
            text = instead(_MODALITIES[here], _MODALITIES[other])
            yield Wrong("modality", evolve(norm, position=other), text)
        case Answer(value) if value is not None:
            type_ = outcome_type(norm.question, corpus)
            for each in variants(value, lambda literal: _given(literal, type_)):
                text = words.changed(value, each.term, each)
                yield Wrong("value", evolve(norm, position=Answer(each.term)), text)
            if isinstance(norm.question, WhichValue):
                said = words.of(value)
                text = Bilingual(f"漏了数值：{said.zh}", f"the value left open: {said.en}")
                yield Wrong("value", evolve(norm, position=Answer(None)), text)
        case Span(start, end):
            for each in variants(start, neighbours):
                text = words.changed(start, each.term, each)
                yield Wrong("value", evolve(norm, position=Span(each.term, end)), text)
            for each in variants(end, neighbours):
                text = words.changed(end, each.term, each)
                yield Wrong("value", evolve(norm, position=Span(start, each.term)), text)
        case _:
            pass
    firmness = Strength.DISCRETIONARY if norm.strength is Strength.STRICT else Strength.STRICT
    text = instead(_STRENGTHS[norm.strength], _STRENGTHS[firmness])
    yield Wrong("strength", evolve(norm, strength=firmness), text)


def _given(literal: Const, type_: Type | None) -> Iterator[Const]:
    """The neighbours of a value that are values of ``type_`` too; of a truth value, the other."""
    if isinstance(literal.type, Boolean):
        yield Const(not literal.value, literal.type)
    for each in neighbours(literal):
        if isinstance(type_, Integer) and isinstance(literal.type, Integer):
            finer = 10 ** max(type_.scale - literal.type.scale, 0)
            if not type_.low <= int(str(each.value)) * finer <= type_.high:
                continue
        yield each
