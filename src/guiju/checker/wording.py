"""Words for the things that findings speak of: questions, positions, norms, doctrines, dates.

Both languages say the same; names stay as the specs write them.
"""

from __future__ import annotations

import datetime as dt

from guiju.checker.report.values import in_words
from guiju.checker.report.words import DOCTRINE, GRADE
from guiju.compiler.doctrine import Defeat
from guiju.compiler.kernel import (
    NEVER,
    BarEnd,
    Corpus,
    Deed,
    DueBy,
    DueWithin,
    Enumeration,
    Integer,
    MayDo,
    Modality,
    Norm,
    Question,
    Recurs,
    Strength,
    Type,
    Value,
    WhichValue,
)
from guiju.compiler.resolve import EvaluatedAnswer, EvaluatedPosition, EvaluatedSpan
from guiju.dsl.source import Bilingual

_MODALITIES = {
    Modality.OBLIGED: Bilingual("应", "must"),
    Modality.FORBIDDEN: Bilingual("不得", "must not"),
    Modality.PERMITTED: Bilingual("可", "may"),
}


def modal(modality: Modality | None) -> Bilingual:
    """Words to put before an action that is barred or allowed; a duty is named by its action alone."""
    if modality is None or modality is Modality.OBLIGED:
        return Bilingual("", "")
    words = _MODALITIES[modality]
    return Bilingual(words.zh, f"{words.en} ")


def deed(d: Deed) -> str:
    """A deed's name: who, what, to whom."""
    return "·".join(part for part in (d.bearer, d.action, d.patient) if part)


def question(q: Question) -> Bilingual:
    """What is asked, as a noun phrase."""
    match q:
        case MayDo(d):
            return Bilingual(f"{deed(d)}", f"{deed(d)}")
        case BarEnd(d):
            return Bilingual(f"{deed(d)}的期限终点", f"the end of the period for {deed(d)}")
        case DueBy(d) | DueWithin(d):
            return Bilingual(f"{deed(d)}的时限", f"the deadline for {deed(d)}")
        case Recurs(d):
            return Bilingual(f"{deed(d)}的周期", f"how often {deed(d)} recurs")
        case WhichValue(outcome):
            return Bilingual(outcome, outcome)


def subject(q: Question) -> str:
    """A question as a stable key, for fingerprints."""
    match q:
        case WhichValue(outcome):
            return f"value:{outcome}"
        case Recurs(d, unit):
            return f"recurs:{deed(d)}:{unit}"
        case BarEnd(d, modality) if modality != "forbidden":
            return f"BarEnd:{deed(d)}:{modality}"
        case MayDo(d) | BarEnd(d) | DueBy(d) | DueWithin(d):
            return f"{type(q).__name__}:{deed(d)}"


def value(v: Value | None, type_: Type | None = None) -> Bilingual:
    """A value in words; ``None``: left open."""
    if v is None:
        return Bilingual("未定", "left open")
    if isinstance(v, dt.date):
        return day(v)
    return Bilingual(in_words(v, type_, "zh"), in_words(v, type_, "en"))


def day(d: dt.date) -> Bilingual:
    return Bilingual("无期限", "without end") if d == NEVER else Bilingual(d.isoformat(), d.isoformat())


def position(p: EvaluatedPosition, type_: Type | None, strength: Strength) -> Bilingual:
    """A position in words, for instance 不得 or 至 2028-09-01 止."""
    may = Bilingual("可为 ", "may be ") if strength is Strength.DISCRETIONARY else Bilingual("", "")
    match p:
        case Modality():
            return _MODALITIES[p]
        case EvaluatedAnswer(v):
            words = value(v, type_)
            return Bilingual(f"{may.zh}“{words.zh}”", f"{may.en}'{words.en}'")
        case EvaluatedSpan(start, end):
            first, last = day(start), day(end)
            return Bilingual(f"自 {first.zh} 至 {last.zh}", f"from {first.en} to {last.en}")


def norm(n: Norm, corpus: Corpus) -> Bilingual:
    """A norm as a drafter cites it: title and article."""
    title = corpus.instruments[n.instrument].title
    cited = "、".join(n.citations) or n.rule
    return Bilingual(f"《{title}》{cited}", f"{n.instrument} {cited}")


def settlement(defeat: Defeat, winner: Norm, corpus: Corpus) -> Bilingual:
    """Who prevails, why, and how firmly."""
    doctrine, grade = DOCTRINE[defeat.doctrine], GRADE[defeat.grade]
    who = norm(winner, corpus)
    basis = f"（{defeat.basis}）" if defeat.basis else ""
    basis_en = f" ({defeat.basis})" if defeat.basis else ""
    return Bilingual(
        f"依“{doctrine.zh}”{basis}，以{who.zh}为准（{grade.zh}）。",
        f"{who.en} prevails: {doctrine.en}{basis_en}, {grade.en}.",
    )


def outcome_type(q: Question, corpus: Corpus) -> Type | None:
    """The type of the values that answer a question, where it has one."""
    match q:
        case WhichValue(outcome):
            return corpus.outcomes[outcome].type
        case Recurs(_, unit):
            return Integer(0, 10_000, unit)
        case DueWithin():
            return Integer(0, 10_000, "hours")
        case _:
            return None


def is_scale(type_: Type | None) -> bool:
    return isinstance(type_, Enumeration) and type_.ordered
