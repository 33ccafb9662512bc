"""Whether an answer to a topic rests on working days of a year whose calendar is not published."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from guiju.compiler import verdicts
from guiju.compiler.kernel import BarEnd, DueBy
from guiju.compiler.resolve import Resolution
from guiju.compiler.verdicts import Verdict
from guiju.decisions import provisional

if TYPE_CHECKING:
    from guiju.decisions.answers import Answering
    from guiju.decisions.engine import Asked


def is_provisional(asking: Answering, asked: Asked, resting: tuple[str, ...]) -> bool:
    """Whether what is answered under ``asked`` rests on such days.

    Args:
        asking: The topic and the case.
        asked: As in ``asking``, but for readings.
        resting: The norms that the verdict rests on.
    """
    compiled = asking.compiled
    if not compiled.counts_workdays:
        return False
    moving, resolution = asking.moving(asked), asking.said(asked=asked).resolution
    bars = [asking.spans_of(asked).get(("BarEnd", compiled.norms[id_].rule)) for id_ in resting]
    return (
        any(norm.id in moving for norm in compiled.by_question.get(resolution.question, ()))
        or any(bar is not None and bar.norm in moving for bar in bars)
        or _gap_moves(asking, asked, resolution)
        or _basis_moves(asking, asked, resolution)
        or _spans_may_disagree(asking, asked)
    )


def _gap_moves(asking: Answering, asked: Asked, resolution: Resolution) -> bool:
    """Whether it may change that nothing answers where the law must."""
    if resolution.standing or resolution.undetermined or asking.topic.outcome is None:
        return False
    domain = asking.engine.frame.outcomes[asking.topic.outcome].domain
    return domain is not None and asking.moves(domain, asked)


def _basis_moves(asking: Answering, asked: Asked, resolution: Resolution) -> bool:
    """Whether it may change that norms which forbid nothing are in force."""
    if verdicts.verdict(resolution, asking.compiled.norms) is not Verdict.ELIGIBLE:
        return False
    frame, context = asking.engine.frame, asked.context(asking.case)
    return any(
        provisional.force_may_change(norm, frame, context)
        for norm in asking.binding(resolution.question)
        if norm.id in asking.compiled.in_workdays
    )


def _spans_may_disagree(asking: Answering, asked: Asked) -> bool:
    """Whether it may change that two windows or terms for one act end on different days."""
    frame, context, moving = asking.engine.frame, asked.context(asking.case), asking.moving(asked)
    for question, norms in asking.compiled.by_question.items():
        if isinstance(question, BarEnd | DueBy) and any(norm.id in moving for norm in norms):
            taken = asking.said(question, asked).taken
            here = [norm for norm in norms if norm.id in taken or norm.id in moving]
            for one, other in combinations(here, 2):
                if moving & {one.id, other.id} and provisional.may_disagree(one, other, frame, context):
                    return True
    return False
