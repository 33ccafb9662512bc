"""Trying every context of a slice in the reference evaluator: plainly, and without going where it is settled.

What is known stays known (docs/semantics.md, 9.3): where a part of the facts makes a condition false, every
context with that part is tried at once. A test holds this search to the plain one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod

from attrs import define, evolve, frozen

from guiju.compiler.evaluate import UNKNOWN, Truth
from guiju.compiler.kernel import Case, Context, Value
from trust.slices import Rows, Slice, count

Holds = Callable[[Context], Truth]


@frozen
class Said:
    """Something that a context makes true, false or leaves open; the facts and records that it is about."""

    holds: Holds
    names: frozenset[str]


@define
class Tried:
    """How much was looked at: contexts, up to the first that satisfies, and evaluations for that."""

    contexts: int = 0
    evaluations: int = 0


def first(slice_: Slice, said: Sequence[Said], tried: Tried) -> Context | None:
    """A context of ``slice_`` in which all of ``said`` hold; None when there is none."""
    ordered = sorted(said, key=lambda each: len(each.names))
    lists: dict[str, tuple[Value, ...] | Rows] = {**slice_.facts, **slice_.records}
    names = list(dict.fromkeys(n for each in ordered for n in sorted(each.names) if n in lists))
    names += [name for name in lists if name not in names]
    beneath = [prod(count(lists[name]) for name in names[depth:]) for depth in range(len(names) + 1)]

    def open_(context: Context, among: Sequence[Said]) -> list[Said] | None:
        left = []
        for each in among:
            tried.evaluations += 1
            truth = each.holds(context)
            if truth is False:
                return None
            if truth is UNKNOWN:
                left.append(each)
        return left

    def below(context: Context, depth: int, left: list[Said]) -> Context | None:
        if depth == len(names):
            if left:
                raise AssertionError(f"a complete context leaves something open: {context}")
            tried.contexts += 1
            return context
        name = names[depth]
        touched = [each for each in left if name in each.names]
        others = [each for each in left if name not in each.names]
        for value in lists[name]:
            case = context.case
            if name in slice_.facts:
                case = Case({**case.facts, name: value}, case.records)
            else:
                case = Case(case.facts, {**case.records, name: value})
            here = evolve(context, case=case)
            still = open_(here, touched)
            if still is None:
                tried.contexts += beneath[depth + 1]
            elif (found := below(here, depth + 1, others + still)) is not None:
                return found
        return None

    for around in slice_.around():
        left = open_(around, ordered)
        if left is None:
            tried.contexts += beneath[0]
        elif (found := below(around, 0, left)) is not None:
            return found
    return None


def plainly(slice_: Slice, said: Sequence[Said]) -> Context | None:
    """The same, one context after the other, each of them complete."""
    return next((c for c in slice_.contexts() if all(each.holds(c) is True for each in said)), None)
