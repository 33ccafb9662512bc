"""Pairs of norms of which one gives way to the other on other grounds than before.

Who prevails may be settled by the text in one version, and only be arguable in the other, while every answer
stays the same: to whoever has to rely on it that is a change. A pair that one version settles and the other
does not is one as well, where the answer happens to be the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from guiju.compiler import formulas
from guiju.compiler.doctrine import Defeat
from guiju.compiler.kernel import (
    FALSE,
    BarEnd,
    Context,
    DueBy,
    Expr,
    Norm,
    Question,
    Span,
    Today,
    conjunction,
    may_contradict,
)
from guiju.compiler.resolve import resolve
from guiju.testing.diff.matching import Matching
from guiju.testing.rules import Rules


@frozen(eq=False)
class Settled:
    """Which of two norms prevails in one version; ``defeat`` None: no doctrine lets either."""

    one: Norm
    other: Norm
    defeat: Defeat | None

    @property
    def first(self) -> bool | None:
        """Whether it is ``one`` that prevails; None: neither does."""
        return None if self.defeat is None else self.defeat.winner == self.one.id

    def meet(self, rules: Rules) -> Expr:
        """When both apply and cannot both stand."""
        if not may_contradict(self.one, self.other):
            return FALSE
        combination = rules.corpus.combination(self.one.question)
        positions = self.one.position, self.other.position
        return conjunction(
            rules.applies(self.one),
            rules.applies(self.other),
            formulas.incompatible(*positions, combination, rules.corpus),
        )

    def shown(self, rules: Rules, context: Context) -> bool:
        """Whether the reference says just this of ``context``."""
        ids = {self.one.id, self.other.id}
        said = resolve(self.one.question, rules.corpus, rules.defeats, context)
        found = [defeat for _, defeat in said.defeated if {defeat.winner, defeat.loser} == ids]
        return ids <= {*said.applicable} and found == ([] if self.defeat is None else [self.defeat])


@frozen(eq=False)
class Resettled:
    """Two norms and how each version settles them: ``one`` and ``other`` of both are the same two norms."""

    before: Settled
    after: Settled

    @property
    def question(self) -> Question:
        """What both norms answer, in the words of both versions."""
        return self.after.one.question

    def condition(self, old: Rules, new: Rules, unchanged: Expr) -> Expr:
        """When a case shows it: the two meet under both versions.

        Args:
            old, new: The versions.
            unchanged: When the answer is the same. It has to be where not the same norm prevails: elsewhere
                the answer shows that.
        """
        both = conjunction(self.before.meet(old), self.after.meet(new))
        return both if self.before.first is self.after.first else conjunction(both, unchanged)

    def shown(self, old: Rules, new: Rules, context: Context) -> bool:
        """Whether the reference says of ``context`` what this says of the two."""
        return self.before.shown(old, context) and self.after.shown(new, context)

    @property
    def differs(self) -> bool:
        """Whether another norm prevails, or by another doctrine, or more or less firmly."""
        then, now = self.before, self.after
        return (then.first, _grounds(then.defeat)) != (now.first, _grounds(now.defeat))


def resettled(old: Rules, new: Rules, matching: Matching) -> Iterator[Resettled]:
    """The pairs on one topic that the versions do not settle alike, whether or not they can meet.

    What an answer tells of those that give way: on the topic's own question, on the ends of bars and on days
    that are due; of days that the text names, counted from nothing, only beside others.
    """
    then, now = _told(old), _told(new)
    forward, backward = matching.forward, matching.backward
    pairs = [
        ((winner, a), (loser, b))
        for winner, loser in _defeats(old, then)
        for a in forward.get(winner, ())
        for b in forward.get(loser, ())
    ]
    pairs += [
        ((a, winner), (b, loser))
        for winner, loser in _defeats(new, now)
        for a in backward.get(winner, ())
        for b in backward.get(loser, ())
    ]
    for one, other in {frozenset(pair): pair for pair in pairs}.values():
        ids = {one[0], other[0]}, {one[1], other[1]}
        if len(ids[0]) == len(ids[1]) == 2 and ids[0] <= then.keys() and ids[1] <= now.keys():
            before = _settled(old, then[one[0]], then[other[0]])
            found = Resettled(before, _settled(new, now[one[1]], now[other[1]]))
            if found.differs:
                yield found


def _told(rules: Rules) -> dict[str, Norm]:
    """The norms of which an answer tells that they give way, by id."""
    main = rules.topic.question
    return {
        norm.id: norm
        for norm in rules.corpus.norms
        if norm.question == main or isinstance(norm.question, BarEnd | DueBy)
    }


def _defeats(rules: Rules, norms: Mapping[str, Norm]) -> Iterator[tuple[str, str]]:
    """The pairs of ``norms`` that are settled, the one that prevails first."""
    for winner, loser in rules.defeats:
        if winner in norms and loser in norms and not (_named(norms[winner]) and _named(norms[loser])):
            yield winner, loser


def _named(norm: Norm) -> bool:
    """Whether it gives a day that the text names, counted from nothing."""
    return isinstance(norm.position, Span) and norm.position.start == Today()


def _settled(rules: Rules, one: Norm, other: Norm) -> Settled:
    forward, backward = rules.defeats.get((one.id, other.id)), rules.defeats.get((other.id, one.id))
    return Settled(one, other, forward or backward)


def _grounds(defeat: Defeat | None) -> object:
    return None if defeat is None else (defeat.doctrine, defeat.grade)
