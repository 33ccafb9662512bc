"""One check of one corpus: every family of findings, in one call."""
from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from attrs import field, frozen

from guiju.checker.finding import Report
from guiju.compiler.kernel import Corpus

#: What a budget is when nobody says otherwise: Z3 resource units per query.
DEFAULT_BUDGET = 20_000_000


@frozen
class Options:
    """What to check and how.

    ``families``: None for all. ``as_of``: fixes the evaluation date. ``readings``: fixed choices; the
    others range over all alternatives. ``budget``: solver resource units per query.
    """

    families: frozenset[str] | None = None
    as_of: dt.date | None = None
    readings: Mapping[str, str] = field(factory=dict)
    budget: int = DEFAULT_BUDGET
    candidate_filter: bool = True


Progress = Callable[[str, int, int], None]


def check(corpus: Corpus, options: Options = Options(), progress: Progress | None = None) -> Report:
    """Run the analyses on ``corpus``; ``progress(stage, done, total)`` is called as they go on."""
    raise NotImplementedError
