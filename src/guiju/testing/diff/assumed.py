"""How what is assumed of all cases changed: a case that one version allows and the other does not."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.compiler import smt
from guiju.compiler.evaluate import evaluate
from guiju.compiler.kernel import Assumption, Context, Corpus, conjunction, negation
from guiju.dsl.diagnostics import InternalError
from guiju.dsl.source import Bilingual
from guiju.testing.diff.difference import Assumed
from guiju.testing.diff.merging import Merged
from guiju.testing.diff.sameness import Digests

_Case = tuple[Context, tuple[str, ...]]


def assumed(both: Merged, digests: Digests, budget: int) -> Assumed:
    """How the assumptions changed.

    Args:
        both: The versions.
        digests: By which assumptions are recognised that are the same but for the order of their conditions.
        budget: The solver's resource limit for each query.
    """
    old, new = both.old.assumptions, both.new.assumptions
    then, now = ({digests.expr(each.expr) for each in which} for which in (old, new))
    added = [each for each in new if digests.expr(each.expr) not in then]
    dropped = [each for each in old if digests.expr(each.expr) not in now]
    if not added and not dropped:
        return Assumed(same=True)
    backend = smt.Backend(both.frame, budget, assumptions=())
    undecided: list[Bilingual] = []
    cases = [_against(backend, both.frame, *each, undecided) for each in ((old, added), (new, dropped))]
    return Assumed(excluded=cases[0], admitted=cases[1], undecided=tuple(undecided))


def _against(
    backend: smt.Backend,
    corpus: Corpus,
    hold: Sequence[Assumption],
    fail: Sequence[Assumption],
    undecided: list[Bilingual],
) -> _Case | None:
    """A case in which all of ``hold`` are true and not all of ``fail``; with the labels of the latter."""
    if not fail:
        return None
    conditions = [*(each.expr for each in hold), negation(conjunction(*(each.expr for each in fail)))]
    verdict = backend.solve(conditions)
    if isinstance(verdict, smt.Undecided):
        undecided.append(Bilingual(f"假定：{verdict.reason}", f"assumptions: {verdict.reason}"))
        return None
    if isinstance(verdict, smt.Unsat):
        return None
    context = verdict.context
    if not all(evaluate(each, corpus, context) is True for each in conditions):
        raise InternalError(f"internal error: a case does not replay\n{context}")
    return context, tuple(each.label for each in fail if evaluate(each.expr, corpus, context) is False)
