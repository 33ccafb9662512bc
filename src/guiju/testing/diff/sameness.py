"""Whether two versions say the same of a topic as it stands: up to ids, places, citations and order.

Where they do, nothing has to be asked. Where they do not, they may answer alike: that is for the solver.
"""

from __future__ import annotations

import hashlib
from collections import Counter

from attrs import field, fields, frozen

from guiju.compiler.kernel import And, Expr, Norm, Or, binds, children, digest_ready
from guiju.testing.diff.merging import Version


@frozen(eq=False)
class Digests:
    """What norms say, as short texts: equal for what is the same but for the order of its conditions."""

    _known: dict[Expr, str] = field(factory=dict, init=False)

    def expr(self, expr: Expr) -> str:
        """The digest of ``expr``."""
        found = self._known.get(expr)
        if found is None:
            found = self._known[expr] = self._digest(expr)
        return found

    def norm(self, norm: Norm, version: Version) -> str:
        """The digest of all of ``norm`` that bears on an answer, with the days of its instrument."""
        instrument = version.corpus.instruments[norm.instrument]
        bounds = [instrument.start, instrument.end]
        position = norm.position
        given: list[object] = [type(position).__name__]
        for name in ("value", "start", "end"):
            term = getattr(position, name, None)
            given.append(None if not isinstance(term, Expr) else self.expr(term))
        return _hash(
            [
                digest_ready(norm.question),
                getattr(position, "name", ""),
                given,
                self.expr(norm.guard),
                self.expr(norm.law_date),
                norm.territory,
                norm.strength.value,
                [None if bound is None else self.expr(bound) for bound in bounds],
            ]
        )

    def _digest(self, expr: Expr) -> str:
        if isinstance(expr, And | Or):
            return _hash([type(expr).__name__, *sorted({self.expr(arg) for arg in expr.args})])
        inner = children(expr)
        if not inner:
            return _hash(digest_ready(expr))
        own = [
            digest_ready(value)
            for each in fields(type(expr))
            if not isinstance(value := getattr(expr, each.name), Expr | tuple)
        ]
        return _hash([type(expr).__name__, own, *(self.expr(part) for part in inner)])


def same(topic: str, old: Version, new: Version, digests: Digests) -> bool:
    """Whether both versions have the same norms on ``topic``, by the same rules, and settle them alike."""
    return _said(topic, old, digests) == _said(topic, new, digests)


def _said(topic: str, version: Version, digests: Digests) -> object:
    norms = [norm for norm in version.topics[topic][1] if binds(norm)] if topic in version.topics else []
    known = {norm.id: digests.norm(norm, version) for norm in norms}
    if len(set(known.values())) < len(known):
        # Of two that say the same, one may prevail where the other does not: their ids tell them apart.
        known = {id_: f"{id_} {digest}" for id_, digest in known.items()}
    rules: dict[str, list[str]] = {}
    for norm in norms:
        rules.setdefault(norm.rule, []).append(known[norm.id])
    over = {
        (known[a], known[b], defeat.doctrine, defeat.grade)
        for (a, b), defeat in version.defeats.items()
        if a in known and b in known
    }
    corpus = version.corpus
    combined = sorted({f"{digest_ready(n.question)} {corpus.combination(n.question).value}" for n in norms})
    outcome = corpus.outcomes.get(topic)
    domain = None if outcome is None or outcome.domain is None else digests.expr(outcome.domain)
    return Counter(_hash(each) for each in rules.values()), over, combined, domain


def _hash(given: object) -> str:
    return hashlib.sha256(repr(given).encode()).hexdigest()[:24]
