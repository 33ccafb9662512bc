"""The norms on when a step is due, found by the step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from guiju.checker.chains.steps import Step
from guiju.compiler.kernel import Corpus, Deed, DueBy, DueWithin, Norm, Recurs


@frozen
class Timing:
    """The norms of a corpus on deadlines and periods, by rule and deed."""

    _found: Mapping[tuple[str, Deed], Sequence[Norm]]

    @classmethod
    def of(cls, corpus: Corpus) -> Timing:
        """Those of ``corpus``, in its order."""
        found: dict[tuple[str, Deed], list[Norm]] = {}
        for norm in corpus.norms:
            if isinstance(norm.question, DueBy | DueWithin | Recurs):
                found.setdefault((norm.rule, norm.question.deed), []).append(norm)
        return cls(found)

    def on(self, step: Step) -> Sequence[Norm]:
        """Those about ``step``."""
        return self._found.get((step.norm.rule, step.deed), ())
