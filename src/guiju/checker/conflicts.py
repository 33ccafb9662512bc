"""Conflicts: two norms that apply to one case with positions that cannot both stand (C101 to C104, C106).

For each pair that may disagree: is there a case in which both apply and disagree; who prevails by the
doctrine; and if nobody does, does the disagreement remain once every third norm that defeats one of the two
has had its say? Settled conflicts are reported as settled, with by what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import frozen

from guiju.checker import wording
from guiju.checker.ask import Answered, Asker
from guiju.checker.candidates import Pair, pairs
from guiju.checker.finding import Finding, NormRef, ProvedBy, Severity
from guiju.checker.grounds import Grounds
from guiju.compiler import formulas
from guiju.compiler.doctrine import Clash, Defeat, Dispute, Doctrine, Grade, Settlement, settle
from guiju.compiler.evaluate import NonValue
from guiju.compiler.kernel import (
    NEVER,
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
    EvaluatedSpan,
    applicable,
    incompatible,
    position,
    resolve,
)
from guiju.dsl.diagnostics import InternalError
from guiju.dsl.source import Bilingual

Progress = Callable[[int, int], None]


@frozen
class Overlap:
    """A pair of norms that can apply together and disagree, and what the doctrine says of it."""

    one: Norm
    other: Norm
    disagree: Expr
    settlement: Settlement

    @property
    def conditions(self) -> tuple[Expr, ...]:
        return (self.disagree,)


@frozen
class Conflicts:
    """All overlaps, and the defeats among them: what the other analyses and the decisions build on."""

    overlaps: tuple[Overlap, ...]
    defeats: Defeats


def overlaps(asker: Asker, filtered: bool = True, progress: Progress | None = None) -> Conflicts:
    """Find every pair that can disagree, and settle it by the doctrine.

    Pairs under a combination that the law leaves unstated are overlaps too; they are never settled.
    """
    corpus = asker.corpus
    found: list[Overlap] = []
    candidates = list(pairs(corpus, filtered))
    for number, (one, other) in enumerate(candidates):
        if progress is not None:
            progress(number, len(candidates))
        disagree = _disagree(one, other, asker)
        if disagree is None:
            continue
        both = [formulas.applicable(one, corpus), formulas.applicable(other, corpus), disagree]
        if not asker.possible(_what(one, other), both, (one, other)):
            continue
        stated = corpus.combination(one.question) is not Combination.UNSTATED
        settled = settle(one, other, corpus, _implies(asker)) if stated else None
        found.append(Overlap(one, other, disagree, settled))
    defeats = {
        (o.settlement.winner, o.settlement.loser): o.settlement
        for o in found
        if isinstance(o.settlement, Defeat)
    }
    return Conflicts(tuple(found), defeats)


def findings(asker: Asker, conflicts: Conflicts) -> Iterator[Finding]:
    """One finding for each pair of rules and question; the gravest pair of norms stands for the others."""
    grounds = Grounds(asker)
    for same in _by_rules(conflicts.overlaps).values():
        for overlap in sorted(same, key=lambda o: -_severity(o, _code(o, asker.corpus))):
            finding = _finding(overlap, asker, conflicts, grounds)
            if finding is not None:
                yield finding
                break


def _by_rules(overlaps: Sequence[Overlap]) -> dict[tuple[str, str, str], list[Overlap]]:
    """The overlaps by pair of rules and question: a rule with several requirements makes several norms."""
    found: dict[tuple[str, str, str], list[Overlap]] = {}
    for overlap in overlaps:
        key = (overlap.one.rule, overlap.other.rule, wording.subject(overlap.one.question))
        found.setdefault(key, []).append(overlap)
    return found


# --- Queries ---------------------------------------------------------------------------------------


def _what(one: Norm, other: Norm) -> str:
    return f"{one.id} × {other.id}: {wording.subject(one.question)}"


def _disagree(one: Norm, other: Norm, asker: Asker) -> Expr | None:
    try:
        return formulas.incompatible(one.position, other.position, Combination.SINGLE, asker.corpus)
    except formulas.Incomparable as error:
        asker.note(_what(one, other), f"unsupported: {error}", (one, other))
        return None


def _implies(asker: Asker) -> Callable[[Norm, Norm], bool | None]:
    def implies(m: Norm, n: Norm) -> bool | None:
        what = f"{m.id} ⊃ {n.id}"
        counterexample = asker.possible(what, [m.guard, negation(n.guard)], (m, n), pinned=False)
        return None if counterexample is None else not counterexample

    return implies


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
        same = grounds.shared(one, other, both)
        if same is None:
            return None
        both.append(same)
    third = [] if isinstance(overlap.settlement, Defeat) else _undefeated(overlap, conflicts, corpus)
    prefer = _preferences(one, other)

    def shows(context: Context) -> bool:
        return _replays(overlap, corpus, conflicts.defeats, context)

    answered = asker.find(_what(one, other), [*both, *third], (one, other), prefer, shows)
    settlement = overlap.settlement
    if answered is None and third:
        # Wherever the two disagree, some third norm prevails over one of them: nothing is left to settle.
        return None
    if answered is None:
        return None
    relation = _relation(overlap, asker, both)
    taken = _positions(one, other, corpus, answered)
    message = _message(overlap, taken, answered, relation, corpus, asker)
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
    what = _what(overlap.one, overlap.other)
    below = asker.possible(what, [*both, Compare(Order.LT, left, right)], pinned=False)
    above = asker.possible(what, [*both, Compare(Order.LT, right, left)], pinned=False)
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
        raise InternalError(f"a replayed witness leaves a position open: {_what(one, other)}")
    return first, second


def _message(
    overlap: Overlap,
    taken: tuple[EvaluatedPosition, EvaluatedPosition],
    answered: Answered,
    relation: str,
    corpus: Corpus,
    asker: Asker,
) -> Bilingual:
    one, other = overlap.one, overlap.other
    question = wording.question(one.question)
    type_ = wording.outcome_type(one.question, corpus)
    sides = [
        (wording.norm(n, corpus), wording.position(p, type_, n.strength))
        for n, p in zip((one, other), taken, strict=True)
    ]
    (a, p), (b, q) = sides
    zh = [f"关于“{question.zh}”，{a.zh}：{p.zh}；{b.zh}：{q.zh}。"]
    en = [f"On {question.en}: {a.en} says {p.en}; {b.en} says {q.en}."]
    for part in (
        _spans(overlap, taken, answered),
        _dominance(relation) if isinstance(one.position, Span) or relation == "crossing" else None,
        _settled(overlap, corpus),
        *_force(overlap, answered, asker),
    ):
        if part is not None:
            zh.append(part.zh)
            en.append(part.en)
    return Bilingual("".join(zh), " ".join(en))


def _spans(
    overlap: Overlap, taken: tuple[EvaluatedPosition, EvaluatedPosition], answered: Answered
) -> Bilingual | None:
    match taken:
        case EvaluatedSpan(_, end), EvaluatedSpan(_, another):
            first, last = sorted((end, another))
            until = wording.day(last)
            between = first < answered.witness.date <= last
            seen = f"，例如 {answered.witness.date}" if between else ""
            seen_en = f", as on {answered.witness.date}" if between else ""
            tail = (
                "此后一方仍在期内、另一方已届满"
                if last == NEVER
                else f"此后至 {until.zh} 一方仍在期内、另一方已届满"
            )
            return Bilingual(
                f"两者起初效果相同，至 {first} 为止；{tail}{seen}。",
                f"They agree at first, until {first}; after that one still runs"
                f" ({until.en}) while the other has ended{seen_en}.",
            )
        case _:
            return None


def _dominance(relation: str) -> Bilingual | None:
    match relation:
        case "dominated":
            return Bilingual("在任何情形下都是同一方较严。", "The same one is the stricter in every case.")
        case "crossing":
            return Bilingual("哪一方较严因情形而异。", "Which one is the stricter depends on the case.")
        case _:
            return None


def _settled(overlap: Overlap, corpus: Corpus) -> Bilingual | None:
    match overlap.settlement:
        case Defeat() as defeat:
            winner = overlap.one if defeat.winner == overlap.one.id else overlap.other
            return wording.settlement(defeat, winner, corpus)
        case Clash(Dispute.BOTH_TEXTS):
            return Bilingual("两份文本都称以自己为准。", "Each text claims priority over the other.")
        case Clash():
            return Bilingual(
                "新的一般规定与旧的特别规定不一致：应由制定机关裁决（立法法第一百零五条）。",
                "A newer general rule against an older special one: the issuer has to decide"
                " (Legislation Law art. 105).",
            )
        case None if corpus.combination(overlap.one.question) is Combination.UNSTATED:
            return Bilingual("条文没有说明二者如何合并适用。", "The texts do not say how the two combine.")
        case None:
            return Bilingual("没有规则能确定以谁为准。", "No doctrine settles which one prevails.")


def _force(overlap: Overlap, answered: Answered, asker: Asker) -> Iterator[Bilingual]:
    """For each instrument of limited duration: that the finding needs it in force."""
    for id_ in dict.fromkeys((overlap.one.instrument, overlap.other.instrument)):
        sentence = force_sentence(id_, answered.witness.readings, asker)
        if sentence is not None:
            yield sentence


def force_sentence(instrument: str, readings: Mapping[str, str], asker: Asker) -> Bilingual | None:
    """When an instrument that has an end is in force, under the witness' readings."""
    from guiju.checker.timing import force

    period = force(instrument, asker.corpus, readings)
    if period.end == NEVER:
        return None
    title = asker.corpus.instruments[instrument].title
    since = period.start.isoformat() if period.start is not None else "?"
    return Bilingual(
        f"这以《{title}》有效为前提（{since} 至 {period.end}）。",
        f"This needs {instrument} in force ({since} to {period.end}).",
    )


__all__ = ["Conflicts", "Overlap", "Pair", "findings", "force_sentence", "overlaps"]
