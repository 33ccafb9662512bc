"""Formulas and whole numbers as solver terms: a checked factory that folds constants.

A formula is a Python ``bool`` or a solver's Boolean term, a number a Python ``int`` or a solver's integer
term; the functions here keep what is known a Python value for as long as possible, so that a trivial atom
never reaches the solver. Every other module of this package builds its terms here: the operators of the
solver's own classes are a trap (``==`` inside ``bool`` compares structure, a chained comparison raises).

Trusted: the solver. Only linear integer arithmetic and propositional logic are used; there is no
division.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import z3

# The solver publishes no types: these names say what is meant, and Any stays inside the package.
Formula = Any  # bool | z3.BoolRef
Number = Any  # int | z3.ArithRef


def conj(args: Iterable[Formula]) -> Formula:
    """All of ``args``."""
    kept: list[Formula] = []
    for arg in args:
        if arg is False:
            return False
        if arg is not True:
            kept.append(arg)
    if not kept:
        return True
    return kept[0] if len(kept) == 1 else z3.And(kept)


def disj(args: Iterable[Formula]) -> Formula:
    """Any of ``args``."""
    kept: list[Formula] = []
    for arg in args:
        if arg is True:
            return True
        if arg is not False:
            kept.append(arg)
    if not kept:
        return False
    return kept[0] if len(kept) == 1 else z3.Or(kept)


def neg(arg: Formula) -> Formula:
    """Not ``arg``."""
    return (not arg) if isinstance(arg, bool) else z3.Not(arg)


def implies(left: Formula, right: Formula) -> Formula:
    """``right`` wherever ``left`` holds."""
    return disj((neg(left), right))


def same(left: Formula, right: Formula) -> Formula:
    """Whether two formulas have one truth value."""
    if isinstance(left, bool):
        return right if left else neg(right)
    if isinstance(right, bool):
        return left if right else neg(left)
    return left == right


def eq(left: Number, right: Number) -> Formula:
    return left == right


def le(left: Number, right: Number) -> Formula:
    return left <= right


def lt(left: Number, right: Number) -> Formula:
    return left < right


def within(number: Number, low: int, high: int) -> Formula:
    """``low <= number <= high``."""
    if low == high:
        return eq(number, low)
    return conj((le(low, number), le(number, high)))


def among(number: Number, values: Sequence[int]) -> Formula:
    """Whether ``number`` is one of ``values``, as few intervals."""
    runs: list[list[int]] = []
    for value in sorted(values):
        if runs and value == runs[-1][1] + 1:
            runs[-1][1] = value
        else:
            runs.append([value, value])
    return disj(within(number, low, high) for low, high in runs)


def choose(cond: Formula, then: Number, orelse: Number) -> Number:
    """``then`` where ``cond`` holds, else ``orelse``."""
    if isinstance(cond, bool):
        return then if cond else orelse
    if then is orelse or (isinstance(then, int) and isinstance(orelse, int) and then == orelse):
        return then
    return z3.If(cond, _term(then, cond.ctx), _term(orelse, cond.ctx))


def choose_truth(cond: Formula, then: Formula, orelse: Formula) -> Formula:
    """``choose`` for formulas."""
    if isinstance(cond, bool):
        return then if cond else orelse
    if isinstance(then, bool) or isinstance(orelse, bool):
        return conj((implies(cond, then), disj((cond, orelse))))
    return z3.If(cond, then, orelse)


def total(numbers: Iterable[Number]) -> Number:
    """The sum of ``numbers``."""
    known, terms = 0, []
    for number in numbers:
        if isinstance(number, int):
            known += number
        else:
            terms.append(number)
    if not terms:
        return known
    summed = terms[0] if len(terms) == 1 else z3.Sum(terms)
    return summed + known if known else summed


def times(factor: int, number: Number) -> Number:
    """A literal multiple of ``number``."""
    if factor == 0 or isinstance(number, int):
        return 0 if factor == 0 else factor * number
    return number if factor == 1 else factor * number


def at_least(threshold: int, args: Sequence[Formula]) -> Formula:
    """At least ``threshold`` of ``args``, in pure propositional logic (every solver reads it)."""
    row: list[Formula] = [True] + [False] * max(threshold, 0)
    for arg in args:
        row = [True] + [disj((row[count], conj((arg, row[count - 1])))) for count in range(1, len(row))]
    return row[max(threshold, 0)]


def piecewise(number: Number, pieces: Sequence[tuple[int, Number]]) -> Number:
    """A step function: the value of the last piece ``(first, value)`` whose ``first`` is at most ``number``.

    The first piece reaches down without end. Built as a balanced tree.
    """
    if len(pieces) == 1:
        return pieces[0][1]
    middle = len(pieces) // 2
    below = piecewise(number, pieces[:middle])
    return choose(lt(number, pieces[middle][0]), below, piecewise(number, pieces[middle:]))


def _term(number: Number, context: Any) -> Any:
    return z3.IntVal(number, context) if isinstance(number, int) else number
