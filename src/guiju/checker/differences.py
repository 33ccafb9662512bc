"""Differences: what a norm here and the norms there would have to say of one case, as queries.

Each query is satisfiable iff some case, on some date and under some reading, is treated differently at two
places of which neither lies in the other. What is said there counts as it stands there: a norm that another
one defeats at its place is no treatment of that place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, field, frozen

from guiju.checker import elsewhere
from guiju.checker.candidates import by_question
from guiju.checker.elsewhere import TwoPlaces
from guiju.checker.grounds import Grounds
from guiju.compiler import formulas
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import (
    BarEnd,
    Combination,
    Compare,
    Context,
    Corpus,
    Deed,
    Expr,
    Modality,
    Norm,
    Order,
    Position,
    Question,
    Standing,
    Strength,
    Today,
    WhichValue,
    conjunction,
    disjunction,
    negation,
    position_terms,
)
from guiju.compiler.resolve import Defeats, EvaluatedPosition, incompatible, resolve


@frozen
class Difference:
    """A claim to be asked about: ``norm`` stands at ``places.here``, and at ``places.there`` it is otherwise.

    ``other`` is the norm that stands there against it; None: nothing of that kind applies there, although
    some of ``theirs`` govern the case.
    """

    norm: Norm
    other: Norm | None
    places: TwoPlaces
    conditions: tuple[Expr, ...]
    theirs: tuple[Norm, ...] = ()

    @property
    def norms(self) -> tuple[Norm, ...]:
        return (self.norm,) if self.other is None else (self.norm, self.other)


@frozen
class Differences:
    """The differences of one corpus under its defeats, as claims; nothing is asked here but for grounds."""

    corpus: Corpus
    defeats: Defeats
    grounds: Grounds
    asked: Mapping[Question, Sequence[Norm]] = field(init=False)  # by question, whose authority left out
    _winners: Mapping[str, Sequence[Norm]] = field(init=False)

    @asked.default
    def _by_question(self) -> Mapping[Question, Sequence[Norm]]:
        found: dict[Question, list[Norm]] = {}
        for question, norms in by_question(self.corpus.norms).items():
            found.setdefault(anywhere(question, self.corpus), []).extend(norms)
        return found

    @_winners.default
    def _by_loser(self) -> Mapping[str, Sequence[Norm]]:
        by_id = {norm.id: norm for norm in self.corpus.norms}
        found: dict[str, list[Norm]] = {}
        for winner, loser in self.defeats:
            found.setdefault(loser, []).append(by_id[winner])
        return found

    def opposed(self, one: Norm, other: Norm) -> Iterator[Difference]:
        """That both apply, each at its place, undefeated and with positions that could not both stand.

        Raises:
            Incomparable: their values are of different units.
        """
        same: Expr | None = conjunction()
        if isinstance(one.question, WhichValue | BarEnd):
            same = self.grounds.shared(one, other)  # two sanctions for two kinds of conduct do not differ
        if same is None:
            return
        for places in self._places(one, other, self._alike(one)):
            first, second = self._position(one, places.here), self._position(other, places.there)
            conditions = (
                self._applicable(one, places.here),
                self._applicable(other, places.there),
                formulas.incompatible(first, second, Combination.SINGLE, self.corpus),
                same,
                *happened(one, other),
                *self._undefeated(one, places.here),
                *self._undefeated(other, places.there),
                *self._assumed(places),
            )
            yield Difference(one, other, places, conditions)

    def alone(self, norm: Norm, theirs: Sequence[Norm]) -> Iterator[Difference]:
        """That ``norm`` asks for something of a deed; there ``theirs`` govern the deed and nothing asks it.

        ``theirs`` must govern it in that very case: a text that does not speak of it is silent, not milder.
        """
        alike = [n for n in self._alike(norm) if n.position is norm.position]
        for territory in dict.fromkeys(n.territory for n in theirs):
            there = evolve(norm, territory=territory)
            for places in self._places(norm, there, [*self._alike(norm), *theirs]):
                governed = [elsewhere.at(_governs(n, self.corpus), places.there, self.corpus) for n in theirs]
                conditions = (
                    self._applicable(norm, places.here),
                    disjunction(*governed),
                    *happened(norm),
                    *(negation(self._applicable(n, places.there)) for n in alike),
                    *self._undefeated(norm, places.here),
                    *self._assumed(places),
                )
                yield Difference(norm, None, places, conditions, tuple(theirs))

    def shown(self, difference: Difference, context: Context) -> bool:
        """The reference evaluator agrees: it answers the question at both places, and the answers differ."""
        here, there = self.answers(difference, context)
        mine = here.get(difference.norm.id)
        if mine is None:
            return False
        if difference.other is None:
            return mine not in there.values()
        theirs = there.get(difference.other.id)
        return theirs is not None and incompatible(mine, theirs, Combination.SINGLE)

    def answers(
        self, difference: Difference, context: Context
    ) -> tuple[Mapping[str, EvaluatedPosition], Mapping[str, EvaluatedPosition]]:
        """What stands on the question at the two places, in the same case, by norm."""
        questions = dict.fromkeys(n.question for n in self._alike(difference.norm))
        here, there = (
            {
                norm: taken
                for question in questions
                for norm, taken in resolve(
                    question, self.corpus, self.defeats, evolve(context, place=place)
                ).standing
            }
            for place in (difference.places.here, difference.places.there)
        )
        return here, there

    def governing(self, difference: Difference, context: Context) -> list[Norm]:
        """Those of ``difference.theirs`` that govern the case of ``context`` there."""
        there = evolve(context, place=difference.places.there)
        return [
            n for n in difference.theirs if evaluate(_governs(n, self.corpus), self.corpus, there) is True
        ]

    # --- Details

    def _alike(self, norm: Norm) -> Sequence[Norm]:
        return self.asked[anywhere(norm.question, self.corpus)]

    def _places(self, one: Norm, other: Norm, bearing: Sequence[Norm]) -> Iterator[TwoPlaces]:
        terms = [t for n in bearing for t in (n.guard, n.law_date, *position_terms(n.position))]
        terms += [a.expr for a in self.corpus.assumptions]
        return elsewhere.places(one.territory, other.territory, self.corpus, terms)

    def _applicable(self, norm: Norm, place: str) -> Expr:
        return elsewhere.at(formulas.applicable(norm, self.corpus), place, self.corpus)

    def _position(self, norm: Norm, place: str) -> Position:
        return elsewhere.position(norm.position, place, self.corpus)

    def _undefeated(self, norm: Norm, place: str) -> Iterator[Expr]:
        for winner in self._winners.get(norm.id, ()):
            taken, prevailing = self._position(norm, place), self._position(winner, place)
            beats = formulas.incompatible(prevailing, taken, Combination.SINGLE, self.corpus)
            yield negation(conjunction(self._applicable(winner, place), beats))

    def _assumed(self, places: TwoPlaces) -> Iterator[Expr]:
        """What is assumed of a place, of both."""
        for assumption in self.corpus.assumptions:
            if elsewhere.local(assumption.expr):
                yield elsewhere.at(assumption.expr, places.here, self.corpus)
                yield elsewhere.at(assumption.expr, places.there, self.corpus)


def _governs(norm: Norm, corpus: Corpus) -> Expr:
    """The condition that a text speaks of a case.

    Also where it only encourages, and where what it requires is given; not where nobody has verified it.
    """
    if norm.standing is Standing.UNVERIFIED:
        return disjunction()
    guard = norm.guard if norm.requirement is None else norm.requirement.base
    return formulas.applicable(evolve(norm, guard=guard, strength=Strength.STRICT), corpus)


def happened(*norms: Norm) -> Iterator[Expr]:
    """That what each norm is about has happened: on a given day, law for facts to come is no difference."""
    for norm in norms:
        if not isinstance(norm.law_date, Today):
            yield Compare(Order.LE, norm.law_date, Today())


def anywhere(question: Question, corpus: Corpus) -> Question:
    """``question`` without its place's authority: what each authority must do itself, all are asked alike."""
    if isinstance(question, WhichValue):
        return question
    return evolve(question, deed=anyones(question.deed, corpus))


def anyones(deed: Deed, corpus: Corpus) -> Deed:
    """``deed`` without the names of authorities."""
    bearer, patient = ("" if name in corpus.authorities else name for name in (deed.bearer, deed.patient))
    return Deed(bearer, deed.action, patient)


def asks(norm: Norm) -> bool:
    """Whether ``norm`` asks something of whoever does a deed: a duty, a bar, a requirement."""
    return norm.position in (Modality.OBLIGED, Modality.FORBIDDEN)
