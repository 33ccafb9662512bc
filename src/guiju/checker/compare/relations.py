"""How two instruments stand to each other on one topic: the analyses' findings, and what follows from none.

Where some place is under both, a disagreement is a conflict, settled or not; elsewhere it is a divergence.
Where there is neither, the solver is asked whether they say the same, or stand side by side, or never meet in
a case.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

from attrs import frozen

from guiju.checker import elsewhere
from guiju.checker.ask import Asker
from guiju.checker.candidates import by_question
from guiju.checker.check import Options, check
from guiju.checker.differences import anywhere, happened
from guiju.checker.elsewhere import TwoPlaces
from guiju.checker.finding import Finding, Report, Undecided
from guiju.compiler import formulas, smt
from guiju.compiler.kernel import (
    Combination,
    Corpus,
    Expr,
    Modality,
    Norm,
    Question,
    conjunction,
    negation,
    position_terms,
)
from guiju.dsl.diagnostics import Diagnostic


class Kind(enum.Enum):
    """In the order of how much they ask for attention.

    COMPATIBLE: in some case both answer, and the answers can stand side by side. APART: no case gets an
    answer from both. UNDECIDED: the budget ran out.
    """

    CONFLICT = "conflict"
    SETTLED = "settled"
    DIVERGES = "diverges"
    UNDECIDED = "undecided"
    SAME = "same"
    COMPATIBLE = "compatible"
    APART = "apart"


@frozen
class Relation:
    """How instruments ``one`` and ``other`` stand; ``findings`` say in what they conflict or diverge."""

    one: str
    other: str
    kind: Kind
    findings: tuple[Finding, ...] = ()


@frozen
class Relations:
    """The relations of each pair of instruments, and what was not decided on the way.

    ``diagnostics``: why nothing could be asked at all (the assumptions contradict each other).
    """

    pairs: tuple[Relation, ...]
    undecided: tuple[Undecided, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def relations(corpus: Corpus, instruments: Sequence[str], as_of: dt.date | None, budget: int) -> Relations:
    """The relations of ``instruments`` in ``corpus``, whose norms are all on one topic.

    Args:
        corpus: the whole corpus with the norms of the topic only.
        instruments: the instruments of these norms, in the order in which they are to be named.
        as_of: on this date only; None: on any.
        budget: solver resource units for each query.
    """
    families = frozenset({"conflict", "divergence"})
    report = check(corpus, Options(families=families, as_of=as_of, budget=budget))
    if report.diagnostics:
        return Relations((), report.undecided, report.diagnostics)
    asker = Asker(corpus, smt.Backend(corpus, budget), as_of=as_of)
    within = (_within(one, report) for one in instruments)
    between = (_between(a, b, report, asker) for a, b in combinations(instruments, 2))
    pairs = (*(r for r in within if r is not None), *between)
    return Relations(pairs, tuple(dict.fromkeys((*report.undecided, *asker.undecided))))


def _within(one: str, report: Report) -> Relation | None:
    """An instrument that conflicts with itself."""
    found = _about({one}, report)
    return Relation(one, one, _told(found), found) if found else None


def _between(one: str, other: str, report: Report, asker: Asker) -> Relation:
    found = _about({one, other}, report)
    return Relation(one, other, _told(found) if found else _without_findings(one, other, asker), found)


def _about(instruments: set[str], report: Report) -> tuple[Finding, ...]:
    return tuple(f for f in report.findings if {n.instrument for n in f.norms} == instruments)


def _told(found: Sequence[Finding]) -> Kind:
    conflicts = [f for f in found if f.family == "conflict"]
    if not conflicts:
        return Kind.DIVERGES
    return Kind.SETTLED if all(f.settled_by is not None for f in conflicts) else Kind.CONFLICT


def _without_findings(one: str, other: str, asker: Asker) -> Kind:
    """What two instruments are to each other of which no analysis has anything to say."""
    corpus = asker.corpus
    ours, theirs = _questions(one, corpus), _questions(other, corpus)
    meet: list[bool | None] = []
    same = ours.keys() == theirs.keys()
    for question in (q for q in ours if q in theirs):
        for m, n in product(ours[question], theirs[question]):
            both = [_at(formulas.applicable(norm, corpus), norm, m, n, corpus) for norm in (m, n)]
            meet.append(asker.possible(f"{m.id} & {n.id}", [*both, *happened(m, n)], (m, n)))
        for mine, others in ((ours[question], theirs[question]), (theirs[question], ours[question])):
            same = same and all(any(_same(m, n, asker) for n in others) for m in mine)
    if None in meet:
        return Kind.UNDECIDED
    if True not in meet:
        return Kind.APART
    return Kind.SAME if same else Kind.COMPATIBLE


def _questions(instrument: str, corpus: Corpus) -> Mapping[Question, list[Norm]]:
    found: dict[Question, list[Norm]] = {}
    for question, norms in by_question(n for n in corpus.norms if n.instrument == instrument).items():
        found.setdefault(anywhere(question, corpus), []).extend(norms)
    return found


def _same(m: Norm, n: Norm, asker: Asker) -> bool:
    """Whether, while both are in force, each applies where the other does and answers the same."""
    corpus = asker.corpus
    if m.strength is not n.strength:
        return False
    in_force = [_at(formulas.in_force(norm, corpus), norm, m, n, corpus) for norm in (m, n)]
    a, b = (_at(conjunction(norm.guard, *_defined(norm)), norm, m, n, corpus) for norm in (m, n))
    what = f"{m.id} = {n.id}"
    one_only = (asker.possible(what, [*in_force, x, negation(y)], (m, n)) for x, y in ((a, b), (b, a)))
    if not all(possible is False for possible in one_only):
        return False
    match m.position, n.position:
        case Modality(), Modality():
            return m.position is n.position
        case p, q if position_terms(p) and position_terms(q):
            differ = formulas.incompatible(p, q, Combination.SINGLE, corpus)
            return asker.possible(what, [*in_force, a, differ], (m, n)) is False
        case p, q:
            return p == q


def _defined(norm: Norm) -> Iterator[Expr]:
    return (formulas.defined(term) for term in position_terms(norm.position))


def _at(expr: Expr, norm: Norm, m: Norm, n: Norm, corpus: Corpus) -> Expr:
    """``expr`` of ``norm``, one of two, as it reads where it meets the other."""
    places = _meeting(m, n, corpus)
    return elsewhere.at(expr, places.here if norm is m else places.there, corpus)


def _meeting(m: Norm, n: Norm, corpus: Corpus) -> TwoPlaces:
    """The narrower territory, where one lies in the other; else each its own."""
    if corpus.within(m.territory, n.territory):
        return TwoPlaces(m.territory, m.territory)
    if corpus.within(n.territory, m.territory):
        return TwoPlaces(n.territory, n.territory)
    return TwoPlaces(m.territory, n.territory)
