"""What several answers to one outcome come to: all of them, or the strictest or mildest along a scale."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from guiju.compiler.kernel import Combination, Corpus, Enumeration, Question, Type, Value, WhichValue
from guiju.compiler.resolve import EvaluatedAnswer, EvaluatedPosition, EvaluatedSpan


def combined(
    standing: Iterable[EvaluatedPosition], question: Question, corpus: Corpus
) -> list[EvaluatedPosition]:
    """The positions that stand, each once; where the strictest or the mildest is taken, that one.

    Of windows it is the one that ends last or first. A value that the text leaves open is compared with
    nothing: then all are kept.
    """
    distinct = list(dict.fromkeys(standing))
    pick = {Combination.STRICTEST: max, Combination.MILDEST: min}.get(corpus.combination(question))
    if pick is None or not distinct:
        return distinct
    spans = [p for p in distinct if isinstance(p, EvaluatedSpan)]
    if len(spans) == len(distinct):
        return [pick(spans, key=lambda span: span.end)]
    values = [p.value for p in distinct if isinstance(p, EvaluatedAnswer) and p.value is not None]
    if len(values) < len(distinct):
        return distinct
    type_ = corpus.outcomes[question.outcome].type if isinstance(question, WhichValue) else None
    return [EvaluatedAnswer(pick(values, key=lambda value: _weight(value, type_)))]


def _weight(value: Value, type_: Type | None) -> int:
    if isinstance(type_, Enumeration) and isinstance(value, str):
        return type_.members.index(value)
    return value.toordinal() if isinstance(value, dt.date) else int(value)
