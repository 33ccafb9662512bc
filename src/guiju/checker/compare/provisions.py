"""Provisions: what one rule says of one topic, in words.

A rule that bars something for three years became two norms, and one that requires three things became three:
here they are one line again. Nothing is left out: a condition that only some of its norms have stands with
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from guiju.checker import phrasing, wording
from guiju.compiler.kernel import (
    NEVER,
    And,
    Answer,
    BarEnd,
    Compare,
    Const,
    Corpus,
    DueBy,
    DueWithin,
    Expr,
    MayDo,
    Modality,
    Norm,
    Order,
    Recurs,
    ShiftDays,
    ShiftMonths,
    ShiftWorkdays,
    Span,
    Standing,
    Strength,
    Today,
    WhichValue,
    conjunction,
)
from guiju.dsl.source import Bilingual, Place

_OPEN = {
    "recipient": Bilingual("交给谁未写明", "recipient not named"),
    "deadline": Bilingual("时限未写明", "deadline not given"),
    "term": Bilingual("期限未写明", "length not given"),
    "start": Bilingual("起算日未写明", "start not given"),
    "period": Bilingual("周期未写明", "period not given"),
    "bearer": Bilingual("由谁做未写明", "bearer not named"),
    "value": Bilingual("内容或者数额未写明", "value not given"),
}
_STRENGTHS = {
    Strength.STRICT: Bilingual("", ""),
    Strength.DISCRETIONARY: Bilingual("", ""),
    Strength.IN_PRINCIPLE: Bilingual("原则上", "in principle "),
    Strength.ENCOURAGED: Bilingual("鼓励：", "encouraged: "),
}


@frozen
class Provision:
    """What a rule says of a topic: ``positions`` under ``conditions``, all of which must hold."""

    instrument: str
    territory: str
    rule: str
    citations: tuple[str, ...]
    positions: tuple[Bilingual, ...]
    conditions: tuple[Bilingual, ...]
    law_date: Bilingual | None  # the day of the facts that decides whether it is in force; None: today
    standing: Standing
    place: Place
    note: str


def provisions(norms: Iterable[Norm], corpus: Corpus) -> tuple[Provision, ...]:
    """One provision for each rule and deed of ``norms``, which are all on one topic, in their order."""
    groups: dict[tuple[str, object], list[Norm]] = {}
    for norm in norms:
        about = None if isinstance(norm.question, WhichValue) else norm.question.deed
        groups.setdefault((norm.rule, about), []).append(norm)
    return tuple(_provision(group, corpus) for group in groups.values())


def _provision(norms: Sequence[Norm], corpus: Corpus) -> Provision:
    first = norms[0]
    common = _common([_base(n) for n in norms])
    dated = first.law_date
    return Provision(
        instrument=first.instrument,
        territory=first.territory,
        rule=first.rule,
        citations=first.citations,
        positions=tuple(dict.fromkeys(_positions(norms, common, corpus))),
        conditions=phrasing.conditions(common, corpus),
        law_date=None if isinstance(dated, Today) else phrasing.noun(dated, corpus),
        standing=first.standing,
        place=first.place,
        note=first.note,
    )


def _base(norm: Norm) -> Expr:
    return norm.guard if norm.requirement is None else norm.requirement.base


def _parts(guard: Expr) -> tuple[Expr, ...]:
    return guard.args if isinstance(guard, And) else (guard,)


def _common(guards: Sequence[Expr]) -> Expr:
    return conjunction(*(p for p in _parts(guards[0]) if all(p in _parts(g) for g in guards)))


def _positions(norms: Sequence[Norm], common: Expr, corpus: Corpus) -> Iterator[Bilingual]:
    windows = {part for n in norms for part in _window(n)}
    asked: list[Bilingual] = []
    for norm in norms:
        extra = [p for p in _parts(_base(norm)) if p not in _parts(common) and p not in windows]
        if norm.requirement is not None and not extra:
            asked += phrasing.conditions(norm.requirement.condition, corpus)
            continue
        said = _said(norm, corpus)
        if extra:
            when = phrasing.phrase(conjunction(*extra), corpus)
            said = Bilingual(f"{said.zh}（{when.zh}时）", f"{said.en} (when {when.en})")
        yield said
    if asked:
        yield _required(norms[0], asked)
    yield from _with_whom(norms[0], corpus)


def _required(norm: Norm, asked: Sequence[Bilingual]) -> Bilingual:
    strength, who = _STRENGTHS[norm.strength], _who(norm)
    return Bilingual(
        f"{who}{strength.zh}须：{'；'.join(a.zh for a in asked)}",
        f"{who}{' ' if who else ''}{strength.en}requires: {'; '.join(a.en for a in asked)}",
    )


def _window(norm: Norm) -> tuple[Expr, ...]:
    """The conjuncts that say that a bar has begun and has not ended; its norm on the end says them too."""
    match norm.question, norm.position:
        case BarEnd(), Span(start, end):
            return (Compare(Order.LE, start, Today()), Compare(Order.LE, Today(), end))
        case _:
            return ()


def _who(norm: Norm) -> str:
    return "" if isinstance(norm.question, WhichValue) else norm.question.deed.bearer


def _said(norm: Norm, corpus: Corpus) -> Bilingual:
    if norm.requirement is not None:
        return _required(norm, phrasing.conditions(norm.requirement.condition, corpus))
    strength = _STRENGTHS[norm.strength]
    match norm.question, norm.position:
        case MayDo(deed), Modality() as modality:
            words = wording.position(modality, None, Strength.STRICT)
            patient = f"（对{deed.patient}）" if deed.patient else ""
            patient_en = f" (to {deed.patient})" if deed.patient else ""
            space = " " if deed.bearer else ""
            return Bilingual(
                f"{deed.bearer}{strength.zh}{words.zh}{patient}",
                f"{deed.bearer}{space}{strength.en}{words.en}{patient_en}",
            )
        case BarEnd(), Span() as span:
            return _span(span, corpus)
        case DueBy(), Span(Today(), end):
            last = phrasing.noun(end, corpus)
            return Bilingual(f"截至{last.zh}", f"by {last.en}")
        case DueBy(), Span() as span:
            return _due(span, corpus)
        case Recurs(_, unit), Answer(value) if value is not None:
            amount = phrasing.duration(value, unit, corpus)
            return Bilingual(f"每 {amount.zh}", f"every {amount.en}")
        case DueWithin(), Answer(value) if value is not None:
            amount = phrasing.duration(value, "hours", corpus)
            return Bilingual(f"{amount.zh}内", f"within {amount.en}")
        case _, Answer(None):
            return _OPEN["value"]
        case _, Answer(value) if value is not None:
            words = phrasing.phrase(value, corpus)
            may = norm.strength is Strength.DISCRETIONARY
            return Bilingual(
                f"{strength.zh}{'可为' if may else '为'}“{words.zh}”",
                f"{strength.en}{'may be' if may else 'is'} '{words.en}'",
            )
        case _:
            raise TypeError(f"a position that does not answer its question: {norm.id}")


def _span(span: Span, corpus: Corpus) -> Bilingual:
    start = phrasing.noun(span.start, corpus)
    amount = _amount(span, corpus)
    if amount is None:
        end = phrasing.noun(span.end, corpus)
        return Bilingual(f"自{start.zh}至{end.zh}", f"from {start.en} to {end.en}")
    return Bilingual(f"自{start.zh}起 {amount.zh}", f"{amount.en} from {start.en}")


def _due(span: Span, corpus: Corpus) -> Bilingual:
    said = _span(span, corpus)
    return Bilingual(f"{said.zh}内", f"within {said.en}")


def _amount(span: Span, corpus: Corpus) -> Bilingual | None:
    match span.end:
        case Const(value) if value == NEVER:
            return Bilingual("无期限", "without end")
        case ShiftMonths(start, amount) if start == span.start:
            return phrasing.duration(amount, "months", corpus)
        case ShiftDays(start, amount) if start == span.start:
            return phrasing.duration(amount, "days", corpus)
        case ShiftWorkdays(start, amount) if start == span.start:
            return phrasing.duration(amount, "workdays", corpus)
        case _:
            return None


def _with_whom(norm: Norm, corpus: Corpus) -> Iterator[Bilingual]:
    """To whom something goes, and what the text leaves open of it."""
    name = norm.question.outcome if isinstance(norm.question, WhichValue) else norm.question.deed.action
    for hand in corpus.hand_overs:
        if hand.rule == norm.rule and hand.deed.action == name and hand.deed.bearer == _who(norm):
            if hand.to:
                yield Bilingual(f"致{'、'.join(hand.to)}", f"to {', '.join(hand.to)}")
            if hand.copy:
                yield Bilingual(f"抄送{'、'.join(hand.copy)}", f"copy to {', '.join(hand.copy)}")
    for gap in corpus.gaps:
        if gap.rule == norm.rule and gap.action == name:
            yield _OPEN[gap.what]
