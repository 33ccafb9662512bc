"""Each reading that changes the answer: a case in which it does, under the default and the other choice."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from guiju.checker.ambiguity import choose
from guiju.checker.ask import Choices, choice_conditions
from guiju.compiler.kernel import (
    Answer,
    Corpus,
    Expr,
    Instrument,
    Modality,
    Norm,
    Position,
    Span,
    conjunction,
    disjunction,
    negation,
)
from guiju.dsl.source import Bilingual
from guiju.testing.criteria.asking import asked, binding, once
from guiju.testing.obligations import Obligation
from guiju.testing.rules import Rules, equal_positions, outcomes_differ, visible
from guiju.testing.scope import Scope
from guiju.testing.suite import Criterion


def obligations(scope: Scope) -> Iterator[Obligation]:
    """For each reading and each choice but the default, two cases in which the two choices differ.

    One has the reading at its default, the other at that choice; all other readings are at their defaults. A
    reading that no norm of the topic depends on asks for nothing.
    """
    return once(_obligations(scope))


def _obligations(scope: Scope) -> Iterator[Obligation]:
    corpus = scope.corpus
    for reading in scope.readings:
        default, *others = corpus.readings[reading].choices
        read_so = under(scope.rules, {reading: default})
        rest = {name: corpus.readings[name].choices[0] for name in scope.readings if name != reading}
        for choice in others:
            read_otherwise = under(scope.rules, {reading: choice})
            norms = _changed(scope.rules, read_so, read_otherwise)
            if not norms:
                continue
            differs = answers_differ(read_so, read_otherwise)
            for taken, other in ((default, choice), (choice, default)):
                yield asked(
                    Criterion.READINGS,
                    norms,
                    [differs, *choice_conditions({**rest, reading: taken}, corpus)],
                    Bilingual(
                        f"读法“{reading}”取“{taken}”，取“{other}”则结论不同",
                        f"the reading {reading} is {taken}; under {other} the answer is another",
                    ),
                )


def under(rules: Rules, choices: Choices) -> Rules:
    """``rules`` in which these readings are settled."""
    corpus = rules.corpus
    read = evolve(
        corpus,
        norms=tuple(_read(norm, choices, corpus) for norm in corpus.norms),
        instruments={name: _dated(each, choices, corpus) for name, each in corpus.instruments.items()},
    )
    return Rules(rules.topic, read, rules.defeats)


def answers_differ(one: Rules, other: Rules) -> Expr:
    """When an answer tells two versions of the same norms apart.

    To the topic's own question by the verdict, the values, or whether there is a duty or a leave; beside it
    by the days and terms that are shown.
    """
    main = one.topic.question
    after = {norm.id: norm for norm in other.corpus.norms}
    found = [outcomes_differ(main, one, other)]
    for modality in (Modality.OBLIGED, Modality.PERMITTED):
        found += _either(_says(modality, one), _says(modality, other))
    found += [
        _said_otherwise(norm, after[norm.id], one, other) for norm in binding(one) if norm.question != main
    ]
    return disjunction(*found)


def _says(modality: Modality, rules: Rules) -> Expr:
    """When some norm that stands says so of what the topic asks about."""
    said = rules.conditions(rules.topic.question)
    norms = (norm for norm in rules.asked(rules.topic.question) if norm.position is modality)
    return disjunction(*(said.stands(norm) for norm in norms))


def _either(one: Expr, other: Expr) -> list[Expr]:
    """The two ways in which exactly one of the two holds; none where they are the same."""
    if one == other:
        return []
    return [conjunction(one, negation(other)), conjunction(other, negation(one))]


def _said_otherwise(norm: Norm, after: Norm, one: Rules, other: Rules) -> Expr:
    """When a day or a term is said by only one version, or is not the same, and both would show it."""
    question = norm.question
    stands = one.conditions(question).stands(norm)
    stands_after = other.conditions(question).stands(after)
    alike = equal_positions(norm.position, after.position, one.corpus)
    found = _either(stands, stands_after)
    if norm.position != after.position:
        found.append(conjunction(stands, stands_after, negation(alike)))
    return conjunction(disjunction(*found), visible(question, one, norm), visible(question, other, after))


def _changed(rules: Rules, one: Rules, other: Rules) -> list[Norm]:
    """The norms of which the two versions are not the same, in themselves or in when they are in force."""
    before = {norm.id: (norm, one.applies(norm)) for norm in binding(one)}
    after = {norm.id: (norm, other.applies(norm)) for norm in binding(other)}
    return [norm for norm in binding(rules) if before[norm.id] != after[norm.id]]


def _read(norm: Norm, choices: Choices, corpus: Corpus) -> Norm:
    return evolve(
        norm,
        guard=choose(norm.guard, choices, corpus),
        law_date=choose(norm.law_date, choices, corpus),
        position=_position(norm.position, choices, corpus),
    )


def _position(position: Position, choices: Choices, corpus: Corpus) -> Position:
    match position:
        case Modality():
            return position
        case Answer(value):
            return Answer(None if value is None else choose(value, choices, corpus))
        case Span(start, end):
            return Span(choose(start, choices, corpus), choose(end, choices, corpus))


def _dated(instrument: Instrument, choices: Choices, corpus: Corpus) -> Instrument:
    def day(bound: Expr | None) -> Expr | None:
        return None if bound is None else choose(bound, choices, corpus)

    return evolve(instrument, start=day(instrument.start), end=day(instrument.end))
