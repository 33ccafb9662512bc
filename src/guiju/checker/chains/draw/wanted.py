"""Which part of the chains is drawn."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from guiju.checker import wording
from guiju.checker.chains.steps import Step
from guiju.checker.chains.timeline import event_of
from guiju.compiler.kernel import Corpus, Passing


@frozen
class Wanted:
    """What to draw; where nothing is given, everything. Of several of one sort any will do.

    Attributes:
        instruments: Ids.
        actors: Names; the empty one stands for whoever is not named.
        events: Facts, records, or acts by their names.
        kinds: What is passed on.
    """

    instruments: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    kinds: frozenset[Passing] = frozenset()

    def takes(self, step: Step, actors: Iterable[str], kinds: Iterable[Passing], corpus: Corpus) -> bool:
        """Whether a step by and for ``actors``, which passes on things of ``kinds``, is part of it."""
        return (
            _any(self.instruments, (step.norm.instrument,))
            and _any(self.actors, actors)
            and _any(self.kinds, kinds)
            and _any(self.events, touched(step, corpus))
        )


def touched(step: Step, corpus: Corpus) -> frozenset[str]:
    """The events that set ``step`` going or that it brings about, and the step itself."""
    done = {event_of(step, corpus), wording.deed(step.deed)}
    return step.needs | step.shuns | step.brings | step.ends | done


def _any(wanted: frozenset[str] | frozenset[Passing], found: Iterable[object]) -> bool:
    return not wanted or any(each in wanted for each in found)
