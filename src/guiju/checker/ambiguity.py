"""Ambiguity: what a reading changes (A7xx)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from guiju.checker import wording
from guiju.checker.ask import Asker, reading_type
from guiju.checker.finding import Finding, NormRef, ProvedBy, Severity, Witness
from guiju.compiler import formulas
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import (
    Answer,
    Combination,
    Compare,
    Const,
    Context,
    Corpus,
    Expr,
    Modality,
    Norm,
    Order,
    Position,
    Reading,
    ReadingRef,
    Span,
    binds,
    conjunction,
    disjunction,
    negation,
    rewritten,
)
from guiju.dsl.source import Bilingual


def findings(asker: Asker) -> Iterator[Finding]:
    """One finding for each reading under whose choices some norm answers differently."""
    for reading in asker.corpus.readings.values():
        if reading.name not in asker.fixed_readings:
            yield from _reading(reading, asker)


def _reading(reading: Reading, asker: Asker) -> Iterator[Finding]:
    affected: list[Norm] = []
    shown: tuple[Witness, str, str] | None = None
    for norm in asker.corpus.norms:
        if reading.name not in norm.readings or not binds(norm):
            continue
        for first, second in combinations(reading.choices, 2):
            differs = _differs(norm, reading.name, first, second, asker.corpus)
            what = f"{norm.id}: {reading.name}={first}/{second}"
            if shown is None:
                answered = asker.find(what, [differs])
                if answered is None:
                    continue
                shown = (answered.witness, first, second)
            elif not asker.possible(what, [differs], (norm,)):
                continue
            affected.append(norm)
            break
    if shown is not None:
        yield _finding(reading, affected, *shown, asker.corpus)


def _finding(
    reading: Reading, affected: list[Norm], witness: Witness, first: str, second: str, corpus: Corpus
) -> Finding:
    rules = list({n.rule: n for n in affected}.values())
    cited_as = list(dict.fromkeys(wording.norm(n, corpus) for n in rules))
    named = cited_as[:6]
    more = f"等 {len(cited_as)} 处" if len(cited_as) > 6 else ""
    more_en = f" and {len(cited_as) - 6} more" if len(cited_as) > 6 else ""
    cited = f"（{'、'.join(reading.citations)}）" if reading.citations else ""
    w = witness
    context = Context(w.case, w.date, w.place, {**w.readings, reading.name: first})
    by_first = evaluate(formulas.applicable(affected[0], corpus), corpus, context) is True
    does, does_not = (first, second) if by_first else (second, first)
    return Finding(
        code="A701",
        severity=Severity.WARNING,
        norms=tuple(NormRef.of(n) for n in rules),
        message=Bilingual(
            f"读法“{reading.name}”{cited}影响结论：{'、'.join(n.zh for n in named)}{more}。"
            f"所示情形下，取“{does}”与取“{does_not}”，{named[0].zh}的答案不同。",
            f"The reading {reading.name}{cited} changes answers: {', '.join(n.en for n in named)}{more_en}."
            f" In the case shown, {named[0].en} answers differently under {does} and {does_not}.",
        ),
        proved_by=ProvedBy.REPLAYED,
        witness=witness,
        subject=reading.name,
        details={"choices": f"{first} / {second}"},
        place=reading.place,
    )


def _differs(norm: Norm, reading: str, first: str, second: str, corpus: Corpus) -> Expr:
    """The condition under which ``norm`` applies under one choice only, or answers differently."""
    applies = formulas.applicable(norm, corpus)
    a, b = (choose(applies, {reading: c}, corpus) for c in (first, second))
    p, q = (_position(norm, {reading: c}, corpus) for c in (first, second))
    disagree = _differ(p, q, corpus)
    return disjunction(conjunction(a, negation(b)), conjunction(negation(a), b), conjunction(a, b, disagree))


def _differ(p: Position, q: Position, corpus: Corpus) -> Expr:
    """The condition that one norm's positions under two choices are not the same."""
    match p, q:
        case Span(start, end), Span(other_start, other_end):
            same = (Compare(Order.EQ, start, other_start), Compare(Order.EQ, end, other_end))
            return negation(conjunction(*same))
        case _:
            return formulas.incompatible(p, q, Combination.SINGLE, corpus)


def _position(norm: Norm, choices: Mapping[str, str], corpus: Corpus) -> Position:
    match norm.position:
        case Modality() as modality:
            return modality
        case Answer(value):
            return Answer(None if value is None else choose(value, choices, corpus))
        case Span(start, end):
            return Span(choose(start, choices, corpus), choose(end, choices, corpus))


def choose(expr: Expr, choices: Mapping[str, str], corpus: Corpus) -> Expr:
    """``expr`` with each chosen reading put in its place."""

    def change(part: Expr) -> Expr:
        if isinstance(part, ReadingRef) and part.name in choices:
            return Const(choices[part.name], reading_type(part.name, corpus))
        return part

    return rewritten(expr, change)
