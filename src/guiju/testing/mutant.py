"""A mutant: the rules with one small mistake in them."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, field, frozen

from guiju.compiler.kernel import Action, Instrument, Norm, Outcome, Question
from guiju.compiler.resolve import Defeats
from guiju.dsl.source import Bilingual
from guiju.testing.rules import Rules


@frozen(eq=False)
class Mutant:
    """One mistake, and the rules that it makes of some.

    Attributes:
        id: The norm and a running number: the same for the same rules.
        operator: What kind of mistake: ``threshold``, ``comparison``, …
        norms: The norms that it is about.
        question: The question whose answer it may change.
        text: What is written wrong, in words.
        norm: The norm as it is written wrong, with the id of the right one.
        instruments: Instruments that it speaks of beside those of the corpus.
        defeats: Who prevails, where that is wrong.
        outcomes, actions: Declarations that are wrong.
    """

    id: str
    operator: str
    norms: tuple[str, ...]
    question: Question
    text: Bilingual
    norm: Norm | None = None
    instruments: Mapping[str, Instrument] = field(factory=dict)
    defeats: Defeats | None = None
    outcomes: Mapping[str, Outcome] = field(factory=dict)
    actions: Mapping[str, Action] = field(factory=dict)

    def of(self, rules: Rules) -> Rules:
        """``rules`` with this mistake."""
        corpus = rules.corpus
        norms = tuple(
            self.norm if self.norm is not None and norm.id == self.norm.id else norm for norm in corpus.norms
        )
        mistaken = evolve(
            corpus,
            norms=norms,
            instruments={**corpus.instruments, **self.instruments},
            outcomes={**corpus.outcomes, **self.outcomes},
            actions={**corpus.actions, **self.actions},
        )
        return Rules(rules.topic, mistaken, rules.defeats if self.defeats is None else self.defeats)
