"""The rules of one topic over the declarations that it speaks of: what a corpus has besides costs nothing."""

from __future__ import annotations

from attrs import evolve, field, frozen

from guiju.compiler.cone import Cone
from guiju.decisions.artifact import Artifact
from guiju.testing.bearing import bearing_on, spoken
from guiju.testing.rules import Rules


@frozen(eq=False)
class Narrow:
    """A compiled corpus, topic by topic."""

    artifact: Artifact
    _cone: Cone = field(init=False)

    @_cone.default
    def _of_assumptions(self) -> Cone:
        return Cone.of([each.expr for each in self.artifact.head.frame.assumptions])

    def rules(self, topic: str) -> Rules:
        """What answers ``topic``. Facts, records, readings and assumptions are those that can bear on it."""
        head, norms = self.artifact.head, self.artifact.norms(topic)
        whole = evolve(head.frame, norms=norms)
        exprs = spoken(whole)
        bearing = bearing_on(exprs, whole, self._cone)
        kept = {id(expr) for expr in bearing.assumptions}
        corpus = evolve(
            whole,
            facts={name: whole.facts[name] for name in bearing.facts},
            records={name: whole.records[name] for name in bearing.records},
            readings={name: whole.readings[name] for name in bearing.readings},
            assumptions=tuple(each for each in whole.assumptions if id(each.expr) in kept),
        )
        ids = {norm.id for norm in norms}
        defeats = {pair: defeat for pair, defeat in head.defeats.items() if ids.issuperset(pair)}
        return Rules(head.topics[topic], corpus, defeats)
