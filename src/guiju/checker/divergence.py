"""Divergence: jurisdictions of which neither lies in the other treat one case differently (D9xx).

Information, never a conflict: no place is under both, so nobody is told two things at once. Instruments that
no place shares are compared in pairs, question by question; all provisions of a pair that differ in one way
are one finding, with one case that shows it at both places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from attrs import evolve, field, frozen

from guiju.checker import divergence_words, wording
from guiju.checker.ask import Answered, Asker, choice_conditions
from guiju.checker.boxes import Box, box
from guiju.checker.candidates import may_disagree, on_one_branch
from guiju.checker.differences import Difference, Differences, anyones, anywhere, asks
from guiju.checker.finding import Finding, NormRef, ProvedBy, Severity
from guiju.checker.grounds import Grounds
from guiju.checker.overlaps import what
from guiju.compiler import formulas
from guiju.compiler.kernel import (
    Compare,
    Context,
    Corpus,
    Deed,
    MayDo,
    Norm,
    Order,
    ReadingRef,
    Span,
    Today,
    WhichValue,
    walk,
)
from guiju.compiler.resolve import Defeats


def findings(asker: Asker, defeats: Defeats) -> Iterator[Finding]:
    """One finding for each question, pair of instruments and way to differ."""
    differences = Differences(asker.corpus, defeats, Grounds(asker))
    search = _Search(asker, differences)
    governing = _by_deed(asker.corpus)
    for question, norms in differences.asked.items():
        for one, other in _apart(norms, asker.corpus):
            opposed = search.shown(search.opposed(one, other))
            if opposed is not None:
                search.tell(opposed)
                yield _finding("D901" if isinstance(question, MayDo) else "D902", opposed, search)
    for deed, norms in governing.items():
        for one, other in _apart(norms, asker.corpus):
            only = search.shown(search.alone(deed, one, other))
            if only is not None and search.is_news(only, only.by.theirs[0].instrument):
                yield _finding("D903", only, search)


@frozen
class _Shown:
    """The differences of one pair of instruments that exist, and the witness of one of them."""

    all: tuple[Difference, ...]
    by: Difference
    answered: Answered


@frozen
class _Search:
    """Asks which differences there are; ``boxes`` remembers what guards say of single facts."""

    asker: Asker
    differences: Differences
    boxes: dict[str, Box] = field(factory=dict)
    told: dict[tuple[str, str], bool] = field(factory=dict)  # rule and instrument opposed to it: by default?

    def opposed(self, ours: Sequence[Norm], theirs: Sequence[Norm]) -> Iterator[list[Difference]]:
        """The pairs of norms that may contradict each other across the border."""
        corpus = self.asker.corpus
        for one in ours:
            for other in theirs:
                if not may_disagree(one, other, corpus.combination(one.question)):
                    continue
                if on_one_branch(one, other, corpus) or self._box(one).disjoint(self._box(other)):
                    continue
                try:
                    yield list(self.differences.opposed(one, other))
                except formulas.Incomparable as error:
                    self.asker.note(what(one, other), f"unsupported: {error}", (one, other))

    def alone(self, deed: Deed, ours: Sequence[Norm], theirs: Sequence[Norm]) -> Iterator[list[Difference]]:
        """What only one of two instruments asks of a deed that both govern; not what was told as opposed."""
        for mine, others in ((ours, theirs), (theirs, ours)):
            for norm in mine:
                if norm not in self.differences.asked.get(MayDo(deed), ()) or not asks(norm):
                    continue
                if self.told.get((norm.rule, others[0].instrument)):
                    continue
                apart = [n for n in others if not on_one_branch(norm, n, self.asker.corpus)]
                yield list(self.differences.alone(norm, apart))

    def shown(self, claims: Iterable[list[Difference]]) -> _Shown | None:
        """Those that exist; the witness is of the first that holds by default, if one does."""
        found: list[Difference] = []
        best: tuple[Difference, Answered] | None = None
        for places in claims:
            for claim in places:
                if best is None or (not best[1].by_default and self._by_default(claim)):
                    answered = self._find(claim)
                    if answered is None:
                        continue
                    best = claim, answered
                elif not self.asker.possible(_what(claim), claim.conditions, claim.norms):
                    continue
                found.append(claim)
                break  # at other places of the two territories it is the same difference
        return _Shown(tuple(found), *best) if best is not None else None

    def tell(self, shown: _Shown) -> None:
        """Remember what was told as opposed, by default or not."""
        for claim in shown.all:
            assert claim.other is not None
            for norm, other in ((claim.norm, claim.other), (claim.other, claim.norm)):
                self.told[norm.rule, other.instrument] = shown.answered.by_default

    def is_news(self, shown: _Shown, other: str) -> bool:
        """Whether what one side alone asks was not told of it already, under the readings that it takes."""
        return shown.answered.by_default or (shown.by.norm.rule, other) not in self.told

    def _find(self, claim: Difference) -> Answered | None:
        def shows(context: Context) -> bool:
            return self.differences.shown(claim, context)

        wishes = [
            Compare(Order.LE, Today(), n.position.end) for n in claim.norms if isinstance(n.position, Span)
        ]
        return self.asker.find(_what(claim), claim.conditions, claim.norms, wishes, shows)

    def _by_default(self, claim: Difference) -> bool:
        """Whether ``claim`` exists under the default readings: cheaper than to ask under which it does."""
        corpus = self.asker.corpus
        read = {e.name for c in claim.conditions for e in walk(c) if isinstance(e, ReadingRef)}
        chosen = choice_conditions({name: corpus.readings[name].choices[0] for name in read}, corpus)
        return self.asker.possible(_what(claim), [*claim.conditions, *chosen], claim.norms) is True

    def _box(self, norm: Norm) -> Box:
        if norm.id not in self.boxes:
            self.boxes[norm.id] = box(formulas.applicable(norm, self.asker.corpus))
        return self.boxes[norm.id]


def _apart(norms: Sequence[Norm], corpus: Corpus) -> Iterator[tuple[list[Norm], list[Norm]]]:
    """The norms on one matter by pairs of instruments with norms that no place shares."""
    by_instrument: dict[str, list[Norm]] = {}
    for norm in norms:
        by_instrument.setdefault(norm.instrument, []).append(norm)
    for one, other in combinations(by_instrument.values(), 2):
        if any(not on_one_branch(m, n, corpus) for m in one for n in other):
            yield one, other


def _by_deed(corpus: Corpus) -> Mapping[Deed, list[Norm]]:
    """The norms that speak of each deed, whatever they say of it and however firmly."""
    found: dict[Deed, list[Norm]] = {}
    for norm in corpus.norms:
        if not isinstance(norm.question, WhichValue):
            found.setdefault(anyones(norm.question.deed, corpus), []).append(norm)
    return found


def _what(claim: Difference) -> str:
    if claim.other is not None:
        return what(claim.norm, claim.other)
    return f"{claim.norm.id} × {claim.places.there}: {wording.subject(claim.norm.question)}"


def _finding(code: str, shown: _Shown, search: _Search) -> Finding:
    corpus, by = search.asker.corpus, shown.by
    w = shown.answered.witness
    context = Context(w.case, w.date, by.places.here, w.readings)
    here, there = search.differences.answers(by, context)
    governing = search.differences.governing(by, context)
    listed = dict.fromkeys(NormRef.of(n) for d in (by, *shown.all) for n in d.norms)
    norms = dict.fromkeys((*listed, *(NormRef.of(n) for n in governing)))
    return Finding(
        code=code,
        severity=Severity.INFO,
        norms=tuple(norms),
        message=divergence_words.message(by, shown.all, here, there, corpus),
        proved_by=ProvedBy.REPLAYED,
        witness=evolve(w, place=by.places.here, elsewhere=by.places.there),
        readings=shown.answered.under,
        by_default=shown.answered.by_default,
        subject=wording.subject(anywhere(by.norm.question, corpus)),
    )
