"""Conflicts: two norms that apply to one case with positions that cannot both stand (C101 to C104, C106).

For each pair that may disagree: is there a case in which both apply and disagree; who prevails by the
doctrine; and if nobody does, does the disagreement remain once every third norm that defeats one of the two
has had its say? Settled conflicts are reported as settled, with by what.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiju.checker import conflict_words, wording
from guiju.checker.ask import Answered, Asker
from guiju.checker.finding import Finding, NormRef, ProvedBy, Severity
from guiju.checker.grounds import Grounds
from guiju.checker.overlaps import Conflicts, Overlap, what
from guiju.compiler import formulas
from guiju.compiler.doctrine import Clash, Defeat, Doctrine, Grade
from guiju.compiler.evaluate import NonValue
from guiju.compiler.kernel import (
    Answer,
    Combination,
    Compare,
    Context,
    Corpus,
    Expr,
    Modality,
    Norm,
    Order,
    Span,
    Strength,
    Today,
    conjunction,
    disjunction,
    negation,
)
from guiju.compiler.resolve import (
    Defeats,
    EvaluatedPosition,
    applicable,
    incompatible,
    position,
    resolve,
)
from guiju.dsl.diagnostics import InternalError


def findings(asker: Asker, conflicts: Conflicts) -> Iterator[Finding]:
    """One finding for each pair of rules and question; the gravest pair of norms stands for the others."""
    grounds = Grounds(asker)
    for same in _by_rules(conflicts.overlaps).values():
        shown: Finding | None = None
        for overlap in sorted(same, key=lambda o: -_severity(o, _code(o, asker.corpus))):
            if shown is not None and _severity(overlap, _code(overlap, asker.corpus)) < shown.severity:
                break
            finding = _finding(overlap, asker, conflicts, grounds)
            if finding is not None and (shown is None or finding.by_default):
                shown = finding
            if shown is not None and shown.by_default:
                break  # one that holds by default is graver than one that another reading brings
        if shown is not None:
            yield shown


def _by_rules(overlaps: Sequence[Overlap]) -> dict[tuple[str, str, str], list[Overlap]]:
    """The overlaps by pair of rules and question: a rule with several requirements makes several norms."""
    found: dict[tuple[str, str, str], list[Overlap]] = {}
    for overlap in overlaps:
        key = (overlap.one.rule, overlap.other.rule, wording.subject(overlap.one.question))
        found.setdefault(key, []).append(overlap)
    return found


# --- Queries ---------------------------------------------------------------------------------------


def _undefeated(overlap: Overlap, conflicts: Conflicts, corpus: Corpus) -> list[Expr]:
    """Conditions that no third norm defeats one of the two."""
    by_id = {n.id: n for n in corpus.norms}
    third: list[Expr] = []
    for winner, loser in conflicts.defeats:
        for norm in (overlap.one, overlap.other):
            if loser == norm.id and winner not in (overlap.one.id, overlap.other.id):
                w = by_id[winner]
                beats = formulas.incompatible(w.position, norm.position, Combination.SINGLE, corpus)
                third.append(negation(conjunction(formulas.applicable(w, corpus), beats)))
    return third


def _preferences(one: Norm, other: Norm) -> list[Expr]:
    """What makes a witness telling: for two spans, a day between their ends."""
    match one.position, other.position:
        case Span(_, end), Span(_, another):
            between = [
                conjunction(Compare(Order.LT, a, Today()), Compare(Order.LE, Today(), b))
                for a, b in ((end, another), (another, end))
            ]
            return [disjunction(*between)]
        case _:
            return []


def _finding(overlap: Overlap, asker: Asker, conflicts: Conflicts, grounds: Grounds) -> Finding | None:
    one, other, corpus = overlap.one, overlap.other, asker.corpus
    both = [formulas.applicable(one, corpus), formulas.applicable(other, corpus), overlap.disagree]
    code = _code(overlap, corpus)
    if not isinstance(one.position, Modality):
        # Two sanctions for two kinds of conduct add up; only on the same facts do they collide.
        same = grounds.shared(one, other)
        if same is None:
            return None
        both.append(same)
    third = [] if isinstance(overlap.settlement, Defeat) else _undefeated(overlap, conflicts, corpus)
    prefer = _preferences(one, other)

    def shows(context: Context) -> bool:
        return _replays(overlap, corpus, conflicts.defeats, context)

    answered = asker.find(what(one, other), [*both, *third], (one, other), prefer, shows)
    settlement = overlap.settlement
    if answered is None and third:
        # Wherever the two disagree, some third norm prevails over one of them: nothing is left to settle.
        return None
    if answered is None:
        return None
    relation = _relation(overlap, asker, both)
    taken = _positions(one, other, corpus, answered)
    message = conflict_words.message(overlap, taken, answered, relation, corpus)
    return Finding(
        code=code,
        severity=_severity(overlap, code),
        norms=(NormRef.of(one), NormRef.of(other)),
        message=message,
        proved_by=ProvedBy.REPLAYED,
        witness=answered.witness,
        settled_by=settlement if isinstance(settlement, Defeat) else None,
        readings=answered.under,
        by_default=answered.by_default,
        subject=wording.subject(one.question),
        details={"relation": relation} if relation else {},
    )


def _replays(overlap: Overlap, corpus: Corpus, defeats: Defeats, context: Context) -> bool:
    """The reference evaluator agrees: both apply, they disagree, and the settlement is as claimed."""
    one, other = overlap.one, overlap.other
    if applicable(one, corpus, context) is not True or applicable(other, corpus, context) is not True:
        return False
    first, second = position(one, corpus, context), position(other, corpus, context)
    if isinstance(first, NonValue) or isinstance(second, NonValue):
        return False
    if not incompatible(first, second, Combination.SINGLE):
        return False
    if corpus.combination(one.question) is Combination.UNSTATED:
        return True
    resolution = resolve(one.question, corpus, defeats, context)
    if isinstance(overlap.settlement, Defeat):
        return any(loser == overlap.settlement.loser for loser, _ in resolution.defeated)
    return (one.id, other.id) in resolution.conflicts


def _relation(overlap: Overlap, asker: Asker, both: Sequence[Expr]) -> str:
    """Whether one value is always the larger (dominated) or each sometimes (crossing); "" if unordered."""
    match overlap.one.position, overlap.other.position:
        case Span(_, left), Span(_, right):
            pass
        case Answer(left), Answer(right) if left is not None and right is not None:
            if not wording.is_scale(wording.outcome_type(overlap.one.question, asker.corpus)):
                return ""
        case _:
            return ""
    assert left is not None
    assert right is not None
    asked = what(overlap.one, overlap.other)
    below = asker.possible(asked, [*both, Compare(Order.LT, left, right)], pinned=False)
    above = asker.possible(asked, [*both, Compare(Order.LT, right, left)], pinned=False)
    if below is None or above is None:
        return ""
    return "crossing" if below and above else "dominated"


# --- Judgement and words ----------------------------------------------------------------------------


def _code(overlap: Overlap, corpus: Corpus) -> str:
    if isinstance(overlap.settlement, Clash):
        return "C106"
    if corpus.combination(overlap.one.question) is Combination.UNSTATED:
        return "C104"
    match overlap.one.position:
        case Modality():
            return "C101"
        case Answer():
            return "C102"
        case Span():
            return "C103"


def _severity(overlap: Overlap, code: str) -> Severity:
    settlement = overlap.settlement
    if isinstance(settlement, Defeat):
        # A special case beside its general rule in one article is how drafters write, not a doubt.
        beside = bool(set(overlap.one.citations) & set(overlap.other.citations))
        special = (
            settlement.doctrine is Doctrine.SPECIAL and overlap.one.instrument == overlap.other.instrument
        )
        argued = settlement.grade is Grade.ARGUED and not (special and beside)
        return Severity.WARNING if argued else Severity.INFO
    lenient = any(n.strength is not Strength.STRICT for n in (overlap.one, overlap.other))
    return Severity.WARNING if lenient or code in ("C104", "C106") else Severity.ERROR


def _positions(
    one: Norm, other: Norm, corpus: Corpus, answered: Answered
) -> tuple[EvaluatedPosition, EvaluatedPosition]:
    w = answered.witness
    context = Context(w.case, w.date, w.place, w.readings)
    first, second = position(one, corpus, context), position(other, corpus, context)
    if isinstance(first, NonValue) or isinstance(second, NonValue):
        raise InternalError(f"a replayed witness leaves a position open: {what(one, other)}")
    return first, second
