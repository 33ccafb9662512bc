"""How many rows of a record a query can tell apart, worked out apart from ``small_model``.

A case that satisfies the query still does with only these rows: as many as its threshold for each count that
is reached, and one for each first or last day. The other encoding's bound comes from the same theorem
(``docs/semantics.md`` §9.4) by other code: were one of the two too small, the solvers would disagree.
"""

from __future__ import annotations

from collections.abc import Iterable

from guiju.compiler.kernel import AtLeast, Expr, Extreme, children


def enough(conditions: Iterable[Expr]) -> dict[str, int]:
    """So many rows of each record are enough; a record that the conditions do not look into is left out."""
    wanted: dict[str, dict[Expr, int]] = {}
    pending = list(conditions)
    seen: set[int] = set()  # objects, for large conditions share most of theirs
    while pending:
        here = pending.pop()
        if id(here) in seen:
            continue
        seen.add(id(here))
        pending += children(here)
        match here:
            case AtLeast(threshold, record):
                wanted.setdefault(record, {})[here] = threshold if threshold > 0 else 0
            case Extreme(record=record):
                wanted.setdefault(record, {})[here] = 1
            case _:
                pass
    return {record: sum(each.values()) for record, each in wanted.items()}
