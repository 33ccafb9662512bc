"""What would be answered if the readings were others, where that is something else."""

from __future__ import annotations

import datetime as dt
from itertools import chain, combinations, product
from math import prod
from typing import TYPE_CHECKING

from guiju.compiler import verdicts
from guiju.compiler.kernel import NEVER
from guiju.compiler.verdicts import Verdict
from guiju.decisions.decision import Alternative, Value
from guiju.decisions.resting import is_provisional

if TYPE_CHECKING:
    from guiju.decisions.answers import Answering
    from guiju.decisions.engine import Asked

#: More combinations of readings than this are not all tried: then one reading is changed at a time.
_MOST_READINGS = 64

#: Verdict, grounds, values and last day: what of an answer counts when two readings are compared.
_Signature = tuple[Verdict, tuple[str, ...], tuple[Value | None, ...], dt.date | None]


def alternatives(asking: Answering) -> tuple[tuple[Alternative, ...], str]:
    """The answers under other readings, where they differ; only the least changes that make them so."""
    names = asking.engine.readings_that_matter(asking.compiled, asking.case, asking.asked)
    others = {
        name: [c for c in asking.engine.frame.readings[name].choices if c != asking.asked.readings[name]]
        for name in names
    }
    if not names:
        return (), "all"
    every = prod(len(each) + 1 for each in others.values())
    sizes = range(1, len(names) + 1) if every <= _MOST_READINGS else range(1, 2)
    base = _signature(asking, asking.asked)
    found: list[tuple[dict[str, str], Alternative]] = []
    for changed in chain.from_iterable(combinations(names, size) for size in sizes):
        for choice in product(*(others[name] for name in changed)):
            readings = dict(zip(changed, choice, strict=True))
            here = asking.asked.under(readings)
            signature = _signature(asking, here)
            known = (a for r, a in found if r.items() <= readings.items())
            if signature != base and all(_of(a) != signature for a in known):
                moves = is_provisional(asking, here, signature[1])
                found.append((readings, Alternative(readings, *signature, moves)))
    return tuple(each for _, each in found), "all" if every <= _MOST_READINGS else "one_at_a_time"


def _signature(asking: Answering, asked: Asked) -> _Signature:
    """What of an answer counts when two readings are compared."""
    norms, said = asking.compiled.norms, asking.said(asked=asked)
    verdict = verdicts.verdict(said.resolution, norms)
    resting = verdicts.grounds(said.resolution, norms, verdict)
    until: dt.date | None = None
    if verdict is Verdict.INELIGIBLE:
        known = asking.spans_of(asked)
        windows = [known.get(("BarEnd", norms[id_].rule)) for id_ in resting]
        ends = [spans.own.end for spans in windows if spans is not None]
        until = max(ends) if len(ends) == len(windows) and ends and NEVER not in ends else None
    return verdict, resting, asking.values(dict(said.resolution.standing).values()), until


def _of(alternative: Alternative) -> _Signature:
    return alternative.verdict, alternative.grounds, alternative.values, alternative.until
