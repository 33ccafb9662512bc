"""Lines through a context: one thing takes each of its values, and all else stays as it is.

Of a slice it is told whether it has a context that satisfies; of a line, which of them do. So a boundary that
is off by one shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from random import Random
from typing import Any

from attrs import evolve, frozen

from guiju.compiler.kernel import Case, Context, Corpus, Expr, disjunction
from trust.slices import Key, Rows, Slice, count, pinned

#: Of the lists of rows that a record may have, so many are on a line.
_MOST_LISTS = 3


@frozen
class Line:
    """``contexts`` differ from each other in nothing but ``key``."""

    key: Key
    contexts: tuple[Context, ...]

    def conditions(self, among: Sequence[Context], corpus: Corpus) -> list[Expr]:
        """What holds in these contexts of the line and in no others."""
        said = [pinned(context, corpus) for context in among]
        same = [expr for key, expr in said[0].items() if key != self.key]
        return [*same, disjunction(*(each[self.key] for each in said))]


def lines(context: Context, slice_: Slice, random: Random, most: int) -> list[Line]:
    """Up to ``most`` of the lines through ``context``: the longest, and others by chance."""
    able = [(key, values) for key, values in slice_.lists().items() if count(values) > 1]
    able.sort(key=lambda each: -count(each[1]))
    longest, others = able[: most // 2], able[most // 2 :]
    found = []
    for key, values in (*longest, *random.sample(others, min(most - len(longest), len(others)))):
        taken: list[Any] = list(values) if not isinstance(values, Rows) else _some(values, random)
        found.append(Line(key, (context, *(_at(context, key, value) for value in taken))))
    return found


def _some(rows: Rows, random: Random) -> list[Any]:
    every = list(islice(rows, 2_000))
    return random.sample(every, min(_MOST_LISTS, len(every)))


def _at(context: Context, key: Key, value: Any) -> Context:
    kind, name = key
    case = context.case
    match kind:
        case "fact":
            return evolve(context, case=Case({**case.facts, name: value}, case.records))
        case "record":
            return evolve(context, case=Case(case.facts, {**case.records, name: value}))
        case "reading":
            return evolve(context, readings={**context.readings, name: value})
        case "day":
            return evolve(context, today=value)
        case _:
            return evolve(context, place=value)
