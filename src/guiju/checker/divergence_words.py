"""The message of a divergence: what a case meets here and what there, and that this is no conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guiju.checker import phrasing, wording
from guiju.checker.differences import Difference, anywhere
from guiju.compiler.kernel import Corpus, Modality, Norm
from guiju.compiler.resolve import EvaluatedPosition
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
    rest = f"另有 {more} 对条款也这样不同，均已列出。" if more else ""
    rest_en = (
        f" {more} more pair{'s' if more > 1 else ''} of provisions differ so; all are listed." if more else ""
    )
    return Bilingual(
        f"关于“{question.zh}”，同一情形在{by.places.here}，{a.zh}；在{by.places.there}，{b.zh}。{rest}",
        f"On {question.en}, one case meets in {by.places.here}: {a.en}; in {by.places.there}: {b.en}."
        f"{rest_en}",
    )


def _alone(by: Difference, all_: Sequence[Difference], corpus: Corpus) -> Bilingual:
    """What only one side asks, side by side; the witness is of the side that is named first."""
    question = wording.question(anywhere(by.norm.question, corpus))
    sides: dict[str, tuple[str, list[Bilingual]]] = {}
    for each in (by, *all_):
        position = each.norm.position
        assert isinstance(position, Modality)
        asked = _cited(each.norm, position, corpus)
        _, listed = sides.setdefault(each.norm.instrument, (each.places.here, []))
        if asked not in listed:
            listed.append(asked)
    zh = "；".join(f"只在{place}有：{'、'.join(a.zh for a in listed)}" for place, listed in sides.values())
    en = "; ".join(f"only in {place}: {', '.join(a.en for a in listed)}" for place, listed in sides.values())
    there = by.places.there
    return Bilingual(
        f"关于“{question.zh}”，{zh}。所示情形下，{there}的规定也管这一行为，但没有这样的要求。",
        f"On {question.en}, {en}. In the case shown the text of {there} governs the deed too, and does not"
        f" ask it.",
    )


def _cited(norm: Norm, position: EvaluatedPosition, corpus: Corpus) -> Bilingual:
    who, what = wording.norm(norm, corpus), said(norm, position, corpus)
    return Bilingual(f"{who.zh}：{what.zh}", f"{who.en} says {what.en}")


def said(norm: Norm, position: EvaluatedPosition, corpus: Corpus) -> Bilingual:
    """A position in words; what is forbidden unless something is given is a requirement."""
    if norm.requirement is not None:
        wanted = phrasing.phrase(norm.requirement.condition, corpus)
        return Bilingual(f"须{wanted.zh}", f"it requires: {wanted.en}")
    return wording.position(position, wording.outcome_type(norm.question, corpus), norm.strength)
