"""Mistakes in conditions: a comparison that is not the right one, a condition or an exception left out."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from guiju.compiler.kernel import (
    TRUE,
    And,
    AtLeast,
    Boolean,
    Compare,
    Const,
    Corpus,
    Expr,
    Extreme,
    FactRef,
    FieldRef,
    InTerritory,
    Not,
    Or,
    Order,
    conjunction,
    disjunction,
    negation,
)
from guiju.dsl.source import Bilingual
from guiju.testing.mutations.change import Change
from guiju.testing.mutations.parts import Parts
from guiju.testing.mutations.words import Words, instead

_AND, _OR = Bilingual("且", "and"), Bilingual("或", "or")


def changes(parts: Parts, corpus: Corpus, words: Words) -> Iterator[Change]:
    """Every mistake in the conditions of a norm."""
    if not isinstance(parts.norm.guard, And | Or | Const):
        yield _left_out(parts.norm.guard, TRUE, parts.norm.guard, words)
    for part in parts.all:
        match part:
            case Compare(left=left, right=right) if left != right:
                yield from _compared(part, words)
            case And(args):
                for number, arg in enumerate(args):
                    rest = conjunction(*args[:number], *args[number + 1 :])
                    yield _left_out(part, rest, arg, words)
                yield from _joined(part, disjunction(*args), words)
            case Or(args):
                for number, arg in enumerate(args):
                    rest = disjunction(*args[:number], *args[number + 1 :])
                    yield _case_left_out(part, rest, arg, parts, words)
                yield from _joined(part, conjunction(*args), words)
            case AtLeast(where=where) | Extreme(where=where) if not isinstance(where, And | Or | Const):
                yield _left_out(part, evolve(part, where=TRUE), where, words)
            case _:
                pass
        if _is_clause(part, corpus):
            inner = words.of(part)
            text = Bilingual(f"{inner.zh} 写反", f"{inner.en}: written as the contrary")
            yield Change("negation", part, negation(part), text)


def _compared(part: Compare, words: Words) -> Iterator[Change]:
    """The bound itself taken in or left out, the sides exchanged; equal written as different."""
    left, right = part.left, part.right
    if part.order is Order.EQ:
        others: tuple[Expr, ...] = (Not(part),)
    else:
        looser = Order.LE if part.order is Order.LT else Order.LT
        others = (Compare(looser, left, right), Compare(part.order, right, left))
    for other in others:
        yield Change("comparison", part, other, words.written(part, other))


def _left_out(whole: Expr, rest: Expr, part: Expr, words: Words) -> Change:
    """A conjunct that is missing: a condition, or an exception."""
    if isinstance(part, Not):
        inner = words.of(part.arg)
        text = Bilingual(f"漏了例外：{inner.zh}", f"the exception left out: {inner.en}")
        return Change("exception", whole, rest, text)
    inner = words.of(part)
    text = Bilingual(f"漏了条件：{inner.zh}", f"the condition left out: {inner.en}")
    return Change("condition", whole, rest, text)


def _case_left_out(whole: Or, rest: Expr, part: Expr, parts: Parts, words: Words) -> Change:
    """A disjunct that is missing; where the whole is excepted, one of several exceptions."""
    inner = words.of(part)
    around = parts.around(whole)
    if around and all(isinstance(outer, Not) for outer in around):
        text = Bilingual(f"漏了例外：{inner.zh}", f"the exception left out: {inner.en}")
        return Change("exception", whole, rest, text)
    text = Bilingual(f"漏了情形：{inner.zh}", f"the case left out: {inner.en}")
    return Change("alternative", whole, rest, text)


def _joined(whole: And | Or, otherwise: Expr, words: Words) -> Iterator[Change]:
    """All of some conditions asked for instead of one, or one instead of all."""
    if len(whole.args) < 2:
        return
    first, last = words.of(whole.args[0]), words.of(whole.args[-1])
    here, meant = (_AND, _OR) if isinstance(whole, And) else (_OR, _AND)
    text = instead(here, meant)
    count = len(whole.args)
    text = Bilingual(
        f"{text.zh}：{first.zh} 至 {last.zh}，共 {count} 项",
        f"{text.en}: {count} conditions, from {first.en} to {last.en}",
    )
    yield Change("connective", whole, otherwise, text)


def _is_clause(expr: Expr, corpus: Corpus) -> bool:
    match expr:
        case Compare(left=left, right=right):
            return left != right
        case AtLeast() | InTerritory():
            return True
        case FactRef(name):
            return corpus.facts[name].type == Boolean()
        case FieldRef(record, name):
            return corpus.records[record].fields[name] == Boolean()
        case _:
            return False
