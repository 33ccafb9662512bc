"""The words of drawings: kinds, marks, what a rule says of a step and by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from guiju.checker import phrasing
from guiju.checker.chains.draw.drawing import Ground, Kind, Tie
from guiju.checker.chains.steps import Step
from guiju.compiler.kernel import (
    Answer,
    Const,
    Corpus,
    DueBy,
    DueWithin,
    Norm,
    Passing,
    Recurs,
    Span,
)
from guiju.dsl.source import Bilingual

PASSING: Mapping[Passing, Bilingual] = {
    Passing.REPORT: Bilingual("报告", "report"),
    Passing.TRANSFER: Bilingual("移送", "transfer"),
    Passing.REFERRAL: Bilingual("转介", "referral"),
    Passing.COPY: Bilingual("抄送", "copy"),
    Passing.APPROVAL: Bilingual("报批", "for approval"),
    Passing.PUBLICATION: Bilingual("公布", "publication"),
    Passing.SUSPENSION: Bilingual("暂停", "suspension"),
    Passing.REGISTRATION: Bilingual("登记", "registration"),
    Passing.DEDUCTION: Bilingual("扣分", "deduction"),
}
TIE: Mapping[Tie, Bilingual] = {
    Tie.SETS_OFF: Bilingual("引起", "sets off"),
    Tie.SETS_OFF_BY_ABSENCE: Bilingual("没有时引起", "sets off by absence"),
    Tie.BRINGS_ABOUT: Bilingual("产生", "brings about"),
    Tie.ENDS: Bilingual("消除", "ends"),
}
KIND: Mapping[Kind, Bilingual] = {
    Kind.AUTHORITY: Bilingual("机关", "authority"),
    Kind.DEPARTMENT: Bilingual("部门", "department"),
    Kind.PARTY: Bilingual("当事人或者公众", "party or public"),
    Kind.UNNAMED: Bilingual("未写明", "not named"),
    Kind.EVENT: Bilingual("事件", "event"),
    Kind.RECORD: Bilingual("记录", "record"),
    Kind.STEP: Bilingual("环节", "step"),
}
DEAD_END = Bilingual("断头：此后没有规定", "dead end: no rule after this")
NO_RECIPIENT = Bilingual("交给谁未写明", "recipient not named")
NO_BEARER = Bilingual("由谁做未写明", "bearer not named")
UNMADE = Bilingual("没有规定由谁作出", "no rule says who does it")
NO_DEADLINE = Bilingual("未写明期限", "no term given")
ALWAYS = Bilingual("一律", "always")


def by_day(day: dt.date) -> Bilingual:
    """A last day that the text names."""
    return Bilingual(f"至迟 {day}", f"by {day}")


def ground(step: Step, corpus: Corpus, timing: Iterable[Norm]) -> Ground:
    """What its rule says of ``step``; ``timing``: the norms of ``corpus`` on when it is due."""
    norm, term = step.norm, step.term
    return Ground(
        rule=norm.rule,
        instrument=norm.instrument,
        title=corpus.instruments[norm.instrument].title,
        citations=norm.citations,
        obliged=step.obliged,
        conditions=phrasing.conditions(norm.guard, corpus),
        deadline=deadline(timing, corpus),
        amount=term.amount if term is not None else None,
        unit=term.unit.value if term is not None and term.amount is not None else None,
        triggers=tuple(sorted(step.needs)),
    )


def deadline(timing: Iterable[Norm], corpus: Corpus) -> Bilingual | None:
    """By when, in words; None where the norms do not say."""
    said = [words for norm in timing if (words := _due(norm, corpus)) is not None]
    if not said:
        return None
    return Bilingual("；".join(words.zh for words in said), "; ".join(words.en for words in said))


def _due(norm: Norm, corpus: Corpus) -> Bilingual | None:
    match norm.question, norm.position:
        case DueBy(), Span(_, end):
            last = phrasing.noun(end, corpus)
            return Bilingual(f"至迟{last.zh}", f"by {last.en}")
        case DueWithin(), Answer(Const() as hours):
            length = phrasing.duration(hours, "hours", corpus)
            return Bilingual(f"{length.zh}内", f"within {length.en}")
        case Recurs(_, unit), Answer(amount) if amount is not None:
            length = phrasing.duration(amount, unit, corpus)
            return Bilingual(f"每 {length.zh}", f"every {length.en}")
        case _:
            return None
