"""The message of a conflict finding, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guiju.checker import wording
from guiju.checker.ask import Answered
from guiju.checker.overlaps import Overlap
from guiju.checker.timing import force
from guiju.compiler.doctrine import Clash, Defeat, Dispute, by_text
from guiju.compiler.kernel import (
    NEVER,
    BarEnd,
    Combination,
    Corpus,
    DueBy,
    Modality,
    Span,
)
from guiju.compiler.resolve import (
    EvaluatedPosition,
    EvaluatedSpan,
)
from guiju.dsl.source import Bilingual


def message(
    overlap: Overlap,
    taken: tuple[EvaluatedPosition, EvaluatedPosition],
    answered: Answered,
    relation: str,
    corpus: Corpus,
) -> Bilingual:
    """What a conflict finding says: positions, where they part, what settles it, what must be in force."""
    one, other = overlap.one, overlap.other
    question = wording.question(one.question)
    type_ = wording.outcome_type(one.question, corpus)
    sides = [
        (wording.norm(n, corpus), wording.position(p, type_, n.strength))
        for n, p in zip((one, other), taken, strict=True)
    ]
    if isinstance(one.question, DueBy):
        sides = [(who, _due(p, words)) for (who, words), p in zip(sides, taken, strict=True)]
    (a, p), (b, q) = sides
    zh = [f"关于“{question.zh}”，{a.zh}：{p.zh}；{b.zh}：{q.zh}。"]
    en = [f"On {question.en}: {a.en} says {p.en}; {b.en} says {q.en}."]
    for part in (
        None if isinstance(one.question, DueBy) else _spans(overlap, taken, answered),
        _dominance(relation) if isinstance(one.position, Span) or relation == "crossing" else None,
        _beside_the_higher(overlap, taken, relation, corpus),
        _settled(overlap, corpus),
        *_force(overlap, answered, corpus),
    ):
        if part is not None:
            zh.append(part.zh)
            en.append(part.en)
    return Bilingual("".join(zh), " ".join(en))


def _due(taken: EvaluatedPosition, otherwise: Bilingual) -> Bilingual:
    """A deadline in words: only its last day counts."""
    if not isinstance(taken, EvaluatedSpan):
        return otherwise
    last = wording.day(taken.end)
    return Bilingual(f"最迟 {last.zh}", f"by {last.en}")


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


def _beside_the_higher(
    overlap: Overlap,
    taken: tuple[EvaluatedPosition, EvaluatedPosition],
    relation: str,
    corpus: Corpus,
) -> Bilingual | None:
    """Between instruments of different rank: whether the lower one is looser or merely stricter."""
    levels = []
    for norm in (overlap.one, overlap.other):
        rank = corpus.instruments[norm.instrument].rank
        if rank is None:
            return None
        levels.append(corpus.ranks[rank].level)
    if levels[0] == levels[1]:
        return None
    lower, higher = taken if levels[0] < levels[1] else (taken[1], taken[0])
    match lower, higher:
        case Modality(), Modality():
            stricter = lower is Modality.FORBIDDEN
        case EvaluatedSpan(_, end), EvaluatedSpan(_, other) if relation == "dominated":
            match overlap.one.question:
                case BarEnd(modality="forbidden"):
                    stricter = end > other
                case BarEnd() | DueBy():
                    stricter = end < other
                case _:
                    return None
        case _:
            return None
    if stricter:
        return Bilingual("下位规定较严。", "The lower rule is the stricter.")
    return Bilingual("下位规定较宽，低于上位规定。", "The lower rule is looser than the higher one.")


def _settled(overlap: Overlap, corpus: Corpus) -> Bilingual | None:
    match overlap.settlement:
        case Defeat() as defeat:
            winner = overlap.one if defeat.winner == overlap.one.id else overlap.other
            return wording.settlement(defeat, winner, corpus)
        case Clash(Dispute.BOTH_TEXTS):
            return Bilingual("两份文本都称以自己为准。", "Each text claims priority over the other.")
        case Clash(Dispute.TEXT_AGAINST_SUPERIOR):
            return Bilingual(
                "下级文件称以自己为准，但不能以自己的条款排除上级文件。",
                "The lower instrument claims priority, which it cannot give itself over a higher one.",
            )
        case Clash():
            return Bilingual(
                "新的一般规定与旧的特别规定不一致：应由制定机关裁决（立法法第一百零五条）。",
                "A newer general rule against an older special one: the issuer has to decide"
                " (Legislation Law art. 105).",
            )
        case None if corpus.combination(overlap.one.question) is Combination.UNSTATED:
            return _uncombined(overlap, corpus)
        case None:
            return Bilingual("没有规则能确定以谁为准。", "No doctrine settles which one prevails.")


def _uncombined(overlap: Overlap, corpus: Corpus) -> Bilingual:
    """That no text says how the two combine, and which would prevail if they exclude each other."""
    open_ = Bilingual("条文没有说明二者如何合并适用。", "The texts do not say how the two combine.")
    for m, n in ((overlap.one, overlap.other), (overlap.other, overlap.one)):
        if defeat := by_text(m, n, corpus):
            words = wording.settlement(defeat, m, corpus)
            return Bilingual(
                f"{open_.zh}如果二者不能并存：{words.zh}",
                f"{open_.en} If they exclude each other: {words.en}",
            )
    return open_


def _force(overlap: Overlap, answered: Answered, corpus: Corpus) -> Iterator[Bilingual]:
    """For each instrument of limited duration: that the finding needs it in force."""
    for id_ in dict.fromkeys((overlap.one.instrument, overlap.other.instrument)):
        sentence = _in_force(id_, answered.witness.readings, corpus)
        if sentence is not None:
            yield sentence


def _in_force(instrument: str, readings: Mapping[str, str], corpus: Corpus) -> Bilingual | None:
    """When an instrument that has an end is in force, under the witness' readings."""
    period = force(instrument, corpus, readings)
    if period.end == NEVER:
        return None
    title = corpus.instruments[instrument].title
    since = period.start.isoformat() if period.start is not None else "?"
    return Bilingual(
        f"这以《{title}》有效为前提（{since} 至 {period.end}）。",
        f"This needs {instrument} in force ({since} to {period.end}).",
    )
