"""The message of a divergence: what a case meets here and what there, and that this is no conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guiju.checker import phrasing, wording
from guiju.checker.differences import Difference, anywhere
from guiju.compiler.kernel import Corpus, DueBy, Modality, Norm
from guiju.compiler.resolve import EvaluatedPosition, EvaluatedSpan
from guiju.dsl.source import Bilingual

Answers = Mapping[str, EvaluatedPosition]

_NOT_A_CONFLICT = Bilingual(
    "两地互不隶属，各依其规定，不是冲突。",
    "Neither place lies in the other: each follows its own text, and nothing conflicts.",
)


def message(
    by: Difference, all_: Sequence[Difference], here: Answers, there: Answers, corpus: Corpus
) -> Bilingual:
    """What a divergence finding says.

    Args:
        by: the difference that the witness shows.
        all_: every difference of the finding.
        here, there: what stands on the question at the two places, in the case of the witness.
        corpus: what declares the names.
    """
    told = _against(by, all_, here, there, corpus) if by.other is not None else _alone(by, all_, corpus)
    return Bilingual(f"{told.zh}{_NOT_A_CONFLICT.zh}", f"{told.en} {_NOT_A_CONFLICT.en}")


def _against(
    by: Difference, all_: Sequence[Difference], here: Answers, there: Answers, corpus: Corpus
) -> Bilingual:
    assert by.other is not None
    question = wording.question(anywhere(by.norm.question, corpus))
    a = _cited(by.norm, here[by.norm.id], corpus)
    b = _cited(by.other, there[by.other.id], corpus)
    more = len(all_) - 1
    rest = f"另有 {more} 对要求在某些情形、某些读法下也这样不同，均已列出。" if more else ""
    pairs = "1 more pair differs" if more == 1 else f"{more} more pairs differ"
    rest_en = f" {pairs} so in some case and under some reading; all are listed." if more else ""
    return Bilingual(
        f"关于“{question.zh}”，同一情形在{by.places.here}，{a.zh}；在{by.places.there}，{b.zh}。{rest}",
        f"On {question.en}, one case meets in {by.places.here}: {a.en}; in {by.places.there}: {b.en}."
        f"{rest_en}",
    )


def _alone(by: Difference, all_: Sequence[Difference], corpus: Corpus) -> Bilingual:
    """What only one side asks, side by side; the witness is of the side that is named first."""
    question = wording.question(anywhere(by.norm.question, corpus))
    sides: dict[str, list[Difference]] = {}
    for each in (by, *all_):
        sides.setdefault(each.norm.instrument, []).append(each)
    told = [_only(id_, side, corpus) for id_, side in sides.items()]
    there = by.places.there
    return Bilingual(
        f"关于“{question.zh}”，{'；'.join(t.zh for t in told)}。"
        f"所示情形下，{there}的规定也管这一行为，但没有前者那样的要求。",
        f"On {question.en}, {'; '.join(t.en for t in told)}."
        f" In the case shown the text of {there} governs the deed too, and does not ask the former.",
    )


def _only(instrument: str, side: Sequence[Difference], corpus: Corpus) -> Bilingual:
    listed: list[Bilingual] = []
    for each in side:
        position = each.norm.position
        assert isinstance(position, Modality)
        asked, cited = said(each.norm, position, corpus), "、".join(each.norm.citations) or each.norm.rule
        words = Bilingual(f"{cited}{asked.zh}", f"{cited} {asked.en}")
        if words not in listed:
            listed.append(words)
    place, title = side[0].places.here, corpus.instruments[instrument].title
    return Bilingual(
        f"只在{place}有《{title}》{'、'.join(w.zh for w in listed)}",
        f"only in {place} {instrument} says: {', '.join(w.en for w in listed)}",
    )


def _cited(norm: Norm, position: EvaluatedPosition, corpus: Corpus) -> Bilingual:
    who, what = wording.norm(norm, corpus), said(norm, position, corpus)
    return Bilingual(f"{who.zh}：{what.zh}", f"{who.en} says {what.en}")


def said(norm: Norm, position: EvaluatedPosition, corpus: Corpus) -> Bilingual:
    """A position in words; what is forbidden unless something is given is a requirement."""
    if norm.requirement is not None:
        wanted = phrasing.conditions(norm.requirement.condition, corpus)
        zh, en = "，且".join(w.zh for w in wanted), " and ".join(w.en for w in wanted)
        return Bilingual(f"须“{zh}”", f"requires '{en}'")
    if isinstance(norm.question, DueBy) and isinstance(position, EvaluatedSpan):
        last = wording.day(position.end)
        return Bilingual(f"至 {last.zh} 止", f"by {last.en}")
    return wording.position(position, wording.outcome_type(norm.question, corpus), norm.strength)
